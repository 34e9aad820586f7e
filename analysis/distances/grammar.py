"""Distances from syntactic features, for every language that lang2vec has enough of them of.

`data/syntax_features.csv` holds, by ISO 639-3 code, the 103 features `S_…` of lang2vec 1.1.2 in sixths, - where
nothing is known (`data/DISTANCES.md`). The figures are on another scale than URIEL's precomputed syntactic distances,
so they are a kind of their own, and taken only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.distances.features import cosine
from analysis.distances.table import COLUMNS

if TYPE_CHECKING:
    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Floats

KIND = "syntactic_features"
STEPS = 6
UNKNOWN = "-"


def by_features(pairs: Iterable[tuple[str, str]], registry: Vocabulary) -> pd.DataFrame:
    """1 − cosine over the features that both languages have, for pairs that share enough (`features.LEAST_SHARED`).

    Args:
        pairs: languages by their ids; a variety has the features of its language.
        registry: the vocabulary.

    Returns:
        Columns `table.COLUMNS`, language < other, kind `KIND`.
    """
    distinct = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    found = {code: features_of(code, registry) for code in {code for pair in distinct for code in pair}}
    rows = [
        (first, second, KIND, cosine(ours, theirs))
        for first, second in distinct
        if (ours := found[first]) is not None and (theirs := found[second]) is not None
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).dropna()


def features_of(code: str, registry: Vocabulary) -> Floats | None:
    """Syntactic features of a language, (103,), 0 to 1, NaN where unknown; None where the table lacks it."""
    entry = registry.any_language(code)
    if entry is None:
        return None
    base = registry.any_language(str(entry.facts.get("variety_of", code))) or entry
    return _features().get(str(base.facts.get("iso639_3")))


@cache
def _features() -> dict[str, Floats]:
    with as_file(files("analysis") / "data" / "syntax_features.csv") as path:
        table = pd.read_csv(path, keep_default_na=False, dtype=str)
    return {code: decoded(sixths) for code, sixths in table.itertuples(index=False)}


def decoded(sixths: str) -> Floats:
    """The features of one row."""
    return np.array([np.nan if sign == UNKNOWN else int(sign) / STEPS for sign in sixths])


def encoded(features: Floats) -> str:
    """A row of features; NaN where unknown.

    Raises:
        ValueError: a value is no multiple of a sixth.
    """
    sixths = np.round(features * STEPS)
    if np.nanmax(np.abs(sixths / STEPS - features), initial=0) > 1e-3:
        raise ValueError("a feature is no multiple of a sixth")
    return "".join(UNKNOWN if np.isnan(value) else str(int(value)) for value in sixths)
