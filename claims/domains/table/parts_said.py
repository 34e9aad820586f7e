"""Plain sentences that say a part of one that was not read over a table: one comparison or number, with its names.

Each keeps the direction of the word of comparison and who stands on which side of it. Where a denial, a doubt or an
exception bears on the clause, it is kept or nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from claims.domains.table.axes import AXES, Axis
from claims.domains.table.lines import BESIDE, RIVALS, Lines
from claims.domains.table.names import NameIndex
from claims.domains.table.part_words import PartForms, part_forms, part_words
from claims.domains.table.plain_forms import SLOT, NamedLines, is_compared, lines_of, names_in, sentence_of
from claims.language.kept import DIGIT, rewording_words
from claims.language.rewording import BOUNDS, joined
from claims.language.stance import bearing, ends_statement
from claims.language.tokens import Token

YEAR = re.compile(r"(?:19|20)\d\d[a-z]?")
TWICE = re.compile(r"\b(on|for|of) \1 ")
"""A preposition that a form and a name both bring."""
BETWEEN = 3
"""Tokens between two names of one line."""
JOINTS = frozenset({"and", "or", ",", ";", ":", "than", "compared", "to", "while", "but"})
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
    yield from _parts_of(found)
    wider = found.joined()
    if len(wider.names) < len(found.names):
        yield from _parts_of(wider)


def _parts_of(found: _Sentence) -> Iterator[PartSaid]:
    tokens = found.tokens
    for group in part_forms():
        for place in [i for i, token in enumerate(tokens) if token.folded in group.words and i not in found.named]:
            yield from found.compared(group, place)
        if not group.words:
            yield from found.stated(group)
            yield from found.bracketed(group)


@cache
def compares() -> frozenset[str]:
    """The words of all forms that compare with a rival."""
    return frozenset(word for form in part_forms() if form.rival for word in form.words)


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
            if not any(sign.isalpha() for sign in name.text) or name.text.casefold() in rewording_words().little:
                continue
            until = name.start + len(name.text)
            inside = [i for i, token in enumerate(tokens) if name.start <= token.start < until]
            placed.append(_Placed(name, inside[0], inside[-1] + 1))
        named = frozenset(i for one in placed for i in range(one.start, one.end))
        return cls(tokens, index.lines, tuple(placed), named)

    def joined(self) -> _Sentence:
        """With neighbouring names of one axis that stand for one line together as one: "text classifier with SVM"."""
        made: list[_Placed] = []
        for place in self.names:
            last = made[-1] if made else None
            if last is not None and self._belong(last, place):
                both = NamedLines(
                    f"{last.name.text} {place.name.text}",
                    last.name.start,
                    place.name.axis,
                    last.name.lines & place.name.lines,
                )
                made[-1] = _Placed(both, last.start, place.end)
            else:
                made.append(place)
        return replace(self, names=tuple(made))

    def _belong(self, one: _Placed, other: _Placed) -> bool:
        between = {token.folded for token in self.tokens[one.end : other.start]}
        common = one.name.lines & other.name.lines
        narrows = common and common < one.name.lines and one.name.axis == other.name.axis
        return bool(narrows) and other.start - one.end <= BETWEEN and not between & (compares() | JOINTS)

    def compared(self, group: PartForms, place: int) -> Iterator[PartSaid]:
        """What a word of comparison says of the names around it."""
        start, end = self._clause(place)
        if self._turned(group, place):
            return
        bears = bearing(self.tokens, start, end, self.named)
        denied = len(bears) == 1 and start <= bears[0] < place and self._denies(bears[0], place)
        if bears and not denied:
            return
        said = frozenset({self.tokens[place].folded, "than"})
        for axis in AXES:
            forms = (group.denied if denied else group.forms) if is_compared(self.lines, axis) else ()
            forms = (*forms, *(() if denied else group.across))
            for own, bound in self._sides(group, place, (start, end), axis):
                if len(own) == 2:
                    crossed = self._crossed((start, end), bound, axis)
                    if crossed is None:
                        yield from self._filled(forms, own, axis, (start, place), said)
                    elif not denied and crossed:
                        yield from self._filled(group.crossed, own | crossed, axis, (start, place), said)
                else:
                    used = forms if not group.rival else () if denied else group.others
                    yield from self._filled(used, own, axis, (start, place), said)

    def _crossed(self, clause: tuple[int, int], bound: int, axis: Axis) -> dict[str, _Placed] | None:
        """What the two sides are compared on, where that differs; None where it does not, empty where it is unclear."""
        other = [p for p in self.names if p.name.axis != axis and clause[0] <= p.start < clause[1]]
        one, two = ([p for p in other if (p.start < bound) == before] for before in (True, False))
        if not one or not two or {p.name.text.casefold() for p in one} == {p.name.text.casefold() for p in two}:
            return None
        return {"B": one[0], "B2": two[0]} if len(one) == len(two) == 1 else {}

    def stated(self, group: PartForms) -> Iterator[PartSaid]:
        """What a clause with one number that is a value and no other comparison says of its names."""
        superlative = {word for form in part_forms() if not form.rival for word in form.words}
        for start, end in self._clauses():
            numbers = [i for i in range(start, end) if self._is_value(i)]
            if len(numbers) != 1 or bearing(self.tokens, start, end, self.named):
                continue
            first, last = self._number(numbers[0])
            rest = {self.tokens[i].folded for i in range(start, end) if i not in self.named and not first <= i < last}
            if rest & (rewording_words().comparing - superlative):
                continue
            number = joined(self.tokens[first:last])
            for axis in AXES:
                own = self._narrowest([p for p in self._own(axis) if start <= p.start < end])
                if len(own) == 1 and is_compared(self.lines, axis):
                    yield from self._filled(group.forms, {"A": own[0]}, axis, (start, first), frozenset(), number)

    def bracketed(self, group: PartForms) -> Iterator[PartSaid]:
        """What a number in a bracket behind a name says of it: "BERT (76.5%)"."""
        for axis in AXES:
            for place in self._own(axis) if is_compared(self.lines, axis) else ():
                opened = place.end
                if [t.folded for t in self.tokens[opened : opened + 1]] != ["("] or not self._digits(opened + 1):
                    continue
                if YEAR.fullmatch(self.tokens[opened + 1].text):
                    continue
                _, last = self._number(opened + 1)
                if [t.folded for t in self.tokens[last : last + 1]] != [")"] or bearing(
                    self.tokens, opened, opened, self.named
                ):
                    continue
                number = joined(self.tokens[opened + 1 : last])
                yield from self._filled(group.forms, {"A": place}, axis, (0, place.start), frozenset(), number)

    def _filled(
        self,
        forms: Sequence[str],
        own: dict[str, _Placed],
        axis: Axis,
        near: tuple[int, int],
        said: frozenset[str],
        number: str = "",
    ) -> Iterator[PartSaid]:
        beside = [p for p in self.names if p.name.axis != axis and self._scores(p)]
        beside.sort(key=lambda p: min(abs(p.start - near[1]), abs(p.end - near[1])))
        within = [p for p in self._own(axis) if self._narrows(p, own.values())]
        ways = {slot: p.name.text for slot, p in own.items()} | ({"NUMBER": number} if number else {})
        for form in forms:
            slots = set(SLOT.findall(form))
            if not slots - {"M", "B"} <= set(ways):
                continue
            for place in [*beside[:NEAREST], None] if slots & {"M", "B"} else [None]:
                way = {"M": within[0].name.text} if within and self._measures(within[0]) else {}
                way |= ways if place is None else ways | {"B": place.name.text} | self._measured(place)
                if slots <= set(way):
                    text = TWICE.sub(r"\1 ", sentence_of(form, way))
                    yield PartSaid(text, said)
                    yield from (PartSaid(f"{text[:-1]} for {p.name.text}.", said) for p in within[:1])

    def _measures(self, place: _Placed) -> bool:
        """Whether a name is a measure or a mean of one."""
        lines = lines_of(self.lines, place.name)
        return all(line.measure is not None or line.kind == "aggregate" for line in lines)

    def _narrows(self, place: _Placed, own: Iterable[_Placed]) -> bool:
        """Whether a name is a part of the labels of all that are compared."""
        mine = place.name.lines
        return all(place is not one and mine & one.name.lines and not one.name.lines <= mine for one in own)

    def _narrowest(self, own: Sequence[_Placed]) -> list[_Placed]:
        """Of names that may be one line the one that stands for fewest."""
        if len(own) > 1 and frozenset.intersection(*(p.name.lines for p in own)):
            return [min(own, key=lambda p: len(p.name.lines))]
        return list(own)

    def _own(self, axis: Axis) -> list[_Placed]:
        return [p for p in self.names if p.name.axis == axis and self._rivals(p)]

    def _measured(self, place: _Placed) -> dict[str, str]:
        measured = all(line.measure is not None for line in lines_of(self.lines, place.name))
        return {"M": place.name.text} if measured else {}

    def _sides(
        self, group: PartForms, place: int, clause: tuple[int, int], axis: Axis
    ) -> Iterator[tuple[dict[str, _Placed], int]]:
        """Who is compared, and with whom: names of one axis before a word of comparison and behind it."""
        start, end = clause
        own = self._own(axis)
        before = [p for p in own if start <= p.start and p.end <= place]
        behind = [p for p in own if place < p.start < end]
        if not before:
            earlier = [p for p in own if p.end <= start]
            before = earlier if len(earlier) == 1 and not behind[1:] else []
        if not group.rival:
            if before and not self._is_placed(before[-1]):
                if len(before) == 1 or not self._coordinated(before[-2], before[-1]):
                    yield {"A": before[-1]}, place
            elif not before and len(behind) == 1 and self._links(place, behind[0].start):
                other = [p for p in self.names if p.name.axis != axis and start <= p.start and p.end <= place]
                if all(self._measured(p) or self._is_placed(p) for p in other):
                    yield {"A": behind[0]}, place
            return
        word, words = self.tokens[place].folded, part_words()
        than = next((i for i in range(place + 1, end) if self._is_than(i, place)), None)
        if word in group.adjectives and than is None:
            return
        bound = than if than is not None and word in group.adjectives else place
        rivals = [p for p in behind if p.start > bound]
        ones = [p for p in before if not self._is_rival(p, place)] or [p for p in behind if p.end <= bound]
        if ones and rivals and ones[-1].name.text != rivals[0].name.text:
            if self._is_placed(ones[-1]) and not self._is_placed(rivals[0]):
                return
            yield {"A": ones[-1], "A2": rivals[0]}, bound
        elif ones and not rivals:
            rest = {token.folded for token in self.tokens[bound:end]}
            if rest & words.others and not rest & words.baselines:
                yield {"A": ones[-1]}, bound

    def _is_than(self, place: int, word: int) -> bool:
        folded, words = self.tokens[place].folded, part_words()
        parts = words.over if self.tokens[word].folded in words.improving else words.than
        return place not in self.named and (folded in parts or (folded == "to" and place == word + 1))

    def _is_rival(self, one: _Placed, place: int) -> bool:
        """Whether a name before a word of comparison is what an earlier one compares with."""
        compared = [i for i in range(one.start) if i not in self.named and self.tokens[i].folded in compares()]
        between = {token.folded for token in self.tokens[one.end : place]}
        return bool(compared) and compared[-1] >= self._clause(place)[0] and bool(between & {"and", "or", "but"})

    def _is_placed(self, place: _Placed) -> bool:
        """Whether a preposition leads a name: it says where, not who."""
        before = [t.folded for t in self.tokens[max(0, place.start - 2) : place.start] if t.folded not in ("the", "a")]
        return bool(before) and before[-1] in part_words().placing

    def _links(self, start: int, end: int) -> bool:
        """Whether a verb or "by" parts a superlative from who has it."""
        return bool({token.folded for token in self.tokens[start:end]} & part_words().links)

    def _coordinated(self, one: _Placed, other: _Placed) -> bool:
        return {token.folded for token in self.tokens[one.end : other.start]} <= {"and", ",", "or", "both", "the"}

    def _turned(self, group: PartForms, place: int) -> bool:
        """Whether a word beside a word of comparison turns or weakens it: "outperformed by", "second best"."""
        words = part_words()
        behind = [token.folded for token in self.tokens[place + 1 : place + 2]]
        before = {token.folded for token in self.tokens[max(0, place - 3) : place]}
        passive = self.tokens[place].folded in words.passive and behind == ["by"]
        leads = [t.folded for t in self.tokens[max(0, place - 2) : place] if t.folded not in ("the", "our", "their")]
        if not group.rival and leads and leads[-1] in words.than | words.over | words.improving | {"of"} | compares():
            return True
        changes = {token.folded for token in self.tokens[place + 1 : place + 4]} & words.changes
        return passive or bool(before & words.weakening or changes) or ({"one", "of"} <= before and not group.rival)

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

    def _number(self, place: int) -> tuple[int, int]:
        """A number as written, with its sign, its unit and the words that bound it: its first token, and the next."""
        first, last = place, place + 1
        while first and (
            (self.tokens[first].glued and self.tokens[first - 1].folded in "-+−<>~≈") or self._bounds(first - 1)
        ):
            first -= 1
        while last < len(self.tokens) and self.tokens[last].glued and self.tokens[last].folded not in ".,;:()":
            last += 1
        return first, last

    def _bounds(self, place: int) -> bool:
        return self.tokens[place].folded in part_words().near_number and place not in self.named

    def _digits(self, place: int) -> bool:
        return place < len(self.tokens) and bool(DIGIT.search(self.tokens[place].text)) and place not in self.named

    def _is_value(self, place: int) -> bool:
        """Whether a number stands where a value does: behind "of", "is" or "achieves", and counts nothing."""
        if not self._digits(place):
            return False
        first, last = self._number(place)
        led = first > 0 and self.tokens[first - 1].folded in part_words().leads_value
        counted = self.tokens[last].folded if last < len(self.tokens) and last not in self.named else ""
        copula = led and self.tokens[first - 1].folded in part_words().links
        counts = counted.isalpha() and counted not in rewording_words().little | {"points", "percent"}
        return led and (copula or not counts)

    def _rivals(self, place: _Placed) -> bool:
        return {line.kind for line in lines_of(self.lines, place.name)} <= RIVALS - {"measure"}

    def _scores(self, place: _Placed) -> bool:
        return all(line.kind not in BESIDE | {"change"} for line in lines_of(self.lines, place.name))
