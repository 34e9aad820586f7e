"""The measured cells a claim is checked against: which rows count, and how they are looked up.

A *setting* is the frame in which a whole claim is evaluated: one tier of evidence, one pretrained
model, one split. Numbers from different settings are never mixed in one verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from analysis.results import concat
from analysis.vocabulary import vocabulary
from claims.assertion import Formula, Run, Scope
from claims.checking.standins import SYNTHETIC, source_language_only, stand_ins
from claims.rewriting import nodes

Tier = Literal["given", "built in"]
"""Results the user brought, or those that ship with the project."""


@dataclass(frozen=True, slots=True)
class Row:
    """One score of the results table, as evidence.

    Attributes:
        rounding: half a unit of the last printed digit; 0 for exact scores.
        stood_in: for a laboratory row, what was really run (see `standins`).
        The others are the columns of the same name.
    """

    study: str
    model: str
    intermediate: str
    method: str
    target: str
    language: str
    split: str
    metric: str
    score: float
    rounding: float
    seed: int | None
    n_items: int | None
    provenance: str
    source: str
    tier: Tier
    stood_in: str = ""

    @property
    def label(self) -> str:
        """The cell in words, down to the seed."""
        run = self.intermediate if self.method == "plain" else f"{self.intermediate} ({self.method})"
        seed = "" if self.seed is None else f" · seed {self.seed}"
        if self.stood_in:
            for_whom = f"in place of {run} · {self.target}"
            return f"{self.model} · {self.stood_in} (laboratory, {for_whom}) · {self.split} · {self.metric}{seed}"
        return f"{self.model} · {run} · {self.target} · {self.language} · {self.split} · {self.metric}{seed}"


@dataclass(frozen=True, slots=True)
class Setting:
    """The frame of one evaluation.

    Attributes:
        tier: whose results. model, split: of every cell. study: only rows of this study, None for
            all of the tier. Superseded studies are left out unless named.
    """

    tier: Tier
    model: str
    split: str
    study: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell that would be needed and that no result holds."""

    model: str
    run: Run
    target: str
    language: str
    split: str
    metric: str | None = None

    @property
    def label(self) -> str:
        """The cell in words."""
        metric = "" if self.metric is None else f" · {self.metric}"
        return f"{self.model} · {self.run} · {self.target} · {self.language} · {self.split}{metric}"


Place = tuple[str, str, str]


@dataclass(slots=True)
class Evidence:
    """All rows, findable by (intermediate, method, target).

    Attributes:
        superseded: studies that only a claim about that version may use.
        settings: the settings that have rows, in the order they were added.
        runs: (tier, model, split) → the (intermediate, method) pairs that have rows.
        printed: the same of published rows: a publication's table holds what its study trained.
        laboratory: models whose rows stand in for real ones: proxies whatever a claim says of models.
        tables: tier → the tables as they came, for questions that need more than cells.
        associations: what was asked of these tables → the fitted models (see `associations`): fitted
            once, however many claims rest on them.
        specifications: whether an association with distance is shown with its specification curve, which
            takes a hundred times the fits that the verdict rests on.
        quantities: setting, vocabulary and term → what was computed from the rows (see `measuring`);
            more evidence forgets it.
    """

    rows: dict[Place, list[Row]] = field(default_factory=dict)
    superseded: frozenset[str] = frozenset()
    settings: dict[Setting, None] = field(default_factory=dict)
    runs: dict[tuple[Tier, str, str], set[tuple[str, str]]] = field(default_factory=dict)
    printed: dict[tuple[Tier, str, str], set[tuple[str, str]]] = field(default_factory=dict)
    laboratory: set[str] = field(default_factory=set)
    tables: dict[Tier, list[pd.DataFrame]] = field(default_factory=dict)
    associations: dict[object, Any] = field(default_factory=dict)
    specifications: bool = False
    quantities: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def add(self, table: pd.DataFrame, tier: Tier) -> None:
        """Adds a validated results table; rows under perturbation are not evidence for plain claims."""
        self.quantities.clear()
        self.tables.setdefault(tier, []).append(table)
        for row in _rows(table, tier):
            self.rows.setdefault((row.intermediate, row.method, row.target), []).append(row)
            if row.stood_in:
                self.laboratory.add(row.model)
            self.runs.setdefault((tier, row.model, row.split), set()).add((row.intermediate, row.method))
            if row.provenance == "published":
                self.printed.setdefault((tier, row.model, row.split), set()).add((row.intermediate, row.method))
            if row.study not in self.superseded:
                self.settings.setdefault(Setting(tier, row.model, row.split))
            self.settings.setdefault(Setting(tier, row.model, row.split, row.study))

    def find(self, run: Run, target: str, setting: Setting, scope: Scope) -> list[Row]:
        """The rows of a run on a target in a setting, within a scope."""
        method = "plain" if run.task == "none" else run.method
        found = self.rows.get((run.task, method, target), ())
        return [row for row in found if self._fits(row, setting, scope)]

    def table_of(self, setting: Setting) -> pd.DataFrame:
        """All measured or published rows of a setting: every language, size, order and perturbation."""
        table = concat(self.tables.get(setting.tier, []))
        study = table["study"].astype(str)
        wanted = ~study.isin(self.superseded) if setting.study is None else study == setting.study
        here = (table["model"].astype(str) == setting.model) & (table["split"].astype(str) == setting.split)
        return table[here & wanted & (table["provenance"].astype(str) != SYNTHETIC)]

    def that_could_speak(self, formula: Formula, settings: Iterable[Setting]) -> Iterator[Setting]:
        """The settings that have rows for the runs a formula names; saves the work where there are none."""
        within = list(nodes(formula))
        variables = {getattr(node, "variable", None) for node in within}
        named = {(node.task, node.method) for node in within if isinstance(node, Run)}
        fixed = {run for run in named if run[0] not in variables}
        for setting in settings:
            there = self.runs.get((setting.tier, setting.model, setting.split), set())
            if fixed <= there and (fixed == named or len(there) > 1):
                yield setting

    def _fits(self, row: Row, setting: Setting, scope: Scope) -> bool:
        frame = (setting.tier, scope.model or setting.model, scope.split or setting.split)
        if (row.tier, row.model, row.split) != frame:
            return False
        if setting.study is None and row.study in self.superseded:
            return False
        if setting.study is not None and row.study != setting.study:
            return False
        return scope.metric in {None, row.metric} and scope.language in {None, row.language}


