"""PDF, by pypdf (an extra): its text, read as plain text."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.errors import MissingDataError
from claims.readers import text as plain_text
from claims.readers.baselines import page_text
from claims.readers.draft import Layout
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile

_MAGIC = b"%PDF-"
_WITHIN = 1024
"""Bytes within which a PDF's first mark must stand."""


def recognise(source: ReportFile, _: str, __: ReadOptions) -> bool:
    """Whether a file is a PDF."""
    return is_pdf(source)


def is_pdf(source: ReportFile) -> bool:
    """Whether a file's bytes are those of a PDF."""
    return _MAGIC in source.data[:_WITHIN]


def texts(source: ReportFile, _: str) -> Iterator[str]:
    """A PDF's text in reading order, then with its columns kept in place; pages end in form feeds.

    Raises:
        MissingDataError: pypdf is not installed.
        InputError: the file is damaged, encrypted, or holds no text.
    """
    try:
        from pypdf import PdfReader
    except ImportError as error:
        message = f'{source.path}: reading PDF needs pypdf; install it: pip install "claimgauge[pdf]"'
        raise MissingDataError(message) from error
    for mode in ("plain", "layout"):
        try:
            with _quiet():
                reader = PdfReader(io.BytesIO(source.data))
                encrypted = reader.is_encrypted and not reader.decrypt("")
                pages = [] if encrypted else [page_text(page, mode) for page in reader.pages]
        except Exception as error:  # pypdf raises whatever a damaged file makes it stumble over
            raise source.fault(f"is a PDF that cannot be read ({error}); print it to a new PDF") from error
        if encrypted:
            raise source.fault("is a PDF locked by a password; save it without one")
        if not any(page.strip() for page in pages):
            raise source.fault("is a PDF without text, perhaps a scan; run text recognition (OCR) on it first")
        yield "\n\f".join(page.replace("\r\n", "\n").replace("\r", "\n") for page in (*pages, ""))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps pypdf's remarks on a file's inner state off stderr."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


LAYOUT = Layout("pdf", recognise, texts, plain_text.read)
