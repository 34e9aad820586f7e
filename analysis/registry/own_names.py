"""Names of one results table that the vocabulary does not hold: they stand for themselves.

`results.parquet` may have a file `results.names.toml` beside it that adds facts, with a table per name:

```toml
[model."bigscience/bloom-1b1"]
name = "BLOOM 1.1B"

[metric.acc_norm]
name = "length-normalised accuracy"
higher_is_better = true
```

Facts are those of the project's own data files.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.files.atomic import write_text
from analysis.files.unread import why_unread
from analysis.registry.vocabulary import Entry, Vocabulary, entry_of_table, fold
from analysis.wording import counted

CATEGORIES = ("model", "intermediate", "target", "language", "metric")
"""Categories of the vocabulary that a results table refers to."""

Entries = Mapping[str, Mapping[str, Entry]]

NEAR = 75
"""Likeness of two spellings (0 to 100) from which one may be a slip of the other."""

SHOWN = 4
"""Names of a category that the one line shows."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that the vocabulary does not hold.

    Attributes:
        category: of the vocabulary. name: as the file writes it. rows: how many scores bear it.
        near: ids with a similar spelling, nearest first.
    """

    category: str
    name: str
    rows: int
    near: tuple[str, ...]

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(map(repr, self.near))}?" if self.near else ""
        return f"unknown {self.category} {self.name!r} ({counted(self.rows, 'score')}){hint}"


def unknown_name(registry: Vocabulary, category: str, name: str, rows: int) -> Unknown:
    """A name outside the vocabulary with the ids it may be a slip of."""
    return Unknown(category, name, rows, tuple(registry.suggest(category, name, least=NEAR)))


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Known names that one may be a slip of, nearest first."""
    from rapidfuzz import fuzz, process

    folded = {fold(each): each for each in known}
    found = process.extract(fold(name), list(folded), scorer=fuzz.ratio, limit=2, score_cutoff=NEAR)
    return tuple(folded[each] for each, _, _ in found)


def in_one_line(unknown: Iterable[Unknown]) -> str:
    """Names that stand for themselves, those that may be slips first; "" for none."""
    by_category: dict[str, list[Unknown]] = {}
    for one in unknown:
        by_category.setdefault(one.category, []).append(one)
    parts = []
    for category, names in by_category.items():
        first = sorted(names, key=lambda one: not one.near)[:SHOWN]
        shown = [
            f"{one.name!r} (near {' or '.join(map(repr, one.near))})" if one.near else repr(one.name) for one in first
        ]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        parts.append(f"{category} {', '.join(shown)}{more}")
    return f"names outside the vocabulary stand for themselves: {'; '.join(parts)}" if parts else ""


def names_beside(table: Path) -> Path:
    """The file that holds the names of a results table."""
    return table.parent / f"{table.stem}.names.toml"


def with_own_names(table: Path, registry: Vocabulary) -> Vocabulary:
    """The vocabulary with the names in the file beside a results table, if there is one.

    Raises:
        InputError: the file cannot be read.
    """
    path = names_beside(table)
    return registry.extended(read_own_names(path)) if path.exists() else registry


def read_own_names(path: Path) -> Entries:
    """The entries of a names file, by category and id.

    Raises:
        InputError: the file cannot be read.
    """
    tables = read_toml(path)
    entries: dict[str, dict[str, Entry]] = {}
    for category, named in tables.items():
        if category not in CATEGORIES or not all(isinstance(facts, dict) for facts in named.values()):
            raise InputError(str(path), f"[{category}] is no table of names (one of {', '.join(CATEGORIES)})")
        entries[category] = {key: entry_of_table(category, key, facts) for key, facts in named.items()}
    return entries


def write_own_names(path: Path, entries: Entries) -> None:
    """Writes names, sorted, whole or not at all."""
    parts = ["# Names of the results table beside this file; facts may be added.", ""]
    for category in CATEGORIES:
        for key, entry in sorted(entries.get(category, {}).items()):
            parts += [f"[{category}.{_quoted(key)}]", f"name = {_quoted(entry.name)}"]
            facts = {fact: value for fact, value in entry.facts.items() if fact not in {"name", "data"}}
            facts |= {"aliases": entry.aliases} if entry.aliases else {}
            facts |= {"source": entry.source("")} if entry.source("") else {}
            parts += [*(f"{_quoted(fact)} = {_value(value)}" for fact, value in facts.items()), ""]
    write_text(path, "\n".join(parts))


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        InputError: it is missing or not TOML, or holds something beside tables.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), why_unread(error, "a file of tables")) from None
    if loose := [key for key, value in tables.items() if not isinstance(value, dict)]:
        raise InputError(str(path), f"{loose[0]!r} stands outside of a table; write [model], [target], …")
    return tables


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_quoted(str(key))} = {_value(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
