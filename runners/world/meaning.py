"""Meanings of clauses: the arrays that hold them, and when one entails or contradicts another.

Truth is decided here, on meanings, never on words. A clause is about definite individuals ("the
dog"), and so a quality named in it is a fact of that individual.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from runners.world.concepts import (
    AXIS,
    CONCEPT,
    COUNT_NAMES,
    HANDLING_VERBS,
    IS_CONVERSE,
    KIND_OF,
    LIVING,
    MEETING_VERBS,
    OPPOSITE,
    PLACE_NAMES,
    PLAIN,
    QUALITY_NAMES,
    RESULT,
    THINGS,
    TIME_NAMES,
    Numbers,
)

Flags = NDArray[np.bool_]

BE = CONCEPT["be"]


@dataclass(frozen=True, slots=True)
class Clauses:
    """n clauses, each attribute of shape (n,); concepts are numbers, 0 where nothing is said.

    Attributes:
        lead: connective or nothing. subject, subject_quality: who. verb: of an event, or "be".
        count, object, object_quality: whom or what. predicate: what the subject is, after "be".
        place, time: of an event. negated: "not". fronted: the time is said first (style only).
    """

    subject: Numbers
    subject_quality: Numbers
    verb: Numbers
    object: Numbers
    object_quality: Numbers
    count: Numbers
    predicate: Numbers
    place: Numbers
    time: Numbers
    lead: Numbers
    negated: Flags
    fronted: Flags

    def __len__(self) -> int:
        return len(self.verb)

    def __getitem__(self, rows: slice | Numbers | Flags) -> Clauses:
        return Clauses(*(getattr(self, f.name)[rows] for f in fields(self)))


def join(parts: list[Clauses]) -> Clauses:
    """The clauses of all parts, in order."""
    return Clauses(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Clauses)))


def where(condition: Flags, first: Clauses, second: Clauses) -> Clauses:
    """Row by row the first where the condition holds, else the second."""
    return Clauses(*(np.where(condition, getattr(first, f.name), getattr(second, f.name)) for f in fields(Clauses)))


def states(subject: Numbers, predicate: Numbers, negated: Flags) -> Clauses:
    """Clauses that say what somebody or something is."""
    none = np.zeros(len(subject), dtype=np.int64)
    return Clauses(
        subject, none, np.full(len(subject), BE), none, none, none, predicate, none, none, none,
        negated, np.zeros(len(subject), dtype=bool),
    )  # fmt: skip


def canonical(clauses: Clauses) -> Clauses:
    """The same meanings in one form: plain verbs, converses turned round, no style."""
    turned = IS_CONVERSE[clauses.verb]
    return replace(
        clauses,
        verb=PLAIN[clauses.verb],
        subject=np.where(turned, clauses.object, clauses.subject),
        object=np.where(turned, clauses.subject, clauses.object),
        subject_quality=np.where(turned, clauses.object_quality, clauses.subject_quality),
        object_quality=np.where(turned, clauses.subject_quality, clauses.object_quality),
        lead=np.zeros_like(clauses.lead),
        fronted=np.zeros_like(clauses.fronted),
    )


def same(first: Clauses, second: Clauses) -> Flags:
    """True if two clauses mean the same."""
    a, b = canonical(first), canonical(second)
    alike: Flags = np.logical_and.reduce([getattr(a, f.name) == getattr(b, f.name) for f in fields(Clauses)])
    return alike


def truth(premise: Clauses, hypothesis: Clauses) -> Numbers:
    """1 where the premise makes the hypothesis true, −1 where false, 0 where it leaves it open.

    Premises are events. An event that happened makes every less specific one true, and what it
    leads to; it makes false what contradicts a quality or a number it names. An event that did not
    happen makes every more specific one false.
    """
    a, b = canonical(premise), canonical(hypothesis)
    value = np.where(b.verb == BE, _state_value(a, b), _event_value(a, b))
    return np.where(b.negated, -value, value)


def _state_value(event: Clauses, state: Clauses) -> Numbers:
    axis = AXIS[state.predicate]
    known = np.zeros_like(axis)
    for entity, quality, certain in (
        (event.object, RESULT[event.verb], ~event.negated),
        (event.object, event.object_quality, True),
        (event.subject, event.subject_quality, True),
    ):
        known = np.where(certain & (state.subject == entity) & (AXIS[quality] == axis) & (quality > 0), quality, known)
    return np.where(
        known == 0, 0, np.where(known == state.predicate, 1, np.where(known == OPPOSITE[state.predicate], -1, 0))
    )


def _event_value(premise: Clauses, hypothesis: Clauses) -> Numbers:
    frame, clash = _implies(premise, hypothesis)
    happened = np.where(frame & ~clash, 1, np.where(frame & clash, -1, 0))
    narrower, clashes_back = _implies(hypothesis, premise)
    did_not = np.where(narrower & ~clashes_back, -1, 0)
    return np.where(premise.negated, did_not, happened)


def _implies(a: Clauses, b: Clauses) -> tuple[Flags, Flags]:
    """Compares two clauses: is `a` at least as specific as `b`, and do they clash in a quality or a number?"""
    specific = a.verb == b.verb
    clash = np.zeros_like(specific)
    for part in ("subject", "object"):
        x, y = getattr(a, part), getattr(b, part)
        specific &= (x == y) | (KIND_OF[x] == y)
    for part in ("subject_quality", "object_quality", "count", "place", "time"):
        x, y = getattr(a, part), getattr(b, part)
        opposed = (x > 0) & (y > 0) & ((OPPOSITE[x] == y) | (part == "count")) & (x != y)
        specific &= (y == 0) | (x == y) | opposed
        clash |= opposed
    return specific, clash


SPLITS = ("train", "dev", "test")


def split_of(subject: Numbers, verb: Numbers, other: Numbers) -> Numbers:
    """Split of an event (index into `SPLITS`): 6 of 8 train, 1 dev, 1 test.

    It depends on who does what to whom, so that no task's training data holds an event of any
    task's test data.
    """
    mixed = (subject * 2654435761 + verb * 40503 + other * 2246822519) % 4294967291
    part = (mixed >> 7) % 8
    return np.where(part == 0, 2, np.where(part == 1, 1, 0))


def events(rng: np.random.Generator, count: int, split: str, *, plain: bool = False) -> Clauses:
    """Random events of one split.

    Args:
        rng: for all choices.
        count: events.
        split: train, dev, test, or "" for all.
        plain: without qualities, numbers, places and times.
    """
    drawn = _triples(rng, count if split == "" else count * 12 + 64)
    if split:
        fits = split_of(drawn[0], drawn[1], drawn[2]) == SPLITS.index(split)
        drawn = drawn[:, fits][:, :count]
    subject, verb, other = drawn
    n = len(verb)
    none = np.zeros(n, dtype=np.int64)
    thing = np.isin(verb, HANDLING_VERBS)
    bare = Clauses(
        subject, none, verb, other, none, none, none, none, none, none,
        np.zeros(n, dtype=bool), rng.random(n) < FRONTED,
    )  # fmt: skip
    if plain:
        return bare
    return replace(
        bare,
        subject_quality=_sometimes(rng, 0.3, QUALITY_NAMES, n),
        object_quality=_sometimes(rng, 0.2, QUALITY_NAMES, n),
        count=np.where(thing, _sometimes(rng, 0.15, COUNT_NAMES, n), 0),
        place=_sometimes(rng, 0.4, PLACE_NAMES, n),
        time=_sometimes(rng, 0.4, TIME_NAMES, n),
    )


FRONTED = 0.3
"""Share of clauses that say the time first."""


def _triples(rng: np.random.Generator, count: int) -> Numbers:
    verb = rng.choice(np.concatenate([HANDLING_VERBS, MEETING_VERBS]), count)
    subject = rng.integers(len(LIVING), size=count)
    other = (subject + rng.integers(1, len(LIVING), size=count)) % len(LIVING)
    thing = rng.choice(THINGS, count)
    return np.stack([LIVING[subject], verb, np.where(np.isin(verb, HANDLING_VERBS), thing, LIVING[other])])


def _sometimes(rng: np.random.Generator, share: float, pool: Numbers, count: int) -> Numbers:
    return np.where(rng.random(count) < share, rng.choice(pool, count), 0)
