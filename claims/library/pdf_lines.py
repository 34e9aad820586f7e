"""The lines of a page in reading order, which is the order of the file; columns follow one another there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from claims.library.pdf_page import Page, Word

SAME_LINE = 0.45
"""Largest distance between baselines on one line, as a share of the size of the letters."""
WIDEST_BLANK = 2.2
"""Blank within a line at most, as a multiple of the size of its letters; more parts two lines side by side."""
TABLE_LABEL = re.compile(
    r"(?P<label>(?:Table|Tab\.|TABLE)\s*(?:(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVXL]{1,6}\b))\s*(?P<end>[:.|]|$)"
)
FIGURE_LABEL = re.compile(r"(?:Figure|Fig\.|FIGURE|Algorithm|Listing)\s*\d{1,3}\s*[:.|]")


@dataclass(frozen=True, slots=True)
class WordSequence:
    """Words of one height, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words in one text."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Left end of the first word, in points from the left of the page."""
        return self.words[0].left

    @property
    def is_bold(self) -> bool:
        """True if all are bold."""
        return all(word.bold for word in self.words)


@dataclass(frozen=True, slots=True)
class PrintedLine(WordSequence):
    """A line of a page.

    Attributes:
        number: of the line on its page, from 1; parts of one height share it. page: its number.
    """

    number: int
    page: int

    @property
    def right(self) -> float:
        """Right end of the last word, in points from the left of the page."""
        return self.words[-1].right

    @property
    def base(self) -> float:
        """The height of its baseline."""
        return self.words[0].base

    @property
    def size(self) -> float:
        """The size most of its letters have."""
        return common_size(self.words)


def common_size(words: Iterable[Word]) -> float:
    """The size of most letters of some words, rounded to a tenth of a point; 0 of none."""
    counted: dict[float, int] = {}
    for word in words:
        size = round(word.size, 1)
        counted[size] = counted.get(size, 0) + len(word.text)
    return max(counted, key=lambda size: counted[size]) if counted else 0.0


def lines_of(page: Page) -> list[PrintedLine]:
    """The lines of a page; text that is turned is no line."""
    found: list[list[Word]] = []
    for word in page.words:
        if not word.upright:
            continue
        if found and _goes_on(found[-1], word):
            found[-1].append(word)
        else:
            found.append([word])
    lines: list[PrintedLine] = []
    number = 0
    for words in found:
        beside = lines and abs(lines[-1].base - words[0].base) <= SAME_LINE * words[0].size
        number += not beside
        lines.append(PrintedLine(tuple(words), number, page.number))
    return lines


def _goes_on(words: Sequence[Word], word: Word) -> bool:
    last = words[-1]
    size = max(last.size, word.size)
    blank = word.left - last.right
    return abs(word.base - last.base) <= SAME_LINE * size and -0.5 * size <= blank <= WIDEST_BLANK * size


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a table.

    Attributes:
        label: "Table 2". lines: its lines.
    """

    label: str
    lines: tuple[PrintedLine, ...]

    @property
    def text(self) -> str:
        """Its words on one line, hyphens at line ends kept with no blank behind them."""
        text = " ".join(line.text for line in self.lines)
        return re.sub(r"(?<=\w)- (?=[a-z])", "-", text)

    @property
    def top(self) -> float:
        """The upper end of its first line."""
        return self.lines[0].base + self.lines[0].size

    @property
    def bottom(self) -> float:
        """The baseline of its last line."""
        return self.lines[-1].base

    @property
    def left(self) -> float:
        """Left end of its leftmost line, in points."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Right end of its rightmost line, in points."""
        return max(line.right for line in self.lines)


def captions(page: Page, lines: Sequence[PrintedLine]) -> list[Caption]:
    """The captions of tables on a page, in the order of the file."""
    return [_caption(page, lines, i) for i, line in enumerate(lines) if _label(line.text)]


