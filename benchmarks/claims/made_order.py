"""Sentences about places in an order: the best, the second, the hardest data set."""

from __future__ import annotations

from random import Random

from made_kind import Drawn, Wording, kind, one_statement
from made_logic import complete, every, kleene, leader, parts, ranked, relates, same_measure, truth
from made_slots import ORDINALS, group_slots, pick, pick_places, place_slots, system_slots
from made_table import MadeTable, Place, RedrawError


def _claimed(table: MadeTable, winner: str, rng: Random) -> str:
    """The winner or, as often, another system."""
    return winner if rng.random() < 0.5 else rng.choice([name for name in table.systems if name != winner])


@kind("best")
def best(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The best, worst, highest or lowest system at one place."""
    places = pick_places(table, 1, rng)
    winner = leader(table, wording.option("rel", "best"), places[0])
    a = _claimed(table, winner, rng)
    slots = system_slots([a]) | place_slots(table, places, rng) | group_slots(table)
    return Drawn(slots, truth((a == winner) != bool(wording.option("neg"))))


@kind("best_with_value", gaps=False)
def best_with_value(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The best system and its number; wrong in one is mixed, but see `one_statement`."""
    places = pick_places(table, 1, rng)
    winner = leader(table, wording.option("rel", "best"), places[0])
    a = _claimed(table, winner, rng)
    number = table.value(a if rng.random() < 0.7 else winner, places[0])
    holds = (a == winner, number == table.value(a, places[0]))
    slots = system_slots([a]) | place_slots(table, places, rng) | {"n": str(number)}
    return Drawn(slots, truth(all(holds)) if one_statement(wording) else parts(holds))


@kind("tied_best", gaps=False)
def tied_best(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two systems that share the best result, or do not."""
    places = pick_places(table, 1, rng)
    complete(table, places[0])
    worth = {system: ranked(table, wording.option("rel", "best"), system, places[0]) for system in table.systems}
    order = sorted(worth, key=lambda system: worth[system], reverse=True)
    pair = order[:2]
    rng.shuffle(pair)
    shared = worth[order[0]] == worth[order[1]] and (len(order) < 3 or worth[order[1]] > worth[order[2]])
    return Drawn(system_slots(pair) | place_slots(table, places, rng), truth(shared))


@kind("best_everywhere", ("datasets", "languages", "measures"))
def best_everywhere(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """The best system at every place, with a quantifier that makes one exception false."""
    a = pick(table, 1, rng)[0]
    rivals = [name for name in table.systems if name != a]
    answers = kleene([
        lambda place=place, rival=rival: relates(table, "better", a, rival, place)  # type: ignore[misc]
        for place in table.places for rival in rivals
    ])  # fmt: skip
    if any(_tied(table, a, place) for place in table.places):
        raise RedrawError
    return Drawn(system_slots([a]) | group_slots(table), truth(every(answers)))


def _tied(table: MadeTable, a: str, place: Place) -> bool:
    numbers = [table.cells.get((name, place)) for name in table.systems if name != a]
    return (a, place) in table.cells and table.cells[a, place] in numbers


@kind("rank")
def rank(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The system that comes second, third, last; ties near the place are not asked about."""
    places = pick_places(table, 1, rng)
    complete(table, places[0])
    rel = wording.option("rel", "best")
    order = sorted(table.systems, key=lambda system: ranked(table, rel, system, places[0]), reverse=True)
    if len({table.value(system, places[0]) for system in order}) < len(order):
        raise RedrawError
    position = int(wording.option("position") or rng.randint(2, min(4, len(order) - 1)))
    a = _claimed(table, order[position - 1], rng)
    slots = system_slots([a]) | place_slots(table, places, rng) | group_slots(table)
    return Drawn(slots | {"ordinal": ORDINALS[position]}, truth(order[position - 1] == a))


@kind("two_ranks", ("datasets", "languages", "measures"), gaps=False)
def two_ranks(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The best at one place and the worst at another; `second` is the other relation, `q` = both makes half false."""
    a = pick(table, 1, rng)[0]
    places = pick_places(table, 2, rng)
    first = leader(table, wording.option("rel", "best"), places[0])
    second = leader(table, wording.option("second", "worst"), places[1])
    if rng.random() < 0.7:
        a = rng.choice((first, second))
    held = [a == first, a == second]
    strict = wording.option("q") == "both"
    return Drawn(system_slots([a]) | place_slots(table, places, rng), truth(all(held)) if strict else parts(held))


@kind("hardest", ("datasets", "languages"))
def hardest(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """At which place one system has its highest, lowest, best or worst number."""
    same_measure(table)
    a = pick(table, 1, rng)[0]
    rel = wording.option("rel", "highest")
    if not table.full:
        raise RedrawError
    worth = {place: ranked(table, rel, a, place) for place in table.places}
    top = max(worth.values())
    winners = [place for place in table.places if worth[place] == top]
    if len(winners) > 1:
        raise RedrawError
    claimed = winners[0] if rng.random() < 0.5 else rng.choice(table.places)
    slots = system_slots([a]) | place_slots(table, [claimed], rng) | group_slots(table)
    return Drawn(slots, truth(claimed == winners[0]))


@kind("who_leads", ("datasets", "measures", "languages"), gaps=False)
def who_leads(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The best system at one place is also the best at another, without a name."""
    places = pick_places(table, 2, rng)
    one = leader(table, wording.option("rel", "best"), places[0])
    other = leader(table, wording.option("second", "best"), places[1])
    slots = place_slots(table, places, rng) | group_slots(table)
    return Drawn(slots, truth((one == other) != bool(wording.option("neg"))))


@kind("apposition", gaps=False)
def apposition(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """“A, the best at x, is worse than B at y”: both parts are claimed."""
    places = pick_places(table, 2, rng)
    winner = leader(table, wording.option("rel", "best"), places[0])
    a = _claimed(table, winner, rng)
    b = rng.choice([name for name in table.systems if name != a])
    held = relates(table, wording.option("second", "worse"), a, b, places[1])
    return Drawn(system_slots([a, b]) | place_slots(table, places, rng), parts([a == winner, held]))


@kind("best_among")
def best_among(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The best of three systems that are named."""
    a, b, c = pick(table, 3, rng)
    places = pick_places(table, 1, rng)
    winner = leader(table, wording.option("rel", "best"), places[0], (a, b, c))
    return Drawn(system_slots([a, b, c]) | place_slots(table, places, rng), truth(winner == a))
