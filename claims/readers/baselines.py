"""The text of a PDF's page with raised figures told from those on the line.

Taken out of a PDF as it stands, "0.9" with a raised 1 becomes "0.91". A run of text that is set
smaller and higher than the run before it is raised, one that is set smaller and lower is lowered.
A line through which a reader has put a strike-out note gets a gap, for the note does not tell its
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.readers.gaps import GAP
from claims.readers.scripts import lowered, raised

_SMALLER = 0.87
"""Size of raised text at most, as a share of the text beside it."""
_SHIFT = (0.1, 0.8)
"""How far raised or lowered text is shifted, as a share of the size of the text beside it."""
_FIGURES = frozenset("0123456789,*†‡§")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text: its size and the height of its baseline, both in points."""

    text: str
    size: float
    height: float

    @property
    def letters(self) -> str:
        """The text without blanks around it."""
        return self.text.strip()


def page_text(page: Any, mode: str = "plain") -> str:
    """The text of a page of pypdf's."""
    if mode != "plain":
        return str(page.extract_text(extraction_mode=mode))
    runs: list[Run] = []

    def take(text: str, user: Sequence[float], own: Sequence[float], _: object, size: float) -> None:
        height = own[4] * user[1] + own[5] * user[3] + user[5]
        runs.append(Run(text, abs(size * own[3] * user[3]), height))

    whole = str(page.extract_text(visitor_text=take))
    if "".join(run.text for run in runs) != whole:
        return whole
    struck = _struck_heights(page)
    return on_the_line(Run(_with_gap(run, struck), run.size, run.height) for run in runs)


def on_the_line(runs: Any) -> str:
    """The runs of a page joined, raised and lowered ones put on the line or taken out."""
    text = ""
    beside: Run | None = None
    for run in runs:
        goes_on = bool(text) and not text.endswith("\n") and not run.text.startswith("\n")
        script = _script(run, beside) if goes_on and beside and run.letters else None
        if script is None:
            text += run.text
            beside = run if run.letters else beside
        else:
            text += script(text[-40:], run.letters) + run.text[len(run.text.rstrip()) :]
    return text


def _script(run: Run, beside: Run) -> Any:
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


def _with_gap(run: Run, struck: Sequence[tuple[float, float]]) -> str:
    through = run.letters and any(low - 1 <= run.height + run.size / 4 <= high + 1 for low, high in struck)
    return run.text.rstrip("\n") + GAP + run.text[len(run.text.rstrip("\n")) :] if through else run.text
