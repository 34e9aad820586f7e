"""The index of a table's names, made once for all its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from analysis.registry.vocabulary import vocabulary
from analysis.tables import Measure, Table, TableLine
from analysis.tables.kinds import ADDED, TAKEN_AWAY, TAKEN_INSIDE
from analysis.tables.measures import measure_of
from claims.domains.table.adjectives import adjectives_of
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.captions import caption_words, compounds_told, measured_words, things_told, told_words
from claims.domains.table.derived_names import add_derived
from claims.domains.table.lines import Lines
from claims.domains.table.names import INITIALS, LONGEST_LABEL, NameIndex, Ref
from claims.domains.table.other_quantities import (
    is_other_quantity,
    may_be_derived,
    names_what_is_compared,
    says_less,
)
from claims.domains.table.postings import MANY, Postings, is_plain_label
from claims.domains.table.spellings import (
    initials_of,
    is_abbreviation,
    lacks_a_part,
    names_by_parts,
    said_otherwise,
    spellings,
    without_bracket,
    without_spread,
)
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import WITHOUT_BRACKET, Key, canonical, key_of, synonyms, telling
from claims.language.tokens import fold

PAIR = re.compile(r"(?P<lead>(?:.*\s)?)(?P<one>[^\W\d_]+)\s*(?:->|[-–→⇒2]|\bto\b)\s*(?P<other>[^\W\d_]+)")
"""A direction of translation at the end of a label: "WMT'14 EN-DE"."""
JOINING = (" ", " to ", "→")
"""Signs and words between two languages in a sentence; a hyphen tells no name from another."""


def add_languages(index: NameIndex, axis: Axis, lines: Sequence[TableLine]) -> None:
    """Adds "German" for a line called "de", and "English to German" for one called "En-De".

    Only where several lines of a level are called so: a lone "IS" is no Icelandic.
    """
    codes = _languages()
    for level in range(len(lines[0].labels) if lines else 0):
        coded = [line for line in lines if fold(line.labels[level]) in codes]
        for line in coded if len(coded) > 1 else ():
            for name in codes[fold(line.labels[level])]:
                index.add_whole(key_of(name), Ref("lines", axis, level, frozenset((line.index,)), INITIALS))
        _add_pairs(index, axis, level, lines)


def _add_pairs(index: NameIndex, axis: Axis, level: int, lines: Sequence[TableLine]) -> None:
    """Adds directions of translation by both languages' names, in that order."""
    found = [(line, pair) for line in lines if (pair := _pair(line.labels[level])) is not None]
    led: dict[tuple[str, ...], set[int]] = {}
    for line, (lead, one, other) in found if len({line.labels[level] for line, _ in found}) > 1 else ():
        for name in _named(one, other):
            led.setdefault(key_of(name), set()).add(line.index)
            if lead:
                index.add_whole(key_of(f"{lead} {name}"), Ref("lines", axis, level, frozenset((line.index,)), INITIALS))
    for key, members in led.items():
        index.add_whole(key, Ref("lines", axis, level, frozenset(members), INITIALS))


def _pair(label: str) -> tuple[str, str, str] | None:
    """The words before a direction of translation in a label, and its two languages; None without a direction."""
    found, codes = PAIR.fullmatch(label.strip()), _languages()
    if found is None or fold(found["one"]) not in codes or fold(found["other"]) not in codes:
        return None
    return found["lead"].strip(), found["one"], found["other"]


def _named(one: str, other: str) -> Iterator[str]:
    codes = _languages()
    yield from (f"{a}{sign}{b}" for a in codes[fold(one)] for b in codes[fold(other)] for sign in JOINING)


@cache
def _languages() -> Mapping[str, tuple[str, ...]]:
    """Code or name of a language, lower case → its names and codes."""
    made: dict[str, tuple[str, ...]] = {}
    for entry in vocabulary()["language"].values():
        facts = (entry.facts.get("iso639_3", entry.id), *entry.facts.get("other_codes", ()))
        names = tuple(dict.fromkeys((entry.id, entry.name, *entry.aliases, *map(str, facts))))
        made.update(dict.fromkeys(map(fold, names), names))
    return made


