"""Changes to clauses: saying the same in other words, saying less, saying something else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from runners.world import concepts as c
from runners.world.concepts import Numbers
from runners.world.meaning import Clauses, Flags, states, where

OPTIONAL = ("subject_quality", "object_quality", "count", "place", "time")
"""Parts that a clause may leave out."""


def chance(rng: np.random.Generator, share: float, count: int) -> Flags:
    """True in about `share` of the rows."""
    return rng.random(count) < share


def turned(clauses: Clauses, rows: Flags) -> Clauses:
    """Subject and object exchanged, with their qualities."""
    exchanged = replace(
        clauses,
        subject=clauses.object,
        object=clauses.subject,
        subject_quality=clauses.object_quality,
        object_quality=clauses.subject_quality,
    )
    return where(rows, exchanged, clauses)


def restated(rng: np.random.Generator, clauses: Clauses, share: float) -> Clauses:
    """The same in other words, in about `share` of the rows that have any: a synonym or a converse."""
    n = len(clauses)
    row = rng.integers(2, size=n)
    verb = c.RESTATED[row, clauses.verb]
    verb = np.where(verb == clauses.verb, c.RESTATED[1 - row, clauses.verb], verb)
    verb = np.where(chance(rng, share, n), verb, clauses.verb)
    return replace(turned(clauses, c.IS_CONVERSE[verb] & (verb != clauses.verb)), verb=verb)


def weakened(rng: np.random.Generator, clauses: Clauses, share: float) -> Clauses:
    """Each optional part left out with probability `share`."""
    n = len(clauses)
    return replace(clauses, **{p: np.where(chance(rng, share, n), 0, getattr(clauses, p)) for p in OPTIONAL})


def strengthened(rng: np.random.Generator, clauses: Clauses, share: float) -> Clauses:
    """A place or a time or a quality added, where there is none, with probability `share` each."""
    n = len(clauses)
    pools = {"subject_quality": c.QUALITY_NAMES, "place": c.PLACE_NAMES, "time": c.TIME_NAMES}
    added = {}
    for part, pool in pools.items():
        now = getattr(clauses, part)
        added[part] = np.where((now == 0) & chance(rng, share, n), rng.choice(pool, n), now)
    return replace(clauses, **added)


def generalised(rng: np.random.Generator, clauses: Clauses, share: float) -> Clauses:
    """A noun replaced by what it is a kind of ("the animal"), with probability `share`."""
    n = len(clauses)
    rows, who = chance(rng, share, n), chance(rng, 0.5, n)
    return replace(
        clauses,
        subject=np.where(rows & who, c.KIND_OF[clauses.subject], clauses.subject),
        object=np.where(rows & ~who, c.KIND_OF[clauses.object], clauses.object),
    )


def altered(rng: np.random.Generator, clauses: Clauses, rows: Flags, parts: int = 1) -> Clauses:
    """Somebody else, something else or another action, in the given rows; one part or several at random."""
    for _ in range(parts):
        clauses = _altered_once(rng, clauses, rows)
    return clauses


def _altered_once(rng: np.random.Generator, clauses: Clauses, rows: Flags) -> Clauses:
    """One part of (plain) clauses altered."""
    n = len(clauses)
    part = rng.integers(3, size=n)
    handling = np.isin(clauses.verb, c.HANDLING_VERBS)
    return replace(
        clauses,
        subject=np.where(rows & (part == 0), other(rng, c.LIVING, clauses.subject, clauses.object), clauses.subject),
        object=np.where(
            rows & (part == 1),
            np.where(
                handling, other(rng, c.THINGS, clauses.object), other(rng, c.LIVING, clauses.object, clauses.subject)
            ),
            clauses.object,
        ),
        verb=np.where(
            rows & (part == 2),
            np.where(handling, other(rng, c.HANDLING_VERBS, clauses.verb), other(rng, c.MEETING_VERBS, clauses.verb)),
            clauses.verb,
        ),
    )


def other(rng: np.random.Generator, pool: Numbers, *unlike: Numbers) -> Numbers:
    """A random one of the pool in each row, unlike the given ones (at most two)."""
    drawn = rng.integers(len(pool), size=len(unlike[0]))
    for _ in unlike:
        for avoided in unlike:
            drawn = (drawn + (pool[drawn] == avoided)) % len(pool)
    return pool[drawn]


def contradicted(rng: np.random.Generator, clauses: Clauses, rows: Flags) -> Clauses:
    """A quality turned into its opposite, or another number, in the given rows where there is any."""
    return replace(
        clauses,
        subject_quality=np.where(rows, c.OPPOSITE[clauses.subject_quality], clauses.subject_quality),
        count=np.where(rows & (clauses.count > 0), other(rng, c.COUNT_NAMES, clauses.count), clauses.count),
    )


def statements(rng: np.random.Generator, premise: Clauses) -> Clauses:
    """Statements on a quality of a participant of the premise: known, opposite or open."""
    n = len(premise)
    about = rng.random(n) < 0.85
    result = c.RESULT[premise.verb]
    named = np.where(about, premise.object_quality, premise.subject_quality)
    quality = np.where(about & ((named == 0) | chance(rng, 0.8, n)), result, named)
    quality = np.where((quality == 0) | chance(rng, 0.25, n), rng.choice(c.RESULT_NAMES, n), quality)
    quality = np.where(chance(rng, 0.5, n), c.OPPOSITE[quality], quality)
    subject = np.where(about, premise.object, premise.subject)
    return states(subject, quality, chance(rng, 0.12, n))


def hypotheses(rng: np.random.Generator, premise: Clauses, stating: float) -> Clauses:
    """A clause about what each (plain) premise tells: weaker, altered, contradicted, or a statement.

    Args:
        rng: for all choices.
        premise: events as `events` draws them.
        stating: share of statements on what somebody is.
    """
    n = len(premise)
    changed = altered(rng, premise, chance(rng, 0.35, n), parts=3)
    changed = contradicted(rng, changed, chance(rng, 0.1, n))
    changed = strengthened(rng, weakened(rng, changed, 0.6), 0.03)
    changed = generalised(rng, restated(rng, changed, 0.3), 0.1)
    flipped = changed.negated ^ chance(rng, 0.4, n)
    changed = replace(changed, negated=flipped, fronted=chance(rng, 0.3, n))
    return where(chance(rng, stating, n), statements(rng, premise), changed)
