"""One header row that was made of two: "A dev", "A test", "B dev", "B test" are A and B, each with dev and test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.tables.blocks import Block
from analysis.tables.lexicon import ARROWS
from analysis.tables.measures import measure_of
from analysis.tables.shapes import is_number, is_text, share

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


METRIC = frozenset({"metric", "metrics", "measure", "metric name", "metric_name"})
VALUE = frozenset({"value", "score", "result", "metric value", "metric_value"})
SPREAD = frozenset({"stderr", "std", "std err", "standard error", "stddev", "std. err.", "se"})
ASIDE = frozenset({"version", "n-shot", "num_fewshot", "±", ""})
"""Columns that say nothing of a score's place when each task has one value of them."""
NO_FILTER = frozenset({"none", ""})


def turned(block: Block) -> Block | None:
    """A block of one row per task and metric as a block of tasks by metrics; None where it is no such block.

    A standard error beside a value stands behind it after ±. A block in which one task has two
    values of one metric is left as it is.
    """
    header = [text.casefold() for text in block.header[-1]]
    metric, value = _only(header, METRIC), _only(header, VALUE)
    if metric is None or value is None or metric >= value or not _fits(block, metric, value):
        return None
    spread = _only(header, SPREAD)
    behind = [j for j in range(value + 1, len(header)) if header[j] not in SPREAD | ASIDE]
    if any(row[j] for row in block.body for j in behind):
        return None
    rows = _filled(block.body, metric)
    keys = [j for j in range(metric) if header[j] != "filter" and not _is_aside(rows, header, j)]
    sifted = header.index("filter") if "filter" in header[:metric] else None
    columns: dict[str, int] = {}
    lines: dict[tuple[str, ...], dict[int, str]] = {}
    for row in rows:
        if not row[value]:
            continue
        name = _metric(row, metric, value, sifted)
        cell = f"{row[value]} ± {row[spread]}" if spread is not None and is_number(row[spread]) else row[value]
        line = lines.setdefault(tuple(row[j] for j in keys), {})
        column = columns.setdefault(name, len(columns))
        if column in line:
            return None
        line[column] = cell
    head = (*(block.header[-1][j] for j in keys), *columns)
    body = tuple((*key, *(line.get(j, "") for j in range(len(columns)))) for key, line in lines.items())
    return Block((head,), body, block.first)


def _only(header: Sequence[str], names: frozenset[str]) -> int | None:
    found = [j for j, text in enumerate(header) if text in names]
    return found[0] if len(found) == 1 else None


def _fits(block: Block, metric: int, value: int) -> bool:
    between = range(metric + 1, value)
    return (
        metric > 0
        and len(block.header) == 1
        and share(is_text(row[metric]) for row in block.body) > 0.5
        and share(is_number(row[value]) for row in block.body) > 0.5
        and all(not row[j] or row[j] in ARROWS for row in block.body for j in between)
    )


def _filled(body: Sequence[Sequence[str]], metric: int) -> list[list[str]]:
    """The rows with blank cells before the metric repeated from above, and bullets of subtasks taken off."""
    found: list[list[str]] = []
    for row in body:
        line = list(row)
        if not line[0] and found:
            line[:metric] = [own or above for own, above in zip(line[:metric], found[-1][:metric], strict=True)]
        line[0] = line[0].lstrip("- ").strip()
        found.append(line)
    return found


def _is_aside(rows: Sequence[Sequence[str]], header: Sequence[str], j: int) -> bool:
    """True if a column is a version or the like, with one value for each task."""
    if j == 0 or header[j] not in ASIDE:
        return False
    seen: dict[str, str] = {}
    return all(seen.setdefault(row[0], row[j]) == row[j] for row in rows)


def _metric(row: Sequence[str], metric: int, value: int, sifted: int | None) -> str:
    arrow = next((row[j] for j in range(metric + 1, value) if row[j] in ARROWS), "")
    chosen = row[sifted] if sifted is not None and row[sifted].casefold() not in NO_FILTER else ""
    return " ".join(filter(None, (row[metric], f"({chosen})" if chosen else "", arrow)))
