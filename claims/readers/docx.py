"""Word documents, by mammoth (an extra): their HTML, read as HTML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from analysis.errors import MissingDataError
from claims.readers import html
from claims.readers.draft import Layout
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.readers.word import with_all_said

_MAGIC = b"PK\x03\x04"
_BODY = "word/document.xml"
_MOST_BYTES = 200_000_000
"""Bytes a document may have unpacked; more is no report."""


def recognise(source: ReportFile, _: str, __: ReadOptions) -> bool:
    """Whether a file is a Word document."""
    if not source.data.startswith(_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return _BODY in archive.namelist()
    except zipfile.BadZipFile:
        return False


def texts(source: ReportFile, _: str) -> Iterator[str]:
    """A document as HTML.

    Raises:
        MissingDataError: mammoth is not installed.
        InputError: the document is damaged or too large.
    """
    try:
        import mammoth
    except ImportError as error:
        message = f'{source.path}: reading DOCX needs mammoth; install it: pip install "claimgauge[docx]"'
        raise MissingDataError(message) from error
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _MOST_BYTES:
        raise source.fault(f"unpacks to {unpacked:,} bytes, more than a report has; save it anew")
    try:
        yield str(mammoth.convert_to_html(io.BytesIO(with_all_said(source.data))).value)
    except Exception as error:  # whatever a damaged file makes its readers stumble over
        raise source.fault(f"is a Word document that cannot be read ({error}); save it anew") from error


LAYOUT = Layout("docx", recognise, texts, html.read)
