"""What made an output: the tool, the versions that decide its verdicts, the results it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.gathering import ResultsFile


@dataclass(frozen=True, slots=True)
class Tool:
    """The maker of an output, printed in every format.

    Attributes:
        name, version: of the program.
        definitions: version of the definitions of vague words.
        lexicon: version of the trade words that sentences are read by.
        results: the results files the claims were checked against.
        built_in: whether the built-in published scores were used too.
    """

    name: str
    version: str
    definitions: str
    lexicon: str
    results: tuple[ResultsFile, ...] = ()
    built_in: bool = True
