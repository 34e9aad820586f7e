"""Style of every figure, written so that the same input gives the same bytes.

matplotlib is used through its objects only: nothing here or in `reports.figures` touches pyplot's
global state. Colours are Okabe and Ito's (jfly.uni-koeln.de/color), which the colour-blind tell
apart; where colour says something, a sign or a word says it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError
from analysis.files.atomic import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

INK, SOFT, RULE, PALE, PAPER = "#1d1b18", "#57524a", "#ddd7ca", "#f0ece3", "#ffffff"
BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442",
)  # fmt: skip
CYCLE = (BLUE, VERMILION, GREEN, ORANGE, PINK, SKY, INK)
"""Colours of categories, in their order; every category also has a marker of its own."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "h", "*", "d", "8", "H")

VERDICTS = {
    "supported": ("#00525a", "o"),
    "refuted": ("#b3361c", "X"),
    "mixed": ("#8440a0", "D"),
    "inconclusive": ("#876400", "s"),
    "needs-data": ("#596885", "P"),
    "not-testable": ("#6a655d", "v"),
}
"""Verdict → colour (as on the page) and marker."""

LOSS_TO_GAIN = ("#7f1d0e", "#b3361c", "#d9735a", "#f1b9a8", "#f7f4ee", "#a9cbe4", "#5e9cca", "#2470a8", "#0b3f6e")
"""The diverging map: red for losses, blue for gains, nearly white at zero."""

SETTINGS: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "axes.titlesize": 10.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.0,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "text.color": INK,
    "text.parse_math": False,
    "text.usetex": False,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "lines.linewidth": 1.4,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "hatch.color": "#b9b2a4",
    "hatch.linewidth": 0.8,
    "svg.fonttype": "path",
    "svg.hashsalt": "claimgauge",
    "pdf.fonttype": 42,
    "path.simplify": True,
}
"""Set over matplotlib's own defaults, never over the user's matplotlibrc."""

FORMATS = {
    ".svg": {"Date": None, "Creator": "claimgauge"},
    ".pdf": {"CreationDate": None, "Creator": "claimgauge", "Producer": "claimgauge"},
    ".png": {"Software": None},
}
"""Ending → metadata: no date and no version, so that the bytes depend on the input alone."""

PIXELS_PER_INCH = 150


@contextmanager
def applied() -> Iterator[None]:
    """The look of every figure; the settings found are put back."""
    import matplotlib as mpl

    found: dict[str, Any] = {str(name): value for name, value in mpl.rcParamsDefault.items()}
    for name in ("backend", "backend_fallback", "interactive", "toolbar", "timezone"):
        found.pop(name, None)
    settings: Any = {**found, **SETTINGS}  # matplotlib's stubs list every name as a literal
    with mpl.rc_context(settings):
        yield


def sheet(width: float, height: float) -> Figure:
    """An empty figure (inches) that can measure its own text."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from reports.shown_figure import ShownFigure

    figure = ShownFigure(figsize=(width, height), dpi=PIXELS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def check_ending(path: Path) -> None:
    """Refuses a file that no figure can be written to.

    Raises:
        UsageError: the name ends in something else than .svg, .pdf or .png.
    """
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"cannot draw to {path.name!r}: end the name in {', '.join(FORMATS)}")


def save(figure: Figure, path: Path) -> None:
    """Writes a figure, whole or not at all, with nothing cut off at its edges.

    Raises:
        UsageError: the name ends in something else than .svg, .pdf or .png.
    """
    check_ending(path)
    ending = path.suffix.lower()
    with applied(), replacing(path) as temporary:
        figure.savefig(
            temporary, format=ending[1:], metadata=FORMATS[ending],
            dpi=PIXELS_PER_INCH, bbox_inches="tight", pad_inches=0.08,
        )  # fmt: skip


def signed(figure: Figure, text: str) -> Figure:
    """The figure with a line below it that says who drew it."""
    figure.text(1, 0, printable(text), ha="right", va="top", fontsize=6.5, color=SOFT)
    return figure


def printable(text: str) -> str:
    """The text with a sign in place of each character the figures' font does not have."""
    known = _characters()
    return "".join(sign if ord(sign) in known else "\ufffd" for sign in text)


def folded(text: str, width: int, lines: int) -> str:
    """The text over at most `lines` lines of `width` signs, cut with … where it is longer."""
    rows = wrap(printable(text), width) or [""]
    if len(rows) <= lines:
        return "\n".join(rows)
    return "\n".join([*rows[: lines - 1], shorten(" ".join(rows[lines - 1 :]), width, placeholder=" …")])


def ink_on(colour: tuple[float, float, float]) -> str:
    """Black or white, whichever stands out more on a colour (WCAG 2.2, relative luminance)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"


@cache
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    with applied():
        return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
