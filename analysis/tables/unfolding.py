"""One header row that was made of two: "A dev", "A test", "B dev", "B test" are A and B, each with dev and test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.tables.blocks import Block
from analysis.tables.measures import measure_of

BESIDE = 3
"""Columns before the first group at most, labels among them."""

LEAST, WIDEST = 4, 48
"""Columns of a grid with other columns beside it at least, and of a header that is looked through for one at most."""

Words = tuple[str, ...]


def unfolded(block: Block) -> Block:
    """The block with the two header rows its one row was joined from; as it is where its labels are no full grid.

    Neighbouring columns form a group where their labels begin alike; every group must go on with the same labels in the
    same order. Words that all groups have in common before these belong to the inner row.
    """
    if len(block.header) != 1:
        return block
    labels = [tuple(label.split()) for label in block.header[0]]
    for start in range(min(BESIDE, len(labels)) + 1):
        found = _folded(labels[start:])
        if found:
            outer, inner = zip(*found, strict=True)
            return replace(block, header=((*[""] * start, *outer), (*block.header[0][:start], *inner)))
    parted = _partly(labels) if len(labels) <= WIDEST else None
    if parted is None:
        return block
    at, pairs = parted
    ends = slice(at, at + len(pairs))
    outer_row, inner_row = [""] * len(labels), list(block.header[0])
    outer_row[ends], inner_row[ends] = [outer for outer, _ in pairs], [inner for _, inner in pairs]
    return replace(block, header=(tuple(outer_row), tuple(inner_row)))


def _partly(labels: Sequence[Words]) -> tuple[int, list[tuple[str, str]]] | None:
    """Start of a grid of neighbouring columns, its outer and inner labels: the widest, other columns beside it.

    In a grid the labels end alike by groups, too: "A dev", "B dev", "A test", "B test". No column beside a grid
    begins as one of its groups does.
    """
    best: tuple[int, list[tuple[str, str]]] | None = None
    for at in range(len(labels)):
        for end in range(len(labels), at + LEAST - 1, -1):
            if best is not None and end - at <= len(best[1]):
                break
            run = labels[at:end]
            found = _any_grid(run) if all(run) else None
            beside = {label[:1] for label in (*labels[:at], *labels[end:])}
            if found and beside.isdisjoint(label[:1] for label in run):
                best = (at, found)
                break
    return best


def _any_grid(run: Sequence[Words]) -> list[tuple[str, str]] | None:
    """The outer and inner parts of a run of labels that is a grid from its front, or from its back."""
    sizes = [size for size in range(2, len(run) // 2 + 1) if len(run) % size == 0]
    for size in sizes:
        if found := _grid(run, size):
            return found
    turned = [label[::-1] for label in run]
    for size in sizes:
        if found := _grid(turned, size):
            return [(_turned(outer), _turned(inner)) for outer, inner in found]
    return None


def _turned(text: str) -> str:
    return " ".join(reversed(text.split()))


def _folded(labels: Sequence[Words]) -> list[tuple[str, str]] | None:
    """The outer and inner part of each label: of groups that are alike, or of one group in one measure."""
    for size in range(2, len(labels) // 2 + 1):
        if len(labels) % size == 0 and (found := _grid(labels, size)):
            return found
    shared = _common(labels) if len(labels) > 1 else ()
    measure = measure_of(" ".join(shared), (), {}) if shared else None
    inner = [" ".join(label[len(shared) :]) for label in labels]
    if measure is None or measure.direction is None or not all(inner) or len(set(inner)) < len(inner):
        return None
    return [(" ".join(shared), text) for text in inner]


def _grid(labels: Sequence[Words], size: int) -> list[tuple[str, str]] | None:
    """The outer and inner part of each label, for groups of a size; None where the groups do not go on alike."""
    groups = [labels[at : at + size] for at in range(0, len(labels), size)]
    outers = [_common(group) for group in groups]
    shared = _common([outer[::-1] for outer in outers])
    parts_bracket = any(word.count("(") != word.count(")") for word in shared)
    cut = [len(outer) - (0 if parts_bracket else len(shared)) for outer in outers]
    if not all(cut) or len({outer[:n] for outer, n in zip(outers, cut, strict=True)}) < len(groups):
        return None
    inners = [[label[n:] for label in group] for group, n in zip(groups, cut, strict=True)]
    if any(inner != inners[0] for inner in inners) or not all(inners[0]) or len(set(inners[0])) < size:
        return None
    return [(" ".join(label[:n]), " ".join(label[n:])) for group, n in zip(groups, cut, strict=True) for label in group]


def _common(labels: Sequence[Words]) -> Words:
    """The words with which all labels begin."""
    shortest = min(labels, key=len)
    differing = (i for i, word in enumerate(shortest) if any(label[i] != word for label in labels))
    return shortest[: next(differing, len(shortest))]
