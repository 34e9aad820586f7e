"""Ranks: whether names hold a place against every rival, when some duels are unknown."""

from __future__ import annotations

from collections.abc import Sequence

from claims.assertion import Compare, Ranked, Run, Term
from claims.checking.outcome import Outcome, Truth, gathered, joined, why_unknown
from claims.checking.quantifiers import Checks, nobody
from claims.hashed import replace
from claims.rewriting import bind
from claims.wording import count, words_for

NAMED = 3
"""Missing cells that a reason names."""


def check_ranked(checker: Checks, formula: Ranked) -> Outcome:
    """Whether the names hold the place the formula gives them."""
    names = [n if isinstance(n, Run) else Run(n) for n in formula.names]
    members = [Run(m, names[0].method) for m in checker.measure.members(formula.domain, formula.term)]
    if not members and formula.domain.size is not None:
        return Outcome("untestable", nobody(formula.domain))
    rivals = [m for m in members if m not in names]
    outcomes = [_place(checker, formula, name, rivals, names) for name in names]
    result = joined(outcomes)
    return replace(result, truth="false" if result.truth == "mixed" else result.truth)


def _place(checker: Checks, formula: Ranked, who: Run, rivals: Sequence[Run], names: Sequence[Run]) -> Outcome:
    """Whether one name holds the place against its rivals."""
    low = formula.place in {"worst", "bottom"}
    others = [*rivals, *(n for n in names if n != who)] if formula.place == "rank" else rivals
    if not others:
        return Outcome("open", f"{words_for(who)} has no rival in these results")
    duels = [_duel(checker, formula, who, other, low) for other in others]
    ahead = sum(d.truth == "false" for d in duels)
    behind_for_sure = sum(d.truth == "true" for d in duels)
    least, most = 1 + ahead, 1 + len(duels) - behind_for_sure
    slack = formula.k - len(names) if formula.place in {"top", "bottom"} else 0
    possible = range(least, most + 1)
    held = range(formula.k, (formula.until or formula.k) + 1) if formula.place == "rank" else range(1, 2 + slack)
    values = {rank in held for rank in possible}
    truth: Truth = ("true" if values.pop() else "false") if len(values) == 1 else why_unknown(duels)
    winners = [words_for(o) for o, d in zip(others, duels, strict=True) if d.truth == "false"]
    side = "behind" if low else "ahead of"
    reason = f"{words_for(who)} is {side} {behind_for_sure} of {count(len(duels), 'rival')}"
    reason += f", not of {', '.join(winners)}" if winners else ""
    grounds = [d for d in duels if d.truth == "false"] if truth == "false" else duels
    result = gathered(truth, reason, grounds)
    if truth != "missing" or not result.missing:
        return replace(result, missing=())
    cells = [cell.label for cell in result.missing]
    more = f" and {len(cells) - NAMED} more" if len(cells) > NAMED else ""
    return replace(result, reason=f"{result.reason}; no result holds {', '.join(cells[:NAMED])}{more}")


def _duel(checker: Checks, formula: Ranked, name: Run, other: Run, low: bool) -> Outcome:
    """Whether the name is ahead of the other (behind it, for the lowest places); a tie stays open."""
    first, second = (_of(formula, run) for run in (name, other))
    if low:
        first, second = second, first
    duel = checker.check(Compare(">", first, second))
    if duel.truth == "false" and checker.check(Compare(">", second, first)).truth != "true":
        return replace(duel, truth="open")
    return duel


def _of(formula: Ranked, member: Run) -> Term:
    term: Term = bind(formula.term, formula.variable, member.task)
    return term
