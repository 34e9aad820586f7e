"""Long tables as evaluation tools write them: one row per task and metric, turned to tasks by metrics."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables.blocks import Block
from analysis.tables.lexicon import ARROWS
from analysis.tables.shapes import is_number, is_text, share

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
