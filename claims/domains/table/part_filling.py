"""Forms of plain sentences filled with the names of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.domains.table.axes import Axis
from claims.domains.table.spoken_names import SpokenName, SpokenNames

SLOT = re.compile(r"\{([A-Z]+\d?)\}")
TWICE = re.compile(r"\b(on|for|of) \1 ")
"""A preposition that a form and a name both bring."""
NEAREST = 2
"""Names of the other axis that are tried in one place."""


@dataclass(frozen=True, slots=True)
class PartSaid:
    """A plain sentence for a part of another, and the words of the other that it rewords."""

    text: str
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ComparedNames:
    """The names compared in one clause.

    Attributes:
        own: slot of a form → name, all of one axis. axis: of these names.
        near: token from which names beside them are searched. number: as written; "" where there is none.
    """

    own: Mapping[str, SpokenName]
    axis: Axis
    near: int
    number: str = ""


def filled(names: SpokenNames, forms: Sequence[str], what: ComparedNames, said: frozenset[str]) -> Iterator[PartSaid]:
    """The forms whose places can be filled, with and without a name that narrows what is compared.

    Args:
        names: of the sentence.
        forms: see `part_forms.toml`.
        what: the compared names.
        said: words of the sentence that the forms reword.
    """
    within = names.within(what.axis, what.own.values())[:1]
    ways = {slot: one.text for slot, one in what.own.items()} | ({"NUMBER": what.number} if what.number else {})
    measures = [one.text for one in within if names.is_measure(one) or names.is_mean(one)]
    beside = [one for one in names.beside(what.axis, what.near) if not _is_of_another(names, what, one)]
    start, end = names.clause(what.near)
    placed = any(start <= one.start < end for one in beside)
    for form in forms:
        slots = set(SLOT.findall(form))
        if placed and not slots & {"M", "B"}:
            continue  # what is said of one place is not said of all
        places: list[SpokenName | None] = [*beside[:NEAREST]] if slots & {"M", "B"} else []
        for place in places or [None]:
            way = {"M": measures[0], **ways} if measures else dict(ways)
            if place is not None:
                way |= {"B": place.text} | ({"M": place.text} if names.is_measure(place) else {})
            if slots <= set(way):
                text = _sentence(form, way)
                yield PartSaid(text, said)
                yield from (PartSaid(f"{text[:-1]} for {one.text}.", said) for one in within)


def _is_of_another(names: SpokenNames, what: ComparedNames, place: SpokenName) -> bool:
    """True if another name of the compared axis stands before a place: "A is best on X and B on Y"."""
    own = {one.start for one in what.own.values()}
    others = [
        one.start for one in names.rivals(what.axis) if what.near < one.start < place.start and one.start not in own
    ]
    crossing = [one.start for one in names.names if one.axis != what.axis and what.near < one.start]
    return any(start < other for other in others for start in crossing)


def _sentence(form: str, way: Mapping[str, str]) -> str:
    text = TWICE.sub(r"\1 ", SLOT.sub(lambda slot: way[slot[1]], form))
    return text[0].upper() + text[1:] if text[0].islower() and "." not in way["A"] else text
