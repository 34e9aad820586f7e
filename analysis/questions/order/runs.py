"""The runs that are compared: sequences of intermediate tasks, their parts and their joint training."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from analysis.gains.bounds import at_ceiling, at_floor
from analysis.gains.setting import CLEAN, directed, english_only, one_value, perturbed_reading, whole_size
from analysis.registry.own_names import counted
from analysis.registry.vocabulary import BASELINE, Vocabulary
from analysis.results.item_error import cell_sampling, item_scores, sampled
from analysis.stats.arrays import CannotTellError, Floats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.results.item_error import Sampling

Values = TypeVar("Values", "pd.Series[float]", "pd.DataFrame")

THEN = ">"
"""Stands between tasks that are trained one after the other."""
JOINED = "+"
PLAIN = "plain"
CELL = ["target", "language"]
ASIDE = "at chance or at the top of the scale, where no order can show"
INTERMEDIATE = "intermediate"
NO_SCORES = pd.DataFrame(index=pd.MultiIndex.from_arrays([[], []], names=CELL))


@dataclass(frozen=True, slots=True)
class Runs:
    """Scores of one model and study, clean and perturbed.

    Attributes:
        frame: columns `intermediate`, `target`, `language`, `perturbation`, `seed`, `score` (in
            points, larger is better).
        tables: (intermediate, perturbation) → scores, (target, language) by seed.
        variances: (intermediate, perturbation) → what the items of each cell leave open (`cell_sampling`).
        items: (intermediate, perturbation) → points of every item by target, language and item; empty
            where no items are stored.
        pairs: sequences of the same tasks in two orders, such as ("ccg>mnli", "mnli>ccg").
        perturbations: names, without the clean text.
        setting: what all runs have in common, in words.
        left_out: what was not used.
        provenance: of the scores used, sorted.
        words: the vocabulary that names were read with.
    """

    frame: pd.DataFrame
    tables: Mapping[tuple[str, str], pd.DataFrame]
    variances: Mapping[tuple[str, str], pd.DataFrame]
    items: Mapping[tuple[str, str], pd.Series[float]]
    pairs: tuple[tuple[str, str], ...]
    perturbations: tuple[str, ...]
    setting: str
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]
    words: Vocabulary

    def table(self, intermediate: str, perturbation: str) -> pd.DataFrame:
        """Scores of one intermediate, (target, language) by seed; empty where it was not run so."""
        return self.tables.get((intermediate, perturbation), NO_SCORES)

    def difference(self, first: str, second: str, perturbation: str) -> pd.DataFrame:
        """First − second with the same seed, in the cells that both have."""
        return common(self.table(first, perturbation), self.table(second, perturbation))

    def perturbed_more(self, first: str, second: str, perturbation: str) -> pd.DataFrame:
        """By how much first − second is larger under the perturbation than on clean text."""
        return common(self.difference(first, second, perturbation), self.difference(first, second, CLEAN))

    def sampling(self, difference: pd.DataFrame, sides: Sequence[tuple[float, str, str]]) -> Sampling:
        """The test items behind the cells of a difference.

        Args:
            difference: (target, language) by seed.
            sides: weight, intermediate and perturbation of each score in it.
        """
        keys = [(weight, (name, how)) for weight, name, how in sides]
        return sampled(difference.index, [(w, self.variances[key], self.items.get(key)) for w, key in keys], self.words)


def common(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """First − second in the rows and columns that both have."""
    rows, columns = first.index.intersection(second.index), first.columns.intersection(second.columns)
    return first.loc[rows, columns] - second.loc[rows, columns]


def values_of(frame: pd.DataFrame) -> Floats:
    """The numbers of a table, (cells, seeds)."""
    numbers: Floats = frame.to_numpy(dtype=np.float64)
    return numbers


def runs_of(
    results: pd.DataFrame,
    *,
    model: str | None,
    study: str | None,
    registry: Vocabulary,
    items: pd.DataFrame | None = None,
) -> Runs:
    """The runs of one model and study that bear on the order of intermediate tasks, and their items.

    Raises:
        CannotTellError: no two sequences of the same tasks in another order were run.
    """
    left_out: list[str] = []
    frame = perturbed_reading(results, left_out, registry=registry)
    named = frame["intermediate"]
    plain = (frame["method"] == PLAIN) | (named == BASELINE)
    if not plain.all():
        left_out.append(f"{counted(int((~plain).sum()), 'row')} with translated or continued MLM training")
    frame = frame[plain]
    if not frame["intermediate"].str.contains(THEN, regex=False).any():
        raise CannotTellError("no sequence of intermediate tasks (such as a>b) was run")
    said = []
    for column, value in (("model", model), ("study", study)):
        frame = one_value(frame, column, value, left_out, most=INTERMEDIATE)
        said.append(f"{column} {frame[column].iloc[0]}")
    frame = english_only(frame, left_out)
    frame = whole_size(frame, "intermediate_examples", (INTERMEDIATE,), left_out)
    frame = whole_size(frame, "target_examples", ("target",), left_out)
    frame = _inside(frame, left_out, registry)
    frame = _seeded(frame, left_out)
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
        setting=", ".join(said),
        left_out=tuple(left_out),
        provenance=tuple(sorted(set(frame["provenance"]))),
        words=registry,
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


def _seeded(frame: pd.DataFrame, left_out: list[str]) -> pd.DataFrame:
    known = frame["seed"].notna()
    if not known.all():
        left_out.append(f"{counted(int((~known).sum()), 'row')} without a seed, which cannot be paired")
    return frame[known]


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
