"""Choices for a sentence that names lines of one axis of a table only: each offers a line that crosses them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.cell_facts import CellFact, SaidLine, any_lines, bound_facts, opposite_facts
from claims.domains.table.lines import Lines
from claims.domains.table.suggestions import MOST, speaks
from claims.language.kept import words_of
from claims.language.tokens import Token

TRIES, WORDINGS = 8, 3
"""Pairs of directions that are tried, and wordings of each."""
LOOKED_THROUGH = 40
"""Most lines among which those nearest to the words of a sentence are searched."""
ALIKE = 4
"""Letters that two words of one name begin with."""
Choice = tuple[str, tuple[str, ...]]
"""A sentence that is read, and the names and words chosen for it."""


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a sentence that choices are made of.

    Attributes:
        sentence: as written. words: all of them, folded. numbers: those that may be a value. lines: named, by axis.
    """

    sentence: str
    words: frozenset[str]
    numbers: tuple[str, ...]
    lines: Mapping[Axis, Sequence[SaidLine]]


def one_sided(lines: Lines, said: Said, axes: Sequence[Axis], reads: Callable[[str], bool]) -> Iterator[Choice]:
    """The choices for a sentence, all of the first kind of which any is read.

    Args:
        lines: of the table.
        said: the parts of the sentence.
        axes: both axes, that of the lines compared first.
        reads: whether a sentence is read whole.
    """
    yield from (found := list(_bounds(lines, said, axes, reads)))
    for axis in axes if not found else ():
        named, crossing = said.lines[axis], said.lines[other_axis(axis)]
        if bool(named) == bool(crossing):
            continue
        tried = _on_any(lines, said, axis, reads) if named else _anybody(lines, said, axis, reads)
        yield from (found := list(islice(tried, MOST)))
        if found:
            return


def numbers_of(tokens: Sequence[Token], named: Collection[int]) -> tuple[str, ...]:
    """The numbers of a sentence that are part of no name and count nothing: no "4" of "4 models"."""
    found = []
    for i, token in enumerate(tokens):
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        counts = after is not None and (after.text.isalpha() or (after.glued and after.text == "-"))
        if token.text[0].isdigit() and i not in named and not counts:
            found.append(token.text)
    return tuple(dict.fromkeys(found))


def first_read(fact: CellFact, reads: Callable[[str], bool]) -> str:
    """The first wording of a fact that is read; "" where none is."""
    return next(filter(reads, fact.texts[:WORDINGS]), "")


def likeness(one: SaidLine, words: frozenset[str]) -> int:
    """The number of words of a line that a sentence has, or has with the same first letters."""
    own = {word.casefold() for way in one.ways for word in words_of(way)}
    return sum(any(mine[:ALIKE] == word[:ALIKE] for word in words) for mine in own)


def _bounds(lines: Lines, said: Said, axes: Sequence[Axis], reads: Callable[[str], bool]) -> Iterator[Choice]:
    """The choices of a number as the highest or the lowest value of a named line, those that print it first."""
    pairs = [
        (not _prints(lines, other_axis(axis), on.at, number), axis, on, number)
        for axis in axes
        if not said.lines[axis]
        for on in said.lines[other_axis(axis)]
        for number in said.numbers
    ]
    for _, axis, on, number in sorted(pairs, key=lambda one: one[0])[:TRIES]:
        facts = bound_facts(lines, axis, on, number)
        texts = [first_read(fact, reads) for fact in facts]
        if all(texts):
            told = zip(facts, texts, ("highest", "lowest"), strict=True)
            nearest = sorted(told, key=lambda one: not speaks(one[0].kind, said.words, said.sentence))
            yield from ((text, (end,)) for _, text, end in nearest)
            return


def _prints(lines: Lines, axis: Axis, at: int, number: str) -> bool:
    """True if a line has a cell with a number."""
    places = ((at, on.index) if axis == "row" else (on.index, at) for on in lines_along(lines.table, other_axis(axis)))
    found = (lines.table.values.get(place) for place in places)
    return any(value is not None and f"{float(value.number.value):g}" == _plain(number) for value in found)


def _plain(number: str) -> str:
    try:
        return f"{float(number.replace(',', '')):g}"
    except ValueError:
        return number


def _on_any(lines: Lines, said: Said, axis: Axis, reads: Callable[[str], bool]) -> Iterator[Choice]:
    """The choices that put the named lines on a crossing line, those most like the sentence's words first."""
    for on in _nearest(lines, other_axis(axis), said.words):
        for pair in islice(opposite_facts(lines, axis, said.lines[axis], (on,)), 1):
            text, kind = _directed(pair, said, reads)
            if text:
                yield text, (on.ways[0], kind)


def _anybody(lines: Lines, said: Said, axis: Axis, reads: Callable[[str], bool]) -> Iterator[Choice]:
    """The choices of a line to compare where only crossing lines are named, those most like the sentence first."""
    for one in _nearest(lines, axis, said.words):
        for pair in islice(opposite_facts(lines, axis, (one,), said.lines[other_axis(axis)]), 1):
            text, kind = _directed(pair, said, reads)
            if text:
                yield text, (one.ways[0], kind)


def _nearest(lines: Lines, axis: Axis, words: frozenset[str]) -> list[SaidLine]:
    own = any_lines(lines, axis, LOOKED_THROUGH)
    return sorted(own, key=lambda one: -likeness(one, words))[:TRIES]


def _directed(pair: Sequence[CellFact], said: Said, reads: Callable[[str], bool]) -> tuple[str, str]:
    """The fact of two opposite ones in the direction of the sentence's words, as it is read, and its kind."""
    fact = next((fact for fact in pair if speaks(fact.kind, said.words, said.sentence)), None) or pair[0]
    return first_read(fact, reads), fact.kind
