"""A score belongs to a study and a version of its text: nothing is computed across them, and a citation chooses."""

from __future__ import annotations

import json
import re
import runpy
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from shared_files import shared

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from claimgauge.commands.verify import command
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.citations import NOTHING, Cited
from claims.definitions import default_definitions
from claims.domains.registry.citing import read_with_citations
from claims.gathering import gather_evidence
from claims.verdict import Verdict

V1 = Cited("phang2020", "v1", "report", "Phang et al. 2020")
V2 = Cited("phang2020", "v2", "report", "Phang et al. 2020")
HEAD = "study,version,model,intermediate,target,split,metric,score,provenance\n"


def table(folder: Path, *rows: str, studies: str = "", name: str = "results.csv") -> Path:
    """A results table of rows "study,version,run,target,split,metric,score", with its studies declared beside it."""
    lines = []
    for row in rows:
        study, version, run, *rest = row.split(",")
        lines.append(",".join([study, version, "xlm-r-large", run, *rest, "published"]))
    path = folder / name
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    if studies:
        path.with_suffix(".studies.toml").write_text(studies, encoding="utf-8")
    return path


def contents(path: Path) -> tuple[bytes, ...]:
    """Of a table and of what stands beside it."""
    return tuple(file.read_bytes() for file in sorted(path.parent.glob(f"{path.stem}.*")))


@lru_cache
def gathered(results: tuple[tuple[Path, tuple[bytes, ...]], ...], built_in: bool) -> Evidence:
    """The evidence of files, gathered once for each of their contents."""
    return gather_evidence([path for path, _ in results], built_in=built_in)[0]


def verdict(claim: str, *results: Path, cited: Cited = NOTHING, built_in: bool = False) -> Verdict:
    evidence = gathered(tuple((path, contents(path)) for path in results), built_in)
    words = vocabulary()
    reading, whose = read_with_citations(claim, "no", cited, words, evidence.studies)
    return judge(reading, Context(evidence, default_definitions(), words, "phang2020", whose))


# ------------------------------------------------------------------------- one study, one version


def test_cells_of_two_studies_are_never_averaged(tmp_path) -> None:
    rows = [f"{s},,{run},xnli,test,accuracy,{x}" for s, run, x in (
        ("a", "none", 79.2), ("a", "mnli", 80.4), ("b", "none", 66.0), ("b", "mnli", 67.2))]  # fmt: skip
    found = verdict("MNLI improves XNLI by 1.2 points.", table(tmp_path, *rows))
    assert found.verdict == "supported"
    assert {item.value for item in found.evidence if item.what.startswith("gain")} == {1.2}


def test_a_gain_is_taken_inside_one_version(tmp_path) -> None:
    found = verdict(
        "MNLI improves XNLI by 1.2 points.",
        table(tmp_path, "a,v1,none,xnli,test,accuracy,79.2", "a,v2,mnli,xnli,test,accuracy,80.4"),
    )
    assert found.verdict == "needs-data"


def test_studies_that_disagree_give_one_verdict_each(tmp_path) -> None:
    rows = ["a,,none,xnli,dev,accuracy,79.0", "a,,mnli,xnli,dev,accuracy,82.0",
            "b,,none,xnli,dev,accuracy,79.0", "b,,mnli,xnli,dev,accuracy,76.0"]  # fmt: skip
    found = verdict("MNLI improves XNLI.", table(tmp_path, *rows))
    assert (found.verdict, found.flags) == ("mixed", ("ambiguous",))
    assert dict(found.parts) == {"in a (xlm-r-large, dev)": "supported", "in b (xlm-r-large, dev)": "refuted"}


def test_studies_that_agree_are_all_shown(tmp_path) -> None:
    rows = ["a,,none,xnli,dev,accuracy,79.0", "a,,mnli,xnli,dev,accuracy,82.0",
            "b,,none,xnli,dev,accuracy,70.0", "b,,mnli,xnli,dev,accuracy,71.0"]  # fmt: skip
    found = verdict("MNLI improves XNLI.", table(tmp_path, *rows))
    assert found.verdict == "supported"
    assert {item.value for item in found.evidence} >= {82.0, 79.0, 71.0, 70.0}
    assert {item.what for item in found.evidence} >= {"gain of MNLI on XNLI, in a", "gain of MNLI on XNLI, in b"}