def is_caption(text: str) -> bool:
    """True if a line begins the caption of a table or figure."""
    return bool(_label(text) or FIGURE_LABEL.match(text))


def _label(text: str) -> str:
    found = TABLE_LABEL.match(text)
    return found["label"] if found and (found["end"] or len(text) == found.end()) else ""


def _caption(page: Page, lines: Sequence[PrintedLine], at: int) -> Caption:
    taken = [lines[at]]
    for line in lines[at + 1 :]:
        last = taken[-1]
        drop = last.base - line.base
        ruled = any(
            line.base < rule.height < last.base for rule in page.rules if rule.left <= line.left + 3 < rule.right
        )
        leading = taken[-2].base - last.base if len(taken) > 1 else 1.45 * last.size
        same = abs(line.size - last.size) <= 0.1 * last.size
        beside = abs(drop) <= 0.1 * last.size and line.left >= last.right  # a very wide blank in the line
        below = 0 < drop <= 1.2 * leading and line.left <= taken[0].left + 3 * line.size and not _label(line.text)
        if not same or ruled or not (beside or below):
            break
        taken.append(line)
    return Caption(_label(taken[0].text), tuple(taken))


COLUMN_BLANK, WORDS_BLANK = 0.42, 0.6
"""Least blank between two columns, and between two words of which none is a number, as multiples of the size of
letters; blanks of running text are a quarter to a third."""
JOINTS, JOINT_BLANK = frozenset({"±", "/"}), 0.75
"""Signs between the numbers of one cell, and the blank beside them at most, as a multiple of the size of letters."""
SAME_ROW = 0.45
"""Largest distance between baselines of one row, as a multiple of the size of letters."""
NUMBER = re.compile(
    r"[\s(\[]*[-+−–±~<>≤≥]?\s*\$?\.?\d[\d.,]*\s*(?:%|k|K|M|B|pp)?[)\]*†‡]*(?:\s*(?:/|±|\(|\[|[-–])\s*[-+−–]?\s*\.?\d[\d.,%]*[)\]]?)*"
)
DASH = re.compile(r"[-–—−/\s]+|n/?a|N/?A")


class PrintedRow(WordSequence):
    """A row of a table."""

    __slots__ = ()

    @property
    def base(self) -> float:
        """The height of its baseline."""
        return median_low([word.base for word in self.words])


class Chunk(WordSequence):
    """Words of a row without a blank as wide as that between columns."""

    __slots__ = ()

    @property
    def right(self) -> float:
        """Right end of its words, in points."""
        return max(word.right for word in self.words)

    @property
    def middle(self) -> float:
        """Horizontal centre, in points."""
        return (self.left + self.right) / 2


def is_number(text: str) -> bool:
    """True if a text looks like a number, or like several that belong together."""
    return NUMBER.fullmatch(text.replace("**", "")) is not None


