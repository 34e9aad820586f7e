"""The vocabulary agrees with the sources it names, and finds names as people write them."""

from __future__ import annotations

import csv
import re

import pytest
from shared_files import shared

from analysis.errors import UnknownNameError
from analysis.registry.vocabulary import fold, vocabulary
from analysis.results.result_names import resolve_intermediate

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("category", "spelling", "identifier"),
    [
        ("target", "TyDiQA", "tydiqa"),
        ("target", "TyDi QA", "tydiqa"),
        ("target", "TyDiQA-GoldP", "tydiqa"),
        ("target", "paws-x", "pawsx"),
        ("target", "PAWS X", "pawsx"),
        ("intermediate", "SQuAD v2.0", "squad2"),
        ("intermediate", "SQuAD 1.1", "squad1"),
        ("intermediate", "cosmos qa", "cosmosqa"),
        ("intermediate", "ANLI+", "anli+"),
        ("model", "XLM-RoBERTa Large", "xlm-r-large"),
        ("metric", "EM", "exact_match"),
        ("benchmark", "XTREME-R", "xtreme-r"),
        ("language", "Farsi", "fa"),
    ],
)
def test_a_name_is_found_as_people_write_it(category: str, spelling: str, identifier: str) -> None:
    entry = WORDS.find(category, spelling)
    assert entry is not None
    assert entry.id == identifier


def test_an_unversioned_squad_is_no_entry_because_two_tasks_share_the_name() -> None:
    assert WORDS.find("intermediate", "SQuAD") is None


def test_an_unknown_name_is_answered_with_the_near_one_and_the_command_that_lists_all() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean 'xnli'\?.*claimgauge ls tasks"):
        WORDS.resolve("target", "xnly", "results.csv")


def test_no_spelling_means_two_things_in_one_category() -> None:
    for category, entries in WORDS.entries.items():
        seen: dict[str, str] = {}
        for entry in entries.values():
            for spelling in entry.spellings:
                assert seen.setdefault(fold(spelling), entry.id) == entry.id, (category, spelling)


def test_every_fact_of_a_task_names_its_source() -> None:
    for category in ("intermediate", "target", "benchmark"):
        for entry in WORDS[category].values():
            assert entry.source("train_examples"), entry.id


def test_kinds_form_a_hierarchy_without_unknown_parents() -> None:
    for entry in WORDS["kind"].values():
        assert WORDS.kinds_above(entry.id) <= set(WORDS["kind"])
    for category in ("intermediate", "target"):
        assert {e.facts["kind"] for e in WORDS[category].values()} <= set(WORDS["kind"])


def test_languages_of_the_targets_are_all_in_the_vocabulary() -> None:
    for target in WORDS["target"]:
        assert set(WORDS.languages_of(target)) <= set(WORDS["language"])


def test_xtreme_spans_forty_languages_and_only_pan_x_reaches_them_all() -> None:
    targets = WORDS.targets_of("xtreme")
    spanned = {code for target in targets for code in WORDS.languages_of(target)}
    assert len(targets) == 9
    assert len(spanned) == WORDS["benchmark"]["xtreme"].facts["languages"] == 40
    assert [t for t in targets if len(WORDS.languages_of(t)) == 40] == ["panx"]


def test_the_parts_of_anli_plus_add_up() -> None:
    entry = WORDS["intermediate"]["anli+"]
    assert sum(entry.facts["parts"].values()) == entry.facts["train_examples"]


def test_the_intermediate_tasks_agree_with_the_fact_sheet() -> None:
    with shared("facts", "intermediate_tasks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            facts = WORDS["intermediate"][row["task"]].facts
            for field in ("train_examples", "dev_examples"):
                assert str(facts.get(field, "")) == row[field], (row["task"], field)


def test_the_target_tasks_agree_with_the_fact_sheet() -> None:
    with shared("facts", "target_tasks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            facts = WORDS["target"][row["task"]].facts
            assert str(facts.get("train_examples", "")) == row["train_examples"]
            assert ";".join(facts["metrics"]) == row["metric"]
            assert str(facts.get("n_languages", len(WORDS.languages_of(row["task"])))) == row["n_languages"]
            assert sorted(WORDS.languages_of(row["task"])) == sorted(
                re.findall(r"\b[a-z]{2}\b", row["languages"].split("(")[0])
            )
            if row["test_examples_per_language"]:
                sizes = [int(n) for n in row["test_examples_per_language"].split("-")]
                assert facts["test_examples_per_language"] == [sizes[0], sizes[-1]]


def test_the_study_has_nine_intermediate_tasks_whatever_else_may_come_between() -> None:
    assert len(WORDS["intermediate"]) == 9
    further = WORDS["further_intermediate"]
    assert {"ocnli", "farstail", "jcommonsenseqa", "sick", "lab-inference"} <= set(further)
    assert not set(further) & set(WORDS["intermediate"])
    assert {e.facts["kind"] for e in further.values()} <= set(WORDS["kind"])


def test_no_name_of_a_further_task_is_a_name_of_one_of_the_nine() -> None:
    nine = {fold(spelling) for e in WORDS["intermediate"].values() for spelling in e.spellings}
    assert not nine & {fold(spelling) for e in WORDS["further_intermediate"].values() for spelling in e.spellings}


def test_everything_of_the_laboratory_says_so_in_its_name() -> None:
    for category in ("target", "further_intermediate", "language", "model", "corpus"):
        synthetic = [e for e in WORDS[category].values() if e.facts.get("synthetic")]
        assert synthetic, category
        for entry in synthetic:
            assert entry.id.startswith("lab-"), entry.id
            assert all(spelling.casefold().startswith("lab") for spelling in entry.spellings)
    assert "laboratory" not in WORDS["benchmark"]


def test_laboratory_languages_have_codes_reserved_for_local_use() -> None:
    codes = [e.facts["iso639_3"] for e in WORDS["language"].values() if e.facts.get("synthetic")]
    assert all("qaa" <= code <= "qtz" for code in codes)
    assert len(set(codes)) == len(codes)


def test_laboratory_targets_are_no_part_of_xtreme() -> None:
    assert not {t for b in ("xtreme", "xtreme-r") for t in WORDS.targets_of(b) if t.startswith("lab-")}
    assert all(t.startswith("lab-") for t in WORDS.targets_of("laboratory"))


def test_the_sizes_of_further_tasks_name_their_source() -> None:
    for entry in WORDS["further_intermediate"].values():
        if not entry.facts.get("synthetic"):
            assert entry.source("train_examples"), entry.id


def test_a_further_task_is_a_run_of_the_results_table() -> None:
    assert resolve_intermediate(WORDS, "OCNLI") == "ocnli"
    assert resolve_intermediate(WORDS, "lab-inference>Lab Asking") == "lab-inference>lab-asking"
    with pytest.raises(LookupError, match="unknown intermediate"):
        resolve_intermediate(WORDS, "lab-nothing")
