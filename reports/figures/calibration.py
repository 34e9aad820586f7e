"""Calibration of a report's confidences: every claim by confidence and verdict, and shares borne out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.errors import MissingDataError
from analysis.wording import counted
from claims.calibration import BORNE_OUT, NOT_BORNE_OUT, calibrate
from claims.verdict import VERDICTS
from reports import style
from reports.figures.stated import claims_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from claims.report import Mark
    from claims.verdict import VerdictWord

BINS = 5
"""Equal bins of the confidences' scale, 0 to 1."""
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Rated:
    """A claim with the report's own mark and confidence (0 to 1) and our verdict."""

    mark: Mark
    confidence: float
    verdict: VerdictWord


@dataclass(frozen=True, slots=True)
class Ratings:
    """The claims of reports that state a confidence; `unrated`: how many state none."""

    rated: tuple[Rated, ...]
    unrated: int


def ratings(data: Mapping[str, Any], where: str) -> Ratings:
    """The ratings of a verdicts.json.

    Raises:
        InputError: it is not a verdicts.json file.
    """
    records = [record for _, record in claims_of(data, where)]
    rated = tuple(Rated(r["mark"], r["confidence"], r["verdict"]) for r in records if r["confidence"] is not None)
    return Ratings(rated, len(records) - len(rated))


def draw(data: Ratings) -> Figure:
    """Confidences by verdict above, share borne out by confidence below.

    Raises:
        MissingDataError: no claim has a numeric confidence.
    """
    if not data.rated:
        raise MissingDataError("no claim has a numeric confidence: there is nothing to draw")
    words = [word for word in VERDICTS if any(one.verdict == word for one in data.rated)]
    with style.applied():
        figure = style.sheet(7.2, 3.6 + 0.62 * len(words))
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[0.55 * len(words) + 0.4, 2.4])
        _swarm(upper, data.rated, words)
        _shares(lower, data.rated)
        lower.set_xlim(-0.02, 1.02)
        note = f" {counted(data.unrated, 'claim')} without a numeric confidence left out." if data.unrated else ""
        figure.supxlabel(f"{_auc(data.rated)}{note}", fontsize=8, color=style.SOFT)
    return figure


def _swarm(axes: Axes, rated: Sequence[Rated], words: Sequence[VerdictWord]) -> None:
    """One point a claim, set beside each other where confidences are equal."""
    for row, word in enumerate(words):
        colour, marker = style.VERDICTS[word]
        values = sorted(one.confidence for one in rated if one.verdict == word)
        axes.plot(values, [row + lift for lift in _lifts(values)], marker, ms=4.5, color=colour, alpha=0.8, mew=0)
    counts = Counter(one.verdict for one in rated)
    axes.set_yticks(range(len(words)), [f"{word} ({counts[word]})" for word in words])
    axes.set_ylim(len(words) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_title("Confidence the report states, by our verdict")


def _lifts(values: Sequence[float], step: float = 0.13, near: float = 0.012) -> list[float]:
    """Heights that keep equal values apart: 0, +, −, ++, …, squeezed to stay within the row."""
    lifts: list[int] = []
    for i, value in enumerate(values):
        taken = {lifts[j] for j in range(i) if value - values[j] < near}
        order = (half for n in range(len(values) + 1) for half in ((0,) if n == 0 else (-n, n)))
        lifts.append(next(place for place in order if place not in taken))
    most = max((abs(lift) for lift in lifts), default=0)
    scale = min(step, 0.4 / most) if most else step
    return [scale * lift for lift in lifts]


def _shares(axes: Axes, rated: Sequence[Rated]) -> None:
    """Share of the decided claims that the evidence bears out, in bins of confidence."""
    from scipy.stats import binomtest

    axes.plot([0, 1], [0, 1], color=style.RULE, lw=1, ls=(0, (4, 3)), zorder=0)
    for place, borne_out, decided in _binned(rated):
        span = binomtest(borne_out, decided).proportion_ci(LEVEL, method="wilson")
        axes.plot([place] * 2, [span.low, span.high], color=style.BLUE, lw=1.6, clip_on=False)
        axes.plot([place], [borne_out / decided], "o", color=style.BLUE, ms=6, clip_on=False)
        axes.annotate(f"{borne_out} of {decided}", (place, borne_out / decided), (7, 0), textcoords="offset points",
                      va="center", fontsize=8, annotation_clip=False)  # fmt: skip
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    axes.set_ylabel("borne out")
    axes.set_xlabel("confidence")
    axes.set_title("Share of the decided claims borne out (dashed: as often as stated)")


def _binned(rated: Sequence[Rated]) -> list[tuple[float, int, int]]:
    """(mean confidence, borne out, decided) of each bin that holds decided claims."""
    bins: dict[int, list[Rated]] = {}
    for one in rated:
        if one.verdict in BORNE_OUT | NOT_BORNE_OUT:
            bins.setdefault(min(int(one.confidence * BINS), BINS - 1), []).append(one)
    return [
        (sum(one.confidence for one in same) / len(same), sum(one.verdict in BORNE_OUT for one in same), len(same))
        for _, same in sorted(bins.items())
    ]


def _auc(rated: Sequence[Rated]) -> str:
    found = calibrate([(one.mark, one.confidence, one.verdict) for one in rated])
    if found.auc is None:
        return "Supported claims and others cannot be told apart by confidence: one of the groups is empty."
    return (
        f"A supported claim has the higher confidence in {100 * found.auc:.0f} % of its pairs with other claims "
        f"(50 % is chance, ± {196 * found.spread:.0f} with {found.n_supported} against {found.n_other})."
    )