def test_a_study_with_a_cited_baseline_gives_one_verdict_for_each_baseline(tmp_path) -> None:
    rows = ["a,,none,xnli,test,accuracy,79.5", "a,,mnli,xnli,test,accuracy,80.4", "b,,none,xnli,test,accuracy,79.2"]
    both = table(tmp_path, *rows, studies='[a]\ncites = ["b"]\n')
    found = verdict("MNLI improves XNLI by 1.2 points.", both)
    assert found.verdict == "mixed"
    assert dict(found.parts) == {
        "in a (xlm-r-large, test)": "refuted",
        "in a against the baseline of b (xlm-r-large, test)": "supported",
    }
    assert verdict("MNLI improves XNLI by 2.5 points.", both).verdict == "refuted"
    assert verdict("MNLI improves XNLI.", both).verdict == "supported"


def test_a_baseline_of_another_study_counts_only_where_the_study_cites_it(tmp_path) -> None:
    rows = ["a,,mnli,xnli,test,accuracy,80.4", "b,,none,xnli,test,accuracy,79.2"]
    assert verdict("MNLI improves XNLI.", table(tmp_path, *rows)).verdict == "needs-data"
    cited = table(tmp_path, *rows, studies='[a]\ncites = ["b"]\n', name="cited.csv")
    assert verdict("MNLI improves XNLI by 1.2 points.", cited).verdict == "supported"


def test_a_wrong_file_of_studies_is_refused_with_every_fault(tmp_path) -> None:
    path = table(tmp_path, "a,,none,xnli,dev,accuracy,79.0", studies='[a]\nseeds = 3\ncites = "b"\n')
    with pytest.raises(InputError) as error:
        gather_evidence([path])
    assert error.value.faults[0].startswith("[a] states 'seeds'")
    assert any("cites is 'b'; write a list" in fault for fault in error.value.faults)


# --------------------------------------------------------------------------- what a study ran


def test_the_intermediate_tasks_are_those_that_a_publication_ran(tmp_path) -> None:
    rows = [f"p,,{run},xnli,dev,accuracy,{x}" for run, x in (("none", 80.0), ("ccg", 79.0), ("qqp", 78.0))]
    published = table(tmp_path, *rows)
    assert verdict("No intermediate task improves XNLI.", published).verdict == "supported"
    assert verdict("All intermediate tasks hurt XNLI.", published).verdict == "supported"


def test_an_unfinished_table_of_ones_own_waits_for_the_usual_tasks_until_it_says_what_it_ran(tmp_path) -> None:
    text = HEAD + "".join(
        f"mine,,xlm-r-large,{run},xnli,dev,accuracy,{x},measured\n"
        for run, x in (("none", 80), ("ccg", 79), ("qqp", 78))
    )
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    claim = "No intermediate task improves XNLI."
    assert verdict(claim, path).verdict == "needs-data"
    path.with_suffix(".studies.toml").write_text('[mine]\nintermediates = ["ccg", "qqp"]\n', encoding="utf-8")
    assert verdict(claim, path).verdict == "supported"


def test_a_number_said_of_all_tasks_must_be_that_of_the_study(tmp_path) -> None:
    rows = [f"p,,{run},xnli,dev,accuracy,{x}" for run, x in (("none", 80), ("ccg", 81), ("qqp", 82), ("mnli", 83))]
    published = table(tmp_path, *rows)
    said = {n: verdict(f"The {n} intermediate tasks improve XNLI.", published) for n in ("three", "four")}
    assert said["three"].verdict == "supported"
    assert said["four"].verdict == "not-testable"
    assert "o study at hand is known to have run 4 intermediate tasks" in said["four"].reason


def test_a_benchmark_is_counted_by_what_its_paper_states() -> None:
    said = {n: verdict(f"XTREME-R has {n} tasks.", built_in=True).verdict for n in (3, 9, 10)}
    assert said == {3: "refuted", 9: "refuted", 10: "supported"}
    assert verdict("XTREME has 9 tasks.", built_in=True).verdict == "supported"


# ------------------------------------------------------------------------------- what is cited


