"""The built-in evidence is what was read, row by row."""

from __future__ import annotations

import csv

from shared_files import shared

from analysis.published import findings, published_scores
from analysis.studies import shipped_studies
from analysis.vocabulary import vocabulary

KEY = ("study", "model", "intermediate", "target", "language", "metric", "split", "source")


def test_every_published_score_agrees_with_the_fact_sheet_and_none_is_left_out() -> None:
    with shared("facts", "published_scores.csv").open(encoding="utf-8") as file:
        expected = {tuple(row[k] for k in KEY): float(row["score"]) for row in csv.DictReader(file)}
    table = published_scores()
    found = {tuple(str(row[k]) for k in KEY): row["score"] for _, row in table.iterrows()}
    assert found == expected


def test_every_published_score_names_a_source_and_a_known_study() -> None:
    table = published_scores()
    assert set(table["provenance"]) == {"published"}
    assert table["source"].astype(str).str.len().min() > 10
    assert set(table["study"]) <= set(shipped_studies().known)


def test_a_published_score_keeps_the_digits_it_was_printed_with() -> None:
    assert set(published_scores()["decimals"]) == {1.0}


def test_findings_name_a_study_a_source_and_what_they_say() -> None:
    words = vocabulary()
    for finding in findings():
        assert finding.study in words["study"]
        assert finding.source
        assert finding.says
    assert [f.id for f in findings() if f.superseded] == ["F6"]


def test_the_cited_papers_agree_with_the_fact_sheet() -> None:
    papers = {p.facts["arxiv"]: p for p in vocabulary()["paper"].values()}
    with shared("facts", "cited_papers.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert papers[row["arxiv"]].name == row["title"]
            assert (papers[row["arxiv"]].facts["bearing"] == "unrelated") == row["bearing_on_the_reports"].startswith(
                "unrelated"
            )


def test_studies_name_papers_tasks_and_other_studies_that_are_known() -> None:
    known, words = shipped_studies().known, vocabulary()
    for study in known.values():
        assert study.paper in words["paper"]
        assert set(study.cites) <= set(known)
        for edition in study.editions.values():
            assert set(edition.intermediates) | set(edition.multitask) <= set(words["intermediate"])
            assert edition.superseded_by in {None, *study.editions}
            assert edition.source


def test_a_version_is_found_by_the_spelling_that_a_table_uses() -> None:
    studies = shipped_studies()
    assert studies.place("phang2020-v1", "") == ("phang2020", "v1")
    assert studies.place("x-stilts-leaderboard", "") == ("x-stilts-leaderboard", "v2")
    assert studies.place("mine", "draft") == ("mine", "draft")
    assert studies.current("phang2020") == "v2"
    assert len(studies.editions_of("phang2020")["v1"].intermediates) == 7
