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
from claims.self_audit.lists import place
from claims.self_audit.names import Named, core, named
from claims.self_audit.statements import SentenceNumber, statements
from claims.self_audit.view import View, has_stem, word_lists, words_of

NEAR = Decimal("0.05")
"""How far, as a share, a number may lie from another and still be meant for it."""
NEAR_DIGITS = 3
"""Or how many units of its last digit."""
COARSEST = 4
"""How much coarser than the number the digits of a table may be, that say it is another one."""
OVER = re.compile(
    r"\b(?:over|than|compared (?:to|with)|relative to|against|from)\s+(?:the\s+|our\s+)?(?P<what>[^,.;]{2,60})",
    re.IGNORECASE,
)
SETTLED = re.compile(
    r"\b(?:best|reported|published|previous|our|re-?implement\w*|leaderboard)\b|\(\s*\w+ et al", re.IGNORECASE
)
"""Words that say which of several baselines is meant."""


@dataclass(slots=True)
class StatedNumbersCheck:
    """Result of checking the numbers of a text against tables.

    Attributes:
        agreeing: numbers that the lines named give. findings: on the others.
    """

    agreeing: int = 0
    findings: list[AuditFinding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that a table gives, and how."""

    value: RoundedNumber
    how: str


def stated_numbers(sentences: Iterable[Sentence], views: Sequence[View]) -> StatedNumbersCheck:
    """All numbers of a text held against all tables."""
    checked = StatedNumbersCheck()
    ambiguous: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found = list(statements(sentence))
        if not found:
            continue
        names = [named(view, sentence.text) for view in views]
        for one in found:
            finding, agrees = _judged(one, views, names)
            checked.agreeing += agrees
            if finding:
                checked.findings.append(finding)
            elif one.gain and (said := _baselines(one, views, names)):
                ambiguous.setdefault(said, []).append(sentence)
    for said, where in ambiguous.items():
        places = "; ".join(f"{place(s)}: “{s.text}”" for s in where)
        checked.findings.append(AuditFinding("baseline-decides", f"{places} Which baseline is meant decides: {said}."))
    return checked


def _judged(one: SentenceNumber, views: Sequence[View], names: Sequence[Named]) -> tuple[AuditFinding | None, bool]:
    """The finding on a number, if any, and whether the lines it names give it."""
    anchored: list[tuple[View, Derived]] = []
    anywhere: list[RoundedNumber] = []
    for view, name in zip(views, names, strict=True):
        columns = _columns(one, view, name)
        anywhere += _anything(one, view, columns or [c.index for c in view.table.columns])
        if name.columns or (columns and has_stem(words_of(one.sentence.text), word_lists()["stated"]["average"])):
            anchored += [(view, derived) for derived in _given(one, view, name, columns)]
    agrees = any(derived.value.rounds_to(one.number) for _, derived in anchored)
    if agrees or any(value.rounds_to(one.number) for value in anywhere):
        return None, agrees
    anchored = [(view, derived) for view, derived in anchored if derived.value.half <= COARSEST * one.number.half]
    if not anchored or one.relative or not _is_sure(one, views, names):
        return None, False
    view, nearest = min(anchored, key=lambda pair: abs(pair[1].value.value - one.number.value))
    gives = f"{view.label} gives {written(nearest.value.value)} ({nearest.how})"
    said = f"{place(one.sentence)}: “{one.sentence.text}” {gives}"
    if abs(nearest.value.value - one.number.value) < nearest.value.half + one.number.half:
        return AuditFinding(
            "number-within-rounding", f"{said}, not {one.number.value}; only rounding can reconcile them."
        ), False
    apart = abs(nearest.value.value - one.number.value)
    if apart <= max(NEAR * one.number.value, NEAR_DIGITS * 2 * one.number.half):
        return AuditFinding("number-differs", f"{said}, not {one.number.value}."), False
    return None, False


def _is_sure(one: SentenceNumber, views: Sequence[View], names: Sequence[Named]) -> bool:
    """Whether a number is a value, not a name, and a sentence with several scores says which belongs where."""
    labels = {label for view in views for line in (*view.table.rows, *view.table.columns) for label in line.labels}
    if any(re.search(rf"(?<![\d.]){re.escape(str(one.number.value))}(?![\d.])", label) for label in labels):
        return False
    if one.count == 1:
        return True
    paired = any(len(_told_apart(name.columns, view)) == one.count for view, name in zip(views, names, strict=True))
    return one.gain and paired


def _columns(one: SentenceNumber, view: View, name: Named) -> list[int]:
    """The columns a number may speak of: the one of its order where there are as many, all named, or the averages."""
    named_columns = _told_apart(name.columns, view)
    if named_columns:
        return (
            named_columns[one.order]
            if len(named_columns) == one.count
            else [c for group in named_columns for c in group]
        )
    return sorted(view.averages)


def _told_apart(columns: Sequence[TableLine], view: View) -> list[list[int]]:
    """The columns named, those of one name together."""
    groups: dict[str, list[int]] = {}
    for column in columns:
        groups.setdefault(view.name_of(column), []).append(column.index)
    return list(groups.values())


def _anything(one: SentenceNumber, view: View, columns: Sequence[int]) -> Iterator[RoundedNumber]:
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


def _given(one: SentenceNumber, view: View, name: Named, columns: Sequence[int]) -> Iterator[Derived]:
    """The numbers that the lines a sentence names give."""
    subjects = _subjects(one, view, name)
    for row in subjects:
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
                for base in _bases(view, name, row):
                    other = view.cells.get((base.index, c))
                    if other and not other.signed and len(other.parts) == len(cell.parts):
                        told = f"{where}: {cell.parts[0].value} against the {other.parts[0].value} of {base.own}"
                        yield Derived(cell.parts[0] - other.parts[0], told)


def _subjects(one: SentenceNumber, view: View, name: Named) -> list[TableLine]:
    """The rows whose results a sentence speaks of: those named, else its authors'."""
    bases = {row.index for row in _loose(one, name)}
    rows = [row for row in name.rows if row.index not in bases and row.kind != "human"]
    if rows or not word_lists()["people"]["ours"] & set(words_of(one.sentence.text)):
        return rows
    return [row for row in view.result_rows if "ours" in row.marks and row.index not in bases]


def _bases(view: View, name: Named, row: TableLine) -> list[TableLine]:
    """Rows of the same block that a row may be compared with: those named, else all."""
    block = [
        r for r in view.result_rows if r.labels[:-1] == row.labels[:-1] and r.index != row.index and r.kind != "human"
    ]
    told = {r.index for r in (*name.rows, *(r for rows in name.loose.values() for r in rows))}
    return [r for r in block if r.index in told] or block


def _loose(one: SentenceNumber, name: Named) -> list[TableLine]:
    """The rows that the words behind "over", "than" and the like name."""
    what = OVER.search(one.sentence.text)
    if not what:
        return []
    return [row for short, rows in name.loose.items() if short in what["what"] for row in rows]


def _baselines(one: SentenceNumber, views: Sequence[View], names: Sequence[Named]) -> str:
    """What each of several baselines that a sentence may mean gives, where only some give its number."""
    what = OVER.search(one.sentence.text)
    if not what or SETTLED.search(what["what"]):
        return ""
    for view, name in zip(views, names, strict=True):
        for short, bases in name.loose.items():
            if short not in what["what"] or len(bases) < 2:
                continue
            for subject in _subjects(one, view, name):
                said = _each(one, view, subject, [b for b in bases if b.labels[:-1] == subject.labels[:-1]], name)
                if said:
                    return said
    return ""


def _each(one: SentenceNumber, view: View, subject: TableLine, bases: Sequence[TableLine], name: Named) -> str:
    columns = _columns(one, view, name)
    if len(bases) < 2 or len(columns) != 1 or core(subject.own) == core(bases[0].own):
        return ""
    cell = view.cells.get((subject.index, columns[0]))
    others = [(base, view.cells.get((base.index, columns[0]))) for base in bases]
    if cell is None or any(other is None or len(other.parts) != len(cell.parts) for _, other in others):
        return ""
    gains = [(base, other.parts[0], cell.parts[0] - other.parts[0]) for base, other in others if other]
    holds = [gain for gain in gains if gain[2].rounds_to(one.number)]
    fails = [gain for gain in gains if not gain[2].may_be(one.number)]
    if not holds or not fails:
        return ""
    told = "; ".join(
        f"{written(gain.value)} against the {other.value} of {base.own}" for base, other, gain in (*holds, *fails)
    )
    return f"{view.label}, row {subject.own}, gives {told}"
