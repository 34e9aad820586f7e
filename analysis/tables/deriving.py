"""Recognizes headers and captions that derive another quantity from a measure: a drop, the time to it, one less it.

Which way is better is then not said by the measure's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from analysis.tables.lexicon import BRACKETS, lexicon, tokens

COMPLEMENT = re.compile(r"\s*1(?:00)?\s*%?\s*[-−–]\s*[^\W\d]")
SENTENCE = re.compile(r"(?<=[.;])\s+")
PLACING = frozenset({"of", "on", "for", "with", "in", "under", "at", "over", "by", "to", "from", "across"})
"""Prepositions, behind which a caption says no more what is measured."""


def header_derives(header: str, name: str) -> bool:
    """True if a header speaks of another quantity than the measure it names."""
    words = lexicon()
    inside = {text.strip().casefold() for text in BRACKETS.findall(header)}
    if COMPLEMENT.match(header) or inside & words.kinds["error"]:
        return True
    parts = tokens(BRACKETS.sub(" ", header))
    said = set(parts) - _spelled(name)
    heads = {*parts[-1:], *(one for one, after in pairwise(parts) if after in PLACING)}
    if said & heads & words.derived["headed"]:
        return True
    return not said.isdisjoint(words.derived["words"] | {"to"}) or (name == "latency" and "score" in said)


def caption_derives(caption: str, name: str, *, costs: bool) -> bool:
    """True if a caption that names one measure speaks of another quantity than it.

    Args:
        caption: of a table.
        name: of the measure.
        costs: whether other quantities that it speaks of have lines of their own.
    """
    for sentence in SENTENCE.split(caption):
        for text in (BRACKETS.sub(" ", sentence), sentence):
            parts = tokens(text)
            for start, end in _places(parts, name):
                return _is_derived(parts[:start], parts[end:], name, costs=costs)
    return False


def _is_derived(before: Sequence[str], after: Sequence[str], name: str, *, costs: bool) -> bool:
    words = lexicon().derived
    derived = words["words"] - _spelled(name)
    if derived.intersection(before) or derived.intersection(after[:1]):
        return True
    if costs:
        return False
    if len(before) > 1 and before[0] in words["opening"]:
        before = before[2:]
    head = next((i for i, word in enumerate(before) if word in PLACING), len(before))
    near = [*before[:head], *after[:1]]
    if before and before[-1] in words["joining"]:
        near += before[-2:]
    if after and after[0] in words["joining"]:
        near += after[1:3]
    return not (words["quantities"] - _spelled(name)).isdisjoint(near)


def _places(parts: Sequence[str], name: str) -> Iterator[tuple[int, int]]:
    """Positions of a measure among words, by any of its spellings."""
    for at in range(len(parts)):
        for spelled in _spellings(name):
            end = at + len(spelled)
            if tuple(part.rstrip(".") for part in parts[at:end]) == spelled:
                yield at, end


@cache
def _spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The ways of writing a measure, each as its words, the longest first."""
    found = {name, *(spelled for spelled, (plain, _) in lexicon().measures.items() if plain == name)}
    return tuple(sorted({tuple(part.rstrip(".") for part in tokens(one)) for one in found}, key=len, reverse=True))


def _spelled(name: str) -> frozenset[str]:
    """The words of all ways of writing a measure."""
    return frozenset(word for spelled in _spellings(name) for word in spelled)
