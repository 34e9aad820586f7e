"""A PDF that is a paper: its sentences in reading order, with page and line, by the reader of sources."""

from __future__ import annotations

from collections import Counter

from analysis.errors import InputError, MissingDataError
from claims.citation_marks import citations_in, marks_inside
from claims.library import pdf
from claims.readers.draft import Draft, DraftClaim, ReportHead
from claims.readers.head import reference
from claims.readers.source import ReportFile
from claims.readers.stated import sentences, unchecked_kind


def paper_draft(source: ReportFile) -> Draft:
    """The claims and head matter in the prose of a PDF; empty where pypdfium2 is not installed or cannot read it."""
    try:
        paper = pdf.read(str(source.path), source.data)
    except (MissingDataError, InputError):
        return Draft()
    passed: Counter[str] = Counter()
    claims: list[DraftClaim] = []
    for printed in paper.sentences:
        for text in sentences(marks_inside(printed.text.lstrip("•▪–* "))):
            kind = unchecked_kind(text)
            if kind is not None:
                passed[kind] += 1
                continue
            place = {"line": printed.line, "page": printed.page, "section": printed.section}
            claims.append(DraftClaim(text, citations=citations_in(text), **place))  # type: ignore[arg-type]
    head = ReportHead(title=paper.title or None, references=tuple(map(reference, paper.references)))
    return Draft(tuple(claims), head, passed_over=tuple(sorted(passed.items())))
