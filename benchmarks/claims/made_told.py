"""Sentences with numbers in brackets behind what they compare, and of one system that reaches a number alone."""

from __future__ import annotations

from random import Random

from made_kind import Drawn, Wording, kind, one_statement
from made_logic import complete, leader, parts, relates, truth
from made_slots import off, pick, pick_places, place_slots, system_slots
from made_table import MadeTable, RedrawError


@kind("told", gaps=False)
def told(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """A comparison and the number of each side; the wrong ones exchange the sides or change a number."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    numbers = [table.value(a, places[0]), table.value(b, places[0])]
    said = list(numbers)
    if rng.random() < 0.5:
        wrong = rng.randrange(2)
        said[wrong] = off(said[wrong], table, rng)
    rel = wording.option("rel", "better")
    if rel in ("better", "worse") and not places[0].measure.direction:
        raise RedrawError
    holds = relates(table, rel, a, b, places[0])
    slots = system_slots([a, b]) | place_slots(table, places, rng) | {"n": str(said[0]), "n2": str(said[1])}
    return Drawn(slots, parts([holds, said[0] == numbers[0], said[1] == numbers[1]]))


@kind("leader_told")
def leader_told(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The best at a place with its number in brackets; of "the highest F1 (93) is that of A" see `one_statement`."""
    places = pick_places(table, 1, rng)
    winner = leader(table, wording.option("rel", "highest"), places[0])
    a = winner if rng.random() < 0.6 else pick(table, 1, rng)[0]
    number = table.value(a, places[0])
    said = number if rng.random() < 0.6 else off(number, table, rng)
    slots = system_slots([a]) | place_slots(table, places, rng) | {"n": str(said)}
    held = [a == winner, said == number]
    return Drawn(slots, truth(all(held)) if one_statement(wording) else parts(held))


@kind("alone")
def alone(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One system above or below a number, and no other."""
    a = pick(table, 1, rng)[0]
    places = pick_places(table, 1, rng)
    complete(table, places[0])
    sign = 1 if wording.option("rel") == "higher" else -1
    ranked = sorted((table.value(s, places[0]) * sign for s in table.systems), reverse=True)
    bound = (ranked[0] + ranked[1]) / 2 if rng.random() < 0.7 else (ranked[1] + ranked[-1]) / 2
    bound = abs(bound.quantize(table.unit))
    if any(abs(table.value(s, places[0]) - bound) < 2 * table.unit for s in table.systems):
        raise RedrawError
    above = [s for s in table.systems if (table.value(s, places[0]) - bound) * sign > 0]
    return Drawn(system_slots([a]) | place_slots(table, places, rng) | {"n": str(bound)}, truth(above == [a]))
