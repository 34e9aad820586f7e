"""The one rule from an interval and a margin to more, less, equal or open, for every question.

An effect that its interval tells from 0 counts unless the 90 % interval excludes one that matters:
an effect surely smaller than the margin is `equal`, said to be there and to be small. Equal is also
what is not told from 0 and excludes what matters (two one-sided tests, Schuirmann 1987). All else
is open, and the smallest effect that could have been seen is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CONFIDENT = 0.90
"""Level of the interval that must exclude what matters (two one-sided tests at 5 %)."""

Size = Literal["more", "less", "equal", "open"]


@dataclass(frozen=True, slots=True)
class EffectDecision:
    """The conclusion from an interval of an effect.

    Attributes:
        size: `more` or `less` (told from 0, and an effect that matters is possible), `equal` (one
            that matters is excluded both ways) or `open`.
        told: +1 or −1 where the effect is told from 0, else 0.
        no_rise: whether a rise that matters is excluded.
        no_fall: whether a fall that matters is.
    """

    size: Size
    told: int
    no_rise: bool
    no_fall: bool


def judged(
    estimate: float, p_value: float, low90: float, high90: float, *, margin: float, alpha: float = 0.05
) -> EffectDecision:
    """Holds an effect against a margin.

    Args:
        estimate: of the effect.
        p_value: of no effect, adjusted where several are asked about.
        low90: lower end of its 90 % interval.
        high90: upper end.
        margin: what matters, in the unit of the effect.
        alpha: level of the test.
    """
    told = 0 if not p_value < alpha else 1 if estimate > 0 else -1
    return _judged(told, low90, high90, margin)


def judged_by_interval(ends: tuple[float, float], ends90: tuple[float, float], *, margin: float) -> EffectDecision:
    """The same of an effect that has an interval and no test; its interval tells it from 0.

    Args:
        ends: of the interval at the level asked.
        ends90: of the 90 % interval.
        margin: what matters, in the unit of the effect.
    """
    return _judged(int(ends[0] > 0) - int(ends[1] < 0), *ends90, margin)


def _judged(told: int, low90: float, high90: float, margin: float) -> EffectDecision:
    no_rise, no_fall = high90 < margin, low90 > -margin
    size: Size = "open"
    if no_rise and no_fall:
        size = "equal"
    elif told:
        size = "more" if told > 0 else "less"
    return EffectDecision(size, told, no_rise, no_fall)
