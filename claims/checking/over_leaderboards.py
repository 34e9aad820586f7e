"""Claims about rows of a leaderboard, decided by the code of `claimgauge analyze compare` and `analyze ranking`.

Differences are unpaired: a test on the answers to single items could be sharper. So a difference is called not
significant only where a quarter of its error would leave it so (a correlation of .94); between, none is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from analysis.errors import UsageError
from claims.assertion import BASELINE_RUN
from claims.checking.exhibits import items_of, level_of_number
from claims.checking.outcome import ComputedQuantity
from claims.domains.leaderboard import BoardClaim, board_claims, certificate_of, formula_of
from claims.hashed import replace
from claims.verdict import Verdict, VerdictWord

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.leaderboard import Board
    from analysis.questions.compare import CompareFit
    from analysis.questions.ranking import RankingFit
    from claims.checking.evidence import Evidence, ScoreRow
    from claims.definitions import Definitions

Found: TypeAlias = Literal["true", "false", "open", "missing"]
WORD: dict[Found, VerdictWord] = {
    "true": "supported", "false": "refuted", "open": "inconclusive", "missing": "needs-data",
}  # fmt: skip
NEGATED: dict[Found, Found] = {"true": "false", "false": "true", "open": "open", "missing": "missing"}
TESTS = {
    "errors of the scores": "Welch's t test on the errors of the scores",
    "languages": "t test over languages",
    "tasks": "t test over tasks",
}
"""What `MeanDifference.rests_on` says → the test."""
SHOWN = 200
"""Cells of rivals shown with a rank; of more, their means are."""
SHARPER = 4
"""By how much a paired test may at most reduce the error."""
BY_ITEMS = "errors of single runs are those of a share of their items, without the chance of training"
UNEXPLAINED = "what ± is, is not stated (--assume spread=sd|se|ci95)"
OPPOSITE = {"supported": "refuted", "refuted": "supported"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A claim whose names were found: labels of rows, ids of their models, of a task and a language or ""."""

    claim: BoardClaim
    rows: tuple[str, ...]
    models: tuple[str, ...]
    task: str
    language: str


@dataclass(frozen=True, slots=True)
class _Decided:
    """A truth with its reason and the numbers it rests on."""

    truth: Found
    reason: str
    shown: tuple[ComputedQuantity, ...]


def with_leaderboard(own: Verdict, claim: str, evidence: Evidence, definitions: Definitions) -> Verdict:
    """The verdict on a claim after the results given were asked as a leaderboard.

    They are asked where the claim is about their rows, and nothing else decided it but a comparison said to be
    significant, of which theirs allows for the number of tests. Where the two contradict, there is no verdict.

    Args:
        own: the verdict without.
        claim: the sentence.
        evidence: with the results given.
        definitions: of vague words.
    """
    tested = "(significant " in (own.assertion or "")
    decides = any(item.role == "decides" for item in own.evidence)
    silent = own.verdict == "inconclusive" and not own.evidence
    if not (own.verdict == "not-testable" or tested or silent or (own.verdict == "needs-data" and not decides)):
        return own
    found = board_claims(claim) if evidence.tables.get("given") else ()
    asked = {one for said in found if (one := _asked(said, evidence)) is not None}
    if len(asked) != 1:
        return own
    one = asked.pop()
    board = _board(evidence)
    decided = _Decided("missing", f"{board}.", ()) if isinstance(board, str) else _decided(one, evidence, definitions)
    word = WORD[decided.truth]
    formula = formula_of(one.claim, one.models, one.task, one.language)
    besides = (f"{own.assertion} → {own.verdict}",) if own.assertion else ()
    if own.verdict == OPPOSITE.get(word):
        reason = f"{decided.reason} A test of this difference alone says otherwise. {own.reason}"
        return replace(own, verdict="inconclusive", flags=("ambiguous",), level="none", reason=reason)
    role: Literal["decides", "besides"] = "decides" if decided.truth in {"true", "false"} else "besides"
    items = tuple(dict.fromkeys(item for shown in decided.shown for item in items_of(shown, role)))
    level = level_of_number(decided.shown[0]) if decided.shown and role == "decides" else "none"
    used = certificate_of(claim, one.claim)
    return Verdict(word, (), level, decided.reason, str(formula), besides, evidence=items, certificate=used)


