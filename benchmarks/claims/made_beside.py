"""Sentences that compare two systems and tell one or both of their numbers beside it."""

from __future__ import annotations

from random import Random

from made_kind import Drawn, Wording, kind
from made_logic import parts, relates
from made_slots import off, pick, pick_places, place_slots, system_slots
from made_table import MadeTable


@kind("compare_with_value", gaps=False)
def compare_with_value(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """A comparison with a's number, and with b's if `both`: all right, all wrong, or mixed.

    Where the comparison is wrong but the numbers are right, or the other way round, readers may call the sentence
    mixed or false; it is mixed here, as for the kind `best_with_value`.
    """
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    held = [relates(table, wording.option("rel", "better"), a, b, places[0])]
    right = rng.random() < 0.5
    slots = system_slots([a, b]) | place_slots(table, places, rng)
    for slot, system in (("n", a), ("n2", b))[: 2 if wording.option("both") else 1]:
        number = table.value(system, places[0])
        slots[slot] = str(number if right else off(number, table, rng))
        held.append(right)
    return Drawn(slots, parts(held))
