"""The names of a table in a sentence with the words around them: clauses, prepositions, names that belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.tables import TableLine
from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.lines import BESIDE, RIVALS, Lines
from claims.domains.table.names import NameIndex
from claims.domains.table.part_words import part_forms, part_words
from claims.domains.table.roles import role_of
from claims.language.chart import Edge
from claims.language.kept import rewording_words
from claims.language.rewording import BOUNDS
from claims.language.stance import ends_statement
from claims.language.tokens import Token

BETWEEN = 3
"""Tokens between two names of one line."""


@cache
def comparing_verbs() -> frozenset[str]:
    """The words of all forms that compare with a rival."""
    return frozenset(word for form in part_forms() if form.rival for word in form.words)


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name as written, the lines of one axis it may stand for, and the tokens it spans."""

    text: str
    axis: Axis
    lines: frozenset[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenNames:
    """A sentence by its names.

    Attributes:
        tokens: of the sentence. lines: of the table.
        names: in their order. named: the places of all tokens within names.
    """

    tokens: Sequence[Token]
    lines: Lines
    names: tuple[SpokenName, ...]
    named: frozenset[int]

    @classmethod
    def of(cls, sentence: str, tokens: Sequence[Token], index: NameIndex) -> SpokenNames:
        """The names of a table in a sentence, but for numbers and little words."""
        found = [
            one
            for one in _names(sentence, tokens, index)
            if any(sign.isalpha() for sign in one.text) and one.text.casefold() not in rewording_words().little
        ]
        named = frozenset(i for one in found for i in range(one.start, one.end))
        return cls(tokens, index.lines, tuple(found), named)

    def joined(self) -> SpokenNames:
        """The sentence with neighbouring names that share lines of one axis joined: "text classifier with SVM"."""
        made: list[SpokenName] = []
        for one in self.names:
            last = made[-1] if made else None
            if last is None or not self._belong(last, one):
                made.append(one)
                continue
            text, common = f"{last.text} {one.text}", last.lines & one.lines
            made[-1] = SpokenName(text, one.axis, common, last.start, one.end)
        return replace(self, names=tuple(made))

    def rivals(self, axis: Axis) -> list[SpokenName]:
        """The names of an axis whose lines may be compared."""
        return [one for one in self.names if one.axis == axis and self._kinds(one) <= RIVALS - {"measure"}]

    def beside(self, axis: Axis, place: int) -> list[SpokenName]:
        """The names of the other axis that may hold scores, those nearest to a place first.

        They are those of its clause, of the whole sentence only where the clause has none.
        """
        found = [one for one in self.names if one.axis != axis and not self._kinds(one) & (BESIDE | {"change"})]
        start, end = self.clause(place)
        near = [one for one in found if start <= one.start < end] or found
        return sorted(near, key=lambda one: min(abs(one.start - place), abs(one.end - place)))

    def within(self, axis: Axis, own: Iterable[SpokenName]) -> list[SpokenName]:
        """The names of an axis that are a part of the labels of all compared lines, and narrow them."""
        return [
            one
            for one in self.rivals(axis)
            if all(one is not other and one.lines & other.lines and not other.lines <= one.lines for other in own)
        ]

    def is_measure(self, one: SpokenName) -> bool:
        """True if a name stands for measures alone."""
        return all(line.measure is not None for line in self._lines(one))

    def is_mean(self, one: SpokenName) -> bool:
        """True if a name stands for means alone."""
        return self._kinds(one) == {"aggregate"}

    def is_place(self, one: SpokenName) -> bool:
        """True if a preposition leads a name, which is then a place and no side."""
        before = [t.folded for t in self.tokens[max(0, one.start - 2) : one.start] if t.folded not in ("the", "a")]
        return bool(before) and before[-1] in part_words().placing

    def is_compared(self, axis: Axis) -> bool:
        """True if the lines of an axis may be the compared ones."""
        compared = role_of(self.lines, axis) not in ("place", "measure")
        return compared and role_of(self.lines, other_axis(axis)) != "system"

    def said(self, start: int, end: int) -> set[str]:
        """The words of a stretch that are part of no name."""
        return {self.tokens[i].folded for i in range(max(start, 0), min(end, len(self.tokens))) if i not in self.named}

    def clause(self, place: int) -> tuple[int, int]:
        """The clause of a token."""
        return next((start, end) for start, end in self.clauses() if start <= place < end)

    def clauses(self) -> Iterator[tuple[int, int]]:
        """The sentence parted at commas, brackets and where a statement ends, but within no name."""
        start = 0
        for i, token in enumerate(self.tokens):
            if i not in self.named and (token.folded in BOUNDS or ends_statement(self.tokens, i)):
                yield start, i + 1
                start = i + 1
        if start < len(self.tokens):
            yield start, len(self.tokens)

    def _belong(self, one: SpokenName, other: SpokenName) -> bool:
        common = one.lines & other.lines
        narrows = one.axis == other.axis and bool(common) and common < one.lines
        parted = self.said(one.end, other.start) & (comparing_verbs() | part_words().joints)
        return narrows and other.start - one.end <= BETWEEN and not parted

    def _lines(self, one: SpokenName) -> list[TableLine]:
        along = lines_along(self.lines.table, one.axis)
        return [along[at] for at in sorted(one.lines)]

    def _kinds(self, one: SpokenName) -> set[str]:
        return {line.kind for line in self._lines(one)}


def _names(sentence: str, tokens: Sequence[Token], index: NameIndex) -> list[SpokenName]:
    """The names that stand for lines of one axis alone, in their order; of two that overlap the longer; whole words."""
    taken: set[int] = set()
    found: list[SpokenName] = []
    for edge in sorted(index.edges(tokens), key=lambda edge: edge.start - edge.end):
        axes = _axes(edge)
        start, end = tokens[edge.start].start, tokens[edge.end - 1].end
        whole = not sentence[start - 1 : start].strip("(“\"' ") and not sentence[end : end + 1].strip(".,;:)”\"'’ ")
        if len(axes) == 1 and whole and taken.isdisjoint(range(edge.start, edge.end)):
            taken.update(range(edge.start, edge.end))
            lines = frozenset(at for ref in edge.value if ref.kind == "lines" for at in ref.lines)
            found.append(SpokenName(sentence[start:end], axes.pop(), lines, edge.start, edge.end))
    return sorted(found, key=lambda one: one.start)


def _axes(edge: Edge) -> set[Axis]:
    return {ref.axis for ref in edge.value if ref.kind == "lines"} if edge.symbol == "NAME" else set()
