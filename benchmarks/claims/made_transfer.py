"""Sentences over transfer matrices, whose two axes have the same names.

Where neither header nor caption says which axis holds the sources, both readings must agree, else nothing is
decidable. The diagonal, where it is printed, may or may not count: there too both readings must agree.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from made_amounts import state
from made_kind import Drawn, Wording, kind
from made_logic import Truth, parts, truth
from made_slots import Slots
from made_table import MadeTable, RedrawError, UndecidableError
from made_tables import NAMES

Cell = Callable[[str, str], Decimal]
MATRIX = ("matrix",)


def _cell(table: MadeTable, source: str, target: str, *, turned: bool) -> Decimal:
    """The number of a source and a target, as printed; `turned` reads the rows as targets."""
    row, column = (target, source) if turned else (source, target)
    place = next(place for place in table.places if place.where == column)
    return table.value(row, place)


def _agreed(table: MadeTable, ask: Callable[[Cell], Truth]) -> Truth:
    """The truth if all readings of the axes give the same, else none."""
    sign = table.places[0].measure.direction

    def reading(*, turned: bool) -> Truth:
        return ask(lambda source, target: sign * _cell(table, source, target, turned=turned))

    seen = {reading(turned=turned) for turned in ((False, True) if table.mirrored else (False,))}
    return seen.pop() if len(seen) == 1 else "none"


def _names(table: MadeTable, rng: Random) -> Slots:
    """Slots `s`, `t`, `r`, `u`: four different names; `m` and `am` for the measure."""
    s, t, r, u = rng.sample(table.systems, 4)
    measure = table.places[0].measure
    return {"s": s, "t": t, "r": r, "u": u, "m": measure.name, "am": f"{measure.article} {measure.name}", **table.words}


@kind("source_pair", MATRIX)
def source_pair(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two sources for one target."""
    slots = _names(table, rng)
    s, r, t = slots["s"], slots["r"], slots["t"]
    rel = 1 if wording.option("rel", "better") == "better" else -1
    held = _agreed(table, lambda cell: truth(rel * (cell(s, t) - cell(r, t)) > 0))
    return Drawn(slots, held)


@kind("target_pair", MATRIX)
def target_pair(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """Two targets of one source."""
    slots = _names(table, rng)
    s, t, u = slots["s"], slots["t"], slots["u"]
    rel = 1 if wording.option("rel", "better") == "better" else -1
    return Drawn(slots, _agreed(table, lambda cell: truth(rel * (cell(s, t) - cell(s, u)) > 0)))


@kind("both_ways", MATRIX)
def both_ways(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """One pair, one way against the other."""
    slots = _names(table, rng)
    s, t = slots["s"], slots["t"]
    return Drawn(slots, _agreed(table, lambda cell: truth(cell(s, t) > cell(t, s))))


@kind("transfer_value", MATRIX)
def transfer_value(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The number of one source and one target."""
    slots = _names(table, rng)
    s, t = slots["s"], slots["t"]
    sense = wording.option("sense", "exact")
    said, right = state(_cell(table, s, t, turned=False), sense, table, rng)
    if not table.mirrored:
        return Drawn(slots | said, truth(right))
    other = _cell(table, t, s, turned=False)
    held = str(other) == said["n"] if sense == "exact" else other > Decimal(said["n"])
    same = held == right
    return Drawn(slots | said, truth(right) if same else "none")


@kind("best_source", MATRIX)
def best_source(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """The best or worst source of one target; without itself and, where it is printed, with itself."""
    slots = _names(table, rng)
    t = slots["t"]
    sign = 1 if wording.option("rel", "best") == "best" else -1
    names = [name for name in table.systems if name != t]

    def holds(cell: Cell) -> Truth:
        worth = {name: sign * cell(name, t) for name in names}
        slots["s"] = slots.get("chosen") or _chosen(worth, rng, slots["s"])
        slots["chosen"] = slots["s"]
        return _top(slots["s"], worth, _own(table, t, sign))

    return Drawn(slots, _agreed(table, holds))


@kind("best_target", MATRIX)
def best_target(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """The target that one source serves best."""
    slots = _names(table, rng)
    s = slots["s"]
    names = [name for name in table.systems if name != s]

    def holds(cell: Cell) -> Truth:
        worth = {name: cell(s, name) for name in names}
        slots["t"] = slots.get("chosen") or _chosen(worth, rng, slots["t"])
        slots["chosen"] = slots["t"]
        return _top(slots["t"], worth, _own(table, s, 1))

    return Drawn(slots, _agreed(table, holds))


def _chosen(worth: dict[str, Decimal], rng: Random, other: str) -> str:
    return max(worth, key=lambda name: worth[name]) if rng.random() < 0.5 else other


def _own(table: MadeTable, name: str, sign: int) -> Decimal | None:
    """The number of a name with itself, if the diagonal is printed."""
    try:
        return sign * table.places[0].measure.direction * _cell(table, name, name, turned=False)
    except UndecidableError:
        return None


def _top(claimed: str, worth: dict[str, Decimal], own: Decimal | None) -> Truth:
    best = max(worth.values())
    if list(worth.values()).count(best) > 1:
        raise RedrawError
    if worth[claimed] < best:
        return "false"
    return "true" if own is None or own < best else "none"


@kind("every_target", MATRIX)
def every_target(table: MadeTable, wording: Wording, rng: Random) -> Drawn:
    """One source against another for all other targets, none or two that are named: `q`."""
    slots = _names(table, rng)
    s, r, t, u = slots["s"], slots["r"], slots["t"], slots["u"]
    asked = wording.option("q", "all")

    def holds(cell: Cell) -> Truth:
        if asked == "named":
            return parts(cell(s, name) > cell(r, name) for name in (t, u))
        others = [name for name in table.systems if name not in (s, r)]
        # whether “every target” counts the sources themselves is open
        scopes = [others, list(table.systems)] if _own(table, s, 1) is not None else [others]
        seen = {_over([cell(s, name) > cell(r, name) for name in scope], asked) for scope in scopes}
        return truth(seen.pop()) if len(seen) == 1 else "none"

    return Drawn(slots, _agreed(table, holds))


@kind("strange_transfer", MATRIX)
def strange_transfer(table: MadeTable, _: Wording, rng: Random) -> Drawn:
    """A source or target that the matrix does not hold."""
    strange = [name for of in ("languages", "sources") for name in NAMES[of] if name not in table.systems]
    return Drawn(_names(table, rng) | {"who": rng.choice(strange)}, "none")


def _over(better: list[bool], asked: str) -> bool:
    return all(better) if asked == "all" else not any(better)
