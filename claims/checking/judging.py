"""A reading → a verdict, by the first evidence in order that decides it.

Order of evidence: results the user brought, then built-in results, then published findings, then
results from another model or split (proxies, which may decide a direction but never a number, and
nothing at all where they are synthetic).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claims.assertion import Attribute, Domain, Fact, Formula, Quantified, Ranked, Run
from claims.checking.brought import of_models_brought
from claims.checking.choosing import bearer_in
from claims.checking.context import Context
from claims.checking.exhibits import exhibits, level_of, parts_shown, settling
from claims.checking.outcome import Outcome
from claims.checking.weighing import weigh
from claims.hashed import replace
from claims.reading import Reading
from claims.rewriting import bare, nodes
from claims.verdict import VERDICT_OF, Truth, Verdict, in_order
from claims.wording import words_for


def judge(reading: Reading, context: Context, *, truncated: bool = False, corrected: bool = False) -> Verdict:
    """The verdict on a claim by its reading.

    Args:
        reading: the parses of the claim.
        context: evidence, definitions, vocabulary and the study it is about.
        truncated: the claim is cut off.
        corrected: the reading was supplied by the user, not read from the sentence.
    """
    flags = {"truncated"} if truncated else set()
    if reading.time_bound:
        flags.add("time-bound")
    if reading.assertion is None or not reading.complete:
        return Verdict("not-testable", in_order(flags), "none", _why_unread(reading, truncated), None)
    if corrected:
        flags.add("corrected")
    context = replace(context, shared=_shared_name(reading))
    outcome = weigh(reading.assertion, context)
    asides = [(aside, weigh(aside, context)) for aside in reading.asides]
    truth, partial = _with_asides(outcome.truth, [j.truth for _, j in asides])
    rivals = _disagreeing(reading, context, outcome.truth)
    if rivals:
        truth = "open"
        flags.add("ambiguous")
    flags |= outcome.flags | ({"partial"} if partial else set())
    if truth in {"missing", "untestable"}:
        flags -= {"circular", "within-rounding"}
    flags |= {flag for _, j in asides for flag in j.flags & {"time-bound"}}
    others = _other_readings(reading, context, outcome)
    if others.turned_by:
        flags.add("ambiguous")
    if others.turned_by == "a name":
        truth = "open"
    reason = _reason(outcome, asides, [*rivals, *others.remarks])
    return Verdict(
        verdict=VERDICT_OF[truth],
        flags=in_order(flags),
        level=level_of(outcome) if truth in {"true", "false", "mixed", "open"} else "none",
        reason=reason,
        assertion=str(reading.assertion),
        alternatives=others.shown,
        definitions=tuple(str(context.definitions[word]) for word in sorted(outcome.words)),
        evidence=exhibits(outcome, asides),
        settle=settling(outcome.missing) if truth == "missing" else None,
        parts=parts_shown(outcome, asides),
        certificate=reading.certificate,
    )


def _shared_name(reading: Reading) -> tuple[str, ...]:
    """The task that stands for a name which several bear, as "SQuAD", and the name's other bearers."""
    ours = _tasks(reading.assertion)
    found: dict[str, dict[str, None]] = {}
    for other in reading.alternatives:
        gone, come = ours - _tasks(other), _tasks(other) - ours
        if len(gone) == len(come) == 1:
            found.setdefault(gone.pop(), {})[come.pop()] = None
    return next(((first, *others) for first, others in found.items()), ())


def _tasks(formula: Formula | None) -> set[str]:
    """Every task that a formula names."""
    found: set[str] = set()
    for node in nodes(formula):
        match node:
            case Run(task):
                found.add(task)
            case Ranked(names=names):
                found |= {name for name in names if isinstance(name, str)}
            case Domain(names=names, without=without):
                found |= {*names, *without}
            case Fact(entity, _, values):
                found |= {entity, *(value for value in values if isinstance(value, str))}
            case Attribute(entity):
                found.add(entity)
    return found


def _why_unread(reading: Reading, truncated: bool) -> str:
    if truncated and not reading.unread:
        return "Cut off before it says what it claims."
    return f"Could not read the whole sentence: {reading.reason or 'nothing in it states a result or a fact'}."


# ---------------------------------------------------------------------------- other readings


