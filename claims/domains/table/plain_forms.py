"""A plain sentence made of the names of one that was not read over a table, for a person to take or leave."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from analysis.numbers import scan_numbers
from claims.domains.table.axes import AXES, Axis, other_axis
from claims.domains.table.lines import Lines
from claims.domains.table.names import NameIndex
from claims.domains.table.roles import role_of
from claims.language.chart import Edge
from claims.language.rewording import denying_words
from claims.language.tokens import Token

SLOT = re.compile(r"\{([A-Z]+\d?)\}")
TRIES = 60
"""Sentences that are tried."""


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that say one thing; `words` of a sentence that say it, none where any sentence may."""

    words: frozenset[str]
    forms: tuple[str, ...]


@cache
def groups() -> tuple[Group, ...]:
    """The shipped sentences with places for names."""
    data = tomllib.loads((files("claims.domains.table") / "plain_forms.toml").read_text(encoding="utf-8"))
    return tuple(Group(frozenset(group["words"]), tuple(group["forms"])) for group in data["group"])


def plain_form(sentence: str, tokens: Sequence[Token], index: NameIndex, reads: Callable[[str], bool]) -> str:
    """The plain sentence with most of the names of another, "" where no form takes them or the other denies.

    It may say less than the sentence: it is a suggestion, and decides nothing.

    Args:
        sentence: that was not read.
        tokens: its words.
        index: the names of the table.
        reads: whether a sentence is read whole, in one way.
    """
    if denying_words(tokens):
        return ""
    tried = islice(_filled(sentence, tokens, index), TRIES)
    return next((text for text in tried if reads(text)), "")


def _filled(sentence: str, tokens: Sequence[Token], index: NameIndex) -> Iterator[str]:
    names = _names(sentence, tokens, index)
    ways = [_slots(names, axis) | _number(sentence) for axis in AXES if _compares(index.lines, axis)]
    fitting = [(form, way) for form in _said(tokens) for way in ways if all(s in way for s in SLOT.findall(form))]
    for form, way in sorted(fitting, key=lambda pair: -len(SLOT.findall(pair[0]))):
        yield _sentence(form, way)


def _compares(lines: Lines, axis: Axis) -> bool:
    """Whether what is compared may stand along an axis."""
    return role_of(lines, axis) not in ("place", "measure") and role_of(lines, other_axis(axis)) != "system"


def _sentence(form: str, names: Mapping[str, str]) -> str:
    text = SLOT.sub(lambda slot: names[slot[1]], form)
    return text[0].upper() + text[1:] if text[0].islower() else text


def _said(tokens: Sequence[Token]) -> list[str]:
    """The forms that say what a sentence says: of the one group whose words it has, and of those without words."""
    said = {token.folded for token in tokens}
    meant = [group for group in groups() if group.words & said]
    chosen = meant if len(meant) == 1 else []
    return [form for group in (*chosen, *(g for g in groups() if not g.words)) for form in group.forms]


def _names(sentence: str, tokens: Sequence[Token], index: NameIndex) -> list[tuple[str, Axis]]:
    """The names that stand for lines of one axis alone, as written, in their order; of two that overlap the longer."""
    taken: set[int] = set()
    found: list[tuple[int, str, Axis]] = []
    for edge in sorted(index.edges(tokens), key=lambda edge: edge.start - edge.end):
        axes = _axes(edge)
        places = set(range(edge.start, edge.end))
        if len(axes) == 1 and not places & taken:
            taken |= places
            found.append((edge.start, sentence[tokens[edge.start].start : tokens[edge.end - 1].end], axes.pop()))
    return [(text, axis) for _, text, axis in sorted(found)]


def _axes(edge: Edge) -> set[Axis]:
    return {ref.axis for ref in edge.value if ref.kind == "lines"} if edge.symbol == "NAME" else set()


def _slots(names: Sequence[tuple[str, Axis]], axis: Axis) -> dict[str, str]:
    """A, A2: the names of an axis; B: the first one of the other."""
    own = list(dict.fromkeys(text for text, of in names if of == axis))
    beside = [text for text, of in names if of == other_axis(axis)]
    slots = {f"A{n if n > 1 else ''}": text for n, text in enumerate(own[:2], 1)}
    return slots | ({"B": beside[0]} if beside else {})


def _number(sentence: str) -> dict[str, str]:
    """The only number of a sentence, as written."""
    reached, found = 0, list[str]()
    for start, end, _ in scan_numbers(sentence):
        if start >= reached:
            reached = end
            found.append(sentence[start:end])
    return {"NUMBER": found[0].strip(" .,")} if len(found) == 1 else {}
