"""Suggestions for a claim that has no parse and no rewording: sentences that the evidence supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import log10

from analysis.registry.vocabulary import BASELINE, Vocabulary
from claims.checking.context import Context
from claims.checking.evidence import ScoreRow, Told
from claims.checking.judging import judge
from claims.domains.registry.claim import read_claim
from claims.domains.registry.plain_forms import fact_forms, filled_form, named_slots
from claims.language.kept import words_of
from claims.language.suggestion import Suggestion
from claims.reading import Reading
from claims.verdict import Verdict

MOST = 3
"""Sentences that are offered."""
TRIES, FILLED = 12, 4
"""Sentences that are tried, and scores whose names are put beside those of a sentence."""
NAMED = ("RUN", "TARGET", "MODEL")
"""Kinds of name that results are of."""
TASKS = ("intermediate", "further_intermediate", "target")
NAMELESS = "It names no task or model that the evidence has; to check it, bring a table or results with its numbers."
NOT_IN_TABLES = "In the tables nothing was found on names of it."


def with_suggestions(verdict: Verdict, reading: Reading, sentence: str, context: Context) -> Verdict:
    """The verdict on a claim; with suggestions from the evidence where the claim has no parse and no rewording.

    Args:
        verdict: on the claim.
        reading: of it.
        sentence: the claim.
        context: the evidence and definitions that claims are judged by.
    """
    if verdict.assertion is not None or reading.complete:
        return verdict
    if verdict.rewording:
        return replace(verdict, suggestions=(), examples=())
    if verdict.suggestions:
        return verdict
    slots = named_slots(sentence, reading)
    named = [slot for slot in slots if slot.startswith(NAMED)]
    found = tuple(_suggested(sentence, slots, context)) if named else ()
    if found:
        return replace(verdict, suggestions=found, examples=())
    if verdict.rewordings:
        return replace(verdict, examples=())
    why = NOT_IN_TABLES if verdict.examples else NAMELESS
    reason = verdict.reason if named else f"{verdict.reason} {why}"
    return replace(verdict, reason=reason, examples=verdict.examples or registry_examples(context))


def registry_examples(context: Context) -> tuple[str, ...]:
    """At most three sentences that the evidence supports, of different kinds; results that were given come first."""
    return context.evidence.once(("examples", context.study), lambda: tuple(_examples(context)))


def _examples(context: Context) -> Iterator[str]:
    told: set[str] = set()
    tried = ((form, filled_form(form, slots)) for slots in _filled({}, context) for form in fact_forms())
    for form, text in islice(((form, text) for form, text in tried if text), 2 * TRIES):
        kind = form.replace("RUN2", "RUN").replace("does not improve", "improves")
        if kind not in told and _bears_out(text, context):
            told.add(kind)
            yield text
            if len(told) == MOST:
                return


def _suggested(sentence: str, slots: Mapping[str, str], context: Context) -> Iterator[Suggestion]:
    """The facts of the names of a sentence, those with most of its names and words first."""
    others = [{**slots, "TARGET": slots["TARGET2"]}] if "TARGET2" in slots else []
    filled = [each for some in (slots, *others) for each in islice(_filled(some, context), FILLED)]
    texts = dict.fromkeys(text for form in fact_forms() for each in filled if (text := filled_form(form, each)))
    names = tuple(dict.fromkeys(name for slot, name in slots.items() if slot.startswith(NAMED)))
    kept = {text: tuple(name for name in names if _says(text, name)) for text in texts}
    words = {word.casefold() for word in words_of(sentence)}
    nearest = sorted(
        (text for text in texts if kept[text]),
        key=lambda text: (-len(kept[text]), -len(words & {word.casefold() for word in words_of(text)})),
    )
    borne_out = (Suggestion(text, kept[text]) for text in nearest[:TRIES] if _bears_out(text, context))
    yield from islice(borne_out, MOST)


def _filled(slots: Mapping[str, str], context: Context) -> Iterator[dict[str, str]]:
    """The names of a sentence with others of the evidence beside them, for each score that goes with them."""
    registry = context.words
    target, model = (registry.find(kind, slots.get(kind.upper(), "")) for kind in ("target", "model"))
    run = next((found for c in TASKS[:2] if (found := registry.find(c, slots.get("RUN", "")))), None)
    scores = _baselines(context)
    if model is not None and target is None and run is None:
        scores = sorted(scores, key=lambda row: bool(_runs_on(row, context)))
    for row in scores:
        runs = _runs_on(row, context)
        fits = (target is None or row.target == target.id) and (model is None or row.model == model.id)
        if fits and (run is None or run.id in runs):
            yield _names_of(row, runs, registry) | dict(slots)


def _names_of(row: ScoreRow, runs: Sequence[str], registry: Vocabulary) -> dict[str, str]:
    """A score without intermediate training by its names, and two runs that were evaluated like it."""
    names = {f"RUN{n if n > 1 else ''}": _name(registry, TASKS, run) for n, run in enumerate(runs[:2], 1)}
    names |= {"TARGET": _name(registry, TASKS, row.target), "MODEL": _name(registry, ("model",), row.model)}
    if row.language == "mean":
        return names | {"SCORE": _score(row)}
    return names | {"LOCAL": _score(row), "PLACE": _name(registry, ("language",), row.language)}


def _baselines(context: Context) -> Sequence[ScoreRow]:
    """Scores without intermediate training, one of each target of a study, of results that were given first."""

    def found() -> list[ScoreRow]:
        of_each = [rows for (_, (run, _, _)), rows in context.evidence.rows.items() if run == BASELINE]
        scores = [next((row for row in rows if row.language == "mean"), rows[0]) for rows in of_each if rows]
        return sorted(scores, key=lambda row: (row.tier != "given", not _runs_on(row, context)))

    return context.evidence.once(("scores without intermediate training",), found)


def _runs_on(row: ScoreRow, context: Context) -> Sequence[str]:
    """Runs that were evaluated on the target of a score in its study."""

    def found() -> dict[tuple[Told, str], list[str]]:
        runs: dict[tuple[Told, str], list[str]] = {}
        for told, (run, method, target) in context.evidence.rows:
            if run != BASELINE and method == "plain":
                runs.setdefault((told, target), []).append(run)
        return runs

    runs = context.evidence.once(("runs by target",), found)
    return runs.get(((row.tier, row.study, row.version), row.target), ())


def _score(row: ScoreRow) -> str:
    decimals = max(0, -round(log10(2 * row.rounding))) if row.rounding else 1
    return f"{row.score:.{decimals}f}"


def _name(registry: Vocabulary, categories: tuple[str, ...], key: str) -> str:
    return next((registry[category][key].name for category in categories if key in registry[category]), key)


def _says(text: str, name: str) -> bool:
    return {word.casefold() for word in words_of(name)} <= {word.casefold() for word in words_of(text)}


def _bears_out(text: str, context: Context) -> bool:
    """True if a sentence is read and the evidence bears it out."""

    def supported() -> bool:
        reading = read_claim(text, "no", context.words)
        return reading.complete and judge(reading, context).verdict == "supported"

    return context.evidence.once(("borne out", text, context.study), supported)