@pytest.mark.parametrize(
    "claim",
    [
        "mBERT scores 66.3 on XNLI (Conneau et al., 2020).",
        "According to Conneau et al. (2020), mBERT scores 66.3 on XNLI.",
        "XLM-R outperforms mBERT by 14.6 points on XNLI (Conneau et al., 2020).",
        "XLM-R Large scores 80.9 on XNLI, as reported in the XLM-R paper.",
        "XLM-R Large (Conneau et al., 2020) scores 80.9 on XNLI.",
        "mBERT scores 66.3 on XNLI (arXiv:1911.02116).",
        "mBERT scores 66.3 on XNLI (Nobody et al., 2019).",
    ],
)
def test_another_papers_number_is_never_refuted_by_a_cell_of_xtreme(claim) -> None:
    found = verdict(claim, built_in=True)
    assert (found.verdict, found.flags) == ("needs-data", ("other-version",))
    assert "is not at hand" in found.reason


def test_a_number_that_cites_the_paper_at_hand_is_decided_by_it() -> None:
    assert verdict("mBERT scores 65.4 on XNLI (Hu et al., 2020).", built_in=True).verdict == "supported"
    assert verdict("According to the XTREME paper, mBERT scores 66.3 on XNLI.", built_in=True).verdict == "refuted"


def test_a_citation_is_part_of_the_certificate() -> None:
    reading, _ = read_with_citations(
        "According to Hu et al. (2020), mBERT scores 65.4 on XNLI.",
        "no",
        NOTHING,
        vocabulary(),
        gathered((), True).studies,
    )
    assert ("According to Hu et al. (2020)", "citation") in [(used.text, used.role) for used in reading.certificate]


# --------------------------------------------------------------------- the first version at hand


@pytest.fixture(scope="module")
def first_version() -> Path:
    return shared("facts", "phang2020_v1_results.csv")


def test_a_number_of_the_second_version_is_told_what_the_first_says_and_never_refuted(first_version) -> None:
    found = verdict(
        "SQuAD improves the target tasks by 8.2 points on the development set.", first_version, cited=V2, built_in=True
    )
    assert (found.verdict, found.flags) == ("needs-data", ("other-version",))
    assert "phang2020 v1 says 8.3" in found.reason
    assert "8.4 points" in found.reason
    assert "what Phang et al. 2020 v2 itself says of it is not at hand" in found.reason


def test_a_number_of_the_second_version_is_not_borne_out_by_the_first(first_version) -> None:
    """7.9 is what the first version prints for HellaSwag; the second says 7.0."""
    claim = "HellaSwag improves the target tasks by {} points on the development set."
    found = verdict(claim.format("7.9"), first_version, cited=V2)
    assert (found.verdict, found.flags) == ("needs-data", ("other-version",))


def test_a_number_without_a_citation_may_be_that_of_the_first_version_and_is_not_refuted_by_it(first_version) -> None:
    claim = "HellaSwag improves the target tasks by {} points on the development set."
    said = {n: verdict(claim.format(n), first_version) for n in ("7.9", "7.0")}
    assert (said["7.9"].verdict, "other-version" in said["7.9"].flags) == ("supported", True)
    assert (said["7.0"].verdict, said["7.0"].flags) == ("needs-data", ("other-version",))


def test_a_task_that_the_first_version_did_not_train_on_is_named(first_version) -> None:
    found = verdict("MNLI improves the target tasks by 7.5 points on the development set.", first_version, cited=V2)
    assert (found.verdict, found.flags) == ("needs-data", ("other-version",))
    assert "phang2020 v1 did not train on MNLI" in found.reason


@pytest.mark.parametrize(
    "claim",
    [
        "XNLI does not benefit from intermediate training.",
        "BUCC and Tatoeba benefit from almost every intermediate task.",
    ],
)
def test_what_both_versions_share_is_decided_for_the_first_and_says_so(claim, first_version) -> None:
    found = verdict(claim, first_version, cited=V2)
    assert found.verdict == "supported"
    assert "other-version" in found.flags
    assert "phang2020 v1 says so" in found.reason.lower()
    assert any(item.role == "decides" for item in found.evidence)


@pytest.mark.parametrize("claim", ["XNLI benefits from intermediate training.", "Multi-task training is the best run."])
def test_what_the_first_version_denies_is_not_refuted_for_the_second(claim, first_version) -> None:
    assert verdict(claim, first_version, cited=V2).verdict not in {"refuted", "supported", "mixed"}


