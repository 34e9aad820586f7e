"""The answer to a research question, in the one form that reports and claims read.

Every question has a package in `analysis.questions` with a frozen design and two functions: `fit(results, design)`
computes, `report(fit)` states the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

NEVER = float("nan")
Says: TypeAlias = Literal["yes", "no", "mixed", "cannot-tell"]
"""`no` means the data exclude an effect that matters; absence of proof is `cannot-tell`."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One estimated effect with its uncertainty.

    Attributes:
        name: what is estimated, such as "slope of gain on syntactic distance".
        method: how, such as "mixed model, slopes by task and language".
        unit: of estimate and interval, such as "points per unit of distance".
        estimate: NaN where it cannot be told.
        low: lower end of the interval at `level`; NaN where it cannot be told.
        high: upper end.
        level: nominal coverage of the interval.
        p_value: two-sided, of no effect; NaN where no test was made.
        n: units the uncertainty rests on (families, seeds, …), named in `n_of`.
        n_of: what `n` counts.
        because: why it cannot be told, or "".
        untested: why there is an estimate and no test of it (interval and p-value are NaN), or "".
    """

    name: str
    method: str
    unit: str
    estimate: float = NEVER
    low: float = NEVER
    high: float = NEVER
    level: float = 0.95
    p_value: float = NEVER
    n: int = 0
    n_of: str = ""
    because: str = ""
    untested: str = ""

    @property
    def sign(self) -> int:
        """+1 or −1 where the interval excludes zero, else 0."""
        return int(self.low > 0) - int(self.high < 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, ready to be printed or turned into a verdict.

    Attributes:
        question: as asked, one sentence.
        says: in one word.
        text: the answer in one or two sentences, with its numbers.
        sure: how sure, in one sentence: interval, units, smallest effect that could have been seen.
        hinges: what the answer depends on: choices under which it would be another.
        effects: the estimates, the one the answer rests on first.
        left_out: what was not used, and why (missing baselines, families of one, …).
        provenance: provenances of the scores used, such as ("synthetic",).
        tables: name → plain frame, for those who want to compute on.
    """

    question: str
    says: Says
    text: str
    sure: str
    hinges: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    left_out: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
