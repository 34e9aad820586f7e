"""Quantifiers: how many members of a domain a statement holds for, when some are unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from analysis.wording import counted
from claims.assertion import Compare, Domain, Formula, Quantified, Ranked, Run, Term
from claims.checking.measuring import TermEvaluator
from claims.checking.outcome import Outcome, gathered, joined, why_unknown
from claims.definitions import Definitions
from claims.hashed import replace
from claims.rewriting import bind
from claims.verdict import Truth
from claims.wording import name, words_for

SEVERAL = 2
"""Least number of tasks in a study for claims on all or some of them."""

NAMED = 3
"""Missing cells that a reason names."""


class Checks(Protocol):
    """The interface of a checker that quantifiers rely on: terms, definitions, and outcomes of formulas."""

    @property
    def measure(self) -> TermEvaluator:
        """Computes terms."""

    @property
    def definitions(self) -> Definitions:
        """The definitions of vague words."""

    def check(self, formula: Formula) -> Outcome:
        """The outcome of a formula."""


def check_quantified(checker: Checks, formula: Quantified) -> Outcome:
    """The outcome of a formula over all, most, at least k … members of a domain."""
    members = checker.measure.members(formula.domain, formula.body)
    outcomes = [checker.check(bind(formula.body, formula.variable, name)) for name in members]
    if not members or _trivial(checker, formula.domain):
        return Outcome("untestable", nobody(formula.domain))
    truth, words = _quantify(checker, formula, outcomes)
    held_by = [m for m, o in zip(members, outcomes, strict=True) if o.truth == "true"]
    broken_by = [m for m, o in zip(members, outcomes, strict=True) if o.truth == "false"]
    unknown = len(members) - len(held_by) - len(broken_by)
    reason = f"{words_for(formula)}: true of {len(held_by)} of {len(members)}"
    reason += f", false of {', '.join(map(name, broken_by))}" if broken_by else ""
    reason += f", unknown of {unknown}" if unknown else ""
    grounds = outcomes if truth in {"missing", "open"} else [o for o in outcomes if o.truth in {"true", "false"}]
    result = gathered(truth, reason, grounds)
    return replace(result, missing=result.missing if truth == "missing" else ()).with_words(*words)


def _trivial(checker: Checks, domain: Domain) -> bool:
    """True if a domain is of all or some intermediate tasks, and the study ran a single one."""
    plain = domain.base == "intermediates" and domain.kind is None
    return plain and len(checker.measure.members(replace(domain, without=(), size=None))) < SEVERAL


def nobody(domain: Domain) -> str:
    """The reason why a domain has no members."""
    if domain.size is not None:
        without = f" besides {', '.join(map(name, domain.without))}" if domain.without else ""
        kind = "target" if domain.base == "targets" else "intermediate"
        return f"no study at hand is known to have run {domain.size} {kind} tasks{without}"
    return f"no study at hand is known to have run several of {words_for(domain)}"


def _quantify(checker: Checks, formula: Quantified, outcomes: Sequence[Outcome]) -> tuple[Truth, tuple[str, ...]]:
    n = len(outcomes)
    sure = sum(o.truth == "true" for o in outcomes)
    possible = n - sum(o.truth == "false" for o in outcomes)
    holds, words = _rule(checker, formula, n)
    values = {holds(count) for count in range(sure, possible + 1)}
    if len(values) == 1:
        return ("true" if values.pop() else "false"), words
    return why_unknown(outcomes), words


def _rule(checker: Checks, formula: Quantified, n: int) -> tuple[Callable[[int], bool], tuple[str, ...]]:
    """The test of a quantifier on the number of members that are true, and the definitions it uses."""
    k = float(formula.number) if formula.number is not None else 0.0
    simple: dict[str, Callable[[int], bool]] = {
        "all": lambda c: c == n,
        "any": lambda c: c > 0,
        "none": lambda c: c == 0,
        "count=": lambda c: c == k,
        "count>=": lambda c: c >= k,
        "count<=": lambda c: c <= k,
        "share>=": lambda c: c >= k * n - 1e-9,
    }
    word = formula.quantifier
    if word in simple:
        return simple[word], ()
    definition = checker.definitions[word]
    if word == "several":
        return (lambda c: c >= definition["count"]), (word,)
    share = definition["share"] * n
    vague: dict[str, Callable[[int], bool]] = {
        "almost-all": lambda c: c >= share - 1e-9,
        "many": lambda c: c >= share - 1e-9,
        "most": lambda c: c > share + 1e-9,
        "few": lambda c: c <= share + 1e-9,
    }
    return vague[word], (word,)


def check_ranked(checker: Checks, formula: Ranked) -> Outcome:
    """Outcome of the names holding the place the formula gives them."""
    names = [n if isinstance(n, Run) else Run(n) for n in formula.names]
    members = [Run(m, names[0].method) for m in checker.measure.members(formula.domain, formula.term)]
    if not members and formula.domain.size is not None:
        return Outcome("untestable", nobody(formula.domain))
    rivals = [m for m in members if m not in names]
    outcomes = [_place(checker, formula, name, rivals, names) for name in names]
    result = joined(outcomes)
    return replace(result, truth="false" if result.truth == "mixed" else result.truth)


def _place(checker: Checks, formula: Ranked, who: Run, rivals: Sequence[Run], names: Sequence[Run]) -> Outcome:
    """Outcome of one name holding the place against its rivals."""
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
    reason = f"{words_for(who)} is {side} {behind_for_sure} of {counted(len(duels), 'rival')}"
    reason += f", not of {', '.join(winners)}" if winners else ""
    grounds = [d for d in duels if d.truth == "false"] if truth == "false" else duels
    result = gathered(truth, reason, grounds)
    if truth != "missing" or not result.missing:
        return replace(result, missing=())
    cells = [cell.label for cell in result.missing]
    more = f" and {len(cells) - NAMED} more" if len(cells) > NAMED else ""
    return replace(result, reason=f"{result.reason}; no result holds {', '.join(cells[:NAMED])}{more}")


def _duel(checker: Checks, formula: Ranked, name: Run, other: Run, low: bool) -> Outcome:
    """Outcome of the name being ahead of the other (behind it, for the lowest places); a tie stays open."""
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