def _board(evidence: Evidence) -> Board | str:
    """The leaderboard of the results given, whole, or why there is none."""
    from analysis.leaderboard import board_of
    from analysis.stats.arrays import CannotTellError

    def made() -> Board | str:
        try:
            return board_of(_given(evidence), registry=evidence.words)
        except CannotTellError as error:
            return error.because
        except UsageError as error:
            return str(error)

    return evidence.once("leaderboard", made)


def _given(evidence: Evidence) -> pd.DataFrame:
    import pandas as pd

    tables = evidence.tables["given"]
    return tables[0] if len(tables) == 1 else evidence.once("given", lambda: pd.concat(tables, ignore_index=True))


def _asked(claim: BoardClaim, evidence: Evidence) -> _Asked | None:
    """The claim with its names found in results whose rows are just models; None where one is not there."""
    if claim.extent == "each" and claim.statement != "better":
        return None
    if (_given(evidence)["intermediate"].astype(str) != BASELINE_RUN).any():
        return None
    found = [_entry("model", name, evidence) for name in (claim.a, claim.b) if name]
    task = _entry("target", claim.task, evidence) if claim.task else ""
    language = _entry("language", claim.language, evidence) if claim.language else ""
    models = tuple(model for model in found if model)
    if task is None or language is None or len(set(models)) < len(found):
        return None
    board = _board(evidence)
    if isinstance(board, str):
        return _Asked(claim, models, models, task, language)
    try:
        rows = tuple(board.rows[board.index(model, evidence.words)] for model in models)
    except UsageError:
        return None
    return None if any(" · " in row for row in rows) else _Asked(claim, rows, models, task, language)


def _entry(column: Literal["model", "target", "language"], name: str, evidence: Evidence) -> str | None:
    """What the results given call a name, None where they have no such thing, or several."""
    entry = evidence.words.find(column, name)
    wanted = {name.casefold(), entry.id.casefold() if entry else name.casefold()}
    known = evidence.once(("names", column), lambda: tuple(_given(evidence)[column].astype(str).unique()))
    found = [code for code in known if code.casefold() in wanted]
    return found[0] if len(found) == 1 else None


def _decided(asked: _Asked, evidence: Evidence, definitions: Definitions) -> _Decided:
    if asked.claim.statement in {"rank", "between"}:
        return _placed(asked, evidence)
    return _compared(asked, evidence, definitions)


# ---------------------------------------------------------------------------------- differences


def _compared(asked: _Asked, evidence: Evidence, definitions: Definitions) -> _Decided:
    from analysis.questions import compare

    first, second = asked.rows
    alpha, margin = float(definitions["significant"]["level"]), float(definitions["comparable"]["margin"])

    def fitted() -> CompareFit:
        return compare.ask(
            _given(evidence), rng=_chance(), model=first, baseline=second, margin=margin, level=1 - alpha,
            words=evidence.words,
        )  # fmt: skip

    fit = evidence.once(("compared rows", first, second, alpha, margin), fitted)
    shown: list[ComputedQuantity] = []
    truths: list[Found] = []
    reasons: list[str] = []
    for name, part, lacking in _parts(asked, fit):
        rows = [row for _, row in part.iterrows()]
        lacking = lacking or ("" if rows else "the two share no score there")
        found = [_of_difference(asked.claim, row, fit, _reach(asked, row, evidence)) for row in rows]
        truths.append(_all([truth for truth, _ in found]) if found and not lacking else "missing")
        reasons += [f"{name or row['task']}: {said}" for (_, said), row in zip(found, rows, strict=True)]
        reasons += [lacking] if lacking else []
        shown += [_shown(asked, row, evidence) for row in rows]
    truth: Found = truths[0] if len(set(truths)) == 1 else "missing" if "missing" in truths else "open"
    reasons += [BY_ITEMS] if any(_by_items(number.rows) for number in shown) else []
    said = "; ".join(dict.fromkeys(reasons))
    reason = f"{first} minus {second}, more being better, by `claimgauge analyze compare`. {said}."
    return _Decided(truth, reason, tuple(shown))


