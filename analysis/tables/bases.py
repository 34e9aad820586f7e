"""Marks of lines as their labels say them, and the line that an ablation, addition or change refers to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from analysis.tables.kinds import CHANGE, LONGEST, TAKEN_INSIDE
from analysis.tables.lexicon import lexicon, tokens
from analysis.tables.model import Kind

TAKING = re.compile(r"[-−–+]|w/o|without|minus", re.IGNORECASE)
"""A sign or word that `TAKEN_INSIDE` looks for, or a plus; most labels have none."""
SUBSCRIPT = re.compile(r"(?<=^ours)[\d.,_]+$")
"""A setting below the word, which converters set beside it: "Ours0.2,0.5"."""
BASES = frozenset({"system", "unknown", "dataset", "aggregate"})
"""Kinds of lines that others may be variants of."""


def marks_in(labels: Sequence[str]) -> frozenset[str]:
    """The words "ours", "proposed", "baseline" where the labels of a line say so, the outer ones included."""
    found = {SUBSCRIPT.sub("", word) for label in labels for word in tokens(label)}
    return frozenset(mark for mark, words in lexicon().marks.items() if words & found)


def bases_of(
    labels: Sequence[tuple[str, ...]],
    own: Sequence[str],
    kinds: Sequence[Kind],
    wholes: Mapping[tuple[str, ...], Sequence[int]],
) -> list[int | None]:
    """The index of the line that each line is a variant of; None where it is none, or the table does not tell."""
    at = _positions(own)
    systems = {outer: [j for j in lines if kinds[j] in BASES] for outer, lines in wholes.items()}
    return [_base(i, systems.get(labels[i][:-1], []), own, kinds, at) for i in range(len(own))]


def _positions(own: Sequence[str]) -> dict[str, int]:
    """Label → its only line."""
    found: dict[str, int] = {}
    for i, text in enumerate(own):
        found[text.casefold()] = -1 if text.casefold() in found else i
    return {text: i for text, i in found.items() if i >= 0}


def _base(i: int, systems: Sequence[int], own: Sequence[str], kinds: Sequence[Kind], at: dict[str, int]) -> int | None:
    text = own[i]
    if kinds[i] == "change":
        found = CHANGE.match(text)
        return at.get(text[found.end() :].strip().casefold()) if found else None
    if kinds[i] not in {"ablation", "addition"}:
        return _named_inside(text, i, at)
    above = bisect_left(systems, i)
    if above:
        return systems[above - 1]
    full = [j for j in systems[:LONGEST] if own[j].casefold() in lexicon().full]
    return full[0] if len(full) == 1 else None


def _named_inside(text: str, i: int, at: dict[str, int]) -> int | None:
    """The line whose name begins a label that goes on with "w/o X" or "+ X"."""
    if TAKING.search(text) is None:
        return None
    found = TAKEN_INSIDE.fullmatch(text)
    whole = found["whole"] if found else text.rpartition("+")[0]
    base = at.get(whole.strip().casefold()) if whole.strip() else None
    return base if base != i else None
