"""Pairs the lines of one side of a comparison with those of the other."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables import TableLine
from claims.domains.table.axes import Axis, lines_along
from claims.domains.table.lines import Lines
from claims.domains.table.words import key_of

MOST_CROSSED = 64
"""Pairs that are made where each line of a side is compared with the one line of the other."""


def paired(
    lines: Lines,
    axis: Axis,
    a: Sequence[int],
    b: Sequence[int],
    of_a: frozenset[str],
    of_b: frozenset[str],
    *,
    families: bool = False,
) -> list[tuple[int, int]] | None:
    """Lines of both sides that belong together: those alike but for the names that set the sides apart.

    Args:
        lines: of the table.
        axis: that both sides lie on.
        a: indices of the lines of one side.
        b: indices of those of the other.
        of_a: words of the names that chose the lines of one side.
        of_b: words of those that chose the others.
        families: True if both sides are plural: "ViT models outperform ResNet models", each of them each.

    Returns:
        Pairs of indices; None where nothing says what belongs together.
    """
    if len(a) == 1 and len(b) == 1:
        return [(a[0], b[0])]
    along = lines_along(lines.table, axis)
    ours, theirs = ({_residue(along[i], names): i for i in side} for side, names in ((a, of_a), (b, of_b)))
    if ours.keys() == theirs.keys() and len(ours) == len(a) and len(theirs) == len(b):
        return [(ours[key], theirs[key]) for key in ours]
    told = _alike_elsewhere(along, a, b)
    if told is not None:
        return told
    if (families or len(a) == 1 or len(b) == 1) and len(a) * len(b) <= MOST_CROSSED:
        return [(x, y) for x in a for y in b]
    return None


def _alike_elsewhere(along: Sequence[TableLine], a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]] | None:
    """Pairs of lines with the same labels at all levels but one, where each side has one label: a setting changed."""
    for level in range(len(along[0].labels)):
        ours, theirs = ({along[i].labels[level] for i in side} for side in (a, b))
        if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
            continue
        mine, others = ({_without(along[i], level): i for i in side} for side in (a, b))
        if mine.keys() == others.keys() and len(mine) == len(a) and len(others) == len(b):
            return [(mine[key], others[key]) for key in mine]
    return None


def _without(line: TableLine, level: int) -> tuple[str, ...]:
    return (*line.labels[:level], *line.labels[level + 1 :])


def measured_without(line: TableLine, names: frozenset[str]) -> str | None:
    """The measure of a line without the names that tell lines apart: "LDM time" and "PGCP time" are times."""
    if line.measure is None:
        return None
    return " ".join(word for word in key_of(line.measure.name) if word not in names)


def _residue(line: TableLine, names: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for label in line.labels for word in key_of(label) if word not in names)
