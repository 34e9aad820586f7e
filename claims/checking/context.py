"""The context of a judgement: evidence, definitions and cited study; and one outcome from several settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analysis.published.studies import StatedBy
from analysis.registry.vocabulary import BASELINE, MULTITASK, Vocabulary
from claims.assertion import (
    And,
    Compare,
    Formula,
    Node,
    Not,
    Quantified,
    Ranked,
    Run,
    Scope,
    Score,
    StatedNumber,
    Whole,
)
from claims.checking.choosing import named_for
from claims.checking.evidence import Evidence, Setting
from claims.checking.formulas import FormulaEvaluator
from claims.checking.measuring import TermEvaluator
from claims.checking.outcome import ComputedQuantity, Outcome
from claims.checking.ran import held_together
from claims.checking.standins import SYNTHETIC
from claims.citations import NOTHING, Cited
from claims.definitions import Definitions
from claims.hashed import record, replace
from claims.rewriting import nodes

FALLING = frozenset({"none", "count=", "count<=", "few"})
"""Quantifiers that may fail where one more member holds."""


@record
class Context:
    """The evidence, definitions and citation that a claim is judged by.

    Attributes:
        evidence: the cells. definitions: of vague words. words: the registry.
        study: the study the claims are about, None where it is not known.
        cited: the paper and version whose numbers the claim gives.
        shared: the task that an ambiguous name in the claim is parsed as, then the other bearers of that name.
        brought: settings that alone hold the rows a claim names, so that it is about them; empty where it may be
            about any.
        models: ids of the models that the title, question or abstract of the claim's report names.
    """

    evidence: Evidence
    definitions: Definitions
    words: Vocabulary
    study: str | None
    cited: Cited = NOTHING
    shared: tuple[str, ...] = ()
    brought: frozenset[Setting] = frozenset()
    models: frozenset[str] = frozenset()

    @property
    def model(self) -> str | None:
        """The pretrained model that the study starts from."""
        return str(self.words["study"][self.study].facts["starting_model"]) if self.study else None

    @property
    def meant(self) -> Cited:
        """The source of the claim's numbers: its citation, or else the study that is examined."""
        cited = self.cited
        known = cited.by != "nothing" or cited.paper is not None or self.study is None
        return cited if known else _meant(cited, self.study)

    @property
    def spoken_of(self) -> StatedBy | None:
        """The study and version the claim is about, None where none is known."""
        return self.evidence.studies.of_paper(self.meant.paper, self.meant.version)

    def check(self, formula: Formula, setting: Setting) -> Outcome:
        """The outcome of a formula in one setting."""
        together, spoken_of = self.cited.together, self.spoken_of
        about = (setting, self.evidence, self.words, spoken_of)
        if together is not None and _trains_together(formula) and not held_together(together, *about):
            who = setting.who or "the study"
            return Outcome("untestable", f"multi-task training of {who} is not known to hold {together} tasks")
        measure = TermEvaluator(self.evidence, setting, self.words, spoken_of)
        checker = FormulaEvaluator(measure, self.definitions, self.words, self.study, _affirmed(formula))
        return checker.check(named_for(formula, setting, self.shared, self.evidence))

    def noted(self, decided: Sequence[tuple[Setting, Outcome]]) -> list[tuple[Setting, Outcome]]:
        """Outcomes that say where they rest on a version that a later one replaces."""
        studies, found = self.evidence.studies, []
        for setting, outcome in decided:
            old = studies.superseded(setting.study, setting.version)
            note = (f"this is {setting.who}, which a later version replaces",) if old else ()
            found.append((setting, replace(outcome, notes=(*outcome.notes, *note))))
        return found

    def nowhere(self, scope: Scope) -> Setting:
        """A setting to name missing cells by, where no result fits."""
        about = self.spoken_of or ("", "")
        return Setting("built in", scope.model or self.model or "xlm-r-large", scope.split or "dev", *about)


@lru_cache(maxsize=256)
def _affirmed(formula: Formula) -> bool:
    """True if a formula denies and counts nothing."""
    return not any(map(_denies, nodes(formula)))


@lru_cache(maxsize=256)
def _meant(cited: Cited, study: str) -> Cited:
    return replace(cited, paper=study)


def _trains_together(formula: Formula) -> bool:
    return any(isinstance(node, Run) and node.task == MULTITASK for node in nodes(formula))


