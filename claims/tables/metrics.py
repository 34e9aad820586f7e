"""Which way a number is better, told by the words of its row, its column and the caption."""

from __future__ import annotations

from claims.tables.lexicon import lexicon
from claims.tables.pieces import words_of
from claims.tables.table import Line, Table

UP, DOWN = ("↑", "▲"), ("↓", "▼")


def direction(line: Line) -> int | None:
    """1 higher is better, -1 lower is better, 0 no measure of quality, None where the header says nothing."""
    text = line.name
    if any(sign in text for sign in DOWN):
        return -1
    if any(sign in text for sign in UP):
        return 1
    if "#" in text:
        return 0
    found = {d for word in words_of(text) if (d := _of_word(word)) is not None}
    for sure in (-1, 1, 0):
        if sure in found:
            return sure
    return None


def caption_direction(table: Table) -> int | None:
    """The direction of the caption's metric, where it names metrics of one direction only."""
    found = {d for word in words_of(table.caption) if (d := _of_word(word)) in (1, -1)}
    return found.pop() if len(found) == 1 else None


def cell_direction(table: Table, line: Line, crossing: Line) -> int | None:
    """The direction of the number where two lines meet: the column speaks first, then the row, then the caption."""
    row, column = (line, crossing) if line.axis == "row" else (crossing, line)
    for found in (direction(column), direction(row), caption_direction(table)):
        if found is not None:
            return found
    return None


def measures_of(table: Table) -> frozenset[str]:
    """The measures that a table's headers and caption name."""
    texts = (table.caption, *(line.name for line in table.all_lines()))
    return frozenset(word for text in texts for word in words_of(text) if is_measure(word))


def is_measure(word: str) -> bool:
    """Whether a word names a measure of quality."""
    return _of_word(word.casefold()) in (1, -1)


def same_measure(line: Line, other: Line) -> bool:
    """Whether two lines of one axis print the same measure, as far as their headers tell."""
    measures = [{w for w in words_of(x.name) if _of_word(w) is not None} for x in (line, other)]
    return not (measures[0] and measures[1]) or bool(measures[0] & measures[1])


def _of_word(word: str) -> int | None:
    quality = lexicon().quality
    if word in quality:
        return quality[word]
    if len(word) > 3:
        return next((d for known, d in quality.items() if known.endswith("*") and word.startswith(known[:-1])), None)
    return None
