"""The results table: one row is one score.

The table is a pandas frame with the columns of `COLUMNS`. It is validated where it enters (every
fault of a file at once) and trusted from there on. Missing is NaN, never 0 and never -1.

A file needs the columns `REQUIRED`; the others have the defaults of `DEFAULTS`. A row whose score
is empty is a cell nobody measured yet and is left out; lines that begin with # above the header are remarks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, UsageError
from analysis.files.atomic import replacing
from analysis.files.spreadsheets import guarded
from analysis.registry.own_names import with_own_names
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.results.columns import constant, filled, in_order, mapped, numbers_of, with_values, words_of
from analysis.results.reading_csv import printed_decimals, read_delimited
from analysis.results.repeated import check_repeated, key_of
from analysis.results.result_names import NAMED, UNVERSIONED, id_of, unversioned
from analysis.results.scales import in_points
from analysis.results.spreads import SPREADS, check_spreads

TEXT = (
    "study", "version", "model", "intermediate", "method", "intermediate_language", "target", "language",
    "split", "perturbation", "metric", "provenance", "source",
)  # fmt: skip
"""Columns that hold words; stored as categories, but for sources that each row has its own of."""

NUMBERS = (
    "intermediate_examples", "target_examples", "score", "decimals", "n_items", "seed",
    "flops_intermediate", "flops_target", *SPREADS,
)  # fmt: skip
"""Columns that hold numbers: counts, the score in points (0 to 100), the digits the score was
printed with (NaN: exact), the seed, training FLOPs, the spread as its source states it."""

COLUMNS = (
    "study", "version", "model", "intermediate", "method", "intermediate_language", "intermediate_examples",
    "target_examples", "target", "language", "split", "perturbation", "metric", "score", "decimals",
    "n_items", "seed", *SPREADS, "flops_intermediate", "flops_target", "provenance", "source",
)  # fmt: skip

REQUIRED = ("model", "intermediate", "target", "split", "score")

DEFAULTS = {
    "version": "",
    "method": "plain",
    "intermediate_language": "en",
    "language": "mean",
    "perturbation": "none",
    "provenance": "imported",
}

KEY = key_of(COLUMNS)
"""Two rows that agree in all of these are the same cell twice."""

METHODS = ("plain", "mlm", "translated", "multilingual")
"""Continued MLM mixed in, translated intermediate data, or (imported) target training data in several
languages: such a run is no zero-shot transfer from English, so plain claims do not rest on it. Nor do they on
a method of another name."""
SPLITS = ("train", "dev", "test")
PROVENANCES = ("measured", "imported", "published", "derived", "synthetic")


def load_results(path: Path, *, registry: Vocabulary | None = None) -> pd.DataFrame:
    """Reads and validates a results table from CSV, TSV or Parquet.

    Names that nobody knows stand for themselves (`analysis.results.result_names.unknown_names` lists them). Facts of
    them are read from the file beside the table that ends in .names.toml.

    Raises:
        InputError: the file cannot be read, or rows are wrong; all faults are listed.
    """
    frame = _read(path)
    faults = [f"column {name!r} is missing (needed: {', '.join(REQUIRED)})" for name in REQUIRED if name not in frame]
    faults += [_unknown_column(str(name)) for name in frame.columns if name not in COLUMNS]
    registry = with_own_names(path, registry or vocabulary())
    if not faults and path.suffix != ".parquet":
        frame = in_points(frame, registry, faults)
    if faults:
        raise InputError(str(path), faults)
    return validate(frame, str(path), registry=registry)


def validate(frame: pd.DataFrame, where: str, *, registry: Vocabulary | None = None) -> pd.DataFrame:
    """The table with defaults filled in, names resolved to ids and types set.

    Args:
        frame: columns `REQUIRED` and any of `COLUMNS`; one row a score.
        where: the origin, for messages and as the default of `source`.
        registry: the vocabulary names are resolved in; the built-in one by default.

    Raises:
        InputError: with one line per fault (empty cells, scores out of bounds, rows that contradict each other).
    """
    registry = registry or vocabulary()
    frame = frame.reset_index(drop=True)
    written = _is_written(frame["score"]) if "score" in frame else pd.Series(False, index=frame.index)
    stated = frame if written.all() else frame[written]
    defaults = DEFAULTS | {"source": where, "study": Path(where).stem}
    faults: list[str] = []
    columns: dict[str, pd.Series[Any]] = {}
    for name in TEXT:
        column = words_of(stated[name]) if name in stated else constant(None, stated.index)
        columns[name] = filled(column, defaults[name]) if name in defaults else column
    nothing = pd.Series(np.nan, index=stated.index)
    for name in NUMBERS:
        columns[name] = _numbers(stated, name, faults) if name in stated else nothing
    table = pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)
    said = {unversioned(registry, str(name)) for name in table["intermediate"].dropna().unique()} - {""}
    _resolve_names(table, registry, faults)
    _check_scores(table, registry, faults)
    check_spreads(table, faults)
    check_repeated(table, faults)
    if faults:
        raise InputError(where, faults)
    table = table.assign(**{name: in_order(table[name]) for name in TEXT if name != "source"}).reset_index(drop=True)
    table.attrs |= {UNVERSIONED: sorted(said)} if said else {}
    return table


def concat(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Several validated tables as one; the same cell may stand in more than one of them."""
    if not tables:
        return empty()
    plain = [table.astype(dict.fromkeys(TEXT, "object")) for table in tables if len(table)]
    if not plain:
        return empty()
    return pd.concat(plain, ignore_index=True).astype(dict.fromkeys(TEXT, "category"))


