"""Content of a PDF page: words with positions, and horizontal rules, by pypdfium2 (an extra)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Any

from claims.readers.scripts import lowered, raised
from claims.repair import EXACT

BOLD_FROM = 600
"""Font weight from which text is bold."""
BOLD_NAMES = ("bold", "-medi", "cmbx", "black", "heavy")
"""Parts of the names of bold fonts; many fonts do not state their weight."""
SMALLER = 0.87
"""Size of raised or lowered text at most, as a share of the text beside it."""
LEAST_SHIFT = 0.08
"""Least shift of raised or lowered text, as a share of the size of the text beside it."""
THICKEST, SHORTEST, SLIMMEST = 2.5, 6.0, 60
"""Greatest thickness and least length of a rule, in points; a thicker one must be so many times as long as thick."""
LIGATURES = str.maketrans({**EXACT, "\ufffe": "-", "\u2010": "-", "\u2011": "-", "\u00ad": "-"})
MOST_CHARACTERS = 200_000
"""Characters of one page beyond which it is no page of a paper."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it is printed; lengths in points, from the lower left corner of the page.

    Attributes:
        base: height of its baseline. size: of its letters. upright: True if it is not turned.
        mark: raised signs behind it that mark a note ("†"), which are no part of `text`.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    upright: bool
    mark: str = ""

    @property
    def middle(self) -> float:
        """Horizontal centre, in points."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""

    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A vertical rule."""

    place: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its words in the order of the file, its rules from top to bottom, its vertical rules."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    bars: tuple[Bar, ...] = ()


def page_of(document: Any, index: int) -> Page:
    """A page of an open document of pypdfium2's."""
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            words = tuple(_turned_joined(_marked(_Glyphs(text).words())))
        finally:
            text.close()
        width, height = page.get_size()
        rules, bars = _rules(page)
        return Page(index + 1, width, height, words, tuple(rules), tuple(bars))
    finally:
        page.close()


def _rules(page: Any) -> tuple[list[Rule], list[Bar]]:
    """The horizontal rules of a page, from top to bottom, and the vertical ones."""
    import pypdfium2.raw as raw

    rules, bars = [], []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        wide, high = right - left, top - bottom
        if wide >= SHORTEST and high <= max(THICKEST, wide / SLIMMEST):
            rules.append(Rule(left, right, (top + bottom) / 2))
        elif high >= SHORTEST and wide <= THICKEST:
            bars.append(Bar((left + right) / 2, bottom, top))
    return sorted(rules, key=lambda rule: -rule.height), bars


@lru_cache(maxsize=512)
def _is_bold(name: bytes, weight: int) -> bool:
    lower = name.decode("latin-1").lower()
    return weight >= BOLD_FROM or any(sign in lower for sign in BOLD_NAMES)


class _Glyphs:
    """The characters of a page's text; asks as little of each as will do, for a page has thousands."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self._raw, self._page = raw, page
        self._box = tuple(ctypes.c_double() for _ in range(4))
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(160)
        self._flags = ctypes.c_int()
        count = min(page.count_chars(), MOST_CHARACTERS)
        text = page.get_text_range(0, count) if count else ""
        whole = len(text) == count
        self.text = text if whole else "".join(chr(raw.FPDFText_GetUnicode(page, i)) for i in range(count))

    def words(self) -> Iterator[Word]:
        """The words, in the order of the file."""
        start = 0
        for end, sign in enumerate([*self.text, " "]):
            if sign.isspace() or sign == "\0":
                if end > start:
                    yield from self._word(start, end)
                start = end + 1
            elif sign in "\ufffe\u00ad":
                yield from self._word(start, end + 1)
                start = end + 1

    def _word(self, start: int, end: int) -> Iterator[Word]:
        """The word between two places, or several where its letters change their line or direction."""
        sizes = [self._raw.FPDFText_GetFontSize(self._page, i) for i in range(start, end)]
        if max(sizes) <= min(sizes) / SMALLER or end - start == 1:
            yield self._piece(start, end)
            return
        runs = [start, *(i for i in range(start + 1, end) if sizes[i - start] != sizes[i - start - 1]), end]
        pieces = [self._piece(a, b) for a, b in pairwise(runs)]
        word = pieces[0]
        for piece in pieces[1:]:
            word = _attached(word, piece)
        yield word

    def _piece(self, start: int, end: int) -> Word:
        raw, page = self._raw, self._page
        raw.FPDFText_GetMatrix(page, start, self._matrix)
        across, up = abs(self._matrix.a), hypot(self._matrix.c, self._matrix.d)
        size = raw.FPDFText_GetFontSize(page, start) * (up or 1)
        upright = across > up / 2
        left, right, base, top = self._bounds(start)
        if end - start > 1:
            left, right, base, top = _united((left, right, base, top), self._bounds(end - 1))
        if upright:
            x, y = self._box[:2]
            if raw.FPDFText_GetCharOrigin(page, start, x, y):
                base = y.value
        raw.FPDFText_GetFontInfo(page, start, self._name, 160, self._flags)
        bold = _is_bold(self._name.value, raw.FPDFText_GetFontWeight(page, start))
        text = self.text[start:end].translate(LIGATURES)
        return Word(text, left, right, base, size if upright else top - base, bold, upright)

    def _bounds(self, index: int) -> tuple[float, float, float, float]:
        left, right, bottom, top = self._box
        self._raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        return left.value, right.value, bottom.value, top.value


def _united(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), max(one[3], other[3])


def _attached(word: Word, piece: Word) -> Word:
    """A word with a further piece of another size; raised or lowered pieces are put on the line."""
    shift = piece.base - word.base
    right = max(word.right, piece.right)
    if piece.size > SMALLER * word.size or abs(shift) < LEAST_SHIFT * word.size:
        if word.size < SMALLER * piece.size and shift < 0:  # a raised sign in front of its word: a note's own mark
            return replace(piece, left=word.left, mark=word.text)
        return replace(word, text=word.text + piece.text, right=right)
    if shift < 0:
        return replace(word, text=word.text + lowered(word.text, piece.text), right=right)
    said = raised(word.text, piece.text)
    return replace(word, text=word.text + said, right=right, mark=word.mark if said else word.mark + piece.text)


def _marked(words: Iterator[Word]) -> Iterator[Word]:
    """The words, small raised ones that stand right behind a word read with it."""
    held: Word | None = None
    for word in words:
        if held and _is_raised(held, word):
            held = _attached(held, word)
            continue
        if held:
            yield held
        held = word
    if held:
        yield held


def _is_raised(word: Word, behind: Word) -> bool:
    shift, blank = behind.base - word.base, behind.left - word.right
    near = word.upright and behind.upright and -0.2 * word.size < blank < 0.2 * word.size
    return near and behind.size <= SMALLER * word.size and 0.2 * word.size < shift < 0.8 * word.size


def _continues(held: Word, word: Word) -> bool:
    """True if a turned word stands right above or below another one, a blank apart."""
    width = held.right - held.left + 1
    blank = max(word.base - held.base - held.size, held.base - word.base - word.size)
    return abs(held.left - word.left) < width and blank < width


def _turned_joined(words: Iterator[Word]) -> Iterator[Word]:
    """The words, those that are turned and stand one above the other joined."""
    held: Word | None = None
    for word in words:
        if word.upright:
            if held:
                yield held
                held = None
            yield word
        elif held and _continues(held, word):
            top = max(held.base + held.size, word.base + word.size)
            base = min(held.base, word.base)
            held = replace(held, text=f"{held.text} {word.text}", base=base, size=top - base)
        else:
            if held:
                yield held
            held = word
    if held:
        yield held
