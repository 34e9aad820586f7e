"""Definitions of vague words: a versioned file that users can override."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.files.unread import why_unread
from claims.hashed import Hashed, hashed


@hashed
class Definition(Hashed):
    """The meaning of one word.

    Attributes:
        word: entry of the definitions file.
        values: its numbers by name (`at_least`, `share`, …).
        alternatives: other values of its first number.
    """

    word: str
    values: tuple[tuple[str, float], ...]
    alternatives: tuple[float, ...] = ()

    def __getitem__(self, name: str) -> float:
        return dict(self.values)[name]

    def __str__(self) -> str:
        numbers = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in self.values)
        return f"{self.word}: {numbers}"


@hashed
class Definitions(Hashed):
    """All definitions, with the version of the file they come from."""

    version: str
    entries: tuple[Definition, ...]

    def __getitem__(self, word: str) -> Definition:
        return next(entry for entry in self.entries if entry.word == word)

    def variants(self, words: frozenset[str]) -> Iterator[tuple[Definition, Definitions]]:
        """For each alternative of each of these words, the changed entry and the definitions with it."""
        for entry in self.entries:
            if entry.word not in words:
                continue
            name = entry.values[0][0]
            for value in entry.alternatives:
                changed = Definition(entry.word, ((name, value), *entry.values[1:]))
                entries = tuple(changed if e.word == entry.word else e for e in self.entries)
                yield changed, Definitions(self.version, entries)


@cache
def default_definitions() -> Definitions:
    """The definitions that ship with the project."""
    text = (files("claims") / "data" / "definitions.toml").read_text(encoding="utf-8")
    return _definitions(tomllib.loads(text))


def load_definitions(path: Path) -> Definitions:
    """The built-in definitions with those of a file put over them.

    Raises:
        InputError: the file cannot be read, or names a word or number that has no definition.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), why_unread(error, "definitions (`claimgauge template definitions`)")) from None
    base = default_definitions()
    faults = _faults(given, base)
    if faults:
        raise InputError(str(path), faults)
    entries = tuple(_overridden(entry, given.get(entry.word, {})) for entry in base.entries)
    return Definitions(str(given.get("version", f"{base.version}, overridden by {path.name}")), entries)


def _definitions(data: Mapping[str, Any]) -> Definitions:
    entries = (
        Definition(
            word,
            tuple((name, float(value)) for name, value in table.items() if name != "alternatives"),
            tuple(float(value) for value in table["alternatives"]),
        )
        for word, table in data.items()
        if isinstance(table, dict)
    )
    return Definitions(str(data["version"]), tuple(entries))


def _faults(given: Mapping[str, Any], base: Definitions) -> list[str]:
    known = {entry.word: entry for entry in base.entries}
    faults = []
    for word, table in given.items():
        if word == "version":
            continue
        if word not in known or not isinstance(table, dict):
            faults.append(f"no vague word {word!r} is defined (known: {', '.join(known)})")
            continue
        names = dict(known[word].values)
        for name, value in table.items():
            if name == "alternatives":
                continue
            if name not in names or not isinstance(value, int | float):
                faults.append(f"[{word}] {name} = {value!r}: expected a number for {' or '.join(names)}")
    return faults


def _overridden(entry: Definition, table: Mapping[str, Any]) -> Definition:
    values = tuple((name, float(table.get(name, value))) for name, value in entry.values)
    alternatives = tuple(float(v) for v in table.get("alternatives", entry.alternatives))
    return Definition(entry.word, values, alternatives)
