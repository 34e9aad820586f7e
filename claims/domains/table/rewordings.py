"""Rewordings of a sentence that was not read over a table, the nearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from claims.domains.table.names import NameIndex
from claims.domains.table.nearest_labels import relabelled
from claims.domains.table.nearest_names import Respelled, respelled
from claims.domains.table.part_filling import PartSaid
from claims.domains.table.parts_said import parts_said
from claims.domains.table.spoken_names import SpokenNames
from claims.language.clause_kept import clauses_kept
from claims.language.kept import Rewording, left_out, rewording_words, words_of
from claims.language.reading import Forest, read_forest
from claims.language.rewording import rewording
from claims.language.tokens import tokens_of

MOST = 3
"""Sentences that are offered."""
LONG = 60
"""Tokens of a sentence that is not tried with a few words left out, for each try takes long, but for its parts only."""
TRIES = 30
"""Sentences for a part alone that are tried."""


def rewordings(sentence: str, forest: Forest, index: NameIndex, reads: Callable[[str], bool]) -> tuple[Rewording, ...]:
    """At most three rewordings that are read, the nearest first; empty where none is.

    One that keeps all numbers and comparisons is offered alone; else sentences for parts, with the words left out.

    Args:
        sentence: that was not read.
        forest: its parses.
        index: the names of the table.
        reads: whether a sentence is read whole, in one way.
    """
    nearer = respelled(sentence, forest.tokens, forest.unknown, index)
    if nearer.replaced:
        if len(forest.tokens) <= LONG and reads(nearer.text):
            return (Rewording(nearer.text, (), nearer.replaced),)
        forest = read_forest(nearer.text, index.edges)
    found = _shorter_or_parts(sentence, forest, nearer, index, reads)
    return found or _by_labels(forest, nearer, index, reads)


def _shorter_or_parts(
    sentence: str, forest: Forest, nearer: Respelled, index: NameIndex, reads: Callable[[str], bool]
) -> tuple[Rewording, ...]:
    """The sentence without a few words, else sentences for parts of it."""
    names = [one.text for one in SpokenNames.of(nearer.text, forest.tokens, index).names]
    long = len(forest.tokens) > LONG
    shorter = "" if long else rewording(forest, lambda text: _has_all(names, text) and reads(text))
    if shorter:
        return (_worded(sentence, PartSaid(shorter), nearer),)
    parts = [*_clauses(forest), *parts_said(nearer.text, forest.tokens, index)]
    nearest = sorted(dict.fromkeys(parts), key=lambda part: len(_lost(nearer.text, part)))
    return tuple(_worded(sentence, part, nearer) for part in _some(nearer.text, nearest, reads))


def _by_labels(
    forest: Forest, nearer: Respelled, index: NameIndex, reads: Callable[[str], bool]
) -> tuple[Rewording, ...]:
    """The rewordings with labels of the table for words that nearly match them; each keeps all these labels."""
    by_label = relabelled(nearer.text, forest.tokens, index)
    if not by_label.replaced:
        return ()
    if len(forest.tokens) <= LONG and reads(by_label.text):
        return (Rewording(by_label.text, (), (*nearer.replaced, *by_label.replaced)),)
    forest = read_forest(by_label.text, index.edges)
    found = _shorter_or_parts(by_label.text, forest, Respelled(by_label.text, ()), index, reads)
    labels = [label for _, label in by_label.replaced]
    kept = [one for one in found if _has_all(labels, one.text)]
    return tuple(replace(one, replaced=(*nearer.replaced, *by_label.replaced)) for one in kept)


def _has_all(names: Sequence[str], text: str) -> bool:
    """True if a sentence has every name, as often as it is listed."""
    said = text.casefold()
    return all(said.count(name.casefold()) >= n for name, n in Counter(names).items())


def _worded(sentence: str, part: PartSaid, nearer: Respelled) -> Rewording:
    """A plain sentence as a rewording, with the words of the original that it leaves out or replaces."""
    there = {word.casefold() for word in words_of(part.text)}
    written, used = [], []
    for word in sentence.split():
        pairs = [pair for pair in nearer.replaced if pair[0] in {token.text for token in tokens_of(word)}]
        spelled = word
        for before, after in pairs:
            spelled = spelled.replace(before, after)
        taken = bool(pairs) and {one.casefold() for one in words_of(spelled)} <= there
        written.append(spelled if taken else word)
        used += pairs if taken else []
    return Rewording(part.text, left_out(" ".join(written), part.text, part.said), tuple(dict.fromkeys(used)))


def _clauses(forest: Forest) -> Iterator[PartSaid]:
    return (PartSaid(text) for text in clauses_kept(forest) if len(text.split()) <= LONG // 2)


def _lost(sentence: str, part: PartSaid) -> list[str]:
    little = rewording_words().little
    return [w for run in left_out(sentence, part.text, part.said) for w in words_of(run) if w.casefold() not in little]


def _some(sentence: str, parts: list[PartSaid], reads: Callable[[str], bool]) -> Iterator[PartSaid]:
    """The first that are read and carry words of the sentence that none before carries."""
    every = {word.casefold() for word in words_of(sentence)}
    carried: list[set[str]] = []
    for part in islice(parts, TRIES):
        words = (every & {word.casefold() for word in words_of(part.text)}) - rewording_words().little
        if len(carried) < MOST and not any(words <= other for other in carried) and reads(part.text):
            carried.append(words)
            yield part
