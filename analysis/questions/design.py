"""The designs and the fit that research questions share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.answer import Answer, Effect, Says
from analysis.design import Design, bounded
from analysis.gains.reading import TargetRows, one_reading
from analysis.gains.setting import one_value
from analysis.results.items import load_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The fit of a question; every question adds fields of its own.

    Attributes:
        left_out: what was not used, and why.
        provenance: of the scores used, sorted.
        because: why nothing can be told, or "".
    """

    left_out: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
    because: str = ""

    def as_answer(
        self,
        question: str,
        says: Says,
        text: str,
        sure: str,
        *,
        hinges: tuple[str, ...] = (),
        effects: tuple[Effect, ...] = (),
        tables: Mapping[str, pd.DataFrame] | None = None,
    ) -> Answer:
        """An answer from what was found."""
        return Answer(question, says, text, sure, hinges, effects, self.left_out, self.provenance, tables or {})

    def untold(self, question: str) -> Answer:
        """The answer where nothing can be told."""
        return self.as_answer(
            question, "cannot-tell", f"Cannot tell, because {self.because}.", "Nothing was estimated."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingDesign(Design):
    """A design that reads one split and one metric of every target.

    Attributes:
        split: the split; None: per target the one with most scores.
        metric: the metric; None: per target its main one.
    """

    split: str | None = None
    metric: str | None = None

    def reading(self, table: pd.DataFrame) -> TargetRows:
        """The rows of that split and metric, unperturbed (`analysis.gains.one_reading`)."""
        return one_reading(table, split=self.split, metric=self.metric, registry=self.registry)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingDesign(Design):
    """A design that compares the runs of one model in one study.

    Attributes:
        model: the model; None: the one under which most is compared.
        study: the study; None: likewise.
        margin: what counts as no difference, in points (of orders, in ranks).
        items: which items each run got right, or where they are stored (`analysis.results.items`); None: not.
    """

    model: str | None = None
    study: str | None = None
    margin: float = bounded(1.0, 0)
    items: pd.DataFrame | str | Path | None = field(default=None, repr=False)

    def setting(self, frame: pd.DataFrame, left_out: list[str], most: str) -> tuple[pd.DataFrame, str]:
        """The rows of one model and study, and which these are, in words.

        Args:
            frame: rows of a results table.
            left_out: gets one sentence per model and study that is not kept.
            most: the column whose values are compared.

        Raises:
            UsageError: no row has the given model or study.
        """
        for column, value in (("model", self.model), ("study", self.study)):
            frame = one_value(frame, column, value, left_out, most=most, registry=self.registry)
        return frame, f"model {frame['model'].iloc[0]}, study {frame['study'].iloc[0]}"

    def stored_items(self) -> pd.DataFrame | None:
        """The items, read where they are stored.

        Raises:
            MissingDataError: none where they should be stored.
            InputError: they are not of the layout.
        """
        return load_items(Path(self.items)) if isinstance(self.items, str | Path) else self.items
