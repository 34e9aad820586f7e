"""Where chance speaks in a comparison: errors by the number of items, and a ± that nobody explained."""

from __future__ import annotations

from math import inf

from analysis.stats.decisions import TINY, MeanEstimate
from claims.assertion import Compare, Gain, Score, StatedNumber
from claims.checking.arithmetic import Quantity
from claims.hashed import replace
from claims.rewriting import nodes

RUNS = frozenset({"measured", "imported"})
"""Provenances of scores that were measured, as against printed in a publication a claim may quote."""


def spoken(formula: Compare) -> bool:
    """Whether a comparison of scores states no number: "improves", "outperforms"."""
    stated = isinstance(formula.right, StatedNumber) and formula.right.value != 0
    return not stated and any(isinstance(n, Score | Gain) for n in nodes(formula))


def beyond_items(formula: Compare, quantity: Quantity) -> MeanEstimate:
    """The estimate, with the error that its items leave where a comparison of single runs reaches beyond them.

    "A outperforms B" says more than that A got more of these items right. A claim that states a number
    is about the number, one about a publication's table is about what it prints, and where seeds or a
    stated error speak they decide. Both sides answer the same items, so that this error is the largest
    the difference can have by them; the chance of training is not in it, so that it makes nothing significant.
    """
    e, items = quantity.estimate(), quantity.error.items
    measured = bool(quantity.rows) and all(row.provenance in RUNS for row in quantity.rows)
    if not items or e.n > 1 or e.uncertain or not measured or formula.relation not in {">", "<"} or not spoken(formula):
        return e
    return replace(e, se=items, df=inf)


def of_chance(quantity: Quantity, e: MeanEstimate) -> tuple[str, ...]:
    """What to say of an interval by items alone, and of a ± of unknown meaning."""
    notes = []
    if e.se > quantity.estimate().se:
        fewest = min(row.n_items for row in quantity.rows if row.n_items)
        notes.append(f"a single run on each side: the interval is the normal error of a share of {fewest:,} items")
    if e.reach > TINY:
        notes.append(f"nobody says what the ± of the scores is: within {e.reach:.2g} points nothing is decided")
    return tuple(notes)
