"""Columns of a table for the claims, the marks and the confidences, found by their names.

A table is taken as claims only if one of its columns is named like claims. A name counts when all of
its words do: one or more of the role's own words and otherwise only words that change nothing
("Claim text", "Verification status", "confidence_score"; not "Claim ID", not "Claims per paper").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from claims.confidences import read_confidence
from claims.marks import read_mark, read_marks
from claims.phrases import each_word
from claims.readers.blocks import TableBlock, TableRow
from claims.readers.draft import DraftClaim
from claims.readers.options import ROLES, ReadOptions
from claims.report import Mark

TOLD: dict[str, Any] = tomllib.loads((files("claims.readers") / "names.toml").read_text("utf-8"))

NAMES: Mapping[str, tuple[str, ...]] = {role: tuple(TOLD[role]["own"]) for role in ROLES}
"""Role → names of its columns, the surest first."""

BESIDE: Mapping[str, frozenset[str]] = {role: each_word(TOLD[role]["beside"]) for role in ROLES}
"""Role → words that may stand beside its names without changing what a column holds."""

BARE: tuple[tuple[str, ...], ...] = tuple(tuple(name.split()) for name in TOLD["claim"]["bare"])
"""Names, word by word, that mean claims only where nothing else in a file of data does."""

_WORD = re.compile(r"(?:[^\W\d_]|')+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_HUNDRED = re.compile(r"\b0\s?(?:-|–|to|bis|…|\.\.)\s?100\b|(?:/|out of|von)\s?100\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"(?:claim|c|no\.?|#)?\s*\d+\s*[.:)]?", re.IGNORECASE)
_IS = frozenset(("is", "was"))
_PLURALS = {"hypotheses": "hypothesis"}
SURE_MARKS = 8
"""So many of the mark names are taken at their word; the others must hold at least one mark."""


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """Positions of the columns that matter; None where the table has no such column."""

    claim: int
    mark: int | None = None
    confidence: int | None = None


@lru_cache(maxsize=4096)
def folded(name: str) -> tuple[str, ...]:
    """The words of a column's name, singular and in lower case, brackets left out."""
    words = _WORD.findall(_CAMEL.sub(" ", _BRACKETS.sub(" ", name[:200])).lower().replace("_", " "))
    return tuple(_singular(word) for word in words)


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


@lru_cache(maxsize=4096)
def rank(name: str, role: str) -> int | None:
    """The rank of a column name among names for a role: 0 is the surest, None where it does not fit."""
    words = set(folded(name))
    own = [i for i, word in enumerate(NAMES[role]) if word in words]
    if not own or words - set(NAMES[role]) - BESIDE[role]:
        return None
    return own[0] * 2 + (len(words) > 1)


def same_name(a: str, b: str) -> bool:
    """True if two names differ only in case, blanks and underscores."""
    return re.sub(r"[\s_]+", " ", a).strip().lower() == re.sub(r"[\s_]+", " ", b).strip().lower()


def bears(name: str, role: str, options: ReadOptions) -> bool:
    """True if a column, field or key named so holds a role: as the caller says, or else by its words."""
    if role in options.columns:
        return same_name(name, options.columns[role])
    return rank(name, role) is not None


def find_columns(table: TableBlock, options: ReadOptions) -> ClaimColumns | None:
    """The columns of a claims table; None where no column holds claims."""
    claim = _claim_column(table, options)
    if claim is None:
        return None
    mark = _column(table, "mark", options, {claim})
    taken = {claim} if mark is None else {claim, mark}
    return ClaimColumns(claim, mark, _column(table, "confidence", options, taken))


def _claim_column(table: TableBlock, options: ReadOptions) -> int | None:
    if "claim" in options.columns:
        return _named(table, options.columns["claim"])
    ranked = [(rank(name, "claim"), i) for i, name in enumerate(table.header)]
    fits = [(place, i) for place, i in ranked if place is not None and _holds_words(table, i)]
    if fits:
        return min(fits)[1]
    if not table.data and not any(rank(name, "mark") == 0 for name in table.header):
        return None
    bare = [i for i, name in enumerate(table.header) if folded(name) in BARE]
    return next((i for i in bare if _holds_words(table, i)), None)


