"""Does more data help? The score against the amount of data, one answer per target.

Only runs that differ in nothing but the amount of data (and where it comes from) are compared. The
trap: in published scaling data the score rises with the amount for one task (TyDiQA) and does not
for another (XNLI), which is saturated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.answer import Answer, Effect, Says
from analysis.gains.setting import directed
from analysis.published.studies import series_of
from analysis.questions.cost.configurations import Costs, costs_of
from analysis.questions.cost.design import CostDesign
from analysis.questions.design import Fit
from analysis.registry.vocabulary import BASELINE, Vocabulary
from analysis.results.table import TEXT
from analysis.stats.arrays import CannotTellError, Floats, Ints
from analysis.stats.bootstrap import Bootstrap
from analysis.stats.correlation import correlation
from analysis.stats.freedom import too_many_undefined
from analysis.stats.intervals import interval
from analysis.stats.margins import CONFIDENT, EffectDecision, judged_by_interval
from analysis.wording import counted

Data = Literal["target", "intermediate"]
FEWEST_RUNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreData(Fit):
    """Effect of more data on one target.

    Attributes:
        design: what was asked.
        target: id of the target, with what else sets its runs apart in the table.
        data: whether `target` or `intermediate` examples were scaled.
        languages: of the scores, the same in all runs.
        amounts: (runs,), examples of the data that was scaled.
        scores: (runs,), mean over the languages, in points, higher is better.
        slope: points per doubling of the data, of the mean over languages.
        association: Spearman's correlation of the amount and that mean.
        decision: the slope held against what matters.
    """

    design: CostDesign
    target: str
    data: Data
    languages: tuple[str, ...]
    amounts: Floats
    scores: Floats
    slope: Effect
    association: Effect
    decision: EffectDecision

    @property
    def runs(self) -> int:
        """Training runs compared."""
        return len(self.amounts)

    @property
    def answer(self) -> Answer:
        """To "does more data help"."""
        return _answer(self)


def more_data_helps(
    results: pd.DataFrame, design: CostDesign, data: Data = "target", rng: np.random.Generator | None = None
) -> tuple[MoreData, ...]:
    """Score against the amount of data, for every target whose runs differ in it.

    Args:
        results: a validated results table.
        design: margin, level, replicates, split and metric.
        data: which data was scaled: the `target`'s or the `intermediate` task's.
        rng: the source of chance; by default of the design's seed.

    Returns:
        One entry per target (and model, study, intermediate task where several); empty where no
        runs differ in the amount of data.
    """
    rng, registry = rng or np.random.default_rng(design.seed), design.registry
    frame = design.reading(results).frame.astype(dict.fromkeys(TEXT, "object")).reset_index(drop=True)
    table = _with_sizes(frame, costs_of(frame, registry), registry)
    held = "intermediate_examples" if data == "target" else "target_examples"
    by = ["target", "model", "series", "intermediate", "method", "intermediate_language", held]
    if data == "intermediate":
        table = table[table["intermediate"] != BASELINE]
    moved = f"{data}_examples"
    table = table[table[moved] > 0]
    found = []
    for _, rows in table.groupby(by, sort=True):
        if rows[moved].nunique() > 1:
            found.append(_of_target(_label(table, rows.iloc[0], held), rows, data, design, rng))
    return tuple(found)


def _label(table: pd.DataFrame, row: pd.Series[Any], held: str) -> str:
    """The target, and what tells its group of runs from the target's other groups."""
    own = table[table["target"] == row["target"]]
    words = [str(row["target"])]
    if row["intermediate"] != BASELINE:
        words.append(f"after {row['intermediate']}")
    words += [str(row[c]) for c in ("method", "intermediate_language", "model", "series") if own[c].nunique() > 1]
    if own.loc[own["intermediate"] == row["intermediate"], held].nunique() > 1:
        words.append(f"{row[held]:,.0f} {held.removesuffix('_examples')} examples")
    return " · ".join(words)


def _with_sizes(frame: pd.DataFrame, costs: Costs, registry: Vocabulary) -> pd.DataFrame:
    sizes = {"intermediate_examples": costs.intermediate_examples, "target_examples": costs.target_examples}
    table = frame.assign(**sizes, score=directed(frame, registry))
    baseline = table["intermediate"] == BASELINE
    table.loc[baseline, "intermediate_language"] = "en"
    series = table["study"].astype(str).map(series_of)
    return table.assign(series=series, run=table["study"].astype(str) + " " + table["seed"].fillna(-1.0).astype(str))


