"""Sentences that count: on k of n data sets, all but one, only, no system, on average."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from made_amounts import state
from made_kind import GRIDS, Drawn, Wording, kind
from made_logic import complete, count, every, kleene, over_places, relates, same_measure, some, truth
from made_slots import group_slots, numeral, off, pick, pick_places, place_slots, rounded, system_slots, unit
from made_table import MadeTable, RedrawError, UndecidableError

WIDE = ("datasets", "languages", "measures")


@kind("count_places", WIDE)
def count_places(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """On how many places one system is better: `sense` exactly, at_least, at_most, only."""
    a, b = pick(table, 2, rng)
    answers = over_places(table, wording.option("rel", "better"), a, b, table.places)
    held, size = count(answers), len(answers)
    said = held if rng.random() < 0.5 else rng.randint(1, size)
    if not 1 < said < size:
        raise RedrawError
    holds = {
        "exactly": held == said,
        "at_least": held >= said,
        "at_most": held <= said,
    }[wording.option("sense", "exactly")]
    # “on three of the five” is also true of four to some readers
    if wording.option("sense") == "" and held > said:
        raise RedrawError
    slots = system_slots([a, b]) | group_slots(table) | {"k": numeral(said), "size": numeral(size)}
    return Drawn(slots, truth(holds))


@kind("quantified", WIDE)
def quantified(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two systems over all, no, most, some or all but one place."""
    a, b = pick(table, 2, rng)
    answers = over_places(table, wording.option("rel", "better"), a, b, table.places)
    if len(answers) < 3:
        raise RedrawError
    return Drawn(system_slots([a, b]) | group_slots(table), truth(_quantifier(answers, wording.option("q", "all"))))


def _quantifier(answers: Sequence[bool | None], name: str) -> bool:
    if name == "all":
        return every(answers)
    if name == "not_all":
        return not every(answers)
    if name == "none":
        return not some(answers)
    if name == "some":
        return some(answers)
    held = count(answers)
    if name == "all_but_one":
        return held == len(answers) - 1
    assert name == "most"
    if len(answers) < 2 * held <= len(answers) + 2 or held == len(answers):
        raise RedrawError  # hardly more than half, or all, is “most” to some readers only
    return held * 2 > len(answers)


