"""The measured cells a claim is checked against: which rows count, and how they are looked up.

A *setting* is the frame in which a whole claim is evaluated: one tier of evidence, one pretrained model, one split,
one study and version of its text, one baseline. Numbers from different settings are never mixed in one verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from analysis.published.rows import published_rows
from analysis.published.studies import StatedBy, Studies, series_of, shipped_studies
from analysis.registry.vocabulary import BASELINE, Vocabulary, vocabulary
from analysis.results.spreads import Spread
from analysis.wording import counted
from claims.assertion import Formula, Run, Scope
from claims.checking.standins import SYNTHETIC
from claims.hashed import Hashed, hashed, replace
from claims.rewriting import nodes

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Table

Kept = TypeVar("Kept")
KEPT = 8192
"""Results of computing that are kept, and as many older ones; memory stays flat."""
NONE: AbstractSet[tuple[str, str]] = frozenset()
Tier = Literal["given", "built in"]
"""Results the user brought, or those that ship with the project."""


@hashed
class ScoreRow(Hashed):
    """One score of the results table, as evidence.

    Attributes:
        rounding: half a unit of the last printed digit; 0 for exact scores.
        stood_in: for a laboratory row, what was really run (see `standins`).
        spread: the score's error as the source states it, None where it states none.
        The others are the columns of the same name.
    """

    study: str
    version: str
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
    spread: Spread | None = None

    @property
    def label(self) -> str:
        """The cell in words, down to the seed."""
        run = self.intermediate if self.method == "plain" else f"{self.intermediate} ({self.method})"
        seed = "" if self.seed is None else f" · seed {self.seed}"
        if self.stood_in:
            for_whom = f"in place of {run} · {self.target}"
            return f"{self.model} · {self.stood_in} (laboratory, {for_whom}) · {self.split} · {self.metric}{seed}"
        return f"{self.model} · {run} · {self.target} · {self.language} · {self.split} · {self.metric}{seed}"

    @property
    def stated(self) -> str:
        """The stated spread and number of items of its score, in words; empty where neither is stated."""
        items = counted(self.n_items, "item") if self.n_items else ""
        return ", ".join(part for part in (str(self.spread or ""), items) if part)


@hashed
class Setting(Hashed):
    """The frame of one evaluation.

    Attributes:
        tier: whose results. model, split: of every cell.
        study, version: whose rows. baseline: the study and version whose runs without intermediate training gains
            are taken against, None for the study's own.
    """

    tier: Tier
    model: str
    split: str
    study: str = ""
    version: str = ""
    baseline: tuple[str, str] | None = None

    @property
    def who(self) -> str:
        """The study, its version and the baseline it cites, in words."""
        cited = "" if self.baseline is None else f" against the baseline of {_named(*self.baseline)}"
        return f"{_named(self.study, self.version)}{cited}"


def _named(study: str, version: str) -> str:
    return f"{study} {version}".strip()


@hashed
class MissingCell(Hashed):
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
Told = tuple[Tier, str, str]
"""Tier, study and version."""


@dataclass(slots=True)
class Evidence:
    """All rows, findable by tier, study and version, and by (intermediate, method, target).

    Attributes:
        studies: the known studies with their versions and the baselines they cite.
        settings: the settings that have rows, in the order they were added.
        runs: setting → the (intermediate, method) pairs that have rows.
        names: setting → its intermediate runs and targets.
        printed: (tier, study, version) → the intermediate runs and targets of published rows: a publication's table
            holds what its study trained.
        laboratory: models whose rows stand in for real ones: proxies whatever a claim says of models.
        tables: tier → the tables as they came, for questions that need more than cells.
        published: True while the table of the published scores, whose rows count, is not yet made.
        associations: key of an association → its fitted models (see `associations`): fitted
            once, however many claims rest on them.
        specifications: True if an association with distance is shown with its specification curve, which
            takes a hundred times the fits that the verdict rests on.
        quantities, older: key → value computed from the rows, recent ones and older ones (see `once`).
        words: the vocabulary, with the names of the results given.
        as_printed: the files of results that are laid out as tables of publications, as such tables.
    """

    studies: Studies = field(default_factory=shipped_studies)
    rows: dict[tuple[Told, Place], list[ScoreRow]] = field(default_factory=dict)
    settings: dict[Setting, None] = field(default_factory=dict)
    runs: dict[Setting, set[tuple[str, str]]] = field(default_factory=dict)
    names: dict[Setting, set[str]] = field(default_factory=dict)
    printed: dict[Told, tuple[dict[str, None], dict[str, None]]] = field(default_factory=dict)
    laboratory: set[str] = field(default_factory=set)
    tables: dict[Tier, list[pd.DataFrame]] = field(default_factory=dict)
    published: bool = False
    associations: dict[object, Any] = field(default_factory=dict)
    specifications: bool = False
    quantities: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)
    older: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)
    words: Vocabulary = field(default_factory=vocabulary, repr=False, compare=False)
    as_printed: list[Table] = field(default_factory=list, repr=False, compare=False)

    def once(self, key: object, compute: Callable[[], Kept]) -> Kept:
        """The value under a key, computed at most once: cached until evidence is added or newer values displace it."""
        found: Kept | None = self.quantities.get(key)
        if found is None:
            found = self.older.get(key)
            found = compute() if found is None else found
            if len(self.quantities) >= KEPT:
                self.older, self.quantities = self.quantities, {}
            self.quantities[key] = found
        return found

    def add(self, table: pd.DataFrame, tier: Tier) -> None:
        """Adds a validated results table; rows under perturbation are not evidence for plain claims."""
        from claims.checking.table_rows import placed, rows_of

        table = placed(table, self.studies)
        self.tables.setdefault(tier, []).append(table)
        self._take(rows_of(table, tier), tier)

    def add_published(self) -> None:
        """Adds the published scores that decide claims."""
        self.published = True
        self._take((_published(row, self.studies) for row in published_rows()), "built in")

    def _take(self, rows: Iterable[ScoreRow], tier: Tier) -> None:
        self.quantities.clear()
        self.older.clear()
        for row in rows:
            told, place = (tier, row.study, row.version), (row.intermediate, row.method, row.target)
            self.rows.setdefault((told, place), []).append(row)
            if row.stood_in:
                self.laboratory.add(row.model)
            setting = Setting(tier, row.model, row.split, row.study, row.version)
            self.settings.setdefault(setting)
            self.runs.setdefault(setting, set()).add((row.intermediate, row.method))
            self.names.setdefault(setting, set()).update((row.intermediate, row.target))
            if row.provenance == "published":
                tasks, targets = self.printed.setdefault((tier, row.study, row.version), ({}, {}))
                tasks.setdefault(row.intermediate)
                targets.setdefault(row.target)
        for setting in list(self.settings):
            if setting.baseline is None:
                self._add_cited(setting)

    def _add_cited(self, setting: Setting) -> None:
        """The same setting against each baseline that its study cites that has rows, the user's or built-in ones."""
        study = self.studies.known.get(setting.study)
        for cited in study.cites if study is not None else ():
            name, version = self.studies.place(cited, "")
            for base in [s for s in self.settings if s.study == name and s.baseline is None]:
                alike = (base.model, base.split) == (setting.model, setting.split) and version in ("", base.version)
                if alike and base.tier in (setting.tier, "built in") and (BASELINE, "plain") in self.runs[base]:
                    against = replace(setting, baseline=(base.study, base.version))
                    self.settings.setdefault(against)
                    self.runs[against] = self.runs[setting] | {(BASELINE, "plain")}
                    self.names[against] = self.names[setting]

    def find(self, run: Run, target: str, setting: Setting, scope: Scope) -> list[ScoreRow]:
        """The rows of a run on a target in a setting, within a scope."""
        method = "plain" if run.task == BASELINE else run.method
        told = (setting.tier, setting.study, setting.version)
        if run.task == BASELINE and setting.baseline is not None:
            told = self._cited_in(setting, setting.baseline)
        found = self.rows.get((told, (run.task, method, target)), ())
        return [row for row in found if _fits(row, setting, scope)]

    def _cited_in(self, setting: Setting, baseline: StatedBy) -> Told:
        """The key of a baseline's rows: the user's own rows of its study, where given, else the built-in ones."""
        brought = Setting(setting.tier, setting.model, setting.split, *baseline) in self.settings
        return (setting.tier if brought else "built in", *baseline)

    def table(self, tier: Tier) -> pd.DataFrame:
        """All rows of a tier in one table, joined on first use."""
        tables = self.tables.get(tier, [])
        if tier == "built in" and self.published:
            from analysis.published.scores import published_scores
            from claims.checking.table_rows import placed

            tables = [*tables, placed(published_scores(), self.studies)]
            self.published = False
            self.tables[tier] = tables
        if len(tables) != 1:
            from analysis.results.table import concat

            self.tables[tier] = tables = [concat(tables)]
        return tables[0]

    def table_of(self, setting: Setting) -> pd.DataFrame:
        """All measured or published rows of a setting: every language, size, order and perturbation."""
        own = self._told_by((setting.tier, setting.study, setting.version), setting)
        if setting.baseline is None:
            return own
        from analysis.results.table import concat

        base = self._told_by(self._cited_in(setting, setting.baseline), setting)
        trained = own["intermediate"].astype(str) != BASELINE
        return concat([own[trained], base[base["intermediate"].astype(str) == BASELINE]])

    def _told_by(self, told: Told, setting: Setting) -> pd.DataFrame:
        """All measured or published rows of a study and version, of the model and split of a setting."""
        tier, study, version = told
        table = self.table(tier)
        own = (table["study"].astype(str).map(series_of) == study) & (table["version"].astype(str) == version)
        here = (table["model"].astype(str) == setting.model) & (table["split"].astype(str) == setting.split)
        return table[here & own & (table["provenance"].astype(str) != SYNTHETIC)]

    def that_could_speak(self, formula: Formula, settings: Iterable[Setting]) -> Iterator[Setting]:
        """The settings that have rows for the runs a formula names; saves the work where there are none."""
        yield from self.that_could_speak_for(formula, settings, ())

    def that_could_speak_for(
        self, formula: Formula, settings: Iterable[Setting], shared: tuple[str, ...]
    ) -> Iterator[Setting]:
        """Like `that_could_speak`, with a name in the formula that may stand for any of several tasks."""
        within = list(nodes(formula))
        variables = {getattr(node, "variable", None) for node in within}
        named = {(node.task, node.method) for node in within if isinstance(node, Run)}
        fixed = {run for run in named if run[0] not in variables}
        for setting in settings:
            there = self.runs.get(setting, NONE)
            there = there | {(shared[0], method) for task, method in there if task in shared[1:]}
            if fixed <= there and (fixed == named or len(there) > 1):
                yield setting


