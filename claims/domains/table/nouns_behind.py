"""Names with a noun behind them that the table does not print: "mortality prediction" of a header "Mortality AUPRC"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.tables.lexicon import lexicon as kinds_of_lines
from analysis.tables.measures import measure_of
from analysis.tables.model import Kind
from claims.domains.table.axes import AXES, lines_along, other_axis
from claims.domains.table.roles import role_of
from claims.domains.table.two_senses import is_saying
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import WITHOUT_BRACKET, Key, canonical, function_words, key_of, significant, telling
from claims.language.chart import Edge
from claims.language.lexicon import lexicon
from claims.language.tokens import Token, tokens_of

if TYPE_CHECKING:
    from claims.domains.table.names import NameIndex, Ref

BEFORE_NAMES = frozenset({"the", "a", "an"})
DONE = ("ed", "ly")
"""Endings of words behind a name that are no nouns: "BERT trained on X"."""
SHORTEST = 4
"""Letters of such a noun."""
MEASURED: tuple[Kind, ...] = ("time", "size", "count", "rank", "error", "change", "aggregate", "attribute")
"""Kinds of line whose words name nothing compared."""


def task_names(index: NameIndex, tokens: Sequence[Token], labels: Sequence[Edge]) -> Iterator[Edge]:
    """The names of places with a noun for the task done there: "on digit recognition".

    Only behind a preposition, where neither a label nor the caption has a noun of that kind: a caption on "emotion
    recognition" says that a column "Text" is no text classification.

    Args:
        index: names of the table.
        tokens: of the sentence.
        labels: its names of lines.
    """
    done = word_lists().done
    told = {token.folded for token in tokens_of(index.lines.table.caption)}
    if not done.isdisjoint(told) or not {canonical(noun) for noun in done}.isdisjoint(index.forms.printed):
        return
    for edge in labels:
        behind = tokens[edge.end : edge.end + 1]
        if not behind or behind[0].folded not in done or not _follows_a_preposition(tokens, edge.start):
            continue
        if measure_of(" ".join(t.folded for t in tokens[edge.start : edge.end]), (), {}) is not None:
            continue
        refs = tuple(ref for ref in edge.value if ref.kind == "lines" and _may_be_tasks(index, ref))
        if refs:
            yield Edge(edge.start, edge.end + 1, "NAME", refs)


def caption_names(index: NameIndex, tokens: Sequence[Token], labels: Sequence[Edge]) -> Iterator[Edge]:
    """The names of lines with the noun that the caption, and no label, puts behind them: "the uniform ensemble".

    Only where it is always that noun: a caption on "BERT base and BERT large" says not which one a row "BERT" is.
    """
    nouns = _nouns_told(index.lines.table.caption)
    for edge in labels:
        refs = tuple(ref for ref in edge.value if ref.kind == "lines" and ref.share >= WITHOUT_BRACKET)
        behind = tokens[edge.end : edge.end + 1]
        if not refs or not behind or behind[0].glued or canonical(behind[0].folded) in index.forms.printed:
            continue
        key = tuple(word for word, _, _ in significant(tokens[edge.start : edge.end]))
        if telling(key) and nouns(key) == {canonical(behind[0].folded)}:
            yield Edge(edge.start, edge.end + 1, "NAME", refs)


def machine_nouns(index: NameIndex, tokens: Sequence[Token]) -> Iterator[Edge]:
    """Nouns for all that is no person, where people are among the lines: "the automatic systems".

    Not where a label or the caption has the word: it may then part some systems from others.
    """
    lists, table = word_lists(), index.lines.table
    told = {canonical(token.folded) for token in tokens_of(table.caption)} | index.forms.printed
    people = any(line.kind == "human" for axis in AXES for line in lines_along(table, axis))
    if not people or not told.isdisjoint(map(canonical, lists.automatic)):
        return
    for i, (token, after) in enumerate(pairwise(tokens)):
        if token.folded in lists.automatic and after.folded in lists.machines:
            yield Edge(i, i + 2, "noun", {"noun": "system"})


def _nouns_told(caption: str) -> Callable[[Key], set[str]]:
    """The function from a name to the words, not of the lexicon, that a caption puts right behind it."""
    tokens = tokens_of(caption)
    words = list(significant(tokens))

    def behind(key: Key) -> set[str]:
        size = len(key)
        at = [i + size for i in range(len(words) - size) if tuple(w for w, _, _ in words[i : i + size]) == key]
        following = ((words[i][0], tokens[words[i][1]]) for i in at if words[i][1] == words[i - 1][2])
        return {
            word for word, token in following if token.word and not lexicon().knows(token.folded) and _is_a_thing(word)
        }

    return behind


@cache
def _is_a_thing(word: str) -> bool:
    """True if a word may be a noun for compared systems: nothing that is measured, counted or done."""
    if len(word) < SHORTEST or not word.isalpha() or word.endswith(DONE) or word in _measured():
        return False
    return measure_of(word, (), {}) is None and word not in function_words() and not is_saying(word)


@cache
def _measured() -> frozenset[str]:
    """The words that head columns of numbers in tables, or name the derivation of numbers."""
    words = kinds_of_lines()
    spelled = set().union(words.derived["words"], words.derived["quantities"], *(words.kinds[k] for k in MEASURED))
    return frozenset(canonical(part) for word in spelled for part in word.split() if part[0].isalpha())


def _follows_a_preposition(tokens: Sequence[Token], start: int) -> bool:
    while start > 0 and tokens[start - 1].folded in BEFORE_NAMES:
        start -= 1
    return start > 0 and tokens[start - 1].folded in word_lists().first_words["tested"]


def _may_be_tasks(index: NameIndex, ref: Ref) -> bool:
    """True if lines are test places or measures, and no systems."""
    lines, role = index.lines, role_of(index.lines, ref.axis)
    levels = lines.table.row_levels if ref.axis == "row" else lines.table.column_levels
    header = key_of(levels[ref.level]) if ref.level < len(levels) else ()
    if role in ("place", "measure") or not word_lists().place.isdisjoint(header):
        return True
    heads = ref.level + 1 < len(lines_along(lines.table, ref.axis)[0].labels)
    crosses = ref.axis == "column" or role_of(lines, other_axis(ref.axis)) == "system"
    return role == "" and (heads or crosses)