def _disagreeing(reading: Reading, context: Context, truth: Truth) -> list[str]:
    """Readings just as good that come out otherwise: then the sentence decides nothing."""
    remarks = []
    for rival in reading.rivals:
        other = weigh(rival, context).truth
        if other == "missing" and bare(rival) == reading.assertion:
            continue  # what the words take for granted is not at hand
        if other == "missing" and truth in DECISIVE and of_models_brought(rival) and not _ranges(rival):
            continue
        if other != truth and {truth, other} & DECISIVE:
            remarks.append(
                f"read just as well as “{words_for(rival)}” it is {VERDICT_OF[other]}, so the sentence decides nothing"
            )
    return remarks


def _ranges(formula: Formula) -> bool:
    """True if a formula has a quantifier, over members of which the results at hand may hold only a part."""
    return any(isinstance(node, Quantified) for node in nodes(formula))


@dataclass(frozen=True, slots=True)
class _Others:
    shown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    turned_by: Literal["", "a name", "a definition"] = ""


def _other_readings(reading: Reading, context: Context, outcome: Outcome) -> _Others:
    """Other readings of a name, and other definitions of a vague word, where one turns the verdict around."""
    assert reading.assertion is not None
    truth = outcome.truth
    shown: list[str] = []
    remarks: list[str] = []
    turned_by: Literal["", "a name", "a definition"] = ""
    shown += [f"{rival} → {VERDICT_OF[weigh(rival, context).truth]}" for rival in reading.rivals]
    told = _version_tells_bearer(context)
    measured = _holds_other_bearer(outcome, context)
    for other in _alternatives(reading, context):
        found = weigh(other, context).truth
        shown.append(f"{other} → {VERDICT_OF[found]}")
        as_good = not told and (found in DECISIVE or measured)
        if as_good and truth in DECISIVE and found != truth:
            turned_by = "a name"
            meant = words_for(other)
            remarks.append(f"a name in it has another bearer: read as “{meant}” it is {VERDICT_OF[found]}")
    if truth in DECISIVE and not turned_by:
        for changed, definitions in context.definitions.variants(outcome.words):
            found = weigh(reading.assertion, replace(context, definitions=definitions)).truth
            if found != truth:
                turned_by = "a definition"
                remarks.append(f"with “{changed}” it would be {VERDICT_OF[found]}")
    return _Others(tuple(shown), tuple(dict.fromkeys(remarks)), turned_by)


def _alternatives(reading: Reading, context: Context) -> list[Formula]:
    """The parses of a claim for other bearers of a shared name that have results at hand."""
    ran = {task for runs in context.evidence.runs.values() for task, _ in runs}
    return [other for other in reading.alternatives if not (_tasks(other) & set(context.shared)) - ran]


def _version_tells_bearer(context: Context) -> bool:
    """True if the version that is cited trained on the first bearer of a shared name, and on no other."""
    about = context.spoken_of
    edition = None if about is None else context.evidence.studies.edition(*about)
    if not context.shared or edition is None or context.cited.version is None:
        return False
    return [task for task in context.shared if task in edition.intermediates] == [context.shared[0]]


def _holds_other_bearer(outcome: Outcome, context: Context) -> bool:
    """True if the study that decides has runs of another bearer of a shared name."""
    evidence, shared = context.evidence, context.shared
    if not shared:
        return False
    deciding = {(row.tier, row.study, row.version) for r in outcome.reckoned for row in r.rows}
    settings = (s for s in evidence.runs if (s.tier, s.study, s.version) in deciding)
    return any(
        task in shared and task != bearer_in(setting, shared, evidence)
        for setting in settings
        for task, _ in evidence.runs[setting]
    )


DECISIVE = frozenset({"true", "false", "mixed"})


# --------------------------------------------------------------------------------- the verdict


def _with_asides(truth: Truth, asides: Sequence[Truth]) -> tuple[Truth, bool]:
    """The main statement decides; a false aside spoils a true one, an undecided aside leaves it partial."""
    if truth == "true" and "false" in asides:
        return "mixed", False
    return truth, truth in {"true", "false"} and any(a not in {"true", "false"} for a in asides)


def _reason(outcome: Outcome, asides: Sequence[tuple[Formula, Outcome]], remarks: Sequence[str]) -> str:
    sentences = [outcome.reason, *outcome.notes]
    sentences += [f"beside it: {j.reason}" for _, j in asides]
    sentences += remarks
    return " ".join(f"{s[:1].upper()}{s[1:]}." for s in sentences if s)
