"""Claims about rows of a leaderboard, decided by the code of `claimgauge analyze compare` and `analyze ranking`.

Differences are unpaired: a test on the answers to single items could be sharper. So a difference is called not
significant only where a quarter of its error would leave it so (a correlation of .94); between, none is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from analysis.results.spreads import PAIRED_GAIN
from analysis.wording import counted
from claims.assertion import Compare, Formula, Quantified, Ranked, Scope, Significant
from claims.checking.consulting import OPPOSITE
from claims.checking.exhibits import items_of, level_of_number
from claims.checking.leaderboard_rows import LeaderboardRows, Pair, RowScores
from claims.checking.metrics import by_direction, by_one_metric
from claims.checking.outcome import ComputedQuantity, Outcome, connected, negated, whole
from claims.hashed import replace
from claims.rewriting import bind, nodes
from claims.verdict import VERDICT_OF, Role, Truth, Verdict, in_order

if TYPE_CHECKING:
    import pandas as pd

    from analysis.leaderboard import Board
    from analysis.questions.compare import CompareFit
    from analysis.questions.ranking import RankingFit
    from claims.checking.evidence import Evidence, ScoreRow
    from claims.definitions import Definitions
    from claims.reading import Reading


KEPT = frozenset({"time-bound", "truncated", "corrected"})
"""Flags that belong to the reading, whatever decides it."""


def with_leaderboard(own: Verdict, reading: Reading, evidence: Evidence, definitions: Definitions) -> Verdict:
    """The verdict on a claim after the results given were asked as a leaderboard.

    They are asked where the claim is about their rows, and nothing else decided it but a comparison said to be
    significant, of which theirs allows for the number of tests. Where the two contradict, there is no verdict.

    Args:
        own: the verdict without.
        reading: of the claim.
        evidence: with the results given.
        definitions: of vague words.
    """
    if not reading.complete or not evidence.tables.get("given") or not _asks(own, reading):
        return own
    rows = LeaderboardRows(evidence)
    evaluator = RowEvaluator(rows, definitions)
    said = [formula for formula in (reading.assertion, *reading.rivals) if formula is not None]
    outcomes = {formula: evaluator.check(formula) for formula in said if rows.holds(formula)}
    if not outcomes:
        return own
    formula, outcome = _agreed(outcomes)
    word = VERDICT_OF[outcome.truth]
    flags = set(own.flags) & KEPT
    reason = f"{'. '.join(dict.fromkeys((outcome.reason, *outcome.notes)))}."
    if len({found.truth for found in outcomes.values()}) > 1:
        flags.add("ambiguous")
    if own.verdict == OPPOSITE.get(word):
        reason = f"{reason} A test of this difference alone says otherwise. {own.reason}"
        return replace(own, verdict="inconclusive", flags=in_order(flags | {"ambiguous"}), level="none", reason=reason)
    role: Role = "decides" if outcome.truth in {"true", "false", "mixed"} else "besides"
    items = tuple(dict.fromkeys(item for number in outcome.reckoned for item in items_of(number, role)))
    level = level_of_number(outcome.reckoned[0]) if outcome.reckoned and role == "decides" else "none"
    others = tuple(f"{other} → {VERDICT_OF[found.truth]}" for other, found in outcomes.items() if other != formula)
    return Verdict(
        word, in_order(flags), level, reason, str(formula), others,
        tuple(str(definitions[name]) for name in sorted(outcome.words)), items, certificate=reading.certificate,
    )  # fmt: skip


def _asks(own: Verdict, reading: Reading) -> bool:
    """True if nothing has decided a claim yet but a test of one difference, or of one order."""
    within = nodes(reading.assertion)
    tested = any(isinstance(n, Significant) or (isinstance(n, Ranked) and n.until is not None) for n in within)
    silent = own.verdict == "inconclusive" and not own.evidence
    decides = any(item.role == "decides" for item in own.evidence)
    return own.verdict == "not-testable" or tested or silent or (own.verdict == "needs-data" and not decides)


def _agreed(outcomes: dict[Formula, Outcome]) -> tuple[Formula, Outcome]:
    """The first of several equally good parses, and their joint outcome: open or missing where they disagree."""
    formula, first = next(iter(outcomes.items()))
    truths = {outcome.truth for outcome in outcomes.values()}
    if len(truths) == 1:
        return formula, first
    truth: Truth = "missing" if "missing" in truths else "open"
    reason = "; ".join(dict.fromkeys(outcome.reason for outcome in outcomes.values()))
    shown = tuple(dict.fromkeys(number for outcome in outcomes.values() for number in outcome.reckoned))
    notes = tuple(dict.fromkeys(note for outcome in outcomes.values() for note in outcome.notes))
    return formula, replace(first, truth=truth, reason=reason, reckoned=shown, notes=notes)


TESTS = {
    "errors of the scores": "Welch's t test on the errors of the scores",
    "languages": "t test over languages",
    "tasks": "t test over tasks",
}
"""Value of `MeanDifference.rests_on` → name of the test."""
SHOWN = 200
"""Cells of rivals shown with a rank; of more, their means are."""
BY_ITEMS = "errors of single runs are those of a share of their items, without the chance of training"
UNEXPLAINED = "what ± is, is not stated (--assume spread=sd|se|ci95)"


@dataclass(frozen=True, slots=True)
class RowEvaluator:
    """Evaluates formulas over rows of a leaderboard.

    Attributes:
        rows: rows of the results given. definitions: thresholds of vague words.
    """

    rows: LeaderboardRows
    definitions: Definitions

    def check(self, formula: Formula) -> Outcome:
        """The outcome of a formula that these rows hold."""
        found = connected(formula, self.check)
        if found is not None:
            return found
        match formula:
            case Quantified():
                return self._quantified(formula)
            case Significant(body):
                return self._compared(body)
            case Ranked():
                return self._placed(formula)
        raise TypeError(f"not about rows of a leaderboard: {formula}")

    def _quantified(self, formula: Quantified) -> Outcome:
        members = self.rows.members(formula.domain)
        each = [self.check(bind(formula.body, formula.variable, name)) for name in members]
        if formula.quantifier == "any":
            return negated(whole([negated(outcome) for outcome in each]))
        found = whole(each if formula.quantifier == "all" else [negated(outcome) for outcome in each])
        lacking = self._lacking(bind(formula.body, formula.variable, members[0]))
        return found if not lacking else Outcome("missing", f"{found.reason}; {lacking}", found.reckoned)

    # --------------------------------------------------------------------------------- differences

    def _compared(self, body: Formula) -> Outcome:
        pair, board = self.rows.pair(body), self.rows.board()
        assert pair is not None
        if isinstance(board, str):
            return Outcome("missing", board)
        fit = self._fit(pair, board)
        part = _part(fit, pair.first)
        rows = [row for _, row in part.iterrows()]
        lacking = self._lacking(body) if pair.first.mean and not pair.first.language else ""
        lacking = lacking or ("" if rows else "the two share no score there")
        if lacking:
            said = [f"{self._place(pair.first)}: {row['difference']:+.2f} points" for row in rows]
            return Outcome("missing", "; ".join([*said, lacking]), tuple(self._shown(pair, row) for row in rows))
        (row,) = rows
        truth, said_so = _of_difference(body, row, fit, self._unexplained(pair, row, board))
        shown = self._shown(pair, row)
        which = f"{row['row']} minus {row['baseline']}, more being better, {self._place(pair.first)}"
        reason = f"By `claimgauge analyze compare`, {which}: {said_so}"
        notes = (BY_ITEMS,) if _by_items(shown.rows) else ()
        words = frozenset({"comparable", "significant"} if _is_tie(body) else {"significant"})
        outcome = Outcome(truth, reason, (shown,), notes=notes, words=words)
        if isinstance(body, Compare) and body.relation in {">", "<"}:
            return by_direction(body, outcome, self.rows.evidence.words)
        return outcome

    def _fit(self, pair: Pair, board: Board) -> CompareFit:
        from analysis.questions import compare

        alpha, margin = float(self.definitions["significant"]["level"]), float(self.definitions["comparable"]["margin"])
        first, second = (self.rows.label(model, board) for model in pair.models)
        tasks = pair.first.tasks if pair.first.mean and set(pair.first.tasks) != set(self.rows.named("target")) else ()

        def fitted() -> CompareFit:
            table = self.rows.given()
            table = table[table["target"].astype(str).isin(tasks)] if tasks else table
            design = compare.CompareDesign(
                model=first, baseline=second, margin=margin, level=1 - alpha, registry=self.rows.evidence.words
            )
            return compare.fit(table, design)

        return self.rows.evidence.once(("compared rows", first, second, tasks, alpha, margin), fitted)

    def _lacking(self, formula: Formula) -> str:
        """A note on cells that only one of the rows compared has; "" where there are none."""
        board = self.rows.board()
        pairs = [self.rows.pair(n.body) for n in nodes(formula) if isinstance(n, Significant)] or [
            self.rows.pair(formula)
        ]
        if isinstance(board, str):
            return ""
        found = [text for pair in pairs if pair is not None for text in self._fit(pair, board).left_out]
        return "; ".join(dict.fromkeys(text for text in found if "cells that only one of" in text))

    def _unexplained(self, pair: Pair, row: pd.Series[Any], board: Board) -> bool:
        """True if a ± behind a difference is not explained."""
        tasks = [i for i, task in enumerate(board.tasks) if task == (row["task"] or task)]
        languages = [i for i, code in enumerate(board.languages) if code == (row["language"] or code)]
        labels = [board.rows.index(str(self.rows.label(model, board))) for model in pair.models]
        return bool((board.reach[labels][:, tasks][:, :, languages] > 0).any())

    def _place(self, scores: RowScores) -> str:
        """The tasks and language that two rows are compared on, in words."""
        every = set(scores.tasks) == set(self.rows.named("target"))
        tasks = f"over {'all tasks' if every else ', '.join(scores.tasks)}" if scores.mean else f"on {scores.tasks[0]}"
        return f"{tasks} in {scores.language}" if scores.language else tasks

    def _shown(self, pair: Pair, row: pd.Series[Any]) -> ComputedQuantity:
        known = not row["because"]
        why = _test(row) if known else row["because"]
        what = f"{row['row']} minus {row['baseline']} {self._place(pair.first)} ({why})"
        low, high = (float(row["low"]), float(row["high"])) if known else (None, None)
        tasks = (str(row["task"]),) if row["task"] else pair.first.tasks
        rows = self.rows.cells(pair.models, tasks, str(row["language"]))
        return ComputedQuantity(what, float(row["difference"]), low, high, rows=rows)

    # --------------------------------------------------------------------------------------- ranks

    def _placed(self, formula: Ranked) -> Outcome:
        from analysis.questions import ranking

        scores, board = self.rows.scores(bind(formula.term, formula.variable, str(formula.names[0]))), self.rows.board()
        assert scores is not None
        if isinstance(board, str):
            return Outcome("missing", board)
        everywhere = set(scores.tasks) == set(self.rows.named("target"))

        def fitted() -> RankingFit:
            table = self.rows.given()
            table = table if everywhere else table[table["target"].astype(str).isin(scores.tasks)]
            table = table[table["language"].astype(str) == scores.language] if scores.language else table
            return ranking.fit(table, ranking.RankingDesign(registry=self.rows.evidence.words))

        fit = self.rows.evidence.once(("ranked rows", scores.tasks, scores.language), fitted)
        name = self.rows.label(scores.model, board)
        frame = None if fit.places is None else fit.places.frame
        mine = None if frame is None else frame[frame["name"] == name]
        why = fit.because or (fit.places.because if fit.places else "")
        if frame is None or mine is None or mine.empty:
            left = "; ".join(text for text in fit.left_out if text.startswith(f"{name}:"))
            return Outcome("missing", f"{name} cannot be ranked: {why or left or 'it has no score there'}")
        row, placed = mine.iloc[0], fit.places
        rank = f"place {int(row['rank'])} of {len(frame)}"
        said = f"By `claimgauge analyze ranking` {name} has a mean of {row['score']:.2f}, {rank}"
        own = self._mean(row, scores, inf)
        rivals = [one for _, one in frame.drop(mine.index).iterrows()]
        means = (own, *(self._mean(one, scores, SHOWN / max(len(rivals), 1)) for one in rivals))
        remarks = (self._unranked(frame, scores), self._metric_unsaid(formula, scores))
        notes = tuple(f"{remark[:1].upper()}{remark[1:]}" for remark in remarks if remark)
        if placed is None or why:
            told = f"{said}; which places it may hold cannot be told, because {why}"
            return Outcome("missing", told, means, notes=notes)
        low, high = int(row["low"]), int(row["high"])
        how = f"it may hold places {low} to {high} ({100 * fit.design.level:.0f} % rank interval over {placed.drawn})"
        place_held = ComputedQuantity(f"place of {name}", float(row["rank"]), low, high, rows=own.rows)
        first = len(frame) if formula.place == "worst" else formula.k
        inside = [first <= place <= (formula.until or first) for place in range(low, high + 1)]
        truth: Truth = "true" if all(inside) else "open" if any(inside) else "false"
        return Outcome(truth, f"{said}; {how}", (place_held, *means), notes=notes)

    def _unranked(self, frame: pd.DataFrame, scores: RowScores) -> str:
        """A note on models of the results without a score where others are ranked; "" where all have one."""
        board, there = self.rows.board(), set(frame["name"])
        absent = [] if isinstance(board, str) else [row for row in board.rows if row not in there]
        where = self._place(scores)
        return f"{' and '.join(absent)} {'have' if len(absent) > 1 else 'has'} no score {where}" if absent else ""

    def _metric_unsaid(self, formula: Ranked, scores: RowScores) -> str:
        """A note on a claim that names no metric where the results have one of several; "" otherwise."""
        named = any(isinstance(node, Scope) and node.metric is not None for node in nodes(formula))
        cells = self.rows.cells((scores.model,), scores.tasks, scores.language)
        return "" if named else by_one_metric(cells, self.rows.evidence.words)

    def _mean(self, row: pd.Series[Any], scores: RowScores, most: float) -> ComputedQuantity:
        """The mean that a row is ranked by, with its cells if they are not more than `most`."""
        entry = self.rows.evidence.words.find("model", str(row["name"]))
        cells = self.rows.cells((entry.id if entry else str(row["name"]),), scores.tasks, scores.language)
        known = row["score_low"] == row["score_low"]
        low, high = (float(row["score_low"]), float(row["score_high"])) if known else (None, None)
        what, score = f"mean of {row['name']}", float(row["score"])
        if len(cells) <= most:
            return ComputedQuantity(what, score, low, high, rows=cells)
        source = f"{counted(len(cells), 'cell')} of {', '.join(dict.fromkeys(cell.source for cell in cells))}"
        return ComputedQuantity(what, score, low, high, source=source, provenance="derived")


def _part(fit: CompareFit, scores: RowScores) -> pd.DataFrame:
    """The comparison at a place: one row, or none where the two share no score."""
    task, language = scores.tasks[0], scores.language
    if not scores.mean and language:
        return fit.cells[(fit.cells["task"] == task) & (fit.cells["language"] == language)]
    if not scores.mean:
        return fit.by_task[fit.by_task["task"] == task]
    return fit.by_language[fit.by_language["language"] == language] if language else fit.overall


def _is_tie(body: Formula) -> bool:
    return isinstance(body, Compare) and body.relation == "~"


def _of_difference(body: Formula, row: pd.Series[Any], fit: CompareFit, unexplained: bool) -> tuple[Truth, str]:
    """The truth of a comparison of two rows by their difference, and the difference in words with its test."""
    if row["because"]:
        return "missing", f"{row['difference']:+.2f} points, but {UNEXPLAINED if unexplained else row['because']}"
    told = bool(row["p_holm"] < 1 - fit.design.level)
    never = not told and abs(row["difference"]) < (row["high90"] - row["low90"]) / 2 / PAIRED_GAIN
    within = -fit.design.margin < row["low90"] and row["high90"] < fit.design.margin
    truth: Truth
    if _is_tie(body):
        truth = "false" if told else "true" if within else "open"
    else:
        up = (row["difference"] > 0) == (not isinstance(body, Compare) or body.relation in {">", "better"})
        sided = isinstance(body, Compare)
        truth = "true" if told and (up or not sided) else "false" if told or never else "open"
    said = f"{row['difference']:+.2f} points [{row['low']:.2f}, {row['high']:.2f}], {_test(row)}"
    return ("missing", f"{said}; {UNEXPLAINED}") if unexplained and not told else (truth, said)


def _test(row: pd.Series[Any]) -> str:
    return f"{TESTS[row['rests_on']]}, p = {row['p_value']:.2g} alone, {row['p_holm']:.2g} by Holm"


def _by_items(rows: Sequence[ScoreRow]) -> bool:
    """True if the error of a cell is known by its items alone."""
    runs = Counter((row.model, row.target, row.language) for row in rows)
    return any(row.spread is None and row.n_items and runs[row.model, row.target, row.language] == 1 for row in rows)