def rows_of(words: Iterable[Word]) -> list[PrintedRow]:
    """The rows of some words, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.base, w.left)):
        if rows and rows[-1][0].base - word.base <= SAME_ROW * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [PrintedRow(tuple(sorted(row, key=lambda w: w.left))) for row in rows]


def worded(words: Sequence[Word]) -> str:
    """The words of a cell; none of a blank where a hyphen ends a line."""
    text = ""
    for n, word in enumerate(words):
        hyphen = text.endswith("-") and len(text) > 1 and text[-2].isalpha()
        goes_on = n and hyphen and words[n - 1].base - word.base > SAME_ROW * word.size
        text += word.text if not n or goes_on else f" {word.text}"
    return text


def least_blank(word: Word, behind: Word) -> float:
    """The least blank between two columns that end and begin with words."""
    if {word.text, behind.text} & JOINTS:
        return JOINT_BLANK
    letters = [sum(map(str.isalpha, w.text)) + w.text.startswith("(") for w in (word, behind)]
    return WORDS_BLANK if min(letters) > 1 else COLUMN_BLANK


def chunks(words: Sequence[Word], size: float) -> list[Chunk]:
    """The words of a row, parted where a blank is as wide as one between columns."""
    found: list[list[Word]] = []
    for word in words:
        if found and word.left - max(w.right for w in found[-1]) < least_blank(found[-1][-1], word) * size:
            found[-1].append(word)
        else:
            found.append([word])
    return [Chunk(tuple(part)) for part in found]


class PdfColumns:
    """The columns of a table, from left to right; each is a (left, right) of the words in it.

    `named` has the middles of the names over columns, where they are known.
    """

    def __init__(
        self, spans: Sequence[tuple[float, float]], size: float, named: Mapping[int, float] | None = None
    ) -> None:
        self.spans = list(spans)
        self.size = size
        self.named = dict(named or {})

    def __len__(self) -> int:
        return len(self.spans)

    def holding(self, word: Word) -> int | None:
        """The column that a word stands in; None where it stands in none or in several."""
        over = self.overlapped(word.left, word.right)
        return over[0] if len(over) == 1 else None

    def nearest(self, word: Word) -> int:
        """The column whose middle is nearest to that of a word."""
        return min(range(len(self)), key=lambda n: abs(self.middle(n) - word.middle))

    def overlapped(self, left: float, right: float) -> list[int]:
        """The columns that a span of the line covers in part."""
        return [n for n, (start, end) in enumerate(self.spans) if start < right - 0.1 and end > left + 0.1]

    def middle(self, column: int) -> float:
        """Horizontal centre of a column, in points."""
        return sum(self.spans[column]) / 2

    def widened(self, row: PrintedRow) -> PdfColumns:
        """The columns with the texts of a row that stand over one of them alone."""
        spans, named = list(self.spans), dict(self.named)
        for part in chunks(row.words, self.size):
            over = self.overlapped(part.left, part.right)
            if len(over) == 1:
                left, right = spans[over[0]]
                spans[over[0]] = min(left, part.left), max(right, part.right)
                named.setdefault(over[0], part.middle)
        return PdfColumns(spans, self.size, named)

    def is_dense(self, row: PrintedRow) -> bool:
        """True if a row gives numbers, or dashes, in most columns."""
        parts = chunks(row.words, self.size)
        numbers = [c for c in parts if is_number(c.text) or DASH.fullmatch(c.text)]
        return is_body(parts) and len(numbers) * 2 >= min(len(self) - 1, len(parts))


def is_body(parts: Sequence[Chunk]) -> bool:
    """True if the parts of a row are those of a row with numbers."""
    numbers = sum(is_number(part.text) for part in parts)
    dashes = sum(bool(DASH.fullmatch(part.text)) for part in parts)
    return numbers >= 1 and len(parts) > 1 and (numbers + dashes) * 3 >= len(parts)


def columns_of(rows: Sequence[PrintedRow], size: float) -> PdfColumns | None:
    """The columns: blanks that run through all rows that hold numbers; None where there is no second one."""
    bodies = [row for row in rows if is_body(chunks(row.words, size))]
    spans: list[list[float]] = []
    parts = (part for row in bodies for part in _whole_pairs(row.words, size))
    for left, right in sorted(parts):
        if spans and left - spans[-1][1] < COLUMN_BLANK * size:
            spans[-1][1] = max(spans[-1][1], right)
        else:
            spans.append([left, right])
    return PdfColumns([(left, right) for left, right in spans], size) if len(spans) > 1 else None


def _whole_pairs(words: Sequence[Word], size: float) -> Iterator[tuple[float, float]]:
    """(left, right) of the words of a row, those around a sign between two numbers as one."""
    held: tuple[float, float] | None = None
    last: Word | None = None
    for word in words:
        joint = last is not None and {word.text, last.text} & JOINTS and word.left - last.right < JOINT_BLANK * size
        if held and joint:
            held = held[0], max(held[1], word.right)
        else:
            if held:
                yield held
            held = word.left, word.right
        last = word
    if held:
        yield held
