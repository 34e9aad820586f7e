"""The transfer matrix as the page's template is given it: squares with words, shades and what stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING

from analysis.wording import counted
from reports.matrix import APART, limit_of
from reports.printed import signed

if TYPE_CHECKING:
    from reports.matrix import GainCell, Target, TransferMatrix

SHADES = 4


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the table.

    Attributes:
        text: as printed, "+2.5". value: for a spreadsheet, "2.5000".
        shade: class of its colour: "up1" to "up4", "down1" to "down4", or "".
        sure: whether the interval excludes 0. interval: in words, or why there is none.
        made_of: targets, languages and seeds behind it. scores: one phrase a source.
    """

    text: str
    value: str
    shade: str
    sure: bool
    interval: str
    made_of: str
    scores: tuple[str, ...]

    @property
    def title(self) -> str:
        """Text that is shown when the pointer rests on the cell."""
        return "\n".join([self.interval, self.made_of, *self.scores])


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A run: its squares in the order of the targets (None: not measured), and their mean."""

    name: str
    squares: tuple[Square | None, ...]
    mean: Square
    lacking: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The table of one model.

    Attributes:
        number: from 1. groups: (heading, columns). foot: means over runs.
        behind: (run, target, square) of every cell. scales: what the shades mean, in words.
    """

    number: int
    model: str
    synthetic: bool
    level: int
    groups: tuple[tuple[str, int], ...]
    targets: tuple[Target, ...]
    rows: tuple[MatrixRow, ...]
    foot: tuple[Square, ...]
    behind: tuple[tuple[str, str, Square], ...]
    scales: str
    left_out: tuple[str, ...]
    provenance: str


def matrix_views(matrices: Sequence[TransferMatrix]) -> tuple[MatrixView, ...]:
    """The views of several models' matrices."""
    return tuple(_view(matrix, number) for number, matrix in enumerate(matrices, 1))


def _view(matrix: TransferMatrix, number: int) -> MatrixView:
    limits = {
        apart: limit_of(matrix.cells[run, t.id].gain for run, t in _there(matrix) if (t.group == APART) == apart)
        for apart in (False, True)
    }
    of = {t.id: limits[t.group == APART] for t in matrix.targets}
    rows = tuple(
        MatrixRow(
            run,
            tuple(_square(matrix.cells.get((run, t.id)), of[t.id], matrix.level) for t in matrix.targets),
            _known(matrix.run_means[run], limits[False], matrix.level),
            len(matrix.targets) - matrix.run_means[run].targets,
        )
        for run in matrix.runs
    )
    behind = [(run, t.name, _known(matrix.cells[run, t.id], of[t.id], matrix.level)) for run, t in _there(matrix)]
    return MatrixView(
        number,
        matrix.model,
        "synthetic" in matrix.provenance,
        round(100 * matrix.level),
        tuple((name, len(targets)) for name, targets in matrix.groups),
        matrix.targets,
        rows,
        tuple(_known(matrix.target_means[t.id], of[t.id], matrix.level) for t in matrix.targets),
        tuple(behind),
        _scales(matrix, limits),
        matrix.left_out,
        ", ".join(matrix.provenance),
    )


def _there(matrix: TransferMatrix) -> list[tuple[str, Target]]:
    return [(run, t) for run in matrix.runs for t in matrix.targets if (run, t.id) in matrix.cells]


def _scales(matrix: TransferMatrix, limits: dict[bool, float]) -> str:
    apart = any(t.group == APART for t in matrix.targets)
    text = f"shades reach to ±{limits[False]:g} points"
    return f"{text}, for {APART} to ±{limits[True]:g}" if apart else text


def _square(cell: GainCell | None, limit: float, level: float) -> Square | None:
    return None if cell is None else _known(cell, limit, level)


def _known(cell: GainCell, limit: float, level: float) -> Square:
    text = signed(cell.gain)
    steps = min(SHADES, ceil(SHADES * abs(cell.gain) / limit))
    shade = "" if text == "0.0" else f"{'up' if cell.gain > 0 else 'down'}{steps}"
    if isfinite(cell.low):
        interval = f"{100 * level:.0f} % interval {signed(cell.low)} to {signed(cell.high)}"
    else:
        interval = f"no interval: {cell.because}"
    parts = [counted(cell.targets, "target")] if cell.targets > 1 else []
    parts += [counted(n, noun) for n, noun in ((cell.languages, "language"), (cell.seeds, "seed")) if n]
    return Square(text, f"{cell.gain:.4f}", shade, bool(cell.sign), interval, ", ".join(parts), cell.scores)
