"""The built-in evidence: scores and findings read in publications, each with its place.

Which tables of scores ship, and which of them decide claims, says `tables.toml` alone.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from analysis.errors import UnknownNameError
from analysis.registry.own_names import read_own_names
from analysis.registry.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd

PREFIX = "published:"
"""Written before the name of a table that ships, it stands for the table on the command line."""


@dataclass(frozen=True, slots=True)
class PublishedFinding:
    """A finding of a publication, in words.

    Attributes:
        id: short name, for reference in verdicts.
        study: the study that states it; `version` which version of its text.
        version: version of the text, "" where there is only one.
        superseded: a later version of the same study says otherwise.
        statement: the finding in this project's words.
        says: assertions (in the assertion language) that the finding states.
        short_of: assertions that go further than the finding, although it speaks of the same
            comparison: a claim that says one of them is overstated.
        source: where it was read.
        wholly_own: the source is the study's own text.
    """

    id: str
    study: str
    version: str
    superseded: bool
    statement: str
    says: tuple[str, ...]
    short_of: tuple[str, ...]
    source: str
    wholly_own: bool


@dataclass(frozen=True, slots=True)
class ShippedTable:
    """A table of published scores.

    Attributes:
        name: behind `published:`. title: in words.
        scores: its file beside tables.toml; names that it brings with it stand in NAME.names.toml.
        judges: whether its scores decide claims; those of the others are analysed, drawn and audited only.
        licence: of the scores. address: where they were read, with the commit where there is one.
        note: what a reader of the scores must know, or "".
        printed, states: files with a table as it was printed and with what the text states, or "".
    """

    name: str
    title: str
    scores: str
    judges: bool
    licence: str
    address: str
    note: str
    printed: str
    states: str


@cache
def shipped_tables() -> dict[str, ShippedTable]:
    """The tables of published scores, by name."""
    text = (files("analysis") / "data" / "published" / "tables.toml").read_text(encoding="utf-8")
    return {
        name: ShippedTable(
            name,
            table["title"],
            table["scores"],
            table.get("judges", True),
            table["licence"],
            table["address"],
            table.get("note", ""),
            table.get("printed", ""),
            table.get("states", ""),
        )
        for name, table in tomllib.loads(text).items()
    }


def shipped_table(name: str) -> ShippedTable:
    """The table of a name.

    Raises:
        UnknownNameError: there is none; the message lists those there are.
    """
    if name not in shipped_tables():
        there = ", ".join(shipped_tables())
        raise UnknownNameError(PREFIX + name, f"unknown study {name!r}; there are {there} (claimgauge ls studies)")
    return shipped_tables()[name]


def judging_tables() -> tuple[str, ...]:
    """Names of the tables whose scores decide claims."""
    return tuple(name for name, table in shipped_tables().items() if table.judges)


@cache
def published_scores() -> pd.DataFrame:
    """The scores that decide claims, as a results table (see `analysis.results.table`)."""
    from analysis.results.table import concat

    return concat([scores_of(name) for name in judging_tables()])


@cache
def scores_of(name: str) -> pd.DataFrame:
    """The scores of one table, whether they decide claims or not, as a results table.

    Raises:
        UnknownNameError: there is no such table.
    """
    from analysis.results.table import load_results

    with as_file(files("analysis") / "data" / "published") as folder:
        return load_results(folder / shipped_table(name).scores)


def words_of(names: Iterable[str], registry: Vocabulary) -> Vocabulary:
    """The vocabulary with the names that some tables bring with them.

    Raises:
        UnknownNameError: there is no such table.
    """
    for name in names:
        file = f"{shipped_table(name).scores.removesuffix('.csv')}.names.toml"
        beside = files("analysis") / "data" / "published" / file
        if beside.is_file():
            with as_file(beside) as path:
                registry = registry.extended(read_own_names(path))
    return registry


def digest_of(names: Iterable[str]) -> str:
    """SHA-256 of the files of some tables, one after the other.

    Raises:
        UnknownNameError: there is no such table.
    """
    found = hashlib.sha256()
    for name in names:
        found.update((files("analysis") / "data" / "published" / shipped_table(name).scores).read_bytes())
    return found.hexdigest()


@cache
def findings() -> tuple[PublishedFinding, ...]:
    """The published findings, in the order of the file."""
    text = (files("analysis") / "data" / "published" / "findings.toml").read_text(encoding="utf-8")
    return tuple(
        PublishedFinding(
            id=key,
            study=table["study"],
            version=table.get("version", ""),
            superseded=table.get("superseded", False),
            statement=table["statement"],
            says=tuple(table.get("says", ())),
            short_of=tuple(table.get("short_of", ())),
            source=table["source"],
            wholly_own=table.get("wholly_own", True),
        )
        for key, table in tomllib.loads(text).items()
    )
