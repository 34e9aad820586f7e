"""A made table of results: what a question is asked about, and what its truth is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


class UndecidableError(Exception):
    """The table does not hold what the sentence needs, or nobody says which way is better."""


class RedrawError(Exception):
    """Readers may differ about the sentence over this table, so it is not asked."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the numbers.

    Attributes:
        name: As sentences write it.
        direction: 1 higher is better, -1 lower is better, 0 nobody says.
        unit: What a difference is counted in.
        article: Indefinite article of the name.
    """

    name: str
    direction: int
    unit: str
    article: str


@dataclass(frozen=True, slots=True)
class Place:
    """One column of results.

    Attributes:
        measure: What it measures.
        where: The data set or language, empty where columns are measures.
        preposition: Before `where`.
    """

    measure: Measure
    where: str = ""
    preposition: str = "on"


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table with its cells known by name.

    Attributes:
        shape: Kind of table, such as `datasets` or `matrix`.
        caption: Caption as written.
        columns: Header texts, the first over the row names.
        rows: Cells as written.
        systems: Names of the rows that are compared.
        places: The columns that hold results; an average column is none of them.
        cells: Numbers by row name and place; missing cells are absent.
        axis: Numbers that order the rows (sizes), by row name; empty in most shapes.
        words: Words the shape adds for sentences, such as `places` = `data sets`.
        html: The table as HTML where it has several header levels.
        mirrored: The cells with rows and columns exchanged, where nobody says which axis is which.
    """

    shape: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    systems: tuple[str, ...]
    places: tuple[Place, ...]
    cells: Mapping[tuple[str, Place], Decimal]
    decimals: int
    axis: Mapping[str, Decimal] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    html: str = ""
    mirrored: bool = False

    def value(self, system: str, place: Place) -> Decimal:
        """The number in a cell, as printed.

        Raises:
            UndecidableError: the cell is missing.
        """
        if (system, place) not in self.cells:
            raise UndecidableError
        return self.cells[system, place]

    def ahead(self, system: str, rival: str, place: Place) -> Decimal:
        """By how much the system is better than its rival, below 0 where it is worse.

        Raises:
            UndecidableError: a cell is missing, or the direction is unknown.
        """
        if not place.measure.direction:
            raise UndecidableError
        return (self.value(system, place) - self.value(rival, place)) * place.measure.direction

    def worth(self, system: str, place: Place) -> Decimal:
        """The number in a cell, turned so that more is better.

        Raises:
            UndecidableError: the cell is missing, or the direction is unknown.
        """
        if not place.measure.direction:
            raise UndecidableError
        return self.value(system, place) * place.measure.direction

    @property
    def full(self) -> bool:
        """True if no cell is missing."""
        return len(self.cells) == len(self.systems) * len(self.places)

    @property
    def unit(self) -> Decimal:
        """One unit of the last printed digit."""
        return Decimal(1).scaleb(-self.decimals)

    def as_json(self) -> dict[str, object]:
        """The table as the batch door takes it."""
        return {"caption": self.caption, "columns": list(self.columns), "rows": [list(row) for row in self.rows]}
