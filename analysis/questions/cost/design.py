"""The design of the question of cost: the unit of cost, and the inference that is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from analysis.design import bounded, one_of
from analysis.questions.design import ReadingDesign

Over: TypeAlias = Literal["seeds", "languages", "families"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDesign(ReadingDesign):
    """More intermediate data, or more data of the target, at equal cost.

    Attributes:
        shared: targets among which the cost of one intermediate checkpoint is divided.
        margin: points at equal cost (and per doubling of data) that would matter.
        over: what the claim is about: these `seeds` only, `languages` like these, or `families`.
        tokens: tokens per text, to compute FLOPs where the table holds none; None: examples stand for cost.
        epochs: passes over the data, for the same.
        reach: how far beyond the dearest target-only run its curve is believed, as a factor.
        size: replicates.
    """

    shared: int = bounded(1, 1, closed=True)
    margin: float = bounded(0.5, 0, closed=True)
    over: Over = field(default="languages", metadata=one_of(Over))
    tokens: float | None = bounded(None, 1, closed=True)
    epochs: float = bounded(3.0, 0)
    reach: float = bounded(2.0, 1, closed=True)
    size: int = bounded(4000, 100, closed=True)
