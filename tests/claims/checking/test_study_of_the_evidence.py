"""What the evidence that judges ran, which of its versions is meant, and what one study can say for another."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from analysis.tables import read_tables
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.checking.over_tables import TableJudge
from claims.citations import NOTHING, Cited, cited_by_claim, cited_by_report
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_with_citations
from claims.gathering import gather_evidence
from claims.report import Reference, Report
from claims.verdict import Verdict

V1 = Cited("phang2020", "v1", "report", "Phang et al. 2020")
UNKNOWN = Cited(None, None, "report", "A paper that nobody knows")
HEAD = "study,version,model,intermediate,target,split,metric,score,provenance\n"
SEVEN = ("mnli", "ccg", "qqp", "squad2", "cosmosqa", "csqa", "hellaswag")
NINE = ("anli+", "mnli", "qqp", "squad2", "squad1", "hellaswag", "ccg", "cosmosqa", "csqa")


def table(folder: Path, *rows: str, studies: str = "", model: str = "xlm-r-large") -> Path:
    """A measured results table of rows "study,version,run,target,metric,score" on the development set."""
    lines = []
    for row in rows:
        study, version, run, target, metric, score = row.split(",")
        lines.append(f"{study},{version},{model},{run},{target},dev,{metric},{score},measured")
    path = folder / "results.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    if studies:
        path.with_suffix(".studies.toml").write_text(studies, encoding="utf-8")
    return path


@cache
def _evidence(results: Path, text: str, *, built_in: bool) -> Evidence:
    return gather_evidence([results], built_in=built_in)[0]


def verdict(claim: str, results: Path, cited: Cited = NOTHING, *, built_in: bool = False) -> Verdict:
    evidence, words = _evidence(results, results.read_text(encoding="utf-8"), built_in=built_in), vocabulary()
    reading, whose = read_with_citations(claim, "no", cited, words, evidence.studies)
    return judge(reading, Context(evidence, default_definitions(), words, "phang2020", whose))


def on_xnli(tasks: tuple[str, ...], helpful: tuple[str, ...] = ("mnli",), study: str = "mine") -> list[str]:
    gains = [f"{study},,{task},xnli,accuracy,{81.0 if task in helpful else 78.0}" for task in tasks]
    return [f"{study},,none,xnli,accuracy,79.0", *gains]


# ------------------------------------------------------------------------------ how many tasks


@pytest.mark.parametrize("cited", [NOTHING, V1, UNKNOWN])
@pytest.mark.parametrize("built_in", [False, True])
def test_the_seven_tasks_are_the_seven_of_the_table_that_judges(tmp_path, cited, built_in) -> None:
    own = table(tmp_path, *on_xnli(SEVEN))
    claims = {
        "None of the seven intermediate tasks improves XNLI.": "refuted",
        "Six of the seven intermediate tasks lower XNLI.": "supported",
        "MNLI is the best of the seven intermediate tasks on XNLI.": "supported",
    }
    assert {claim: verdict(claim, own, cited, built_in=built_in).verdict for claim in claims} == claims


@pytest.mark.parametrize(
    "claim",
    [
        "None of the nine intermediate tasks improves XNLI.",
        "All nine intermediate tasks lower XNLI.",
        "Six of the nine intermediate tasks lower XNLI.",
        "MNLI is the best of the nine intermediate tasks on XNLI.",
        "All five intermediate tasks lower XNLI.",
    ],
)
def test_a_count_that_the_study_did_not_run_is_no_verdict(tmp_path, claim) -> None:
    declared = table(tmp_path, *on_xnli(SEVEN), studies=f"[mine]\nintermediates = {list(SEVEN)}\n")
    assert verdict(claim, declared).verdict == "not-testable"


def test_all_but_one_is_counted_from_what_the_study_ran(tmp_path) -> None:
    declared = table(tmp_path, *on_xnli(SEVEN), studies=f"[mine]\nintermediates = {list(SEVEN)}\n")
    assert verdict("All but one intermediate task lower XNLI.", declared).verdict == "supported"


def test_multi_task_training_on_all_nine_is_not_one_that_holds_two(tmp_path) -> None:
    rows = ["mine,,none,xnli,accuracy,79.0", "mine,,multi,xnli,accuracy,81.0"]
    own = table(tmp_path, *rows, studies='[mine]\nintermediates = ["mnli", "qqp"]\n')
    assert verdict("Multi-task training improves XNLI.", own).verdict == "supported"
    assert verdict("Multi-task training on all nine tasks improves XNLI.", own).verdict == "not-testable"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Except MNLI and QQP, the remaining seven tasks improve XNLI.", "supported"),
        ("Apart from MNLI and QQP, the remaining seven intermediate tasks lower XNLI.", "refuted"),
        ("Except MNLI, the remaining seven intermediate tasks improve XNLI.", "not-testable"),
        ("Except MNLI and QQP, the remaining six intermediate tasks improve XNLI.", "not-testable"),
        ("All nine intermediate tasks except MNLI and QQP improve XNLI.", "supported"),
        ("The remaining seven intermediate tasks improve XNLI.", "not-testable"),
    ],
)
def test_the_remaining_tasks_are_those_that_the_sentence_does_not_take_out(tmp_path, claim, word) -> None:
    helpful = tuple(task for task in NINE if task not in ("mnli", "qqp"))
    assert verdict(claim, table(tmp_path, *on_xnli(NINE, helpful))).verdict == word


def test_a_shared_name_that_is_taken_out_stands_for_the_task_that_the_study_ran(tmp_path) -> None:
    rows = on_xnli(("mnli", "ccg", "squad1"), ("mnli", "ccg"))
    own = table(tmp_path, *rows, studies='[mine]\nintermediates = ["mnli", "ccg", "squad1"]\n')
    assert verdict("No intermediate task except SQuAD lowers XNLI.", own).verdict == "supported"
    assert verdict("Except SQuAD, the remaining two intermediate tasks improve XNLI.", own).verdict == "supported"


# ------------------------------------------------------------------------- versions, citations


def test_a_version_said_in_the_sentence_chooses_among_those_of_an_undeclared_table(tmp_path) -> None:
    rows = ["mine,v1,none,xnli,accuracy,79.0", "mine,v1,mnli,xnli,accuracy,81.0",
            "mine,2,none,xnli,accuracy,79.0", "mine,2,mnli,xnli,accuracy,78.0"]  # fmt: skip
    own = table(tmp_path, *rows)
    assert verdict("MNLI improves XNLI.", own).verdict == "mixed"
    assert verdict("In v1, MNLI improves XNLI.", own).verdict == "supported"
    assert verdict("MNLI improves XNLI in the second version.", own).verdict == "refuted"
    assert verdict("In v1 and v2, MNLI improves XNLI.", own).verdict == "not-testable"


def test_an_author_year_citation_keeps_the_version_that_the_report_cites() -> None:
    words = vocabulary()
    for sentence in ("MNLI improves XNLI (Phang et al., 2020).", "Phang et al. (2020) report that MNLI improves XNLI."):
        assert cited_by_claim(sentence, V1, words).cited.version == "v1"
    assert cited_by_claim("MNLI improves XNLI (arXiv:2005.13013v2).", V1, words).cited.version == "v2"
    assert cited_by_claim("XLM-R scores 79.2 on XNLI (Hu et al., 2020).", V1, words).cited.version is None


def test_a_report_that_cites_both_versions_is_about_none_of_them() -> None:
    references = tuple(Reference(f"arXiv:2005.13013{v}", "2005.13013") for v in ("v1", "v2"))
    report = Report("notes.md", "", "markdown", (), references=references)
    assert cited_by_report(report, vocabulary()).version is None


def test_a_built_in_baseline_that_a_study_cites_gives_a_verdict_of_its_own(tmp_path) -> None:
    rows = ["mine,,none,xnli,accuracy,79.0", "mine,,mnli,xnli,accuracy,81.0"]
    path = table(tmp_path, *rows, studies='[mine]\ncites = ["xtreme"]\n')
    path.write_text(path.read_text(encoding="utf-8").replace(",dev,", ",test,"), encoding="utf-8")
    assert (
        verdict("MNLI improves XNLI by 1.8 points over Hu et al. (2020).", path, built_in=True).verdict == "supported"
    )
    both = verdict("MNLI improves XNLI by 1.8 points.", path, built_in=True)
    assert (both.verdict, sorted(word for _, word in both.parts)) == ("mixed", ["refuted", "supported"])


def test_a_study_that_cites_none_that_is_known_is_refused(tmp_path) -> None:
    path = table(tmp_path, "mine,,none,xnli,accuracy,79.0", studies='[mine]\ncites = ["xtrem"]\n')
    with pytest.raises(InputError, match="cites 'xtrem', and no study at hand is called so"):
        gather_evidence([path])


# ------------------------------------------------------------------------- studies beside each other


@pytest.mark.parametrize(
    "claim",
    [
        "At least two intermediate tasks improve XNLI.",
        "Two intermediate tasks improve XNLI.",
        "Only MNLI improves XNLI.",
        "All intermediate tasks improve XNLI.",
        "No intermediate task lowers XNLI.",
        "MNLI is the best intermediate task for XNLI.",
    ],
)
def test_two_studies_of_one_task_each_say_nothing_of_all_or_some_tasks(tmp_path, claim) -> None:
    rows = [*on_xnli(("mnli",), study="a"), *on_xnli(("qqp",), ("qqp",), study="b")]
    studies = '[a]\nintermediates = ["mnli"]\n[b]\nintermediates = ["qqp"]\n'
    assert verdict(claim, table(tmp_path, *rows, studies=studies)).verdict in {"not-testable", "inconclusive"}


def test_only_is_denied_by_the_other_task_that_another_study_ran(tmp_path) -> None:
    rows = [*on_xnli(("mnli", "ccg"), study="a"), *on_xnli(("qqp", "csqa"), ("qqp",), study="b")]
    studies = '[a]\nintermediates = ["mnli", "ccg"]\n[b]\nintermediates = ["qqp", "csqa"]\n'
    own = table(tmp_path, *rows, studies=studies)
    assert verdict("Only MNLI improves XNLI.", own).verdict == "mixed"


def test_what_one_study_refutes_is_open_while_another_lacks_a_cell_unless_it_is_cited(tmp_path) -> None:
    rows = [*on_xnli(("mnli",), study="a"), "b,,mnli,xnli,accuracy,80.0"]
    own = table(tmp_path, *rows, studies='[a]\ncited_as = ["Maple et al. 2031"]\n')
    found = verdict("MNLI lowers XNLI.", own)
    assert (found.verdict, found.flags) == ("inconclusive", ("ambiguous",))
    assert dict(found.parts) == {"in a (xlm-r-large, dev)": "refuted", "in b (xlm-r-large, dev)": "needs-data"}
    assert verdict("MNLI lowers XNLI (Maple et al., 2031).", own).verdict == "refuted"
    assert verdict("MNLI improves XNLI.", own).verdict == "supported"


# ------------------------------------------------------------------------- metrics, models, shares


def test_one_metric_of_two_decides_no_direction(tmp_path) -> None:
    own = table(tmp_path, "mine,,none,tydiqa,f1,60.0", "mine,,mnli,tydiqa,f1,62.0")
    for claim in ("MNLI improves TyDiQA.", "MNLI lowers TyDiQA.", "MNLI improves TyDiQA by at least 1 point."):
        found = verdict(claim, own)
        assert (found.verdict, "exact match is not at hand" in found.reason) == ("inconclusive", True)
    assert verdict("MNLI improves TyDiQA F1.", own).verdict == "supported"
    assert "this is by F1" in verdict("MNLI improves TyDiQA by 2.0 points.", own).reason


def test_a_metric_that_the_target_does_not_report_stands_for_none_that_it_does(tmp_path) -> None:
    rows = ["mine,,none,xquad,exat match,60.0", "mine,,mnli,xquad,exat match,62.0",
            "mine,,none,pawsx,accuracy,70.0", "mine,,mnli,pawsx,accuracy,72.0",
            "mine,,none,pawsx,macro_f1,70.0", "mine,,mnli,pawsx,macro_f1,60.0"]  # fmt: skip
    own = table(tmp_path, *rows)
    assert verdict("MNLI improves XQuAD.", own).verdict == "inconclusive"
    assert verdict("MNLI improves XQuAD by 2.0 points.", own).verdict == "inconclusive"
    assert verdict("MNLI improves PAWS-X by 2.0 points.", own).verdict == "supported"


def test_a_model_that_nobody_knows_stands_for_no_other_that_a_citation_means(tmp_path) -> None:
    rows = on_xnli(("mnli",))
    unknown = table(tmp_path, *rows, model="xlm-r-lrage")
    assert verdict("MNLI improves XNLI (Phang et al., 2020).", unknown).verdict == "needs-data"
    assert "the only model of the results given" in verdict("MNLI improves XNLI.", unknown).reason
    assert verdict("MNLI improves XNLI.", table(tmp_path, *rows, model="mbert")).flags == ("proxy",)


def test_words_with_the_initials_of_a_known_abbreviation_do_not_name_it(tmp_path) -> None:
    path = tmp_path / "table.md"
    path.write_text("| System | EM | F1 |\n|---|---|---|\n| A | 60.1 | 79.2 |\n| B | 61.3 | 78.0 |\n")
    tables = TableJudge(read_tables(path))
    assert tables.verdict("A has the highest exact match.").verdict == "refuted"
    assert tables.verdict("A has the highest exat match.").verdict == "not-testable"


def test_half_a_point_between_shares_may_be_half_of_all(tmp_path) -> None:
    path = tmp_path / "table.md"
    path.write_text("| System | Accuracy |\n|---|---|\n| A | 0.712 |\n| B | 0.705 |\n| C | 0.11 |\n")
    tables = TableJudge(read_tables(path))
    assert tables.verdict("A outperforms B by more than 0.5 points in accuracy.").verdict == "inconclusive"
    assert tables.verdict("A outperforms B by at least 0.8 points in accuracy.").verdict == "refuted"
    assert tables.verdict("A outperforms C by more than 0.5 in accuracy.").verdict == "supported"


def test_a_change_that_would_hold_as_a_share_of_one_is_not_refuted(tmp_path) -> None:
    own = table(tmp_path, "mine,,none,xnli,accuracy,0.790", "mine,,mnli,xnli,accuracy,0.812")
    assert verdict("MNLI improves XNLI by 2.2 points.", own).verdict == "supported"
    assert verdict("MNLI improves XNLI by 0.022.", own).verdict == "inconclusive"
    assert verdict("MNLI improves XNLI by 0.8.", own).verdict == "refuted"
