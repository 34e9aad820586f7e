"""A phrase of the sentence in one way of binding it: the lines of its names, its nouns and its quantifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from claims.domains.table.axes import AXES, Axis
from claims.domains.table.words import Key


@dataclass(frozen=True, slots=True)
class Constraint:
    """Lines of one axis that a name leaves, by one level of their labels.

    Attributes:
        axis: the axis. level: of the labels; below zero, −1 − c, for a number in cells of column c.
        lines: indices. whole: True if the name is a whole label. words: of the name.
        family: True if the name is one line's whole label and a part of others'.
        apart: True if it stands in a place phrase of its own, as in "on the large set".
    """

    axis: Axis
    level: int
    lines: frozenset[int]
    whole: bool = True
    words: Key = ()
    family: bool = False
    apart: bool = False

    def puts_together(self, other: Constraint) -> bool:
        """True if both would make one label of words that stand apart: "BERT on the large set" is no "BERT-large"."""
        if (self.axis, self.level) != (other.axis, other.level) or self.whole or other.whole:
            return False
        return (self.family and other.apart) or (other.family and self.apart)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in one way of binding it.

    Attributes:
        constraints: of its names. nouns: its head nouns: "system", "place", "measure", "rival".
        kinds: (axis, level) of headers it names as a kind of thing.
        quantifier: "all", "either" (any), "most", "none", "some", "count" (k of n), "bound" (at least k) or "".
        k, n: the numbers of "k of n", or n alone of "all n".
        other: "all other …". back: points back, "that of …". caption: it has words of the caption alone.
        heads: it has a word for the table's measure. among: "among all …".
        measured: a side whose own head is a measure. relation: of "bound". strict: "both A and B".
        mean: "the average …". oriented: "performance", of which more is better whatever the numbers do.
        plural: a plural noun. denied: "neither A nor B". strongest: "the best baseline". score: fit of its names.
    """

    constraints: tuple[Constraint, ...] = ()
    nouns: tuple[str, ...] = ()
    kinds: tuple[tuple[Axis, int], ...] = ()
    quantifier: str = ""
    k: int | None = None
    n: int | None = None
    other: bool = False
    back: bool = False
    caption: bool = False
    heads: bool = False
    among: bool = False
    measured: bool = False
    relation: str = ""
    strict: bool = False
    mean: bool = False
    oriented: bool = False
    plural: bool = False
    denied: bool = False
    strongest: bool = False
    score: float = 0.0

    @property
    def named(self) -> bool:
        """True if it names lines."""
        return bool(self.constraints)

    @property
    def says_where(self) -> bool:
        """True if it places or measures something: "with a language model" alone does neither."""
        return self.named or self.caption or bool(self.quantifier or self.back) or set(self.nouns) == {"measure"}

    def on(self, axis: Axis) -> tuple[Constraint, ...]:
        """Its constraints on one axis."""
        return tuple(c for c in self.constraints if c.axis == axis)

    def lines_on(self, axis: Axis) -> frozenset[int] | None:
        """The lines of one axis that its names leave; None where none of them lies there."""
        on = self.on(axis)
        return frozenset.intersection(*(c.lines for c in on)) if on else None


Group: TypeAlias = tuple[Phrase, ...]
"""Coordinated phrases; a statement is made of each."""


def merged(one: Phrase, other: Phrase) -> Phrase | None:
    """Both phrases at once; None where their names have no line in common."""
    constraints = _merged_constraints(one.constraints, other.constraints)
    if constraints is None:
        return None
    return Phrase(
        constraints,
        (*one.nouns, *other.nouns),
        (*one.kinds, *other.kinds),
        one.quantifier or other.quantifier,
        one.k if one.k is not None else other.k,
        one.n if one.n is not None else other.n,
        one.other or other.other,
        one.back or other.back,
        one.caption or other.caption,
        one.heads or other.heads,
        one.among or other.among,
        one.measured or other.measured,
        one.relation or other.relation,
        one.strict or other.strict,
        one.mean or other.mean,
        one.oriented or other.oriented,
        one.plural or other.plural,
        one.denied or other.denied,
        one.strongest or other.strongest,
        one.score + other.score,
    )


def shared(group: Group) -> list[Group]:
    """Coordinated phrases as they stand, and each with names of another: "supervised and unsupervised BERT"."""
    made = []
    for phrase in group:
        own = {(c.axis, c.level) for c in phrase.constraints}
        axes = {axis for axis, _ in own}
        others = [c for other in group for c in other.constraints if c.axis in axes and (c.axis, c.level) not in own]
        both = merged(phrase, Phrase(tuple(others))) if others else phrase
        if both is None:
            return [group]
        made.append(both)
    return [group] if tuple(made) == group else [group, tuple(made)]


def _merged_constraints(ours: Sequence[Constraint], theirs: Sequence[Constraint]) -> tuple[Constraint, ...] | None:
    """All constraints, one a level; None where two on one axis leave no line."""
    held = {(c.axis, c.level): c for c in ours}
    for new in theirs:
        old = held.get((new.axis, new.level))
        if old is None:
            held[new.axis, new.level] = new
            continue
        both = old.lines & new.lines
        if not both or old.puts_together(new):
            return None
        held[new.axis, new.level] = Constraint(
            new.axis,
            new.level,
            both,
            old.whole or new.whole,
            (*old.words, *new.words),
            old.family or new.family,
            old.apart or new.apart,
        )
    for axis in AXES:
        sets = [c.lines for c in held.values() if c.axis == axis]
        if sets and not frozenset.intersection(*sets):
            return None
    return tuple(held.values())
