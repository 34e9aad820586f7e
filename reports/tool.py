"""Provenance of an output: the tool, the versions that decide its verdicts, the results it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.gathering import ResultsFile


@dataclass(frozen=True, slots=True)
class UsedConfig:
    """Options a run took from a configuration file of the working folder.

    Attributes:
        file: its name.
        options: (option, value in words).
        evidence: the options among them that can turn a verdict around.
    """

    file: str
    options: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]

    def __str__(self) -> str:
        said = f"{self.file} sets {', '.join(f'{name} = {value}' for name, value in self.options)}"
        return f"{said} ({', '.join(self.evidence)} can turn verdicts around)" if self.evidence else said


@dataclass(frozen=True, slots=True)
class Tool:
    """The maker of an output, printed in every format.

    Attributes:
        name, version: of the program.
        definitions: version of the definitions of vague words.
        lexicon: version of the trade words that sentences are read by.
        results: the results files the claims were checked against.
        built_in: whether the built-in published scores were used too.
        config: what was taken from a configuration file, None where nothing.
    """

    name: str
    version: str
    definitions: str
    lexicon: str
    results: tuple[ResultsFile, ...] = ()
    built_in: bool = True
    config: UsedConfig | None = None
