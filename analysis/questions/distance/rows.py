"""The cells of one kind of distance, as arrays that a model takes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.answer import NEVER, Effect
from analysis.stats.arrays import CannotTellError, Floats, constant

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.questions.distance.design import DistanceDesign

Labels = np.ndarray[Any, np.dtype[np.object_]]

LABELS = ("task", "baseline", "target", "language", "family", "branch", "source")

LEAST_LANGUAGES = 4
LEAST_FAMILIES = 4
"""With three, no correlation however strong has power (`required_correlation`)."""


@dataclass(frozen=True, eq=False)
class DistanceRows:
    """Cells of one kind of distance, ready for a model.

    Rows of the same content are equal, so that work on them is done once, however often it is asked for (`lru_cache`):
    the specification curve, the headline and the estimates beside it ask for the same models of the same cells.

    Attributes:
        y: (n,), the outcome.
        z: (n,), distance, standardised over the pairs of source and target language.
        sd: standard deviation that z was divided by, in distance from 0 to 1.
        task: (n,), label of the run on a target.
        baseline: (n,), label of what gains are counted from; of a score, its task.
        target: (n,), label of the evaluated task.
        language, family, branch, source: (n,), labels.
        unit: of y.
        name: what is estimated.
        level: nominal coverage of intervals.
        held: (n, c), facts of languages held constant, standardised; None: none.
        held_names: (c,), their names.
    """

    y: Floats
    z: Floats
    sd: float
    task: Labels
    baseline: Labels
    target: Labels
    language: Labels
    family: Labels
    branch: Labels
    source: Labels
    unit: str
    name: str
    level: float
    held: Floats | None = None
    held_names: tuple[str, ...] = ()

    @cached_property
    def content(self) -> bytes:
        """A digest of everything that the rows hold."""
        digest = blake2b(digest_size=16)
        for part in fields(self):
            value = getattr(self, part.name)
            digest.update(part.name.encode())
            if isinstance(value, np.ndarray) and value.dtype != object:
                digest.update(repr(value.shape).encode() + np.ascontiguousarray(value).tobytes())
            else:
                words = value.tolist() if isinstance(value, np.ndarray) else [value]
                digest.update("\x1f".join(map(str, words)).encode())
        return digest.digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DistanceRows) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)

    @property
    def controls(self) -> Floats:
        """(n, c), what is held constant; no column where nothing is."""
        return np.empty((len(self.y), 0)) if self.held is None else self.held

    @property
    def families(self) -> int:
        """Number of families: the effective sample."""
        return len(set(self.family))

    @property
    def languages(self) -> int:
        """Number of target languages."""
        return len(set(self.language))

    @property
    def tasks(self) -> int:
        """Number of tasks."""
        return len(set(self.task))

    @property
    def runs(self) -> int:
        """Number of runs that share nothing, not even the baseline."""
        return len(set(self.baseline))

    @property
    def units(self) -> Labels:
        """(n,), what was measured several times and may have slopes of its own: targets, or runs of one."""
        return self.target if len(set(self.target)) > 1 else self.baseline

    @property
    def related(self) -> bool:
        """True if some languages share a family."""
        return self.families < self.languages

    @property
    def several_sources(self) -> bool:
        """True if a language lies at several distances, having several sources."""
        return len(set(zip(self.language, self.z, strict=True))) > self.languages

    def of(self, which: np.ndarray[Any, np.dtype[np.bool_]]) -> DistanceRows:
        """Some of the rows, their distances on the same scale.

        Args:
            which: (n,), the rows to keep.
        """
        labels = {c: getattr(self, c)[which] for c in LABELS}
        return replace(self, y=self.y[which], z=self.z[which], held=self.controls[which], **labels)

    def slope(
        self, method: str, estimate: float, error: float, df: float, of: str = "families", untested: str = ""
    ) -> Slope:
        """A slope with its t interval and test, or with its error only where no such test is sound.

        Args:
            method: how it was fitted.
            estimate: of the slope.
            error: its standard error.
            df: degrees of freedom of t.
            of: units the uncertainty rests on: `cells`, `languages` or `families`.
            untested: what the error leaves out, so that t would find too much; "" for a test.
        """
        df = min(df, 1e9)
        untested = untested or few_families(self)
        n = {"cells": len(self.y), "languages": self.languages, "families": self.families}[of]
        found = Slope(
            self.name,
            method,
            self.unit,
            estimate,
            level=self.level,
            n=n,
            n_of=of,
            untested=untested,
            error=error,
            df=df,
        )
        if untested or not error > 0:
            return found
        low, high = found.interval(self.level)
        return replace(found, low=low, high=high, p_value=float(2 * stdtr(df, -abs(estimate) / error)))

    def nothing(self, method: str, because: str, unit: str = "") -> Slope:
        """A slope that cannot be told, and why."""
        return Slope(self.name, method, unit or self.unit, level=self.level, because=because)

    def coarser(self) -> dict[str, Labels]:
        """Groupings of tasks that are coarser than tasks and have several members."""
        found: dict[str, Labels] = {}
        size = self.tasks
        for name, labels in (("baseline", self.baseline), ("target", self.target)):
            levels = len(set(labels))
            if 1 < levels < size:
                found[name], size = labels, levels
        return found

    def cells(self) -> dict[str, Labels]:
        """Groupings that hold several tasks of one language."""
        found: dict[str, Labels] = {}
        size = len(self.y)
        for name, labels in (("baseline", self.baseline), ("target", self.target)):
            joint = np.array([f"{a} in {b}" for a, b in zip(labels, self.language, strict=True)], dtype=object)
            levels = len(set(joint))
            if self.languages < levels < size:
                found[name], size = joint, levels
        return found


def rows_of(
    frame: pd.DataFrame, kind: str, column: str, design: DistanceDesign, controls: Sequence[str] = ()
) -> DistanceRows:
    """The rows that have this kind of distance, this form of the outcome, and the controls.

    A control that is the same in all languages holds nothing constant and is left out.

    Raises:
        CannotTellError: too few languages, an outcome or a distance that does not vary.
    """
    outcome = design.outcome
    used = frame[frame[[kind, column, *controls]].notna().all(axis=1)]
    languages = used["language"].nunique()
    if languages < LEAST_LANGUAGES:
        said = "1 language has" if languages == 1 else f"{languages} languages have"
        raise CannotTellError(f"{said} a {kind} distance and a {outcome}; at least {LEAST_LANGUAGES} are needed")
    used = used[used.groupby("task")["language"].transform("nunique") > 1]
    if used.empty:
        raise CannotTellError("every task has one language, which makes no slope")
    if constant(used[column].to_numpy(dtype=np.float64)):
        raise CannotTellError(f"the {outcome} is the same in every cell")
    pairs = used.drop_duplicates(["language", "source"])[kind].to_numpy(dtype=np.float64)
    if constant(pairs):
        raise CannotTellError(f"all languages lie at the same {kind} distance")
    sd = float(pairs.std())
    labels = {c: used[c].to_numpy(dtype=object) for c in LABELS}
    names = tuple(c for c in controls if not constant(used[c].to_numpy(dtype=np.float64)))
    held = used[list(names)].to_numpy(dtype=np.float64)
    unit = "points" if column == "raw" else "logits"
    return DistanceRows(
        y=used[column].to_numpy(dtype=np.float64),
        z=(used[kind].to_numpy(dtype=np.float64) - float(pairs.mean())) / sd,
        sd=sd,
        unit=f"{unit} per standard deviation of {kind} distance",
        name=f"slope of {outcome} on {kind} distance",
        level=design.level,
        held=(held - held.mean(axis=0)) / held.std(axis=0),
        held_names=names,
        **labels,
    )


@dataclass(frozen=True, slots=True)
class Slope(Effect):
    """An effect with what its interval was made from.

    Attributes:
        error: standard error, in `unit`.
        df: degrees of freedom of t.
    """

    error: float = NEVER
    df: float = NEVER

    def interval(self, level: float) -> tuple[float, float]:
        """The interval at another level."""
        half = -float(stdtrit(self.df, (1 - level) / 2)) * self.error
        return self.estimate - half, self.estimate + half


def few_families(rows: DistanceRows) -> str:
    """Why so few families allow no test, or ""."""
    if rows.families >= LEAST_FAMILIES:
        return ""
    return f"too few families for a test: {rows.families}"


def few_languages_of_families(rows: DistanceRows) -> str:
    """Why families as few as these show nothing."""
    languages = f"{rows.languages} languages belong to"
    if rows.families == 1:
        return f"all {languages} one family ({rows.family[0]}), which is a sample of one"
    least = LEAST_FAMILIES + len(rows.held_names)
    beside = f" beside {' and '.join(rows.held_names)}" if rows.held_names else ""
    return (
        f"the {languages} {rows.families} families, and fewer than {least} show no correlation{beside} however strong"
    )
