"""Names of lines derived from other lines: "without LM" where LM is not ticked, "plain SAC" beside "SAC + X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from analysis.tables import Table, TableLine
from claims.domains.table.axes import Axis, lines_along
from claims.domains.table.names import INITIALS, NameIndex, Ref
from claims.domains.table.spellings import ENUMERATED, SETTING
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import WITHOUT_BRACKET, Key, key_of
from claims.language.tokens import fold, stem

FEW = 2
"""Lines that set one thing before its name is one of a kind of thing."""
JOINED = re.compile(r"\s*\+\s*")
MOST_JOINED = 3
"""Members of a combination that are named in any order."""


def add_derived(index: NameIndex, axis: Axis) -> None:
    """Adds names of lines by a part they lack, a number they set, parts they combine, or "plain" beside a variant."""
    lines, table = lines_along(index.lines.table, axis), index.lines.table
    _add_unticked(index, axis, lines, table)
    for level in range(len(lines[0].labels) if lines else 0):
        labels = {line.labels[level] for line in lines if line.labels[level]}
        _add_settings(index, axis, level, lines)
        _add_enumerated(index, axis, level, lines)
        _add_numbered(index, axis, level, table)
        for line in lines:
            label = line.labels[level]
            if not label:
                continue
            ref = Ref("lines", axis, level, frozenset(i.index for i in lines if i.labels[level] == label), INITIALS)
            if any(other != label and _begins_with(other, label) for other in labels):
                for name in _called(label, table):
                    _add_each(index, _alone(name), ref)
            for names in _combined(label, table):
                _add_each(index, names, ref)


def _add_each(index: NameIndex, names: Iterator[str], ref: Ref) -> None:
    for name in names:
        key = key_of(name)
        if key and not index.wholes_of(key):
            index.add_whole(key, ref)


def _add_unticked(index: NameIndex, axis: Axis, lines: Sequence[TableLine], table: Table) -> None:
    """Adds "without LM" for the rows that a column LM does not tick."""
    for level, header in enumerate(table.row_levels if axis == "row" else ()):
        without = frozenset(line.index for line in lines if not line.labels[level])
        if not header or not without or {line.labels[level] for line in lines} != {header, ""}:
            continue
        ref = Ref("lines", axis, level, without)
        for name in _called(header, table):
            for lead in word_lists().removing:
                key = key_of(f"{lead} {name}")
                if not index.wholes_of(key):
                    index.add_whole(key, ref)


def _called(label: str, table: Table) -> Iterator[str]:
    """A label and its expansion."""
    yield label
    long = table.aliases.get(fold(label), "")
    if long:
        yield long


def _begins_with(label: str, part: str) -> bool:
    """True if a label puts more to another: "SAC + REDQ" to "SAC"."""
    return JOINED.split(label)[0] == part and "+" in label


def _alone(name: str) -> Iterator[str]:
    words = word_lists()
    yield from (f"{lead} {name}" for lead in words.plain)
    yield from (f"{name} {end}" for end in words.alone)


def _combined(label: str, table: Table) -> Iterator[Iterator[str]]:
    """Names of a label such as "A+T" by its members, written out as the caption says."""
    members = JOINED.split(label)
    if not FEW <= len(members) <= MOST_JOINED or not all(members):
        return
    shorts = [table.aliases.get(fold(member), member) for member in members]
    for names in {tuple(shorts), tuple(members)}:
        yield _joined(names)


def _joined(members: Sequence[str]) -> Iterator[str]:
    for order in permutations(members):
        parts = {
            "plain": " ".join(order),
            "plus": " + ".join(order),
            "listed": f"{', '.join(order[:-1])} and {order[-1]}",
            "first": order[0],
            "rest": " and ".join(order[1:]),
        }
        yield from (form.format(**parts) for form in word_lists().joined)


def _add_settings(index: NameIndex, axis: Axis, level: int, lines: Sequence[TableLine]) -> None:
    """Adds k for the lines of "k = 1" and "k = 5": it is a kind of thing that is numbered."""
    name, ref = _numbered_alike(SETTING, axis, level, lines)
    if ref is not None:
        long = index.lines.table.aliases.get(fold(name), "")
        _add_kinds(index, _kinds(name, long), ref)


def _add_enumerated(index: NameIndex, axis: Axis, level: int, lines: Sequence[TableLine]) -> None:
    """Adds batch and batch size for the lines of "Batch 8" and "Batch 16"."""
    name, ref = _numbered_alike(ENUMERATED, axis, level, lines)
    if ref is not None:
        words, caption = word_lists(), fold(index.lines.table.caption)
        sizes = [f"{fold(name)} {size}" for size in words.sized]
        has_size = fold(name) in words.with_size or any(size in caption for size in sizes)
        _add_kinds(index, map(key_of, (name, *(sizes if has_size else ()))), ref)


def _numbered_alike(
    form: re.Pattern[str], axis: Axis, level: int, lines: Sequence[TableLine]
) -> tuple[str, Ref | None]:
    """The one name that several labels of a level number, and the lines that bear it."""
    found = [form.fullmatch(line.labels[level]) for line in lines]
    names = {match["name"].strip() for match in found if match is not None}
    members = frozenset(line.index for line, match in zip(lines, found, strict=True) if match is not None)
    if len(names) != 1 or len(members) < FEW:
        return "", None
    return names.pop(), Ref("level", axis, level, members)


def _add_kinds(index: NameIndex, names: Iterator[Key], ref: Ref) -> None:
    """Adds names of a kind of thing that numbers set, which are then no parts of the labels."""
    for words in names:
        if not index.wholes_of(words):
            index.add_whole(words, ref)
            parts = index.parts.get(words, [])
            index.parts[words] = [part for part in parts if (part.axis, part.level) != (ref.axis, ref.level)]


def _add_numbered(index: NameIndex, axis: Axis, level: int, table: Table) -> None:
    """Adds "layers" and "number of layers" for labels of numbers under a header that stands for them: L."""
    headers = table.row_levels if axis == "row" else table.column_levels
    header = headers[level] if level < len(headers) else ""
    lines = lines_along(table, axis)
    labels = [line.labels[level] for line in lines if line.kind != "aggregate"]
    if not header or len(labels) < FEW or not all(label.replace(".", "", 1).isdigit() for label in labels):
        return
    ref = Ref("level", axis, level, frozenset(line.index for line in lines))
    _add_kinds(index, _kinds(header, table.aliases.get(fold(header), "")), ref)
    ones = frozenset(line.index for line in lines if line.labels[level] == "1")
    for words in _kinds(header, table.aliases.get(fold(header), "")) if ones else ():
        index.add_whole(("single", *words), Ref("lines", axis, level, ones, WITHOUT_BRACKET))


def _kinds(name: str, long: str) -> Iterator[Key]:
    """Names of a thing that a number sets: k, the value of k, the number of examples, examples per class."""
    for said in filter(None, (name, long)):
        key = key_of(said)
        yield key
        yield from ((*lead, *key) for lead in map(key_of, word_lists().numbering))
    words = long.split(" per ")[0].split()
    if long and words and stem(words[-1]) != words[-1]:
        head = key_of(words[-1])
        yield head
        yield from ((*lead, *head) for lead in map(key_of, word_lists().numbering))
