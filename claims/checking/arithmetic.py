"""Quantities computed from cells, and the plain arithmetic on them: means, differences, seeds in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from analysis.results.spreads import NONE_STATED, Error, apart, by_items, largest, together
from analysis.stats.decisions import MeanEstimate, estimate
from claims.assertion import Scope
from claims.checking.evidence import MissingCell, ScoreRow
from claims.hashed import replace

Seed = int | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number computed from cells.

    Attributes:
        by_seed: seed → value in points (one entry under None where there are no seeds).
        rounding: half width that the rounding of the printed cells leaves open.
        rows: the cells used.
        missing: the cells that would be needed besides.
        notes: remarks for the reader (languages averaged, cells from several studies).
        error: stated error of the cells; where there are several seeds, their spread takes its place.
    """

    by_seed: dict[Seed, float] = field(default_factory=dict)
    rounding: float = 0.0
    rows: tuple[ScoreRow, ...] = ()
    missing: tuple[MissingCell, ...] = ()
    notes: tuple[str, ...] = ()
    error: Error = NONE_STATED

    @property
    def known(self) -> bool:
        """True if every cell is there."""
        return bool(self.by_seed) and not self.missing

    @property
    def tested(self) -> bool:
        """True if several seeds or a stated error give it a standard error."""
        return len(self.by_seed) > 1 or self.error.known

    def estimate(self) -> MeanEstimate:
        """Mean, error and rounding."""
        if len(self.by_seed) > 1:
            return estimate(list(self.by_seed.values()), self.rounding, self.error.reach)
        mean = sum(self.by_seed.values()) / len(self.by_seed)
        return MeanEstimate(mean, self.error.n, self.error.se, self.rounding, self.error.df, self.error.reach)

    def error_of_mean(self) -> Error:
        """The error of the mean over seeds; the stated error of the cells where there is one seed or none."""
        if len(self.by_seed) == 1:
            return self.error
        e = self.estimate()
        return replace(self.error, se=e.se, df=e.df, n=e.n, known=self.tested)


def shared(rows: Sequence[ScoreRow], others: Sequence[ScoreRow], attribute: str) -> list[ScoreRow]:
    """The rows whose language, metric or another attribute some other row has too."""
    there = {getattr(row, attribute) for row in others}
    return [row for row in rows if getattr(row, attribute) in there]


def over_languages(
    rows: Sequence[ScoreRow], scope: Scope, expected: Sequence[str]
) -> tuple[list[ScoreRow], tuple[str, ...]]:
    """The rows that make up the score: the mean over languages as printed, or those of the target's languages."""
    if scope.language is not None:
        return list(rows), ()
    means = [row for row in rows if row.language == "mean"]
    if means:
        return means, ()
    fitting = [row for row in rows if row.language in expected] if expected else list(rows)
    codes = sorted({row.language for row in fitting})
    if set(expected) <= set(codes):
        return fitting, ()
    return fitting, (f"mean over {len(codes)} of {len(expected)} languages ({' '.join(codes)})",)


def averaged(rows: Sequence[ScoreRow], notes: tuple[str, ...], shares: Mapping[str, bool]) -> Quantity:
    """Mean over metrics and languages, seed by seed.

    Args:
        rows: the cells.
        notes: remarks on the cells for the reader.
        shares: metric → True if it is a share of items.
    """
    cells: dict[tuple[str, str], dict[Seed, list[ScoreRow]]] = {}
    for row in rows:
        cells.setdefault((row.language, row.metric), {}).setdefault(row.seed, []).append(row)
    if any(len(same) > 1 for seeds in cells.values() for same in seeds.values()):
        notes = (*notes, "cells that several files report are averaged")
    values = [
        Quantity({seed: sum(r.score for r in same) / len(same) for seed, same in seeds.items()},
                 max(r.rounding for same in seeds.values() for r in same),
                 error=together([_error(r, shares) for same in seeds.values() for r in same]))
        for seeds in cells.values()
    ]  # fmt: skip
    return replace(folded("mean", values), rows=tuple(rows), notes=notes)


