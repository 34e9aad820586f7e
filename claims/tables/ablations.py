"""What a line is compared with where a sentence only says that something helps: its baseline or its ablation."""

from __future__ import annotations

import re

from claims.tables.assertion import Selection
from claims.tables.pieces import words_of
from claims.tables.table import Axis, Line, Table

ABLATED = re.compile(r"^\s*(?:w/o|without|no\s|[-−–](?=\s*[A-Za-z])|[-−–]\s|minus\b|excl)\s*", re.IGNORECASE)
ADDED = re.compile(r"^\s*(?:\+|w/(?!o)|with\b)\s*|\s*\+\s*")
PLAIN = frozenset({"baseline", "base", "vanilla", "none", "submitted", "full", "original"})
OURS = frozenset({"our", "ours", "full", "proposed", "submitted"})


def is_ablation(line: Line) -> bool:
    """Whether a line's own name says that something was left out of it."""
    return bool(line.path) and ABLATED.match(line.path[-1].text) is not None


def reference_of(subject: Selection, axis: Axis, table: Table) -> Selection | None:
    """The lines that the subject's lines are variants of; None where the table does not tell.

    For lines that leave something out ("w/o psg") the full line of the same section; for lines that
    add something ("+P1") the line without it; else the line named as the baseline.
    """
    chosen = (subject.rows if axis == "row" else subject.columns) or frozenset()
    lines = table.lines(axis)
    own = [line for line in lines if line.index in chosen]
    if own and all(map(is_ablation, own)):
        found = {full.index for line in own if (full := _full_of(line, lines)) is not None}
        return _selection(axis, found, "full")
    baselines = {line.index for line in lines if set(words_of(line.name)) & {"baseline", "base"}} - chosen
    if own and baselines and len(baselines) == 1:
        return _selection(axis, baselines, "baseline")
    return None


def _selection(axis: Axis, found: set[int], words: str) -> Selection | None:
    if not found:
        return None
    rows, columns = (frozenset(found), None) if axis == "row" else (None, frozenset(found))
    return Selection(rows, columns, words, frozenset({(axis, 0), (axis, 1)}))


def _full_of(line: Line, lines: tuple[Line, ...]) -> Line | None:
    """The line that an ablation leaves something out of: in its section, named as ours, or the nearest above."""
    same = [
        o for o in lines if not is_ablation(o) and [p.text for p in o.path[:-1]] == [p.text for p in line.path[:-1]]
    ]
    ours = [o for o in same if set(words_of(o.name)) & OURS]
    if ours:
        return ours[0]
    above = [o for o in same if o.index < line.index]
    if above:
        return above[-1]
    return same[0] if len(same) == 1 else None