def _column(table: TableBlock, role: str, options: ReadOptions, taken: set[int]) -> int | None:
    if role in options.columns:
        return _named(table, options.columns[role])
    ranked = [(rank(name, role), i) for i, name in enumerate(table.header) if i not in taken]
    fits = [(place, i) for place, i in ranked if place is not None]
    if role == "mark":
        fits = [(place, i) for place, i in fits if place < 2 * SURE_MARKS or _holds_marks(table, i)]
    return min(fits)[1] if fits else None


def _named(table: TableBlock, wanted: str) -> int | None:
    return next((i for i, name in enumerate(table.header) if same_name(name, wanted)), None)


def _holds_words(table: TableBlock, column: int) -> bool:
    """True if a column holds sentences, not counts of claims ("Claims: 12") or their numbers."""
    cells = [cell for row in table.rows if (cell := _cell(row, column))]
    told = [cell for cell in cells if _LETTERS.search(cell) and not _NUMBER.fullmatch(cell)]
    return len(told) * 2 >= len(cells) > 0


def _holds_marks(table: TableBlock, column: int) -> bool:
    return any(read_mark(_cell(row, column)) != "none" for row in table.rows)


def claims_of(
    table: TableBlock, options: ReadOptions, clean: Callable[[str], str] = str.strip
) -> tuple[DraftClaim, ...]:
    """The claims of a table; none where no column holds claims.

    Args:
        table: any table.
        options: may name the columns.
        clean: makes a claim's cell plain text; marks and confidences stay as written.
    """
    columns = find_columns(table, options)
    if columns is None:
        return ()
    rows = [(row, clean(_cell(row, columns.claim))) for row in table.rows]
    rows = [(row, text) for row, text in rows if _is_claim(row, text, table.header)]
    raws = [_cell(row, columns.mark) for row, _ in rows]
    levels = [_cell(row, columns.confidence) for row, _ in rows]
    mark_name = "" if columns.mark is None else table.header[columns.mark]
    level_name = "" if columns.confidence is None else percent_told(table.header[columns.confidence])
    marks = read_marks([clean(raw) for raw in raws], name=mark_name)
    return tuple(
        DraftClaim(text, mark, raw, _confidence(clean(level), level_name), level, row.line)
        for (row, text), raw, mark, level in zip(
            rows, raws, _with_contradictions(table, [row for row, _ in rows], marks), levels, strict=True
        )
    )


@lru_cache(maxsize=4096)
def _confidence(raw: str, name: str) -> float | None:
    """`read_confidence`, kept: a column repeats a few values, and so do the reports of one author."""
    return read_confidence(raw, name=name)


def percent_told(name: str) -> str:
    """The name of a column of confidences, one from 0 to 100 as a percentage."""
    return f"{name} (%)" if _OF_HUNDRED.search(name) else name


def _with_contradictions(table: TableBlock, rows: Sequence[TableRow], marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks, a no left open where a second column says that nothing speaks against the claim."""
    names = frozenset(TOLD["mark"]["against"])
    against = next((i for i, name in enumerate(table.header) if set(folded(name)) - _IS <= names), None)
    for row, mark in zip(rows, marks, strict=True):
        yield "unclear" if mark == "no" and against is not None and read_mark(_cell(row, against)) == "no" else mark


def _cell(row: TableRow, column: int | None) -> str:
    return row.cells[column].strip() if column is not None and column < len(row.cells) else ""


def _is_claim(row: TableRow, text: str, header: Sequence[str]) -> bool:
    """True if a row is a claim: neither empty nor the header again, as on a new page."""
    return any(sign.isalnum() for sign in text) and tuple(row.cells) != tuple(header)
