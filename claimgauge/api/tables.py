"""Results tables from Python: `read_results` and `gains`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from claimgauge.api.arguments import checked
from claimgauge.api.given import Given, assumptions, several

if TYPE_CHECKING:
    import pandas as pd

    from claimgauge.inputs import Inputs


def inputs_of(
    results: Given | Iterable[Given] | None,
    *,
    published: bool = False,
    across_studies: bool = False,
    assume: Mapping[str, object] | None = None,
    leaderboard: bool = False,
) -> Inputs:
    """Results as one table with its vocabulary; see `claimgauge.inputs.results_of`."""
    from claimgauge.inputs import results_of

    return results_of(
        several(results),
        published=published,
        across_studies=across_studies,
        assume=assumptions(assume),
        leaderboard=leaderboard,
    )


@checked
def read_results(
    results: Given | Iterable[Given] | None = None,
    *,
    published: bool = False,
    across_studies: bool = False,
    assume: Mapping[str, object] | None = None,
    leaderboard: bool = False,
) -> pd.DataFrame:
    """Results of any kind that `claimgauge import` reads, as one results table: one row is one score.

    Args:
        results: files, `published:STUDY`, or data frames.
        published: whether the built-in scores are added.
        across_studies: take all studies as one, superseded ones left out.
        assume: what results of others do not say, such as `{"split": "test", "metric": "accuracy"}`: the names of
            `claimgauge import --assume`.
        leaderboard: whether what a table leaves open is taken as a leaderboard means it, with a note, as
            `claimgauge import --format leaderboard` does.

    Returns:
        The columns of `analysis.results.table.COLUMNS`; scores in points (0 to 100).

    Raises:
        UsageError: nothing was given. InputError: see `analysis.importers.opening.open_results`.

    Examples:
        >>> import claimgauge as cg
        >>> scores = cg.read_results("published:phang2020-v1")
        >>> sorted(scores["intermediate"].unique())[:2]
        ['anli+', 'best_per_target']
    """
    given = {"published": published, "across_studies": across_studies, "leaderboard": leaderboard}
    return inputs_of(results, assume=assume, **given).table


@checked
def gains(
    results: Given | Iterable[Given] | None = None,
    *,
    published: bool = False,
    across_studies: bool = False,
    assume: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """Computes what intermediate training adds to each score of the same run without it.

    Args:
        results: files, `published:STUDY`, or data frames.
        published: whether the built-in scores are added.
        across_studies: take all studies as one, superseded ones left out.
        assume: what results of others do not say.

    Returns:
        The columns of `analysis.gains.GAIN_COLUMNS`, gains in points; what has no baseline is left out, and
        said in `.attrs["left_out"]`.
    """
    from analysis.gains import gains as paired

    inputs = inputs_of(results, published=published, across_studies=across_studies, assume=assume)
    found = paired(inputs.table, registry=inputs.words)
    frame = found.frame.copy()
    frame.attrs["left_out"] = list(found.left_out)
    return frame
