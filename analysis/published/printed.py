"""A printed table of a publication, and the statements of its text about it.

Numbers are exact decimals and stand for the interval of their digits. Where the files of a study lie
says `tables.toml`: `printed` (one entry of the table a row) and `states` (facts and statements).
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any

from analysis.errors import MissingDataError
from analysis.published.scores import shipped_table
from analysis.registry.vocabulary import vocabulary

MISSING = "-"


@dataclass(frozen=True, slots=True)
class RoundedNumber:
    """A number and how far the unrounded one may lie from it.

    Attributes:
        value: in points. half: half a unit of the last printed digit, or the sum of several.
    """

    value: Decimal
    half: Decimal

    def __sub__(self, other: RoundedNumber) -> RoundedNumber:
        return RoundedNumber(self.value - other.value, self.half + other.half)

    def rounds_to(self, other: RoundedNumber) -> bool:
        """True if the value, written with the digits of the other, is the other."""
        return abs(self.value - other.value) <= other.half

    def may_be(self, other: RoundedNumber) -> bool:
        """True if the unrounded numbers can be one number."""
        return abs(self.value - other.value) <= self.half + other.half


def quantity(printed: str) -> RoundedNumber:
    """A printed number."""
    value = Decimal(printed)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return RoundedNumber(value, Decimal(5).scaleb(exponent - 1))


def mean(of: Iterable[RoundedNumber]) -> RoundedNumber:
    """The mean of numbers; its half is the mean of theirs."""
    parts = list(of)
    return RoundedNumber(
        sum((p.value for p in parts), Decimal(0)) / len(parts), sum((p.half for p in parts), Decimal(0)) / len(parts)
    )


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """One printed entry.

    Attributes:
        block, row: headings as printed. target, metric: ids. printed: as it stands there.
        number: what it means; None for a dash.
    """

    block: str
    row: str
    target: str
    metric: str
    printed: str
    number: RoundedNumber | None


@dataclass(frozen=True, slots=True)
class TableStatement:
    """A statement of a text about its table.

    Attributes:
        place: where. says: in this project's words. check: what can be held against the table.
    """

    place: str
    says: str
    check: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed.

    Attributes:
        study: id. name: as the study calls it. entries: in reading order.
        overall: the id under which the means over targets are printed.
    """

    study: str
    name: str
    entries: tuple[PrintedEntry, ...]
    overall: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """(block, row) in reading order."""
        return tuple(dict.fromkeys((e.block, e.row) for e in self.entries))

    def number(self, block: str, row: str, target: str, metric: str | None = None) -> RoundedNumber:
        """The number of an entry; the mean over its metrics where none is named.

        Raises:
            MissingDataError: the table prints none.
        """
        found = [
            e.number
            for e in self.entries
            if (e.block, e.row, e.target) == (block, row, target) and metric in {None, e.metric}
        ]
        whole = [number for number in found if number is not None]
        if not whole or len(whole) < len(found):
            raise MissingDataError(f"{self.study}, {self.name}: no number for {target} in row {row!r} of {block!r}")
        return mean(whole)

    def average(self, block: str, row: str) -> RoundedNumber:
        """The mean over the targets of a row, each the mean of its metrics, from the entries.

        Raises:
            MissingDataError: an entry is missing.
        """
        here = (e.target for e in self.entries if (e.block, e.row) == (block, row) and e.target != self.overall)
        return mean(self.number(block, row, target) for target in dict.fromkeys(here))


def printed_table(study: str) -> PrintedTable:
    """The printed table of a study.

    Raises:
        UnknownNameError: there is no such study.
        MissingDataError: none is at hand.
    """
    file = shipped_table(study).printed
    if not file:
        raise MissingDataError(f"no table of {study} is at hand as it was printed")
    rows = csv.DictReader((files("analysis") / "data" / "published" / file).read_text(encoding="utf-8").splitlines())
    entries = tuple(
        PrintedEntry(
            row["block"],
            row["row"],
            row["target"],
            row["metric"],
            row["printed"],
            None if row["printed"] == MISSING else quantity(row["printed"]),
        )
        for row in rows
    )
    overall = next(e.target for e in entries if e.target in vocabulary()["benchmark"])
    return PrintedTable(study, stated(study)["table_2"]["place"].partition(",")[0], entries, overall)


def stated(study: str) -> dict[str, Any]:
    """Facts that a study states beside its table, by place, as they stand in its file.

    Raises:
        UnknownNameError: there is no such study.
        MissingDataError: none are at hand.
    """
    file = shipped_table(study).states
    if not file:
        raise MissingDataError(f"nothing that {study} states beside its table is at hand")
    return tomllib.loads((files("analysis") / "data" / "published" / file).read_text(encoding="utf-8"))


def statements(study: str) -> tuple[TableStatement, ...]:
    """Statements in the text of a study about its table, in reading order.

    Raises:
        UnknownNameError: there is no such study.
        MissingDataError: none are at hand.
    """
    return tuple(
        TableStatement(table.pop("place"), table.pop("says"), table) for table in stated(study).get("statement", ())
    )