def test_a_claim_that_names_the_version_is_decided_by_no_other(first_version) -> None:
    claim = "XNLI does not benefit from intermediate training in {}."
    assert verdict(claim.format("v1"), first_version).verdict == "supported"
    second = verdict(claim.format("the second version"), first_version)
    assert (second.verdict, second.flags) == ("needs-data", ("other-version",))


def test_every_intermediate_task_of_the_first_version_is_one_of_its_seven(first_version) -> None:
    assert (
        verdict("BUCC and Tatoeba benefit from every intermediate task.", first_version, cited=V1).verdict
        == "supported"
    )
    assert verdict("None of the seven intermediate tasks improves XNLI.", first_version).verdict == "supported"
    assert verdict("All seven intermediate tasks improve XNLI.", first_version).verdict == "refuted"
    assert verdict("None of the nine intermediate tasks improves XNLI.", first_version).verdict == "needs-data"


def test_a_number_of_the_study_is_not_refuted_by_a_cell_of_the_benchmark_where_its_first_version_has_it(
    first_version,
) -> None:
    found = verdict("XLM-R Large scores 80.1 on XNLI.", first_version, built_in=True)
    assert (found.verdict, found.flags) == ("inconclusive", ("ambiguous", "other-version"))
    assert verdict("XLM-R Large scores 83.3 on XNLI.", first_version, built_in=True).verdict == "refuted"
    assert verdict("XLM-R Large scores 80.1 on XNLI.", built_in=True).verdict == "inconclusive"


def test_a_shared_name_stands_for_the_task_that_the_version_trained_on(first_version) -> None:
    assert verdict("SQuAD improves the target tasks by 8.3 points.", first_version, cited=V1).verdict == "supported"
    assert (
        verdict("SQuAD 2.0 improves the target tasks by 8.3 points.", first_version, cited=V1).verdict == "needs-data"
    )


def test_the_two_baselines_of_the_first_version_give_a_verdict_each(first_version) -> None:
    claim = "Picking the best intermediate task per target improves XNLI by 1.2 points{}."
    both = verdict(claim.format(""), first_version, cited=V1)
    assert both.verdict == "mixed"
    assert sorted(word for _, word in both.parts) == ["refuted", "supported"]
    assert verdict(claim.format(" over Hu et al. (2020)"), first_version, cited=V1).verdict == "supported"


def test_a_baseline_that_the_study_cites_is_not_refuted_by_its_own(first_version) -> None:
    """The first version prints 80.1 and 79.5 as its own, and 79.2 after Hu et al."""
    claim = "XLM-R Large scores {} on XNLI on the test set."
    assert verdict(claim.format("79.5"), first_version, cited=V1).verdict == "supported"
    assert verdict(claim.format("79.2"), first_version, cited=V1).verdict == "mixed"
    assert verdict(claim.format("78.1"), first_version, cited=V1).verdict == "refuted"


def test_the_benchmark_gain_over_the_cited_baseline_is_the_printed_one(first_version) -> None:
    claim = "Picking the best intermediate task per target improves XTREME by {} points over Hu et al. (2020)."
    assert verdict(claim.format("6.1"), first_version, cited=V1).verdict == "supported"
    assert verdict(claim.format("7.1"), first_version, cited=V1).verdict == "refuted"


def test_a_count_that_only_one_version_states_is_left_open_where_the_version_is() -> None:
    found = verdict("The study uses seven intermediate tasks.", built_in=True)
    assert (found.verdict, found.flags) == ("inconclusive", ("ambiguous", "other-version"))
    assert verdict("The study uses seven intermediate tasks.", cited=V1, built_in=True).verdict == "supported"
    assert verdict("The study uses seven intermediate tasks.", cited=V2, built_in=True).verdict == "refuted"
    assert verdict("The study uses five intermediate tasks.", built_in=True).verdict == "refuted"


# ------------------------------------------------------------------------------ whole reports


def verify(reports: list[Path], out: Path, *results: Path) -> list[list[dict[str, object]]]:
    given = [part for path in results for part in ("--results", str(path))]
    done = CliRunner().invoke(command, [*map(str, reports), *given, "--out", str(out)], standalone_mode=False)
    assert done.exception is None, done.output
    return [r["claims"] for r in json.loads((out / "verdicts.json").read_text(encoding="utf-8"))["reports"]]


