"""A sentence read: its assertion, the readings beside it, and the words that were not understood.

The way: link names (`claims.reading.linking`), make terminals (`claims.reading.phrasing`), part into clauses
(`claims.reading.parsing`), build formulas (`claims.reading.builders`). All partings are tried. A reading counts
only when every phrase that can carry meaning was used by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from analysis.vocabulary import BEST_PER_TARGET, Vocabulary, vocabulary
from claims.assertion import Attribute, Compare, Formula, Quantified, Scope
from claims.reading.axes import join_axes
from claims.reading.builders.associations import read_association
from claims.reading.builders.comparisons import read_comparison
from claims.reading.builders.facts import read_asides, read_facts
from claims.reading.builders.gains import implied_change, read_elliptic, read_gain
from claims.reading.builders.rankings import read_ranking
from claims.reading.builders.scores import OF_SCORES, only_scores, read_score
from claims.reading.builders.terms import Parts, Statement
from claims.reading.linking import Token, link, unread
from claims.reading.naming import take_runs
from claims.reading.parsing import Clause, Item, partings
from claims.reading.phrasing import phrase_terminals
from claims.reading.roles import Bag, Those
from claims.reading.terminals import Terminal
from claims.report import Cut
from claims.rewriting import canonical, conjunction, nodes

SOFT = frozenset(
    {
        "separator",
        "average",
        "tasks",
        "models",
        "zeroshot",
        "setup",
        "respectively",
        "formats",
        "multi_soft",
        "includes",
        "score_noun",
    }
)
"""Phrases a reading may leave unused: they carry nothing a verdict could turn on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says.

    Attributes:
        assertion: the main statement; None where none was read.
        asides: statements that stand beside it (a reason, an apposition).
        alternatives: what it would say if a shared name stood for its other bearer.
        rivals: readings that are just as good; a verdict needs all of them to agree.
        unread: words that link to nothing; they withhold a verdict.
        left: phrases that no part of the best reading used; they withhold a verdict.
        tokens: the linked words, for explanations.
        time_bound: the sentence speaks of a "now".
    """

    assertion: Formula | None
    asides: tuple[Formula, ...] = ()
    alternatives: tuple[Formula, ...] = ()
    rivals: tuple[Formula, ...] = ()
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()
    time_bound: bool = False

    @property
    def complete(self) -> bool:
        """Whether every word was understood and used."""
        return self.assertion is not None and not self.unread and not self.left


@dataclass(frozen=True, slots=True)
class _Attempt:
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
    def cost(self) -> tuple[int, int, int, int]:
        """Smaller is better."""
        return (
            len(self.left) + (0 if self.main or self.asides else 100),
            self.assumed,
            self.torn,
            -self.clauses,
        )


def read(sentence: str, *, cut: Cut = "no", words: Vocabulary | None = None) -> Reading:
    """Reads one claim.

    Args:
        sentence: the claim's text.
        cut: whether it is cut off, and how (see `claims.reading.linking.link`).
        words: the vocabulary; the built-in one by default.
    """
    return _read(sentence, cut, words or vocabulary())


@lru_cache(maxsize=4096)
def _read(sentence: str, cut: Cut, words: Vocabulary) -> Reading:
    tokens = link(sentence, cut=cut, words=words)
    terminals = phrase_terminals(join_axes(tokens))
    time_bound = any(t.kind in {"TIMEBOUND", "SOTA"} for t in tokens)
    best = _best(terminals, words)
    if not best:
        return Reading(None, unread=unread(tokens), tokens=tokens, time_bound=time_bound)
    attempt = best[0]
    assertion = _whole(attempt.main)
    rivals = [_whole(a.main) for a in best[1:]] + [_whole(main) for main in attempt.rivals]
    others = [_whole(a.main) for variant in _variants(terminals) for a in _best(variant, words)[:1]]
    asides = tuple(canonical(f) for f in attempt.asides)
    return Reading(
        assertion,
        asides,
        _distinct(others, assertion),
        _distinct(rivals, assertion),
        unread(tokens),
        (*attempt.left, *_languages_held(tokens, assertion)),
        tokens,
        time_bound,
    )


def _languages_held(tokens: Sequence[Token], assertion: Formula | None) -> tuple[str, ...]:
    """As in "XNLI has 15 languages and is improved by A": a number of languages the target has, not gains in."""
    held = any(
        (a.kind, b.kind, c.kind) in {("CONTAIN", "NUMBER", "LANG"), ("COVER", "NUMBER", "LANG")}
        for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )
    over = any(isinstance(n, Quantified) and n.domain.base == "languages" for n in nodes(assertion))
    return ("languages",) if held and over else ()


def _whole(main: Sequence[Formula]) -> Formula | None:
    return canonical(conjunction(main)) if main else None


def _distinct(formulas: Sequence[Formula | None], known: Formula | None) -> tuple[Formula, ...]:
    return tuple(dict.fromkeys(f for f in formulas if f is not None and f != known))


def _best(terminals: Sequence[Terminal], words: Vocabulary) -> list[_Attempt]:
    """The cheapest attempts that say different things, the first found first."""
    attempts = [_attempt(clauses, words) for clauses in partings(terminals)]
    if not attempts:
        return []
    cheapest = min(a.cost for a in attempts)
    distinct = {(a.main, a.asides): a for a in reversed(attempts) if a.cost == cheapest}
    return list(reversed(distinct.values()))


def _variants(terminals: Sequence[Terminal]) -> list[list[Terminal]]:
    """The sentence with names that may stand for something else standing for that."""
    shared = {t.token.values for t in terminals if len(t.token.values) > 1}
    return [
        [replace(t, value=other) if t.token.values == values else t for t in terminals]
        for values in shared
        for other in values[1:]
    ]


def _attempt(clauses: Sequence[Clause], words: Vocabulary) -> _Attempt:
    main: list[Formula] = []
    rivals: list[list[Formula]] = []
    asides: list[Formula] = []
    left: list[str] = []
    assumed = 0
    carry: Parts | None = None
    of_a_task = False
    for clause in clauses:
        bag = Bag(list(clause.items), words)
        outcome = _clause(bag, carry, alone=len(clauses) == 1)
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
    return _Attempt(
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


@dataclass(frozen=True, slots=True)
class _Outcome:
    main: tuple[Formula, ...]
    asides: tuple[Formula, ...] = ()
    carry: Parts | None = None
    assumed: int = 0
    rivals: tuple[Formula, ...] = ()
    subjectless: bool = False
    of_a_task: bool = False


def _clause(bag: Bag, carry: Parts | None, *, alone: bool) -> _Outcome:
    """What a clause says; it may take its run from the clause before.

    A clause with a word of result that cannot be read as a result says nothing that was understood.
    """
    result = bag.has(*RESULTS)
    whole = list(bag.items)
    names_run, general = bag.has("run", "multi"), bag.has("intermediates", "mlm", "translated", "quantified", "counted")
    asides = tuple(read_asides(bag)) if result else ()
    statement = _each_method(bag, carry)
    if statement is not None:
        of_sizes = isinstance(statement.formula, Compare) and isinstance(statement.formula.left, Attribute)
        return _Outcome(
            (statement.formula,),
            asides,
            statement.parts,
            statement.assumed,
            statement.rivals,
            subjectless=not names_run and not general,
            of_a_task=of_sizes,
        )
    bag.items[:] = whole
    if result:
        return _Outcome(())
    named = bag.has("run", "target", "benchmark", "model", "intermediates")
    models = tuple(item.value for item in bag.items if item.rule == "model")
    spoken_of = Parts(None, None, models=Those("model", models)) if models else None
    stated = tuple(read_facts(bag, carry, alone=alone))
    return _Outcome(stated, (), spoken_of, int(not named), of_a_task=names_run)


RESULTS = ("gain", "gain_verb", "nogain", "noeffect", "beat", "best", "rank", "than", "equal", "association")
"""Words that speak of results."""


def _each_method(bag: Bag, carry: Parts | None) -> Statement | None:
    """A clause that says the same of continued MLM and of translated data, as one statement of either."""
    mlm, translated = bag.first("mlm"), bag.first("translated")
    if mlm is None or translated is None or not _side_by_side(bag, mlm, translated):
        return _result(bag, carry)
    bags = [bag.part([i for i in bag.items if i.rule != dropped]) for dropped in ("translated", "mlm")]
    statements = [_result(one, carry) for one in bags]
    first, second = statements
    if first is None or second is None or first.rivals or second.rivals or bags[0].items != bags[1].items:
        return None
    bag.items[:] = bags[0].items
    return replace(first, formula=conjunction([first.formula, second.formula]))


def _side_by_side(bag: Bag, one: Item, other: Item) -> bool:
    """Whether nothing but their own words and an "and" stand between two methods."""
    low, high = sorted((one.place, other.place))
    between = [i.rule for i in bag.items if low < i.place < high]
    return "separator" in between and set(between) <= {"separator", "intermediates", "intermediate_language", "mlm"}


def _result(bag: Bag, carry: Parts | None) -> Statement | None:
    if bag.has("association"):
        return read_association(bag)
    if bag.has("beat", "than", "equal") or (bag.has("compared") and not _baseline_only(bag)):
        return read_comparison(bag, carry)
    if bag.has("best", "rank") and not _chosen_per_target(bag):
        return read_ranking(bag, carry)
    if bag.has("gain", "gain_verb", "nogain", "noeffect"):
        return read_gain(bag, carry, carry.scope if carry is not None else Scope())
    if bag.has("quantity") and not bag.has("examples", "languages"):
        if implied_change(bag):
            return read_gain(bag, carry, carry.scope if carry is not None else Scope())
        if bag.has(*OF_SCORES) or only_scores(bag):
            return read_score(bag, carry)
        return read_elliptic(bag, carry)
    return None


def _baseline_only(bag: Bag) -> bool:
    return bag.has("baseline") and bag.has("gain", "gain_verb")


def _chosen_per_target(bag: Bag) -> bool:
    """Whether "the best model for each target" names a run rather than stating a rank."""
    runs = take_runs(Bag(list(bag.items), bag.words))
    return runs is not None and runs.members == (BEST_PER_TARGET,)
