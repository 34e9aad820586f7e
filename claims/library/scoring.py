"""Shares of a report's claims by outcome, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal, TypeAlias

Standing: TypeAlias = Literal["stated", "recomputed", "contradicted", "open", "unread"]
STANDINGS: tuple[Standing, ...] = ("stated", "recomputed", "contradicted", "open", "unread")
"""A source says so; it follows from printed or measured numbers; they say otherwise; the evidence does not decide;
the sentence was not read as a statement about results."""
NORMAL_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of claims.

    Attributes:
        count, of: how many, of how many.
    """

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval, from 0 to 1 (Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953).

        It takes the claims as a sample of those that whoever made the report would make.
        """
        if not self.of:
            return 0.0, 1.0
        share, spread = self.count / self.of, NORMAL_95**2 / self.of
        middle = share + spread / 2
        half = NORMAL_95 * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
        return (0.0 if not self.count else low), (1.0 if self.count == self.of else high)

    def __str__(self) -> str:
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{self.count} of {self.of} ({low * 100:.0f} to {high * 100:.0f} %)"


def standing_of(claim: Mapping[str, Any]) -> Standing:
    """How a claim of verdicts.json stands.

    That the cited source itself says so joins here as "stated", beside what a published source grounds.
    """
    verdict, level = claim["verdict"], claim["level"]
    if verdict in {"refuted", "mixed"}:
        return "contradicted"
    if verdict == "supported":
        return "stated" if level == "grounded" else "recomputed"
    return "unread" if claim["assertion"] is None and verdict == "not-testable" else "open"


def shares(standings: list[Standing]) -> dict[Standing, Share]:
    """The share of every standing."""
    return {one: Share(standings.count(one), len(standings)) for one in STANDINGS}
