"""Ways of reading the parts of a clause, put together: every combination of them, up to a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import TypeVar

from claims.assertion import And, Formula, Not, Whole

Way = TypeVar("Way")
MOST = 240
"""Combinations of one clause that are followed."""


def combined(*options: Iterable[Way], most: int = MOST) -> Iterator[tuple[Way, ...]]:
    """One of each of several options, in every combination, up to a limit."""
    return islice(product(*options), most)


def joined(parts: Sequence[Formula], *, strict: bool = False) -> Formula:
    """Several statements at once; "both A and B" fall together."""
    if len(parts) == 1:
        return parts[0]
    return Whole(tuple(parts)) if strict else And(tuple(parts))


def all_joined(parts: Sequence[Iterable[Formula]], *, strict: bool = False) -> Iterator[Formula]:
    """Every way of stating all parts at once; none where there is no part, or one that cannot be stated.

    Of a list that is denied, "A and B do not beat C", each may be denied, or that it holds of all.
    """
    for chosen in combined(*parts) if parts else ():
        if strict or len(chosen) == 1 or not all(isinstance(one, Not) for one in chosen):
            yield joined(chosen, strict=strict)
            continue
        yield joined(chosen, strict=True)
        yield Not(joined([one.part for one in chosen if isinstance(one, Not)], strict=True))
