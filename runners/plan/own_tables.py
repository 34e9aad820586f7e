"""Tables of tasks, languages and data of the user's own, as a plan or a vocabulary file holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.registry.own_names import read_toml
from runners.structure import unknown_field

Tables = Mapping[str, Mapping[str, Any]]
"""tasks, languages and data → name → table, as read."""

KINDS = ("tasks", "languages", "data")


@dataclass(frozen=True, slots=True)
class Task:
    """The table `[tasks.NAME]`.

    Attributes:
        languages: codes, tags or English names, in a list or separated by blanks; those of the data.
        kind: of the vocabulary; "": the most general one of the data's form.
        name: in print. aliases: other spellings.
        train_examples, dev_examples: for estimates where the data is not at hand.
        metrics: of its form by default. no_dev_set: languages without one.
        train_source: task whose training data it shares. note, source: for people.
        data: as `[data.NAME]`.
    """

    languages: str | tuple[str, ...]
    kind: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    train_examples: int = 0
    dev_examples: int = 0
    metrics: tuple[str, ...] = ()
    no_dev_set: str = ""
    train_source: str = ""
    note: str = ""
    source: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """The table `[languages.CODE]`: what is not stated is taken from the table of the world's languages."""

    name: str = ""
    script: str = ""
    iso639_3: str = ""
    family: str = ""
    branch: str = ""
    aliases: tuple[str, ...] = ()
    other_codes: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""


def read_vocabulary(path: Path) -> Tables:
    """The tables of a vocabulary file; folders in it are relative to the file.

    Raises:
        InputError: it cannot be read, or holds other tables; the tables themselves are checked by `own_entries`.
    """
    tables = read_toml(path)
    faults = [unknown_field(name, name, KINDS) for name in tables if name not in KINDS]
    faults += [
        f"{kind}.{name} must be a table, not {table!r}"
        for kind in KINDS
        for name, table in tables.get(kind, {}).items()
        if not isinstance(table, Mapping)
    ]
    if faults:
        raise InputError(str(path), faults)
    return settled(tables, path.parent)


def settled(tables: Tables, folder: Path) -> Tables:
    """The tables with every `folder` of data made absolute."""

    def placed(table: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**table, "folder": str((folder / table["folder"]).resolve())} if table.get("folder") else table

    tasks = {
        name: {**table, "data": placed(table["data"])} if isinstance(table.get("data"), Mapping) else table
        for name, table in tables.get("tasks", {}).items()
    }
    data = {name: placed(table) for name, table in tables.get("data", {}).items()}
    return {"tasks": tasks, "languages": dict(tables.get("languages", {})), "data": data}


def joined(first: Tables, second: Tables) -> Tables:
    """Two sets of tables as one; what both hold is taken from the second."""
    return {kind: {**first.get(kind, {}), **second.get(kind, {})} for kind in KINDS}
