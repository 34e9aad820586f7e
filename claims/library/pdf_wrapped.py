"""Rows of several lines: which lines of a printed table are one row, and whether a line alone is a heading.

Lines are one row where full rules part the rows, or where they stand closer than lines of text can: cells
set in the middle of their row's height. All else is a row of its own; a line alone is a heading only if
it cannot be the rest of a cell above or below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from claims.library.pdf_lines import Chunk, PdfColumns, PrintedRow, chunks, is_number, worded
from claims.library.pdf_page import Rule, Word

CLOSEST = 0.85
"""Least distance of two lines of text, as a multiple of the size of letters."""
FITS = 0.5
"""Blank between two words in a cell at most, as a multiple of the size of letters."""
FARTHEST = 1.32
"""Distance of two lines of one cell at most, as a multiple of the size of letters."""
SPLIT = 0.8
"""Blank at the end of a line, as a multiple of the size of letters, that leaves room for no further letter."""
OPEN = re.compile(r".*[±/(\[]\s*$|.*\d\s*[+-]$")
CLOSES = re.compile(r"[±/(\[]")
DIGIT = re.compile(r"\d")


def joined_rows(
    rows: Sequence[PrintedRow], columns: PdfColumns | None, rules: Sequence[Rule], size: float
) -> tuple[list[PrintedRow], list[str]]:
    """The rows of a table, those of several lines joined, and doubts about them.

    Args:
        rows: its printed lines, from top to bottom.
        columns: as far as they are told by those lines.
        rules: of its whole width, within it, from top to bottom.
        size: of its letters.
    """
    groups = next(
        (
            groups
            for groups in (_between(rows, rules), _padded(rows, columns, rules, size))
            if 2 < len(groups) < len(rows) and all(_coherent(group, columns, size) for group in groups)
        ),
        _grouped(rows, lambda last, row: last.base - row.base >= CLOSEST * _letters(last, row)),
    )
    doubts = [
        f"{g[0].text[:40]!r} and the line below it run into each other"
        for g in groups
        if not _coherent(g, columns, size)
    ]
    doubts += _split_words(groups, columns, size)
    return [_joined(group, columns, size) for group in groups], doubts


def _grouped(rows: Sequence[PrintedRow], parts: Callable[[PrintedRow, PrintedRow], bool]) -> list[list[PrintedRow]]:
    """The lines in groups; `parts` tells whether a group ends between two lines."""
    groups = [[rows[0]]] if rows else []
    for last, row in pairwise(rows):
        if parts(last, row):
            groups.append([])
        groups[-1].append(row)
    return groups


def _letters(*rows: PrintedRow) -> float:
    return max(word.size for row in rows for word in row.words)


def _ruled(rules: Sequence[Rule], last: PrintedRow, row: PrintedRow) -> bool:
    return any(row.base < rule.height < last.base for rule in rules)


def _between(rows: Sequence[PrintedRow], rules: Sequence[Rule]) -> list[list[PrintedRow]]:
    """The lines between rules."""
    return _grouped(rows, lambda last, row: _ruled(rules, last, row))


def _padded(
    rows: Sequence[PrintedRow], columns: PdfColumns | None, rules: Sequence[Rule], size: float
) -> list[list[PrintedRow]]:
    """The lines between blanks wider than between lines of text, in a table that parts all its rows so."""
    if columns is None:
        return []
    apart = [last.base - row.base > FARTHEST * size for last, row in pairwise(rows)]
    dense = [columns.is_dense(last) and columns.is_dense(row) for last, row in pairwise(rows)]
    ruled = [_ruled(rules, last, row) for last, row in pairwise(rows)]
    shown = any(wide and both and not rule for wide, both, rule in zip(apart, dense, ruled, strict=True))
    if not shown or any(both and not wide for wide, both in zip(apart, dense, strict=True)):
        return []
    return _grouped(rows, lambda last, row: last.base - row.base > FARTHEST * size)


def _cells(group: Sequence[PrintedRow], columns: PdfColumns | None, size: float) -> list[list[list[Word]]]:
    """The cells of a row of several lines, each the words of its lines."""
    parts = sorted(
        ((n, part) for n, row in enumerate(group) for part in chunks(row.words, size)), key=lambda p: p[1].left
    )
    cells: list[tuple[int | None, float, list[tuple[int, Chunk]]]] = []
    for n, part in parts:
        over = columns.overlapped(part.left, part.right) if columns else []
        column = over[0] if len(over) == 1 else None
        last = cells[-1] if cells else None
        if last and (part.left < last[1] or (column is not None and column == last[0])):
            last[2].append((n, part))
            cells[-1] = (last[0] if last[0] is not None else column, max(last[1], part.right), last[2])
        else:
            cells.append((column, part.right, [(n, part)]))
    return [
        [[word for m, part in cell if m == n for word in part.words] for n in range(len(group))] for _, _, cell in cells
    ]


def _coherent(group: Sequence[PrintedRow], columns: PdfColumns | None, size: float) -> bool:
    """True if lines may be one row: no cell holds a number of its own in two of them."""
    if len(group) == 1:
        return True
    for cell in _cells(group, columns, size):
        lines = [worded(line) for line in cell if line]
        for upper, lower in pairwise(lines):
            numbers = DIGIT.search(upper) and is_number(lower)
            if numbers and not (OPEN.match(upper) or CLOSES.match(lower)) and not any(map(str.isalpha, upper)):
                return False
    return True


def _split_words(groups: Sequence[Sequence[PrintedRow]], columns: PdfColumns | None, size: float) -> Iterator[str]:
    """Doubts about words that may be parted in the middle, for want of room and without a hyphen."""
    for group in groups:
        for cell in _cells(group, columns, size) if len(group) > 1 else ():
            lines = [line for line in cell if line]
            widest = max(line[-1].right - line[0].left for line in lines)
            for upper, lower in pairwise(lines):
                alone = len(upper) == 1 and upper[0].text[-1].isalnum()
                full = widest - (upper[-1].right - upper[0].left) < SPLIT * size
                begins = lower[0].text
                if alone and full and (begins[0].islower() or begins[0].isdigit() or len(begins) < 3):
                    yield f"{upper[0].text!r} and {begins!r} may be one word"


def _joined(group: Sequence[PrintedRow], columns: PdfColumns | None, size: float) -> PrintedRow:
    if len(group) == 1:
        return group[0]
    return PrintedRow(tuple(word for cell in _cells(group, columns, size) for line in cell for word in line))


def heading_doubt(
    rows: Sequence[PrintedRow], at: int, columns: PdfColumns, rules: Sequence[Rule], size: float
) -> str | None:
    """A doubt about a row's only text as the heading of the rows below it; None where it is surely one.

    Args:
        rows: of the table.
        at: number of the row.
        columns: of the table.
        rules: of its whole width.
        size: of its letters.
    """
    row = rows[at]
    (part,) = chunks(row.words, size)
    over = columns.overlapped(part.left, part.right)
    above, below = (rows[n] if 0 <= n < len(rows) else None for n in (at - 1, at + 1))
    beside = [one for one in (above, below) if one is not None and not _ruled(rules, *_in_order(row, one))]
    labels = [label for one in rows if one is not row and (label := _label(one, columns, size))]
    wider = len(over) > 1 and over[0] == 0
    if not beside or not over or wider or (part.is_bold and not any(label.is_bold for label in labels)):
        return None
    named = all(_label(one, columns, size) for one in beside if columns.is_dense(one))
    if over == [0] and named and not _may_go_on(row, part, beside, labels, columns, size):
        return None
    return f"{part.text[:40]!r} may be a heading of rows or a part of a cell"


def _in_order(row: PrintedRow, other: PrintedRow) -> tuple[PrintedRow, PrintedRow]:
    return (row, other) if row.base > other.base else (other, row)


def _may_go_on(
    row: PrintedRow,
    part: Chunk,
    beside: Sequence[PrintedRow],
    labels: Sequence[Chunk],
    columns: PdfColumns,
    size: float,
) -> bool:
    """True if a label may be broken into two lines: they stand near, and its next word has no room on the first."""
    widest = max((label.right for label in labels), default=0.0)
    for one in beside:
        label = _label(one, columns, size)
        if label is None or abs(one.base - row.base) > FARTHEST * size:
            continue
        first, second = (label, part) if one.base > row.base else (part, label)
        if first.right + FITS * size + (second.words[0].right - second.words[0].left) > widest:
            return True
    return False


def _label(row: PrintedRow, columns: PdfColumns, size: float) -> Chunk | None:
    """The text of a row in the first column."""
    first = next(iter(chunks(row.words, size)), None)
    return first if first and columns.overlapped(first.left, first.right) == [0] else None
