"""Sentences of several clauses, frames around a clause, and words that no table knows."""

from __future__ import annotations

from random import Random

from made_kind import GRIDS, Drawn, Wording, kind
from made_logic import leader, parts, relates, truth
from made_slots import Slots, group_slots, pick, pick_places, place_slots, system_slots
from made_table import MadeTable, RedrawError, UndecidableError
from made_tables import NAMES

CLAUSES = (
    "{a} outperforms {b} {at}",
    "{a} is better than {b} {at}",
    "{a} beats {b} {at}",
)
ODD_ADJECTIVES = ("distilled", "quantised", "multilingual", "retrained", "pruned", "early", "uncased", "frozen")
ODD_CONDITIONS = (
    "for long documents", "in the few-shot setting", "under domain shift", "with beam search", "after deduplication",
    "for rare words", "per genre", "at inference time", "on the hard subset", "with half of the data", "before tuning",
    "for female speakers", "on noisy input", "without an ensemble", "in the first epoch", "with greedy decoding",
)  # fmt: skip


@kind("two_rivals", gaps=False)
def two_rivals(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One system and two rivals, or two systems and one rival (`of` = subjects); `q` = both makes half of it false."""
    a, b, c = pick(table, 3, rng)
    places = pick_places(table, 1, rng)
    rel, neg = wording.option("rel", "better"), bool(wording.option("neg"))
    pairs = ((a, c), (b, c)) if wording.option("of") == "subjects" else ((a, b), (a, c))
    held = [relates(table, rel, *pair, places[0]) != neg for pair in pairs]
    slots = system_slots([a, b, c]) | place_slots(table, places, rng)
    return Drawn(slots, truth(all(held)) if wording.option("q") == "both" else parts(held))


@kind("two_at", ("datasets", "languages", "measures"), gaps=False)
def two_at(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One pair at two places; `second` = not turns the second around; `q` = both makes half of it false."""
    a, b = pick(table, 2, rng)
    x, y = pick_places(table, 2, rng)
    rel, second = wording.option("rel", "better"), wording.option("second")
    first = relates(table, rel, a, b, x)
    other = relates(table, "worse" if second == "worse" else rel, a, b, y) != (second == "not")
    slots = system_slots([a, b]) | place_slots(table, [x, y], rng)
    return Drawn(slots, truth(first and other) if wording.option("q") == "both" else parts([first, other]))


@kind("two_clauses", gaps=False)
def two_clauses(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One system against a rival at one place, and against another rival at another place."""
    a, b, c = pick(table, 3, rng)
    places = pick_places(table, 2, rng)
    first = relates(table, wording.option("rel", "better"), a, b, places[0])
    other = relates(table, wording.option("second", "better"), a, c, places[1])
    return Drawn(system_slots([a, b, c]) | place_slots(table, places, rng), parts([first, other]))


@kind("respectively", ("datasets", "measures", "languages"), gaps=False)
def respectively(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """Leads told in the order of two places."""
    a, b = pick(table, 2, rng)
    x, y = pick_places(table, 2, rng)
    leads = [table.ahead(a, b, x), table.ahead(a, b, y)]
    if min(leads) <= 0:
        raise RedrawError
    said = list(leads)
    if rng.random() < 0.5:
        said = [leads[1], leads[0]]
    if abs(leads[0] - leads[1]) < 4 * table.unit:
        raise RedrawError
    slots = system_slots([a, b]) | place_slots(table, [x, y], rng) | {"n": str(said[0]), "n2": str(said[1])}
    return Drawn(slots, truth(said == leads))


@kind("wrap")
def wrap(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """A frame around a comparison: `effect` is keep, negate, or none where the frame claims nothing."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    slots = system_slots([a, b]) | place_slots(table, places, rng)
    slots["s"] = rng.choice(CLAUSES).format_map(slots)
    slots["S"] = slots["s"]
    if wording.option("effect") == "none":
        return Drawn(slots, "none")
    holds = relates(table, "better", a, b, places[0])
    return Drawn(slots, truth(holds != (wording.option("effect") == "negate")))


@kind("cause", gaps=False)
def cause(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """A comparison with a reason that no table holds: false if the comparison is, else undecidable."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    slots = system_slots([a, b]) | place_slots(table, places, rng)
    return Drawn(slots, "none" if relates(table, "better", a, b, places[0]) else "false")


@kind("record", gaps=False)
def record(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """A claim about all systems anywhere: false if the table holds a better one, else undecidable."""
    places = pick_places(table, 1, rng)
    a = pick(table, 1, rng)[0]
    winner = leader(table, "best", places[0])
    return Drawn(system_slots([a]) | place_slots(table, places, rng), "none" if a == winner else "false")


@kind("unknown")
def unknown(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """A comparison with a name, a property or a condition that the table does not hold: nothing is decidable."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    return Drawn(system_slots([a, b]) | place_slots(table, places, rng) | group_slots(table) | odd_slots(rng), "none")


def odd_slots(rng: Random) -> Slots:
    """Slots for what no table holds: `who`, `set`, `measure`, `odd` (adjective), `cond` (condition), `factor`."""
    return {
        "who": rng.choice(NAMES["unknown_systems"]),
        "set": rng.choice(NAMES["unknown_datasets"]),
        "measure": rng.choice(NAMES["unknown_measures"]),
        "odd": rng.choice(ODD_ADJECTIVES),
        "cond": rng.choice(ODD_CONDITIONS),
        "made": made_up(rng),
    }


def made_up(rng: Random) -> str:
    """A word that no language has."""
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))) + rng.choice(
        ("x", "lk", "nt", "sh", "rb", "")
    )


@kind("wrong_unit", GRIDS)
def wrong_unit(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """A right amount counted in something else."""
    a, b = pick(table, 2, rng)
    places = pick_places(table, 1, rng)
    ahead = table.ahead(a, b, places[0])
    if ahead <= 0 or places[0].measure.direction < 0:
        raise UndecidableError
    odd = rng.choice(("hours", "BLEU points", "sentences", "dollars", "seconds", "GB"))
    if "BLEU" in odd and places[0].measure.name == "BLEU":
        odd = "WER points"
    return Drawn(system_slots([a, b]) | place_slots(table, places, rng) | {"n": str(ahead), "unit": f" {odd}"}, "none")