LONGEST = 8
"""Words of a part at most; what is longer is prose."""


def variant_names(lines: Sequence[TableLine]) -> dict[Key, int]:
    """Names → the line: of a row "+ CRF" under "BERT", "BERT + CRF" and "BERT with CRF"; only those that name one line.

    Whether rows that add one thing after another add it to all before them is left open: each is called by what it
    adds to the system above, and the system is the one without it only where it is the only thing added.
    """
    found: dict[Key, set[int]] = {}
    added: dict[int, list[Key]] = {}
    alone = _alone(lines) if any(line.base is not None for line in lines) else {}
    for line in lines:
        part = _part(line)
        if line.base is None or not part:
            continue
        adds = line.kind == "addition"
        if adds:
            added.setdefault(line.base, []).append(part)
        lead, middle = (("adding", "to"), "adding") if adds else (("removing", "from"), "lacking")
        for base in _called(lines[line.base], alone):
            found.setdefault((lead[0], *part, lead[1], *base), set()).add(line.index)
            for between in _between(middle):
                found.setdefault((*base, *between, *part), set()).add(line.index)
    for index, parts in added.items():
        for base in _called(lines[index], alone) if len(parts) == 1 else ():
            for between in _between("lacking"):
                found.setdefault((*base, *between, *parts[0]), set()).add(index)
    labels = {key_of(line.own) for line in lines}
    return {key: next(iter(at)) for key, at in found.items() if len(at) == 1 and key not in labels}


@cache
def _between(how: str) -> tuple[Key, ...]:
    """Words between the name of a line and the part that a variant has more, or less."""
    lists = word_lists()
    return tuple(map(key_of, ("+", *lists.adding_names) if how == "adding" else lists.lacking_names))


def _part(line: TableLine) -> Key:
    """The words of the part that a line adds or takes away; empty where there is none, or it is long prose."""
    lead = {"addition": ADDED, "ablation": TAKEN_AWAY}.get(line.kind)
    found = lead.match(line.own) if lead is not None else None
    part = key_of(line.own[found.end() :]) if found is not None else ()
    return part if len(part) <= LONGEST else ()


def _alone(lines: Sequence[TableLine]) -> dict[str, int]:
    """Mark → the only system that has it."""
    marked: dict[str, list[int]] = {}
    for line in lines:
        for mark in line.marks if line.kind == "system" else ():
            marked.setdefault(mark, []).append(line.index)
    return {mark: at[0] for mark, at in marked.items() if len(at) == 1}


def _called(base: TableLine, alone: Mapping[str, int]) -> Iterator[Key]:
    """The names of the line that others are variants of, as printed, and as ours where no other line is."""
    printed = (base.own, without_bracket(base.own), base.own.partition(":")[0])
    for name in dict.fromkeys(filter(None, map(key_of, printed))):
        yield name
        yield from ((*name, kind) for kind in word_lists().variant_kinds)
    for mark, names in word_lists().marked.items():
        if alone.get(mark) == base.index:
            yield from map(key_of, names)


MOST_PARTS = 400_000
"""Parts of labels a table may have; beyond it only whole labels are names."""
HEADER_PART = 0.5
"""Share of a header of several words that a single word of it is given."""
Labels: TypeAlias = Iterable[tuple[tuple[int, str], list[int]]]
"""Labels by level, each with the indices of its lines."""


def index_of(table: Table) -> NameIndex:
    """The name index of a table."""
    index = NameIndex(Lines(table))
    index.forms.caption, index.things = told_words(table.caption), things_told(table.caption)
    budget = MOST_PARTS
    for axis in AXES:
        for (level, label), members in _kept_by_word(index, axis, _labels(table, axis)):
            ref = Ref("lines", axis, level, frozenset(members))
            budget -= _add_label(index, label, ref, parts=budget > 0)
        _add_told_apart(index, axis)
        _add_marked(index, axis, lines_along(table, axis))
        _add_variants(index, axis, lines_along(table, axis))
        add_languages(index, axis, lines_along(table, axis))
        add_derived(index, axis)
        _add_line_measures(index, axis, lines_along(table, axis))
    for axis, names in (("row", table.row_levels), ("column", table.column_levels)):
        _add_levels(index, axis, names)
    _add_measure(index, table)
    index.caption = caption_words(table)
    index.measured = measured_words(table, index.caption)
    index.compounds = compounds_told(table.caption)
    index.adjectives = adjectives_of(table)
    return index


