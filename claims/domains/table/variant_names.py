"""What a line that adds something to another, or takes something away, is called after both: "BERT with CRF"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
    alone = _alone(lines) if any(line.base is not None for line in lines) else {}
    added: dict[int, list[str]] = {}
    for line in lines:
        part = _part(line)
        if line.base is None or not part:
            continue
        if line.kind == "addition":
            added.setdefault(line.base, []).append(part)
        for base in _called(lines[line.base], alone):
            for name in _named(base, part, adds=line.kind == "addition"):
                found.setdefault(key_of(name), set()).add(line.index)
    for index, parts in added.items():
        for base in _called(lines[index], alone) if len(parts) == 1 else ():
            for lead in word_lists().lacking_names:
                found.setdefault(key_of(f"{base} {lead} {parts[0]}"), set()).add(index)
    labels = {key_of(line.own) for line in lines}
    return {key: next(iter(at)) for key, at in found.items() if len(at) == 1 and key not in labels}


def _part(line: TableLine) -> str:
    """What a line adds or takes away; "" where it does neither, or says so at length."""
    lead = {"addition": ADDED, "ablation": TAKEN_AWAY}.get(line.kind)
    found = lead.match(line.own) if lead is not None else None
    part = line.own[found.end() :].strip() if found is not None else ""
    return part if len(part.split()) <= LONGEST else ""


def _alone(lines: Sequence[TableLine]) -> dict[str, int]:
    """Mark → the only system that has it."""
    marked: dict[str, list[int]] = {}
    for line in lines:
        for mark in line.marks if line.kind == "system" else ():
            marked.setdefault(mark, []).append(line.index)
    return {mark: at[0] for mark, at in marked.items() if len(at) == 1}


def _called(base: TableLine, alone: Mapping[str, int]) -> Iterator[str]:
    """The names of the line that others are variants of, as printed, and as ours where no other line is."""
    for name in dict.fromkeys(filter(None, (base.own, without_bracket(base.own)))):
        yield name
        yield from (f"{name} {kind}" for kind in word_lists().variant_kinds)
    for mark, names in word_lists().marked.items():
        if alone.get(mark) == base.index:
            yield from names


def _named(base: str, part: str, *, adds: bool) -> Iterator[str]:
    if adds:
        yield from (f"{base} {lead} {part}" for lead in ("+", *word_lists().adding_names))
        yield f"adding {part} to {base}"
    else:
        yield from (f"{base} {lead} {part}" for lead in word_lists().lacking_names)
        yield f"removing {part} from {base}"
