"""Claims held against the sources that they cite."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_files import shared

from claims.attribution.finding import Attribution
from claims.library.adding import add_files, files_in
from claims.library.store import opened
from claims.setup import ReportChecker, Setup
from claims.verify import CheckedReport

STUDY = """# A Made-Up Study of Warm Starts for Encoders

arXiv:2101.00001v2 [cs.CL]

## Results

Intermediate-task training on MNLI yields a target-task improvement of 7.6 points on the development set.
QQP is sourced from Quora questions. XNLI covers 15 languages. The warm start brings a gain of 3.5 points on one machine.
MNLI contains 392,702 training examples. Warm starts make encoders kinder, it is said. At a rate of 0.1 the boats are level.
Hu et al. (2020) report that XTREME includes 8 tasks.

| Model | Reef | Quay |
|---|---|---|
| Drift | 71.2 | 64.0 |
| Swell | 70.1 | 66.3 |
"""
OLDER = STUDY.replace("v2 [cs", "v1 [cs").replace("7.6 points", "7.5 points").replace("3.5 points", "4.5 points")
REFERENCES = "\n## References\n\n[1] arXiv:2101.00001v2\n\n[2] A. Nobody. 2019. What is not at hand.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources")


def library(folder: Path, **papers: str) -> Path:
    database = folder / f"{'_'.join(papers)}.db"
    if not database.exists():
        for name, text in papers.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        with opened(database, new=True) as store:
            list(add_files(store, files_in([folder / f"{name}.md" for name in papers])))
    return database


def checked(folder: Path, database: Path, *claims: str, references: str = REFERENCES) -> CheckedReport:
    report = folder / "report.md"
    listed = "\n".join(f"- {claim}" for claim in claims)
    report.write_text(f"# A review\n\n## Claims\n\n{listed}\n{references}", encoding="utf-8")
    return ReportChecker(Setup(sources=(database,))).check(report)


def asked(folder: Path, database: Path, claim: str) -> Attribution:
    (found,) = checked(folder, database, claim).claims[0].attributions
    return found


@pytest.mark.parametrize(
    ("claim", "kind", "told"),
    [
        ("MNLI has 392,702 training examples [1].", "stated", "line 9"),
        ("The warm start brings a gain of 3.5 points on one machine [1].", "stated", "line 8"),
        ("Drift scores higher than Swell on Reef [1].", "stated", "Drift · Reef: 71.2"),
        ("Intermediate-task training on MNLI yields an improvement of 7.5 points on the development set [1].",
         "other-number", "says 7.6, not 7.5"),
        ("The warm start brings a gain of 4.5 points on one machine [1].", "other-number", "says 3.5, not 4.5"),
        ("MNLI has 392,703 training examples [1].", "other-number", "says 392702, not 392703"),
        ("Drift scores 72.2 on Reef [1].", "other-number", "says 71.2, not 72.2"),
        ("Swell scores higher than Drift on Reef [1].", "says-otherwise", "Drift · Reef: 71.2"),
        ("QQP is sourced from Quora questions and Wikipedia [1].", "says-less", "Quora"),
        ("Intermediate-task training on MNLI improves performance on the development set [1].", "says-more", "7.6"),
        ("XTREME includes 8 tasks [1].", "stated", "Hu et al."),
        ("XTREME includes 9 tasks [1].", "not-found", "5 of 9 sentences"),
        ("PAWS-X covers 7 languages [1].", "not-found", "5 of 9 sentences"),
        ("At a rate of 0.3 the boats are level [1].", "not-found", "5 of 9 sentences"),
        ("MNLI has 392,702 training examples [2].", "not-at-hand", "What is not at hand"),
        ("MNLI has 392,702 training examples [7].", "not-at-hand", "[7]"),
    ],
)  # fmt: skip
def test_a_cited_source_is_asked_what_it_says(folder: Path, claim: str, kind: str, told: str) -> None:
    found = asked(folder, library(folder, study=STUDY), claim)
    assert found.kind == kind, found
    assert told in found.reason


def test_a_similar_sentence_decides_nothing_and_is_shown_as_nearby(folder: Path) -> None:
    found = asked(
        folder, library(folder, study=STUDY), "The warm start brings a gain of 3.5 points on every machine [1]."
    )
    assert found.kind == "not-found"
    assert found.nearby is not None
    assert found.nearby.text == "The warm start brings a gain of 3.5 points on one machine."
    assert found.readable is not None
    assert (found.readable.tables, found.readable.empty_pages) == (1, 0)
    assert 0 < found.readable.read < found.readable.sentences


def test_what_only_another_version_states_is_said_to_be_of_that_version(folder: Path) -> None:
    both = library(folder, study=STUDY, older=OLDER)
    found = asked(folder, both, "The warm start brings a gain of 4.5 points on one machine [1].")
    assert (found.kind, found.in_version, found.version) == ("other-version", "stated", "v1")
    assert "says 3.5, not 4.5" in found.reason
    assert asked(folder, both, "XNLI covers 15 languages [1].").version == "v2"


def test_where_the_cited_version_is_not_at_hand_the_other_one_is_told_as_such(folder: Path) -> None:
    found = asked(
        folder, library(folder, older=OLDER), "The warm start brings a gain of 3.5 points on one machine [1]."
    )
    assert (found.kind, found.in_version, found.document) == ("other-version", "other-number", "older.md")
    assert "v2 is not at hand" in found.reason


def test_a_report_with_references_is_held_against_those_at_hand(folder: Path) -> None:
    database = library(folder, study=STUDY)
    uncited = checked(folder, database, "MNLI has 392,702 training examples.").claims[0]
    assert [found.kind for found in uncited.attributions] == ["stated"]
    bare = checked(folder, database, "MNLI has 392,702 training examples.", references="").claims[0]
    assert bare.attributions == ()


def test_what_a_source_states_bears_no_claim_out(folder: Path) -> None:
    claim = "The warm start brings a gain of 3.5 points on one machine [1]."
    (one,) = checked(folder, library(folder, study=STUDY), claim).claims
    assert one.attributions[0].kind == "stated"
    assert one.verdict.verdict == "not-testable"


def test_every_seed_claim_is_answered_from_the_first_version(tmp_path: Path) -> None:
    paper, seeds = shared("papers", "phang2020_v1.pdf"), sorted(shared("reports", "seeds").glob("*.txt"))
    database = tmp_path / "v1.db"
    with opened(database, new=True) as store:
        list(add_files(store, [paper]))
    checker = ReportChecker(Setup(sources=(database,)))
    found = [claim for seed in seeds for claim in checker.check(seed).claims]
    assert len(found) == 60
    assert {one.kind for claim in found for one in claim.attributions} == {"other-version"}
    said = {(one.in_version, claim.claim.text[:36]) for claim in found for one in claim.attributions}
    assert ("other-number", "Intermediate-task training on SQuAD ") in said
    assert ("says-otherwise", "Multi-task intermediate-task trainin") in said
    assert ("stated", "Applying intermediate-task training ") in said
    assert ("not-found", "Training on English intermediate tas") in said
    assert all(one.version == "v1" and one.readable for claim in found for one in claim.attributions)


@pytest.mark.parametrize(
    ("entry", "at_hand"),
    [
        ("B. Moor. 2021. A Made-Up Study of Warm Starts for Encoders. In a journal.", True),
        ("A made-up study of warm starts for encoders", True),
        ("https://arxiv.org/abs/2101.00001", True),
        ("B. Moor. 2021. A Made-Up Study of Warm Starts for Encoders and Decoders.", False),
        ("B. Moor. 2021. Beyond a Made-Up Study of Warm Starts for Encoders.", False),
        ("https://arxiv.org/abs/2101.00002", False),
    ],
)
def test_a_source_is_known_by_its_number_or_its_whole_title(folder: Path, entry: str, at_hand: bool) -> None:
    claim, references = "XNLI covers 15 languages [1].", f"\n## References\n\n[1] {entry}\n"
    (one,) = checked(folder, library(folder, study=STUDY), claim, references=references).claims
    assert [found.kind for found in one.attributions] == ["stated" if at_hand else "not-at-hand"]
