"""The built-in evidence is what was read, row by row."""

from __future__ import annotations

import csv
import re
import tomllib
from importlib.resources import files

import pandas as pd
import pytest
from shared_files import shared

from analysis.errors import UnknownNameError
from analysis.published.scores import (
    findings,
    judging_tables,
    published_scores,
    scores_of,
    shipped_tables,
    words_of,
)
from analysis.published.studies import shipped_studies
from analysis.registry.vocabulary import vocabulary

KEY = ("study", "model", "intermediate", "target", "language", "metric", "split", "source")


def test_every_published_score_agrees_with_the_fact_sheet_and_none_is_left_out() -> None:
    with shared("facts", "published_scores.csv").open(encoding="utf-8") as file:
        expected = {tuple(row[k] for k in KEY): float(row["score"]) for row in csv.DictReader(file)}
    table = scores_of("xtreme")
    found = {tuple(str(row[k]) for k in KEY): row["score"] for _, row in table.iterrows()}
    assert found == expected


def test_every_published_score_names_a_source_and_a_known_study() -> None:
    table = published_scores()
    assert set(table["provenance"]) == {"published"}
    assert table["source"].astype(str).str.len().min() > 10
    known = shipped_studies()
    assert {known.place(str(study), "")[0] for study in set(table["study"])} <= set(known.known)


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


STUDIES = files("analysis") / "data" / "published" / "studies.toml"
OTHERS = ("phang2020-v1", "su2022", "stilts", "euroeval")


@pytest.mark.parametrize("study", shipped_tables())
def test_every_table_has_a_source_in_every_row(study: str) -> None:
    table = scores_of(study)
    assert set(table["provenance"]) == {"published"}
    assert table["source"].astype(str).str.len().min() > 10


def test_a_table_that_does_not_judge_is_not_among_the_scores_that_decide_claims() -> None:
    assert judging_tables() == ("xtreme", "phang2020-v1")
    shown = {study for name in OTHERS if name not in judging_tables() for study in scores_of(name)["study"]}
    assert not set(published_scores()["study"]) & shown


@pytest.mark.parametrize("study", OTHERS)
def test_a_study_under_a_licence_says_which_and_where_it_was_read(study: str) -> None:
    assert shipped_tables()[study].licence
    assert shipped_tables()[study].address


def test_an_unknown_study_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown study 'su2021'; there are xtreme, .*su2022"):
        scores_of("su2021")


def test_the_row_of_the_mt5_readme_is_not_the_first_versions() -> None:
    cell = ["intermediate", "target", "language", "metric", "split"]
    row = published_scores()[published_scores()["study"] == "x-stilts-first-version"].set_index(cell)["score"]
    first = _first_version().set_index([*cell, "method"])["score"].xs("plain", level="method")
    same = {key[1]: first[key] == score for key, score in row.items()}
    assert same == {"xnli": True, "pawsx": True, "panx": False, "xquad": True, "mlqa": True, "tydiqa": False}
    said = tomllib.loads(STUDIES.read_text(encoding="utf-8"))["x-stilts-first-version"]
    assert "version" not in said
    assert "version 1" not in said["title"]
    for target, metric in (("panx", "f1"), ("tydiqa", "f1")):
        key = ("best_per_target", target, "mean", metric, "test")
        assert f"{row[key]}; version 1 prints {first[key]}" in said["note"]


def _first_version() -> pd.DataFrame:
    table = scores_of("phang2020-v1")
    return table[~table["study"].astype(str).str.startswith("xtreme")]


def _raw_first_version() -> dict[tuple[str, ...], str]:
    with shared("facts", "phang2020_v1_results.csv").open(encoding="utf-8") as file:
        return {
            tuple(r[c] for c in ("model", "intermediate", "method", "target", "language", "split", "metric")): r[
                "score"
            ]
            for r in csv.DictReader(file)
            if r["study"] != "xtreme"
        }


def _raw_prompts() -> dict[tuple[str, ...], str]:
    models = {"Roberta": "roberta-base", "RobertaLarge": "roberta-large", "T5": "t5-base", "T5Small": "t5-small"}
    fold = str.maketrans("", "", "-_ ")
    tasks = {name.translate(fold): name for name in scores_of("su2022")["target"].astype(str).unique()}
    tasks |= {"laptop": "semeval-laptop", "restaurant": "semeval-restaurant", "squad": "squad1", "random": "none"}
    written, raw = {"squad", "nq_open", "multi_news", "samsum"}, {}
    with shared("results", "prompt_transfer", "prompt_transfer_su2022.csv").open(encoding="utf-8") as file:
        for r in csv.DictReader(file):
            if r["kind"] == "model_transfer" or r["source_model"] not in {"", r["model"]}:
                continue
            source, target = (tasks[r[column].lower().translate(fold)] for column in ("source", "target"))
            metric = "value_filed_as_acc" if r["target"] in written else "accuracy"
            key = (models[r["model"]], source, "plain", target, "en", "dev", metric)
            raw[key] = str(round(float(r["value"]) * 100, 4))
    return raw


def _raw_stilts() -> dict[tuple[str, ...], str]:
    raw = {}
    for line in shared("results", "stilts", "stilts_bert_large.md").read_text(encoding="utf-8").splitlines():
        found = re.match(r"\| BERT-Large +\| (\S+) +\| (\S+) .*\| ([\d.]+) \| ([\d.]+) \|", line)
        if found:
            run = "none" if found[1] == "-" else found[1].strip("*").lower()
            target = {"sst": "sst2"}.get(found[2].strip("*").lower(), found[2].strip("*").lower())
            for split, score in (("dev", found[3]), ("test", found[4])):
                raw["bert-large", run, "plain", target, "en", split, "glue_score"] = score
    return raw


def _raw_euroeval() -> dict[tuple[str, ...], str]:
    words = words_of(["euroeval"], vocabulary())
    norms = {"scala_nb": "nb", "norne_nb": "nb", "scala_nn": "nn", "norne_nn": "nn"}
    tasks = {
        "S": ("sentiment-classification", "mcc", "macro_f1"),
        "N": ("named-entity-recognition", "micro_f1_no_misc", "micro_f1"),
        "L": ("linguistic-acceptability", "mcc", "macro_f1"),
        "R": ("reading-comprehension", "f1", "exact_match"),
    }
    raw = {}
    with shared("results", "euroeval", "euroeval_encoders.csv").open(encoding="utf-8") as file:
        for r in csv.DictReader(file):
            name = words.find("language", norms.get(r["dataset"], r["language"]))
            model = words.find("model", r["model"])
            target, *metrics = tasks[r["task"][:1] or ("N" if r["dataset"].startswith("norne") else "L")]
            for metric, score in zip(metrics, ("score", "score2"), strict=True):
                named = (model.id if model else r["model"], "none", "plain")
                key = (*named, target, name.id if name else "", "test", metric)
                raw[key] = r[score]
    return raw


RAW = dict(zip(OTHERS, (_raw_first_version, _raw_prompts, _raw_stilts, _raw_euroeval), strict=True))


@pytest.mark.parametrize("study", OTHERS)
def test_a_hundred_numbers_of_a_study_are_those_of_the_file_they_were_read_from(study: str) -> None:
    table, raw = _first_version() if study == "phang2020-v1" else scores_of(study), RAW[study]()
    assert len(table) == len(raw)
    picked = table.sample(min(100, len(table)), random_state=13)
    for row in picked.itertuples():
        key = (row.model, row.intermediate, row.method, row.target, row.language, row.split, row.metric)
        assert row.score == pytest.approx(float(raw[tuple(map(str, key))]), abs=1e-9), key
