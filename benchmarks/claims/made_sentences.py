"""Sentences over made tables, each with its truth by construction.

The wordings stand in `made_wordings.toml`. A hash of the wording puts it in one of two halves: `open`, which those who
work on the reader may look at, and `closed`, which is only ever scored. A third set, `fresh`, stands in
`made_fresh.toml`; it too is only ever scored, and only when asked for.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import made_beside
import made_clauses
import made_compare
import made_counts
import made_order
import made_special
import made_told
import made_transfer
from made_kind import KINDS, Drawn, Kind, Wording
from made_logic import Truth
from made_table import MadeTable, Measure, Place, RedrawError, UndecidableError
from made_tables import make_table

MODULES = (made_beside, made_clauses, made_compare, made_counts, made_order, made_special, made_told, made_transfer)
"""Their import registers the kinds."""

HALVES = ("open", "closed")
FRESH = "fresh"
FILES = {"made_wordings.toml": "", "made_fresh.toml": FRESH}
"""Files of wordings, each with the half that its wordings belong to; empty where a hash decides."""
TRIES = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """One claim, its table, and whether it is true.

    Attributes:
        wording: The wording it was made from.
        half: `open`, `closed` or `fresh`.
        claim: The sentence.
        table: The table it is about.
        truth: `true`, `false`, `mixed` (true in part), or `none` (nothing decidable is claimed).
        drawn: The slots, for those who change sentences.
    """

    wording: Wording
    half: str
    claim: str
    table: MadeTable
    truth: Truth
    drawn: Drawn


def wordings() -> tuple[Wording, ...]:
    """All wordings, in the order of the files."""
    return tuple(
        Wording(text, group["kind"], {"half": half} | {key: group[key] for key in group.keys() - {"kind", "texts"}})
        for name, half in FILES.items()
        for group in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["group"]
        for text in group["texts"]
    )


def half_of(wording: Wording) -> str:
    """The half a wording belongs to: the one its file is, else by its text alone."""
    return wording.option("half") or HALVES[hashlib.sha256(wording.text.encode()).digest()[0] % 2]


def sentences(seed: int, half: str, count: int, *, matrices: bool = False, kind: str = "") -> Iterator[Sentence]:
    """Sentences of one half.

    Args:
        seed: Of the random numbers; the halves draw apart.
        half: `open`, `closed` or `fresh`.
        count: How many.
        matrices: Whether to draw claims over transfer matrices, and only those.
        kind: Only this kind of sentence, if given.
    """
    rng = Random(f"{seed} {half}")
    chosen = [
        wording
        for wording in wordings()
        if half_of(wording) == half
        and (KINDS[wording.kind].shapes == ("matrix",)) == matrices
        and kind in ("", wording.kind)
    ]
    for _ in range(count if chosen else 0):
        yield sentence(rng.choice(chosen), rng)


def sentence(wording: Wording, rng: Random) -> Sentence:
    """A sentence of one wording, over a table drawn for it.

    Raises:
        RedrawError: no table fits the wording; a fault of the wording.
    """
    wanted = rng.choice(("true", "true", "false", "false", "any"))
    shapes = wording.option("shapes").split() or KINDS[wording.kind].shapes
    last = None
    for attempt in range(TRIES * 10):
        table = make_table(rng.choice(shapes), rng)
        drawn = _drawn(KINDS[wording.kind], wording, table, rng)
        if drawn is None:
            continue
        last = table, drawn
        if drawn.truth == wanted or wanted == "any" or attempt > TRIES:
            break
    if last is None:
        raise RedrawError(f"no table fits “{wording.text}”")
    claim = wording.text.format_map(last[1].slots)
    return Sentence(wording, half_of(wording), claim[0].upper() + claim[1:], last[0], last[1].truth, last[1])


def _drawn(kind: Kind, wording: Wording, table: MadeTable, rng: Random) -> Drawn | None:
    """The wording filled from the table, or None where readers may differ about it."""
    state = rng.getstate()
    try:
        return kind.draw(table, wording, rng)
    except RedrawError:
        return None
    except UndecidableError:
        if not kind.gaps:
            return None
    # The same draw over the table without its gaps gives the words of a sentence that this table cannot decide.
    rng.setstate(state)
    try:
        return replace(kind.draw(_filled(table), wording, rng), truth="none")
    except (RedrawError, UndecidableError):
        return None


def _filled(table: MadeTable) -> MadeTable:
    """The table with a number in every cell and a direction for every measure."""
    places = {place: _directed(place) for place in table.places}
    cells = {}
    for place, directed in places.items():
        known = [table.cells[system, place] for system in table.systems if (system, place) in table.cells]
        for number, system in enumerate(table.systems):
            spare = known[0] + (number + 1) * 7 * table.unit
            cells[system, directed] = table.cells.get((system, place), spare)
    return replace(table, places=tuple(places.values()), cells=cells)


def _directed(place: Place) -> Place:
    measure: Measure = replace(place.measure, direction=place.measure.direction or 1)
    return replace(place, measure=measure)
