"""The built-in table of distances."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files

import pandas as pd

from analysis.distances.completing import DERIVED
from analysis.distances.derivation import derived, word_order
from analysis.distances.table import Distances, tidy
from analysis.registry.vocabulary import vocabulary

FILES = ("distances.csv", "distances_syntactic.csv", "distances_sound.csv")


@cache
def shipped_distances() -> Distances:
    """The built-in table, for the languages of the vocabulary; others are added by `completed`.

    Syntactic distances are missing for Arabic, Chinese, Malay, Persian, Quechua and Swahili,
    phonological and inventory distances for the languages that lang2vec has no such features of:
    import a table that has them. Distances of the laboratory's languages follow from their entries.
    """
    parts = [derived(vocabulary(), synthetic=True), word_order(vocabulary())]
    for name in FILES:
        with as_file(files("analysis") / "data" / name) as path:
            parts.append(pd.read_csv(path, keep_default_na=False, dtype={"distance": float}))
    table = tidy(pd.concat(parts, ignore_index=True), "the built-in table of distances")
    return replace(table, derivable=tuple(DERIVED))
