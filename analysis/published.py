"""The built-in evidence: scores and findings read in publications, each with its place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import pandas as pd

from analysis.results import load_results


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
    """The published scores as a results table (see `analysis.results`)."""
    with as_file(files("analysis") / "data" / "published" / "scores.csv") as path:
        return load_results(path)


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
