"""Rows of a stacked table: texts and values in the order an extractor met them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from claims.sentences import ends_sentence

_LONGEST_TAIL = 12
"""Lines a claim may have behind its values."""


class Event(NamedTuple):
    """A piece of a stacked table: `role` is "claim" for a line of a claim's text."""

    role: str
    raw: str
    line: int


class Stack(NamedTuple):
    """A row: the lines of its claim, its values by role, and where it starts and ends."""

    texts: list[str]
    values: dict[str, str]
    line: int
    end: int


@dataclass(slots=True)
class _Open:
    """The row being gathered."""

    texts: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    line: int = 0
    end: int = 0

    def add(self, event: Event, *, text: bool) -> None:
        self.line = self.line or event.line
        self.end = event.line
        if text:
            self.texts.append(event.raw)
        else:
            self.values[event.role] = event.raw


def stack(events: Sequence[Event], roles: Sequence[str]) -> list[Stack]:
    """Parts the pieces into rows; text behind the last value belongs to no row.

    A row is over when it has all its values, or when the next value to come is one it already has.
    A claim may go on behind its first value, where an extractor read the mark of a short line early.

    Args:
        events: the pieces, in order.
        roles: the columns beside the claim, in order.
    """
    rows: list[Stack] = []
    row = _Open()
    tails = _tails(events)
    following = _following(events)
    for i, event in enumerate(events):
        text = event.role == "claim" or _ends_claim(row, events, i)
        awaited = not row.values or _awaits(row, following[i], roles)
        if i not in tails and ((not awaited) if text else event.role in row.values):
            _close(row, rows)
            row = _Open()
        row.add(event, text=text)
    _close(row, rows)
    return rows


def _tails(events: Sequence[Event]) -> frozenset[int]:
    """The pieces that end a claim behind its values.

    A claim that breaks off before its values goes on behind them where the text there starts with a
    small letter and ends a sentence before a line that starts anew.
    """
    tails: set[int] = set()
    for i, event in enumerate(events):
        if event.role != "claim" or not i or events[i - 1].role == "claim" or not event.raw[:1].islower():
            continue
        above = next((events[j].raw for j in range(i - 1, -1, -1) if events[j].role == "claim"), "")
        lines = list(takewhile(lambda e: e.role == "claim", events[i : i + _LONGEST_TAIL]))
        end = next((n for n, line in enumerate(lines) if ends_sentence(line.raw)), None)
        new = events[i + end + 1 :][:1] if end is not None else []
        if above and not ends_sentence(above) and end is not None and _starts_anew(new):
            tails.update(range(i, i + end + 1))
    return frozenset(tails)


def _starts_anew(following: Sequence[Event]) -> bool:
    return not following or (following[0].role == "claim" and not following[0].raw[:1].islower())


def _following(events: Sequence[Event]) -> list[Event | None]:
    """For every event, the next value behind it."""
    following: list[Event | None] = [None] * len(events)
    coming: Event | None = None
    for i in range(len(events) - 1, -1, -1):
        following[i] = coming
        coming = events[i] if events[i].role != "claim" else coming
    return following


def _awaits(row: _Open, coming: Event | None, roles: Sequence[str]) -> bool:
    """True if the next value may still belong to this row: it lacks it, and it comes later in order."""
    if coming is None or coming.role in row.values:
        return False
    return all(roles.index(coming.role) > roles.index(role) for role in row.values)


def _ends_claim(row: _Open, events: Sequence[Event], i: int) -> bool:
    """True if a number on a line of its own belongs to the claim: its mark comes directly behind it.

    Tables that put confidences before marks are told by their first value.
    """
    first = next(event.role for event in events if event.role != "claim")
    behind = events[i + 1].role if i + 1 < len(events) else ""
    pending = bool(row.texts) and "mark" not in row.values
    return pending and first == "mark" and events[i].role == "confidence" and behind == "mark"


def _close(row: _Open, rows: list[Stack]) -> None:
    if row.texts and row.values:
        rows.append(Stack(row.texts, row.values, row.line, row.end))
