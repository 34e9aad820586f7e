"""Counts of the labels of one header level, where lines lie under two: "on both sets" of two sets by two metrics."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables import TableLine
from claims.domains.table.axes import Axis, lines_along
from claims.domains.table.lines import Lines
from claims.domains.table.phrase import Phrase


def counts_a_level(lines: Lines, axis: Axis, members: Sequence[int], phrase: Phrase) -> bool:
    """True if a phrase counts all labels of one level of lines that lie under every pair of two levels' labels.

    Args:
        lines: of the table.
        axis: of the lines.
        members: indices of the lines.
        phrase: "both sets", "all three metrics".
    """
    plain = phrase.quantifier == "all" and not (phrase.other or phrase.named or phrase.caption)
    along = [lines_along(lines.table, axis)[i] for i in members]
    if not plain or not are_crossed(along):
        return False
    sizes = [len({line.labels[level] for line in along}) for level in (0, 1)]
    return any(size == phrase.n and _lists(axis, level, along, phrase) for level, size in enumerate(sizes))


def counts_parts(lines: Lines, axis: Axis, members: Sequence[int], phrase: Phrase) -> bool:
    """True if a phrase counts some places or measures of lines that are one each of both: "on two sets"."""
    some = phrase.k is not None or phrase.quantifier in ("most", "all_but")
    return (
        some
        and set(phrase.nouns) in ({"place"}, {"measure"})
        and are_crossed([lines_along(lines.table, axis)[i] for i in members])
    )


def are_crossed(along: Sequence[TableLine]) -> bool:
    """True if lines lie under every pair of two levels' labels, each pair once: sets by metrics."""
    paths = [line.labels for line in along]
    if len(paths) < 2 or any(len(path) != 2 or not all(path) for path in paths):
        return False
    sizes = [len({path[level] for path in paths}) for level in (0, 1)]
    return sizes[0] * sizes[1] == len(paths) == len(set(paths)) and min(sizes) > 1


def _lists(axis: Axis, level: int, along: Sequence[TableLine], phrase: Phrase) -> bool:
    """True if a phrase counts the labels of a level: by its header, else as measures or as places by their noun."""
    if phrase.kinds:
        return phrase.kinds == ((axis, level),)
    told = {(line.labels[level], line.measure.name if line.measure is not None else "") for line in along}
    labels, measures = (len({pair[k] for pair in told}) for k in (0, 1))
    measured = labels == measures == len(told) and all(name for _, name in told)
    nouns = set(phrase.nouns)
    return (nouns == {"measure"} and measured) or (nouns == {"place"} and not measured)
