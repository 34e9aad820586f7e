"""Claims tables of printed text, as extracted from a PDF's table.

Two shapes occur. In *aligned* text the columns keep their places, parted by runs of blanks. In
*stacked* text they follow one another: the claim over several lines, then its mark and confidence,
on one line or several. Column names stand on one line or several, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from claims.readers.blocks import TableBlock, TableRow
from claims.readers.columns import BESIDE, NAMES, folded, rank, same_name
from claims.readers.decoration import Values, line_end, whole_line
from claims.readers.options import ROLES, ReadOptions
from claims.readers.sections import heading_at, known_section
from claims.readers.stacking import Event, stack


@dataclass(frozen=True, slots=True)
class TextRow:
    """A line of a table.

    Attributes:
        text: its part of the claim; empty on a line of values only.
        values: the marks and confidences it carries.
        line: its line in the file.
        apart: True if a blank line stands before it.
    """

    text: str
    values: Values = field(default_factory=dict)
    line: int = 0
    apart: bool = False


Group = Sequence[TextRow]


def group_lines(lines: Sequence[TextRow]) -> list[Group]:
    """The rows of a table, each with exactly one line of values; lines beyond the last row are left out."""
    carrying = [i for i, line in enumerate(lines) if line.values]
    if not carrying:
        return []
    apart = _by_blank_lines(lines)
    if apart:
        return apart
    ways = [way for way in (_top(lines, carrying), _bottom(lines, carrying), _middle(lines, carrying)) if way]
    return max(ways, key=_sentences) if ways else _bottom(lines, carrying)


def _by_blank_lines(lines: Sequence[TextRow]) -> list[Group]:
    """Rows as the blank lines part them; none where a part has several lines of values or none."""
    starts = [0, *(i for i, line in enumerate(lines) if line.apart and i)]
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    while parts and not any(line.values for line in parts[-1]):
        parts.pop()
    fits = all(sum(bool(line.values) for line in part) == 1 for part in parts)
    return list(parts) if fits and all(any(line.text for line in part) for part in parts) else []


def _top(lines: Sequence[TextRow], carrying: Sequence[int]) -> list[Group]:
    """Every row starts with its values; the last one ends at a blank line."""
    if carrying[0] != 0 or not all(lines[i].text for i in carrying):
        return []
    last = carrying[-1]
    end = next((i for i in range(last + 1, len(lines)) if lines[i].apart), len(lines))
    return [lines[a:b] for a, b in zip(carrying, [*carrying[1:], end], strict=True)]


def _bottom(lines: Sequence[TextRow], carrying: Sequence[int]) -> list[Group]:
    """Every row ends with its values."""
    starts = [0, *(i + 1 for i in carrying[:-1])]
    return [lines[a : b + 1] for a, b in zip(starts, carrying, strict=True)]


def _middle(lines: Sequence[TextRow], carrying: Sequence[int]) -> list[Group]:
    """Every row has as many lines above its values as below; that leaves no choice."""
    groups: list[Group] = []
    start = 0
    for i in carrying:
        end = i + (i - start) + 1
        if i < start or end > len(lines):
            return []
        groups.append(lines[start:end])
        start = end
    return groups


def _sentences(groups: Sequence[Group]) -> tuple[int, int]:
    """A score of rows that begin and end where sentences do, and the number of lines used, which decides ties."""
    score = 0
    for group in groups:
        text = " ".join(line.text for line in group if line.text)
        score += 1 if text[:1].isupper() or not text[:1].isalpha() else -2
        score += text[-1:] in ".!?"
    return score, sum(map(len, groups))


_CHUNK = re.compile(r"\S+(?: \S+)*")
_MOST_NAMES = 8
_OURS = frozenset(word for role in ROLES for word in (*NAMES[role], *BESIDE[role]))


@dataclass(frozen=True, slots=True)
class _Header:
    """Column names: `roles` in order, None for a column that does not matter; `places` of aligned ones."""

    names: tuple[str, ...]
    roles: tuple[str | None, ...]
    places: tuple[tuple[int, int], ...]
    end: int

    @property
    def values(self) -> list[str]:
        """The roles beside the claim, in order."""
        return [role for role in self.roles if role and role != "claim"]


def take_printed(lines: Sequence[str], options: ReadOptions) -> tuple[list[TableBlock], list[str]]:
    """The printed claims tables of a text, and its lines with those blanked."""
    tables: list[TableBlock] = []
    rest = list(lines)
    may_name = _may_name(options)
    barren: dict[frozenset[str | None], int] = {}  # roles → end of a stretch that holds no such rows
    at = 0
    while at < len(lines):
        header = _header_at(lines, at, options) if may_name.search(lines[at]) else None
        if header is None or at < barren.get(frozenset(header.roles), 0):
            at += 1
            continue
        end = next((i for i in range(header.end, len(lines)) if _ends(lines, i, header)), len(lines))
        rows, last = _rows(lines[:end], header)
        if rows:
            tables.append(TableBlock(header.names, tuple(rows)))
            rest[at:last] = [""] * (last - at)
        else:
            barren[frozenset(header.roles)] = end
        at = max(last, at + 1)
    return tables, rest


# ------------------------------------------------------------------------------------ names


def _may_name(options: ReadOptions) -> re.Pattern[str]:
    """A quick test that every line with the name of a claims column passes."""
    wanted = options.columns.get("claim")
    names = [re.escape(wanted.strip())] if wanted else [name[:-2] for name in NAMES["claim"]]
    return re.compile("|".join(names), re.IGNORECASE)


def _header_at(lines: Sequence[str], at: int, options: ReadOptions) -> _Header | None:
    """The column names that a line, or several lines, hold."""
    chunks = [(m.group(), m.span()) for m in _CHUNK.finditer(lines[at][:400].replace("\t", "  "))]
    if not chunks or len(chunks) > _MOST_NAMES:
        return None
    names = tuple(text for text, _ in chunks)
    roles = _roles(names, options)
    if _useful(roles):
        return _Header(names, roles, tuple(span for _, span in chunks), at + 1)
    if parted := _parted(lines[at].split(), options):
        return _Header(parted, _roles(parted, options), (), at + 1)
    return _names_below(lines, at, options)


def _roles(names: Sequence[str], options: ReadOptions) -> tuple[str | None, ...]:
    """The role of each name; a role goes to the name that bears it most surely."""
    roles: list[str | None] = [None] * len(names)
    for role in ROLES:
        wanted = options.columns.get(role)
        ranked = [
            (0 if wanted else rank(name, role) or 0, i)
            for i, name in enumerate(names)
            if not roles[i] and (same_name(name, wanted) if wanted else rank(name, role) is not None)
        ]
        if ranked:
            roles[min(ranked)[1]] = role
    return tuple(roles)


def _useful(roles: Sequence[str | None]) -> bool:
    return "claim" in roles and ("mark" in roles or "confidence" in roles)


def _parted(words: Sequence[str], options: ReadOptions) -> tuple[str, ...] | None:
    """The words of a line parted into column names, all of them ours: "Claim Verified Confidence"."""
    known = _OURS | {part for name in options.columns.values() for part in folded(name)}
    if not 2 <= len(words) <= _MOST_NAMES or not known.issuperset(folded(" ".join(words))):
        return None
    for cuts in range(1, 1 << (len(words) - 1)):
        line = words[0] + "".join(("\n" if cuts >> i & 1 else " ") + word for i, word in enumerate(words[1:]))
        names = tuple(line.split("\n"))
        roles = _roles(names, options)
        if None not in roles and _useful(roles):
            return names
    return None


def _names_below(lines: Sequence[str], at: int, options: ReadOptions) -> _Header | None:
    """Column names one below the other, as some extractors leave them."""
    names: list[str] = []
    end = at
    for i in range(at, min(len(lines), at + 3 * _MOST_NAMES)):
        name = lines[i].strip()
        if not name:
            continue
        if len(name.split()) > _MOST_NAMES or None in _roles([*names, name], options):
            break
        names.append(name)
        end = i + 1
    if len(names) < 2:
        return None
    roles = _roles(names, options)
    return _Header(tuple(names), roles, (), end) if _useful(roles) else None


# ------------------------------------------------------------------------------------ rows


def _rows(lines: Sequence[str], header: _Header) -> tuple[list[TableRow], int]:
    """The rows below the names, and the line they end on."""
    placed = [_by_place(line, header) for line in lines[header.end :]] if header.places else []
    if any(role in cells for cells in placed for role in header.values):
        table = list(_aligned(placed, header))
    else:
        table = list(_unplaced(lines, header))
        if any(line.values and not line.text for line in table):
            return _stacked(table, header)
    groups = group_lines(table)
    last = max((line.line for group in groups for line in group), default=header.end)
    return [_row(group, header) for group in groups], last


def _ends(lines: Sequence[str], at: int, header: _Header) -> bool:
    """True if a line ends the table: the heading of another section."""
    text = lines[at].strip()
    if not text[:1].isupper() and not text[:1].isdigit() and text[:1] != "#":
        return False
    heading = heading_at(lines, at)
    if heading is None or line_end(text, header.values)[1]:
        return False
    return known_section(text) or text.startswith("#") or _after_values(lines, at, header)


def _after_values(lines: Sequence[str], at: int, header: _Header) -> bool:
    """True if the text above a line ends a row, so that the line continues no claim."""
    above = next((i for i in range(at - 1, header.end - 1, -1) if lines[i].strip()), None)
    if above is None:
        return False
    return bool(whole_line(lines[above], header.values) or line_end(lines[above], header.values)[1])


def _by_place(line: str, header: _Header) -> dict[str, str]:
    """Role → the parts of a line that stand in its column; nothing of names that are repeated."""
    cells: dict[int, str] = {}
    for chunk in _CHUNK.finditer(line.replace("\t", "  ")):
        column = _column(chunk.span(), header.places)
        cells[column] = f"{cells[column]} {chunk.group()}" if column in cells else chunk.group()
    if tuple(cells.values()) == header.names:
        return {}
    return {role: cells[n] for n, role in enumerate(header.roles) if role and n in cells}


def _aligned(placed: Sequence[dict[str, str]], header: _Header) -> Iterator[TextRow]:
    """The lines of an aligned table; a value that slipped into the claim's column is taken out of it."""
    apart = False
    for n, cells in enumerate(placed, header.end + 1):
        told = {role: cells[role] for role in header.values if role in cells}
        missing = [role for role in header.values if role not in told]
        text, behind = _line(cells.get("claim", ""), missing)
        if text or told or behind:
            yield TextRow(text, {**told, **behind}, n, apart)
        apart = not cells


