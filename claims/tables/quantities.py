"""Whether a number is what a sentence states, rounding allowed for."""

from __future__ import annotations

from claims.tables.assertion import Quantity


def within(number: float, said: Quantity, width: float = 0.0) -> bool:
    """Whether a number is what was said, rounding on both sides allowed for."""
    value = float(said.value)
    room = width + said.half_width + 1e-9
    if said.bound == "about":
        return abs(number - value) <= max(room, 0.1 * abs(value))
    if said.bound == "at-least":
        return number >= value - 1e-9
    if said.bound == "over":
        return number > value
    if said.bound == "under":
        return number < value
    if said.bound == "up-to":
        return abs(number - value) <= room
    return abs(number - value) <= room
