"""The lines of a page in reading order, which is the order of the file; columns follow one another there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.library.pdf_page import Page, Word

SAME_LINE = 0.45
"""How far baselines on one line may lie apart, as a share of the size of the letters."""
WIDEST_BLANK = 2.2
"""Blank within a line at most, as a multiple of the size of its letters; more parts two lines side by side."""
TABLE_LABEL = re.compile(
    r"(?P<label>(?:Table|Tab\.|TABLE)\s*(?:(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVXL]{1,6}\b))\s*(?P<end>[:.|]|$)"
)
FIGURE_LABEL = re.compile(r"(?:Figure|Fig\.|FIGURE|Algorithm|Listing)\s*\d{1,3}\s*[:.|]")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page.

    Attributes:
        words: from left to right. number: of the line on its page, from 1; parts of one height share it.
        page: its number.
    """

    words: tuple[Word, ...]
    number: int
    page: int

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def base(self) -> float:
        """The height of its baseline."""
        return self.words[0].base

    @property
    def size(self) -> float:
        """The size most of its letters have."""
        return common_size(self.words)

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        return all(word.bold for word in self.words)


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
        """Where it begins."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(line.right for line in self.lines)


def captions(page: Page, lines: Sequence[PrintedLine]) -> list[Caption]:
    """The captions of tables on a page, in the order of the file."""
    return [_caption(page, lines, i) for i, line in enumerate(lines) if _label(line.text)]


def is_caption(text: str) -> bool:
    """Whether a line begins the caption of a table or figure."""
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