def _labels(table: Table, axis: Axis) -> dict[tuple[int, str], list[int]]:
    """The indices of the lines of each label, by level; the label column itself is no line but a level."""
    found: dict[tuple[int, str], list[int]] = {}
    for line in lines_along(table, axis):
        if axis == "column" and line.kind in ("attribute", "index") and _is_label_column(table, line):
            continue
        for level, label in enumerate(line.labels):
            if label:
                found.setdefault((level, label), []).append(line.index)
    return found


def _is_label_column(table: Table, line: TableLine) -> bool:
    """True if a column holds labels: its header is that of the rows, or repeats the names of the header levels."""
    if key_of(line.own) in map(key_of, table.row_levels):
        return True
    corner = [(head, label) for head, label in zip(table.column_levels, line.labels, strict=False) if label]
    return bool(corner) and all(head == label for head, label in corner)


def _kept_by_word(index: NameIndex, axis: Axis, labels: dict[tuple[int, str], list[int]]) -> Labels:
    """Keeps the plain labels of many rows by their words; returns the rest, which has further spellings."""
    if axis != "row" or len(labels) < MANY:
        return labels.items()
    aliased = {fold(short) for short in index.lines.table.aliases}
    left, plain = [], []
    for (level, label), members in labels.items():
        lettered = label.rpartition(" ")[2] in word_lists().letters
        if is_plain_label(label) and label.lower() not in aliased and not lettered:
            plain.append((level, label, members))
        else:
            left.append(((level, label), members))
    postings = index.postings[axis] = Postings(canonical)
    postings.add(plain)
    index.longest = max(index.longest, postings.longest)
    return left


def _add_label(index: NameIndex, label: str, ref: Ref, *, parts: bool) -> int:
    """Adds a label by all its spellings and, with `parts`, by parts of these; returns the number of parts.

    An abbreviation with a known long form, as "EM", stands for no other words with its initials.
    """
    spent, label = 0, without_spread(label)
    by_parts = parts and names_by_parts(label)
    along = lines_along(index.lines.table, ref.axis)
    derived = is_other_quantity(label) and may_be_derived(along[i] for i in ref.lines)
    derived, full = derived and not names_what_is_compared(index.lines.table, ref.axis, label), key_of(label)
    index.forms.add(label, key_of(label))
    for words in filter(None, map(key_of, said_otherwise(label))):
        index.add_whole(words, ref)
    for spelling in spellings(label, index.lines.table.aliases):
        words = key_of(spelling)
        if not words:
            continue
        bare = spelling == without_bracket(label) != label
        if derived and bare and says_less(words, full):
            continue
        index.add_whole(words, ref._replace(share=WITHOUT_BRACKET) if bare else ref)
        if is_abbreviation(spelling) and not synonyms().get(words):
            index.initials.setdefault(fold(spelling.rstrip("s")), []).append(ref)
            index.longest = max(index.longest, len(spelling))
        for short in initials_of(words):
            index.shortened.setdefault(short, []).append(ref._replace(share=INITIALS))
        shares = [ref._replace(share=round(size / len(words), 2)) for size in range(len(words))] if by_parts else []
        for part in _parts(words) if by_parts and not lacks_a_part(label) else ():
            if not (derived and says_less(part, words)):
                index.add_part(part, shares[len(part)])
                spent += 1
    return spent


def _parts(words: Key) -> Iterator[Key]:
    """The stretches of a label, but the whole of it, that tell its line from others; none of a very long one."""
    size = len(words)
    if size > LONGEST_LABEL:
        return
    for start in range(size):
        for end in range(start + 1, size + 1):
            part = words[start:end]
            if len(part) < size and telling(part):
                yield part


