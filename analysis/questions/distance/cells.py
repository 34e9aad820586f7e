"""The cells that a question about distance is asked of: one number per task and language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from analysis.distances import completed, grammar
from analysis.gains import gains
from analysis.gains.arrays import METHOD, labelled
from analysis.gains.bounds import at_ceiling, at_floor
from analysis.gains.reading import MEAN
from analysis.questions.design import Fit
from analysis.questions.distance.design import HOLD, DistanceDesign, Outcome
from analysis.questions.distance.rows import LABELS, DistanceRows, rows_of
from analysis.registry.fertility import FERTILITY, tokenizer_fertility
from analysis.registry.pretraining import PRETRAINING, pretraining_size
from analysis.stats.transforms import empirical_logit
from analysis.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.distances import Distances
    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Floats

TASK = ("target", *METHOD)
"""Columns whose combinations count as tasks: every target of every run."""

BASELINE = ("target", "target_examples", "model", "study", "version", "provenance")
"""Columns whose combinations have a baseline of their own."""

SEVERAL_SOURCES = "multilingual"
"""Method of models that were trained on several languages at once."""

TOP = "at the top of the scale"
MOSTLY = 2 / 3
"""Share of a target's cells at an end of its scale from which none of them is used."""

MANY_ITEMS = 1e9
"""Stands for the items of a score whose number is unknown: its logit is the plain one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells(Fit):
    """Outcomes by task and language, with distances.

    Attributes:
        design: what was asked.
        frame: one row a cell. `raw`, the mean over seeds in points; `logit`, the same of the
            empirical logits (NaN where a score has none); `task` (a run on a target), `baseline`
            (what gains are counted from), `model`, `target`, `language`, `source` (language the data before
            came from), `family`, `branch`; one column per kind of distance, 0 to
            1, and one per control, NaN where missing.
        kinds: the kinds of distance that have a column.
        controls: names of facts of languages that have a column each.
        hold: published ones among them that were asked for beside the pretraining size.
        targets: the cells in another language than the source: those that transfer is seen in.
        replicated_by: what was measured several times: the `task`, or the `seed` of one task.
        seeds: fewest seeds behind a cell.
        aside: share of the scores that stood at chance or at the top of their scale and were set aside.
        hiding: share of those whose place may hide a fall: of gains those at the top, of scores all.
    """

    design: DistanceDesign
    frame: pd.DataFrame
    kinds: tuple[str, ...]
    controls: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    replicated_by: Literal["task", "seed"] = "task"
    seeds: int = 0
    aside: float = 0.0
    hiding: float = 0.0
    targets: pd.DataFrame = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        labels = dict.fromkeys((c for c in LABELS if c in self.frame), object)
        object.__setattr__(self, "frame", self.frame.astype(labels))
        object.__setattr__(self, "targets", self.frame[self.frame["language"] != self.frame["source"]])

    def rows(self, kind: str, column: str = "raw", held: Sequence[str] = ()) -> DistanceRows:
        """The cells in other languages than the source, ready for a model (`rows_of`).

        Raises:
            CannotTellError: they make no slope.
        """
        return rows_of(self.targets, kind, column, self.design, held)


def cells(results: pd.DataFrame, design: DistanceDesign) -> Cells:
    """Reads the cells from a results table.

    The size of the pretraining text and the fertility of the tokenizer are controls where they are
    published for the models at hand.

    Raises:
        UsageError: the table was not validated.
    """
    outcome, registry, distances, kinds = design.outcome, design.registry, design.distances, design.wanted
    several = results["method"].astype(str) == SEVERAL_SOURCES
    rows, left_out = _outcomes(results[~several], outcome, registry)
    if several.any():
        scores = counted(int(several.sum()), "score")
        said = f"{scores} of models trained on several languages, which lie at no one distance"
        left_out = (*left_out, said)
    reading = design.reading(rows)
    rows, left_out = reading.frame, (*left_out, *reading.left_out)
    means = rows["language"].astype(str) == MEAN
    if means.any():
        left_out = (*left_out, f"{int(means.sum())} means over languages, which lie at no distance")
    rows = rows[~means]
    frame = pd.DataFrame({
        "raw": rows["outcome"].to_numpy(dtype=np.float64),
        "logit": rows["logit"].to_numpy(dtype=np.float64),
        "task": _labels(rows, TASK),
        "baseline": _labels(rows, BASELINE if outcome == "gain" else TASK),
        "model": rows["model"].astype(str).to_numpy(),
        "target": rows["target"].astype(str).to_numpy(),
        "seed": rows["seed"].to_numpy(dtype=np.float64),
        "language": rows["language"].astype(str).to_numpy(),
        "source": rows["intermediate_language"].astype(str).to_numpy(),
    })  # fmt: skip
    frame["family"] = frame["language"].map({code: registry.family(code) for code in frame["language"].unique()})
    frame["branch"] = frame["language"].map({code: _branch(code, registry) for code in frame["language"].unique()})
    placed = (frame["family"] != "").to_numpy()
    if len(unplaced := sorted(set(frame.loc[~placed, "language"]))):
        left_out = (*left_out, f"{', '.join(unplaced)}: no family is known; add it to the table's .names.toml")
        frame, rows = frame[placed].reset_index(drop=True), rows[placed].reset_index(drop=True)
    frame = frame.astype({"family": object, "branch": object})
    pairs = frame[["language", "source"]].drop_duplicates()
    if grammar.KIND in kinds and grammar.KIND not in distances.kinds:
        distances = distances.with_rows(
            grammar.by_features(zip(pairs["language"], pairs["source"], strict=True), registry)
        )
    distances = completed(distances, zip(pairs["language"], pairs["source"], strict=True), registry)
    held = {name: frame["language"].map(values).to_numpy(np.float64) for name, values in design.controls.items()}
    if design.pretraining:
        held.setdefault(PRETRAINING, pretraining_size(rows["model"], rows["language"], registry))
    if design.pretraining or "fertility" in design.hold:
        held.setdefault(FERTILITY, tokenizer_fertility(rows["model"], rows["language"], registry))
    if "script" in design.hold:
        held.setdefault(HOLD["script"], _other_script(frame, registry))
    held = {name: values for name, values in held.items() if not np.isnan(values).all()}
    frame = frame.assign(**held)
    frame, shares, aside = _inside(frame, rows, outcome, registry)
    left_out = (*left_out, *aside)
    present, absent = _kinds(distances, kinds)
    for kind in present:
        frame[kind] = distances.between(kind, frame["language"], frame["source"]) if len(frame) else np.nan
    left_out = (*left_out, *distances.left_out, *absent, *_without_distance(frame, present, registry))
    found = Cells(
        design=design,
        frame=frame,
        kinds=tuple(present),
        controls=tuple(held),
        hold=tuple(HOLD[name] for name in design.hold if HOLD[name] in held),
        aside=shares[0],
        hiding=shares[1],
        left_out=left_out,
        provenance=tuple(sorted(rows["provenance"].astype(str).unique())),
    )
    return _over_seeds(found)


def _other_script(frame: pd.DataFrame, registry: Vocabulary) -> Floats:
    """1 where a language is written in another script than its source, else 0; NaN where it is not known."""
    entries = {
        code: registry.any_language(code) for column in ("language", "source") for code in frame[column].unique()
    }
    script = {code: str(entry.facts.get("script", "")) if entry else "" for code, entry in entries.items()}
    ours, theirs = frame["language"].map(script), frame["source"].map(script)
    other = (ours != theirs).astype("float64").where((ours != "") & (theirs != ""))
    return np.asarray(other, dtype=np.float64)


def _branch(code: str, registry: Vocabulary) -> str:
    """The branch of a language, the language itself where no source states one."""
    entry = registry.any_language(code)
    return str(entry.facts.get("branch", code)) if entry else code


def _inside(
    frame: pd.DataFrame, rows: pd.DataFrame, outcome: Outcome, registry: Vocabulary
) -> tuple[pd.DataFrame, tuple[float, float], list[str]]:
    """The cells whose means have room on both sides; shares of the others and of those that hide a fall; who they are.

    A gain needs a baseline above chance and a score below the top; a score needs both itself. Of a
    target that stands there in most cells the others are those with luck, and it is set aside whole.
    """
    if frame.empty:
        return frame, (0.0, 0.0), []
    cell = [frame["task"].to_numpy(), frame["language"].to_numpy(), frame["source"].to_numpy()]
    low = "baseline" if outcome == "gain" else "score"
    means = rows.assign(**{c: rows[c].groupby(cell).transform("mean") for c in {low, "score"}})
    sides = {"at chance": at_floor(means, low, registry), TOP: at_ceiling(means, "score", registry)}
    ends = pd.Series(np.logical_or.reduce(list(sides.values())), index=frame.index)
    whole = (ends.groupby(frame["target"]).transform("mean") > MOSTLY).to_numpy()
    mostly = sorted(set(frame["target"][whole]))
    said = [f"{target}: at an end of its scale in most cells, set aside whole" for target in mostly]
    for where, there in sides.items():
        for target, of in frame[there & ~whole].groupby("target"):
            count = len(of.drop_duplicates(["task", "language"]))
            languages = ", ".join(sorted(set(of["language"])))
            said.append(f"{target}: {counted(count, 'cell')} {where}, where the {outcome} cannot show ({languages})")
    aside = ends.to_numpy() | whole
    hiding = sides[TOP] if outcome == "gain" else aside
    return frame[~aside].reset_index(drop=True), (float(aside.mean()), float(hiding.mean())), said


def _labels(rows: pd.DataFrame, columns: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    if rows.empty:
        return np.array([], dtype=object)
    code, labels = labelled(rows, columns)
    return np.asarray(labels, dtype=object)[code]


def _outcomes(results: pd.DataFrame, outcome: Outcome, registry: Vocabulary) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows with `outcome` in points and `logit`, and what was left out."""
    if outcome == "score":
        rows = results[results["score"].notna()]
        logit = _logit(rows, "score", registry)
        return rows.assign(outcome=rows["score"], logit=logit), ()
    paired = gains(results, registry=registry)
    rows = paired.frame
    logit = _logit(rows, "score", registry) - _logit(rows, "baseline", registry)
    return rows.assign(outcome=rows["gain"], logit=logit), paired.left_out


