"""Plain sentences that say a part of one that was not read over a table: one comparison or number, with its names.

Each keeps the direction of the word of comparison and who stands on which side of it. Where a denial, a doubt or an
exception bears on the clause, it is kept or nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.domains.table.axes import AXES, Axis
from claims.domains.table.lines import BESIDE, RIVALS, Lines
from claims.domains.table.names import NameIndex
from claims.domains.table.part_words import PartForms, part_forms, part_words
from claims.domains.table.plain_forms import SLOT, NamedLines, is_compared, lines_of, names_in, sentence_of
from claims.language.kept import DIGIT, rewording_words
from claims.language.rewording import BOUNDS
from claims.language.stance import bearing, ends_statement
from claims.language.tokens import Token

NEAREST = 2
"""Names of the other axis that are tried in one place."""


@dataclass(frozen=True, slots=True)
class PartSaid:
    """A sentence, and the words of the other that it says in its own."""

    text: str
    said: frozenset[str]


def parts_said(sentence: str, tokens: Sequence[Token], index: NameIndex) -> Iterator[PartSaid]:
    """The plain sentences that say a part of another.

    Args:
        sentence: that was not read.
        tokens: its words.
        index: the names of the table.
    """
    found = _Sentence.of(sentence, tokens, index)
    for group in part_forms():
        for place in [i for i, token in enumerate(tokens) if token.folded in group.words and i not in found.named]:
            yield from found.compared(group, place)
        if not group.words:
            yield from found.stated(group)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A name with the tokens it spans."""

    name: NamedLines
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    tokens: Sequence[Token]
    lines: Lines
    names: tuple[_Placed, ...]
    named: frozenset[int]

    @classmethod
    def of(cls, sentence: str, tokens: Sequence[Token], index: NameIndex) -> _Sentence:
        placed = []
        for name in names_in(sentence, tokens, index):
            until = name.start + len(name.text)
            inside = [i for i, token in enumerate(tokens) if name.start <= token.start < until]
            placed.append(_Placed(name, inside[0], inside[-1] + 1))
        named = frozenset(i for one in placed for i in range(one.start, one.end))
        return cls(tokens, index.lines, tuple(placed), named)

    def compared(self, group: PartForms, place: int) -> Iterator[PartSaid]:
        """What a word of comparison says of the names around it."""
        start, end = self._clause(place)
        if self._turned(group, place):
            return
        bears = bearing(self.tokens, start, end, self.named)
        denied = len(bears) == 1 and start <= bears[0] < place and self._denies(bears[0], place)
        if bears and not denied:
            return
        word = self.tokens[place].folded
        for axis in AXES:
            forms = (group.denied if denied else group.forms) if is_compared(self.lines, axis) else ()
            forms = (*forms, *(() if denied else group.across))
            for one, other in self._sides(group, place, (start, end), axis):
                said = frozenset({word, "than"}) if other is not None else frozenset({word})
                used = group.others if group.rival and other is None else forms
                yield from self._filled(used, {"A": one, "A2": other}, axis, (start, place), said)

    def stated(self, group: PartForms) -> Iterator[PartSaid]:
        """What a clause with one number and no comparison says of its names."""
        superlative = {word for form in part_forms() if not form.rival for word in form.words}
        for start, end in self._clauses():
            inside = {token.folded for i, token in enumerate(self.tokens[start:end], start) if i not in self.named}
            numbers = [
                i for i in range(start, end) if i not in self.named and DIGIT.search(self.tokens[i].text)
            ]
            compares = inside & (rewording_words().comparing - superlative - part_words().near_number)
            if len(numbers) != 1 or compares or bearing(self.tokens, start, end, self.named):
                continue
            number = self._number(numbers[0])
            for axis in AXES:
                own = [p for p in self.names if p.name.axis == axis and start <= p.start < end and self._rivals(p)]
                if len(own) == 1 and is_compared(self.lines, axis):
                    yield from self._filled(group.forms, {"A": own[0]}, axis, (start, end), frozenset(), number)

    def _filled(
        self,
        forms: Sequence[str],
        own: dict[str, _Placed | None],
        axis: Axis,
        near: tuple[int, int],
        said: frozenset[str],
        number: str = "",
    ) -> Iterator[PartSaid]:
        beside = [p for p in self.names if p.name.axis != axis and self._scores(p)]
        beside.sort(key=lambda p: min(abs(p.start - near[1]), abs(p.end - near[1])))
        ways = {slot: p.name.text for slot, p in own.items() if p is not None}
        ways |= {"NUMBER": number} if number else {}
        for form in forms:
            slots = set(SLOT.findall(form))
            if not slots - {"M", "B"} <= set(ways):
                continue
            for place in beside[:NEAREST] if slots & {"M", "B"} else [None]:
                way = ways if place is None else ways | {"B": place.name.text} | self._measured(place)
                if slots <= set(way):
                    yield PartSaid(sentence_of(form, way), said)

    def _measured(self, place: _Placed) -> dict[str, str]:
        measured = all(line.measure is not None for line in lines_of(self.lines, place.name))
        return {"M": place.name.text} if measured else {}

    def _sides(
        self, group: PartForms, place: int, clause: tuple[int, int], axis: Axis
    ) -> Iterator[tuple[_Placed, _Placed | None]]:
        """Who is compared, and with whom: names of one axis before a word of comparison and behind it."""
        start, end = clause
        own = [p for p in self.names if p.name.axis == axis and self._rivals(p)]
        before = [p for p in own if start <= p.start and p.end <= place]
        behind = [p for p in own if place < p.start < end]
        if not group.rival:
            if before and not (len(before) > 1 and self._coordinated(before[-2], before[-1])):
                yield before[-1], None
            elif not before and len(behind) == 1:
                yield behind[0], None
            return
        word = self.tokens[place].folded
        than = next((i for i in range(place + 1, end) if self.tokens[i].folded in part_words().than), None)
        if word in group.adjectives and than is None:
            return
        bound = than if than is not None and word in group.adjectives else place
        rivals = [p for p in behind if p.start > bound]
        ones = before or [p for p in behind if p.end <= bound]
        if ones and rivals and ones[-1].name.text != rivals[0].name.text:
            yield ones[-1], rivals[0]
        elif ones and not rivals:
            rest = {token.folded for token in self.tokens[bound:end]}
            if rest & part_words().others and not rest & part_words().baselines:
                yield ones[-1], None

    def _coordinated(self, one: _Placed, other: _Placed) -> bool:
        return {token.folded for token in self.tokens[one.end : other.start]} <= {"and", ",", "or", "both", "the"}

    def _turned(self, group: PartForms, place: int) -> bool:
        """Whether a word beside a word of comparison turns or weakens it: "outperformed by", "second best"."""
        words = part_words()
        behind = [token.folded for token in self.tokens[place + 1 : place + 2]]
        before = {token.folded for token in self.tokens[max(0, place - 3) : place]}
        passive = self.tokens[place].folded in words.passive and behind == ["by"]
        return passive or bool(before & words.weakening) or ({"one", "of"} <= before and not group.rival)

    def _denies(self, denial: int, place: int) -> bool:
        """Whether a denial is a "not" of the verb of a word of comparison."""
        folded = self.tokens[denial].folded
        verbal = folded == "not" or folded in ("doesn", "don", "didn", "isn", "aren", "wasn", "weren")
        return verbal and not any(i in self.named for i in range(denial, place))

    def _clause(self, place: int) -> tuple[int, int]:
        return next((start, end) for start, end in self._clauses() if start <= place < end)

    def _clauses(self) -> Iterator[tuple[int, int]]:
        """The sentence parted at commas, brackets and where a statement ends, but within no name."""
        start = 0
        for i, token in enumerate(self.tokens):
            if (token.folded in BOUNDS or ends_statement(self.tokens, i)) and i not in self.named:
                yield start, i + 1
                start = i + 1
        yield start, len(self.tokens)

    def _number(self, place: int) -> str:
        """A number as written, with its sign, its unit and the word that bounds it."""
        first, last = place, place + 1
        while first and (self.tokens[first].glued or self.tokens[first - 1].folded in part_words().near_number):
            first -= 1
        while last < len(self.tokens) and self.tokens[last].glued and self.tokens[last].folded not in ".,;:)":
            last += 1
        text = ""
        for token in self.tokens[first:last]:
            text += token.text if token.glued or not text else f" {token.text}"
        return text

    def _rivals(self, place: _Placed) -> bool:
        return {line.kind for line in lines_of(self.lines, place.name)} <= RIVALS - {"measure"}

    def _scores(self, place: _Placed) -> bool:
        return all(line.kind not in BESIDE | {"change"} for line in lines_of(self.lines, place.name))