NEEDED = (
    "study", "model", "intermediate", "method", "target", "language", "split", "metric", "score", "provenance",
    "source", "decimals", "seed", "n_items",
)  # fmt: skip
"""Columns of the results table that evidence is made from."""


def _rows(table: pd.DataFrame, tier: Tier) -> Iterator[Row]:
    unperturbed = table[table["perturbation"].astype(str) == "none"]
    yield from _stand_ins(unperturbed, tier)
    plain = _largest(unperturbed[unperturbed["intermediate_language"].astype(str) == "en"])
    for record in plain[list(NEEDED)].to_dict("records"):
        decimals, seed, items = (record.pop(name) for name in ("decimals", "seed", "n_items"))
        rounding = 0.0 if pd.isna(decimals) else 0.5 * 10.0 ** -float(decimals)
        fields = {str(name): value for name, value in record.items()}
        yield Row(**fields, rounding=rounding, seed=_whole(seed), n_items=_whole(items), tier=tier)


def _stand_ins(table: pd.DataFrame, tier: Tier) -> Iterator[Row]:
    words = vocabulary()
    for record in stand_ins(_largest(source_language_only(table, words)), words):
        fields = {str(name): value for name, value in record.items()}
        seed, items = _whole(fields.pop("seed")), _whole(fields.pop("n_items"))
        yield Row(**fields, language="mean", rounding=0.0, seed=seed, n_items=items, provenance=SYNTHETIC, tier=tier)


def _largest(table: pd.DataFrame) -> pd.DataFrame:
    """Of runs at several data sizes, those with all the data."""
    for column in ("intermediate_examples", "target_examples"):
        sizes = table[column].fillna(float("inf"))
        key = [table[c].astype(str) for c in ("study", "model", "intermediate", "method", "target")]
        table = table[sizes == sizes.groupby(key).transform("max")]
    return table


def _whole(value: float | None) -> int | None:
    return None if value is None or pd.isna(value) else int(value)


def settings_for(evidence: Evidence, scope: Scope, model: str | None) -> Sequence[Setting]:
    """The settings a claim may be evaluated in, exact ones first.

    Args:
        evidence: the rows.
        scope: what the claim says of model, split and version.
        model: the model the report speaks of; other models are proxies.
    """
    wanted = scope.model or model
    return sorted(
        (s for s in evidence.settings if s.study is None),
        key=lambda s: (
            s.tier != "given",
            wanted is not None and s.model != wanted,
            scope.split is not None and s.split != scope.split,
        ),
    )


def exact(setting: Setting, scope: Scope, model: str | None) -> bool:
    """Whether a setting is what the claim speaks of, rather than a proxy for it."""
    wanted = scope.model or model
    return (wanted is None or setting.model == wanted) and scope.split in {None, setting.split}


def labels(rows: Iterable[Row]) -> list[str]:
    """The cells in words, without repetitions."""
    return list(dict.fromkeys(row.label for row in rows))
