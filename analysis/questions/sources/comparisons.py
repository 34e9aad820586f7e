"""Pairs runs to compare: the same task, or tasks of one kind, at equal size, in two source languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.gains.setting import CLEAN, ENGLISH, directed, perturbed_reading, whole_size
from analysis.questions.paired_runs import CELL, PairedRuns, seeded
from analysis.registry.chosen_names import no_such
from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, Vocabulary
from analysis.results.item_error import cell_sampling, item_scores
from analysis.results.items import LANGUAGE
from analysis.stats.arrays import CannotTellError
from analysis.wording import counted

if TYPE_CHECKING:
    from analysis.questions.sources.design import SourcesDesign

RUN = ["intermediate", "intermediate_language", "method", "intermediate_examples"]
METHODS = ("plain", "translated")
TOLERANCE = 1.1
"""Sizes count as equal while the larger is at most this many times the smaller."""


@dataclass(frozen=True, slots=True)
class IntermediateSource:
    """One kind of intermediate run.

    Attributes:
        task: id of the intermediate task.
        language: of its data.
        method: `plain` or `translated`.
        examples: of intermediate data; NaN where unknown.
        kind: of the task, or its id where the vocabulary has none.
    """

    task: str
    language: str
    method: str
    examples: float
    kind: str

    def __str__(self) -> str:
        """Task, language, and where known how many examples."""
        size = "" if np.isnan(self.examples) else f", {self.examples:,.0f}"
        return f"{self.task} ({self.language}{', translated' if self.method == 'translated' else ''}{size})"


@dataclass(frozen=True, slots=True)
class SourcePair:
    """Two kinds of runs that differ in the language of their data.

    Attributes:
        other: data in another language.
        reference: data in the reference language.
        sizes: `equal`, or `not stated` where the same task was used whole in both languages.
    """

    other: IntermediateSource
    reference: IntermediateSource
    sizes: str

    @property
    def names(self) -> dict[str, str]:
        """Both sides as printed."""
        return {"other": str(self.other), "reference": str(self.reference)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared(PairedRuns):
    """Scores of one model and study; a kind of run is its source as printed, `none` without intermediate training.

    Attributes:
        comparisons: what is compared.
        reference: the reference language.
    """

    comparisons: tuple[SourcePair, ...]
    reference: str


def compared(results: pd.DataFrame, design: SourcesDesign) -> Compared:
    """The runs of one model and study in two or more source languages, and their items.

    Raises:
        UsageError: no data is in the language to compare with.
        CannotTellError: one source language, or nothing of one kind and size in two.
    """
    left_out: list[str] = []
    items, registry = design.stored_items(), design.registry
    if design.reference is not None:
        trained = results[results["intermediate"].astype(str) != BASELINE]
        known = sorted(trained["intermediate_language"].astype(str).unique())
        if known and design.reference not in known:
            raise no_such("intermediate data in the language", design.reference, known)
    frame = _intermediates(results, left_out, registry)
    frame, setting = design.setting(frame, left_out, "intermediate_language")
    frame = whole_size(frame, "target_examples", ("target",), left_out)
    home = _reference(frame[frame["intermediate"] != BASELINE], design.reference)
    frame = seeded(frame, left_out)
    printed, sources = _sources(frame, registry)
    variances = cell_sampling(frame.assign(source=printed), ["source", *CELL], registry)
    comparisons = _comparisons(sources, home, left_out)
    if not comparisons:
        raise CannotTellError(f"no intermediate data of one kind and size was used in {home} and in another language")
    used = {name for c in comparisons for name in c.names.values()} | {BASELINE}
    frame = frame.assign(score=directed(frame, registry), source=printed)
    frame = frame[frame["source"].isin(used)]
    means = frame.groupby(["source", *CELL, "seed"])["score"].mean().unstack("seed")
    names = sorted(set(frame["source"]))
    return Compared(
        design=design,
        frame=frame[["source", *CELL, "seed", "score"]].reset_index(drop=True),
        tables={name: means.loc[name] for name in names},
        variances={name: variances.loc[name] for name in names},
        items={} if items is None else _items(items, sources),
        comparisons=comparisons,
        reference=home,
        setting=setting,
        left_out=tuple(left_out),
        provenance=tuple(sorted(set(frame["provenance"]))),
    )


def _items(items: pd.DataFrame, sources: tuple[IntermediateSource, ...]) -> dict[str, pd.Series[float]]:
    by = ["intermediate", LANGUAGE]
    points = item_scores(items[items["perturbation"] == CLEAN], [*by, *CELL])
    groups: Any = points.groupby(level=by)
    apart: dict[tuple[str, str], pd.Series[float]] = {key: of.droplevel(by) for key, of in groups}
    named = [(s.task, s.language) for s in sources]
    return {str(s): apart[key] for s, key in zip(sources, named, strict=True)
            if named.count(key) == 1 and key in apart}  # fmt: skip


def _intermediates(results: pd.DataFrame, left_out: list[str], registry: Vocabulary) -> pd.DataFrame:
    frame = perturbed_reading(results[results["perturbation"].astype(str) == CLEAN], left_out, registry=registry)
    wanted = frame["method"].isin(METHODS) & (frame["intermediate"] != BEST_PER_TARGET)
    if not wanted.all():
        left_out.append(f"{counted(int((~wanted).sum()), 'row')} with other training than on one source's data")
    frame = frame[wanted]
    languages = frame.loc[frame["intermediate"] != BASELINE, "intermediate_language"].nunique()
    if languages < 2:
        found = "one language" if languages else "no language"
        raise CannotTellError(f"the table holds intermediate data in {found}")
    return frame


def _reference(trained: pd.DataFrame, given: str | None) -> str:
    counts = trained["intermediate_language"].value_counts().sort_index()
    if given is not None or ENGLISH in counts.index:
        home = given or ENGLISH
        if home not in counts.index:
            known = ", ".join(counts.index)
            raise CannotTellError(f"no run of this model and study has intermediate data in {home} (there is {known})")
        return home
    if counts.empty:
        raise CannotTellError("no run with intermediate training is left")
    return str(counts.idxmax())


def _sources(frame: pd.DataFrame, registry: Vocabulary) -> tuple[pd.Series[str], tuple[IntermediateSource, ...]]:
    """The source of each row as printed, and all sources."""
    names: dict[int, str] = {}
    sources = []
    for key, rows in frame.groupby(RUN, dropna=False, sort=True):
        task, language, method = (str(part) for part in key[:3])
        examples = float(rows["intermediate_examples"].iloc[0])
        if task == BASELINE:
            names |= dict.fromkeys(rows.index, BASELINE)
            continue
        entry = registry["intermediate"].get(task)
        known = entry.facts if entry else {}
        size = float(known.get("train_examples", np.nan)) if np.isnan(examples) else examples
        source = IntermediateSource(task, language, method, size, str(known.get("kind", task)))
        sources.append(source)
        names |= dict.fromkeys(rows.index, str(source))
    return pd.Series(names).reindex(frame.index), tuple(sources)


def _comparisons(sources: tuple[IntermediateSource, ...], home: str, left_out: list[str]) -> tuple[SourcePair, ...]:
    """Every source in another language with the reference of the same task, else of the same kind."""
    found: list[SourcePair] = []
    for other in sources:
        if other.language == home:
            continue
        alike = [s for s in sources if s.language == home and s.task == other.task and s.method == "plain"]
        alike = alike or [s for s in sources if s.language == home and s.kind == other.kind and s.method == "plain"]
        matched = [SourcePair(other, s, size) for s in alike if (size := _sizes(other, s))]
        found += matched
        if not alike:
            left_out.append(f"{other}: no task of its kind ({other.kind}) with data in {home}")
        elif not matched:
            beside = ", ".join(map(str, alike))
            left_out.append(f"{other}: its size differs from, or is not known beside, {beside}")
    return tuple(found)


def _sizes(first: IntermediateSource, second: IntermediateSource) -> str:
    """Comparison of the sizes; "" where they differ or cannot be compared."""
    if np.isnan(first.examples) or np.isnan(second.examples):
        whole = np.isnan(first.examples) and np.isnan(second.examples) and first.task == second.task
        return "not stated" if whole else ""
    sizes = sorted((first.examples, second.examples))
    return "equal" if sizes[1] <= TOLERANCE * sizes[0] else ""
