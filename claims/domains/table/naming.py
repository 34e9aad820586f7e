"""A name of the sentence → the lines it may stand for, each way as a phrase of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.domains.table.axes import Axis, lines_along
from claims.domains.table.names import NameIndex, Ref
from claims.domains.table.phrase import Constraint, Phrase
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import WITHOUT_BRACKET, Key, key_of, significant
from claims.language.chart import Edge
from claims.language.tokens import Token, fold, stem

CAPTION, LEVEL, PART = 0.4, 0.3, 0.8
"""Score of a name from the caption alone, of one for a kind of thing, and of one that is a part of a label."""


APART = ("aggregate", "human", "bound")
"""Kinds of line that may stand below a heading without belonging to it."""


def one_name(index: NameIndex, tokens: Sequence[Token], name: Edge) -> list[Phrase]:
    """The ways of a name, where parts of labels that lie on one axis and level name all those lines.

    Args:
        index: names of the table.
        tokens: of the sentence; empty where its words do not matter.
        name: an edge of the sentence.
    """
    ways = _as_one_name(ways_of(index, tokens, name))
    return _of_a_family(ways) if tokens and _is_plural_of_its_label(index, tokens, name) else ways


def ways_of(index: NameIndex, tokens: Sequence[Token], name: Edge) -> list[Phrase]:
    """Each referent of a name, as a phrase of its own."""
    words = tuple(word for word, _, _ in significant(tokens[name.start : name.end]))
    several = bool(tokens) and _ends_plural(tokens, name)
    return [
        replace(
            _named(ref, words), plural=several and ref.kind == "level" and heads_systems(index, ref.axis, ref.level)
        )
        for one in name.value
        for ref in (one, *_without_limits(index, one))
    ]


def _without_limits(index: NameIndex, ref: Ref) -> list[Ref]:
    """A heading without the averages, people and bounds below it, which need not belong to it; none where none are."""
    along = lines_along(index.lines.table, ref.axis) if ref.kind == "lines" else ()
    if ref.axis != "row" or not along or ref.level == len(along[0].labels) - 1:
        return []
    members = frozenset(i for i in ref.lines if along[i].kind not in APART)
    return [ref._replace(lines=members)] if 0 < len(members) < len(ref.lines) else []


def heads_systems(index: NameIndex, axis: Axis, level: int) -> bool:
    """True if the header of a label level is a word for systems."""
    table = index.lines.table
    levels = table.row_levels if axis == "row" else table.column_levels
    return not word_lists().system.isdisjoint(key_of(levels[level]))


def _ends_plural(tokens: Sequence[Token], name: Edge) -> bool:
    last = tokens[name.end - 1].folded
    return stem(last) != last


def _is_plural_of_its_label(index: NameIndex, tokens: Sequence[Token], name: Edge) -> bool:
    """True if a name is the plural of a printed label: "ViTs" are all lines with "ViT" in their names."""
    last = tokens[name.end - 1].folded
    return _ends_plural(tokens, name) and not any(last in fold(label) for label in index.labels_of(name))


def _of_a_family(ways: Sequence[Phrase]) -> list[Phrase]:
    """The ways of a plural: a line of exactly that name is not all of them where others have the name as a part."""
    parts = {(c.axis, c.level) for way in ways for c in way.constraints if not c.whole}
    return [w for w in ways if not any(c.whole and (c.axis, c.level) in parts for c in w.constraints)]


def _named(ref: Ref, words: Key) -> Phrase:
    if ref.kind == "caption":
        return Phrase(caption=True, heads=ref.share == 1, score=CAPTION)
    if ref.kind == "level":
        return Phrase(kinds=((ref.axis, ref.level),), score=LEVEL * ref.share)
    whole = ref.share >= WITHOUT_BRACKET
    score = ref.share if whole else PART * ref.share
    return Phrase(constraints=(Constraint(ref.axis, ref.level, ref.lines, whole, words),), score=score)


def _as_one_name(ways: Sequence[Phrase]) -> list[Phrase]:
    """The ways of one name: parts of labels that lie on one axis and level are one name of all those lines."""
    kept = [w for w in ways if not w.constraints or w.constraints[0].whole]
    parts = [w for w in ways if w.constraints and not w.constraints[0].whole]
    for axis, level in dict.fromkeys((w.constraints[0].axis, w.constraints[0].level) for w in parts):
        here = [w for w in parts if (w.constraints[0].axis, w.constraints[0].level) == (axis, level)]
        wholes = [c.lines for w in kept for c in w.constraints if (c.axis, c.level) == (axis, level)]
        lines = frozenset().union(*(w.constraints[0].lines for w in here), *wholes)
        one = Constraint(axis, level, lines, False, here[0].constraints[0].words, family=bool(wholes))
        kept.append(Phrase(constraints=(one,), score=max(w.score for w in here)))
    return kept
