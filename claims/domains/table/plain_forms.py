"""A plain sentence made of the names of one that was not read over a table, for a person to take or leave.

It is offered where it says the sentence or a part of it: the names of what is compared and the number all stand in it,
and the words of comparison are those of one group (`plain_forms.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from analysis.tables import TableLine
from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.lines import BESIDE, RIVALS, Lines
from claims.domains.table.names import NameIndex
from claims.domains.table.roles import role_of
from claims.language.chart import Edge
from claims.language.kept import DIGIT, rewording_words, says_most, words_of
from claims.language.rewording import denying_words
from claims.language.tokens import Token

SLOT = re.compile(r"\{([A-Z]+\d?)\}")
TRIES = 60
"""Sentences that are tried."""
PLACES = frozenset({"dataset", "language"})
"""Kinds of line that hold scores though they are no measure."""


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that say one thing; `words` of a sentence that say it, `beside` words that may stand beside them."""

    words: frozenset[str]
    beside: frozenset[str]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedLines:
    """A name in a sentence: as written, where it begins, and the lines of one axis it may be."""

    text: str
    start: int
    axis: Axis
    lines: frozenset[int]


@cache
def groups() -> tuple[Group, ...]:
    """The shipped sentences with places for names."""
    data = tomllib.loads((files("claims.domains.table") / "plain_forms.toml").read_text(encoding="utf-8"))
    return tuple(Group(frozenset(g["words"]), frozenset(g["beside"]), tuple(g["forms"])) for g in data["group"])


def plain_form(sentence: str, tokens: Sequence[Token], index: NameIndex, reads: Callable[[str], bool]) -> str:
    """The plain sentence with the names of another, "" where no form takes them, or the other denies.

    Args:
        sentence: that was not read.
        tokens: its words.
        index: the names of the table.
        reads: whether a sentence is read whole, in one way.
    """
    group = None if denying_words(tokens) else _group({token.folded for token in tokens})
    if group is None:
        return ""
    said = group.words | group.beside
    tried = islice(_filled(sentence, tokens, index, group), TRIES)
    return next((text for text in tried if says_most(sentence, text, said) and reads(text)), "")


def said_words(tokens: Sequence[Token]) -> frozenset[str]:
    """The words of comparison that the form of a sentence says in others."""
    group = _group({token.folded for token in tokens})
    return frozenset() if group is None else group.words | group.beside


def _group(said: set[str]) -> Group | None:
    compared = said & rewording_words().comparing
    for group in groups():
        if compared <= group.words | group.beside and (compared & group.words or not group.words):
            return group
    return None


def _filled(sentence: str, tokens: Sequence[Token], index: NameIndex, group: Group) -> Iterator[str]:
    names = names_in(sentence, tokens, index)
    numbers = _numbers(sentence, names)
    if len(numbers) > 1:
        return
    verb = next((token.start for token in tokens if token.folded in group.words), None)
    for axis in AXES:
        if not is_compared(index.lines, axis):
            continue
        own, way = _slots(names, axis, index.lines)
        way |= {"NUMBER": numbers[0]} if numbers else {}
        needed = {*own, *(("NUMBER",) if numbers else ())}
        if len(own) == 2 and (verb is None or not _stands_between(verb, names, axis)):
            continue
        for form in group.forms:
            slots = set(SLOT.findall(form))
            if slots <= set(way) and needed <= slots:
                yield sentence_of(form, way)


def is_compared(lines: Lines, axis: Axis) -> bool:
    """Whether what is compared may stand along an axis."""
    return role_of(lines, axis) not in ("place", "measure") and role_of(lines, other_axis(axis)) != "system"


def _stands_between(verb: int, names: Sequence[NamedLines], axis: Axis) -> bool:
    """Whether a word of comparison stands between the two that are compared."""
    first, second = (name.start for name in names if name.axis == axis)
    return first < verb < second


def sentence_of(form: str, names: Mapping[str, str]) -> str:
    """A form with names in its places."""
    text = SLOT.sub(lambda slot: names[slot[1]], form)
    return text[0].upper() + text[1:] if text[0].islower() and "." not in names["A"] else text


def names_in(sentence: str, tokens: Sequence[Token], index: NameIndex) -> list[NamedLines]:
    """The names that stand for lines of one axis alone, in their order; of two that overlap the longer; whole words."""
    taken: set[int] = set()
    found: list[NamedLines] = []
    for edge in sorted(index.edges(tokens), key=lambda edge: edge.start - edge.end):
        axes = _axes(edge)
        places = set(range(edge.start, edge.end))
        start, end = tokens[edge.start].start, tokens[edge.end - 1].end
        whole = not sentence[start - 1 : start].strip("(“\"' ") and not sentence[end : end + 1].strip(".,;:)”\"'’ ")
        if len(axes) == 1 and whole and not places & taken:
            taken |= places
            lines = frozenset(at for ref in edge.value if ref.kind == "lines" for at in ref.lines)
            found.append(NamedLines(sentence[start:end], start, axes.pop(), lines))
    return sorted(found, key=lambda name: name.start)


def _axes(edge: Edge) -> set[Axis]:
    return {ref.axis for ref in edge.value if ref.kind == "lines"} if edge.symbol == "NAME" else set()


def _slots(names: Sequence[NamedLines], axis: Axis, lines: Lines) -> tuple[set[str], dict[str, str]]:
    """The places that must be filled, and what fills them; none where a name is no line that is compared."""
    own = [name for name in names if name.axis == axis]
    beside = sorted((name for name in names if name.axis != axis), key=lambda name: len(name.lines))
    kinds = {line.kind for name in own for line in lines_of(lines, name)}
    if not own or not kinds <= RIVALS - {"measure"} or len({name.text for name in own}) != len(own):
        return {"nothing"}, {}
    filled = {f"A{n if n > 1 else ''}": name.text for n, name in enumerate(own, 1)}
    scored = [name for name in beside if all(_holds_scores(line) for line in lines_of(lines, name))]
    measures = [name for name in scored if all(line.measure is not None for line in lines_of(lines, name))]
    way = filled | ({"B": scored[0].text} if scored else {}) | ({"M": measures[0].text} if measures else {})
    return set(filled), way


def lines_of(lines: Lines, name: NamedLines) -> list[TableLine]:
    """The lines that a name stands for."""
    along = lines_along(lines.table, name.axis)
    return [along[at] for at in sorted(name.lines)]


def _holds_scores(line: TableLine) -> bool:
    return line.kind not in BESIDE | {"change", "aggregate"} and (line.measure is not None or line.kind in PLACES)


def _numbers(sentence: str, names: Sequence[NamedLines]) -> list[str]:
    """The words with digits that are no part of a name, as written."""
    rest = sentence
    for name in names:
        rest = rest.replace(name.text, " ")
    return [word for word in words_of(rest) if DIGIT.search(word)]
