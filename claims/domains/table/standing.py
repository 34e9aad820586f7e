"""What a superlative says of its winner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from claims.domains.table.phrase import Constraint, Group

Place: TypeAlias = Literal["best", "worst", "highest", "lowest"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a superlative says of its winner.

    Attributes:
        place: the end of the order. k: the place counted from that end.
        about: what a word such as "fastest" is about. mean: of averages.
        bound: whether the winner is the subject whatever it is. own: "has its highest … on T", among its own cells.
        always: "remains the best", "consistently". everywhere: "across the board".
        either: whether the places may be ranked for the subject instead.
        told: whether the clause names what the caption says is measured. places: "hardest", of data sets and the like.
        beside: a rival by name, "second only to B". kind: whether the winner is called one of a kind, "the best model".
        spared: what is left out. denies: whether the rank is said not to hold with it.
        performs: "A performs best on X", which X may be for A, too: wrong only if it is neither.
    """

    place: Place
    k: int = 1
    about: str | None = None
    mean: bool = False
    bound: bool = False
    own: bool = False
    always: bool = False
    everywhere: bool = False
    either: bool = False
    told: bool = False
    places: bool = False
    beside: tuple[Constraint, ...] = ()
    kind: bool = False
    performs: bool = False
    spared: Group = ()
    denies: bool = False
