"""One file of any kind → a paper; its kind is told by its content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError
from claims.library import markup, pdf, plain_text, tex
from claims.library.model import Paper
from claims.phrases import each_word
from claims.readers import docx, html, latex, markdown
from claims.readers.draft import MalformedError
from claims.readers.options import DEFAULT_OPTIONS
from claims.readers.pdf import is_pdf
from claims.readers.source import ReportFile, decode, open_source

ENDINGS = each_word(".pdf .tex .ltx .html .htm .xhtml .xml .nxml .md .markdown .mmd .txt .text .docx")
"""Endings of files that are taken out of a folder."""
MOST_BYTES = 200_000_000
"""Bytes of a file at most."""
PART = "is a part of a LaTeX document; the file with \\documentclass brings it in"
XML = re.compile(r"\s*<\?xml\b")


@dataclass(frozen=True, slots=True)
class PartError(Exception):
    """A file that is no paper of its own.

    Attributes:
        path: the file.
    """

    path: Path

    def __str__(self) -> str:
        return f"{self.path}: {PART}"


def read_paper(path: Path) -> tuple[Paper, str]:
    """A paper and the SHA-256 of its file.

    Raises:
        InputError: the file is missing, too large, empty, binary of no kind that is read, damaged, locked.
        MissingDataError: the package that reads its kind is not installed.
        PartError: it is a LaTeX file that others bring in.
    """
    source = opened_file(path)
    return paper_of(source), source.sha256


def opened_file(path: Path) -> ReportFile:
    """The bytes of a file.

    Raises:
        InputError: it is missing, no plain file, too large or empty.
    """
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        size = f"{path.stat().st_size / 1e6:,.0f} MB"
        raise InputError(str(path), f"has {size}, more than the {MOST_BYTES / 1e6:.0f} MB of any paper; leave it out")
    return open_source(path, MOST_BYTES)


def paper_of(source: ReportFile) -> Paper:
    """The paper that a file's bytes hold; raises as `read_paper` does."""
    try:
        paper = _read(source)
    except MalformedError as error:
        raise InputError(str(source.path), error.faults) from None
    except RecursionError:
        raise InputError(str(source.path), "is nested too deep to be read") from None
    if not paper.sentences and not paper.tables:
        raise InputError(str(source.path), f"holds no sentence and no table (read as {paper.kind})")
    return paper


def _read(source: ReportFile) -> Paper:
    name = str(source.path)
    if is_pdf(source):
        return pdf.read(name, source.data)
    if docx.recognise(source, "", DEFAULT_OPTIONS):
        return markup.read_html("docx", source.path.name, next(docx.texts(source, "")))
    text = decode(source)
    if latex.recognise(source, text, DEFAULT_OPTIONS) and source.ending not in {".md", ".markdown", ".mmd"}:
        if source.ending in {".tex", ".ltx"} and not tex.is_document(text):
            raise PartError(source.path)
        return tex.read(source.path, text)
    if markup.is_jats(text):
        return markup.read_jats(source.path.name, text)
    if html.recognise(source, text, DEFAULT_OPTIONS) and source.ending not in {".md", ".markdown", ".mmd"}:
        return markup.read_html("html", source.path.name, text)
    if XML.match(text):
        raise source.fault("is XML of no kind that is read; of XML, JATS articles are")
    if markdown.recognise(source, text, DEFAULT_OPTIONS):
        return markup.read_markdown(source.path.name, text)
    return plain_text.read(source.path.name, text)
