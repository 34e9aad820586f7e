"""The built-in evidence: scores and findings read in publications, each with its place.

Which studies there are, and in which file the scores of each stand, says `studies.toml` alone.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import pandas as pd

from analysis.errors import UnknownNameError
from analysis.own_names import read_own_names
from analysis.results import concat, load_results
from analysis.vocabulary import Vocabulary

PREFIX = "published:"
"""Written before the id of a study, it stands for the study's results table on the command line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a publication states in words.

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


@cache
def published_scores() -> pd.DataFrame:
    """The scores of the studies that decide claims, as a results table (see `analysis.results`)."""
    return _scores_of([study for study in studies().values() if study.judges])


@cache
def study_scores(study: str) -> pd.DataFrame:
    """The scores of one study as a results table, whether they decide claims or not.

    Raises:
        UnknownNameError: there is no such study.
    """
    return _scores_of([study_named(study)])


def study_named(study: str) -> Study:
    """The study of an id.

    Raises:
        UnknownNameError: there is none; the message lists those there are.
    """
    if study not in studies():
        there = ", ".join(studies())
        raise UnknownNameError(PREFIX + study, f"unknown study {study!r}; there are {there} (claimgauge ls studies)")
    return studies()[study]


def study_words(names: Iterable[str], words: Vocabulary) -> Vocabulary:
    """The vocabulary with the names that the tables of some studies bring with them."""
    for file in dict.fromkeys(study_named(name).scores for name in names):
        beside = files("analysis") / "data" / "published" / f"{file.removesuffix('.csv')}.names.toml"
        if beside.is_file():
            with as_file(beside) as path:
                words = words.extended(read_own_names(path))
    return words


def digest(names: Collection[str]) -> str:
    """SHA-256 of the files in which the scores of some studies stand."""
    found = hashlib.sha256()
    for file in dict.fromkeys(study_named(name).scores for name in names):
        found.update((files("analysis") / "data" / "published" / file).read_bytes())
    return found.hexdigest()


def _scores_of(chosen: Collection[Study]) -> pd.DataFrame:
    ids = [study.id for study in chosen]
    tables = [_table(file) for file in dict.fromkeys(study.scores for study in chosen)]
    return concat([table[table["study"].astype(str).isin(ids)] for table in tables])


@cache
def _table(file: str) -> pd.DataFrame:
    with as_file(files("analysis") / "data" / "published") as folder:
        return load_results(folder / file)


@cache
def findings() -> tuple[Finding, ...]:
    """The published findings, in the order of the file."""
    text = (files("analysis") / "data" / "published" / "findings.toml").read_text(encoding="utf-8")
    return tuple(
        Finding(
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


@dataclass(frozen=True, slots=True)
class Study:
    """A study behind published scores.

    Attributes:
        id: value of the column `study`. title: in words. version: of the study's text, or "".
        superseded_by: the study whose scores replace these, or None.
        scores: the file beside studies.toml in which its scores stand.
        judges: whether its scores decide claims; those of the others are analysed and drawn only.
        licence: of the scores. address: where they were read, with the commit where there is one.
        note: what a reader of the scores must know, or "".
        printed, states: files with a table as it was printed and with what the text states, or "".
    """

    id: str
    title: str
    version: str
    superseded_by: str | None
    scores: str
    judges: bool
    licence: str
    address: str
    note: str
    printed: str
    states: str


@cache
def studies() -> dict[str, Study]:
    """The studies behind the published scores, by id."""
    text = (files("analysis") / "data" / "published" / "studies.toml").read_text(encoding="utf-8")
    return {
        key: Study(
            key,
            table["title"],
            table.get("version", ""),
            table.get("superseded_by"),
            table["scores"],
            table.get("judges", True),
            table.get("licence", ""),
            table.get("address", ""),
            table.get("note", ""),
            table.get("printed", ""),
            table.get("states", ""),
        )
        for key, table in tomllib.loads(text).items()
    }