def _denies(node: Node) -> bool:
    """True if a part of a formula is a negation, or a quantifier that may fail where one more member holds."""
    return isinstance(node, Not) or (isinstance(node, Quantified) and node.quantifier in FALLING)


def is_synthetic(outcome: Outcome) -> bool:
    """True if an outcome rests on made-up or laboratory scores, which decide nothing."""
    return any(row.provenance == SYNTHETIC for r in outcome.reckoned for row in r.rows)


def states_numbers(formula: Formula, *, counts: bool = False) -> bool:
    """True if a formula states a number other than 0; with `counts`, also one of how many tasks."""
    within = list(nodes(formula))
    counted = counts and any(isinstance(node, Quantified) and node.number is not None for node in within)
    return counted or any(isinstance(node, StatedNumber) and node.value != 0 for node in within)


def states_scores(formula: Formula) -> bool:
    """True if a formula states nothing but scores, each by its number."""
    match formula:
        case And(parts) | Whole(parts):
            return all(map(states_scores, parts))
        case Compare("=", Score(), StatedNumber()):
            return True
    return False


def agreed(decided: Sequence[tuple[Setting, Outcome]]) -> Outcome:
    """One outcome from the settings of a tier: a claim that names no study, baseline or split is judged on each."""
    decided = [(s, replace(o, reckoned=tuple(_told(r, s, decided) for r in o.reckoned))) for s, o in decided]
    truths = {outcome.truth for _, outcome in decided}
    first = decided[0][1]
    if len(truths) == 1:
        return replace(first, besides=tuple(r for _, o in decided[1:] for r in o.reckoned))
    several = len({s.who for s, _ in decided}) > 1
    open_to = "study, baseline, model or split" if several else "model or split"
    reason = "; ".join(f"{_where(s, several)}: {o.reason}" for s, o in decided)
    return replace(
        first,
        truth="open" if several and not {"true", "false"} <= truths and "mixed" not in truths else "mixed",
        reason=f"the claim names no {open_to}, and they disagree: {reason}",
        reckoned=tuple(dict.fromkeys(r for _, o in decided for r in o.reckoned)),
        flags=first.flags | {"ambiguous"},
        by_study=tuple((_where(s, several), o.truth) for s, o in decided) if several else (),
    )


def where_others_wait(
    formula: Formula, outcome: Outcome, kept: Sequence[Setting], outcomes: Sequence[tuple[Setting, Outcome]]
) -> Outcome:
    """The outcome, left open where one study refutes a claim and another, as likely meant, lacks some of its cells.

    A quantified or ranked claim is left open either way, since the other study has other tasks.
    """
    deciding = {(s.study, s.version, s.model, s.split) for s in kept}
    waiting = [(s, o) for s, o in outcomes if (s.study, s.version, s.model, s.split) not in deciding and _waits(s, o)]
    of_many = any(isinstance(node, Quantified | Ranked) for node in nodes(formula))
    if outcome.truth not in ({"true", "false"} if of_many else {"false"}) or not waiting:
        return outcome
    told = dict.fromkeys(_where(s, several=True) for s, _ in waiting)
    decided = tuple((_where(s, several=True), outcome.truth) for s in kept)
    reason = f"{outcome.reason}; so says {kept[0].who}, and {' and '.join(told)} lacks cells to tell"
    parts = (*decided, *((where, "missing") for where in told))
    return replace(outcome, truth="open", reason=reason, flags=outcome.flags | {"ambiguous"}, by_study=parts)


def _waits(setting: Setting, outcome: Outcome) -> bool:
    """True if a study has some of the cells that a claim needs, beside those without intermediate training."""
    rows = [row for reckoned in outcome.reckoned for row in reckoned.rows]
    own = [row for row in rows if (row.study, row.version) == (setting.study, setting.version)]
    return outcome.truth == "missing" and any(row.intermediate != BASELINE for row in own)


def _where(setting: Setting, several: bool) -> str:
    place = f"{setting.model}, {setting.split}"
    return f"{setting.who} ({place})" if several else place


def _told(reckoned: ComputedQuantity, setting: Setting, decided: Sequence[tuple[Setting, Outcome]]) -> ComputedQuantity:
    """A computed number with the name of its study, where several studies decide."""
    if len({s.who for s, _ in decided}) == 1 or not reckoned.rows:
        return reckoned
    return replace(reckoned, what=f"{reckoned.what}, in {setting.who}")
