"""The index of a table's names, made once for all its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from analysis.tables import Measure, Table, TableLine
from analysis.tables.kinds import TAKEN_INSIDE
from analysis.tables.measures import measure_of
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.captions import (
    caption_words,
    compounds_told,
    measured_words,
    things_told,
    told_words,
)
from claims.domains.table.languages import add_languages
from claims.domains.table.lines import Lines
from claims.domains.table.names import INITIALS, LONGEST_LABEL, NameIndex, Ref
from claims.domains.table.postings import MANY, Postings, is_plain_label
from claims.domains.table.spellings import (
    initials_of,
    is_abbreviation,
    lacks_a_part,
    names_by_parts,
    spellings,
    without_bracket,
)
from claims.domains.table.variant_names import variant_names
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import WITHOUT_BRACKET, Key, canonical, key_of, synonyms, telling
from claims.language.tokens import fold

MOST_PARTS = 400_000
"""Parts of labels a table may have; beyond it only whole labels are names."""
HEADER_PART = 0.5
"""What one word of a header of several counts."""
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
        _add_marked(index, axis, lines_along(table, axis))
        _add_variants(index, axis, lines_along(table, axis))
        add_languages(index, axis, lines_along(table, axis))
        _add_line_measures(index, axis, lines_along(table, axis))
    for axis, names in (("row", table.row_levels), ("column", table.column_levels)):
        _add_levels(index, axis, names)
    _add_measure(index, table)
    index.caption = caption_words(table)
    index.measured = measured_words(table, index.caption)
    index.compounds = compounds_told(table.caption)
    return index


def _labels(table: Table, axis: Axis) -> dict[tuple[int, str], list[int]]:
    """The indices of the lines of each label, by level; the label column itself is no line but a level."""
    heads = frozenset(key_of(name) for name in table.row_levels) if axis == "column" else frozenset()
    found: dict[tuple[int, str], list[int]] = {}
    for line in lines_along(table, axis):
        if line.kind in ("attribute", "index") and key_of(line.own) in heads:
            continue
        for level, label in enumerate(line.labels):
            if label:
                found.setdefault((level, label), []).append(line.index)
    return found


def _kept_by_word(index: NameIndex, axis: Axis, labels: dict[tuple[int, str], list[int]]) -> Labels:
    """Keeps the plain labels of many rows by their words; what is left has spellings of its own."""
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
    """Takes a label by all its spellings, and by their parts if asked; the count of parts.

    An abbreviation with a known long form, as "EM", stands for no other words with its initials.
    """
    spent = 0
    by_parts = parts and names_by_parts(label)
    index.forms.add(label, key_of(label))
    for spelling in spellings(label, index.lines.table.aliases):
        words = key_of(spelling)
        if not words:
            continue
        bare = spelling == without_bracket(label) != label
        index.add_whole(words, ref._replace(share=WITHOUT_BRACKET) if bare else ref)
        if is_abbreviation(spelling) and not synonyms().get(words):
            index.initials.setdefault(fold(spelling.rstrip("s")), []).append(ref)
            index.longest = max(index.longest, len(spelling))
        for short in initials_of(words):
            index.shortened.setdefault(short, []).append(ref._replace(share=INITIALS))
        shares = [ref._replace(share=round(size / len(words), 2)) for size in range(len(words))] if by_parts else []
        for part in _parts(words) if by_parts and not lacks_a_part(label) else ():
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


def _add_marked(index: NameIndex, axis: Axis, lines: Sequence[TableLine]) -> None:
    """Takes "our method", "the proposed model", "the baseline" for the lines the table marks so.

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
    """Takes what a line that adds or removes something is called after the line it refers to."""
    level = max(0, len(lines[0].labels) - 1) if lines else 0
    for words, line in variant_names(lines).items():
        index.add_whole(words, Ref("lines", axis, level, frozenset((line,))))


def _add_levels(index: NameIndex, axis: Axis, names: Sequence[str]) -> None:
    """Takes the headers of label columns as kinds of thing."""
    every = frozenset(range(len(lines_along(index.lines.table, axis))))
    for level, name in enumerate(names):
        index.forms.add(name, key_of(name))
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
    """Takes "accuracy" for the lines that measure it where no label is called so, as under "Top-1" and "Top-5"."""
    level = len(lines[0].labels) - 1 if lines else 0
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
    """Takes the caption's only measure by its names: it holds for the whole table."""
    if table.measure is None:
        return
    key, kind = key_of(table.measure.name), key_of(table.measure.name.partition("@")[0])
    for words in dict.fromkeys((key, *synonyms().get(key, ()), kind, *_head_of(table.measure))):
        for behind in ((), ("score",), ("value",)):
            whole = (*words, *behind)
            if not index.wholes_of(whole):
                index.add_whole(whole, Ref("caption"))
