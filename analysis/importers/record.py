"""Output of an importer: scores in the file's own words, not yet resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from analysis.results.spreads import Spread


@dataclass(frozen=True, slots=True)
class Record:
    """One score as a file states it; None is what the file does not say.

    Attributes:
        score: in the file's own unit.
        pointer: its place in the file.
        scale: what `score` is multiplied with to become points.
        decimals: digits after the point in the file; None for a float written in full.
        spread: of the score, in the file's own unit.
        more: other columns of the results table that the file fills, by name.
        remark: what else the file says of the score, for its `source`.
        items: the items it is a mean of, each with its value in the file's own unit, where the file holds them.
        file: its file inside an imported folder, "" for the imported file itself.
        The others are the columns of the results table, in the file's own names.
    """

    score: float
    pointer: str
    model: str | None = None
    target: str | None = None
    language: str | None = None
    metric: str | None = None
    split: str | None = None
    scale: float | None = None
    intermediate: str | None = None
    intermediate_language: str | None = None
    method: str | None = None
    study: str | None = None
    seed: int | None = None
    n_items: int | None = None
    intermediate_examples: int | None = None
    target_examples: int | None = None
    decimals: int | None = None
    spread: Spread | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    remark: str = ""
    file: str = ""
    items: tuple[tuple[str, float], ...] = ()


AGGREGATE = {"provenance": "derived"}
"""Mark in `more` of a score that is a mean over other scores of its file: no analysis averages it again."""

WORDS = ("model", "target", "language", "metric", "split", "intermediate", "intermediate_language", "method", "study")
COUNTS = ("seed", "n_items", "intermediate_examples", "target_examples")


def misplaced(records: Iterable[Record]) -> list[str]:
    """Finds values of the wrong type where a name or a count should stand: one sentence per fault."""
    return [
        f"{name} at {record.pointer or record.file} is {value!r}; it should be {kind}"
        for record in records
        for names, types, kind in ((WORDS, str, "a name"), (COUNTS, int, "a whole number"))
        for name in names
        if (value := getattr(record, name)) is not None
        and (not isinstance(value, types) or value is True or value == "")
    ]


@dataclass(frozen=True, slots=True)
class StatedScore:
    """Stated facts about scores; None where nothing is stated. The fields are columns of the results table."""

    model: str | None = None
    target: str | None = None
    language: str | None = None
    split: str | None = None
    intermediate: str | None = None
    intermediate_language: str | None = None
    method: str | None = None
    study: str | None = None
    seed: int | None = None

    def over(self, other: Self) -> Self:
        """This, with what it leaves open taken from `other`."""
        mine = {f.name: getattr(self, f.name) for f in fields(self)}
        values = {name: getattr(other, name) if value in (None, ()) else value for name, value in mine.items()}
        return type(self)(**values)


@dataclass(frozen=True, slots=True)
class Given(StatedScore):
    """The user's description of a file; it fills what the file leaves open.

    Attributes:
        metric: of scores whose file does not state one.
        only: the metrics wanted of those a file has; none for all of them.
        scale: factor to points, for formats that do not state their unit.
        spread: what a ± is, one of `analysis.results.spreads.KINDS`.
        n_seeds: how many seeds a score without a seed is a mean of.
        rows, columns: what the rows and columns of a table are ("target", "intermediate", "model",
            "language", "metric").
        gold: folder of gold labels, for predictions.
    """

    metric: str | None = None
    only: tuple[str, ...] = ()
    scale: float | None = None
    spread: str | None = None
    n_seeds: int | None = None
    rows: str | None = None
    columns: str | None = None
    gold: Path | None = None


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """Records and notes of one imported file.

    Attributes:
        records: its scores, in file order.
        notes: what was left out, and conventions that were applied.
        files: file inside a folder → its hash, for imported folders.
        higher: metric → whether more of it is better, where the file states that.
    """

    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    higher: Mapping[str, bool] = field(default_factory=dict)
