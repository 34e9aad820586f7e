"""Distances between the world's languages, measured on their grammar and lexicon: the ground truth."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from runners.world.concepts import WORDS
from runners.world.grammar import COLUMNS, order_of
from runners.world.languages import FUNCTIONS, Forms, languages

KINDS = ("lexical", "order", "script", "morphology", "total")


def distances(forms: Mapping[str, Forms]) -> pd.DataFrame:
    """Columns language, other, kind, distance: each pair of languages once, from 0 (alike) to 1.

    lexical: share of concepts with different spoken words. order: share of pairs of the places of a
    clause that are said the other way round. script: share of letters written differently.
    morphology: share of what a suffix can say that is said otherwise (or not at all).
    total: the mean of the four. The columns are those of `analysis.distances`.
    """
    rows = []
    for language, other in combinations(sorted(forms), 2):
        four = _four(forms, language, other)
        values = (*four, sum(four) / len(four))
        rows += [(language, other, kind, value) for kind, value in zip(KINDS, values, strict=True)]
    return pd.DataFrame(rows, columns=["language", "other", "kind", "distance"])


def _four(forms: Mapping[str, Forms], language: str, other: str) -> tuple[float, float, float, float]:
    a, b = forms[language], forms[other]
    words = [x != y for x, y in zip(a.spoken[1:WORDS], b.spoken[1:WORDS], strict=True)]
    letters = [x != y for x, y in zip(a.alphabet, b.alphabet, strict=True)]
    suffixes = [a.suffixes[name] != b.suffixes[name] for name in FUNCTIONS]
    return _share(words), _order(language, other), _share(letters), _share(suffixes)


def _order(language: str, other: str) -> float:
    places = [{name: at for at, name in enumerate(order_of(languages()[code]).tolist())} for code in (language, other)]
    a, b = places
    return _share([(a[x] < a[y]) != (b[x] < b[y]) for x, y in combinations(range(len(COLUMNS)), 2)])


def _share(different: list[bool]) -> float:
    return sum(different) / len(different)