def empty() -> pd.DataFrame:
    """A results table without rows."""
    columns = {name: pd.Series(dtype="category" if name in TEXT else "float64") for name in COLUMNS}
    return pd.DataFrame(columns)


def write_results(frame: pd.DataFrame, path: Path) -> None:
    """Writes the table as Parquet or CSV (by the file's ending), whole or not at all.

    Raises:
        UsageError: the ending is neither .parquet nor .csv.
    """
    write_frame(frame, path)


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Writes any table so.

    Raises:
        UsageError: the ending is neither .parquet nor .csv.
    """
    if path.suffix not in {".parquet", ".csv"}:
        raise UsageError(f"cannot write results as {path.name!r}: end the name in .parquet or .csv")
    with replacing(path) as temporary:
        if path.suffix == ".csv":
            guarded(frame).to_csv(temporary, index=False, lineterminator="\n")
        else:
            _write_parquet(frame, temporary)


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """As `DataFrame.to_parquet`; sources of single rows are stored by what they share with the one before.

    A table is read whole, so that there are no statistics of its row groups.
    """
    if "source" not in frame or isinstance(frame["source"].dtype, pd.CategoricalDtype):
        frame.to_parquet(path, index=False, write_statistics=False)
        return
    others = [name for name in frame.columns if name != "source"]
    encoding = {"source": "DELTA_BYTE_ARRAY"}
    frame.to_parquet(path, index=False, write_statistics=False, use_dictionary=others, column_encoding=encoding)


def _read(path: Path) -> pd.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        if path.suffix in {".csv", ".tsv"}:
            separator = "\t" if path.suffix == ".tsv" else ","
            return _with_printed_decimals(read_delimited(path, separator, remark_lines(path)))
    except FileNotFoundError:
        raise InputError(str(path), "no such file") from None
    except (UnicodeDecodeError, ValueError, OSError) as error:
        raise InputError(str(path), f"cannot be read as a table ({_first_line(error)})") from None
    raise InputError(str(path), f"results come as .csv, .tsv or .parquet, not {path.suffix or 'without an ending'}")


def remark_lines(path: Path) -> int:
    """Counts the lines at the top of a text file that begin with #, before the names of the columns."""
    with path.open(encoding="utf-8-sig") as file:
        return sum(1 for _ in takewhile(lambda line: line.startswith("#"), file))


def _with_printed_decimals(frame: pd.DataFrame) -> pd.DataFrame:
    if "score" in frame and "decimals" not in frame:
        frame["decimals"] = printed_decimals(frame["score"])
    return frame


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _unknown_column(name: str) -> str:
    from rapidfuzz import process

    near = process.extractOne(name, COLUMNS, score_cutoff=70)
    hint = f"did you mean {near[0]!r}?" if near else "see `claimgauge template results`"
    return f"unknown column {name!r}; {hint}"


