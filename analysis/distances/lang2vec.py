"""Distances from the feature vectors that the package lang2vec holds (URIEL, Littell et al. 2017).

`lang2vec/data/feature_averages.npz` holds one vector per language: the mean of what its sources say
of each feature, 0 to 1, −1 where none says anything. A feature's name begins with what it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from analysis.distances.features import Measure, from_features
from analysis.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Floats

PREFIXES = {"syntactic": "S_", "phonological": "P_", "inventory": "INV_"}
"""Kind of distance → how the names of its features begin (feature sets syntax_average, phonology_average,
inventory_average of lang2vec)."""

ARRAYS = ("langs", "feats", "data")


def from_lang2vec(path: Path, measure: Measure, registry: Vocabulary, languages: Iterable[str] = ()) -> pd.DataFrame:
    """Distances between the vocabulary's languages and some others, of every kind that the file has features of.

    A language is looked up by its code of ISO 639-3 in the vocabulary, not by codes of its parts.

    Args:
        path: an .npz file of lang2vec.
        measure: `hamming` or `cosine`, over the features that both languages have.
        registry: the vocabulary.
        languages: ids of the others.

    Returns:
        Columns `table.COLUMNS`; pairs that share too few features are absent.

    Raises:
        InputError: the file is not of this layout.
    """
    codes, features, values = _arrays(path)
    rows = {code: i for i, code in enumerate(codes)}
    wanted = {
        *registry["language"],
        *(entry.facts.get("variety_of", entry.id) for entry in map(registry.any_language, languages) if entry),
    }
    named = {code: entry.facts.get("iso639_3") for code in wanted if (entry := registry.any_language(code))}
    entries = {code: str(iso) for code, iso in named.items() if iso in rows}
    parts = []
    for kind, prefix in PREFIXES.items():
        mine = np.array([name.startswith(prefix) for name in features])
        if mine.any():
            vectors: dict[str, Floats] = {c: values[rows[iso], mine] for c, iso in entries.items()}
            parts.append(from_features(vectors, kind, measure))
    if not parts or not entries:
        raise InputError(
            str(path), f"no language of the vocabulary, or no feature named {', '.join(PREFIXES.values())}…"
        )
    return pd.concat(parts, ignore_index=True)


def _arrays(path: Path) -> tuple[list[str], list[str], Floats]:
    """Codes, names of features and (languages, features) with NaN where unknown."""
    try:
        with np.load(path, allow_pickle=False) as held:
            if missing := [name for name in ARRAYS if name not in held.files]:
                raise InputError(str(path), f"holds no array {missing[0]!r}; lang2vec's have {', '.join(ARRAYS)}")
            codes, features, data = (held[name] for name in ARRAYS)
    except FileNotFoundError:
        raise InputError(str(path), "no such file") from None
    except (OSError, ValueError, BadZipFile) as error:
        raise InputError(str(path), f"cannot be read as arrays ({error})") from None
    if data.ndim != 3 or data.shape[:2] != (len(codes), len(features)) or data.shape[2] != 1:
        raise InputError(str(path), f"data of shape {data.shape}; give one vector per language (feature_averages.npz)")
    values: Floats = data[:, :, 0].astype(np.float64)
    return [str(c) for c in codes], [str(f) for f in features], np.where(values < 0, np.nan, values)
