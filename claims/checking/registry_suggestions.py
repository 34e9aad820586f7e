"""What is offered of a claim that was not read and cannot be reworded: sentences that the evidence bears out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from math import log10

from analysis.registry.vocabulary import BASELINE, Vocabulary
from claims.checking.context import Context
from claims.checking.evidence import ScoreRow
from claims.checking.judging import judge
from claims.domains.registry.claim import read_claim
from claims.domains.registry.plain_forms import fact_forms, filled_form, named_slots
from claims.language.kept import words_of
from claims.language.suggestion import Suggestion
from claims.reading import Reading
from claims.verdict import Verdict

MOST = 3
"""Sentences that are offered."""
TRIES = 24
"""Sentences that are tried as examples."""
NAMED = ("RUN", "TARGET", "MODEL")
"""Kinds of name that results are of."""
TASKS = ("intermediate", "further_intermediate", "target")
NAMELESS = "It names no task or model of the evidence: bring results or a table that speak of what it names."


def with_suggestions(verdict: Verdict, reading: Reading, sentence: str, context: Context) -> Verdict:
    """The verdict on a claim; of one that was not read and has no rewording with what the evidence bears out instead.

    Args:
        verdict: on the claim. reading: of it.
        sentence: the claim.
        context: what claims are judged by.
    """
    if verdict.assertion is not None or reading.complete:
        return verdict
    if verdict.rewordings:
        return replace(verdict, suggestions=(), examples=())
    if verdict.suggestions:
        return verdict
    slots = named_slots(sentence, reading)
    named = [slot for slot in slots if slot.startswith(NAMED)]
    found = tuple(_suggested(slots, context)) if named else ()
    if found:
        return replace(verdict, suggestions=found, examples=())
    reason = verdict.reason if named or verdict.examples else f"{verdict.reason} {NAMELESS}"
    return replace(verdict, reason=reason, examples=verdict.examples or registry_examples(context))


def registry_examples(context: Context) -> tuple[str, ...]:
    """At most three sentences that the evidence bears out, of different kinds; results that were given come first."""
    return context.evidence.once(("examples", context.study), lambda: tuple(_examples(context)))


def _examples(context: Context) -> Iterator[str]:
    told: set[str] = set()
    tried = ((form, filled_form(form, slots)) for slots in _any_slots(context) for form in fact_forms())
    for form, text in islice(((form, text) for form, text in tried if text), TRIES):
        kind = form.replace("RUN2", "RUN").replace("does not improve", "improves")
        if kind not in told and _bears_out(text, context):
            told.add(kind)
            yield text
            if len(told) == MOST:
                return


def _suggested(slots: Mapping[str, str], context: Context) -> Iterator[Suggestion]:
    """The facts of the names of a sentence, those with most of them first."""
    room = MOST
    of_each = [slots, *({**slots, "TARGET": other} for name, other in slots.items() if name == "TARGET2")]
    names = [with_score for each in of_each for with_score in _scored(each, context)]
    texts = dict.fromkeys(text for each in names for form in fact_forms() if (text := filled_form(form, each)))
    kept = {text: tuple(name for name in dict.fromkeys(slots.values()) if _says(text, name)) for text in texts}
    for text in sorted((text for text in texts if kept[text]), key=lambda text: -len(kept[text])):
        if room and _bears_out(text, context):
            room -= 1
            yield Suggestion(text, kept[text])


def _scored(slots: Mapping[str, str], context: Context) -> Iterator[dict[str, str]]:
    """Names, with a score of a target without intermediate training and its model."""
    registry = context.words
    target = registry.find("target", slots.get("TARGET", ""))
    model = registry.find("model", slots.get("MODEL", ""))
    rows = (row for row in _baselines(context) if target is not None and row.target == target.id)
    row = next((row for row in rows if model is None or row.model == model.id), None)
    yield {**slots} if row is None else {"MODEL": _name(registry, ("model",), row.model), **slots, "SCORE": _score(row)}


def _any_slots(context: Context) -> Iterator[dict[str, str]]:
    """Names of the evidence: a target, runs that were evaluated on it, a model with its score."""
    registry = context.words
    for row in islice(_baselines(context), TRIES):
        runs = [run for run in _runs_on(row, context.evidence.rows)]
        slots = {f"RUN{n if n > 1 else ''}": _name(registry, TASKS, run) for n, run in enumerate(runs[:2], 1)}
        names = {"TARGET": _name(registry, TASKS, row.target), "MODEL": _name(registry, ("model",), row.model)}
        yield slots | names | {"SCORE": _score(row)}


def _baselines(context: Context) -> Iterator[ScoreRow]:
    """Scores without intermediate training over all languages, of results that were given first."""
    places = sorted(context.evidence.rows, key=lambda place: place[0][0] != "given")
    for place in places:
        if place[1][0] == BASELINE:
            yield from (row for row in context.evidence.rows[place] if row.language == "mean")


def _runs_on(row: ScoreRow, rows: Iterable[object]) -> Iterator[str]:
    told = (row.tier, row.study, row.version)
    for place in rows:
        match place:
            case (of, (str(run), "plain", target)) if of == told and target == row.target and run != BASELINE:
                yield run


def _score(row: ScoreRow) -> str:
    decimals = max(0, -round(log10(2 * row.rounding))) if row.rounding else 1
    return f"{row.score:.{decimals}f}"


def _name(registry: Vocabulary, categories: tuple[str, ...], key: str) -> str:
    return next((registry[category][key].name for category in categories if key in registry[category]), key)


def _says(text: str, name: str) -> bool:
    return {word.casefold() for word in words_of(name)} <= {word.casefold() for word in words_of(text)}


def _bears_out(text: str, context: Context) -> bool:
    """Whether a sentence is read and the evidence bears it out."""

    def supported() -> bool:
        reading = read_claim(text, "no", context.words)
        return reading.complete and judge(reading, context).verdict == "supported"

    return context.evidence.once(("borne out", text, context.study), supported)
