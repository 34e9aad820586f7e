"""Labels that differ only in a number no word list knows: they mean the same sort of line, which is told once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from analysis.registry.vocabulary import Vocabulary, fold
from analysis.tables.lexicon import lexicon

DIGITS = re.compile(r"[0-9]+")
FEWEST = 200
"""Labels from which it is worth looking for likeness."""


def representatives(labels: Collection[str], known: Iterable[str] = ()) -> dict[str, str]:
    """Label → the first label that differs from it in nothing but a number, the label itself for most.

    "System 17" stands for "System 18". Only a label's sole number is looked at, and only numbers of as many digits that
    stand in no word of the lexicon or the registry, so that no look-up could tell the two labels apart.

    Args:
        labels: of one axis.
        known: further texts whose numbers are looked up.
    """
    if len(labels) < FEWEST:
        return {text: text for text in labels}
    looked_up = _numbers().union(run for text in known for run in DIGITS.findall(text))
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for text in labels:
        runs = DIGITS.findall(text)
        if len(runs) == 1 and runs[0] not in looked_up:
            found[text] = first.setdefault(text.replace(runs[0], "0" * len(runs[0])), text)
        else:
            found[text] = text
    return found


@cache
def _numbers() -> frozenset[str]:
    """Every run of digits in a word of the lexicon or the registry, also where signs are left out."""
    words = lexicon()
    spelled = {text for name in words.__slots__ for text in _texts(getattr(words, name))}
    return frozenset(run for text in spelled for form in (text, fold(text)) for run in DIGITS.findall(form))


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Vocabulary):
        for entries in found.entries.values():
            for entry in entries.values():
                yield from entry.spellings
    elif isinstance(found, Mapping):
        yield from (text for pair in found.items() for part in pair for text in _texts(part))
    elif isinstance(found, Collection):
        yield from (text for part in found for text in _texts(part))
