"""Items that a run got right: the layout that runs write and item-level tests read.

One row is one item answered by one run, in `items.parquet` or `items.csv`; a folder may hold
several such files, for example one per run in folders of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import InputError, MissingDataError

if TYPE_CHECKING:
    from collections.abc import Sequence

ITEM_COLUMNS = ("intermediate", "target", "language", "perturbation", "seed", "item", "correct")
"""`item` names the item within its target: a translation of an item keeps its name, and so does a
perturbed item, so that languages and perturbations are paired. `correct` lies between 0 (wrong) and
1 (right); between for partial credit, such as the F1 of an answer. The other columns are those of the
results table."""

LANGUAGE = "intermediate_language"
"""A column that may be there: the language of the intermediate data, English where it is not."""

ITEM_FILES = ("items.parquet", "items.csv")
WORDS = ("intermediate", LANGUAGE, "target", "language", "perturbation", "item")
KEY = (*WORDS, "seed")


def load_items(path: Path) -> pd.DataFrame:
    """The items of a file, or of all `ITEM_FILES` in a folder and the folders below.

    Raises:
        MissingDataError: nothing is there.
        InputError: a file is not of the layout; all faults are listed.
    """
    files = sorted(p for name in ITEM_FILES for p in path.rglob(name)) if path.is_dir() else [path]
    if not files or not files[0].exists():
        raise MissingDataError(f"{path} holds no {' or '.join(ITEM_FILES)}; runs store them with their predictions")
    frame = pd.concat([_read(file) for file in files], ignore_index=True)
    return validate_items(frame, str(path))


def validate_items(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """The items with types set, other columns left out.

    Args:
        frame: columns `ITEM_COLUMNS`, and `LANGUAGE` where it is known.
        where: the origin, for messages.

    Raises:
        InputError: a column is missing, `correct` lies outside 0 to 1, or an item stands twice.
    """
    faults = _missing(frame, ITEM_COLUMNS)
    if faults:
        raise InputError(where, faults)
    frame = frame.assign(**{LANGUAGE: frame.get(LANGUAGE, "en")})[[*ITEM_COLUMNS, LANGUAGE]].reset_index(drop=True)
    correct = pd.to_numeric(frame["correct"], errors="coerce")
    seed = pd.to_numeric(frame["seed"], errors="coerce")
    frame = frame.assign(correct=correct.astype("float64"), seed=seed.astype("float64"))
    frame = frame.assign(**{name: frame[name].astype("string").astype("object") for name in WORDS})
    wrong = ~frame["correct"].between(0, 1)
    faults += [f"correct in row {i + 1} is not between 0 and 1" for i in frame.index[wrong]]
    faults += [f"{name} in row {i + 1} is empty" for name in WORDS for i in frame.index[frame[name].isna()]]
    twice = frame.duplicated(list(KEY))
    faults += [f"row {i + 1} repeats item {frame['item'][i]!r} of the same run and cell" for i in frame.index[twice]]
    if faults:
        raise InputError(where, faults)
    return frame


def _read(path: Path) -> pd.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        return pd.read_csv(path, dtype=dict.fromkeys(WORDS, "string"), keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be read as a table of items ({str(error).splitlines()[0]})") from None


def _missing(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    return [f"column {name!r} is missing (needed: {', '.join(columns)})" for name in columns if name not in frame]
