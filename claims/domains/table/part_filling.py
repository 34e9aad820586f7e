"""Forms of plain sentences filled with the names of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.domains.table.axes import Axis
from claims.domains.table.plain_forms import SLOT, sentence_of
from claims.domains.table.spoken_names import SpokenName, SpokenNames

TWICE = re.compile(r"\b(on|for|of) \1 ")
"""A preposition that a form and a name both bring."""
NEAREST = 2
"""Names of the other axis that are tried in one place."""


@dataclass(frozen=True, slots=True)
class PartSaid:
    """A sentence that says a part of another, and the words of the other that it says in its own."""

    text: str
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared in one clause.

    Attributes:
        own: the names that are compared, all of one axis, by slot. axis: theirs.
        near: the place the names beside them are looked for from. number: as written; "" where there is none.
    """

    own: Mapping[str, SpokenName]
    axis: Axis
    near: int
    number: str = ""


def filled(names: SpokenNames, forms: Sequence[str], what: Compared, said: frozenset[str]) -> Iterator[PartSaid]:
    """The forms whose places can be filled, with and without a name that narrows what is compared.

    Args:
        names: of the sentence.
        forms: see `part_forms.toml`.
        what: is compared.
        said: words of the sentence that the forms say in their own.
    """
    within = names.within(what.axis, what.own.values())[:1]
    ways = {slot: one.name.text for slot, one in what.own.items()} | ({"NUMBER": what.number} if what.number else {})
    measures = [one.name.text for one in within if names.is_measure(one) or names.is_mean(one)]
    for form in forms:
        slots = set(SLOT.findall(form))
        for place in [*names.beside(what.axis, what.near)[:NEAREST], None] if slots & {"M", "B"} else [None]:
            way = {"M": measures[0], **ways} if measures else dict(ways)
            if place is not None:
                way |= {"B": place.name.text} | ({"M": place.name.text} if names.is_measure(place) else {})
            if slots <= set(way):
                text = TWICE.sub(r"\1 ", sentence_of(form, way))
                yield PartSaid(text, said)
                yield from (PartSaid(f"{text[:-1]} for {one.name.text}.", said) for one in within)
