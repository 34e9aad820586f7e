"""Sentences that compare two systems, state a number, or state a change."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from made_amounts import state
from made_kind import Drawn, Wording, kind
from made_logic import complete, relates, same_measure, truth
from made_slots import off, pick, pick_places, place_slots, rounded, system_slots, unit
from made_table import MadeTable, Place, RedrawError, UndecidableError


@kind("compare")
def compare(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two systems at one place; `rel` and `neg` say how."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    holds = relates(table, wording.option("rel", "better"), a, b, places[0])
    slots = system_slots([a, b]) | place_slots(table, places, rng)
    return Drawn(slots, truth(holds != bool(wording.option("neg"))))


@kind("everywhere", ("datasets", "languages", "measures"), gaps=False)
def everywhere(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two systems, no place named: true or false where all places agree, mixed where they differ."""
    a, b = pick(table, 2, rng)
    if not table.full or any(not place.measure.direction for place in table.places):
        raise RedrawError
    seen = {relates(table, wording.option("rel", "better"), a, b, place) for place in table.places}
    if len(seen) > 1:
        return Drawn(system_slots([a, b]), "mixed")
    return Drawn(system_slots([a, b]), truth(seen.pop() != bool(wording.option("neg"))))


@kind("difference")
def difference(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two systems and by how much; the wrong ones have another amount or the other direction."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    rel = wording.option("rel", "better")
    turned = rel in ("better", "worse")
    known = bool(places[0].measure.direction)
    size = table.ahead(a, b, places[0]) if turned and known else _raw(table, a, b, places[0])
    said, right = state(abs(size), wording.option("sense", "exact"), table, rng)
    if turned and right and not known:
        raise UndecidableError  # a wrong amount is wrong whichever way is better
    holds = right and (size > 0) == (rel in ("better", "higher"))
    slots = system_slots([a, b]) | place_slots(table, places, rng) | said
    return Drawn(slots | {"unit": unit(table, places[0], rng)}, truth(holds))


def _raw(table: MadeTable, a: str, b: str, place: Place) -> Decimal:
    return table.value(a, place) - table.value(b, place)


@kind("apart")
def apart(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The size of a gap, whichever way it goes."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    said, right = state(abs(_raw(table, a, b, places[0])), wording.option("sense", "exact"), table, rng)
    slots = system_slots([a, b]) | place_slots(table, places, rng) | said
    return Drawn(slots | {"unit": unit(table, places[0], rng)}, truth(right))


@kind("relative", ("datasets", "measures"))
def relative(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """A relative difference in percent, to one decimal."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    base = table.value(b, places[0])
    size = table.ahead(a, b, places[0]) / base * 100
    slack = 100 * table.unit / base * 2
    if abs(size) < 2 or slack > Decimal("0.5"):
        raise RedrawError
    right = rng.random() < 0.5
    said = rounded(abs(size), 1) if right else rounded(abs(size) * Decimal(rng.choice(("1.4", "0.6"))) + 3, 1)
    if not right and abs(said - abs(size)) < 1:
        raise RedrawError
    holds = right and (size > 0) == (wording.option("rel", "better") == "better")
    return Drawn(system_slots([a, b]) | place_slots(table, places, rng) | {"n": str(said)}, truth(holds))


@kind("value")
def value(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One system's number at one place."""
    a = pick(table, 1, rng)
    places = pick_places(table, 1, rng)
    said, right = state(table.value(a[0], places[0]), wording.option("sense", "exact"), table, rng)
    slots = system_slots(a) | place_slots(table, places, rng) | said
    return Drawn(slots, truth(right != bool(wording.option("neg"))))


@kind("from_to", gaps=False)
def from_to(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """A change from one system's number to another's; the wrong ones change a number or exchange both."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    old, new = table.value(b, places[0]), table.value(a, places[0])
    rel = wording.option("rel", "better")
    shown = [old, new]
    if rng.random() < 0.5:
        wrong = rng.randrange(2)
        shown[wrong] = off(shown[wrong], table, rng)
    up = shown[1] > shown[0] if rel in ("higher", "lower") else (shown[1] - shown[0]) * places[0].measure.direction > 0
    if shown[0] == shown[1] or up != (rel in ("higher", "better")) or not places[0].measure.direction:
        raise RedrawError  # nobody writes “rises from 60 to 50”
    slots = system_slots([a, b]) | place_slots(table, places, rng) | {"n": str(shown[0]), "n2": str(shown[1])}
    return Drawn(slots, truth(shown == [old, new]))


@kind("range")
def span(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The lowest and highest number at a place."""
    places = pick_places(table, 1, rng)
    complete(table, places[0])
    numbers = [table.value(system, places[0]) for system in table.systems]
    ends = [min(numbers), max(numbers)]
    right = rng.random() < 0.5
    if not right:
        wrong = rng.randrange(2)
        # an end further inside leaves systems outside; one further outside is never reached
        ends[wrong] = off(ends[wrong], table, rng)
    if ends[0] >= ends[1]:
        raise RedrawError
    holds = right
    if wording.option("sense") == "within":
        holds = all(ends[0] <= number <= ends[1] for number in numbers)
    return Drawn(place_slots(table, places, rng) | {"n": str(ends[0]), "n2": str(ends[1])}, truth(holds))


@kind("two_values", gaps=False)
def two_values(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two systems' numbers, or one system's at two places, told respectively."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 2, rng)
    cells = [(a, places[0]), (b, places[0])] if wording.option("of") == "systems" else [(a, places[0]), (a, places[1])]
    numbers = [table.value(*cell) for cell in cells]
    said = list(numbers)
    if rng.random() < 0.5:
        said = [numbers[1], numbers[0]] if rng.random() < 0.5 else [off(number, table, rng) for number in numbers]
    fits = {one == other for one, other in zip(said, numbers, strict=True)}
    slots = system_slots([a, b]) | place_slots(table, places, rng) | {"n": str(said[0]), "n2": str(said[1])}
    return Drawn(slots, "mixed" if len(fits) > 1 else truth(fits.pop()))


@kind("two_places", ("datasets", "languages"))
def two_places(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One system at two places."""
    same_measure(table)
    a = pick(table, 1, rng)[0]
    x, y = pick_places(table, 2, rng)
    if wording.option("rel") in ("better", "worse"):
        gap = table.worth(a, x) - table.worth(a, y)
        holds = gap > 0 if wording.option("rel") == "better" else gap < 0
    else:
        gap = table.value(a, x) - table.value(a, y)
        holds = gap > 0 if wording.option("rel", "higher") == "higher" else gap < 0
    slots = system_slots([a]) | place_slots(table, [x, y], rng)
    return Drawn(slots, truth(holds != bool(wording.option("neg"))))


@kind("gaps", ("datasets", "languages"))
def gaps(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The lead of one system over another at two places; both leads must be leads."""
    a, b = pick(table, 2, rng)
    x, y = pick_places(table, 2, rng)
    one, other = table.ahead(a, b, x), table.ahead(a, b, y)
    if min(one, other) < 0 and (max(one, other) > 0 or wording.option("of") == "lead"):
        raise RedrawError
    holds = abs(one) > abs(other)
    if abs(abs(one) - abs(other)) < 3 * table.unit:
        raise RedrawError
    return Drawn(system_slots([a, b]) | place_slots(table, [x, y], rng), truth(holds))


@kind("gap_rivals")
def gap_rivals(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """A system leads one rival by more than another, both behind it."""
    a, b, c = pick(table, 3, rng)
    places = pick_places(table, 1, rng)
    one, other = table.ahead(a, b, places[0]), table.ahead(a, c, places[0])
    if min(one, other) < 0 or abs(one - other) < 3 * table.unit:
        raise RedrawError
    return Drawn(system_slots([a, b, c]) | place_slots(table, places, rng), truth(one > other))


@kind("vague")
def vague(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """A lead with a size word (`size` is small or large), asked only where no definition of it could differ."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    ahead = table.ahead(a, b, places[0])
    share = ahead / abs(table.value(b, places[0]))
    tiny, huge = 0 < share <= Decimal("0.005"), share >= Decimal("0.25")
    if ahead > 0 and not tiny and not huge:
        raise RedrawError
    small = wording.option("size") == "small"
    slots = system_slots([a, b]) | place_slots(table, places, rng)
    return Drawn(slots, truth(ahead > 0 and (tiny if small else huge)))
