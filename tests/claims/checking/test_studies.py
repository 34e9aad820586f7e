"""A score belongs to a study and a version of its text: nothing is computed across them, and a citation chooses."""

from __future__ import annotations

import pytest
from study_tables import HEAD, gathered, table, verdict

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from claims.citations import NOTHING
from claims.domains.registry.claim import read_with_citations
from claims.gathering import gather_evidence

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
