"""Tables of distances made by others: long, square, or feature vectors.

Recognised by content:

- CSV with the columns language, other, kind, distance (kind may be missing where the caller names it);
- CSV whose header names the same languages as its first column: a square matrix;
- any other CSV with languages in its first column: feature vectors;
- NPZ of the package lang2vec: feature vectors, kinds by the names of the features;
- JSON `{language: {other: distance}}` (square) or `{language: [values]}` (feature vectors), either
  of them also one level down, by kind.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.distances.features import Measure, from_features
from analysis.distances.lang2vec import from_lang2vec
from analysis.distances.table import COLUMNS, Distances, tidy
from analysis.errors import InputError
from analysis.files.unread import why_unread
from analysis.registry.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from analysis.stats.arrays import Floats

BLANK = ("", "--", "nan", "NaN", "NA", "-1", "-1.0")
"""Spellings of a missing value in tables of distances; URIEL+ writes −1."""

FEATURED = ("syntactic", "phonological", "inventory", "featural")
"""Kinds that come from features, in which no two languages are alike in everything."""


def load_distances(
    path: Path,
    *,
    kind: str | None = None,
    measure: Measure = "hamming",
    registry: Vocabulary | None = None,
    languages: Iterable[str] = (),
) -> Distances:
    """Reads distances, or feature vectors and computes distances from them.

    Two languages without any feature have distance 0 in some releases of lang2vec, and one and the
    same distance from every other language; they are left out by name.

    Args:
        path: .csv, .tsv, .json, or .npz of lang2vec.
        kind: of the distances, where the file does not say.
        measure: for feature vectors, `hamming` or `cosine`.
        registry: the vocabulary that languages are looked up in, with the world's; built-in by default.
        languages: ids of languages that distances are wanted of beside the vocabulary's; of .npz no others are read.

    Raises:
        InputError: the file cannot be read, holds no distances, or distances outside 0 to 1.
    """
    registry = registry or vocabulary()
    if path.suffix == ".npz":
        return tidy(from_lang2vec(path, measure, registry, languages), str(path))
    if path.suffix == ".json":
        parts = _from_json(path, kind, measure)
    elif path.suffix in {".csv", ".tsv"}:
        parts = [_from_csv(path, kind, measure)]
    else:
        raise InputError(
            str(path), f"distances come as .csv, .tsv, .json or .npz, not {path.suffix or 'without an ending'}"
        )
    frame = pd.concat(parts, ignore_index=True)
    frame, unknown = _known(frame, registry)
    frame, empty = _without_featureless(frame)
    table = tidy(frame, str(path), (*unknown, *empty))
    if table.frame.empty:
        raise InputError(str(path), ["no distance between two languages of the vocabulary", *unknown])
    return table


def read_table(path: Path) -> pd.DataFrame:
    """The text cells of a .csv or .tsv file.

    Raises:
        InputError: it is missing or no table.
    """
    try:
        return pd.read_csv(path, sep="\t" if path.suffix == ".tsv" else ",", dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise InputError(str(path), "no such file") from None
    except (UnicodeDecodeError, ValueError, OSError) as error:
        raise InputError(str(path), f"cannot be read as a table ({error})") from None


def _from_csv(path: Path, kind: str | None, measure: Measure) -> pd.DataFrame:
    frame = read_table(path)
    if {"language", "other", "distance"} <= set(frame.columns):
        if "kind" not in frame:
            frame["kind"] = _needed(path, kind)
        return frame[list(COLUMNS)].assign(distance=to_numbers(path, frame["distance"]))
    labels, body = frame.iloc[:, 0], frame.iloc[:, 1:].apply(lambda column: to_numbers(path, column))
    if set(body.columns) == set(labels):
        square = body.set_axis(labels, axis=0)
        return _long(square, _needed(path, kind))
    values: Floats = body.to_numpy(dtype=np.float64)
    vectors: dict[str, Floats] = {str(label): values[i] for i, label in enumerate(labels)}
    return from_features(vectors, _needed(path, kind), measure)


def _from_json(path: Path, kind: str | None, measure: Measure) -> list[pd.DataFrame]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise InputError(str(path), why_unread(error, "distances as JSON")) from None
    if not isinstance(content, dict) or not content:
        raise InputError(str(path), "holds no object of languages")
    if _is_table(content):
        return [_from_object(path, content, _needed(path, kind), measure)]
    parts = [_from_object(path, v, str(k), measure) for k, v in content.items() if isinstance(v, dict) and _is_table(v)]
    if not parts:
        raise InputError(str(path), "holds neither {language: {other: distance}} nor {language: [features]}")
    return parts


def _is_table(content: dict[str, Any]) -> bool:
    return bool(content) and all(
        isinstance(v, list) or (isinstance(v, dict) and not any(isinstance(x, (dict, list)) for x in v.values()))
        for v in content.values()
    )


def _from_object(path: Path, content: dict[str, Any], kind: str, measure: Measure) -> pd.DataFrame:
    if all(isinstance(v, dict) for v in content.values()):
        square = pd.DataFrame(content).T
        return _long(square.apply(lambda column: to_numbers(path, column)), kind)
    vectors: dict[str, Floats] = {
        str(k): np.asarray(to_numbers(path, pd.Series(v, dtype=object)), dtype=np.float64) for k, v in content.items()
    }
    sizes = {len(v) for v in vectors.values()}
    if len(sizes) != 1:
        raise InputError(str(path), f"feature vectors of {len(sizes)} different lengths")
    return from_features(vectors, kind, measure)


def _long(square: pd.DataFrame, kind: str) -> pd.DataFrame:
    values: Floats = square.to_numpy(dtype=np.float64)
    rows = [
        (str(first), str(second), kind, values[i, j])
        for i, first in enumerate(square.index)
        for j, second in enumerate(square.columns)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def to_numbers(path: Path, column: pd.Series[Any], *, missing: Sequence[str] = BLANK) -> pd.Series[float]:
    """The cells as numbers, NaN where missing.

    Raises:
        InputError: a cell is no number.
    """
    text = column.astype(str).str.strip()
    absent = text.isin(missing) | column.isna()
    numbers: pd.Series[float] = pd.to_numeric(text.mask(absent), errors="coerce").astype("float64")
    if (wrong := text[numbers.isna() & ~absent]).size:
        raise InputError(str(path), f"{wrong.iloc[0]!r} is not a number")
    return numbers


def _needed(path: Path, kind: str | None) -> str:
    if kind is None:
        raise InputError(
            str(path),
            "the file does not say which kind of distance it holds; name it (KIND=FILE, in Python kind=…)",
        )
    return kind


def _known(frame: pd.DataFrame, words: Vocabulary) -> tuple[pd.DataFrame, list[str]]:
    names = sorted({*frame["language"].astype(str), *frame["other"].astype(str)})
    ids = {name: language_code(words, name) for name in names}
    unknown = [name for name, code in ids.items() if code is None]
    kept = frame.assign(language=frame["language"].astype(str).map(ids), other=frame["other"].astype(str).map(ids))
    kept = kept[kept["language"].notna() & kept["other"].notna()]
    notes = [f"languages outside the vocabulary: {', '.join(unknown)}"] if unknown else []
    return kept, notes


def language_code(registry: Vocabulary, name: str) -> str | None:
    """The id of a language named by a code of ISO 639, a tag of BCP 47 or a name; None where it is unknown."""
    found = registry.any_language(name)
    return None if found is None else found.id


def _without_featureless(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Without the languages that a release gives the distance 0 for want of features."""
    notes: list[str] = []
    for kind in (k for k in FEATURED if (frame["kind"] == k).any()):
        here = frame["kind"] == kind
        zero = frame[here & (frame["distance"] == 0) & (frame["language"] != frame["other"])]
        alike = sorted({*zero["language"], *zero["other"]})
        if alike:
            touched = frame["language"].isin(alike) | frame["other"].isin(alike)
            frame = frame[~(here & touched)]
            notes.append(f"{kind}: {', '.join(alike)} lie at distance 0 from each other, which means no features")
    return frame, notes
