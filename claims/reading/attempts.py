"""Attempts at a sentence: each way of parting it into clauses, read; the cheapest count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.vocabulary import Vocabulary
from claims.assertion import Formula
from claims.reading.amount_readings import or_more_readings, range_ends
from claims.reading.builders.terms import Parts
from claims.reading.clause import read_clause
from claims.reading.parsing import Clause, partings
from claims.reading.roles import Bag
from claims.reading.terminals import Terminal
from claims.rewriting import canonical, conjunction

SOFT = frozenset(
    {
        "separator",
        "average",
        "tasks",
        "models",
        "zeroshot",
        "setup",
        "formats",
        "multi_soft",
        "includes",
        "score_noun",
    }
)
"""Phrases a parting may leave unused; where they stand must license it (`claims.reading.neutral`)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One parting, read.

    Attributes:
        main, asides: what it says.
        left: what it could not use.
        assumed: roles it took from elsewhere.
        torn: names joined by "and" that it parted.
        clauses: how many.
        rivals: what it could just as well say, as other values of `main`.
    """

    main: tuple[Formula, ...]
    asides: tuple[Formula, ...]
    left: tuple[str, ...]
    assumed: int
    torn: int
    clauses: int
    rivals: tuple[tuple[Formula, ...], ...] = ()

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, whatever it left or assumed on the way."""
        return (self.main, self.asides, self.rivals, len(self.left))

    @property
    def cost(self) -> tuple[int, int, int, int]:
        """Smaller is better."""
        return (
            len(self.left) + (0 if self.main or self.asides else 100),
            self.assumed,
            self.torn,
            -self.clauses,
        )


def best_attempts(terminals: Sequence[Terminal], words: Vocabulary) -> list[Attempt]:
    """The best attempts; both ends of a range are stated, and "10+" is read as at least ten and as more than ten."""
    both = range_ends(terminals)
    if both is not None:
        low, high = (_best(end, words) for end in both)
        if len(low) != 1 or len(high) != 1 or low[0].rivals or high[0].rivals or low[0].asides != high[0].asides:
            return []
        return [replace(low[0], main=(*low[0].main, *high[0].main), left=(*low[0].left, *high[0].left))]
    each = [attempt for one in or_more_readings(terminals) for attempt in _best(one, words)]
    return sorted(each, key=lambda attempt: attempt.cost)


def whole(main: Sequence[Formula]) -> Formula | None:
    """All statements of an attempt as one; None where it makes none."""
    return canonical(conjunction(main)) if main else None


def _best(terminals: Sequence[Terminal], words: Vocabulary) -> list[Attempt]:
    """The cheapest attempts that say different things, the first found first."""
    attempts = [_attempt(clauses, words) for clauses in partings(terminals)]
    if not attempts:
        return []
    cheapest = min(a.cost for a in attempts)
    distinct = {(a.main, a.asides): a for a in reversed(attempts) if a.cost == cheapest}
    return list(reversed(distinct.values()))


def variants(terminals: Sequence[Terminal]) -> list[list[Terminal]]:
    """The sentence with names that may stand for something else standing for that."""
    shared = {t.token.values for t in terminals if len(t.token.values) > 1}
    return [
        [replace(t, value=other) if t.token.values == values else t for t in terminals]
        for values in shared
        for other in values[1:]
    ]


def _attempt(clauses: Sequence[Clause], words: Vocabulary) -> Attempt:
    main: list[Formula] = []
    rivals: list[list[Formula]] = []
    asides: list[Formula] = []
    left: list[str] = []
    assumed = 0
    carry: Parts | None = None
    of_a_task = False
    for clause in clauses:
        bag = Bag(list(clause.items), words)
        outcome = read_clause(bag, carry, alone=len(clauses) == 1)
        if of_a_task and outcome.subjectless:
            left.append("…")  # "MNLI has 392,702 examples and improves XNLI": who improves it stands in a fact
        of_a_task = outcome.of_a_task or (of_a_task and outcome.subjectless)
        assumed += outcome.assumed
        carry = outcome.carry or carry
        rivals = [[*rival, *outcome.main] for rival in rivals] + [[*main, rival] for rival in outcome.rivals]
        (asides if clause.bound == "BECAUSE" else main).extend(outcome.main)
        asides += outcome.asides
        left += [_text(item.terminals) for item in bag.items if item.rule not in SOFT]
        if not outcome.main or (len(clauses) > 1 and _compares_with_the_unsaid(clause)):
            left.append("…")
    return Attempt(
        tuple(main),
        tuple(asides),
        tuple(left),
        assumed,
        _torn(clauses),
        len(clauses),
        tuple(map(tuple, rivals)),
    )


def _compares_with_the_unsaid(clause: Clause) -> bool:
    """Whether a clause among others says "better" without saying than what, or by how much."""
    comparatives = any(
        item.rule == "gain" and item.terminals[0].token.kind in {"MORE", "LESS"} for item in clause.items
    )
    return comparatives and not any(item.rule == "quantity" for item in clause.items)


def _text(terminals: Sequence[Terminal]) -> str:
    return " ".join(t.token.text for t in terminals)


def _torn(clauses: Sequence[Clause]) -> int:
    """How many clause boundaries stand between two names of one kind."""
    pairs = pairwise(clauses)
    return sum(a.items[-1].rule == b.items[0].rule and a.items[-1].rule in NAMES for a, b in pairs if b.bound == "SEP")


NAMES = frozenset({"run", "target", "model", "language", "source", "kind", "quantity"})
