"""The outcome of checking a formula: a truth value with everything it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from claims.assertion import And, Formula, Not, Or, Whole
from claims.checking.evidence import MissingCell, ScoreRow
from claims.hashed import Hashed, hashed, record, replace
from claims.verdict import Truth


@hashed
class ComputedQuantity(Hashed):
    """A number computed from cells for a verdict.

    Attributes:
        what: the term, as text. value, low, high: the number and its interval. n: number of seeds.
        source, provenance: of a registry fact; measured numbers have rows instead.
        rows: the cells it was computed from.
        tested: True if every part of it has an error, from seeds or as stated.
    """

    what: str
    value: float | str
    low: float | None = None
    high: float | None = None
    n: int = 1
    source: str = ""
    provenance: str = ""
    rows: tuple[ScoreRow, ...] = ()
    tested: bool = False


@record
class Outcome:
    """A truth value and its grounds.

    Attributes:
        truth: see `Truth`.
        reason: one sentence, without the final stop.
        reckoned: the numbers it rests on.
        missing: cells that would decide it.
        flags: see `claims.verdict.FLAGS`.
        words: vague words whose definitions were used.
        grounded: decided by a published statement or a registry fact rather than by cells.
        notes: further remarks for the reader.
        besides: numbers shown beside those it rests on.
        parts: of a conjunction: each statement with its truth.
        by_study: where studies or baselines disagree: each in words with its truth.
    """

    truth: Truth
    reason: str
    reckoned: tuple[ComputedQuantity, ...] = ()
    missing: tuple[MissingCell, ...] = ()
    flags: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    grounded: bool = False
    notes: tuple[str, ...] = ()
    besides: tuple[ComputedQuantity, ...] = ()
    parts: tuple[tuple[Formula, Truth], ...] = ()
    by_study: tuple[tuple[str, Truth], ...] = ()

    @property
    def decided(self) -> bool:
        """True if evidence was compared with the claim: its truth is true, false, mixed or open."""
        return self.truth in {"true", "false", "mixed", "open"}

    def with_words(self, *words: str) -> Outcome:
        """The outcome, resting on these definitions too."""
        return replace(self, words=self.words | set(words))


STATED, DENIED = "stated: ", "stated: not "
"""Prefixes of a reason that a published finding decides: it states the assertion, or its opposite."""
OPPOSITE: dict[Truth, Truth] = {"true": "false", "false": "true"}


def negated(outcome: Outcome) -> Outcome:
    """The outcome of the opposite statement."""
    truth = OPPOSITE.get(outcome.truth, outcome.truth)
    old, new = (DENIED, STATED) if DENIED in outcome.reason else (STATED, DENIED)
    return replace(outcome, truth=truth, reason=outcome.reason.replace(old, new))


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """All of several statements at once.

    A false part beside a true one is "mixed"; a false part alone makes the whole false; otherwise
    the least certain part decides.
    """
    truths = {o.truth for o in outcomes}
    truth: Truth
    if "mixed" in truths or {"true", "false"} <= truths:
        truth = "mixed"
    elif "false" in truths:
        truth = "false" if truths == {"false"} else "mixed" if "open" in truths else "false"
    else:
        truth = next((t for t in LEAST_CERTAIN_FIRST if t in truths), "true")
    reason = "; ".join(dict.fromkeys(o.reason for o in outcomes if o.reason))
    return _with_grounds(truth, reason, outcomes)


def whole(outcomes: Sequence[Outcome]) -> Outcome:
    """Parts of one statement: false where one of them is, else as `joined`."""
    together = joined(outcomes)
    return replace(together, truth="false") if any(o.truth == "false" for o in outcomes) else together


def connected(formula: Formula, check: Callable[[Formula], Outcome]) -> Outcome | None:
    """The outcome of a formula by those of its parts; None where it has none that "and", "or" and "not" join."""
    match formula:
        case And(parts):
            return joined([check(part) for part in parts])
        case Whole(parts):
            return whole([check(part) for part in parts])
        case Or(parts):
            return negated(joined([negated(check(part)) for part in parts]))
        case Not(part):
            return negated(check(part))
    return None


LEAST_CERTAIN_FIRST: tuple[Truth, ...] = ("untestable", "missing", "open", "true")


def _with_grounds(truth: Truth, reason: str, outcomes: Iterable[Outcome]) -> Outcome:
    outcomes = list(outcomes)
    return Outcome(
        truth,
        reason,
        tuple(dict.fromkeys(r for o in outcomes for r in o.reckoned)),
        tuple(dict.fromkeys(m for o in outcomes for m in o.missing)),
        frozenset(flag for o in outcomes for flag in o.flags),
        frozenset(word for o in outcomes for word in o.words),
        all(o.grounded for o in outcomes),
        tuple(dict.fromkeys(n for o in outcomes for n in o.notes)),
    )


def gathered(truth: Truth, reason: str, outcomes: Iterable[Outcome]) -> Outcome:
    """A truth value found from several outcomes, resting on all their grounds."""
    return _with_grounds(truth, reason, outcomes)


def why_unknown(outcomes: Sequence[Outcome]) -> Truth:
    """The truth of several outcomes that decide nothing together: missing, else untestable, else open."""
    truths = {o.truth for o in outcomes}
    if "missing" in truths:
        return "missing"
    return "untestable" if "untestable" in truths else "open"
