"""One setting twice in a results table: rows that contradict each other, and means that stand beside their seeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import pstdev, stdev
from typing import Any

import numpy as np
import pandas as pd

from analysis.results.columns import all_differ, group_numbers
from analysis.results.spreads import SPREADS

COUNTED = ("seed", "provenance")
"""Columns that make a row a cell of its own, but in which one setting may differ."""
SLACK = 1e-6


def key_of(columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of the results table in which two rows of one cell agree."""
    measured = {"score", "decimals", "n_items", *SPREADS, "flops_intermediate", "flops_target", "source"}
    return tuple(name for name in columns if name not in measured)


def check_repeated(frame: pd.DataFrame, faults: list[str]) -> None:
    """Adds one sentence for each row that stands twice, and for each mean that its own seeds contradict.

    Args:
        frame: a results table with its names resolved and its numbers read.
        faults: takes the sentences.
    """
    key = key_of([str(name) for name in frame.columns])
    one = [name for name in key if name not in COUNTED]
    seeds = frame["seed"].notna()
    if all_differ(frame, [*one, "seed"]) and (seeds.all() or not seeds.any()):
        return
    setting = _numbered(frame, one)
    cell = group_numbers(frame.assign(setting=setting), ["setting", "seed"])
    first = frame.index[np.unique(cell, return_index=True)[1][cell]] if len(cell) else frame.index
    for i, original in zip(frame.index[frame.index != first], first[frame.index != first], strict=True):
        row, before = frame.loc[i], frame.loc[original]
        if row["score"] != before["score"]:
            scores = f"{before['score']:g} and {row['score']:g}: give the one that holds, or seeds that tell them apart"
            faults.append(f"row {i + 1} repeats row {original + 1} ({_cell(row)}) with another score, {scores}")
        elif _text(row["provenance"]) == _text(before["provenance"]):
            faults.append(f"row {i + 1} repeats row {original + 1} ({_cell(row)})")
    means = (_fault(frame.loc[place], place, seeds) for place, seeds in _means(frame, setting))
    faults += [fault for fault in means if fault]


def without_restated(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The table without the means of seeds that stand in it too, and one note that names them.

    Args:
        frame: a validated results table: no mean in it contradicts its seeds.
    """
    key = key_of([str(name) for name in frame.columns])
    if frame["seed"].isna().all() or frame["seed"].notna().all():
        return frame, ()
    found = [place for place, _ in _means(frame, _numbered(frame, [name for name in key if name not in COUNTED]))]
    if not found:
        return frame, ()
    shown = f"{_cell(frame.loc[found[0]])}: {frame['score'][found[0]]:g}"
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    note = f"means that stand beside their own seeds were set aside, so that nothing counts twice ({shown}{more})"
    return frame.drop(index=found).reset_index(drop=True), (note,)


def across_files(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """One sentence for each cell that two files score differently, and for each mean of one beside seeds of another.

    Args:
        tables: file → its validated results table.
    """
    parts = [table.astype(dict.fromkeys(table.columns, "object")).assign(file=name) for name, table in tables.items()]
    if len(parts) < 2:
        return []
    frame = pd.concat(parts, ignore_index=True)
    setting = _numbered(frame, [name for name in key_of(list(frame.columns)) if name not in {*COUNTED, "file"}])
    cell = _numbered(frame.assign(setting=setting), ["setting", "seed"])
    differs = frame.groupby(cell)["score"].transform("nunique") > 1
    mixed = frame["seed"].isna().groupby(setting).transform("nunique") > 1
    doubtful = setting.isin(setting[(differs | mixed) & (frame.groupby(setting)["file"].transform("nunique") > 1)])
    faults = []
    for _, rows in frame[doubtful].groupby(setting[doubtful], sort=False):
        for _, same in rows.groupby(rows["seed"].astype("string").fillna(""), sort=False):
            if same["score"].nunique() > 1:
                both = " and ".join(f"{r['score']:g} ({r['file']})" for _, r in same.iterrows())
                faults.append(f"one cell has two scores: {both} ({_cell(same.iloc[0])}); give one, or name the studies")
        bare = rows["seed"].isna()
        if bare.any() and set(rows["file"][bare]) != set(rows["file"][~bare]) and not bare.all():
            faults.append(
                f"{rows['file'][bare].iloc[0]} has a mean and {rows['file'][~bare].iloc[0]} seeds of one setting "
                f"({_cell(rows.iloc[0])}); give one of them, or name the studies"
            )
    return faults


def _means(frame: pd.DataFrame, setting: pd.Series[int]) -> Iterator[tuple[Any, pd.DataFrame]]:
    """The place of each row without a seed that stands beside seeds of its setting, with these."""
    seeded = frame["seed"].notna()
    both = np.intersect1d(setting[seeded], setting[~seeded])
    if not len(both):
        return
    mixed = setting.isin(both)
    for _, rows in frame[mixed].groupby(setting[mixed], sort=False):
        seeds = rows[rows["seed"].notna()].drop_duplicates("seed")
        for i in rows.index[rows["seed"].isna()]:
            yield i, seeds


def _fault(mean: pd.Series[Any], place: Any, seeds: pd.DataFrame) -> str:
    scores = [float(score) for score in seeds["score"]]
    where = f"row {place + 1} ({_cell(mean)}) stands beside {len(scores)} seed{'s' * (len(scores) > 1)} of its setting"
    remedy = "leave out the mean or the seeds"
    if not pd.isna(mean["n_seeds"]) and int(mean["n_seeds"]) != len(scores):
        return f"{where} and is a mean over {mean['n_seeds']:g}; {remedy}"
    average = sum(scores) / len(scores)
    if abs(average - mean["score"]) > _half(mean["decimals"]) + _half(seeds["decimals"].min()) + SLACK:
        return f"{where}, whose mean is {average:.6g}, not {mean['score']:g}; {remedy}"
    if pd.isna(mean["sd"]) or len(scores) < 2:
        return ""
    slack = max(_half(mean["decimals"]), 0.5 * 10.0 ** -_digits(mean["sd"])) + SLACK
    if min(abs(stdev(scores) - mean["sd"]), abs(pstdev(scores) - mean["sd"])) > slack:
        return f"{where}, whose standard deviation is {stdev(scores):.3g}, not {mean['sd']:g}; {remedy}"
    return ""


def _numbered(frame: pd.DataFrame, columns: list[str]) -> pd.Series[int]:
    """The number of each row's group, by what these columns hold."""
    return pd.Series(group_numbers(frame, columns), index=frame.index)


def _half(decimals: float) -> float:
    """Half a unit of the last printed digit, 0 for exact numbers."""
    return 0.0 if pd.isna(decimals) else 0.5 * float(10.0 ** -float(decimals))


def _digits(value: float) -> int:
    """Digits after the point of a number as it is shortest written."""
    written = repr(float(value))
    return 15 if "e" in written else len(written.partition(".")[2])


def _cell(row: pd.Series[Any]) -> str:
    names = ("study", "version", "model", "intermediate", "target", "language", "split", "metric")
    return ", ".join(_text(row[name]) for name in names if _text(row[name]))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
