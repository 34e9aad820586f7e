"""The text of a PDF's page with raised figures told from those on the line.

Taken out of a PDF as it stands, "0.9" with a raised 1 becomes "0.91". A run of text that is set
smaller and higher than the run before it is raised, one that is set smaller and lower is lowered.
A line through which a reader has put a strike-out note gets a gap, for the note does not tell its
words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from claims.readers.gaps import GAP
from claims.readers.scripts import lowered, raised

Script: TypeAlias = Callable[[str, str], str]
"""`raised` or `lowered`."""
_SMALLER = 0.87
"""Size of raised text at most, as a share of the text beside it."""
_SHIFT = (0.1, 0.8)
"""How far raised or lowered text is shifted, as a share of the size of the text beside it."""
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
    """How a run is to be put on the line of the run beside it; None where it stands there."""
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
