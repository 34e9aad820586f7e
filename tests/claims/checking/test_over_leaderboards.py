"""Claims about rows of a leaderboard: decided by `analyze compare` and `analyze ranking`, and by nothing less."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from analysis.questions import compare, ranking
from claimgauge.explaining import explained
from claims.notation import parse_assertion
from claims.setup import ReportChecker, Setup
from claims.verdict import Verdict
from claims.verify import Verifier

MEANS = {"ant": 80.0, "bee": 77.0, "cat": 70.0, "dog": 70.04}
LANGUAGES = ("en", "de", "fr", "sw", "hi", "zh")
SHIFT = {"ner": 0.0, "sent": -10.0, "qa": 5.0}


def table(path: Path, stated: Mapping[str, object], cells: int = 3) -> Path:
    """Scores with a known truth: the bee is level with the ant in qa, and the cat with the dog everywhere."""
    rows = []
    for place, (model, mean) in enumerate(MEANS.items()):
        for task, shift in SHIFT.items():
            for at, code in enumerate(LANGUAGES[: 2 * cells]):
                noise = 0.02 * ((at + place) % 3 - 1) + (3.0 if (model, task) == ("bee", "qa") else 0.0)
                score = round(mean + shift + noise, 2)
                row = {"study": "mine", "model": model, "intermediate": "none", "target": task, "language": code}
                rows.append({**row, "split": "test", "metric": "accuracy", "score": score, **stated})
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def verifier(path: Path) -> Verifier:
    return ReportChecker(Setup(results=(path,), built_in=False)).verifier


def verdict(claim: str, over: Verifier) -> Verdict:
    return explained(claim, over)[2]


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    return verifier(table(tmp_path_factory.mktemp("boards") / "board.csv", {"se": 0.3}))


CLAIMS = {
    "Ant is significantly better than bee on ner.": "supported",
    "Bee is significantly worse than ant on ner.": "supported",
    "Bee significantly outperforms ant on ner.": "refuted",
    "Ant is not significantly better than bee on ner.": "refuted",
    "Ant and bee do not differ significantly on qa.": "supported",
    "There is no significant difference between ant and bee on ner.": "refuted",
    "The difference between ant and bee on qa is not statistically significant.": "supported",
    "Ant is significantly better than bee.": "inconclusive",  # over all, but not in each task
    "Ant is significantly better than bee on average.": "supported",
    "Ant is significantly better than bee on all tasks.": "refuted",
    "Ant is significantly better than cat on all tasks.": "supported",
    "Ant is significantly better than bee on sent in German.": "supported",
    "Cat is significantly better than dog on qa.": "refuted",
    "Ant ranks first on average.": "supported",
    "On average, ant ranks second.": "refuted",
    "Cat ranks third on average.": "inconclusive",
    "Cat is ranked between 3 and 4.": "supported",
    "Cat is ranked between 1 and 2.": "refuted",
    "Cat is ranked between 1 and 3.": "inconclusive",
    "Ant ranks first on ner.": "supported",
    "Cat and dog are tied on average.": "supported",
    "Ant and cat are tied.": "refuted",
    "Ant differs significantly from bee on ner and sent.": "supported",
    "Ant and bee differ significantly on ner and qa.": "mixed",
    "There is a significant difference between ant and bee on qa.": "refuted",
    "Bee is significantly worse than ant on ner, and cat and dog do not differ significantly on qa.": "supported",
    "It is not the case that ant and bee are tied on ner.": "supported",
    "Ant is significantly better than cat and dog on sent.": "supported",
    "Ant is ranked 1 to 2 on qa.": "supported",
    "Bee ranks second on average on ner and sent.": "supported",
    "Bee is significantly worse than ant on average on ner and qa.": "supported",
    "Bee is in rank 2 on all tasks.": "inconclusive",  # level with the ant in qa
    "Ant is not significantly better than bee on all tasks.": "not-testable",  # on none, or not on each
    "Ant ranks first on ner, while cat ranks last.": "not-testable",  # on ner, or over all
    "Ant is significantly better than fox on ner.": "not-testable",
    "Ant is significantly better than bee on ner and much faster.": "not-testable",
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_rows_differ_tie_and_rank_as_they_were_made_to(claim: str, stated: Verifier) -> None:
    found = verdict(claim, stated)
    assert found.verdict == CLAIMS[claim], found.reason
    if found.verdict != "not-testable":
        assert str(parse_assertion(found.assertion or "", "")) == found.assertion
        assert "".join(use.text for use in found.certificate).replace(" ", "") == claim.replace(" ", "")


def test_the_numbers_are_those_of_the_questions_and_open_down_to_the_cells(stated: Verifier) -> None:
    results = stated.evidence.tables["given"][0]
    by_task = compare.fit(
        results, compare.DESIGN(model="ant", baseline="bee", registry=stated.words)
    ).by_task.set_index("task")
    found = verdict("Ant is significantly better than bee on ner.", stated)
    assert f"p = {by_task.loc['ner', 'p_value']:.2g} alone, {by_task.loc['ner', 'p_holm']:.2g} by Holm" in found.reason
    assert "Welch's t test" in found.reason
    difference, *cells = found.evidence
    assert difference.value == pytest.approx(by_task.loc["ner", "difference"])
    assert (difference.low, difference.high) == pytest.approx(tuple(by_task.loc["ner", ["low", "high"]]))
    assert sorted(cell.what.split(" · ")[0] for cell in cells) == ["ant"] * 6 + ["bee"] * 6
    assert all("board.csv" in cell.source and cell.spread == "se 0.3" for cell in cells)
    place, *_ = verdict("Cat is ranked between 3 and 4.", stated).evidence
    ranks = ranking.fit(results, ranking.DESIGN(registry=stated.words)).places
    assert ranks is not None
    row = ranks.frame.set_index("name").loc["cat"]
    assert (place.value, place.low, place.high) == (row["rank"], row["low"], row["high"])


@pytest.mark.parametrize(
    ("states", "says", "reason"),
    [
        ({"n_items": 100_000}, "supported", "without the chance of training"),
        ({"n_items": 1000}, "inconclusive", "p = "),
        ({"plus_minus": 9.0}, "needs-data", "what ± is, is not stated"),
        ({}, "needs-data", "no error is stated"),
    ],
)
def test_what_the_errors_do_not_allow_is_not_decided(
    tmp_path: Path, states: Mapping[str, object], says: str, reason: str
) -> None:
    over = verifier(table(tmp_path / "board.csv", states, cells=1))
    found = verdict("Ant is significantly better than bee on ner.", over)
    assert (found.verdict, reason in found.reason) == (says, True), found.reason
    assert says == "supported" or verdict("Ant and bee do not differ significantly on ner.", over).verdict == says


def test_one_of_three_differences_is_no_finding_at_the_level_of_one_test(tmp_path: Path) -> None:
    path = tmp_path / "three.csv"
    scores = {("ant", "ner"): 73.0}
    frame = [
        {"model": model, "intermediate": "none", "target": task, "language": "en", "split": "test",
         "metric": "accuracy", "score": scores.get((model, task), 70.0), "se": 1.0}
        for model in ("ant", "bee") for task in SHIFT
    ]  # fmt: skip
    pd.DataFrame(frame).to_csv(path, index=False)
    found = verdict("Ant is significantly better than bee on ner.", verifier(path))
    assert (found.verdict, "p = 0.034 alone, 0.1 by Holm" in found.reason) == ("inconclusive", True), found.reason


def test_what_is_better_is_told_from_what_is_higher_where_less_is_better(tmp_path: Path) -> None:
    over = verifier(table(tmp_path / "board.csv", {"se": 0.3, "metric": "error_rate"}))
    assert verdict("Bee is significantly better than ant on ner.", over).verdict == "supported"
    found = verdict("Ant has a significantly higher score than bee on ner.", over)
    assert (found.verdict, "lower is better" in found.reason) == ("inconclusive", True), found.reason


def test_an_assertion_about_rows_is_decided_as_it_stands(stated: Verifier) -> None:
    written = "(rank 3-4 cat m models (mean (score none t) t :over tasks :model m))"
    assert verdict(written, stated).verdict == "supported"
    assert verdict(f"(not {written})", stated).verdict == "refuted"


def test_where_no_task_is_said_the_mean_and_each_task_must_agree(stated: Verifier) -> None:
    found = verdict("Ant is significantly better than bee.", stated)
    assert (found.flags, len(found.alternatives)) == (("ambiguous",), 1)
    assert "over all tasks: +2.00 points" in found.reason
    assert "on qa: +0.00 points" in found.reason
