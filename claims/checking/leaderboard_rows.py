"""Rows of a leaderboard: which assertions are about them, and the cells behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from claims.assertion import (
    BASELINE_RUN,
    And,
    Compare,
    Domain,
    Fold,
    Formula,
    Not,
    Or,
    Quantified,
    Ranked,
    Run,
    Scope,
    Score,
    Significant,
    Term,
)
from claims.rewriting import bind

if TYPE_CHECKING:
    import pandas as pd

    from analysis.leaderboard import Board
    from claims.checking.evidence import Evidence, ScoreRow

PLACES = frozenset({"best", "worst", "rank"})


@dataclass(frozen=True, slots=True)
class RowScores:
    """The scores of one row that a term measures.

    Attributes:
        model: id of the row's model. tasks: ids of the tasks. mean: True if the term is the mean over the tasks.
        language: its code, or "" for all languages.
    """

    model: str
    tasks: tuple[str, ...]
    mean: bool
    language: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows compared at the same place."""

    first: RowScores
    second: RowScores

    @property
    def models(self) -> tuple[str, str]:
        """Ids of both."""
        return self.first.model, self.second.model


@dataclass(frozen=True, slots=True)
class LeaderboardRows:
    """The rows of the results given, each a model without intermediate training.

    Attributes:
        evidence: with the results given.
    """

    evidence: Evidence

    def holds(self, formula: Formula) -> bool:
        """True if a formula is about these rows: it tells them apart, ties or ranks them, by names that are there."""
        match formula:
            case And(parts) | Or(parts):
                return all(self.holds(part) for part in parts)
            case Not(part):
                return self.holds(part)
            case Quantified("all" | "any" | "none", variable, domain, body):
                members = self.members(domain)
                return bool(members) and all(self.holds(bind(body, variable, name)) for name in members)
            case Significant(body):
                return self.pair(body) is not None
            case Ranked(place, names, variable, Domain("models"), term):
                return (
                    place in PLACES and len(names) == 1 and self.scores(bind(term, variable, str(names[0]))) is not None
                )
        return False

    def pair(self, body: Formula) -> Pair | None:
        """The rows that a comparison compares, None where it is not about rows."""
        match body:
            case Compare(">" | "<" | "better" | "worse" | "~", left, right) | Not(Compare("=", left, right)):
                first, second = self.scores(left), self.scores(right)
            case _:
                return None
        if first is None or second is None or first.model == second.model:
            return None
        alike = (first.tasks, first.mean, first.language) == (second.tasks, second.mean, second.language)
        return Pair(first, second) if alike else None

    def scores(self, term: Term) -> RowScores | None:
        """The scores that a term measures; None where they are not in these results, or the term is of another form."""
        match term:
            case Score(Run(task="none", method="plain"), task, scope):
                tasks: tuple[str, ...] = (task,)
            case Fold("mean", Score(Run(task="none", method="plain"), target, inner), variable, domain, outer) if (
                target == variable
            ):
                scope, tasks = inner.within(outer), self.members(domain)
            case _:
                return None
        if scope != Scope(model=scope.model, language=scope.language, metric=scope.metric) or not tasks:
            return None
        if not self._is_row(scope.model) or not self._is_by(scope.metric, tasks):
            return None
        if not set(tasks) <= set(self.named("target")) or scope.language not in {None, *self.named("language")}:
            return None
        mean = isinstance(term, Fold) and (len(tasks) > 1 or term.domain.base == "tasks")
        return RowScores(str(scope.model), tasks, mean, scope.language or "")

    def _is_row(self, model: str | None) -> bool:
        if model is None or model not in self.named("model") or self.named("intermediate") != (BASELINE_RUN,):
            return False
        board = self.board()
        return isinstance(board, str) or self.label(model, board) is not None

    def _is_by(self, metric: str | None, tasks: tuple[str, ...]) -> bool:
        """True if tasks are ranked by a metric; True where none is named."""
        board = self.board()
        if metric is None or isinstance(board, str):
            return metric is None
        readings = dict(zip(board.tasks, board.readings, strict=True))
        return all(readings.get(task, "").startswith(f"{metric}, ") for task in tasks)

    def label(self, model: str, board: Board) -> str | None:
        """The row of a model; None where it has several, or its row is named by more than the model."""
        try:
            row = board.rows[board.index(model, self.evidence.words)]
        except UsageError:
            return None
        return None if " · " in row else row

    def members(self, domain: Domain) -> tuple[str, ...]:
        """The tasks of a domain if all of them are there, or all languages."""
        known = self.named("target")
        match domain:
            case Domain("tasks"):
                names = known
            case Domain("names"):
                names = domain.names
            case Domain("targets", size=None):
                words = self.evidence.words
                kinds = words["target"]
                names = tuple(
                    name for name in words.targets_of(domain.benchmark or "xtreme")
                    if domain.kind in {None, *words.kinds_above(kinds[name].facts["kind"])}
                )  # fmt: skip
            case Domain("languages"):
                return self.named("language")
            case _:
                return ()
        left = tuple(name for name in names if name not in domain.without)
        return left if set(names) <= set(known) and set(domain.without) <= set(names) else ()

    def named(self, column: str) -> tuple[str, ...]:
        """The distinct values of a column of the results given, sorted."""
        given = self.given()
        return self.evidence.once(("names", column), lambda: tuple(sorted(given[column].astype(str).unique())))

    def board(self) -> Board | str:
        """The leaderboard of the results given, whole, or why there is none."""
        from analysis.leaderboard import board_of
        from analysis.stats.arrays import CannotTellError

        def made() -> Board | str:
            try:
                return board_of(self.given(), registry=self.evidence.words)
            except CannotTellError as error:
                return error.because
            except UsageError as error:
                return str(error)

        return self.evidence.once("leaderboard", made)

    def given(self) -> pd.DataFrame:
        """The results given, as one table."""
        import pandas as pd

        tables = self.evidence.tables["given"]
        if len(tables) == 1:
            return tables[0]
        return self.evidence.once("given", lambda: pd.concat(tables, ignore_index=True))

    def cells(self, models: tuple[str, ...], tasks: tuple[str, ...], language: str) -> tuple[ScoreRow, ...]:
        """The scores of some models, of the metric and split that the board takes."""
        board = self.board()
        assert not isinstance(board, str)
        readings = dict(zip(board.tasks, board.readings, strict=True))
        return tuple(
            row for rows in self.evidence.rows.values() for row in rows
            if row.tier == "given" and row.model in models and readings.get(row.target) == f"{row.metric}, {row.split}"
            and row.language in board.languages and row.target in tasks and row.language == (language or row.language)
        )  # fmt: skip
