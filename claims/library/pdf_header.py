"""The header of a printed table: which columns each of its texts stands over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.library.pdf_lines import Chunk, PdfColumns, PrintedRow, chunks, worded
from claims.library.pdf_page import Bar, Rule

CENTRED = 0.75
"""Largest distance of a text's middle from that of the columns below it, as a multiple of the size of letters."""

EXACT, APART = 0.5, 1.5
"""The same for several texts that divide the columns, and the least lead of that division over the next best."""
FLUSH = 0.35
"""Largest distance between the ends of a text and of a column that it is set flush with."""
MOST_GROUPS = 6
"""Texts over groups of columns at most; the ways to share many out are too many to compare."""
MOST_WORDS = 10
"""Words of a text over columns at most."""


@dataclass(frozen=True, slots=True)
class PdfHeader:
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
    rows: Sequence[PrintedRow],
    columns: PdfColumns,
    rules: Sequence[Rule],
    bars: Sequence[Bar],
    size: float,
    edges: tuple[float, float],
) -> PdfHeader:
    """The header that some rows above the numbers make; `edges` are the left and right ends of the table."""
    doubts: dict[str, None] = {}
    doubts |= dict.fromkeys(_broken_names(rows, columns, size))
    texts: list[list[str]] = []
    for row in reversed(rows):
        texts.insert(0, _over(row, columns, _Print(tuple(rules), tuple(bars), size, edges), doubts))
        columns = columns.widened(row)
    names = tuple(next((t[n] for t in reversed(texts) if t[n]), "") for n in range(len(columns)))
    nameless = [str(n + 1) for n, name in enumerate(names) if not name and n]
    if nameless:
        doubts[f"nothing stands over column{'s' * (len(nameless) > 1)} {', '.join(nameless)}"] = None
    return PdfHeader(tuple(rows), tuple(map(tuple, texts)), names, tuple(doubts))


def _broken_names(rows: Sequence[PrintedRow], columns: PdfColumns, size: float) -> Iterator[str]:
    """Doubts about rows of fewer texts than a row above them has, which may be the ends of broken names."""
    most = 0
    for row in rows:
        over = [part for part in chunks(row.words, size) if columns.overlapped(part.left, part.right) != [0]]
        if over and len(over) < most:
            yield f"{over[0].text!r} may be a part of a name above it"
        most = max(most, len(over))


@dataclass(frozen=True, slots=True)
class _Print:
    rules: tuple[Rule, ...]
    bars: tuple[Bar, ...]
    size: float
    edges: tuple[float, float]


def _over(row: PrintedRow, columns: PdfColumns, shown: _Print, doubts: dict[str, None]) -> list[str]:
    """The text of a row over every column."""
    found = [""] * len(columns)
    parts = _parted(chunks(row.words, shown.size), columns)
    for part, over in zip(parts, _columns_under(parts, columns, shown), strict=True):
        text = worded(part.words)
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


def _parted(parts: Sequence[Chunk], columns: PdfColumns) -> list[Chunk]:
    """The parts of a row, those whose words stand over columns of their own taken apart."""
    found: list[Chunk] = []
    for part in parts:
        own = [columns.holding(word) for word in part.words]
        if len(part.words) > 1 and None not in own and len(set(own)) == len(own):
            found += [Chunk((word,)) for word in part.words]
        else:
            found.append(part)
    return found


def _columns_under(parts: Sequence[Chunk], columns: PdfColumns, shown: _Print) -> list[list[int]]:
    """The columns that each text of a row stands over; none for one where that is not sure."""
    under = [columns.overlapped(part.left, part.right) for part in parts]
    data = [n for n, over in enumerate(under) if over != [0]]
    if len(data) >= len(columns) - 1:
        return [over if len(over) == 1 else [] for over in under]
    ruled = [_boxed(part, columns, shown) or _ruled(part, columns, shown) for part in parts]
    if all(ruled[n] for n in data):
        return [ruled[n] or under[n] for n in range(len(parts))]
    if len(data) == 1:
        part = parts[data[0]]
        ends = (shown.edges, (columns.spans[1][0], columns.spans[-1][1]), (columns.spans[0][0], columns.spans[-1][1]))
        centred = any(abs(sum(end) / 2 - part.middle) <= CENTRED * shown.size for end in ends)
        whole = list(range(1, len(columns))) if centred else []
        return [whole if n == data[0] else over for n, over in enumerate(under)]
    sharing = [parts[n] for n in data]
    spread = _spread(sharing, columns, shown.size) if 0 < len(data) <= MOST_GROUPS else [[] for _ in data]
    return [ruled[n] or (spread[data.index(n)] if n in data else over) for n, over in enumerate(under)]


def _boxed(part: Chunk, columns: PdfColumns, shown: _Print) -> list[int]:
    """The columns below the cell that vertical rules on both sides of a text bound."""
    height = part.words[0].base + 0.3 * shown.size
    places = [bar.place for bar in shown.bars if bar.bottom - 1 < height < bar.top + 1]
    left = max((place for place in places if place < part.left + 1), default=None)
    right = min((place for place in places if place > part.right - 1), default=None)
    if left is None or right is None:
        return []
    return [c for c in range(len(columns)) if left < columns.middle(c) < right]


def _ruled(part: Chunk, columns: PdfColumns, shown: _Print) -> list[int]:
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


def _spread(parts: Sequence[Chunk], columns: PdfColumns, size: float) -> list[list[int]]:
    """All columns but the first, shared out among texts centred over theirs; nothing where that is not sure.

    Of all ways to share them out, the best must be nearly exact and the next one clearly off: columns of
    numbers are narrower than their cells, so that centres lie up to half a letter apart.
    """
    ways = sorted(
        (max(_off(part, group, columns) for part, group in zip(parts, way, strict=True)), way)
        for way in _ways(len(parts), 1, len(columns) - 1)
    )
    if _flush(parts, columns, size, side=0) or _flush(parts, columns, size, side=1):
        return [[] for _ in parts]
    sure = bool(ways) and ways[0][0] <= EXACT * size and (len(ways) == 1 or ways[1][0] >= ways[0][0] + APART * size)
    return ways[0][1] if sure else [[] for _ in parts]


def _flush(parts: Sequence[Chunk], columns: PdfColumns, size: float, *, side: int) -> bool:
    """True if all texts end, or begin, where a column does, so that they may be set flush and not centred."""
    ends = [span[side] for span in columns.spans]
    return all(any(abs(end - (part.left, part.right)[side]) <= FLUSH * size for end in ends) for part in parts)


def _ways(count: int, first: int, last: int) -> Iterator[list[list[int]]]:
    """All ways to part columns that follow one another into groups."""
    if count == 1:
        yield [list(range(first, last + 1))]
        return
    for end in range(first, last - count + 2):
        for rest in _ways(count - 1, end + 1, last):
            yield [list(range(first, end + 1)), *rest]


def _off(part: Chunk, group: Sequence[int], columns: PdfColumns) -> float:
    """The distance of a text's middle from that of some columns, by their ends or their names, the smaller of both."""
    first, last = group[0], group[-1]
    middles = [(columns.spans[first][0] + columns.spans[last][1]) / 2]
    if first in columns.named and last in columns.named:
        middles.append((columns.named[first] + columns.named[last]) / 2)
    return min(abs(middle - part.middle) for middle in middles)