def _by_items(rows: Sequence[ScoreRow]) -> bool:
    """Whether the error of a cell is known by its items alone."""
    runs = Counter((row.model, row.target, row.language) for row in rows)
    return any(row.spread is None and row.n_items and runs[row.model, row.target, row.language] == 1 for row in rows)


def _parts(asked: _Asked, fit: CompareFit) -> Iterator[tuple[str, pd.DataFrame, str]]:
    """The comparisons a claim speaks of: what they are called ("" by their tasks), their rows, which cells lack."""
    if asked.task and asked.language:
        cells = fit.cells
        yield "this cell", cells[(cells["task"] == asked.task) & (cells["language"] == asked.language)], ""
    elif asked.task:
        yield "", fit.by_task[fit.by_task["task"] == asked.task], ""
    elif asked.language:
        yield asked.language, fit.by_language[fit.by_language["language"] == asked.language], ""
    else:
        lacking = "; ".join(text for text in fit.left_out if "cells that only one of" in text)
        if asked.claim.extent != "each":
            yield "over all tasks", fit.overall, lacking
        if asked.claim.extent != "average":
            yield "", fit.by_task, lacking


def _reach(asked: _Asked, row: pd.Series[Any], evidence: Evidence) -> bool:
    """Whether a ± behind a difference is not explained."""
    board = _board(evidence)
    assert not isinstance(board, str)
    tasks = [i for i, task in enumerate(board.tasks) if task == (row["task"] or task)]
    languages = [i for i, code in enumerate(board.languages) if code == (row["language"] or code)]
    reach = board.reach[[board.rows.index(label) for label in asked.rows]][:, tasks][:, :, languages]
    return bool((reach > 0).any())


def _of_difference(claim: BoardClaim, row: pd.Series[Any], fit: CompareFit, reach: bool) -> tuple[Found, str]:
    """What one difference says of the claim, and the difference in words with its test."""
    if row["because"]:
        return "missing", f"{row['difference']:+.2f} points, but {UNEXPLAINED if reach else row['because']}"
    alpha = 1 - fit.level
    told = bool(row["p_holm"] < alpha)
    never = not told and abs(row["difference"]) < (row["high90"] - row["low90"]) / 2 / SHARPER
    up = row["difference"] > 0
    differ: Found = "true" if told else "false" if never else "open"
    better: Found = "true" if told and up else "false" if never or (told and not up) else "open"
    within = -fit.margin < row["low90"] and row["high90"] < fit.margin
    tied: Found = "false" if told else "true" if within else "open"
    truth = {
        "better": better, "not-better": NEGATED[better], "differ": differ, "alike": NEGATED[differ], "tied": tied,
    }[claim.statement]  # fmt: skip
    said = f"{row['difference']:+.2f} points [{row['low']:.2f}, {row['high']:.2f}], {_test(row)}"
    return ("missing", f"{said}; {UNEXPLAINED}") if reach and not told else (truth, said)


def _test(row: pd.Series[Any]) -> str:
    return f"{TESTS[row['rests_on']]}, p = {row['p_value']:.2g} alone, {row['p_holm']:.2g} by Holm"


def _all(truths: list[Found]) -> Found:
    """Of all differences of a part: false where one is, else the weakest."""
    order: tuple[Found, ...] = ("false", "missing", "open", "true")
    return next(word for word in order if word in truths)


