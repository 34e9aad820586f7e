"""Labels of rows and columns: which columns hold names, what each row and each column is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.tables.blocks import Block, heading
from analysis.tables.lexicon import lexicon
from analysis.tables.measures import measure_of
from analysis.tables.shapes import CHECKED, is_check_column, is_number, shape, share

AMOUNT = re.compile(r"[^\w.]*\d*\.\d")
"""Start of a cell that is a number with words rather than a name."""
CORNER = re.compile(r"(?P<rows>[^\\↓→]+?)\s*(?:\\|↓\s*[/|,]?|[/|,]\s*(?=[^→]*→))\s*(?P<columns>[^\\↓→]+?)\s*→?")
"""A header over the labels of rows that says what rows are and what columns are."""
DEEPEST = 12
"""Label columns at most."""
NOTHING = "\0"
"""A label that is said to be missing, which is no blank to be filled from above."""
DECIMAL = re.compile(r"-?[0-9]{1,12}\.[0-9]{1,12}")
FEWEST = 3
"""Numbers whose order may be chance."""
SAID_IN_WORDS = frozenset({"yes", "no", "true", "false", "y", "n"})
"""Words that say whether a row has a property."""
PROSE = 8
"""Words a cell has on average in a column of prose."""


@dataclass(frozen=True, slots=True)
class RowLabels:
    """The rows of a block that are no headings.

    Attributes:
        levels: header of each level, outer to inner.
        labels: one tuple per row. at: the row's position in the block's body.
        raw_columns: the label columns of the grid, one per level; None for the level of headings.
    """

    levels: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    at: tuple[int, ...]
    raw_columns: tuple[int | None, ...]


def corner(text: str) -> tuple[str, str]:
    """Splits a header over row labels into that of the rows and that of the columns: "Source ↓ / Target →"."""
    found = CORNER.fullmatch(text.strip())
    return (found["rows"], found["columns"]) if found is not None else (text, "")


def label_columns(block: Block) -> list[int]:
    """The columns of a block that name its rows, outer to inner.

    Leading columns of words, then columns of settings while the rows are not told apart; last,
    columns that tick settings. The first column is one unless its header is a measure's.
    """
    body = [row for row in block.body if heading(row) is None]
    width = len(block.header[-1])
    if not width or not body:
        return [0] if width else []
    found = [] if _holds_results(block, body, 0) else [0]
    properties = {j for j in range(1, width) if _is_a_property(body, [*range(j)], j)}
    for j in range(1, min(width - 1, DEEPEST)):
        if not {*found, *properties} >= set(range(j)):
            break
        if j in properties:
            continue
        if _names(body, j) or (_told_apart(body, found) < 1 and _is_setting(block, body, j)):
            found.append(j)
    found += [j for j in range(width - 1) if j not in found and _numbers_runs(block, body, found, j)]
    ticked = [j for j in range(width) if j not in found and is_check_column([row[j] for row in body])]
    return found + [j for j in ticked if j not in properties]


def _numbers_runs(block: Block, body: Sequence[Sequence[str]], found: Sequence[int], j: int) -> bool:
    """True if a column is headed as seeds or folds are, and tells rows apart that are named alike."""
    return block.header[-1][j].casefold() in lexicon().runs and _tells_apart(body, found, j)


def _is_a_property(body: Sequence[Sequence[str]], found: Sequence[int], j: int) -> bool:
    """True if a column says "yes" or "no" of rows with names of their own: "uses CRF: yes" is no part of a name."""
    worded = all(row[j].casefold() in SAID_IN_WORDS for row in body)
    return worded and bool(found) and not _tells_apart(body, found, j)


def _tells_apart(body: Sequence[Sequence[str]], found: Sequence[int], j: int) -> bool:
    return _told_apart(body, [*found, j]) > _told_apart(body, found)


def _holds_results(block: Block, body: Sequence[Sequence[str]], j: int) -> bool:
    header = block.header[-1][j]
    cells = [row[j] for row in body if row[j]]
    if share(map(is_number, cells)) <= 0.5:
        return False
    return header.casefold() in lexicon().measures or _scatters(cells) or _is_a_row_of_results(header, body)


def _scatters(cells: Sequence[str]) -> bool:
    """True if the numbers of a column have decimals and no order, as results have and settings do not."""
    numbers = [float(cell) for cell in cells if DECIMAL.fullmatch(cell)]
    sorted_up = sorted(numbers)
    in_order = numbers in (sorted_up, sorted_up[::-1])
    return len(numbers) == len(cells) > FEWEST and not in_order and len(set(numbers)) * 2 > len(numbers)


def _is_a_row_of_results(header: str, body: Sequence[Sequence[str]]) -> bool:
    """True if there is one row, all of it numbers with decimals: nothing in it names it."""
    one = len(body) == 1 and all(DECIMAL.fullmatch(text) for text in body[0])
    return one and bool(header) and header.casefold() not in lexicon().kinds["attribute"]


def _names(body: Sequence[Sequence[str]], j: int) -> bool:
    """True if most cells of a column are words, not too long to be names."""
    looks = [shape(row[j]) for row in body]
    filled = sum(look in {"text", "number"} for look in looks)
    named = [row[j] for row, look in zip(body, looks, strict=True) if look == "text"]
    if sum(AMOUNT.match(text) is not None for text in named) * 2 > len(named):
        return False
    if len(named) * 2 <= filled or (len(named) * 3 < len(body) and len(set(named)) < 2):
        return False
    return sum(len(text.split()) for text in named) / len(named) < PROSE


def _is_setting(block: Block, body: Sequence[Sequence[str]], j: int) -> bool:
    """True if a column holds repeated regular values, or is headed as settings are, and tells rows apart."""
    values = [row[j] for row in body if row[j]]
    header = block.header[-1][j]
    if not values or measure_of(header, (), {}) or _told_apart(body, [*range(j + 1)]) <= _told_apart(body, [*range(j)]):
        return False
    regular = 1 < len(set(values)) <= len(values) / 2 and all("." not in value for value in values)
    return header.casefold() in lexicon().kinds["attribute"] or regular


def _told_apart(body: Sequence[Sequence[str]], columns: Sequence[int]) -> float:
    return len({tuple(row[j] for j in columns) for row in body}) / len(body)


def row_labels(block: Block, columns: Sequence[int]) -> RowLabels:
    """The labels of a block's rows: headings above them, then one per label column."""
    heads = tuple(block.header[-1][j] for j in columns)
    ticked = frozenset(j for j in columns if j > 0 and is_check_column([row[j] for row in block.body]))
    sections = _sections(block)
    if len(columns) == 1 and not ticked and not any(sections) and None not in sections:
        only = columns[0]
        bare = tuple(("" if shape(row[only]) == "missing" else row[only],) for row in block.body)
        return RowLabels(heads, bare, tuple(range(len(bare))), tuple(columns))
    labels: list[tuple[str, ...]] = []
    at: list[int] = []
    above: tuple[str, ...] = ("",) * len(columns)
    section_above: str | None = ""
    for i, row in enumerate(block.body):
        section = sections[i]
        if section is None:
            continue
        if section != section_above:
            above, section_above = ("",) * len(columns), section
        own = _own(row, columns, heads, ticked)
        above = _continued(own, above)
        labels.append((section, *("" if text == NOTHING else text for text in above)))
        at.append(i)
    has_sections = any(label[0] for label in labels)
    if not has_sections:
        return RowLabels(heads, tuple(label[1:] for label in labels), tuple(at), tuple(columns))
    return RowLabels(("", *heads), tuple(labels), tuple(at), (None, *columns))


