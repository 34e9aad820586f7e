"""Finds the headers of a grid: one block of rows under each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.tables.lexicon import lexicon
from analysis.tables.shapes import is_filled, is_number, is_text, share

Rows = Sequence[Sequence[str]]
BRACKETED = re.compile(r"[(\[].*[)\]]")
FUSED = re.compile(r"(.*?)\s+([-−+]?\d*\.?\d+\s?%?)")
DEEPEST = 4
"""Header rows of a block at most."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one header.

    Attributes:
        header: header rows, outer to inner. body: the rows below, headings among them.
        first: the number of the first body row in the source's grid, from 1.
    """

    header: tuple[tuple[str, ...], ...]
    body: tuple[tuple[str, ...], ...]
    first: int


def blocks(rows: Rows, depth: int | None) -> list[Block]:
    """The blocks of a grid of plain texts at one width, in order; none of an empty grid."""
    if not rows:
        return []
    starts = [(0, depth or _depth(rows))]
    at = starts[0][1]
    while at < len(rows):
        if at > starts[-1][0] + starts[-1][1] and (deep := _header_at(rows, at, starts[-1])):
            starts.append((at, deep))
            at += deep
        else:
            at += 1
    ends = [start for start, _ in starts[1:]] + [len(rows)]
    return [
        Block(_joined(rows[s : s + d]), tuple(map(tuple, rows[s + d : end])), s + d + 1)
        for (s, d), end in zip(starts, ends, strict=True)
    ]


def _joined(header: Rows) -> tuple[tuple[str, ...], ...]:
    """Header rows, where one of bracketed texts alone ("(%)", "(mean±std)") ends the texts above it."""
    found: list[tuple[str, ...]] = []
    for row in header:
        if found and all(not text or BRACKETED.fullmatch(text) for text in row):
            pairs = zip(found[-1], row, strict=True)
            found[-1] = tuple(above if above == text else f"{above} {text}".strip() for above, text in pairs)
        else:
            found.append(tuple(row))
    return tuple(found)


def headed(rows: Rows) -> Rows:
    """The rows with an empty header where the first row is no header but values: a list of names and numbers."""
    if not rows or len(rows[0]) < 2 or not all(map(is_number, filter(None, rows[0][1:]))) or not any(rows[0][1:]):
        return rows
    words = lexicon()
    is_list = len(rows[0]) == 2 and len(rows) > 1 and is_text(rows[0][0]) and not words.is_level_name(rows[0][0])
    listed = (
        is_list
        and all(is_text(row[0]) or not row[0] for row in rows)
        and not words.kinds["attribute"] & {rows[0][0].casefold()}
    )
    measured = rows[0][0].strip(" :").casefold() in words.measures
    return [[""] * len(rows[0]), *rows] if listed or measured else rows


def heading(row: Sequence[str]) -> str | None:
    """The one text of a row that says nothing else (a heading over the rows below); None for other rows."""
    if len(row) > 1 and row[0] and row[1] and row[0] != row[1]:
        return None
    texts = {text for text in row if text}
    if len(row) < 2 or len(texts) != 1:
        return None
    text = next(iter(texts))
    filled = sum(bool(cell) for cell in row)
    alone = filled == 1 or filled >= max(3, len(row) // 2) or all(row)
    return text.strip("-–—= ") or None if is_text(text) and alone else None


def _depth(rows: Rows) -> int:
    """Counts the rows of the first header."""
    depth = 1
    while depth < min(DEEPEST, len(rows) - 1) and _goes_on(rows, depth):
        depth += 1
    return depth if any(any(map(is_number, row)) for row in rows[depth:]) else 1


def _goes_on(rows: Rows, at: int) -> bool:
    """True if a row continues the header above it."""
    row, above = rows[at], rows[at - 1]
    values, over = row[1:], above[1:]
    texts = {text for text in row if text}
    below = [text for later in rows[at + 1 : at + 6] for text in later[1:]]
    if texts and all(BRACKETED.fullmatch(text) and is_text(text) for text in texts):
        return any(map(is_number, below))
    if len(texts) < 2 or any(map(is_number, values)) or not any(map(is_number, below)):
        return any(map(is_number, below)) and _counts_on(row, above)
    merged = len(set(filter(None, over))) < len(over) or not all(over)
    named = not row[0] or row[0] == above[0] or lexicon().is_level_name(row[0])
    mostly = share(is_text(text) or text == "-" for text in values) >= 0.5
    measured = share(lexicon().is_known(text) for text in values if text) >= 0.5
    return mostly and ((merged and (named or measured)) or (not row[0] and not above[0] and bool(any(over))))


def _counts_on(row: Sequence[str], above: Sequence[str]) -> bool:
    """True if a row of whole numbers stands as names below merged cells ("1 | 2 | 3" below "layers")."""
    values = [text for text in row[1:] if text]
    merged = len(set(filter(None, above[1:]))) < len(above) - 1
    named = not row[0] or lexicon().is_level_name(row[0]) or row[0] == above[0]
    return (
        merged and named and len(values) > 2 and values == [str(int(values[0]) + i) for i in range(len(values))]
        if _whole(values)
        else False
    )


def _whole(values: Sequence[str]) -> bool:
    return bool(values) and all(text.isascii() and text.isdigit() and len(text) < 6 for text in values)


def _header_at(rows: Rows, at: int, last: tuple[int, int]) -> int:
    """Counts the rows of a header that begins in mid-table at a row; 0 where none begins."""
    inner = rows[last[0] + last[1] - 1]
    if is_number(rows[at][-1]) and (not inner[0] or rows[at][0].casefold() != inner[0].casefold()):
        return 0
    deep = 0
    while at + deep < len(rows) and deep < DEEPEST:
        row = rows[at + deep]
        if _repeats(row, inner):
            deep += 1
            if deep < DEEPEST and at + deep < len(rows) and _goes_on_below(rows[at + deep], row):
                continue
            break
        if not _over_header(row):
            break
        deep += 1
    else:
        return 0
    if deep and not _repeats(rows[at + deep - 1], inner) and not _names_columns(rows[at + deep - 1], inner):
        return 0
    return deep if at + deep < len(rows) and any(map(is_number, rows[at + deep][1:])) else 0


def _repeats(row: Sequence[str], inner: Sequence[str]) -> bool:
    """True if a row names its levels as the header does, and its columns by the same sort of text."""
    if not inner[0] or row[0].casefold() != inner[0].casefold():
        return False
    pairs = [(a, b) for a, b in zip(row[1:], inner[1:], strict=True) if a]
    if not pairs:
        return False
    numbers = any(is_number(a) for a, _ in pairs)
    return not numbers or all(is_number(b) for _, b in pairs if b)


def _goes_on_below(row: Sequence[str], above: Sequence[str]) -> bool:
    """True if a row names what stands below merged cells of a header in mid-table: "Model | On dev | On test"."""
    texts = [text for text in above[1:] if text]
    return row[0] == above[0] and len(set(texts)) < len(texts) and not any(map(is_number, row)) and all(row[1:])


def _over_header(row: Sequence[str]) -> bool:
    """True if a row could be an outer or only level of a second header: texts over at least half of the columns."""
    values = row[1:]
    if any(map(is_number, row)) or sum(map(is_filled, values)) * 2 < len(values):
        return False
    if not row[0]:
        return True
    known = share(lexicon().is_known(text) for text in values if text)
    return (
        lexicon().is_level_name(row[0])
        and len(set(values)) > 1
        and (known >= 0.5 or row[0] in {"Model", "System", "Method"})
    )


def _names_columns(row: Sequence[str], inner: Sequence[str]) -> bool:
    values = {text for text in row[1:] if text}
    return len(values) > 1 and (
        bool(row[0]) or share(lexicon().is_known(text) for text in values) >= 0.5 or not inner[0]
    )


def parted(rows: Rows) -> Rows:
    """The rows with the first row of numbers parted from the header it was written into.

    Converters of PDF and HTML sometimes run the header and the first row together ("wiki.el
    27.20%"); that is so where every column of numbers has such a header.
    """
    if len(rows) < 2 or not rows[0] or not FUSED.fullmatch(rows[0][-1]):
        return rows
    parts = [FUSED.fullmatch(text) for text in rows[0]]
    numeric = [j for j in range(len(rows[0])) if all(is_number(row[j]) for row in rows[1:])]
    fused = [part for j in numeric if (part := parts[j])]
    alike = len({part[1] for part in fused}) < 2 or not any("." in part[2] for part in fused)
    if len(numeric) < 2 or len(fused) < len(numeric) or alike:
        return rows
    named = [text for j, text in enumerate(rows[0]) if j not in numeric and text]
    if len(named) == 1 and lexicon().level_kind(named[0]) is not None:
        return rows  # "Model | AP 0.50 | AR 0.75"
    header = [part[1] if part and j in numeric else "" for j, part in enumerate(parts)]
    first = [part[2] if part and j in numeric else rows[0][j] for j, part in enumerate(parts)]
    labels = [j for j in range(len(first)) if j not in numeric]
    shared = first[labels[0]].split(" ")[0] if len(labels) > 1 else ""
    if shared and all(first[j].startswith(f"{shared} ") for j in labels):
        for j in labels:
            header[j], first[j] = shared, first[j].removeprefix(f"{shared} ")
    return [header, first, *rows[1:]]
