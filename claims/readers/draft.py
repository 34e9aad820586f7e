"""Output of a reader: claims without ids, and facts about the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.report import Mark, Reference, StatedTotals
from claims.words import Words


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim as found; the fields mean what those of `claims.report.Claim` mean."""

    text: str
    mark: Mark = "none"
    mark_raw: str = ""
    confidence: float | None = None
    confidence_raw: str = ""
    line: int = 0
    page: int = 0
    section: str = ""
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportHead:
    """Facts a report states about itself; the fields mean what those of `Report` mean."""

    title: str | None = None
    examines: str | None = None
    question: str | None = None
    abstract: str | None = None
    stated: StatedTotals = field(default_factory=StatedTotals)
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims and facts of one report file.

    Attributes:
        claims: the claims found.
        head: the head matter of the report.
        names: names of columns, fields and keys it saw, for a message about one that is missing.
        passed_over: (kind, number) of sentences of prose that are no claims; see `Report`.
        listed: True if there are claims besides those found in prose.
    """

    claims: tuple[DraftClaim, ...] = ()
    head: ReportHead = field(default_factory=ReportHead)
    names: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()
    listed: bool = False

    def without_lines(self) -> Draft:
        """The same of a file whose lines mean nothing to its reader."""
        return replace(
            self, claims=tuple(replace(found, line=found.line if found.page else 0) for found in self.claims)
        )


class MalformedError(Exception):
    """A text breaks the rules of its format; `read_report` adds the file's name.

    Attributes:
        faults: one sentence each, with its line and its remedy.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of report, with the functions that recognise and read it.

    Attributes:
        name: as it stands in `Report.layout`.
        recognise: returns True if a file is of this kind, by its content (its bytes, its decoded text; ""
            for a binary file); its ending is a hint at most.
        texts: the text to read, from the same two; where there are several extractions, the best
            first.
        read: makes a draft of a repaired text; `words` are the words of that text. Raises
            `MalformedError`.
        made_by: distribution and version of the plugin it comes from; "" for one of this project.
    """

    name: str
    recognise: Callable[[ReportFile, str, ReadOptions], bool]
    texts: Callable[[ReportFile, str], Iterator[str]]
    read: Callable[[str, Words, ReadOptions], Draft]
    made_by: str = ""


def as_it_stands(_: ReportFile, text: str) -> Iterator[str]:
    """The text of a file that holds nothing but it."""
    yield text
