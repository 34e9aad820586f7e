"""The standing of a winner, as a superlative states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from claims.domains.table.phrase import Constraint, Group

Place: TypeAlias = Literal["best", "worst", "highest", "lowest"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of a winner, as a superlative states it.

    Attributes:
        place: the end of the order. k: the rank counted from that end.
        about: topic of a word such as "fastest". mean: True for averages.
        bound: True if only the subject can be the winner. own: "has its highest … on T", among its own cells.
        always: "remains the best", "consistently". everywhere: "across the board".
        either: True if the places may be ranked for the subject instead.
        told: True if the clause names the caption's measure. places: True for "hardest", of data sets and the like.
        beside: a rival by name, "second only to B". kind: True if the winner is one of a kind, "the best model".
        spared: phrases of the exception. denies: True if the rank does not hold with the exception.
        performs: "A performs best on X", where X may be the best for A instead: false only if neither holds.
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