def _sections(block: Block) -> list[str | None]:
    """The heading above each row of the body, "" above the first heading; None for the headings themselves."""
    found: list[str | None] = []
    section = ""
    run = False
    for i, row in enumerate(block.body):
        text = heading(row)
        if text is None or i == len(block.body) - 1 or _is_wrapped(block, i, text):
            run = False
            found.append(section if text is None or i == len(block.body) - 1 else None)
            continue
        section = f"{section} / {text}" if run else text
        run = True
        found.append(None)
    return found


def _is_wrapped(block: Block, i: int, text: str) -> bool:
    """True if a text alone in its row is the rest of the label above, broken over two lines."""
    if i == 0 or not text[:1].islower() or any(block.body[i][1:]):
        return False
    firsts = [row[0][:1] for row in block.body if heading(row) is None and row[0]]
    return share(first.isupper() for first in firsts) > 0.8


def _own(row: Sequence[str], columns: Sequence[int], heads: Sequence[str], ticked: frozenset[int]) -> tuple[str, ...]:
    """A row's labels as printed; a column that ticks a setting gives its header, or nothing."""
    found = []
    for j, head in zip(columns, heads, strict=True):
        text = row[j]
        if j in ticked:
            text = head if text.casefold() in CHECKED else NOTHING
        found.append(NOTHING if shape(text) == "missing" else text)
    return tuple(found)


def _continued(own: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    """A row's labels, where blank outer ones say again what stands above them.

    A blank is filled only while everything outside of it is as above, and something inside of it is said.
    """
    filled = list(own)
    for level in range(len(own) - 1):
        inner_said = any(text and text != NOTHING for text in own[level + 1 :])
        if own[level] or not inner_said or filled[:level] != list(above[:level]):
            continue
        filled[level] = above[level]
    return tuple(filled)


def column_labels(block: Block, columns: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """The labels of value columns, one per header row; a text that goes on downwards stands once, innermost."""
    header = [_widened(row, block.header[i + 1 :], columns) for i, row in enumerate(block.header)]
    found: list[tuple[str, ...]] = []
    for j in columns:
        path = [row[j] for row in header]
        for level in range(len(path) - 1):
            if path[level] and path[level] == path[level + 1]:
                path[level] = ""
        found.append(tuple(path))
    return tuple(found)


def _widened(row: Sequence[str], below: Sequence[Sequence[str]], columns: Sequence[int]) -> list[str]:
    """An outer header row where a merged cell's blanks say it again, if the groups are clearly alike."""
    texts = list(row)
    if not below or not columns or not texts[columns[0]]:
        return texts
    starts = [k for k, j in enumerate(columns) if texts[j]]
    ends = [*starts[1:], len(columns)]
    groups = [[below[-1][columns[k]] for k in range(s, e)] for s, e in zip(starts, ends, strict=True)]
    alike = len(groups) > 1 and len({len(group) for group in groups}) == 1 and len(groups[0]) > 1
    if not alike or not all(all(group) for group in groups):
        return texts
    for start, end in zip(starts, ends, strict=True):
        for k in range(start, end):
            texts[columns[k]] = texts[columns[start]]
    return texts
