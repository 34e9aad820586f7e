"""Our own measurements on real text: scores of proxy models for XLM-R Large, never of it.

The tables lie in `analysis/data/measured`, one for each plan `measured-*` that made them
(docs/measured.md). They are shown beside verdicts and decide none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from analysis.registry.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "measured"
PLANS = ("main", "sources", "cost", "order", "bare", "random")
"""Plans measured-PLAN and their tables; the last two are baselines."""


@dataclass(frozen=True, slots=True)
class MeasuredGain:
    """The mean gain of an intermediate run on a target, over its languages and seeds.

    Attributes:
        run, target: ids. model: in print.
        gain, low, high: points, with the 95 % interval over seeds and languages (of one language:
            over seeds) on these test items, each run on its own, without a correction for how many
            there are.
        languages, seeds: how many.
        detectable: the smallest true gain that would have been found with 80 % power, in points.
        verdict: gain, loss, equivalent (to none, within 1 point) or inconclusive.
    """

    run: str
    target: str
    model: str
    gain: float
    low: float
    high: float
    languages: int
    seeds: int
    detectable: float
    verdict: str


@dataclass(frozen=True, slots=True)
class MeasuredAnswer:
    """The answer of `claimgauge analyze` to one research question, from our own measurements.

    Attributes:
        question: name of its module in `analysis`. plan: the table it was asked of.
        model: in print. asked: the question, one sentence. says: in one word. answer: with its numbers.
    """

    question: str
    plan: str
    model: str
    asked: str
    says: str
    answer: str


def measured_scores(plan: str = "main") -> pd.DataFrame:
    """The scores that a plan measured, as a results table (see `analysis.results.table`)."""
    from analysis.results.table import load_results

    with as_file(files("analysis") / "data" / FOLDER / f"{plan}.parquet") as path:
        return load_results(path)


@cache
def measured_gains() -> tuple[MeasuredGain, ...]:
    """The gains that plan measured-main found, by target and run."""
    return tuple(
        MeasuredGain(
            run=row["run"],
            target=row["target"],
            model=row["model"],
            gain=float(row["gain"]),
            low=float(row["low"]),
            high=float(row["high"]),
            languages=int(row["languages"]),
            seeds=int(row["seeds"]),
            detectable=float(row["detectable"]),
            verdict=row["verdict"],
        )
        for row in _rows("gains.csv")
    )


@cache
def measured_answers() -> Mapping[str, MeasuredAnswer]:
    """Question → what was answered to it."""
    return {row["question"]: MeasuredAnswer(**row) for row in _rows("answers.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a table that ships, every text as it stands."""
    text = (files("analysis") / "data" / FOLDER / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def is_stand_in(model: str, registry: Vocabulary) -> bool:
    """True if a model was measured in place of another, for which its scores decide nothing."""
    entry = registry["model"].get(model)
    return entry is not None and bool(entry.facts.get("stand_in"))
