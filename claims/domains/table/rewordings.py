"""Sentences that would be read where one was not over a table, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from claims.domains.table.nearest_names import respelled
from claims.domains.table.names import NameIndex
from claims.domains.table.parts_said import PartSaid, parts_said
from claims.domains.table.plain_forms import plain_form, said_words
from claims.language.clause_kept import clauses_kept
from claims.language.kept import Rewording, left_out, words_of
from claims.language.reading import Forest, read_forest
from claims.language.rewording import rewording

MOST = 3
"""Sentences that are offered."""
TRIES = 30
"""Sentences that say only a part that are tried."""


def rewordings(sentence: str, forest: Forest, index: NameIndex, reads: Callable[[str], bool]) -> tuple[Rewording, ...]:
    """At most three sentences that would be read, the nearest first; none where none would.

    One that keeps all numbers and comparisons is offered alone; else those that say a part, with what they leave out.

    Args:
        sentence: that was not read.
        forest: what the grammar made of it.
        index: the names of the table.
        reads: whether a sentence is read whole, in one way.
    """
    nearer = respelled(sentence, forest.tokens, forest.unknown, index)
    if nearer.replaced:
        if reads(nearer.text):
            return (Rewording(nearer.text, (), nearer.replaced),)
        forest = read_forest(nearer.text, index.edges)
    offered = [PartSaid(rewording(forest, reads), frozenset())]
    if not offered[0].text:
        offered = [PartSaid(plain_form(nearer.text, forest.tokens, index, reads), said_words(forest.tokens))]
    if not offered[0].text:
        parts = [*parts_said(nearer.text, forest.tokens, index), *_clauses(forest)]
        nearest = sorted(dict.fromkeys(parts), key=lambda part: len(_lost(nearer.text, part)))
        offered = list(_some(nearest, reads))
    made = []
    for part in offered if offered and offered[0].text else []:
        there = {word.casefold() for word in words_of(part.text)}
        replaced = tuple(pair for pair in nearer.replaced if any(pair[1].casefold() in word for word in there))
        made.append(Rewording(part.text, left_out(nearer.text, part.text, part.said), replaced))
    return tuple(made)


def _clauses(forest: Forest) -> Iterator[PartSaid]:
    return (PartSaid(text, frozenset()) for text in clauses_kept(forest))


def _lost(sentence: str, part: PartSaid) -> list[str]:
    return [word for run in left_out(sentence, part.text, part.said) for word in run.split()]


def _some(parts: list[PartSaid], reads: Callable[[str], bool]) -> Iterator[PartSaid]:
    """The first that are read and say something that none before says."""
    said: list[set[str]] = []
    for part in islice(parts, TRIES):
        words = {word.casefold() for word in words_of(part.text)}
        if len(said) < MOST and not any(words <= other for other in said) and reads(part.text):
            said.append(words)
            yield part
