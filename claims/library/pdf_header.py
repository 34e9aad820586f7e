"""The header of a printed table: which columns each of its texts stands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.library.pdf_page import Rule
from claims.library.pdf_rows import Chunk, Columns, PrintedRow, chunks

CENTRED = 0.75
"""How far a text's middle may lie from that of the columns below it, as a multiple of the size of letters."""

MOST_WORDS = 10
"""Words of a text over columns at most."""


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header.

    Attributes:
        rows: as printed. texts: of each row, the text over every column, "" where there is none.
        names: of each column, its lowest text. doubts: columns and texts that do not find each other.
    """

    rows: tuple[PrintedRow, ...]
    texts: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    doubts: tuple[str, ...]


def header_of(
    rows: Sequence[PrintedRow], columns: Columns, rules: Sequence[Rule], size: float, edges: tuple[float, float]
) -> Header:
    """The header that some rows above the numbers make; `edges` are the left and right ends of the table."""
    doubts: dict[str, None] = {}
    texts = [_over(row, columns, _Print(tuple(rules), size, edges), doubts) for row in rows]
    names = tuple(next((t[n] for t in reversed(texts) if t[n]), "") for n in range(len(columns)))
    nameless = [str(n + 1) for n, name in enumerate(names) if not name and n]
    if nameless:
        doubts[f"nothing stands over column{'s' * (len(nameless) > 1)} {', '.join(nameless)}"] = None
    return Header(tuple(rows), tuple(map(tuple, texts)), names, tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Print:
    rules: tuple[Rule, ...]
    size: float
    edges: tuple[float, float]


def _over(row: PrintedRow, columns: Columns, shown: _Print, doubts: dict[str, None]) -> list[str]:
    """The text of a row over every column."""
    found = [""] * len(columns)
    parts = _parted(chunks(row.words, shown.size), columns)
    for part, over in zip(parts, _columns_under(parts, columns, shown), strict=True):
        text = " ".join(word.text for word in part.words)
        if len(part.words) > MOST_WORDS:
            doubts[f"{text[:40]!r} is too long to stand over columns"] = None
        if not over:
            doubts[f"{text!r} stands over no column for sure"] = None
            over = [min(range(len(columns)), key=lambda c: abs(columns.middle(c) - part.middle))]
        for column in over:
            if found[column]:
                doubts[f"{found[column]!r} and {text!r} stand over one column"] = None
            found[column] = f"{found[column]} {text}".strip()
    return found


def _parted(parts: Sequence[Chunk], columns: Columns) -> list[Chunk]:
    """The parts of a row, those whose words stand over columns of their own taken apart."""
    found: list[Chunk] = []
    for part in parts:
        own = [columns.holding(word) for word in part.words]
        if len(part.words) > 1 and None not in own and len(set(own)) == len(own):
            found += [Chunk((word,)) for word in part.words]
        else:
            found.append(part)
    return found


def _columns_under(parts: Sequence[Chunk], columns: Columns, shown: _Print) -> list[list[int]]:
    """The columns that each text of a row stands over; none for one where that is not sure."""
    under = [columns.overlapped(part.left, part.right) for part in parts]
    data = [n for n, over in enumerate(under) if over != [0]]
    if len(data) >= len(columns) - 1:
        return [over if len(over) == 1 else [] for over in under]
    ruled = [_ruled(part, columns, shown) for part in parts]
    if all(ruled[n] for n in data):
        return [ruled[n] or under[n] for n in range(len(parts))]
    if len(data) == 1:
        part = parts[data[0]]
        ends = (shown.edges, (columns.spans[1][0], columns.spans[-1][1]), (columns.spans[0][0], columns.spans[-1][1]))
        centred = any(abs(sum(end) / 2 - part.middle) <= CENTRED * shown.size for end in ends)
        whole = list(range(1, len(columns))) if centred else []
        return [whole if n == data[0] else over for n, over in enumerate(under)]
    spread = _spread([parts[n] for n in data], columns, shown.size)
    return [ruled[n] or (spread[data.index(n)] if n in data else over) for n, over in enumerate(under)]


def _ruled(part: Chunk, columns: Columns, shown: _Print) -> list[int]:
    """The columns over a rule right below a text that is not of the table's whole width."""
    base, size = part.words[0].base, shown.size
    rules = [
        rule
        for rule in shown.rules
        if 0 < base - rule.height < size and rule.left - 2 <= part.left and part.right <= rule.right + 2
    ]
    if not rules:
        return []
    rule = max(rules, key=lambda r: r.height)
    under = [c for c in range(len(columns)) if rule.left - 2 <= columns.middle(c) <= rule.right + 2]
    return [] if under == list(range(len(columns))) or rule.left <= shown.edges[0] + 2 else under


def _spread(parts: Sequence[Chunk], columns: Columns, size: float) -> list[list[int]]:
    """All columns but the first, shared out among texts centred over theirs; nothing where that is not sure."""
    last = len(columns) - 1
    ways: list[list[list[int]]] = [[]]
    for n, part in enumerate(parts):
        longer = []
        for way in ways:
            start = way[-1][-1] + 1 if way else 1
            ends = [last] if n == len(parts) - 1 else range(start, last)
            for end in ends:
                middle = (columns.spans[start][0] + columns.spans[end][1]) / 2 if start <= end else float("inf")
                if abs(middle - part.middle) <= CENTRED * size:
                    longer.append([*way, list(range(start, end + 1))])
        ways = longer
    return ways[0] if len(ways) == 1 else [[] for _ in parts]
