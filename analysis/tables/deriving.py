"""Recognizes headers and captions that derive another quantity from a measure: a drop, the time to it, one less it.

Which way is better is then not said by the measure's name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from analysis.tables.lexicon import BRACKETS, lexicon, tokens

COMPLEMENT = re.compile(r"\s*1(?:00)?\s*%?\s*[-−–]\s*[^\W\d]")
SENTENCE = re.compile(r"(?<=[.;])\s+")
PLACING = frozenset({"of", "on", "for", "with", "in", "under", "at", "over", "by", "to", "from", "across"})
"""Prepositions, behind which a caption says no more what is measured."""


def header_derives(header: str, name: str, beside: Collection[str] = ()) -> bool:
    """True if a header speaks of another quantity than the measure it names.

    Args:
        header: of a line.
        name: of the measure.
        beside: words that stand beside it: "Negative F1" beside "Positive F1" is the F1 of a class.
    """
    words = lexicon()
    inside = {text.strip().casefold() for text in BRACKETS.findall(header)}
    if COMPLEMENT.match(header) or inside & words.kinds["error"]:
        return True
    parts = _but_for_what_is_scored(tokens(BRACKETS.sub(" ", header)), beside)
    said = set(parts) - _spelled(name)
    heads = {*parts[-1:], *(one for one, after in pairwise(parts) if after in PLACING)}
    if said & heads & words.derived["headed"]:
        return True
    return not said.isdisjoint(words.derived["words"] | {"to"}) or (name == "latency" and "score" in said)


def _but_for_what_is_scored(parts: Sequence[str], beside: Collection[str]) -> list[str]:
    """Words of a header without those that only say of what it is a score, as in "Change detection accuracy".

    So say a class beside its opposite, the languages of a direction ("En to De") and the name of a task.
    """
    words = lexicon()
    classes = words.derived["classes"] if not words.derived["opposites"].isdisjoint(beside) else frozenset()
    around = list(zip(["", *parts], parts, [*parts[1:], ""], strict=False))
    return [
        part
        for before, part, after in around
        if not (
            part in classes
            or (part == "to" and words.language(before) and words.language(after))
            or f"{part} {after}" in words.derived["scored"]
        )
    ]


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


def caption_quantity(caption: str, name: str) -> str:
    """The word by which a caption makes another quantity of the measure it names, "drop"; "" where none does.

    "Mean and standard deviation of accuracy" still measures accuracy.

    Args:
        caption: of a table.
        name: of the measure.
    """
    for sentence in SENTENCE.split(caption):
        parts = tokens(BRACKETS.sub(" ", sentence))
        for start, end in _places(parts, name):
            return _quantity(parts[:start], parts[end:], name)
    return ""


@lru_cache(maxsize=64)
def caption_reverses(caption: str) -> bool:
    """True if a caption speaks of ranks, errors or "lower", so that less of what people judge may be better."""
    judged = lexicon().judged
    folded = " ".join(caption.casefold().split())
    said = {part.rstrip(".") for part in tokens(caption)}
    return not judged["reversing"].isdisjoint(said) or any(phrase in folded for phrase in judged["best"])


def _quantity(before: Sequence[str], after: Sequence[str], name: str) -> str:
    words = lexicon()
    behind_colon = max((i + 1 for i, word in enumerate(before) if word == ":"), default=0)
    own = [word for word in before[behind_colon:] if word not in {"the", "total"}]
    if own and own[0] in words.derived["affecting"]:
        own = own[max((i + 1 for i, word in enumerate(own) if word == "on"), default=0) :]
    elif len(own) > 1 and own[0] in words.derived["opening"]:
        own = [word for word in own[2:] if word != "the"]
    if len(own) > 1 and own[0] in words.derived["counting"] and own[1] == "of":
        return own[0]
    head = own[: next((i for i, word in enumerate(own) if word in PLACING), len(own))]
    spreads = {part for spelled in words.kinds["error"] for part in spelled.split()}
    alone = words.kinds["aggregate"].isdisjoint(head) or words.derived["joining"].isdisjoint(head)
    made = words.derived["words"] | words.kinds["error"] | words.kinds["change"]
    anywhere = words.kinds["error"] | words.kinds["change"]
    told = [word for word in head if word in made] + [word for word in (*own, *after[:1]) if word in anywhere]
    kept = [
        word for word in told if word[0].isalpha() and word not in _spelled(name) and (alone or word not in spreads)
    ]
    return next(iter(kept), "")


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
