"""One setting of a results table: one model, one study, whole data; what is left out is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.gains import one_reading
from analysis.gains.pairing import SAY_DIRECTION
from analysis.registry.chosen_names import chosen_name
from analysis.registry.vocabulary import Vocabulary
from analysis.results.table import TEXT
from analysis.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN = "none"
"""Value of the column `perturbation` for text as it is."""

ENGLISH = "en"


def one_value(
    frame: pd.DataFrame,
    column: str,
    value: str | None,
    left_out: list[str],
    *,
    most: str,
    registry: Vocabulary | None = None,
) -> pd.DataFrame:
    """The rows of one value of a column: the given one, or the one under which most is compared.

    Args:
        frame: rows of a results table, at least one.
        column: such as `model`.
        value: the value to keep; None: the one with most different values of `most`, then rows.
        left_out: gets one sentence per value that is not kept.
        most: the column whose values are compared.
        registry: knows other spellings of models.

    Raises:
        UsageError: no row has the given value.
    """
    text = frame[column].astype(str)
    if value is None:
        counts = frame.groupby(text)[most].nunique().to_frame("values").assign(rows=text.value_counts())
        value = str(counts.sort_values(["values", "rows"], ascending=False, kind="stable").index[0])
    else:
        value = chosen_name(column, value, sorted(set(text)), registry, column)
    for name, rows in text[text != value].value_counts().sort_index().items():
        left_out.append(f"{counted(rows, 'row')} of {column} {name}")
    return frame[text == value]


def single_targets(results: pd.DataFrame, left_out: list[str], registry: Vocabulary) -> pd.DataFrame:
    """Without the overall scores of benchmarks, which are means over targets."""
    overall = results["target"].astype(str).isin(registry["benchmark"])
    if overall.any():
        left_out.append(f"{int(overall.sum())} overall scores of benchmarks, which are means over targets")
    return results[~overall]


def english_only(frame: pd.DataFrame, left_out: list[str]) -> pd.DataFrame:
    """The rows with English intermediate data, if there are any beside those in other languages."""
    english = frame["intermediate_language"].astype(str) == ENGLISH
    if not english.any() or english.all():
        return frame
    left_out.append(f"{counted(int((~english).sum()), 'row')} with intermediate data in other languages than English")
    return frame[english]


def whole_size(frame: pd.DataFrame, column: str, by: Sequence[str], left_out: list[str]) -> pd.DataFrame:
    """Keeps the largest data size of each group; a missing size is the whole data set.

    Args:
        frame: rows of a results table.
        column: `intermediate_examples` or `target_examples`.
        by: columns that make the groups.
        left_out: gets a sentence where smaller sizes are not kept.
    """
    size = frame[column].fillna(np.inf)
    largest = size.groupby([frame[name].astype(str) for name in by]).transform("max")
    if not (size < largest).any():
        return frame
    left_out.append(f"{counted(int((size < largest).sum()), 'row')} with fewer {column.replace('_', ' ')}")
    return frame[size == largest]


def perturbed_reading(results: pd.DataFrame, left_out: list[str], *, registry: Vocabulary) -> pd.DataFrame:
    """As `gains.one_reading`, with the perturbed scores of the cells it keeps, of single targets.

    Args:
        results: a validated results table.
        left_out: gets the sentences of the reading.
        registry: holds the metrics of targets.
    """
    results = single_targets(results, left_out, registry)
    clean = results["perturbation"].astype(str) == CLEAN
    reading = one_reading(results[clean], registry=registry)
    left_out += reading.left_out
    cells = ["target", "language", "split", "metric"]
    known = pd.MultiIndex.from_frame(reading.frame[cells].astype(str))
    here = pd.MultiIndex.from_frame(results[cells].astype(str)).isin(known) & ~clean.to_numpy()
    lost = int((~clean).sum()) - int(here.sum())
    if lost:
        left_out.append(f"{lost} perturbed scores without a clean score of the same target, language, split and metric")
    kept = pd.concat([reading.frame, results[here]])
    return kept.astype({c: "object" for c in TEXT if c in kept})


def directed(frame: pd.DataFrame, registry: Vocabulary) -> pd.Series[float]:
    """The scores, turned so that larger is better.

    Raises:
        UsageError: the vocabulary does not know which direction of a metric is better.
    """
    better = {}
    for name in frame["metric"].astype(str).unique():
        entry = registry["metric"].get(name)
        if entry is None or "higher_is_better" not in entry.facts:
            raise UsageError(
                f"whether more or less {name!r} is better is not known; "
                f"choose another metric, or say it {SAY_DIRECTION}"
            )
        better[name] = bool(entry.facts["higher_is_better"])
    more = frame["metric"].astype(str).map(better).astype(bool)
    return frame["score"].where(more, -frame["score"])
