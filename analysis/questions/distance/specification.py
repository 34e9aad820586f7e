"""The specification curve: the same question under every defensible choice (Simonsohn et al. 2020)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.answer import NEVER
from analysis.questions.distance import models
from analysis.questions.distance.decisions import controls_of, known_controls
from analysis.questions.distance.rows import Slope, rows_of
from analysis.stats.arrays import CannotTellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analysis.questions.distance.cells import Cells
    from analysis.questions.distance.rows import DistanceRows

ERRORS: dict[tuple[str, str], Callable[[DistanceRows], Slope]] = {
    ("independent cells", "none"): models.plain,
    ("clusters: languages", "none"): models.clustered_language,
    ("clusters: languages, tasks", "none"): models.two_way_language,
    ("mixed, intercepts", "none"): models.mixed_intercepts,
    ("mixed, slopes", "none"): models.mixed_slopes,
    ("clusters: families", "families"): models.clustered_family,
    ("clusters: families, tasks", "families"): models.two_way_family,
    ("mixed, intercepts", "families"): models.mixed_intercepts_family,
    ("mixed, slopes", "families"): models.mixed_slopes_family,
    ("mixed, intercepts", "tree"): models.mixed_intercepts_tree,
    ("mixed, slopes", "tree"): models.mixed_slopes_tree,
    ("phylogenetic least squares", "tree"): models.phylogenetic,
}
"""(standard error, phylogeny) → estimator."""

TRANSFORMS = {"points": "raw", "logits": "logit"}

COLUMNS = (
    "kind", "standard_error", "phylogeny", "transform", "subset", "controls", "estimate", "low", "high",
    "standardised", "p_value", "n", "n_of", "untested", "because",
)  # fmt: skip

SIGNIFICANT = 0.05


def curve(cells: Cells) -> pd.DataFrame:
    """Every combination of distance × standard error × phylogeny × transform × subset × controls.

    Controls are held constant not at all, one by one (those that are published, too), and those of
    the deciding model together.

    Returns:
        Columns `COLUMNS`, ordered by `standardised`: the estimate in standard deviations of the
        outcome per standard deviation of distance. Rows that cannot be told stand last, with why;
        a row with an estimate and no sound test says what the test would leave out (`untested`).
    """
    found: list[dict[str, Any]] = []
    for subset, frame in subsets(cells):
        for kind in cells.kinds:
            for transform, column in TRANSFORMS.items():
                for held in _held(cells, kind):
                    chosen = {"kind": kind, "transform": transform, "subset": subset}
                    chosen |= {"controls": ", ".join(held) or "none"}
                    rows = partial(rows_of, frame, kind, column, cells.design, held)
                    found += [chosen | row for row in _estimates(rows)]
    table = pd.DataFrame(found, columns=list(COLUMNS))
    return table.sort_values("standardised", na_position="last", kind="stable", ignore_index=True)


def _held(cells: Cells, kind: str) -> list[tuple[str, ...]]:
    names = controls_of(cells, kind)
    alone = names if cells.design.controls else dict.fromkeys((*names, *known_controls(cells, kind)))
    return list(dict.fromkeys([(), *((name,) for name in alone), names]))


def subsets(cells: Cells) -> Iterator[tuple[str, pd.DataFrame]]:
    """Sets of languages: all but the source, with it, without the largest family, without isolates."""
    targets = cells.targets
    yield "all", targets
    if len(cells.frame) > len(targets):
        yield "with the source language", cells.frame
    sizes = targets.drop_duplicates("language")["family"].value_counts()
    if len(sizes) > 1 and sizes.iloc[0] > sizes.iloc[1]:
        yield f"without {sizes.index[0]}", targets[targets["family"] != sizes.index[0]]
    alone = sizes[sizes == 1].index
    if 0 < len(alone) < len(sizes):
        yield "without families of one language", targets[~targets["family"].isin(alone)]


def _estimates(read: Callable[[], DistanceRows]) -> Iterator[dict[str, Any]]:
    try:
        rows, because = read(), ""
    except CannotTellError as error:
        rows, because = None, error.because
    for (errors, phylogeny), way in ERRORS.items():
        named = {"standard_error": errors, "phylogeny": phylogeny}
        found = Slope("", "", "", because=because)
        if rows is not None:
            try:
                found = models.estimated(rows, way)
            except CannotTellError as error:
                found = Slope("", "", "", because=error.because)
        values = {name: getattr(found, name) for name in COLUMNS if hasattr(found, name)}
        yield named | values | {"standardised": found.estimate / float(rows.y.std()) if rows is not None else NEVER}


def shares(table: pd.DataFrame, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Shares of specifications that agree.

    Args:
        table: from `curve`.
        by: columns to split by, such as `("kind",)`; none: all together.

    Returns:
        Columns of `by`, `specifications` (that can be told), `cannot_tell`, shares of the former by
        sign, `falls` and `rises`; `tested` (specifications whose test is sound) and shares of these,
        `falls_significantly` and `rises_significantly` (at 5 %), NaN where none is.
    """
    groups = table.groupby(list(by), sort=False) if by else [((), table)]
    rows = []
    for key, group in groups:
        told = group[group["estimate"].notna()]
        tested = told[told["p_value"].notna()]
        significant = tested["p_value"] < SIGNIFICANT
        falls = told["estimate"] < 0
        rows.append(
            dict(zip(by, key, strict=True))
            | {
                "specifications": len(told),
                "cannot_tell": len(group) - len(told),
                "falls": _share(falls),
                "rises": _share(told["estimate"] > 0),
                "tested": len(tested),
                "falls_significantly": _share((tested["estimate"] < 0) & significant),
                "rises_significantly": _share((tested["estimate"] > 0) & significant),
            }
        )
    return pd.DataFrame(rows)


def _share(which: pd.Series[bool]) -> float:
    return float(which.mean()) if len(which) else float("nan")
