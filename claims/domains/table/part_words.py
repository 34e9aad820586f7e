"""Words and forms of plain sentences for a part of another sentence; word lists: `part_forms.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class PartForms:
    """Forms of plain sentence with one meaning.

    Attributes:
        words: of a clause with that meaning. adjectives: those of them whose rival stands behind "than".
        rival: True if it compares with one other name.
        forms, denied, across, others, crossed: sentences, see the file.
    """

    words: frozenset[str]
    adjectives: frozenset[str]
    rival: bool
    forms: tuple[str, ...]
    denied: tuple[str, ...]
    across: tuple[str, ...]
    others: tuple[str, ...]
    crossed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartWords:
    """Words around a word of comparison that change the comparison, see the file."""

    than: frozenset[str]
    over: frozenset[str]
    degrees: frozenset[str]
    improving: frozenset[str]
    others: frozenset[str]
    baselines: frozenset[str]
    weakening: frozenset[str]
    passive: frozenset[str]
    near_number: frozenset[str]
    leads_value: frozenset[str]
    links: frozenset[str]
    changes: frozenset[str]
    moving: frozenset[str]
    placing: frozenset[str]
    joints: frozenset[str]
    listing: frozenset[str]
    verbal_not: frozenset[str]


@cache
def part_words() -> PartWords:
    """The shipped words."""
    data = tomllib.loads((files("claims.domains.table") / "part_forms.toml").read_text(encoding="utf-8"))
    return PartWords(**{field.name: frozenset(data[field.name]) for field in fields(PartWords)})


@cache
def part_forms() -> tuple[PartForms, ...]:
    """The shipped forms."""
    data = tomllib.loads((files("claims.domains.table") / "part_forms.toml").read_text(encoding="utf-8"))
    return tuple(map(_forms, data["group"]))


def _forms(group: Mapping[str, Any]) -> PartForms:
    forms, denied, across, others, crossed = (
        tuple(group.get(name, ())) for name in ("forms", "denied", "across", "others", "crossed")
    )
    words, adjectives = frozenset(group["words"]), frozenset(group["adjectives"])
    return PartForms(words, adjectives, group["rival"], forms, denied, across, others, crossed)
