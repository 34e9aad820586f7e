"""What this project measured on stand-ins, in words beside a verdict that the data leave open. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from analysis.published.measured import FOLDER, MeasuredGain, measured_answers, measured_gains
from analysis.registry.vocabulary import Vocabulary
from claims.assertion import Associated, Formula, Gain, Trend
from claims.checking.outcome import ComputedQuantity
from claims.rewriting import nodes

SOURCE = f"analysis/data/{FOLDER}/gains.csv"
COUNTED = {"gain": "above 0", "loss": "below", "equivalent": "within 1 point of it", "inconclusive": "open"}
"""What an interval says → in words."""
QUESTIONS = {
    "distance": "distance", "target_examples": "cost", "intermediate_examples": "cost", "family": "hierarchy",
    "order": "order_on_clean_text", "order_under_perturbation": "order",
}  # fmt: skip
"""Axis of a trend or association → the research question it is about."""


def measured_beside(formula: Formula, registry: Vocabulary) -> Iterator[ComputedQuantity]:
    """What intermediate tasks gave on a stand-in.

    Of a trend or association: what the stand-in's scores answer to the question it is about. Else one
    line for every target whose gain a formula speaks of, and one over all that were measured where
    it speaks of targets in general.
    """
    answers = tuple(answers_beside(formula))
    if answers:
        yield from answers
        return
    spoken_of = dict.fromkeys(node.target for node in nodes(formula) if isinstance(node, Gain))
    for target in spoken_of:
        found = [gain for gain in measured_gains() if gain.target == target]
        if found:
            yield _line(target, found, _of_one(found))
    if any(target not in registry["target"] for target in spoken_of) and measured_gains():
        targets = list(dict.fromkeys(gain.target for gain in measured_gains()))
        yield _line(f"{', '.join(targets)} (mean)", measured_gains(), _of_all(measured_gains()))


def answers_beside(formula: Formula) -> Iterator[ComputedQuantity]:
    """What the stand-in's scores answer to the question that a trend or association is about."""
    axes = dict.fromkeys(node.axis for node in nodes(formula) if isinstance(node, Trend | Associated))
    for question in dict.fromkeys(QUESTIONS[axis] for axis in axes if axis in QUESTIONS):
        found = measured_answers().get(question)
        if found is not None:
            what = f"asked of what was measured on a {found.model}: {found.asked}"
            page = question.partition("_")[0]
            source = f"analysis/data/{FOLDER}/answers.csv (docs/questions/{page}.md)"
            yield ComputedQuantity(what, found.says, source=source, provenance="measured")


def _line(targets: str, found: Sequence[MeasuredGain], said: str) -> ComputedQuantity:
    runs = len({gain.run for gain in found})
    what = f"gains on {targets} of {runs} intermediate runs, measured on a {found[0].model}"
    return ComputedQuantity(what, said, source=SOURCE, provenance="measured")


def _of_one(found: Sequence[MeasuredGain]) -> str:
    said = [gain.verdict for gain in found]
    counts = ", ".join(f"{words}: {said.count(verdict)}" for verdict, words in COUNTED.items())
    languages = f"{found[0].languages} language{'s' * (found[0].languages > 1)}"
    span = _span({gain.run: gain.gain for gain in found})
    return f"{span}; intervals {counts}; means over {languages} and {found[0].seeds} seeds"


def _of_all(found: Sequence[MeasuredGain]) -> str:
    runs = dict.fromkeys(gain.run for gain in found)
    return _span({run: fmean(gain.gain for gain in found if gain.run == run) for run in runs})


def _span(gains: dict[str, float]) -> str:
    """The least and the greatest gain, without a negative zero."""
    worst, best = min(gains, key=lambda run: gains[run]), max(gains, key=lambda run: gains[run])
    low, high = (round(gains[run], 1) + 0.0 for run in (worst, best))
    return f"from {low:+.1f} ({worst}) to {high:+.1f} points ({best})"
