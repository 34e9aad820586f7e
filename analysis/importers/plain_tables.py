"""Delimited text in the columns of the results table, read column by column.

It gives what `tables` gives for the same file; files that leave something open are left to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.importers.documents import HASH_DIGITS
from analysis.importers.naming import Resolver
from analysis.importers.own_tables import EMPHASIS, OWN
from analysis.importers.record import Given
from analysis.importers.stated_spreads import FLOAT_NOISE
from analysis.registry.vocabulary import BASELINE
from analysis.results.columns import all_differ, mapped, numbers_of, texts_of, words_of
from analysis.results.reading_csv import printed_decimals, read_delimited
from analysis.results.result_names import NAMED
from analysis.results.spreads import SPREADS
from analysis.results.table import COLUMNS, KEY, NUMBERS, REQUIRED, SPLIT_NAMES, SPLITS, TEXT, validate

NEEDED = (*REQUIRED, "language", "metric")
"""Columns that a file must have, all but the score without a blank cell."""

Value = TypeVar("Value")

PLAIN = r"^-?\d+(\.\d*)?$"


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A file as a results table, not yet validated.

    Attributes:
        frame: columns of `COLUMNS`, names resolved, scores in points.
        source: gives that of each row, None where the frame states it. notes: what was assumed.
    """

    frame: pd.DataFrame
    source: Callable[[], pd.Series[Any]] | None
    notes: tuple[str, ...]

    def validated(self, where: str, resolve: Resolver) -> pd.DataFrame:
        """The results table.

        Raises:
            InputError: rows are wrong; all faults are listed.
        """
        table = validate(self.frame, where, registry=resolve.words.extended(resolve.own()))
        return table if self.source is None else table.assign(source=self.source())


def read_plain(path: Path, given: Given, resolve: Resolver) -> Plain | None:
    """The results table in a file, None where it has another layout or leaves something open.

    Args:
        path: the file.
        given: what the user says of it.
        resolve: names → ids; is asked only where the file is a plain table.
    """
    if replace(given, study=None) != Given() or (separator := _separator(path)) is None:
        return None
    try:
        frame = read_delimited(path, separator, 0)
    except ValueError:
        return None
    own = set(frame) >= OWN
    source = (
        None if own and "source" in frame else _at_the_same_time(_sources, path, list(frame).index("score"), len(frame))
    )
    texts = {name: _bare(frame[name]) for name in TEXT if name in frame}
    numbers = {name: numbers_of(frame[name]) for name in NUMBERS if name in frame}
    written = words_of(frame["score"]).notna()
    decimals = numbers["decimals"] if "decimals" in frame else printed_decimals(words_of(frame["score"]))
    if not _is_complete(frame, texts, numbers, written) or not written.any():
        return None
    if not own and _mixes_units(numbers["score"], texts):
        return None
    if given.study is not None:
        texts["study"] = mapped(texts.get("study", texts["model"]), lambda _: str(given.study))
    scale, notes = (1.0, []) if own else _unit(numbers["score"])
    for name in ("score", *SPREADS):
        if name in numbers and name != "n_seeds":
            numbers[name] = numbers[name].mul(scale).round(FLOAT_NOISE)
    table = pd.DataFrame(
        {**texts, **numbers, "decimals": (decimals - (2 if scale > 1 else 0)).clip(lower=0)}, copy=False
    )
    rows = np.flatnonzero(written)
    if len(rows) < len(table):
        table = table.take(rows).reset_index(drop=True)
    stated = None if source is None else lambda: source().take(rows).reset_index(drop=True)
    return _resolved(table, stated if len(rows) < len(frame) else source, notes, resolve)


def _at_the_same_time(function: Callable[..., Value], *arguments: Any) -> Callable[[], Value]:
    """Starts a function in a thread of its own; the result waits for its value."""
    pool = ThreadPoolExecutor(1)
    future = pool.submit(function, *arguments)
    pool.shutdown(wait=False)
    return future.result


def _separator(path: Path) -> str | None:
    """Between the columns of a results table; None where the first line does not name such columns."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError):
        return None
    for separator in ",\t":
        names = [name.strip().strip('"') for name in first.rstrip("\n").split(separator)]
        known = set(NEEDED) <= set(names) <= set(COLUMNS) and len(set(names)) == len(names)
        if known and ("source" not in names or set(names) >= OWN):
            return separator
    return None


def _bare(column: pd.Series[Any]) -> pd.Series[Any]:
    return words_of(mapped(column, lambda cell: EMPHASIS.sub(r"\2", cell.strip())))


def _is_complete(
    frame: pd.DataFrame,
    texts: dict[str, pd.Series[Any]],
    numbers: dict[str, pd.Series[float]],
    written: pd.Series[bool],
) -> bool:
    """True if nothing is open: names in every row with a score, plain numbers, spreads that are explained."""
    if any(texts[name][written].isna().any() for name in NEEDED if name != "score"):
        return False
    if any((numbers[name].isna() & words_of(frame[name]).notna()).any() for name in numbers):
        return False
    if not pc.all(pc.match_substring_regex(texts_of(words_of(frame["score"]).cat.categories), PLAIN)).as_py():
        return False
    splits = {SPLIT_NAMES.get(name.lower(), name.lower()) for name in texts["split"].cat.categories}
    unexplained = "plus_minus" in numbers or ("sd" in numbers and "n_seeds" not in numbers)
    return splits <= set(SPLITS) and not unexplained


def _unit(scores: pd.Series[float]) -> tuple[float, list[str]]:
    """Factor to points, and the note that says so."""
    if scores.abs().max() > 1:
        return 1.0, ["read as points, 0 to 100"]
    return 100.0, ["no number is above 1: read as fractions, × 100 (--assume scale=1 says otherwise)"]


def _mixes_units(scores: pd.Series[float], texts: dict[str, pd.Series[Any]]) -> bool:
    """True if all scores of a target and metric are at most 1, and others are above it."""
    size = scores.abs()
    if not (size > 1).any() or not (size <= 1).any():
        return False
    return bool((size.groupby([texts["target"], texts["metric"]], observed=True).max() <= 1).any())


def _sources(path: Path, score: int, rows: int) -> pd.Series[Any]:
    """File, row, column and hash of every score; the header is row 1."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:HASH_DIGITS]
    places = pa.array(np.arange(2, rows + 2)).cast(pa.string())
    texts = pc.binary_join_element_wise(f"{path.name}#row ", places, f" column {score + 1} sha256:{digest}", "")
    return pd.Series(pd.array(texts, dtype="str"))


def _resolved(
    table: pd.DataFrame, source: Callable[[], pd.Series[Any]] | None, notes: list[str], resolve: Resolver
) -> Plain | None:
    """The table with ids in place of names and each cell once; None where two rows contradict each other."""
    for name, category in {**NAMED, "metric": "metric"}.items():
        if name in table:
            counts = table[name].value_counts()
            ids = {str(each): resolve(category, str(each), int(rows)) for each, rows in counts.items() if rows}
            table[name] = mapped(table[name], partial(_named, ids))
    table["split"] = mapped(table["split"], lambda name: SPLIT_NAMES.get(name.lower(), name.lower()))
    trained = table["intermediate"] != BASELINE
    if trained.any() and ("intermediate_language" not in table or table["intermediate_language"][trained].isna().any()):
        notes = [
            *notes,
            "the language of the intermediate data is not stated: taken as English (--assume intermediate_language=…)",
        ]
    if not all_differ(table, [name for name in KEY if name in table]):
        return None
    return Plain(table, source, tuple(notes))


def _named(ids: dict[str, str], name: str) -> str:
    return ids.get(name, name)
