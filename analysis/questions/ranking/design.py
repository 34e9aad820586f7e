"""The design of the question of ranking: the rows ranked, and the distances their order is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.design import Design, bounded
from analysis.distances import KINDS
from analysis.questions.design import ReadingDesign
from analysis.registry.chosen_names import chosen_language, chosen_name


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingDesign(ReadingDesign):
    """The rows of a leaderboard by their mean scores.

    Attributes:
        margin: points that would matter between the first and the second.
        size: replicates of the bootstrap.
        study: the study; None: all.
        source: language that distances are counted from.
        kinds: of distance that hardness is freed of; by default those known of every language whose family and
            script are.
    """

    margin: float = bounded(1.0, 0)
    size: int = bounded(2000, 0)
    study: str | None = None
    source: str = "en"
    kinds: Sequence[str] = ("genetic", "script")

    def __post_init__(self) -> None:
        Design.__post_init__(self)
        object.__setattr__(self, "source", chosen_language(self.source, self.registry))
        for kind in self.kinds:
            chosen_name("kind of distance", kind, KINDS)
