"""Numbers of the text against the tables: the same number, one that only rounding reconciles, or another.

A number agrees where any entry of the columns it may speak of, or any difference of two of them,
gives it. It is accused only where the sentence names the row and the column, nothing gives the
number, and the number they give is so near that no other quantity can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from analysis.published.printed import RoundedNumber, mean
from analysis.tables.model import TableLine
from claims.audit import AuditFinding
from claims.library.model import Sentence
from claims.self_audit.averages import written
from claims.self_audit.spoken import NamedLines, StatedResult, named_lines, stated_results
from claims.self_audit.view import View, place

NEAR = Decimal("0.05")
"""Largest difference, as a share, between a stated number and the table's number that it is meant for."""
NEAR_DIGITS = 3
"""The same in units of the stated number's last digit; the larger of both counts."""
COARSEST = 4
"""Largest half width of a table's number, as a multiple of the stated one's, that can show the two to differ."""


@dataclass(slots=True)
class StatedNumbersCheck:
    """Result of checking the numbers of a text against tables.

    Attributes:
        agreeing: count of numbers that the named lines give. findings: findings on the others.
    """

    agreeing: int = 0
    findings: list[AuditFinding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that a table gives, and the way it is derived from the cells."""

    value: RoundedNumber
    how: str


def stated_numbers(sentences: Iterable[Sentence], views: Sequence[View]) -> StatedNumbersCheck:
    """The result of comparing all numbers of a text with all tables."""
    checked = StatedNumbersCheck()
    ambiguous: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found = stated_results(sentence.text)
        over = [(view, named_lines(view, sentence.text)) for view in views] if found else []
        for one in found:
            told, agrees = _judged(one, over)
            checked.agreeing += agrees
            if told is not None:
                code, gives = told
                checked.findings.append(AuditFinding(code, f"{place(sentence)}: “{sentence.text}” {gives}"))
            elif one.gain and (said := next(filter(None, (_baselines(one, *pair) for pair in over)), "")):
                ambiguous.setdefault(said, []).append(sentence)
    for said, where in ambiguous.items():
        places = "; ".join(f"{place(s)}: “{s.text}”" for s in where)
        checked.findings.append(AuditFinding("baseline-decides", f"{places} Which baseline is meant decides: {said}."))
    return checked


Over = Sequence[tuple[View, NamedLines]]
"""Tables with the lines of each that a sentence names."""


def _judged(one: StatedResult, over: Over) -> tuple[tuple[str, str] | None, bool]:
    """The code and text of the finding on a number, if any, and whether the lines it names give it."""
    anchored: list[tuple[View, Derived]] = []
    anywhere: list[RoundedNumber] = []
    for view, named in over:
        columns = _columns(one, view, named)
        anywhere += _anything(one, view, columns or [c.index for c in view.table.columns])
        if named.columns or (columns and named.average):
            anchored += [(view, derived) for derived in _given(one, view, named, columns)]
    agrees = any(derived.value.rounds_to(one.number) for _, derived in anchored)
    if agrees or any(value.rounds_to(one.number) for value in anywhere):
        return None, agrees
    anchored = [(view, derived) for view, derived in anchored if derived.value.half <= COARSEST * one.number.half]
    if not anchored or one.relative or not _is_sure(one, over):
        return None, False
    view, nearest = min(anchored, key=lambda pair: abs(pair[1].value.value - one.number.value))
    gives = f"{view.label} gives {written(nearest.value.value)} ({nearest.how}), not {one.number.value}"
    apart = abs(nearest.value.value - one.number.value)
    if apart < nearest.value.half + one.number.half:
        return ("number-within-rounding", f"{gives}; only rounding can reconcile them."), False
    if apart <= max(NEAR * one.number.value, NEAR_DIGITS * 2 * one.number.half):
        return ("number-differs", f"{gives}."), False
    return None, False


def _is_sure(one: StatedResult, over: Over) -> bool:
    """True if a number is no part of a label, and is the only one, or one gain for each of the columns named."""
    labels = {label for view, _ in over for line in (*view.table.rows, *view.table.columns) for label in line.labels}
    if any(re.search(rf"(?<![\d.]){re.escape(str(one.number.value))}(?![\d.])", label) for label in labels):
        return False
    return one.count == 1 or (one.gain and any(len(named.columns) == one.count for _, named in over))


def _columns(one: StatedResult, view: View, named: NamedLines) -> list[int]:
    """The columns a number may speak of: the one of its order where there are as many, all named, or the averages."""
    if len(named.columns) == one.count:
        return list(named.columns[one.order])
    return [c for columns in named.columns for c in columns] or sorted(view.averages)


def _anything(one: StatedResult, view: View, columns: Sequence[int]) -> Iterator[RoundedNumber]:
    """Every number that some columns give: entries, differences of two entries, and means of these over the columns."""
    by_row = {r.index: [view.cells[r.index, c] for c in columns if (r.index, c) in view.cells] for r in view.table.rows}
    for c in columns:
        column = [view.cells[r.index, c] for r in view.table.rows if (r.index, c) in view.cells]
        for cell in column:
            yield from (_size(part) for part in (*cell.parts, cell.mean))
        if one.gain:
            for top, base in permutations(column, 2):
                if len(top.parts) == len(base.parts) and not top.signed and not base.signed:
                    yield from (a - b for a, b in zip(top.parts, base.parts, strict=True))
                    yield top.mean - base.mean
    whole = {r: mean(cell.mean for cell in cells) for r, cells in by_row.items() if len(cells) == len(columns) > 1}
    yield from (_size(value) for value in whole.values())
    if one.gain:
        yield from (a - b for a, b in permutations(whole.values(), 2))


def _size(value: RoundedNumber) -> RoundedNumber:
    return RoundedNumber(abs(value.value), value.half)


def _given(one: StatedResult, view: View, named: NamedLines, columns: Sequence[int]) -> Iterator[Derived]:
    """The numbers that the lines a sentence names give."""
    for row in _subjects(view, named):
        for c in columns:
            cell = view.cells.get((row.index, c))
            if cell is None:
                continue
            where = f"{view.name_of(row)}, {view.name_of(view.table.columns[c])}"
            if cell.signed == one.gain:
                yield from (
                    Derived(_size(part), f"{where}: {part.value:+}" if one.gain else where) for part in cell.parts
                )
            elif one.gain:
                for base in _bases(view, named, row):
                    other = view.cells.get((base.index, c))
                    if other and not other.signed and len(other.parts) == len(cell.parts):
                        told = f"{where}: {cell.parts[0].value} against the {other.parts[0].value} of {base.own}"
                        yield Derived(cell.parts[0] - other.parts[0], told)


def _subjects(view: View, named: NamedLines) -> list[TableLine]:
    """The rows whose results a sentence speaks of: those named, else its authors'."""
    rows = [row for row in named.rows if row.kind != "human"]
    return rows or [row for row in view.result_rows if named.ours and "ours" in row.marks and row not in named.bases]


def _bases(view: View, named: NamedLines, row: TableLine) -> list[TableLine]:
    """Rows of the same block that a row may be compared with: those named, else all."""
    block = [
        r for r in view.result_rows if r.labels[:-1] == row.labels[:-1] and r.index != row.index and r.kind != "human"
    ]
    return [r for r in block if r in (*named.rows, *named.bases)] or block


def _baselines(one: StatedResult, view: View, named: NamedLines) -> str:
    """The gain over each baseline that a sentence may mean, in words, if only some give its number; "" otherwise."""
    columns = _columns(one, view, named)
    for subject in _subjects(view, named) if len(columns) == 1 else ():
        cell = view.cells.get((subject.index, columns[0]))
        others = [
            (base, view.cells.get((base.index, columns[0])))
            for base in named.either
            if base.labels[:-1] == subject.labels[:-1]
        ]
        if cell is None or any(other is None or len(other.parts) != len(cell.parts) for _, other in others):
            continue
        gains = [(base, other.parts[0], cell.parts[0] - other.parts[0]) for base, other in others if other]
        holds = [gain for gain in gains if gain[2].rounds_to(one.number)]
        fails = [gain for gain in gains if not gain[2].may_be(one.number)]
        if holds and fails:
            told = "; ".join(
                f"{written(gain.value)} against the {other.value} of {base.own}"
                for base, other, gain in (*holds, *fails)
            )
            return f"{view.label}, row {subject.own}, gives {told}"
    return ""
