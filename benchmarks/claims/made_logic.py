"""Truth values and the questions asked of a table's cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal

from made_table import MadeTable, Place, RedrawError, UndecidableError

Truth = Literal["true", "false", "mixed", "none"]


def truth(holds: bool) -> Truth:
    """True or false."""
    return "true" if holds else "false"


def parts(values: Iterable[bool]) -> Truth:
    """The truth of several clauses together: all true, all false, or mixed."""
    seen = set(values)
    return "mixed" if len(seen) > 1 else truth(seen == {True})


def relates(table: MadeTable, rel: str, one: str, other: str, place: Place) -> bool:
    """True if `one` is better, worse, higher, lower, equal, or no worse than `other` at a place.

    Raises:
        UndecidableError: a cell is missing, or the direction is unknown and matters.
    """
    if rel in ("higher", "lower", "same"):
        difference = table.value(one, place) - table.value(other, place)
        return {"higher": difference > 0, "lower": difference < 0, "same": difference == 0}[rel]
    ahead = table.ahead(one, other, place)
    return {"better": ahead > 0, "worse": ahead < 0, "noworse": ahead >= 0}[rel]


def kleene(questions: Sequence[Callable[[], bool]]) -> list[bool | None]:
    """The answers, None where the table cannot tell."""
    answers: list[bool | None] = []
    for question in questions:
        try:
            answers.append(question())
        except UndecidableError:
            answers.append(None)
    return answers


def over_places(table: MadeTable, rel: str, one: str, other: str, places: Sequence[Place]) -> list[bool | None]:
    """The truth of the relation at each place, None where the table cannot tell."""
    return kleene([lambda place=place: relates(table, rel, one, other, place) for place in places])  # type: ignore[misc]


def every(answers: Sequence[bool | None]) -> bool:
    """True if all hold.

    Raises:
        UndecidableError: a missing answer could turn it around.
    """
    if False in answers:
        return False
    return not _gap(answers)


def some(answers: Sequence[bool | None]) -> bool:
    """True if any holds.

    Raises:
        UndecidableError: a missing answer could turn it around.
    """
    return True if True in answers else _gap(answers)


def count(answers: Sequence[bool | None]) -> int:
    """The number that hold.

    Raises:
        RedrawError: an answer is missing; the others may or may not suffice.
    """
    if None in answers:
        raise RedrawError
    return answers.count(True)


def _gap(answers: Sequence[bool | None]) -> bool:
    if None in answers:
        raise UndecidableError
    return False


def leader(table: MadeTable, rel: str, place: Place, among: Sequence[str] | None = None) -> str:
    """The one system that is best, worst, highest or lowest at a place.

    Raises:
        RedrawError: two share the place, so that “the best” is no one's for sure, or a cell is missing.
        UndecidableError: the direction is unknown and matters.
    """
    complete(table, place)
    systems = table.systems if among is None else among
    worth = {system: ranked(table, rel, system, place) for system in systems}
    best = max(worth.values())
    winners = [system for system in systems if worth[system] == best]
    if len(winners) > 1:
        raise RedrawError
    return winners[0]


def complete(table: MadeTable, place: Place) -> None:
    """Make sure that a column has all its cells: what the others suffice for depends on the question.

    Raises:
        RedrawError: a cell is missing.
    """
    if any((system, place) not in table.cells for system in table.systems):
        raise RedrawError


def ranked(table: MadeTable, rel: str, system: str, place: Place) -> Decimal:
    """The number to sort by for best, worst, highest or lowest, greatest first."""
    if rel in ("best", "worst"):
        return table.worth(system, place) * (1 if rel == "best" else -1)
    return table.value(system, place) * (1 if rel == "highest" else -1)


def same_measure(table: MadeTable) -> None:
    """Make sure that numbers of different places may be compared or averaged.

    Raises:
        RedrawError: the places have different measures.
    """
    if len({place.measure for place in table.places}) > 1:
        raise RedrawError