def _is_written(column: pd.Series[Any]) -> pd.Series[bool]:
    numbers = pd.api.types.is_numeric_dtype(column.dtype)
    return column.notna() if numbers else words_of(column).notna()


def _numbers(frame: pd.DataFrame, name: str, faults: list[str]) -> pd.Series[float]:
    numbers = numbers_of(frame[name])
    wrong = _is_written(frame[name]) & ~np.isfinite(numbers)
    if not wrong.any():
        return numbers
    raw = words_of(frame[name][wrong]).astype("object")
    faults += [f"{name} {raw[i]!r} in row {i + 1} is not a number" for i in raw.index]
    return numbers.where(~wrong)


def _resolve_names(frame: pd.DataFrame, registry: Vocabulary, faults: list[str]) -> None:
    for column, category in NAMED.items():
        _resolve(frame, column, partial(_id_or_itself, registry, category), faults)
    _resolve(frame, "split", lambda name: _one_of("split", SPLITS, SPLIT_NAMES.get(name.lower(), name)), faults)
    _resolve(frame, "provenance", lambda name: _one_of("provenance", PROVENANCES, name), faults)
    _fill_metric(frame, registry, faults)
    _resolve(frame, "metric", partial(_id_or_itself, registry, "metric"), faults)


def _id_or_itself(registry: Vocabulary, category: str, name: str) -> str:
    return id_of(registry, category, name) or name


SPLIT_NAMES = {"development": "dev", "validation": "dev", "valid": "dev", "val": "dev"}


def _resolve(frame: pd.DataFrame, column: str, resolve: Callable[[str], str], faults: list[str]) -> None:
    ids: dict[str, str] = {}
    wrong: dict[int, str] = {}
    names = in_order(frame[column])
    for name in names.cat.categories:
        try:
            ids[name] = resolve(str(name))
        except LookupError as error:
            rows = frame.index[names == name]
            more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
            wrong[rows[0]] = f"{error.args[0]} in row {rows[0] + 1}{more}"
    faults += [wrong[row] for row in sorted(wrong)]
    if column in REQUIRED:
        faults += [f"{column} in row {i + 1} is empty" for i in frame.index[names.isna()]]
    frame[column] = mapped(names, lambda name: ids.get(name, name))


def _one_of(column: str, allowed: Sequence[str], name: str) -> str:
    if name not in allowed:
        raise LookupError(f"unknown {column} {name!r} (one of {', '.join(allowed)})")
    return name


def _fill_metric(frame: pd.DataFrame, registry: Vocabulary, faults: list[str]) -> None:
    missing = frame["metric"].isna() & frame["target"].notna()
    if not missing.any():
        return
    only: dict[str, str] = {}
    for target, rows in frame.loc[missing, ["target"]].groupby("target", observed=True, sort=False).groups.items():
        known = registry["target"].get(str(target))
        metrics = known.facts.get("metrics", ()) if known else ["xtreme_score"]
        if len(metrics) == 1:
            only[str(target)] = metrics[0]
        else:
            faults.append(
                f"metric in row {rows[0] + 1} is empty; {target} has {' and '.join(metrics)} (or f1_em, their mean)"
                if metrics
                else f"metric in row {rows[0] + 1} is empty, and none is known for {target}"
            )
    rows_filled = missing & frame["target"].isin(list(only))
    by_target = mapped(frame["target"], lambda target: only.get(target, target))
    frame["metric"] = with_values(frame["metric"], rows_filled.to_numpy(), by_target)


def _check_scores(frame: pd.DataFrame, registry: Vocabulary, faults: list[str]) -> None:
    for metric in sorted(frame["metric"].cat.categories):
        entry = registry["metric"].get(metric)
        if entry is None:
            continue
        low, high = entry.facts.get("low", -np.inf), entry.facts.get("high", np.inf)
        scores = frame["score"][frame["metric"] == metric]
        outside = scores[(scores < low) | (scores > high)]
        faults += [
            f"score {score:g} in row {i + 1} is outside {low} to {high} ({entry.name}, in points)"
            for i, score in outside.items()
        ]
