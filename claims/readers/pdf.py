"""PDF, by pypdf (an extra): its text, read as plain text."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from analysis.errors import MissingDataError
from claims.readers import text as plain_text
from claims.readers.controls import GAP
from claims.readers.draft import Layout
from claims.readers.options import ReadOptions
from claims.readers.scripts import lowered, raised
from claims.readers.source import ReportFile

Script: TypeAlias = Callable[[str, str], str]
"""`raised` or `lowered`."""
_SMALLER = 0.87
"""Size of raised text at most, as a share of the text beside it."""
_SHIFT = (0.1, 0.8)
"""Least and greatest shift of raised or lowered text, as a share of the size of the text beside it."""
_LAST_WORD = re.compile(r"[^\s(]+\Z")
_WIDEST = 40
_FIGURES = frozenset("0123456789,*†‡§")


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text: its size and the height of its baseline, both in points."""

    text: str
    size: float
    height: float

    @property
    def letters(self) -> str:
        """The text without blanks around it."""
        return self.text.strip()


@dataclass(slots=True)
class PageText:
    """The text of a page as it is put together.

    Attributes:
        text: so far. moved: words as they stand in the PDF → as they are read.
    """

    text: str = ""
    moved: dict[str, str] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Adds text that stands on the line."""
        self.text += text

    def move(self, run: TextRun, script: Script) -> None:
        """Adds raised or lowered text as it is to be read."""
        before = self.text[-_WIDEST:]
        told = script(before, run.letters)
        word = _LAST_WORD.search(before)
        base = word.group() if word else ""
        self.moved[base + run.letters] = base + told
        self.text += told + run.text[len(run.text.rstrip()) :]


def page_text(page: Any, mode: str = "plain") -> str:
    """The text of a page of pypdf's; `mode` is one of its modes of extraction."""
    plain = _plain(page)
    if mode == "plain":
        return plain.text
    laid_out = str(page.extract_text(extraction_mode=mode))
    for word, told in plain.moved.items():
        sure = word not in plain.text
        laid_out = re.sub(rf"(?<![\w.]){re.escape(word)}(?![\w])", lambda _: told if sure else told + GAP, laid_out)  # noqa: B023
    return laid_out


def _plain(page: Any) -> PageText:
    runs: list[TextRun] = []

    def take(text: str, user: Sequence[float], own: Sequence[float], _: object, size: float) -> None:
        height = own[4] * user[1] + own[5] * user[3] + user[5]
        runs.append(TextRun(text, abs(size * own[3] * user[3]), height))

    whole = str(page.extract_text(visitor_text=take))
    if "".join(run.text for run in runs) != whole:
        return PageText(whole)
    struck = _struck_heights(page)
    return on_the_line(TextRun(_with_gap(run, struck), run.size, run.height) for run in runs)


def on_the_line(runs: Iterable[TextRun]) -> PageText:
    """The runs of a page joined, raised and lowered ones put on the line or taken out."""
    page = PageText()
    beside: TextRun | None = None
    for run in runs:
        goes_on = bool(page.text) and not page.text.endswith("\n") and not run.text.startswith("\n")
        script = _script(run, beside) if goes_on and beside and run.letters else None
        if script:
            page.move(run, script)
        else:
            page.add(run.text)
            beside = run if run.letters else beside
    return page


def _script(run: TextRun, beside: TextRun) -> Script | None:
    """The function that puts a raised or lowered run on the line of the run beside it; None where it is on it."""
    if not 0 < run.size <= _SMALLER * beside.size:
        return None
    shift = (run.height - beside.height) / beside.size
    if _SHIFT[0] <= shift <= _SHIFT[1]:
        return raised
    if -_SHIFT[1] <= shift <= -_SHIFT[0]:
        return lowered
    raised_figure = shift == 0 and beside.letters[-1].isdigit() and set(run.letters) <= _FIGURES
    return raised if raised_figure else None


def _struck_heights(page: Any) -> list[tuple[float, float]]:
    """The lower and upper ends of the strike-out notes of a page."""
    heights: list[tuple[float, float]] = []
    for entry in page.get("/Annots") or ():
        note = entry.get_object()
        if note.get("/Subtype") == "/StrikeOut" and note.get("/Rect"):
            _, low, _, high = map(float, note["/Rect"])
            heights.append((min(low, high), max(low, high)))
    return heights


def _with_gap(run: TextRun, struck: Sequence[tuple[float, float]]) -> str:
    through = run.letters and any(low - 1 <= run.height + run.size / 4 <= high + 1 for low, high in struck)
    return run.text.rstrip("\n") + GAP + run.text[len(run.text.rstrip("\n")) :] if through else run.text


_MAGIC = b"%PDF-"
_WITHIN = 1024
"""Bytes within which a PDF's first mark must stand."""


def recognise(source: ReportFile, _: str, __: ReadOptions) -> bool:
    """True if a file is a PDF."""
    return is_pdf(source)


def is_pdf(source: ReportFile) -> bool:
    """True if a file's bytes are those of a PDF."""
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
