"""What a table says of an assertion, and how findings are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claims.tables.assertion import Share
from claims.tables.table import Cell

Truth = Literal["true", "false", "mixed", "unknown"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a table says of an assertion.

    Attributes:
        truth: whether it holds; "mixed": cells disagree and the sentence does not say how many must agree.
        why: one clause. share: part of the compared places where it holds. places: how many there were.
        cells: those it was decided by, in reading order.
        margin: the smallest relative distance from the other answer, 0 to 1.
    """

    truth: Truth
    why: str
    share: float = 0.0
    places: int = 0
    cells: tuple[Cell, ...] = ()
    margin: float = 1.0


def unknown(why: str) -> Found:
    """Nothing was decided."""
    return Found("unknown", why)


def denied(found: Found) -> Found:
    """The finding on the opposite statement."""
    opposite: dict[Truth, Truth] = {"true": "false", "false": "true"}
    return Found(
        opposite.get(found.truth, found.truth), found.why, 1 - found.share, found.places, found.cells, found.margin
    )


def joined(parts: Sequence[Found]) -> Found:
    """All parts at once: one false part makes the whole false."""
    truths = [part.truth for part in parts]
    truth: Truth = "true"
    for candidate in ("false", "mixed", "unknown"):
        if candidate in truths:
            truth = candidate
            break
    return Found(
        truth, "; ".join(part.why for part in parts), min(p.share for p in parts), sum(p.places for p in parts),
        tuple(dict.fromkeys(cell for part in parts for cell in part.cells)), min(p.margin for p in parts),
    )  # fmt: skip


def shared(signs: Sequence[int], share: Share | None) -> Truth:
    """Whether a statement holds in as many places as is said.

    Args:
        signs: 1 where it holds, -1 where its opposite does, 0 for a tie.
        share: in how many it is said to hold; None where the sentence does not say.
    """
    holds, fails = sum(s > 0 for s in signs), sum(s < 0 for s in signs)
    total = len(signs)
    if share is not None and share.kind == "all" and _leaves_open(total, total - holds, share.out_of):
        return "unknown"
    if share is not None and share.kind != "all":
        return _as_many(holds, total, share)
    if holds and not fails and holds >= total / 2:
        return "true"
    if share is not None and share.kind == "all":
        return "false"
    if total >= 5 and fails and holds >= CLEARLY_MOST * total:
        return "true"
    if fails == total or (not holds and fails >= total / 2):
        return "false"
    return "false" if total >= 5 and fails >= CLEARLY_MOST * total else "mixed"


def _leaves_open(total: int, fails: int, said: int | None) -> bool:
    """Whether “both” or “all three” asks for more places than there are, or may mean others than those that fail."""
    return said is not None and (said > total or 0 < fails <= total - said)


def _as_many(holds: int, total: int, share: Share) -> Truth:
    """Whether it holds in the stated number or share of places."""
    if share.kind == "count" and share.out_of is not None and share.out_of != total:
        return "unknown"
    if share.kind == "almost-all" and total / 2 < holds < 0.75 * total:
        return "mixed"
    enough = {
        "count": holds == share.count,
        "at-least": holds >= share.count,
        "at-most": holds <= share.count,
        "all-but": holds == total - share.count,
        "most": holds > total / 2,
        "almost-all": holds >= max(1, 0.75 * total),
        "any": holds > 0,
    }
    return "true" if enough[share.kind] else "false"


CLEARLY_MOST = 0.8
"""Share of places, of five or more, from which on a sentence that does not say how many is taken to hold (or not)."""
