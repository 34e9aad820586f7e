"""The design of the question of hierarchy: the things ranked, and the agreement that makes one hierarchy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from analysis.design import bounded, one_of
from analysis.questions.design import SettingDesign

Ranked = Literal["intermediate", "model"]
Scores = Literal["languages", "means"]
Singles = Literal["pool", "leave"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HierarchyDesign(SettingDesign):
    """Intermediate tasks of one model, or models, by their scores.

    Attributes:
        ranked: `intermediate` tasks of one model, or `model`s without intermediate training (those
            at hand, so that their seeds are not asked for), of one study.
        scores: rank by scores of single `languages`, or by `means` over languages as they were
            printed, which say nothing of families.
        singles: whether families of one language are pooled, or left out of the comparison of families.
        asked: mean correlation between the targets' orders from which there is one hierarchy.
        size: replicates of the bootstrap.
    """

    ranked: Ranked = field(default="intermediate", metadata=one_of(Ranked))
    scores: Scores = field(default="languages", metadata=one_of(Scores))
    singles: Singles = field(default="pool", metadata=one_of(Singles))
    asked: float = bounded(0.5, 0, 1)
    size: int = bounded(2000, 0)
