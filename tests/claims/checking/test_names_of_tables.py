"""Claims about the names of a results table: its own models, tasks and languages, and what they must not take over."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.setup import ReportChecker, Setup

HEAD = "study,model,intermediate,target,split,metric,language,score\n"
ROWS = (
    "OwnModel,none,OwnTask,accuracy,mean,80.0", "maker/OtherModel-7B,none,OwnTask,accuracy,mean,78.0",
    "OwnModel,OwnWarmup,OwnTask,accuracy,mean,79.0", "OwnModel,MNLI,OwnTask,accuracy,mean,84.0",
    "OwnModel,none,XNLI,accuracy,mean,70.0", "OwnModel,OwnWarmup,XNLI,accuracy,mean,73.0",
    "OwnModel,none,OwnTask,accuracy,luo,61.0", "OwnModel,none,OwnTask,accuracy,Qwxish,55.0",
    "OwnModel,none,OwnLoss,own_loss,mean,2.0", "OwnModel,OwnWarmup,OwnLoss,own_loss,mean,3.0",
    "OwnModel,none,MNLI,error_rate,mean,12.0", "OwnModel,OwnWarmup,MNLI,error_rate,mean,14.0",
    "Baseline,none,OwnTask,accuracy,mean,66.0",
)  # fmt: skip


def verdicts(folder: Path, claims: dict[str, str], rows: tuple[str, ...] = ROWS) -> dict[str, str]:
    table, report = folder / "own.csv", folder / "report.txt"
    lines = []
    for row in rows:
        model, run, target, *rest = row.split(",")
        lines.append(",".join(["mine", model, run, target, "test", *rest]))
    table.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    report.write_text("Extracted Claims\n\n" + "\n".join(f"- {claim}" for claim in claims) + "\n", encoding="utf-8")
    checked = ReportChecker(Setup(results=(table,), built_in=False)).check(report)
    found = {one.claim.text: one.verdict.verdict for one in checked.claims}
    assert set(found) == set(claims)
    return found


def test_claims_about_the_names_of_a_table_are_decided_by_it(tmp_path: Path) -> None:
    said = {
        "OwnModel scores higher than OtherModel-7B on OwnTask.": "supported",
        "maker/OtherModel-7B outperforms OwnModel on OwnTask.": "refuted",
        "OwnModel scores 80.0 on OwnTask.": "supported",
        "OwnModel scores 81.0 on OwnTask.": "refuted",
        "OwnWarmup improves XNLI.": "supported",
        "OwnWarmup improves OwnTask.": "refuted",
        "MNLI improves OwnTask more than OwnWarmup.": "supported",
        "OwnModel scores 61.0 on OwnTask in Luo.": "supported",
        "OwnModel scores 56.0 on OwnTask in Qwxish.": "refuted",
    }
    assert verdicts(tmp_path, said) == said


def test_a_slip_in_a_name_decides_nothing(tmp_path: Path) -> None:
    said = {"OwnModel scores 80.0 on OwnTusk.": "not-testable", "OwnModal scores 80.0 on OwnTask.": "not-testable"}
    assert verdicts(tmp_path, said) == said


def test_a_name_that_is_also_a_word_decides_nothing_where_its_readings_differ(tmp_path: Path) -> None:
    """“Baseline” is a model of the table, and the run without intermediate training of every model."""
    said = {"Baseline scores 66.0 on OwnTask.": "inconclusive", "Baseline scores 80.0 on OwnTask.": "inconclusive"}
    assert verdicts(tmp_path, said) == said


@pytest.mark.parametrize(("claim", "word"), [
    ("MNLI improves XNLI.", "refuted"), ("XNLI improves MNLI.", "supported"), ("MNLI scores 61.0 on XNLI.", "inconclusive"),
])  # fmt: skip
def test_a_name_of_a_table_leaves_a_known_name_its_meaning(tmp_path: Path, claim: str, word: str) -> None:
    """MNLI is an intermediate task; here a target and a model are called so too."""
    rows = (
        "xlm-r-large,none,XNLI,accuracy,mean,70.0", "xlm-r-large,MNLI,XNLI,accuracy,mean,61.0",
        "xlm-r-large,none,MNLI,accuracy,mean,80.0", "xlm-r-large,XNLI,MNLI,accuracy,mean,82.0",
        "MNLI,none,XNLI,accuracy,mean,64.0",
    )  # fmt: skip
    assert verdicts(tmp_path, {claim: word}, rows) == {claim: word}


def test_a_longer_name_of_a_table_does_not_hide_the_known_name_in_it(tmp_path: Path) -> None:
    """“XNLI dev” is a target of the table, and XNLI on the development set."""
    rows = ("OwnModel,none,XNLI dev,accuracy,mean,70.0", "OwnModel,none,XNLI-Twi,accuracy,mean,50.0")
    said = {"OwnModel scores 70.0 on XNLI dev.": "inconclusive", "OwnModel scores 50.0 on XNLI-Twi.": "supported"}
    assert verdicts(tmp_path, said, rows) == said


def test_two_names_of_a_table_that_are_spelled_alike_decide_nothing_where_they_differ(tmp_path: Path) -> None:
    rows = ("Own Model,none,XNLI,accuracy,mean,70.0", "own-model,none,XNLI,accuracy,mean,60.0")
    said = {"Own Model scores 70.0 on XNLI.": "inconclusive", "Own Model scores 50.0 on XNLI.": "refuted"}
    assert verdicts(tmp_path, said, rows) == said


def test_a_metric_of_which_nobody_says_what_is_better_improves_nothing(tmp_path: Path) -> None:
    said = {
        "OwnWarmup improves OwnLoss.": "inconclusive",
        "OwnWarmup improves MNLI.": "inconclusive",
        "OwnModel scores 2.0 on OwnLoss.": "supported",
    }
    assert verdicts(tmp_path, said) == said
    (tmp_path / "own.names.toml").write_text("[metric.own_loss]\nhigher_is_better = true\n", encoding="utf-8")
    assert verdicts(tmp_path, {"OwnWarmup improves OwnLoss.": ""}) == {"OwnWarmup improves OwnLoss.": "supported"}


def test_a_row_without_its_version_decides_claims_on_its_name_and_none_on_a_version(tmp_path: Path) -> None:
    rows = ("m,none,tydiqa,f1,mean,75.7", "m,SQuAD,tydiqa,f1,mean,81.3")
    said = {
        "SQuAD lifts TyDiQA F1 from 75.7 to 81.3.": "supported",
        "SQuAD lowers TyDiQA F1.": "refuted",
        "SQuAD 2.0 lifts TyDiQA F1 from 75.7 to 81.3.": "needs-data",
        "SQuAD v1.1 lowers TyDiQA F1.": "needs-data",
    }
    assert verdicts(tmp_path, said, rows) == said
