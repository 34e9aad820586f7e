"""Claims over a user's own tables in reports that cite nothing: whose numbers they are about, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from claims.setup import ReportChecker, Setup

FOLDER = Path(__file__).parents[3] / "benchmarks" / "claims" / "brought"


def verdicts(table: Path, claims: Sequence[str], *, built_in: bool = True) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Claim → its verdict and flags."""
    report = table.parent / "report.txt"
    report.write_text("Extracted Claims\n\n" + "\n".join(f"- {claim}" for claim in claims) + "\n", encoding="utf-8")
    checked = ReportChecker(Setup(results=(table,), built_in=built_in)).check(report)
    found = {one.claim.text: (one.verdict.verdict, one.verdict.flags) for one in checked.claims}
    assert set(found) == set(claims)
    return found


@cache
def laid_out(folder: Path, name: str) -> Path:
    for path in FOLDER.glob(f"{name}.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / f"{name}.csv"


OWN = {
    "OwnWarmup improves XNLI.": "supported",
    "OwnWarmup improves XNLI by 3.0 points.": "supported",
    "OwnWarmup improves XNLI by 2.0 points.": "refuted",
    "OwnWarmup raises XNLI from 79.0 to 82.0.": "supported",
    "Only OwnWarmup improves XNLI.": "refuted",
    "No intermediate task except OtherWarmup lowers XNLI.": "supported",
    "For Rival, OwnWarmup improves XNLI.": "needs-data",
    "MNLI raises XNLI from 79.0 to 80.5.": "inconclusive",
    "The baseline reaches 79.0 on XNLI.": "inconclusive",
    "OwnModel beats Rival on OwnErr by 3.0 points.": "inconclusive",
    "Rival beats OwnModel on OwnErr by 3.0 points.": "inconclusive",
}


def test_a_claim_that_names_what_only_a_table_holds_is_about_that_table(tmp_path: Path) -> None:
    found = verdicts(laid_out(tmp_path, "own"), list(OWN))
    assert {claim: verdict for claim, (verdict, _) in found.items()} == OWN
    assert not any("proxy" in flags for _, flags in found.values())


def test_a_version_without_a_paper_is_one_of_the_study_whose_tasks_are_named(tmp_path: Path) -> None:
    said = {
        "In v1, WarmA improves XNLI by 2.0 points.": "supported",
        "In v2, WarmA improves XNLI by 2.0 points.": "refuted",
        "In v1, only WarmB lowers XNLI.": "supported",
        "In v1, WarmC improves XNLI.": "needs-data",
        "WarmB improves XNLI.": "mixed",
        "WarmA improves XNLI by 2.0 points (Maple et al., 2031).": "inconclusive",
    }
    found = verdicts(laid_out(tmp_path, "studies"), list(said))
    assert {claim: verdict for claim, (verdict, _) in found.items()} == said


def test_a_name_that_counts_or_is_a_variable_is_no_name(tmp_path: Path) -> None:
    """The table has a target “All” and an intermediate task “t”."""
    said = dict.fromkeys(
        ("Best improves all tasks.", "All tasks improve with Best.", "t improves XNLI."), "not-testable"
    )
    found = verdicts(laid_out(tmp_path, "words"), list(said))
    assert {claim: verdict for claim, (verdict, _) in found.items()} == said


def table(folder: Path, *rows: str) -> Path:
    path = folder / "mine.csv"
    lines = [f"{','.join(row.split(',')[:3])},test,{','.join(row.split(',')[3:])}" for row in rows]
    path.write_text("model,intermediate,target,split,metric,score\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_metric_that_is_at_hand_bears_a_number_out_and_refutes_no_denial_of_it(tmp_path: Path) -> None:
    one_metric = table(tmp_path, "xlm-r-large,none,tydiqa,f1,70.0", "xlm-r-large,mnli,tydiqa,f1,72.0")
    said = {
        "MNLI improves TyDiQA by 2.0 points.": "supported",
        "MNLI does not improve TyDiQA by 2.0 points.": "inconclusive",
        "It is not true that MNLI improves TyDiQA by 2.0 points.": "inconclusive",
        "MNLI does not improve the F1 on TyDiQA by 2.0 points.": "refuted",
    }
    found = verdicts(one_metric, list(said), built_in=False)
    assert {claim: verdict for claim, (verdict, _) in found.items()} == said


def test_two_models_that_stand_for_another_must_agree(tmp_path: Path) -> None:
    rows = ("xlm-r-base,none,xnli,accuracy,70.0", "xlm-r-base,qqp,xnli,accuracy,71.0", "mbert,none,xnli,accuracy,65.0")
    mine = table(tmp_path, *rows, "mbert,qqp,xnli,accuracy,64.0")
    verdict, flags = verdicts(mine, ["QQP improves XNLI."], built_in=False)["QQP improves XNLI."]
    assert verdict == "mixed"
    assert {"proxy", "ambiguous"} <= set(flags)


def test_results_of_one_model_are_meant_where_neither_claim_nor_report_says_otherwise(tmp_path: Path) -> None:
    rows = ("mymodel,none,xnli,accuracy,70.0", "mymodel,mnli,xnli,accuracy,71.5", "mymodel,qqp,xnli,accuracy,69.0")
    said = {
        "MNLI improves XNLI by 1.5 points.": ("supported", ("within-rounding", "proxy")),
        "MNLI improves XNLI by 2.5 points.": ("refuted", ("proxy",)),
        "QQP lowers XNLI.": ("supported", ("proxy",)),
        "MNLI improves XNLI by 1.5 points (Phang et al., 2020).": ("needs-data", ("other-version",)),
        "For XLM-R Large, MNLI improves XNLI by 1.5 points.": ("needs-data", ("other-version",)),
        "Picking the best intermediate model per target yields 70.0 on XNLI.": ("inconclusive", ("ambiguous",)),
    }
    assert verdicts(table(tmp_path, *rows), list(said)) == said


def test_a_task_of_your_own_reports_the_metrics_of_all_its_results(tmp_path: Path) -> None:
    rows = ("Maple,none,mytask,exact_match,70.0", "Maple,none,mytask,f1,80.0", "Birch,none,mytask,f1,80.5")
    mine = table(tmp_path, *rows, "Elder,none,mytask,exact_match,75.0", "Elder,none,mytask,f1,80.6")
    said = {
        "Maple and Birch are within one point of each other on mytask.": "inconclusive",
        "Maple and Birch are within one point of each other in F1 on mytask.": "supported",
        "Maple and Elder are within one point of each other in exact match on mytask.": "refuted",
        "Birch scores 80.5 on mytask.": "supported",
        "Birch scores 70.0 on mytask.": "inconclusive",
        "Birch exceeds 80 on mytask.": "inconclusive",
    }
    found = verdicts(mine, list(said))
    assert {claim: verdict for claim, (verdict, _) in found.items()} == said