def _shown(asked: _Asked, row: pd.Series[Any], evidence: Evidence) -> ComputedQuantity:
    where = " in ".join(part for part in (row["task"] or "all tasks", row["language"]) if part)
    known = not row["because"]
    what = f"{row['row']} minus {row['baseline']} on {where} ({_test(row) if known else row['because']})"
    low, high = (float(row["low"]), float(row["high"])) if known else (None, None)
    rows = _cells(asked.models, str(row["task"]), str(row["language"]), evidence)
    return ComputedQuantity(what, float(row["difference"]), low, high, rows=rows)


# ---------------------------------------------------------------------------------------- ranks


def _placed(asked: _Asked, evidence: Evidence) -> _Decided:
    from analysis.questions import ranking

    def fitted() -> RankingFit:
        table = _given(evidence)
        for column, code in (("target", asked.task), ("language", asked.language)):
            table = table[table[column].astype(str) == code] if code else table
        return ranking.ask(table, rng=_chance(), words=evidence.words)

    fit = evidence.once(("ranked rows", asked.task, asked.language), fitted)
    name = asked.rows[0]
    frame = None if fit.places is None else fit.places.frame
    mine = None if frame is None else frame[frame["name"] == name]
    why = fit.because or (fit.places.because if fit.places else "")
    if frame is None or mine is None or mine.empty:
        left = "; ".join(text for text in fit.left_out if text.startswith(f"{name}:"))
        return _Decided("missing", f"{name} cannot be ranked: {why or left or 'it has no score there'}.", ())
    row, placed = mine.iloc[0], fit.places
    said = f"{name} has a mean of {row['score']:.2f}, place {int(row['rank'])} of {len(frame)}"
    own = _mean(row, asked, evidence, inf)
    rivals = [one for _, one in frame.drop(mine.index).iterrows()]
    means = (own, *(_mean(one, asked, evidence, SHOWN / max(len(rivals), 1)) for one in rivals))
    if placed is None or why:
        return _Decided("missing", f"{said}; which places it may hold cannot be told, because {why}.", means)
    low, high = int(row["low"]), int(row["high"])
    how = f"it may hold places {low} to {high} ({100 * fit.level:.0f} % rank interval over {placed.drawn})"
    rank = ComputedQuantity(f"place of {name}", float(row["rank"]), low, high, rows=own.rows)
    inside = [asked.claim.low <= place <= asked.claim.high for place in range(low, high + 1)]
    truth: Found = "true" if all(inside) else "open" if any(inside) else "false"
    return _Decided(truth, f"By `claimgauge analyze ranking` {said}; {how}.", (rank, *means))


def _mean(row: pd.Series[Any], asked: _Asked, evidence: Evidence, most: float) -> ComputedQuantity:
    """The mean that a row is ranked by, with its cells if they are not more than `most`."""
    entry = evidence.words.find("model", str(row["name"]))
    cells = _cells((entry.id if entry else str(row["name"]),), asked.task, asked.language, evidence)
    known = row["score_low"] == row["score_low"]
    low, high = (float(row["score_low"]), float(row["score_high"])) if known else (None, None)
    what, score = f"mean of {row['name']}", float(row["score"])
    if len(cells) <= most:
        return ComputedQuantity(what, score, low, high, rows=cells)
    source = f"{len(cells)} cells of {', '.join(dict.fromkeys(cell.source for cell in cells))}"
    return ComputedQuantity(what, score, low, high, source=source, provenance="derived")


def _chance() -> np.random.Generator:
    import numpy as np

    return np.random.default_rng(0)


# ---------------------------------------------------------------------------------------- shown


def _cells(models: tuple[str, ...], task: str, language: str, evidence: Evidence) -> tuple[ScoreRow, ...]:
    """The scores of some models, of the metric and split that the board takes."""
    board = _board(evidence)
    assert not isinstance(board, str)
    readings = dict(zip(board.tasks, board.readings, strict=True))
    return tuple(
        row for rows in evidence.rows.values() for row in rows
        if row.tier == "given" and row.model in models and readings.get(row.target) == f"{row.metric}, {row.split}"
        and row.language in board.languages and row.target == (task or row.target)
        and row.language == (language or row.language)
    )  # fmt: skip
