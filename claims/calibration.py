"""Calibration of a report's own marks and confidences against verdicts."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.report import Mark
from claims.verdict import VerdictWord

BORNE_OUT = frozenset({"supported"})
NOT_BORNE_OUT = frozenset({"refuted", "mixed"})


@dataclass(frozen=True, slots=True)
class Calibration:
    """Marks and confidences against verdicts.

    Attributes:
        table: (mark, verdict) → number of claims.
        decided: claims with a verdict of supported, refuted or mixed.
        auc: chance that a supported claim has a higher confidence than one that is not supported
            (refuted, mixed, inconclusive, needs data, not testable); ties count half; None where
            one of the groups is empty.
        n_supported, n_other: claims with a numeric confidence in each group.
    """

    table: dict[tuple[Mark, VerdictWord], int]
    decided: int
    auc: float | None
    n_supported: int
    n_other: int

    @property
    def spread(self) -> float:
        """Standard error of the AUC under chance (Mann and Whitney 1947; ties left out, so rather too wide)."""
        n, m = self.n_supported, self.n_other
        return math.sqrt((n + m + 1) / (12 * n * m)) if n and m else math.inf


def calibrate(rows: Sequence[tuple[Mark, float | None, VerdictWord]]) -> Calibration:
    """The calibration of (mark, confidence, verdict) rows."""
    table = Counter((mark, verdict) for mark, _, verdict in rows)
    decided = sum(verdict in BORNE_OUT | NOT_BORNE_OUT for _, _, verdict in rows)
    supported = [c for _, c, verdict in rows if c is not None and verdict in BORNE_OUT]
    other = [c for _, c, verdict in rows if c is not None and verdict not in BORNE_OUT]
    return Calibration(dict(table), decided, _auc(supported, other), len(supported), len(other))


def _auc(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """Mann–Whitney estimate of P(higher > lower) + ½ P(equal)."""
    if not higher or not lower:
        return None
    below = sorted(lower)
    beaten = sum((bisect_left(below, value) + bisect_right(below, value)) / 2 for value in higher)
    return beaten / (len(higher) * len(lower))