def _add_told_apart(index: NameIndex, axis: Axis) -> None:
    """Adds "Dev #2" for the second line called "Dev", "row #3" for a row without a name, "row Dev" for that row."""
    for at, name in index.lines.told_apart[axis].items():
        level = len(lines_along(index.lines.table, axis)[at].labels) - 1
        index.add_whole(key_of(name), Ref("lines", axis, level, frozenset((at,))))


def _add_marked(index: NameIndex, axis: Axis, lines: Sequence[TableLine]) -> None:
    """Adds "our method", "the proposed model", "the baseline" for the lines the table marks so.

    A line such as "Ours w/o attention" is no method of its own beside "Ours".
    """
    for mark, names in word_lists().marked.items():
        marks = {mark, "proposed"} if mark == "ours" else {mark}
        marked = [line for line in lines if marks.intersection(line.marks)]
        every = {line.index for line in marked}
        members = frozenset(line.index for line in marked if not (line.base in every and TAKEN_INSIDE.match(line.own)))
        if members:
            ref = Ref("lines", axis, max(0, len(lines[0].labels) - 1), members)
            for name in names:
                index.add_whole(key_of(name), ref)


def _add_variants(index: NameIndex, axis: Axis, lines: Sequence[TableLine]) -> None:
    """Adds names of lines that add or remove a part, by that part and the name of their base."""
    level = max(0, len(lines[0].labels) - 1) if lines else 0
    for line in lines:
        part = _part(line) if line.kind == "ablation" and line.base is not None else ()
        if part:
            index.removed.setdefault(part, []).append(Ref("lines", axis, level, frozenset((line.index,))))
    for words, at in variant_names(lines).items():
        index.add_whole(words, Ref("lines", axis, level, frozenset((at,))))


def _add_levels(index: NameIndex, axis: Axis, names: Sequence[str]) -> None:
    """Adds the headers of label columns as kinds of thing, but those of ticks: "Pretrained" is no kind of model."""
    lines = lines_along(index.lines.table, axis)
    every = frozenset(range(len(lines)))
    for level, name in enumerate(names):
        index.forms.add(name, key_of(name))
        named = (line for line in lines if name and line.labels[level] == name)
        if any(axis == "row" or not _is_label_column(index.lines.table, line) for line in named):
            continue
        ref = Ref("level", axis, level, every)
        long = index.lines.table.aliases.get(fold(name), "")
        for words in dict.fromkeys(key_of(spelling) for spelling in (name, name.split("(")[0], long)):
            if not words:
                continue
            index.add_whole(words, ref)
            for word in words if len(words) > 1 else ():
                if telling((word,)):
                    index.add_part((word,), ref._replace(share=HEADER_PART))


def _add_line_measures(index: NameIndex, axis: Axis, lines: Sequence[TableLine]) -> None:
    """Adds "accuracy" for the lines that measure it where no label is called so, as under "Top-1" and "Top-5"."""
    level = len(lines[0].labels) - 1 if lines else 0
    lines = [line for line in lines if not (may_be_derived((line,)) and is_other_quantity(line.own))]
    for name in dict.fromkeys(line.measure.name for line in lines if line.measure is not None):
        key = key_of(name)
        if key and telling(key) and not index.refs(key):
            members = frozenset(line.index for line in lines if line.measure is not None and line.measure.name == name)
            index.add_whole(key, Ref("lines", axis, level, members, INITIALS))


def _head_of(measure: Measure) -> Iterator[Key]:
    """The measure of which a measure is one kind: F1 of "micro F1"."""
    words = measure.name.split()
    for start in range(1, len(words)):
        head = measure_of(" ".join(words[start:]), (), {})
        if head is not None and head.direction == measure.direction:
            yield key_of(head.name)


def _add_measure(index: NameIndex, table: Table) -> None:
    """Adds the names of the caption's only measure, which holds for the whole table."""
    if table.measure is None:
        return
    key, kind = key_of(table.measure.name), key_of(table.measure.name.partition("@")[0])
    for words in dict.fromkeys((key, *synonyms().get(key, ()), kind, *_head_of(table.measure))):
        for behind in ((), ("score",), ("value",)):
            whole = (*words, *behind)
            if not index.wholes_of(whole):
                index.add_whole(whole, Ref("caption"))