def _error(row: ScoreRow, shares: Mapping[str, bool]) -> Error:
    """The error of a cell: the spread that is printed with it, and the error that its number of items implies."""
    stated = row.spread.error(row.score, row.rounding) if row.spread else NONE_STATED
    items = by_items(row.score, row.n_items) if row.n_items and shares.get(row.metric) else None
    return stated if items is None else replace(stated, items=items)


FOLDS: dict[str, Callable[[Sequence[float]], float]] = {"mean": lambda xs: sum(xs) / len(xs), "max": max, "min": min}


def folded(how: str, values: Sequence[Quantity]) -> Quantity:
    """Mean, maximum or minimum, seed by seed; unknown where a value is."""
    rows = tuple(row for v in values for row in v.rows)
    missing = tuple(dict.fromkeys(m for v in values for m in v.missing))
    notes = tuple(dict.fromkeys(n for v in values for n in v.notes))
    known = [v for v in values if v.by_seed]
    if missing or not known or len(known) < len(values):
        return Quantity({}, 0.0, rows, missing, notes)
    seeds = _common_seeds([v.by_seed for v in known])
    rounding = sum(v.rounding for v in known) / len(known) if how == "mean" else max(v.rounding for v in known)
    pick = FOLDS[how]
    by_seed = {seed: pick([_at(v.by_seed, seed) for v in known]) for seed in seeds}
    errors = [v.error_of_mean() if seeds == [None] else v.error for v in known]
    return Quantity(by_seed, rounding, rows, (), notes, together(errors) if how == "mean" else largest(errors))


def _common_seeds(parts: Sequence[dict[Seed, float]]) -> list[Seed]:
    """Seeds that all parts have; [None] (each part's mean) where they have none in common, or one beside others."""
    common = reduce(lambda a, b: a & b, ({s for s in p if s is not None} for p in parts))
    if len(common) == 1 and any(len(part) > 1 for part in parts):
        return [None]
    ordered: list[Seed] = [*sorted(s for s in common if s is not None)]
    return ordered or [None]


def _at(by_seed: dict[Seed, float], seed: Seed) -> float:
    return by_seed[seed] if seed in by_seed else sum(by_seed.values()) / len(by_seed)


def subtract(left: Quantity, right: Quantity) -> Quantity:
    """Left minus right, seed by seed where they have seeds in common; else mean minus mean, as independent runs."""
    rows, notes = (*left.rows, *right.rows), tuple(dict.fromkeys((*left.notes, *right.notes)))
    missing = tuple(dict.fromkeys((*left.missing, *right.missing)))
    if missing or not (left.by_seed and right.by_seed):
        return Quantity({}, 0.0, rows, missing, notes)
    seeds = _common_seeds([left.by_seed, right.by_seed])
    by_seed = {seed: _at(left.by_seed, seed) - _at(right.by_seed, seed) for seed in seeds}
    errors = [side.error_of_mean() if seeds == [None] else side.error for side in (left, right)]
    return Quantity(by_seed, left.rounding + right.rounding, rows, (), notes, apart(*errors))


def divide(left: Quantity, right: Quantity) -> Quantity:
    """Left divided by right; unknown where one of them is not above zero, or either may be off by chance."""
    rows, notes = (*left.rows, *right.rows), tuple(dict.fromkeys((*left.notes, *right.notes)))
    missing = tuple(dict.fromkeys((*left.missing, *right.missing)))
    sides = [side.by_seed.get(None, 0.0) for side in (left, right)]
    if missing or min(sides) <= 0 or left.tested or right.tested:
        return Quantity({}, 0.0, rows, missing, notes)
    times = sides[0] / sides[1]
    return Quantity({None: times}, (left.rounding + times * right.rounding) / sides[1], rows, (), notes)
