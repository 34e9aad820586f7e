"""Fillers of a wording: names, places, amounts, each with the words a person would use."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from made_table import MadeTable, Place, RedrawError

Slots = dict[str, str]
NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth")


def pick(table: MadeTable, count: int, rng: Random) -> list[str]:
    """That many systems of the table, in random order.

    Raises:
        RedrawError: the table has fewer.
    """
    if len(table.systems) < count:
        raise RedrawError
    return rng.sample(table.systems, count)


def pick_places(table: MadeTable, count: int, rng: Random) -> list[Place]:
    """That many places of the table, in random order.

    Raises:
        RedrawError: the table has fewer.
    """
    if len(table.places) < count:
        raise RedrawError
    return rng.sample(table.places, count)


def at(place: Place, rng: Random) -> str:
    """Where: “on NUS”, “in terms of F1”, “in F1 on NUS”."""
    if not place.where:
        return f"{rng.choice(('in', 'in terms of'))} {place.measure.name}"
    return f"{place.preposition} {place.where}"


def full_at(place: Place, rng: Random, table: MadeTable) -> str:
    """Where, with the measure if the table has several."""
    if place.where and len({other.measure for other in table.places}) > 1:
        return f"in {place.measure.name} {place.preposition} {place.where}"
    return at(place, rng)


def noun(place: Place) -> str:
    """The number's name: “F1 on NUS”."""
    return place.measure.name + (f" {place.preposition} {place.where}" if place.where else "")


def place_slots(table: MadeTable, places: list[Place], rng: Random) -> Slots:
    """Slots `at`, `noun`, `m`, `am`, `where`, `x` of the first place, with 2, 3 behind them for the others."""
    slots: Slots = {}
    for number, place in enumerate(places):
        behind = str(number + 1) if number else ""
        where = full_at(place, rng, table)
        slots |= {
            f"at{behind}": where,
            f"At{behind}": where[0].upper() + where[1:],
            f"noun{behind}": noun(place),
            f"m{behind}": place.measure.name,
            f"am{behind}": f"{place.measure.article} {place.measure.name}",
            f"where{behind}": f" {place.preposition} {place.where}" if place.where else "",
            f"x{behind}": place.where or place.measure.name,
        }
    return slots


def system_slots(systems: list[str]) -> Slots:
    """Slots `a`, `b`, `c`, `d` for systems in their order."""
    return dict(zip("abcd", systems, strict=False))


def group_slots(table: MadeTable) -> Slots:
    """Slots for the systems and places as groups."""
    places, place = table.words.get("places", ""), table.words.get("place", "")
    return {"places": places, "place": place, "n_places": numeral(len(table.places))}


def numeral(number: int) -> str:
    """The number in words below ten, else in digits."""
    return NUMERALS[number] if number < len(NUMERALS) else str(number)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """The value with that many decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def amount(value: Decimal) -> str:
    """An amount as written in a sentence, without a sign."""
    return str(abs(value))


def unit(table: MadeTable, place: Place, rng: Random) -> str:
    """The unit of a difference, with a blank before it, or nothing where a person writes none."""
    if table.words.get("fraction"):
        return ""
    if place.measure.name in ("perplexity", "RMSE", "drift", "abstractness") and rng.random() < 0.5:
        return ""
    return f" {place.measure.unit}"


def off(value: Decimal, table: MadeTable, rng: Random) -> Decimal:
    """Another number of the same precision, far enough away that no rounding explains it."""
    step = table.unit * rng.randint(4, 40)
    return value + step if value <= step or rng.random() < 0.5 else value - step
