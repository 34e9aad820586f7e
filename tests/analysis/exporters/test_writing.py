import json

import jsonschema
import pytest
from shared_files import shared

from analysis.exporters import write_table
from analysis.importers import Given, import_results
from analysis.registry.vocabulary import vocabulary

SCORES = """model,intermediate,target,language,split,metric,seed,score,se
xlm-r-large,none,xnli,de,test,accuracy,,79.2,0.3
xlm-r-large,mnli,xnli,de,test,accuracy,,79.5,0.3
mine_1,none,xnli,de,test,accuracy,,79.50,0.3
mine_1,none,xnli,sw,test,accuracy,,69.25,
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("scores") / "scores.csv"
    path.write_text(SCORES)
    return import_results([path]).table


def written(table, path):
    write_table(table, path, registry=vocabulary(), made_by="claimgauge test")
    return path


def scores_of(table):
    rows = zip(table["model"], table["intermediate"], table["language"], table["score"], strict=True)
    return sorted((str(m), str(i), str(lang), float(score)) for m, i, lang, score in rows)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_results_table_comes_back_whole(table, tmp_path, ending):
    back = import_results([written(table, tmp_path / f"out.{ending}")]).table
    assert scores_of(back) == scores_of(table)
    assert back["se"].dropna().tolist() == [0.3, 0.3, 0.3]
    assert set(back["source"]) == set(table["source"])


def test_latex_with_booktabs_comes_back_with_the_same_scores(table, tmp_path):
    path = written(table, tmp_path / "out.tex")
    assert r"\toprule" in path.read_text()
    back = import_results([path], given=Given(target="xnli", split="test", metric="accuracy")).table
    assert scores_of(back) == scores_of(table)


def test_the_best_as_printed_is_bold_with_its_ties_and_what_errors_do_not_tell_apart_is_marked(table, tmp_path):
    text = written(table, tmp_path / "out.tex").read_text()
    assert r"xlm-r-large & mnli & \textbf{79.5} & --" in text
    assert r"mine\_1 & none & \textbf{79.50} & \textbf{69.25}" in text
    assert r"xlm-r-large & none & 79.2$^\dagger$ & --" in text


def test_markdown_has_a_line_for_each_system_and_says_what_its_marks_mean(table, tmp_path):
    lines = written(table, tmp_path / "out.md").read_text().splitlines()
    assert lines[0] == "| model | intermediate | de | sw |"
    cells = {tuple(cell.strip(" *†") for cell in line.strip("|").split("|")) for line in lines[2:5]}
    assert cells == {
        ("xlm-r-large", "none", "79.2", "–"),
        ("xlm-r-large", "mnli", "79.5", "–"),
        ("mine\\_1", "none", "79.50", "69.25"),
    }
    assert any("†: not told apart" in line for line in lines)


def test_records_of_every_eval_ever_hold_every_score_and_its_standard_error(table, tmp_path):
    records = [json.loads(line) for line in written(table, tmp_path / "out.jsonl").read_text().splitlines()]
    found = sorted(
        (r["model_info"]["id"], r["source_metadata"]["additional_details"]["intermediate"],
         one["source_data"]["additional_details"]["language"], one["score_details"]["score"])
        for r in records for one in r["evaluation_results"]
    )  # fmt: skip
    assert found == scores_of(table)
    errors = [one["score_details"].get("uncertainty") for r in records for one in r["evaluation_results"]]
    assert errors.count({"standard_error": {"value": 0.3}}) == 3


def test_records_of_every_eval_ever_fit_its_schema(table, tmp_path):
    schema = json.loads(shared("results", "samples2026", "every_eval_ever", "eval.schema.json").read_text())
    for line in written(table, tmp_path / "out.jsonl").read_text().splitlines():
        jsonschema.validate(json.loads(line), schema)
