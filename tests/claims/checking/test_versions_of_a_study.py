"""With the first version of a study at hand: what it settles for itself, and what it leaves open for the second."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_files import shared
from study_tables import verdict

from claims.citations import Cited

V1 = Cited("phang2020", "v1", "report", "Phang et al. 2020")
V2 = Cited("phang2020", "v2", "report", "Phang et al. 2020")


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
