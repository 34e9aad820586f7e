"""Lines that are called by a code or name of a language, "deu", or of two, "En→De", by the languages' other names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from analysis.registry.vocabulary import vocabulary
from analysis.tables import TableLine
from claims.domains.table.axes import Axis
from claims.domains.table.names import INITIALS, NameIndex, Ref
from claims.domains.table.words import key_of
from claims.language.tokens import fold

PAIR = re.compile(r"(?P<lead>(?:.*\s)?)(?P<one>[^\W\d_]+)\s*(?:->|[-–→⇒2]|\bto\b)\s*(?P<other>[^\W\d_]+)")
"""A direction of translation at the end of a label: "WMT'14 EN-DE"."""
JOINING = (" ", " to ", "→")
"""What may stand between two languages in a sentence; a hyphen tells no name from another."""


def add_languages(index: NameIndex, axis: Axis, lines: Sequence[TableLine]) -> None:
    """Takes "German" for a line called "de", and "English to German" for one called "En-De".

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
    """Takes directions of translation by both languages' names, in that order."""
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
    """What stands before a direction of translation, and its two languages."""
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
