"""A report as read: its claims with their marks, and its head matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Mark: TypeAlias = Literal["yes", "no", "partly", "unclear", "none"]
"""The report's own verdict on a claim; "none" where it gives none."""

Cut: TypeAlias = Literal["no", "in word", "after word"]
"""The end of a text: whole, cut off where its last word may be half a word, or cut off after a word."""

UNREAD = "stated-beside-the-claims"
"""Kind of sentence that states something to check beside a list of claims; `prose = true` reads those, too."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a report.

    Attributes:
        id: "C01", "C02" … in the order of the report.
        text: the sentence, unwrapped and repaired; still cut off if it was.
        mark: the report's own verdict, `mark_raw` as it is written there.
        confidence: the report's own certainty, 0 to 1, None where it is a word or missing;
            `confidence_raw` as it is written there.
        line: line of the file the claim starts on, counted from 1; 0 where there are no lines. In a paper of several
            pages, of the page.
        page: from 1; 0 where there are no pages. section: the heading it stands under, where it stands in prose.
        citations: its citations, as `claims.citation_marks.citations_in` gives them.
        cut: "no" for a whole text, else the place where it is cut off.
        completed: the whole sentence, where exactly one source text continues the cut one.
        completed_from: the source text that does.
    """

    id: str
    text: str
    mark: Mark = "none"
    mark_raw: str = ""
    confidence: float | None = None
    confidence_raw: str = ""
    line: int = 0
    cut: Cut = "no"
    completed: str | None = None
    completed_from: str | None = None
    page: int = 0
    section: str = ""
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedTotals:
    """Counts the report states of itself; None where it does not.

    Attributes:
        papers: papers retrieved. claims: claims extracted. verified: claims called verified.
        score: quality score, as written ("7.4/10").
    """

    papers: int | None = None
    claims: int | None = None
    verified: int | None = None
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the reference list: as written, and its arXiv number without version."""

    raw: str
    arxiv: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A broken word and its repair."""

    before: str
    after: str
    line: int


@dataclass(frozen=True, slots=True)
class Report:
    """A literature report, read.

    Attributes:
        path: as given by the caller.
        sha256: of the file's bytes.
        layout: which reader read it: "text", "markdown", "table", "json", "claimreview", "html", "pdf", "docx" …
        title: None where the report has none.
        examines: title of the paper the report says it examines.
        question: its research question.
        abstract: unwrapped and repaired; `abstract_cut` is True if it breaks off.
        stated: its own counts.
        claims: in order.
        references: in order.
        repairs: broken words mended (lost ligatures).
        passed_over: (kind, how many) of sentences of prose that are no claims: they state nothing to check, or, of the
            kind `UNREAD`, they do, but the report lists its claims elsewhere.
        encoding: a note on the encoding of its bytes, if it was guessed; "" otherwise.
        read_by: distribution and version of the plugin whose reader read it; "" for one of this project.
    """

    path: str
    sha256: str
    layout: str
    claims: tuple[Claim, ...]
    title: str | None = None
    examines: str | None = None
    question: str | None = None
    abstract: str | None = None
    abstract_cut: bool = False
    stated: StatedTotals = StatedTotals()
    references: tuple[Reference, ...] = ()
    repairs: tuple[Repair, ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()
    encoding: str = ""
    read_by: str = ""
