"""A paper's table as numbers with the interval of their digits, and its lines with the names they go by."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from analysis.published.printed import RoundedNumber, mean
from analysis.tables import Table
from analysis.tables.model import TableLine, Value
from claims.domains.table.reading import TableReader
from claims.language.tokens import folded_words
from claims.library.model import Sentence


@cache
def word_lists() -> dict[str, dict[str, frozenset[str]]]:
    """Table → name → words."""
    text = (files("claims.self_audit") / "words.toml").read_text(encoding="utf-8")
    return {
        table: {name: frozenset(words) for name, words in lists.items()} for table, lists in tomllib.loads(text).items()
    }


def is_beyond(label: str) -> bool:
    """True if a line stands for people, an oracle or another bound, which best marks leave out."""
    return bool(word_lists()["lines"]["beyond"] & set(folded_words(label)))


def is_kind(label: str, kind: str) -> bool:
    """True if a line's label is one of a kind of `[lines]`."""
    return label.strip().strip("*†‡: ").lower() in word_lists()["lines"][kind]


OTHERS = frozenset({"count", "size", "time", "attribute", "index", "rank", "error"})
"""Kinds of line that hold no results."""


@dataclass(frozen=True, slots=True)
class NumericCell:
    """A cell with numbers.

    Attributes:
        parts: its numbers. signed: True if all are written with a sign, as changes are. bold: True if printed bold.
    """

    parts: tuple[RoundedNumber, ...]
    signed: bool
    bold: bool

    @property
    def mean(self) -> RoundedNumber:
        """The mean of its numbers."""
        return mean(self.parts)


class View:
    """A typed table with its label.

    Attributes:
        table: the table. label: "Table 2". place: "Table 2, p. 5".
    """

    def __init__(self, table: Table, label: str, place: str) -> None:
        self.table, self.label, self.place = table, label or "the table", place

    @cached_property
    def reader(self) -> TableReader:
        """Reads sentences over the table."""
        return TableReader(self.table)

    @cached_property
    def cells(self) -> dict[tuple[int, int], NumericCell]:
        """(row, column) → cell, of cells that give exact numbers."""
        return {at: cell for at, value in self.table.values.items() if (cell := _cell(value)) is not None}

    @cached_property
    def averages(self) -> frozenset[int]:
        """Columns that stand for the average of others."""
        return frozenset(c.index for c in self.table.columns if any(is_kind(label, "average") for label in c.labels))

    @cached_property
    def average_rows(self) -> frozenset[int]:
        """Rows that stand for the average of others."""
        return frozenset(r.index for r in self.table.rows if is_kind(r.own, "average"))

    @cached_property
    def result_rows(self) -> tuple[TableLine, ...]:
        """Rows that hold results, averages left out."""
        return tuple(r for r in self.table.rows if r.kind not in OTHERS and r.index not in self.average_rows)

    def name_of(self, line: TableLine) -> str:
        """The name of a line in messages: its own label and, in brackets, the headings over it."""
        if line.axis == "column":
            told = [label for label in line.labels if label.strip("–-— ")]
            return next((label for label in told if is_kind(label, "average")), None) or shortest(told, self._shared)
        over = ", ".join(dict.fromkeys(label for label in line.labels[:-1] if label and label != line.own))
        return f"{line.own} ({over})" if over else line.own

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Labels that stand over several columns."""
        labels = [label for column in self.table.columns for label in set(column.labels)]
        return frozenset(label for label in labels if labels.count(label) > 1)

    def blocks(self) -> Iterator[tuple[str, Sequence[TableLine]]]:
        """(heading, rows) of rows that stand together under one heading."""
        held: list[TableLine] = []
        for row in self.result_rows:
            if held and row.labels[:-1] != held[-1].labels[:-1]:
                yield held[0].labels[0] if len(held[0].labels) > 1 else "", held
                held = []
            held.append(row)
        if held:
            yield held[0].labels[0] if len(held[0].labels) > 1 else "", held


def shortest(labels: Sequence[str], shared: frozenset[str]) -> str:
    """The label that tells a column from the others: the innermost that no other column has, else all of them."""
    own = [label for label in labels if label not in shared]
    return own[-1] if own else " ".join(dict.fromkeys(labels))


def place(sentence: Sentence) -> str:
    """The place of a sentence, in words: its section, a caption or a note, with the page or line."""
    where = {"caption": "a caption", "note": "a note"}.get(sentence.kind, sentence.section or "the text")
    return f"{where}, {f'p. {sentence.page}' if sentence.page else f'line {sentence.line}'}"


def _cell(value: Value) -> NumericCell | None:
    numbers = [value.number, *([value.second] if value.second is not None else [])]
    if any(n.relation != "=" or n.upper is not None or n.near for n in numbers):
        return None
    parts = tuple(RoundedNumber(n.value, n.half_width) for n in numbers)
    return NumericCell(parts, all(n.signed for n in numbers), "bold" in value.marks)
