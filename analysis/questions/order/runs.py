"""The runs that are compared: sequences of intermediate tasks, their parts and their joint training."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from analysis.gains.bounds import at_ceiling, at_floor
from analysis.gains.setting import CLEAN, directed, english_only, perturbed_reading, whole_size
from analysis.questions.paired_runs import CELL, PairedRuns, common, seeded
from analysis.registry.vocabulary import BASELINE, Vocabulary
from analysis.results.item_error import cell_sampling, item_scores
from analysis.stats.arrays import CannotTellError
from analysis.wording import counted

if TYPE_CHECKING:
    from analysis.questions.order.design import OrderDesign

Values = TypeVar("Values", "pd.Series[float]", "pd.DataFrame")

THEN = ">"
"""Stands between tasks that are trained one after the other."""
JOINED = "+"
PLAIN = "plain"
ASIDE = "at chance or at the top of the scale, where no order can show"
INTERMEDIATE = "intermediate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs(PairedRuns):
    """Scores of one model and study, clean and perturbed; a kind of run is (intermediate, perturbation).

    Attributes:
        pairs: sequences of the same tasks in two orders, such as ("ccg>mnli", "mnli>ccg").
        perturbations: names, without the clean text.
    """

    pairs: tuple[tuple[str, str], ...]
    perturbations: tuple[str, ...]

    def perturbed_more(self, first: str, second: str, perturbation: str) -> pd.DataFrame:
        """By how much first − second is larger under the perturbation than on clean text."""
        perturbed, clean = (self.difference((first, how), (second, how)) for how in (perturbation, CLEAN))
        return common(perturbed, clean)


def runs_of(results: pd.DataFrame, design: OrderDesign, items: pd.DataFrame | None) -> Runs:
    """The runs of one model and study that bear on the order of intermediate tasks, and their items.

    Raises:
        CannotTellError: no two sequences of the same tasks in another order were run.
    """
    registry = design.registry
    left_out: list[str] = []
    frame = perturbed_reading(results, left_out, registry=registry)
    named = frame["intermediate"]
    plain = (frame["method"] == PLAIN) | (named == BASELINE)
    if not plain.all():
        left_out.append(f"{counted(int((~plain).sum()), 'row')} with translated or continued MLM training")
    frame = frame[plain]
    if not frame["intermediate"].str.contains(THEN, regex=False).any():
        raise CannotTellError("no sequence of intermediate tasks (such as a>b) was run")
    frame, setting = design.setting(frame, left_out, INTERMEDIATE)
    frame = english_only(frame, left_out)
    frame = whole_size(frame, "intermediate_examples", (INTERMEDIATE,), left_out)
    frame = whole_size(frame, "target_examples", ("target",), left_out)
    frame = _inside(frame, left_out, registry)
    frame = seeded(frame, left_out)
    variances = by_run(cell_sampling(frame, [INTERMEDIATE, "perturbation", *CELL], registry))
    frame = frame.assign(score=directed(frame, registry))
    pairs = _pairs(sorted(set(frame["intermediate"])), left_out)
    if not pairs:
        raise CannotTellError("no sequence of intermediate tasks was run in another order with known seeds")
    return Runs(
        frame=frame[[INTERMEDIATE, *CELL, "perturbation", "seed", "score"]].reset_index(drop=True),
        tables=_tables(frame),
        variances=variances,
        items={} if items is None else by_run(item_scores(items, [INTERMEDIATE, "perturbation", *CELL])),
        pairs=pairs,
        perturbations=tuple(sorted(set(frame["perturbation"]) - {CLEAN})),
        setting=setting,
        left_out=tuple(left_out),
        provenance=tuple(sorted(set(frame["provenance"]))),
        design=design,
    )


def _tables(frame: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    means = frame.groupby([INTERMEDIATE, "perturbation", *CELL, "seed"])["score"].mean().unstack("seed")
    keys = frame[[INTERMEDIATE, "perturbation"]].drop_duplicates().itertuples(index=False)
    return {(str(name), str(how)): means.loc[(name, how)] for name, how in keys}


def by_run(values: Values) -> dict[tuple[str, str], Values]:
    """Values indexed by intermediate, perturbation and more, apart by the first two."""
    by = list(values.index.names[:2])
    groups: Any = values.groupby(level=by)
    return {(str(name), str(how)): of.droplevel(by) for (name, how), of in groups}


def _inside(frame: pd.DataFrame, left_out: list[str], registry: Vocabulary) -> pd.DataFrame:
    """The cells in which no sequence stands at chance or at the top of its scale, where nothing more can be lost."""
    sequences = frame[frame[INTERMEDIATE].str.contains(THEN, regex=False)]
    cell = [*CELL, "perturbation"]
    mean = sequences.groupby([INTERMEDIATE, *cell])["score"].transform("mean")
    sequences = sequences.assign(score=mean)
    ends = at_floor(sequences, "score", registry) | at_ceiling(sequences, "score", registry)
    aside = sequences.loc[ends, cell].drop_duplicates()
    for perturbation, cells in aside.groupby("perturbation"):
        names = ", ".join(f"{t} {code}" for t, code in cells[CELL].itertuples(index=False))
        where = "on clean text" if perturbation == CLEAN else f"under {perturbation}"
        left_out.append(f"{ASIDE} {where}: {names}")
    known = pd.MultiIndex.from_frame(frame[cell])
    return frame[~known.isin(pd.MultiIndex.from_frame(aside))]


def parts(intermediate: str) -> tuple[str, ...]:
    """The tasks of a sequence, in order."""
    return tuple(intermediate.split(THEN))


def _pairs(intermediates: list[str], left_out: list[str]) -> tuple[tuple[str, str], ...]:
    orders: dict[tuple[str, ...], list[str]] = {}
    for name in intermediates:
        if THEN in name:
            orders.setdefault(tuple(sorted(parts(name))), []).append(name)
    left_out += [f"{names[0]}: not run in another order" for names in orders.values() if len(names) == 1]
    return tuple(pair for names in orders.values() for pair in combinations(names, 2))


def rivals(pair: tuple[str, str], intermediates: set[str]) -> tuple[str, ...]:
    """Control runs of a pair: each of its tasks alone, all of them jointly, no intermediate task."""
    tasks = parts(pair[0])
    joint = [name for name in sorted(intermediates) if sorted(name.split(JOINED)) == sorted(tasks) and JOINED in name]
    return tuple(name for name in (*tasks, *joint, BASELINE) if name in intermediates)