@kind("except", WIDE)
def except_place(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Everywhere but at one place, where it is not so."""
    a, b = pick(table, 2, rng)
    answers = over_places(table, wording.option("rel", "better"), a, b, table.places)
    count(answers)
    odd = rng.choice([place for place, holds in zip(table.places, answers, strict=True) if not holds] or table.places)
    others = [holds for place, holds in zip(table.places, answers, strict=True) if place != odd]
    at_odd = answers[table.places.index(odd)]
    if all(others) and at_odd:
        raise RedrawError  # whether an exception that is none makes the sentence false is a matter of taste
    if len(others) < 2:
        raise RedrawError
    slots = system_slots([a, b]) | place_slots(table, [odd], rng) | group_slots(table)
    return Drawn(slots, truth(all(others) and not at_odd))


@kind("only_place", WIDE)
def only_place(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """At one place only."""
    a, b = pick(table, 2, rng)
    answers = over_places(table, wording.option("rel", "better"), a, b, table.places)
    held = count(answers)
    one = rng.choice([place for place, holds in zip(table.places, answers, strict=True) if holds] or table.places)
    slots = system_slots([a, b]) | place_slots(table, [one], rng) | group_slots(table)
    return Drawn(slots, truth(held == 1 and bool(answers[table.places.index(one)])))


@kind("systems")
def systems(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One system compared with all others at one place: `q` all, none, only, some."""
    a = pick(table, 1, rng)[0]
    places = pick_places(table, 1, rng)
    rivals = [name for name in table.systems if name != a]
    rel = wording.option("rel", "worse")
    answers = kleene([lambda name=name: relates(table, rel, name, a, places[0]) for name in rivals])  # type: ignore[misc]
    slots = system_slots([a]) | place_slots(table, places, rng) | group_slots(table)
    return Drawn(slots, truth(_quantifier(answers, wording.option("q", "all"))))


@kind("only_system")
def only_system(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Only one system is better than b at a place."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    complete(table, places[0])
    rivals = [name for name in table.systems if name != b]
    rel = wording.option("rel", "better")
    held = [name for name in rivals if relates(table, rel, name, b, places[0])]
    if held and rng.random() < 0.6:
        a = rng.choice(held)
    slots = system_slots([a, b]) | place_slots(table, places, rng) | group_slots(table)
    return Drawn(slots, truth((held == [a]) if wording.option("q", "only") == "only" else set(held) == {*rivals} - {a}))


@kind("over_bar")
def over_bar(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The number of systems above a number at a place: `q` all, none, only, count."""
    a = pick(table, 1, rng)[0]
    places = pick_places(table, 1, rng)
    complete(table, places[0])
    numbers = {name: table.value(name, places[0]) for name in table.systems}
    bar = rounded(rng.choice(sorted(numbers.values())) + rng.choice((-4, 4)) * table.unit, max(table.decimals, 0))
    if any(abs(number - bar) < 2 * table.unit for number in numbers.values()):
        raise RedrawError
    over = [name for name, number in numbers.items() if (number > bar) == (wording.option("rel", "above") == "above")]
    said = len(over) if rng.random() < 0.5 else rng.randint(2, len(numbers))
    quantifier = wording.option("q", "count")
    if quantifier == "count" and not 1 < said < len(numbers):
        raise RedrawError
    if over and rng.random() < 0.5:
        a = rng.choice(over)
    holds = {"all": len(over) == len(numbers), "none": not over, "only": over == [a], "count": len(over) == said}
    slots = system_slots([a]) | place_slots(table, places, rng) | group_slots(table)
    return Drawn(slots | {"n": str(bar), "k": numeral(said)}, truth(holds[quantifier]))


def _mean(table: MadeTable, system: str) -> Decimal:
    return sum((table.value(system, place) for place in table.places), Decimal(0)) / len(table.places)


@kind("mean_better", GRIDS, gaps=False)
def mean_better(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Which of two systems is better on average over the places, and by how much with `sense`."""
    same_measure(table)
    a, b = pick(table, 2, rng)
    sign = table.places[0].measure.direction
    if not sign:
        raise UndecidableError
    ahead = (_mean(table, a) - _mean(table, b)) * sign
    if abs(ahead) < 3 * table.unit:
        raise RedrawError
    holds = (ahead > 0) == (wording.option("rel", "better") == "better")
    slots = system_slots([a, b]) | group_slots(table)
    if wording.option("sense"):
        said, right = state(rounded(abs(ahead), table.decimals), wording.option("sense"), table, rng)
        slots |= said | {"unit": unit(table, table.places[0], rng)}
        holds = holds and right
    return Drawn(slots, truth(holds))


@kind("mean_value", GRIDS, gaps=False)
def mean_value(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """A system's average over the places."""
    same_measure(table)
    a = pick(table, 1, rng)[0]
    actual = rounded(_mean(table, a), table.decimals)
    right = rng.random() < 0.5
    said = actual if right else off(actual, table, rng)
    slots = system_slots([a]) | place_slots(table, [table.places[0]], rng) | group_slots(table)
    return Drawn(slots | {"n": str(said)}, truth(right))


@kind("mean_best", GRIDS, gaps=False)
def mean_best(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """Which system is best on average."""
    same_measure(table)
    a = pick(table, 1, rng)[0]
    sign = table.places[0].measure.direction
    means = sorted(((_mean(table, name) * sign, name) for name in table.systems), reverse=True)
    if not sign or means[0][0] - means[1][0] < 2 * table.unit:
        raise RedrawError
    if rng.random() < 0.5:
        a = means[0][1]
    return Drawn(system_slots([a]) | group_slots(table), truth(a == means[0][1]))


@kind("up_to", GRIDS, gaps=False)
def up_to(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """The largest lead over the places."""
    a, b = pick(table, 2, rng)
    leads = [table.ahead(a, b, place) for place in table.places]
    if max(leads) <= 0 or min(leads) < 0:
        raise RedrawError
    right = rng.random() < 0.5
    said = max(leads) if right else max(leads) + table.unit * rng.randint(5, 50)
    slots = system_slots([a, b]) | group_slots(table) | {"n": str(said), "unit": unit(table, table.places[0], rng)}
    return Drawn(slots, truth(right))