def _column(span: tuple[int, int], places: Sequence[tuple[int, int]]) -> int:
    """The column a part of a line belongs to: the first whose name it stands below.

    A part that stands below no name belongs to the column on its left, for texts grow to the right.
    """
    below = (n for n, place in enumerate(places) if span[0] <= place[1] and span[1] >= place[0])
    left = max((n for n, place in enumerate(places) if place[0] <= span[0]), default=0)
    return next(below, left)


def _unplaced(lines: Sequence[str], header: _Header) -> Iterator[TextRow]:
    """The lines of a table whose columns have lost their places."""
    apart = False
    for i in range(header.end, len(lines)):
        line = " ".join(lines[i].split())
        if line and line != " ".join(header.names):
            yield TextRow(*_line(line, header.values), i + 1, apart)
        apart = not line


def _line(line: str, roles: Sequence[str]) -> tuple[str, Values]:
    """A line as its text and its values, of which it may consist."""
    told = whole_line(line, roles)
    return ("", told) if told else line_end(line, roles)


def _stacked(lines: Sequence[TextRow], header: _Header) -> tuple[list[TableRow], int]:
    events: list[Event] = []
    for line in lines:
        if line.text:
            events.append(Event("claim", line.text, line.line))
        events += [Event(r, line.values[r], line.line) for r in header.values if r in line.values]
    stacks = stack(events, header.values)
    rows = [TableRow(_cells(header, texts, values), line) for texts, values, line, _ in stacks]
    return rows, max((end for *_, end in stacks), default=header.end)


def _row(group: Sequence[TextRow], header: _Header) -> TableRow:
    values: Values = next(line.values for line in group if line.values)
    first = next((line.line for line in group if line.text), group[0].line)
    return TableRow(_cells(header, [line.text for line in group if line.text], values), first)


def _cells(header: _Header, texts: Sequence[str], values: Values) -> tuple[str, ...]:
    told = {**values, "claim": "\n".join(texts)}
    return tuple(told.get(role or "", "") for role in header.roles)
