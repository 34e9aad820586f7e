"""The distances that follow from the registry: shared ancestry, place, script."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.distances.table import COLUMNS
from analysis.registry.languages import entry_of
from analysis.registry.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.registry.vocabulary import Vocabulary

LEVELS = ("family", "branch")
"""Levels of the registry's classification between the root and the language."""

DECIMALS = 4

WORD_ORDER = ("order", "adjective", "adposition", "negation")
"""Features of syntax that the laboratory's languages state."""


def genetic(first: Sequence[str], second: Sequence[str]) -> float:
    """Share of the way from the root to a language that two languages do not have in common.

    Args:
        first: labels from the root down: family, branch.
        second: likewise, as many.

    Returns:
        1 between families, 2/3 within a family, 1/3 within a branch.
    """
    shared = 0
    while shared < len(first) and first[shared] == second[shared]:
        shared += 1
    return 1 - shared / (len(first) + 1)


def geographic(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Great-circle distance of two places, as a share of half the earth's circumference.

    Args:
        first: latitude and longitude in degrees.
        second: likewise.
    """
    (latitude, longitude), (latitude_2, longitude_2) = np.radians(first), np.radians(second)
    haversine = (
        np.sin((latitude_2 - latitude) / 2) ** 2
        + np.cos(latitude) * np.cos(latitude_2) * np.sin((longitude_2 - longitude) / 2) ** 2
    )
    return float(2 * np.arcsin(np.sqrt(haversine)) / np.pi)


def coordinates() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each language of the registry, in degrees.

    From the World Atlas of Language Structures, of a language without a row there from Glottolog.
    """
    text = (files("analysis") / "data" / "coordinates.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    found = {row["language"]: (float(row["latitude"]), float(row["longitude"])) for row in rows}
    real = [code for code, entry in vocabulary()["language"].items() if not entry.facts.get("synthetic")]
    others = {code: entry_of(code).facts for code in real if code not in found}
    return found | {code: (facts["latitude"], facts["longitude"]) for code, facts in others.items()}


def derived(registry: Vocabulary, *, synthetic: bool = False) -> pd.DataFrame:
    """Genetic, geographic and script distances of all pairs of languages of the vocabulary.

    Args:
        registry: the vocabulary.
        synthetic: the laboratory's languages instead of the world's; they have no place.

    Returns:
        Columns `table.COLUMNS`; distances rounded to `DECIMALS`.
    """
    places = coordinates()
    rows: list[tuple[str, str, str, float]] = []
    for first, second in _pairs(registry, synthetic=synthetic):
        ours, theirs = registry["language"][first].facts, registry["language"][second].facts
        rows.append((first, second, "genetic", genetic(_path(ours), _path(theirs))))
        rows.append((first, second, "script", float(ours["script"] != theirs["script"])))
        if first in places and second in places:
            rows.append((first, second, "geographic", geographic(places[first], places[second])))
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(["kind", "language", "other"])
    return frame.assign(distance=frame["distance"].round(DECIMALS)).reset_index(drop=True)


def word_order(registry: Vocabulary) -> pd.DataFrame:
    """Syntactic distances of the laboratory's languages: share of `WORD_ORDER` in which they differ.

    Returns:
        Columns `table.COLUMNS`.
    """
    entries = registry["language"]
    rows = [
        (a, b, "syntactic", sum(entries[a].facts[f] != entries[b].facts[f] for f in WORD_ORDER) / len(WORD_ORDER))
        for a, b in _pairs(registry, synthetic=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _pairs(registry: Vocabulary, *, synthetic: bool) -> list[tuple[str, str]]:
    codes = sorted(c for c, e in registry["language"].items() if bool(e.facts.get("synthetic")) == synthetic)
    return list(combinations(codes, 2))


def _path(facts: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(facts[level]) for level in LEVELS)