def _of_target(label: str, rows: pd.DataFrame, data: Data, design: CostDesign, rng: np.random.Generator) -> MoreData:
    per_run = rows.pivot_table(index=[f"{data}_examples", "run"], columns="language", values="score", sort=True)
    whole, left_out = _whole(per_run)
    amounts = whole.index.get_level_values(0).to_numpy(float)
    scores = whole.to_numpy(float)
    try:
        slope, association, decision = _effects(np.log2(amounts), scores, design, rng)
    except CannotTellError as error:
        slope, association = (
            Effect(*name, level=design.level, n=len(amounts), n_of=RUNS, because=error.because) for name in NAMES
        )
        decision = NOTHING
    return MoreData(
        design=design,
        target=label,
        data=data,
        languages=tuple(map(str, whole.columns)),
        amounts=amounts,
        scores=scores.mean(axis=1),
        slope=slope,
        association=association,
        decision=decision,
        left_out=left_out,
        provenance=tuple(sorted(rows["provenance"].astype(str).unique())),
    )


NOTHING = EffectDecision("open", 0, no_rise=False, no_fall=False)
NAMES = (
    ("slope of the score on the amount of data", "none", "points per doubling of the data"),
    ("correlation of the score with the amount of data", "none", "Spearman's rho"),
)
"""Name, method and unit of the effects where they cannot be told."""
RUNS = "training runs"