def test_no_claim_of_the_seed_reports_is_refuted_by_the_first_version_or_gets_its_number_from_it(tmp_path) -> None:
    given = verify(sorted(shared("reports", "seeds").iterdir()), tmp_path / "out")
    assert not [c for claims in given for c in claims if c["verdict"] in {"refuted", "mixed"}]
    flagged = [c for claims in given for c in claims if "other-version" in c["flags"]]
    shared_by_both = [c for c in flagged if c["verdict"] == "supported"]
    assert shared_by_both
    for claim in shared_by_both:
        assert not {"8.2", "7.5", "7.0", "8.7", "5.4"} & set(str(claim["assertion"]).replace(")", " ").split())
    averages = [
        c for claims in given for c in claims if " 8.2)" in str(c["assertion"]) or " 8.7)" in str(c["assertion"])
    ]
    assert len(averages) >= 6
    for claim in averages:
        assert claim["verdict"] == "needs-data"
        assert "itself says of it is not at hand" in str(claim["reason"])


def test_fifty_sentences_about_the_first_version_are_judged_right_or_left_open(
    first_version, monkeypatch, capsys
) -> None:
    script = Path(__file__).parents[3] / "benchmarks" / "claims" / "first_version.py"
    monkeypatch.setattr(sys, "argv", [str(script), str(first_version.parent)])
    monkeypatch.syspath_prepend(script.parent)
    with suppress(SystemExit):
        runpy.run_path(str(script), run_name="__main__")
    printed = capsys.readouterr().out
    said = re.search(r"(\d+) sentences .*: (\d+) right, (\d+) wrong", printed)
    assert said is not None, printed
    sentences, right, wrong = map(int, said.groups())
    assert (sentences, wrong) == (50, 0), printed
    assert right >= 0.75 * sentences


def test_a_report_that_cites_another_paper_is_not_refuted_by_xtreme(tmp_path) -> None:
    (claims,) = verify([shared("claims", "cases", "reports", "xlmr_abs.md")], tmp_path / "out")
    assert not [c["text"] for c in claims if c["verdict"] == "refuted"]
    (found,) = [c for c in claims if "66.3" in str(c["text"])]
    assert (found["verdict"], found["flags"]) == ("needs-data", ["other-version"])


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("# Notes", "\n## References\n\n- arXiv:2005.13013v1\n"),
        (
            "# English Intermediate-Task Training Improves Zero-Shot Cross-Lingual Transfer Too (version 1)",
            "\n- arXiv:2005.13013v1\n",
        ),
    ],
)
def test_a_report_says_by_its_title_or_references_which_version_it_is_about(
    head, tail, first_version, tmp_path
) -> None:
    report = tmp_path / "report.md"
    report.write_text(f"{head}\n\n## Claims\n\n- HellaSwag improves the target tasks by 7.9 points on average.\n{tail}")
    (claims,) = verify([report], tmp_path / "out", first_version)
    assert claims[0]["verdict"] == "supported"
    assert "phang2020 v1" in str(claims[0]["reason"])


OWN = """
[a]
title = "Which intermediate tasks help tagging"
cited_as = ["Maple et al. 2031"]

[b]
title = "Intermediate tasks do not help tagging"
arxiv = "3101.00001"
"""


@pytest.mark.parametrize(
    ("head", "claim", "word"),
    [
        ("# Which intermediate tasks help tagging", "MNLI improves XNLI.", "supported"),
        ("# Intermediate tasks do not help tagging", "MNLI improves XNLI.", "refuted"),
        ("# Notes", "MNLI improves XNLI.", "mixed"),
        ("# Notes", "MNLI improves XNLI (Maple et al., 2031).", "supported"),
        ("# Notes", "MNLI improves XNLI (arXiv:3101.00001).", "refuted"),
    ],
)
def test_studies_of_ones_own_are_chosen_by_what_a_report_or_a_sentence_cites(head, claim, word, tmp_path) -> None:
    rows = ["a,,none,xnli,dev,accuracy,79.0", "a,,mnli,xnli,dev,accuracy,82.0",
            "b,,none,xnli,dev,accuracy,79.0", "b,,mnli,xnli,dev,accuracy,76.0"]  # fmt: skip
    report = tmp_path / "report.md"
    report.write_text(f"{head}\n\n## Claims\n\n- {claim}\n")
    (claims,) = verify([report], tmp_path / "out", table(tmp_path, *rows, studies=OWN))
    assert claims[0]["verdict"] == word
