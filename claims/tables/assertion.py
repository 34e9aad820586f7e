"""What a sentence says of a table, as a small typed expression that prints in one line.

`(better "AME" "FME" :on "symmetric")` holds where every cell of AME is better than the cell of FME
beside it; `(best "joint" :on "CoNLL F1")` where no other line is better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Relation = Literal["better", "worse", "higher", "lower", "same"]
Place = Literal["best", "worst", "highest", "lowest"]
Spread = Literal["each", "mean"]

SWAPPED: dict[Relation, Relation] = {
    "better": "worse", "worse": "better", "higher": "lower", "lower": "higher", "same": "same",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selection:
    """Lines that words of the sentence name.

    Attributes:
        rows, columns: indices; None where the words leave the axis open.
        words: the words, as written. levels: (axis, level) pairs the words named.
        others: whether all other lines of the subject's axis are meant.
        sure: how surely the words name these lines, 0 to 1.
    """

    rows: frozenset[int] | None = None
    columns: frozenset[int] | None = None
    words: str = ""
    levels: frozenset[tuple[str, int]] = frozenset()
    others: bool = False
    sure: float = 1.0

    def __str__(self) -> str:
        return '"the others"' if self.others and not self.words else f'"{self.words}"'

    @property
    def empty(self) -> bool:
        """Whether nothing is named."""
        return self.rows is None and self.columns is None and not self.others


NOTHING = Selection()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number the sentence states, with the precision it is written in.

    Attributes:
        value: as written. unit: "points", "%" or "". bound: "" exactly, "about", "at-least", "up-to", "over", "under".
        sense: of a percentage, where the sentence says it: "relative", "absolute" or "error" (of the errors).
    """

    value: Decimal
    unit: str = ""
    bound: str = ""
    sense: str = ""

    @property
    def half_width(self) -> float:
        """Half a unit of the last written digit."""
        exponent = self.value.as_tuple().exponent
        assert isinstance(exponent, int)
        return 0.5 * 10.0**exponent

    def __str__(self) -> str:
        sign = {"about": "~", "at-least": ">=", "up-to": "<=", "over": ">", "under": "<"}.get(self.bound, "")
        unit = "%" if self.unit == "%" else " points" if self.unit else ""
        return f"{sign}{self.value}{unit}{f' {self.sense}' if self.sense else ''}"


@dataclass(frozen=True, slots=True)
class Share:
    """In how many places a statement is said to hold.

    Attributes:
        kind: "all", "almost-all", "most", "count", "at-least", "at-most", "all-but" or "any".
        count: for the kinds that count. out_of: for "count" and "all", where it is said.
    """

    kind: str
    count: int = 0
    out_of: int | None = None

    def __str__(self) -> str:
        if self.kind == "all-but":
            return f"all-but-{self.count}"
        if self.kind == "all":
            return f"all-of-{self.out_of}" if self.out_of else "all"
        if self.kind in ("at-least", "at-most"):
            return f"{self.kind}-{self.count}"
        return f"{self.count}{f'/{self.out_of}' if self.out_of else ''}" if self.kind == "count" else self.kind


ALL = Share("all")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a statement is said to hold.

    Attributes:
        where: the lines. but: lines left out. share: in how many of them; None where unsaid.
        spread: "mean" where the sentence speaks of the average.
    """

    where: Selection = NOTHING
    but: Selection = NOTHING
    share: Share | None = None
    spread: Spread = "each"

    def __str__(self) -> str:
        parts = [f":on {self.where}" if not self.where.empty else "", f":but {self.but}" if not self.but.empty else ""]
        parts += [f":share {self.share}" if self.share else "", ":mean" if self.spread == "mean" else ""]
        return "".join(f" {part}" for part in parts if part)


@dataclass(frozen=True, slots=True)
class Compare:
    """Each cell on the left stands in a relation to the cell beside it on the right.

    Attributes:
        by: the stated difference. degree: "slight", "clear", "tested" or "".
    """

    relation: Relation
    left: Selection
    right: Selection
    scope: Scope = Scope()
    by: Quantity | None = None
    degree: str = ""

    def __str__(self) -> str:
        by = f" :by {self.by}" if self.by else ""
        degree = f" :degree {self.degree}" if self.degree else ""
        return f"({self.relation} {self.left} {self.right}{self.scope}{by}{degree})"


@dataclass(frozen=True, slots=True)
class Superlative:
    """One of the named lines holds the extreme place among all lines of its axis, or the k-th from there."""

    place: Place
    left: Selection
    scope: Scope = Scope()
    rank: int = 1

    def __str__(self) -> str:
        rank = f" :rank {self.rank}" if self.rank != 1 else ""
        return f"({self.place} {self.left}{self.scope}{rank})"


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated number stands in the named cells."""

    left: Selection
    value: Quantity
    scope: Scope = Scope()

    def __str__(self) -> str:
        return f"(value {self.left} {self.value}{self.scope})"


@dataclass(frozen=True, slots=True)
class Change:
    """Cells that print a change are above (or below) zero."""

    direction: Literal["rise", "fall"]
    left: Selection
    scope: Scope = Scope()

    def __str__(self) -> str:
        return f"({self.direction} {self.left}{self.scope})"


@dataclass(frozen=True, slots=True)
class Trend:
    """Numbers rise (or fall) along lines whose headers are numbers."""

    direction: Literal["rise", "fall"]
    along: Selection
    scope: Scope = Scope()

    def __str__(self) -> str:
        return f"({self.direction}-along {self.along}{self.scope})"


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance between two lines is wider (or narrower) at some lines that cross them than at others.

    Attributes:
        than: the other lines; all of them where nothing is named.
    """

    size: Literal["wider", "narrower"]
    first: Selection
    second: Selection
    at: Selection
    than: Selection = NOTHING

    def __str__(self) -> str:
        than = "" if self.than.empty else f" :than {self.than}"
        return f"({self.size} (gap {self.first} {self.second}) :at {self.at}{than})"


@dataclass(frozen=True, slots=True)
class Correlated:
    """Where one line's numbers are high, those of the other are high (or low), over all lines that cross them."""

    direction: Literal["rise", "fall"]
    left: Selection
    right: Selection
    degree: str = ""

    def __str__(self) -> str:
        degree = f" :degree {self.degree}" if self.degree else ""
        return f"({self.direction}-with {self.left} {self.right}{degree})"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Formula

    def __str__(self) -> str:
        return f"(not {self.part})"


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Formula, ...]

    def __str__(self) -> str:
        return f"(and {' '.join(map(str, self.parts))})"


Formula: TypeAlias = Compare | Superlative | Stated | Change | Trend | Gap | Correlated | Not | And


def quantities(formula: Formula) -> Iterator[Quantity]:
    """The numbers that a formula states."""
    match formula:
        case Not(part):
            yield from quantities(part)
        case And(parts):
            for part in parts:
                yield from quantities(part)
        case Compare(by=Quantity() as stated) | Stated(value=stated):
            yield stated
        case _:
            return
