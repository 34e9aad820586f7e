"""Numbers that no one split prints together, levels of a metric of which less is better, and names with two bearers."""

from __future__ import annotations

import pandas as pd
import pytest

import claimgauge as cg

SPLITS = [
    ("none", 79.2, 80.1),
    ("mnli", 80.4, 81.9),
    ("squad1", 80.0, 81.0),
    ("squad2", 77.0, 76.9),
    ("qqp", 78.9, 78.4),
]


def verdicts(claims: tuple[str, ...], results: pd.DataFrame) -> list[str]:
    report = "# Claims\n\n" + "".join(f"- {claim}\n" for claim in claims)
    return list(cg.verify(report, results=results, built_in=False).to_frame()["verdict"])


@pytest.fixture(scope="module")
def splits() -> pd.DataFrame:
    rows = [("xlm-r-large", task, "xnli", "test", test) for task, test, _ in SPLITS]
    rows += [("xlm-r-large", task, "xnli", "dev", dev) for task, _, dev in SPLITS]
    return pd.DataFrame(rows, columns=["model", "intermediate", "target", "split", "score"])


def test_numbers_of_two_splits_are_not_one_statement(splits: pd.DataFrame) -> None:
    claims = (
        "MNLI scores 80.4 on XNLI and the baseline scores 80.1.",
        "MNLI scores 80.4 on XNLI and the baseline scores 79.2.",
    )
    assert verdicts(claims, splits) == ["inconclusive", "supported"]


def test_the_other_bearer_of_a_name_takes_as_much_for_granted(splits: pd.DataFrame) -> None:
    claims = (
        "QQP is ahead of SQuAD on XNLI by less than 4 points.",
        "MNLI is ahead of SQuAD on XNLI by less than 6 points.",
    )
    assert verdicts(claims, splits[splits["split"] == "test"]) == ["inconclusive", "supported"]


def test_a_score_just_below_a_number_is_not_said_to_reach_it(splits: pd.DataFrame) -> None:
    claims = ("QQP does not reach 79 on XNLI.", "QQP fails to reach 80 on XNLI.")
    assert verdicts(claims, splits[splits["split"] == "test"]) == ["inconclusive", "supported"]


def test_where_less_is_better_nobody_knows_from_which_side_a_number_is_reached() -> None:
    scores = {"none": 42.3, "OwnWarm": 40.1, "OwnCold": 44.0}
    rows = [("OwnModel", task, "OwnTask", "test", "wer", score) for task, score in scores.items()]
    results = pd.DataFrame(rows, columns=["model", "intermediate", "target", "split", "metric", "score"])
    claims = (
        "With OwnModel, OwnWarm fails to reach 43 on OwnTask.",
        "With OwnModel, no task reaches 46 on OwnTask.",
        "With OwnModel, no intermediate task reaches 25 on OwnTask.",
    )
    assert not {"supported", "refuted"} & set(verdicts(claims, results))


def test_nobody_is_ahead_by_nothing() -> None:
    rows = [("xlm-r-large", task, "xnli", "test", score) for task, score in {"none": 80, "qqp": 81, "mnli": 81}.items()]
    results = pd.DataFrame(rows, columns=["model", "intermediate", "target", "split", "score"])
    claims = ("QQP is better than MNLI by 0.0 points on XNLI.", "QQP is better than the baseline by 1 point on XNLI.")
    assert verdicts(claims, results) == ["inconclusive", "supported"]
    table = pd.DataFrame({"Model": ["Alpha", "Beta"], "NUS accuracy": [81.0, 81.0]})
    assert cg.check("Alpha outperforms Beta by 0.0 points on NUS.", table).verdict.verdict == "not-testable"


def test_the_only_model_of_the_results_decides_nothing_in_a_report_that_names_another() -> None:
    rows = [("own-bert", run, "xnli", "test", score) for run, score in (("none", 65.4), ("qqp", 64.2))]
    results = pd.DataFrame(rows, columns=["model", "intermediate", "target", "split", "score"])
    claim = "- QQP lowers XNLI by 0.3 points.\n"
    plain, titled = f"# Claims\n\n{claim}", f"# Transfer with XLM-R Large\n\n{claim}"
    found = [cg.verify(text, results=results, built_in=False).claims[0].verdict for text in (plain, titled)]
    assert [one.verdict for one in found] == ["refuted", "needs-data"]


def test_a_number_that_the_published_split_bears_out_is_not_refuted_by_another_split_the_user_brings() -> None:
    columns = ["model", "intermediate", "target", "split", "score"]
    mine = pd.DataFrame([("xlm-r-large", "none", "xnli", "dev", 80.1)], columns=columns)
    claims = [
        "XLM-R Large reaches an accuracy of 79.2 on XNLI.",
        "XLM-R Large reaches an accuracy of 79.3 on XNLI.",
        "XLM-R Large reaches an accuracy of 79.2 on the XNLI dev set.",
    ]
    found = [cg.verify(f"# Claims\n\n- {claim}\n", results=mine).claims[0].verdict for claim in claims]
    assert [one.verdict for one in found] == ["inconclusive", "refuted", "refuted"]
    assert "of another split" in found[0].reason