def _fits(row: ScoreRow, setting: Setting, scope: Scope) -> bool:
    if (row.model, row.split) != (scope.model or setting.model, scope.split or setting.split):
        return False
    return scope.metric in {None, row.metric} and scope.language in {None, row.language}


def _published(row: Mapping[str, str], studies: Studies) -> ScoreRow:
    """A published score as it is written: ids, points, one run without seeds, spread or size."""
    study, version = studies.place(row["study"], row.get("version", ""))
    _, _, decimals = row["score"].partition(".")
    return ScoreRow(
        study=series_of(study),
        version=version,
        model=row["model"],
        intermediate=row["intermediate"],
        method=row.get("method") or "plain",
        target=row["target"],
        language=row.get("language") or "mean",
        split=row["split"],
        metric=row["metric"],
        score=float(row["score"]),
        rounding=0.5 * 10.0 ** -len(decimals),
        seed=None,
        n_items=None,
        provenance=row["provenance"],
        source=row["source"],
        tier="built in",
    )


def settings_for(evidence: Evidence, scope: Scope, model: str | None) -> Sequence[Setting]:
    """The settings of all studies that a claim may be evaluated in, exact ones first.

    Args:
        evidence: the rows.
        scope: the model, split and version that the claim names.
        model: the model the report speaks of; other models are proxies.
    """
    wanted = scope.model or model
    return sorted(
        evidence.settings,
        key=lambda s: (
            s.tier != "given",
            wanted is not None and s.model != wanted,
            scope.split is not None and s.split != scope.split,
        ),
    )


def exact(setting: Setting, scope: Scope, model: str | None) -> bool:
    """True if a setting has the model and split that the claim is about, and is no proxy for them."""
    wanted = scope.model or model
    return (wanted is None or setting.model == wanted) and scope.split in {None, setting.split}
