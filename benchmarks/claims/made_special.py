"""Sentences about ablations, curves along a number, and sizes of models."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from random import Random

from made_amounts import state
from made_kind import Drawn, Wording, kind
from made_logic import leader, parts, relates, truth
from made_slots import Slots, off, pick, pick_places, place_slots, system_slots, unit
from made_table import MadeTable, RedrawError


def _variant(table: MadeTable, wording: Wording, rng: Random) -> str:
    """A row that removes or adds a part, whichever the wording speaks of."""
    if bool(table.words["adds"]) != (wording.option("mode", "remove") == "add"):
        raise RedrawError
    return rng.choice(table.systems[1:])


def _part(table: MadeTable, row: str) -> str:
    return row.removeprefix(table.words["sign"])


@kind("part", ("ablation",))
def part(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The effect of removing or adding one part, perhaps with its size."""
    row, places = _variant(table, wording, rng), pick_places(table, 1, rng)
    rel = wording.option("rel", "worse")
    holds = relates(table, rel, row, table.systems[0], places[0])
    slots: Slots = place_slots(table, places, rng) | {"part": _part(table, row), "base": table.words["base"]}
    slots["Part"] = slots["part"][0].upper() + slots["part"][1:]
    if wording.option("sense"):
        size = abs(table.value(row, places[0]) - table.value(table.systems[0], places[0]))
        said, right = state(size, wording.option("sense"), table, rng)
        slots |= said | {"unit": unit(table, places[0], rng)}
        holds = holds and right
    return Drawn(slots, truth(holds != bool(wording.option("neg"))))


