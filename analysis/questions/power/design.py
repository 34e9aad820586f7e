"""Which effect is looked for, and with how many runs, tasks and languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias

from analysis.arguments import refused
from analysis.design import Design, bounded, one_of
from analysis.errors import UsageError
from analysis.questions.design import ReadingDesign
from analysis.registry.chosen_names import chosen_name
from analysis.stats.spreads import VarianceComponents

Claim: TypeAlias = Literal["mean", "slope"]
About: TypeAlias = Literal["these", "like these"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerDesign(ReadingDesign):
    """An effect, and the grid that is to find it; what is None is as in the results.

    Attributes:
        effect: in points; for `slope`, per standard deviation of distance.
        claim: which effect.
        about: what the claim is about; a `slope` is always about tasks and languages like these.
        seeds: runs per task.
        tasks: targets.
        families: language families.
        languages: languages per family.
        spreads: standard deviations by the names of `VarianceComponents`, in place of those of the results; without
            results, one that is not stated is taken as 0, and the answer says so.
        within: for `slope`, share of the variance of distance that lies within families.
        power: wanted.
        size: simulated grids per design (none are needed for a mean over `these`).
    """

    effect: float = 1.0
    claim: Claim = field(default="mean", metadata=one_of(Claim))
    about: About = field(default="like these", metadata=one_of(About))
    seeds: int | None = bounded(None, 1, closed=True)
    tasks: int | None = bounded(None, 1, closed=True)
    families: int | None = bounded(None, 1, closed=True)
    languages: int | None = bounded(None, 1, closed=True)
    spreads: Mapping[str, float] | None = None
    within: float = bounded(0.5, 0, 1, closed=True)
    power: float = bounded(0.8, 0, 1)
    size: int = bounded(100, 20, closed=True)

    def __post_init__(self) -> None:
        Design.__post_init__(self)
        if self.effect == 0:
            raise UsageError(f"an effect of {self.effect} points is never found; give the smallest that would matter")
        for name, value in (self.spreads or {}).items():
            chosen_name("spread", name, [f.name for f in fields(VarianceComponents)])
            if value < 0 or (name == "noise" and value == 0):
                raise refused(f"spread {name}", value, "a standard deviation in points, such as 0.5")

    @property
    def scope(self) -> About:
        """The inference that is meant: for a slope always languages and tasks like these."""
        return "like these" if self.claim == "slope" else self.about

    @property
    def unstated(self) -> tuple[str, ...]:
        """Names of the spreads that matter to the claim and are not stated."""
        names = [f.name for f in fields(VarianceComponents) if f.name != "slope" or self.claim == "slope"]
        names = ["noise", "run"] if self.scope == "these" else names
        return tuple(name for name in names if name not in (self.spreads or {}))

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of seeds, tasks, families and languages, those that are given."""
        given = {name: getattr(self, name) for name in ("seeds", "tasks", "families", "languages")}
        return {name: count for name, count in given.items() if count is not None}