def _whole(per_run: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The runs and languages without holes that keep most scores, and what was left out."""
    sets = {frozenset(row.dropna().index) for _, row in per_run.iterrows()}
    fits = {chosen: int(per_run[sorted(chosen)].notna().all(axis=1).sum()) for chosen in sets if chosen}
    best = max(sorted(fits, key=sorted), key=lambda chosen: fits[chosen] * len(chosen))
    kept = per_run[sorted(best)].dropna()
    runs, languages = len(per_run) - len(kept), per_run.shape[1] - kept.shape[1]
    left_out = [f"{counted(runs, 'run')} without languages of the others"] if runs else []
    return kept, (*left_out, *([f"{counted(languages, 'language')} that not all runs have"] if languages else []))


def _effects(
    x: Floats, scores: Floats, design: CostDesign, rng: np.random.Generator
) -> tuple[Effect, Effect, EffectDecision]:
    """Slope and association, and the slope held against what matters."""
    level, size = design.level, design.size
    if len(x) < FEWEST_RUNS:
        raise CannotTellError(f"no trend with an interval shows in {counted(len(x), 'run')} (at least {FEWEST_RUNS})")
    mean = scores.mean(axis=1)
    rank = correlation(x, mean, kind="spearman", level=level)
    runs, df = _drawn_runs(x, rng, size)
    averaged = _drawn_languages(scores, rng, size)
    slopes = _slopes(x[runs], np.take_along_axis(averaged, runs, axis=1))
    defined = np.isfinite(slopes)
    too_many_undefined(int((~defined).sum()), size)
    estimate = _slopes(x[None], mean[None])
    kept = slopes[defined]
    if scores.shape[1] > 1:
        df, shrink = _two_ways(x, scores, df)
        kept = kept.mean() + shrink * (kept - kept.mean())
    drawn = Bootstrap(estimate, kept[:, None], np.array([float(df)]), ("",))
    (low, high), narrow = (
        (float(found.low[0]), float(found.high[0])) for found in (interval(drawn, at) for at in (level, CONFIDENT))
    )
    decision = judged_by_interval((low, high), narrow, margin=design.margin)
    how = f"least squares on log2 examples, bootstrap over runs{' and languages' if scores.shape[1] > 1 else ''}"
    slope = Effect(NAMES[0][0], how, NAMES[0][2], float(estimate[0]), low, high, level, n=len(x), n_of=RUNS)
    how = "rank correlation over runs, interval by Fisher's z (Bonett and Wright)"
    known = (rank.value, rank.low, rank.high, level, rank.p_value, len(x))
    return slope, Effect(NAMES[1][0], how, NAMES[1][2], *known, RUNS), decision


def _drawn_runs(x: Floats, rng: np.random.Generator, size: int) -> tuple[Ints, float]:
    """Indices of drawn runs, (size, draws), and the degrees of freedom they leave.

    Within sizes where every size was run at least twice: then the sizes are the design and the
    seeds are chance. Otherwise over all runs.
    """
    sizes, counts = np.unique(x, return_counts=True)
    if counts.min() < 2:
        return rng.integers(0, len(x), (size, len(x) - 1)), len(x) - 2
    strata = [np.flatnonzero(x == value) for value in sizes]
    drawn = [s[rng.integers(0, len(s), (size, len(s) - 1))] for s in strata]
    return np.concatenate(drawn, axis=1), len(x) - len(sizes)


def _drawn_languages(scores: Floats, rng: np.random.Generator, size: int) -> Floats:
    """Means over drawn languages, (size, runs)."""
    n = scores.shape[1]
    if n == 1:
        return np.repeat(scores[:, 0][None], size, axis=0)
    weights = rng.multinomial(n - 1, np.full(n, 1 / n), size=size) / (n - 1)
    averaged: Floats = weights @ scores.T
    return averaged


def _two_ways(x: Floats, scores: Floats, free: float) -> tuple[float, float]:
    """Degrees of freedom of the mean slope, and by how much its replicates spread too far.

    Runs and languages are drawn one against the other, so chance that is a run's in one language
    only is counted in both and a third time in their product (Owen 2007);
    it belongs in once.

    Args:
        x: (runs,).
        scores: (runs, languages).
        free: degrees of freedom of the runs.
    """
    n = scores.shape[1]
    centred = x - x.mean()
    spread = float((centred**2).sum())
    slopes = centred @ scores / spread
    rest = scores - scores.mean(axis=0) - np.outer(centred, slopes)
    by_run = float((rest.mean(axis=1) ** 2).sum()) / free / spread
    by_language = float(slopes.var(ddof=1)) / n
    alone = rest - rest.mean(axis=1, keepdims=True)
    twice = float((alone**2).sum()) / (free * (n - 1)) / n / spread
    if by_run + by_language == 0:
        return free, 1.0
    df = (by_run + by_language) ** 2 / (by_run**2 / free + by_language**2 / (n - 1))
    once = max(by_run + by_language - twice, by_run, by_language)
    return df, float(np.sqrt(once / (by_run + by_language + twice)))


def _slopes(x: Floats, y: Floats) -> Floats:
    """Least-squares slope of every row; NaN where its x does not vary."""
    x, y = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    below = (x**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, (x * y).sum(axis=1) / below, np.nan)


def says_of(held: EffectDecision) -> Says:
    """Yes: a rise that may matter. No: one that matters is excluded, though a small one may be there."""
    if held.size == "more":
        return "yes"
    return "no" if held.no_rise or held.told < 0 else "cannot-tell"


def _answer(found: MoreData) -> Answer:
    says, slope, rho = says_of(found.decision), found.slope, found.association
    numbers = (
        f"{slope.estimate:+.2f} points per doubling of the data ({slope.level:.0%} interval {slope.low:+.2f} to "
        f"{slope.high:+.2f}), Spearman {rho.estimate:.2f} ({rho.low:.2f} to {rho.high:.2f})"
    )
    label, data, matter = found.target, found.data, f"{found.design.margin:g} points per doubling"
    text = {
        "yes": f"More {data} data goes with higher scores on {label}: {numbers}.",
        "no": f"More {data} data does not raise scores on {label} by {matter}: {numbers}.",
        "cannot-tell": f"Cannot tell for {label}, because the interval spans 0 and {matter}: {numbers}.",
    }[says]
    if says == "no" and found.decision.told > 0:
        text = f"More {data} data raises scores on {label}, but by less than {matter}: {numbers}."
    sure = f"{counted(found.runs, 'run')}, {counted(len(found.languages), 'language')}"
    if slope.because:
        text = f"Cannot tell for {label}, because {slope.because}."
    else:
        sure += f"; the slope is known to within {(slope.high - slope.low) / 2:.2f} points per doubling"
    hinges = (
        f"{matter} of the data is taken to matter",
        "runs differ in the amount of data as their makers chose; which languages it was in may differ too",
    )
    question = f"Does more {data} data help {label}?"
    return found.as_answer(question, says, text, sure, hinges=hinges, effects=(slope, rho))