@kind("two_parts", ("ablation",), gaps=False)
def two_parts(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Which of two parts matters more, where both matter."""
    row, places = _variant(table, wording, rng), pick_places(table, 1, rng)
    other = rng.choice([name for name in table.systems[1:] if name != row])
    sign = 1 if wording.option("mode", "remove") == "remove" else -1
    one, two = (sign * table.ahead(table.systems[0], name, places[0]) for name in (row, other))
    if min(one, two) <= 0 or one == two:
        raise RedrawError
    slots = place_slots(table, places, rng) | {"part": _part(table, row), "part2": _part(table, other)}
    return Drawn(slots, truth(one > two))


@kind("key_part", ("ablation",), gaps=False)
def key_part(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Which part matters most or least at one measure, where all matter."""
    row, places = _variant(table, wording, rng), pick_places(table, 1, rng)
    sign = 1 if wording.option("mode", "remove") == "remove" else -1
    effects = {name: sign * table.ahead(table.systems[0], name, places[0]) for name in table.systems[1:]}
    wanted = (max if wording.option("rel", "most") == "most" else min)(effects.values())
    winners = [name for name, effect in effects.items() if effect == wanted]
    if min(effects.values()) < 0 or len(winners) > 1:
        raise RedrawError
    claimed = winners[0] if rng.random() < 0.5 else row
    return Drawn(place_slots(table, places, rng) | {"part": _part(table, claimed)}, truth(claimed == winners[0]))


def _order(numbers: Sequence[Decimal]) -> int:
    """Pairs that rise less pairs that fall."""
    pairs = [(one, two) for at, one in enumerate(numbers) for two in numbers[at + 1 :]]
    return sum((two > one) - (two < one) for one, two in pairs)


def _trend(numbers: Sequence[Decimal], *, strict: bool) -> bool:
    """True if numbers rise all along; without `strict`, what rises only mostly is not asked about."""
    rising = all(two > one for one, two in pairwise(numbers))
    if not rising and not strict and _order(numbers) > 0:
        raise RedrawError
    return rising


@kind("trend", ("curve", "curve", "sizes"))
def trend(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """A measure rises or falls, gets better or worse, along the numbers that order the rows."""
    places = pick_places(table, 1, rng)
    rel = wording.option("rel", "higher")
    ordered = sorted(table.systems, key=lambda name: table.axis[name])
    if len(ordered) < 5:
        raise RedrawError
    turned = rel in ("better", "worse")
    numbers = [table.worth(name, places[0]) if turned else table.value(name, places[0]) for name in ordered]
    if rel in ("lower", "worse"):
        numbers = [-number for number in numbers]
    holds = _trend(numbers, strict=bool(wording.option("strict")))
    of = table.words["of"]
    if of == "hours":
        raise RedrawError
    slots = place_slots(table, places, rng) | {"of": of}
    slots["M"] = slots["m"][0].upper() + slots["m"][1:]
    return Drawn(slots, truth(holds))


@kind("setting", ("curve",))
def setting(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The number at one setting, a comparison of two, or the change between them: `of` says which."""
    places = pick_places(table, 1, rng)
    one, other = sorted(rng.sample(table.systems, 2), key=lambda name: table.axis[name])
    low, high = table.value(one, places[0]), table.value(other, places[0])
    slots = place_slots(table, places, rng) | {"of": table.words["of"], "s": _count(one, rng), "s2": _count(other, rng)}
    slots["M"] = slots["m"][0].upper() + slots["m"][1:]
    asked = wording.option("of")
    if asked == "value":
        said, right = state(low, wording.option("sense", "exact"), table, rng)
        return Drawn(slots | said, truth(right))
    if asked == "compare":
        return Drawn(slots, truth(high > low if wording.option("rel", "higher") == "higher" else high < low))
    shown = [low, high]
    if rng.random() < 0.5:
        wrong = rng.randrange(2)
        shown[wrong] = off(shown[wrong], table, rng)
    if (shown[1] > shown[0]) != (wording.option("rel", "higher") == "higher") or shown[0] == shown[1]:
        raise RedrawError
    return Drawn(slots | {"n": str(shown[0]), "n2": str(shown[1])}, truth(shown == [low, high]))


def _count(number: str, rng: Random) -> str:
    return f"{int(number):,}" if rng.random() < 0.5 else number


@kind("best_setting", ("curve",))
def best_setting(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The setting with the best, highest or lowest number."""
    places = pick_places(table, 1, rng)
    winner = leader(table, wording.option("rel", "best"), places[0])
    claimed = winner if rng.random() < 0.5 else rng.choice(table.systems)
    slots = place_slots(table, places, rng) | {"of": table.words["of"], "s": _count(claimed, rng)}
    return Drawn(slots, truth(claimed == winner))


def _about(table: MadeTable, wording: Wording) -> None:
    """Make sure that the table has the column the wording speaks of, parameters or hours."""
    if table.words["of"] != wording.option("axis", "parameters"):
        raise RedrawError


@kind("size", ("sizes",))
def size(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Numbers of parameters: one number, two compared, or the largest and smallest."""
    _about(table, wording)
    a, b = pick(table, 2, rng)
    slots = system_slots([a, b])
    asked = wording.option("of")
    if asked == "value":
        said, right = state(table.axis[a], "exact", table, rng)
        number = Decimal(said["n"]).to_integral_value()
        return Drawn(slots | {"n": str(number)}, truth(right or number == table.axis[a]))
    if asked == "compare":
        return Drawn(slots, truth((table.axis[a] > table.axis[b]) == (wording.option("rel", "more") == "more")))
    pick_end = max if wording.option("rel", "more") == "more" else min
    winner = pick_end(table.systems, key=lambda name: table.axis[name])
    slots["a"] = winner if rng.random() < 0.5 else a
    return Drawn(slots, truth(slots["a"] == winner))


@kind("size_and_score", ("sizes",), gaps=False)
def size_and_score(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Better with fewer parameters: both are claimed."""
    _about(table, wording)
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    fewer = table.axis[a] < table.axis[b]
    holds = [relates(table, "better", a, b, places[0]), fewer == (wording.option("rel", "fewer") == "fewer")]
    return Drawn(system_slots([a, b]) | place_slots(table, places, rng), parts(holds))


@kind("end_leads", ("sizes",), gaps=False)
def end_leads(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The largest or smallest model has the best number."""
    _about(table, wording)
    places = pick_places(table, 1, rng)
    pick_end = max if wording.option("end", "largest") == "largest" else min
    end = pick_end(table.systems, key=lambda name: table.axis[name])
    return Drawn(place_slots(table, places, rng), truth(leader(table, wording.option("rel", "best"), places[0]) == end))
