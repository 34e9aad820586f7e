"""Reads reports of any supported kind into `claims.report.Report`."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import InputError
from claims.citation_marks import citations_in
from claims.cuts import cut_prose, find_cuts
from claims.hashed import replace
from claims.readers.asserted import asserted
from claims.readers.choose import choose
from claims.readers.columns import NAMES, same_name
from claims.readers.controls import without_controls
from claims.readers.draft import Draft, DraftClaim, Layout, MalformedError
from claims.readers.options import DEFAULT_OPTIONS, ReadOptions
from claims.readers.source import ReportFile, encoding_note, open_source
from claims.repair import Repaired, repair
from claims.report import Claim, Report
from claims.words import Words

__all__ = ["ReadOptions", "read_report"]

_SHOWN_NAMES = 12
_SHOWN_ROLES = 6
"""So many names of claims columns a message tells; those in other languages are left out."""


def read_report(path: Path, *, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
    """Reads one report.

    Its kind is told by its content: PDF, DOCX, ClaimReview, Jupyter notebook, JSON or JSONL, LaTeX,
    HTML, CSV or TSV, Org, reStructuredText, YAML (by its name), Markdown, plain text. Damaged letters
    are mended first; wrapped claims are unwrapped; claims that are cut off are marked so. What the
    author struck out or hid is not read; where a reader cannot give what is printed, a claim has a gap
    (`claims.readers.controls.GAP`).

    Args:
        path: a file.
        options: column names and limits.

    Raises:
        InputError: the file is missing, a folder, too large, empty, binary, undecodable, malformed,
            or holds no claim.
        MissingDataError: the file is PDF, DOCX or YAML and the package that reads it is not installed.
    """
    source = open_source(Path(path), options.most_bytes)
    layout, decoded = choose(source, options)
    as_paper = layout.name == "pdf"
    draft, mended = _drafted(source, layout, decoded, replace(options, prose="never") if as_paper else options)
    if as_paper and not draft.claims and options.prose != "never":
        from claims.readers.paper_prose import paper_draft  # the library of papers needs these readers

        draft = paper_draft(source)
        if not draft.claims:
            draft, mended = _drafted(source, layout, decoded, options)
    draft = replace(draft, claims=tuple(c for c in map(_asserted, draft.claims) if any(map(str.isalnum, c.text))))
    if not draft.claims:
        raise source.fault(_nothing_found(layout, draft, options))
    _check_columns(source, draft, options)
    if not decoded:  # a PDF or a Word document has no lines
        draft = draft.without_lines()
        mended = replace(mended, repairs=tuple(replace(done, line=0) for done in mended.repairs))
    return _report(source, layout, draft, mended)


def _drafted(source: ReportFile, layout: Layout, decoded: str, options: ReadOptions) -> tuple[Draft, Repaired]:
    """The draft of the first of a file's texts that holds claims; of the last where none does."""
    draft, mended = Draft(), Repaired("", ())
    for text in layout.texts(source, decoded):
        mended = repair(text)
        try:
            draft = layout.read(mended.text, Words(mended.text), options)
        except MalformedError as error:
            raise InputError(str(source.path), error.faults) from error
        if draft.claims:
            break
    return draft, mended


def _asserted(found: DraftClaim) -> DraftClaim:
    """A claim as its author asserts it; its mark and confidence as they can be printed."""
    return replace(
        found,
        text=asserted(found.text),
        mark_raw=without_controls(found.mark_raw),
        confidence_raw=without_controls(found.confidence_raw),
    )


def _printable(text: str | None) -> str | None:
    return None if text is None else without_controls(text)


def _report(source: ReportFile, layout: Layout, draft: Draft, mended: Repaired) -> Report:
    head = draft.head
    cuts = find_cuts([found.text for found in draft.claims])
    claims = tuple(
        Claim(
            id=f"C{n:02d}",
            text=found.text,
            mark=found.mark,
            mark_raw=found.mark_raw,
            confidence=found.confidence,
            confidence_raw=found.confidence_raw,
            line=found.line,
            cut=cut,
            page=found.page,
            section=without_controls(found.section),
            citations=found.citations or citations_in(found.text),
        )
        for n, (found, cut) in enumerate(zip(draft.claims, cuts, strict=True), 1)
    )
    return Report(
        path=str(source.path),
        sha256=source.sha256,
        layout=layout.name,
        claims=claims,
        title=_printable(head.title),
        examines=_printable(head.examines),
        question=_printable(head.question),
        abstract=_printable(head.abstract),
        abstract_cut=head.abstract is not None and cut_prose(head.abstract),
        stated=head.stated,
        references=tuple(replace(r, raw=without_controls(r.raw)) for r in head.references),
        repairs=mended.repairs,
        passed_over=draft.passed_over,
        encoding=encoding_note(source),
        read_by=layout.made_by,
    )


def _nothing_found(layout: Layout, draft: Draft, options: ReadOptions) -> str:
    """The message for a report without claims: the names searched for, and the option that names the column."""
    wanted = options.columns.get("claim")
    names = f"'{wanted}'" if wanted else ", ".join(NAMES["claim"][:_SHOWN_ROLES])
    looked = (
        f"holds no claim (read as {layout.name}); looked for a table column, a key or a field named {names},"
        " a heading per claim, a list under a heading such as 'Claims', and sentences of prose that state a result"
    )
    seen = ", ".join(f"'{without_controls(name)}'" for name in draft.names[:_SHOWN_NAMES] if name)
    return f"{looked}; {f'it has {seen}; ' if seen else ''}name the column: map = 'claim=NAME'"


def _check_columns(source: ReportFile, draft: Draft, options: ReadOptions) -> None:
    """Refuses a column the caller named and the report lacks."""
    seen = ", ".join(f"'{name}'" for name in draft.names[:_SHOWN_NAMES] if name) or "no names at all"
    missing = [
        f"map = '{role}={name}': no column, key or field '{name}'; it has {seen}"
        for role, name in options.columns.items()
        if not any(same_name(name, other) for other in draft.names)
    ]
    if missing:
        raise InputError(str(source.path), missing)