def _logit(rows: pd.DataFrame, column: str, registry: Vocabulary) -> pd.Series[float]:
    """Empirical logits; NaN for metrics that are no share of 100, and for 0 or 100 of unknown items."""
    shares = {
        name for name, e in registry["metric"].items() if e.facts.get("higher_is_better") and e.facts.get("high") == 100
    }
    score = rows[column].astype("float64")
    share = rows["metric"].astype(str).isin(shares) & score.between(0, 100)
    items = rows["n_items"].astype("float64")
    share &= items.notna() | score.between(0, 100, inclusive="neither")
    value = empirical_logit(score.where(share, 50.0), items.fillna(MANY_ITEMS).clip(lower=1))
    return pd.Series(value, index=rows.index).where(share)


def _kinds(distances: Distances, kinds: Sequence[str]) -> tuple[list[str], list[str]]:
    absent = [kind for kind in kinds if kind not in distances.kinds]
    said = [f"{kind} distance: not in {distances.source}; import a table that has it" for kind in absent]
    return [kind for kind in kinds if kind not in absent], said


def _without_distance(frame: pd.DataFrame, kinds: Sequence[str], registry: Vocabulary) -> list[str]:
    said: list[str] = []
    for kind in kinds:
        lost = sorted(set(frame.loc[frame[kind].isna(), "language"]))
        if lost:
            said.append(f"{', '.join(lost)}: no {kind} distance from {', '.join(sorted(set(frame['source'])))}")
        if kind == "syntactic" and (
            known := [code for code in lost if grammar.features_of(code, registry) is not None]
        ):
            said.append(f"{', '.join(known)}: kind {grammar.KIND!r} has a distance, from lang2vec's features")
    return said


