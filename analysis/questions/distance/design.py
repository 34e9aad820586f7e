"""Which outcome is held against which distance, and what is held constant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analysis.design import Design, bounded, one_of
from analysis.distances import KINDS, Distances, grammar, shipped_distances
from analysis.errors import UsageError
from analysis.questions.design import ReadingDesign
from analysis.registry.chosen_names import chosen_name
from analysis.registry.fertility import FERTILITY

Outcome = Literal["gain", "score"]
HOLD: dict[str, str] = {"fertility": FERTILITY, "script": "another script"}
"""Published controls that are held constant when asked for → their names in print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceDesign(ReadingDesign):
    """An outcome by the distance of the language from the source language.

    The source is the language of the intermediate data (`intermediate_language`), English by
    default. Cells in the source language itself are no transfer and take part in one subset of
    the specification curve only.

    Attributes:
        outcome: `gain` over no intermediate training, or the `score` itself.
        kinds: kinds of distance; those the table of distances lacks are left out by name. None:
            the known ones and whatever else the table holds.
        distances: the table of distances; built-in by default.
        controls: name → language → value (such as the size of the pretraining text), held constant
            in the deciding model and in partial correlations, as the other kinds of distance are.
        pretraining: whether, without controls, the size of the pretraining text is held constant
            where it is published for the models.
        hold: `fertility` of the tokenizer, another `script`: held constant too.
        margin: equivalence margin, points per standard deviation of distance.
        permutations: how many are drawn where not all are looked at.
        specifications: whether to compute the specification curve; None: up to `fit.CURVED` cells, beyond
            which the other mixed models and those in logits are left out too.
        beside: whether to compute the estimates reported beside the deciding one, and the slopes by task.
        second: whether the surest slope is fitted again by statsmodels, one more of the estimates beside.
    """

    outcome: Outcome = field(default="gain", metadata=one_of(Outcome))
    kinds: Sequence[str] | None = None
    distances: Distances = field(default_factory=shipped_distances, repr=False)
    controls: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    pretraining: bool = True
    hold: Sequence[str] = ()
    margin: float = bounded(1.0, 0)
    permutations: int = bounded(999, 1, closed=True)
    specifications: bool | None = None
    beside: bool = True
    second: bool = True

    def __post_init__(self) -> None:
        Design.__post_init__(self)
        if self.kinds is not None and not self.kinds:
            raise UsageError("name at least one kind of distance")
        for kind in self.kinds or ():
            chosen_name("kind of distance", kind, (*self.distances.kinds, *KINDS, grammar.KIND))
        for name in self.hold:
            chosen_name("fact of languages to hold constant", name, HOLD)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The kinds of distance that are looked for."""
        every = (*KINDS, *(k for k in self.distances.kinds if k not in KINDS))
        return every if self.kinds is None else tuple(self.kinds)
