"""What a line that adds something to another, or takes something away, is called after both: "BERT with CRF"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from analysis.tables import TableLine
from analysis.tables.kinds import ADDED, TAKEN_AWAY
from claims.domains.table.spellings import without_bracket
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import Key, key_of

LONGEST = 8
"""Words of a part at most; what is longer is prose."""


def variant_names(lines: Sequence[TableLine]) -> dict[Key, int]:
    """Names → the line: of a row "+ CRF" under "BERT", "BERT + CRF" and "BERT with CRF"; only those that name one line.

    Whether rows that add one thing after another add it to all before them is left open: each is called by what it
    adds to the system above, and the system is the one without it only where it is the only thing added.
    """
    found: dict[Key, set[int]] = {}
    added: dict[int, list[Key]] = {}
    alone = _alone(lines) if any(line.base is not None for line in lines) else {}
    for line in lines:
        part = _part(line)
        if line.base is None or not part:
            continue
        adds = line.kind == "addition"
        if adds:
            added.setdefault(line.base, []).append(part)
        lead, middle = (("adding", "to"), "adding") if adds else (("removing", "from"), "lacking")
        for base in _called(lines[line.base], alone):
            found.setdefault((lead[0], *part, lead[1], *base), set()).add(line.index)
            for between in _between(middle):
                found.setdefault((*base, *between, *part), set()).add(line.index)
    for index, parts in added.items():
        for base in _called(lines[index], alone) if len(parts) == 1 else ():
            for between in _between("lacking"):
                found.setdefault((*base, *between, *parts[0]), set()).add(index)
    labels = {key_of(line.own) for line in lines}
    return {key: next(iter(at)) for key, at in found.items() if len(at) == 1 and key not in labels}


@cache
def _between(how: str) -> tuple[Key, ...]:
    """Words between the name of a line and what another has more, or less."""
    lists = word_lists()
    return tuple(map(key_of, ("+", *lists.adding_names) if how == "adding" else lists.lacking_names))


def _part(line: TableLine) -> Key:
    """What a line adds or takes away; nothing where it does neither, or says so at length."""
    lead = {"addition": ADDED, "ablation": TAKEN_AWAY}.get(line.kind)
    found = lead.match(line.own) if lead is not None else None
    part = key_of(line.own[found.end() :]) if found is not None else ()
    return part if len(part) <= LONGEST else ()


def _alone(lines: Sequence[TableLine]) -> dict[str, int]:
    """Mark → the only system that has it."""
    marked: dict[str, list[int]] = {}
    for line in lines:
        for mark in line.marks if line.kind == "system" else ():
            marked.setdefault(mark, []).append(line.index)
    return {mark: at[0] for mark, at in marked.items() if len(at) == 1}


def _called(base: TableLine, alone: Mapping[str, int]) -> Iterator[Key]:
    """The names of the line that others are variants of, as printed, and as ours where no other line is."""
    for name in dict.fromkeys(filter(None, (key_of(base.own), key_of(without_bracket(base.own))))):
        yield name
        yield from ((*name, kind) for kind in word_lists().variant_kinds)
    for mark, names in word_lists().marked.items():
        if alone.get(mark) == base.index:
            yield from map(key_of, names)