def _over_seeds(found: Cells) -> Cells:
    """Means over seeds; where one baseline was run, its seeds apart, so that runs can differ."""
    frame = found.frame
    counts = frame.groupby(["task", "language", "source"])["seed"].size()
    seeds = int(counts.min()) if len(counts) else 0
    if frame["baseline"].nunique() == 1 and seeds > 1 and frame["seed"].notna().all():
        seed = frame["seed"].map(lambda s: f"seed {s:g}")
        by_seed = frame.assign(task=frame["task"] + " · " + seed, baseline=seed).drop(columns="seed")
        return replace(found, frame=by_seed.reset_index(drop=True), replicated_by="seed", seeds=seeds)
    values = ["raw", "logit", *found.kinds, *found.controls]
    labels = ["task", "baseline", "model", "target", "language", "source", "family", "branch"]
    mean = frame.groupby(labels, as_index=False)[values].mean()
    return replace(found, frame=mean, seeds=seeds, left_out=(*found.left_out, *_single(mean)))


def _single(frame: pd.DataFrame) -> list[str]:
    counts = frame[frame["language"] != frame["source"]].groupby("task")["language"].nunique()
    alone = [str(task) for task in counts.index[counts == 1]]
    return [f"{', '.join(alone)}: one language besides the source, which makes no slope"] if alone else []
