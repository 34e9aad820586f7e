"""Writes the example papers in PDF below examples/sources: `python docs/make_example_papers.py`.

Their study is made up, and the first version contradicts itself in six places on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl

mpl.use("pdf")
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import TextPath

FOLDER = Path(__file__).parents[1] / "examples" / "sources"
WIDTH, HEIGHT = 595.0, 842.0
"""A4 in points."""
TITLE = "Warm-Up Tasks for Reading Tide Tables"
HEADER = (("", "Harbours"), ("Task", "Quay", "Reef", "Shoal", "Cape", "Avg."))
GAINS = (
    ("Spelling", "+1.2", "+0.4", "-0.3", "+0.7", "+0.5"),
    ("Counting", "+2.1", "+1.0", "+0.5", "+1.2", "+1.2"),
    ("Naming", "+0.6", "-0.2", "+0.8", "+0.4", "+0.4"),
    ("Ordering", "+1.5", "+0.9", "+0.6", "+1.0", "+3.0"),
    ("Sorting", "+0.4", "+0.2", "-0.6", "+0.8", "+0.2"),
)
SCORES = (
    ("Drift (Moor, 2021)", "71.2", "64.0", "58.1", "66.7", "65.0"),
    ("Drift (ours)", "70.1", "63.2", "57.5", "65.2", "64.0"),
    ("Our Best Model", "*74.0", "*66.3", "*60.2", "*69.1", "*67.4"),
)
CAPTION = (
    "Table 1: Gains of one warm-up task on four harbours, and test",
    "scores. The best test scores are bold.",
)
LEFT_COLUMN = (
    ("#", "Abstract"),
    ("", "A model that reads tide tables is trained on a warm-"),
    ("", "up task ﬁrst. Counting as the warm-up task gives an"),
    ("", "average improvement of 1.3 points. Our best model"),
    ("", "gains 2.4 points on average over Drift."),
    ("#", "1 Data"),
    ("", "Reef, Shoal and Cape do not have separate vali-"),
    ("", "dation sets. Every score is a percentage of rows"),
    ("", "read without a mistake.^1"),
    ("#", "2 Results"),
    ("", "Table 1 lists all scores. Quay and Reef beneﬁt uni-"),
    ("", "versally from a warm-up task. For validation we"),
    ("", "use training rows, for Reef, Shoal and Quay do not"),
    ("", "include separate validation sets."),
)
RIGHT_COLUMN = (
    ("#", "3 Conclusion"),
    ("", "Our best model obtains 2.9 and 2.3 point gains on"),
    ("", "Quay and Reef, respectively, compared to the best"),
    ("", "reported Drift baseline (Moor, 2021)."),
    ("#", "References"),
    ("", "A. Moor. 2021. Drift: a model that reads tables."),
    ("", "Proceedings of a workshop that is made up."),
)
NOTE = "A row is read without a mistake if all its cells are."


@dataclass(slots=True)
class Sheet:
    """A page that words and rules are put on, in points from the lower left corner.

    Attributes:
        family: of the font. figure: the page.
    """

    family: str = "serif"
    figure: Figure = field(default_factory=lambda: Figure(figsize=(WIDTH / 72, HEIGHT / 72)))

    def put(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        side: str = "left",
        turned: bool = False,
    ) -> None:
        """Puts a text; "^" raises what follows, `side` is which end of it stands at x."""
        words, _, mark = text.partition("^")
        self.figure.text(
            x / WIDTH, y / HEIGHT, words, fontsize=size, fontweight="bold" if bold else "normal",
            ha=side, va="baseline", family=self.family, rotation=90 if turned else 0,
        )  # fmt: skip
        if mark:
            font = FontProperties(family=self.family)
            x += TextPath((0, 0), words, size, prop=font).get_extents().x1
            y += 0.36 * size
            self.figure.text(x / WIDTH, y / HEIGHT, mark, fontsize=0.7 * size, family=self.family)

    def rule(self, left: float, right: float, y: float, width: float = 0.6) -> None:
        """Draws a rule."""
        line = Line2D([left / WIDTH, right / WIDTH], [y / HEIGHT] * 2, linewidth=width, color="black")
        self.figure.add_artist(line)

    def lines(self, x: float, y: float, lines: Sequence[tuple[str, str]], size: float = 10) -> float:
        """Puts lines, those of kind "#" as headings; where they end."""
        for kind, text in lines:
            y -= (2.0 if kind else 1.2) * size
            self.put(x, y, text, size + 2 * bool(kind), bold=bool(kind))
        return y


def table(sheet: Sheet, left: float, top: float, *, size: float = 8, pitch: float = 34, rules: bool = True) -> float:
    """Puts the table of the study; where it ends."""
    first = 11.5 * size
    right = left + first + 5 * pitch
    places = [left + first + (n + 0.5) * pitch for n in range(5)]

    def ruled(y: float, width: float = 0.6) -> None:
        if rules:
            sheet.rule(left, right, y, width)

    y = top - size
    ruled(top + 2, 1)
    sheet.put((places[0] + places[3]) / 2, y, HEADER[0][1], size, side="center", bold=True)
    if rules:
        sheet.rule(places[0] - pitch / 2 + 3, places[3] + pitch / 2 - 3, y - 2.5, 0.4)
    y -= 1.4 * size
    for x, name in zip(places, HEADER[1][1:], strict=True):
        sheet.put(x, y, name, size, side="center", bold=True)
    sheet.put(left + 3, y, HEADER[1][0], size, bold=True)
    for heading, rows in (("One warm-up task", GAINS), ("Test scores", SCORES)):
        ruled(y - 3)
        y -= 1.5 * size
        sheet.put((left + right) / 2, y, heading, size, side="center", bold=True)
        ruled(y - 3)
        y -= 0.3 * size
        for row in rows:
            y -= 1.25 * size
            sheet.put(left + 3, y, row[0], size)
            for x, cell in zip(places, row[1:], strict=True):
                sheet.put(x, y, cell.removeprefix("*"), size, side="center", bold=cell.startswith("*"))
    ruled(y - 3, 1)
    return y - 3


def two_columns(family: str = "serif") -> Figure:
    """The first version of the study: two columns, a table between rules, a footnote, ligatures, broken words."""
    sheet = Sheet(family)
    sheet.put(WIDTH / 2, 780, TITLE, 15, bold=True, side="center")
    sheet.put(WIDTH / 2, 760, "An author who is made up", 10, side="center")
    sheet.lines(50, 740, LEFT_COLUMN, 9)
    sheet.rule(50, 130, 62)
    sheet.put(50, 52, NOTE, 7)
    end = table(sheet, 306, 735)
    for n, line in enumerate(CAPTION):
        sheet.put(306, end - 14 - 10 * n, line, 8)
    sheet.lines(306, end - 40, RIGHT_COLUMN, 9)
    return sheet.figure


def save(path: Path, figures: Sequence[Figure]) -> None:
    """Writes pages to a PDF whose bytes depend on nothing else."""
    told = {"CreationDate": None, "Producer": None, "Creator": None}
    with mpl.rc_context({"pdf.fonttype": 42, "font.serif": ["DejaVu Serif"]}), PdfPages(path, metadata=told) as pages:
        for figure in figures:
            pages.savefig(figure)


def main() -> None:
    """Writes the example papers."""
    save(FOLDER / "tides_v1.pdf", [two_columns()])


if __name__ == "__main__":
    main()
