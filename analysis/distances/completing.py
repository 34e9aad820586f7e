"""Distances of the languages that results bring and the built-in table has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from analysis.distances.derivation import DECIMALS, coordinates, genetic, geographic
from analysis.distances.table import COLUMNS, Distances

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analysis.registry.vocabulary import Vocabulary

Pair = tuple[str, str]
Facts: TypeAlias = "Mapping[str, object]"


def completed(distances: Distances, pairs: Iterable[Pair], registry: Vocabulary) -> Distances:
    """The table with the pairs it lacks, as far as they follow from what is known of the languages.

    A variety ("zh-Hant") lies where its language lies, but for its script. Genetic, geographic and script
    distances follow from family, branch, place and script, where `distances` says that they may (`derivable`).

    Args:
        distances: the table.
        pairs: languages by their ids.
        registry: the vocabulary.
    """
    apart = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    if not apart:
        return distances
    held = {(str(kind), str(a), str(b)): float(d) for a, b, kind, d in distances.frame[list(COLUMNS)].to_numpy()}
    places = coordinates()
    rows = []
    for first, second in apart:
        ours, theirs = (_facts(code, registry, places) for code in (first, second))
        for kind in (k for k in distances.kinds if (k, first, second) not in held):
            value = _as_bases(kind, first, second, ours, theirs, held)
            if np.isnan(value) and kind in distances.derivable:
                value = DERIVED[kind](ours, theirs)
            if not np.isnan(value):
                rows.append((first, second, kind, round(value, DECIMALS)))
    return distances.with_rows(pd.DataFrame(rows, columns=list(COLUMNS))) if rows else distances


def _as_bases(
    kind: str, first: str, second: str, ours: Facts, theirs: Facts, held: Mapping[tuple[str, str, str], float]
) -> float:
    """The distance of the languages that two are varieties of; NaN for scripts, and where neither is one."""
    one, other = sorted((str(ours.get("variety_of", first)), str(theirs.get("variety_of", second))))
    if kind == "script" or (one, other) == (first, second):
        return np.nan
    return 0.0 if one == other else held.get((kind, one, other), np.nan)


def _facts(code: str, registry: Vocabulary, places: Mapping[str, tuple[float, float]]) -> dict[str, object]:
    entry = registry.any_language(code)
    facts = dict(entry.facts) if entry else {}
    place = places.get(str(facts.get("variety_of", code)))
    return facts | ({"latitude": place[0], "longitude": place[1]} if place else {})


def _genetic(ours: Facts, theirs: Facts) -> float:
    if not (ours.get("family") and theirs.get("family")):
        return np.nan
    paths = [(str(facts["family"]), str(facts.get("branch", i))) for i, facts in enumerate((ours, theirs))]
    return genetic(*paths)


def _script(ours: Facts, theirs: Facts) -> float:
    return float(ours["script"] != theirs["script"]) if ours.get("script") and theirs.get("script") else np.nan


def _geographic(ours: Facts, theirs: Facts) -> float:
    if any("latitude" not in facts for facts in (ours, theirs)):
        return np.nan
    first, second = ((float(str(f["latitude"])), float(str(f["longitude"]))) for f in (ours, theirs))
    return geographic(first, second)


DERIVED = {"genetic": _genetic, "script": _script, "geographic": _geographic}
"""Kind → distance from two languages' facts, NaN where a fact is missing."""
