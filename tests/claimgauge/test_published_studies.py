"""Published studies by their names on the command line: asked, drawn, audited, and no judges."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from command import ROOT, claimgauge, script

from analysis.published.printed import printed_table
from analysis.published.scores import published_scores, scores_of, words_of
from analysis.published.studies import shipped_studies
from analysis.registry.vocabulary import vocabulary
from claims.gathering import gather_evidence
from reports.matrix import transfer_matrix

MATRICES = ("phang2020-v1", "su2022")
WITHOUT_GAINS = {
    "stilts": "has no score without intermediate training on",
    "euroeval": "no run of the table has intermediate training",
    "xtreme": "xlm-r-large has no score without intermediate training on",
}
UNTOLD = {
    ("stilts", "hierarchy"): "the table holds one intermediate task (mnli) and an order needs two",
    ("stilts", "sources"): "the table holds intermediate data in one language",
    ("stilts", "cost"): "no run with intermediate training states what it cost",
    ("euroeval", "hierarchy"): "the table holds no scores with a single intermediate task",
    ("euroeval", "sources"): "the table holds intermediate data in no language",
    ("euroeval", "cost"): "no run has intermediate training",
    ("su2022", "sources"): "the table holds intermediate data in one language",
    ("su2022", "cost"): "no run with intermediate training states what it cost",
    ("phang2020-v1", "sources"): "the table holds intermediate data in one language",
}
PAGES = ("hierarchies.md", "audit.md")


@pytest.mark.parametrize(("study", "question"), UNTOLD)
def test_a_question_that_a_study_cannot_answer_is_answered_with_the_reason(study: str, question: str) -> None:
    done = claimgauge("analyze", question, f"published:{study}", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["says"] == "cannot-tell"
    assert UNTOLD[study, question] in said["text"]


@pytest.mark.parametrize(("study", "first"), [("phang2020-v1", "squad1"), ("su2022", "sst2")])
def test_the_tasks_of_a_study_are_ranked_by_its_own_scores(study: str, first: str) -> None:
    done = claimgauge("analyze", "hierarchy", f"published:{study}", "--details")
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert f"shows no spread between runs: {first} (" in text
    assert f"study {study}" in text


def test_languages_that_a_study_brings_with_it_have_families() -> None:
    done = claimgauge("analyze", "hierarchy", "published:euroeval", "--ranked", "model", "--details")
    assert "Indo-European 20, Uralic 3" in " ".join(done.stdout.split())


def test_several_studies_and_a_file_make_one_table(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("model,intermediate,target,split,score\nxlm-r-large,none,xnli,dev,80\n", encoding="utf-8")
    done = claimgauge(
        "analyze", "hierarchy", "published:su2022", "published:stilts", own, "--study", "su2022", "--json"
    )
    assert done.returncode == 0, done.stderr
    origins = json.loads(done.stdout)["asked"]["results"]
    assert [(Path(str(o["path"])).name, o["rows"]) for o in origins] == [
        ("published:su2022", 991),
        ("published:stilts", 18),
        ("own.csv", 1),
    ]


def test_an_unknown_study_is_answered_with_those_there_are() -> None:
    done = claimgauge("analyze", "hierarchy", "published:su2021")
    assert done.returncode == 3
    assert "unknown study 'su2021'; there are" in done.stderr


@pytest.mark.parametrize("study", MATRICES)
def test_the_matrix_of_a_study_is_drawn_with_the_names_it_brings(tmp_path: Path, study: str) -> None:
    done = claimgauge("plot", "matrix", f"published:{study}", "-o", tmp_path / "matrix.svg")
    assert done.returncode == 0, done.stderr
    drawn = (tmp_path / "matrix.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<?xml")
    words = words_of([study], vocabulary())
    matrix = transfer_matrix(scores_of(study), rng=np.random.default_rng(0), words=words)
    assert {t.id for t in matrix.targets} == set(scores_of(study)["target"]) - {"xtreme", "recast-ner"}


@pytest.mark.parametrize("study", WITHOUT_GAINS)
def test_a_study_without_gains_is_not_drawn_and_says_why(tmp_path: Path, study: str) -> None:
    done = claimgauge("plot", "matrix", f"published:{study}", "-o", tmp_path / "matrix.png")
    assert done.returncode == 4
    assert WITHOUT_GAINS[study] in done.stderr
    assert not (tmp_path / "matrix.png").exists()


def test_the_gains_of_the_first_version_are_those_it_prints() -> None:
    matrix = transfer_matrix(scores_of("phang2020-v1"), rng=np.random.default_rng(0), split="dev")
    runs = {"CSQA": "CommonsenseQA", "CosmosQA": "Cosmos QA", "SQuAD": "SQuAD 1.1", "Multi-task": "multi-task"}
    methods = {"No MLM": "plain", "With MLM": "mlm"}
    checked = 0
    for entry in printed_table("phang2020-v1").entries:
        if entry.block in methods and entry.metric in {"f1", "accuracy"}:
            label = f"{runs.get(entry.row, entry.row)} · {methods[entry.block]}"
            assert matrix.cells[label, entry.target].gain == pytest.approx(float(entry.printed)), entry
            checked += 1
    assert checked == 144


def test_the_audit_of_a_study_names_six_places() -> None:
    done = claimgauge("audit", "published:phang2020-v1")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 6
    found = json.loads(claimgauge("audit", "published:phang2020-v1", "--json").stdout)["findings"]
    assert [f["message"] for f in found] == [line.split(maxsplit=1)[1] for line in done.stdout.splitlines()]


def test_a_study_without_a_printed_table_cannot_be_audited() -> None:
    done = claimgauge("audit", "published:euroeval")
    assert done.returncode == 4
    assert "no table of euroeval is at hand as it was printed" in done.stderr


def test_no_row_of_a_study_that_does_not_judge_is_evidence() -> None:
    evidence, _ = gather_evidence([])
    found = {row.study for rows in evidence.rows.values() for row in rows}
    assert found == {shipped_studies().place(str(study), "")[0] for study in set(published_scores()["study"])}


def shown(page: str) -> list[tuple[str, str]]:
    """The commands of a page with what it says they print."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"```\n((?:claimgauge|python) [^\n]*)\n```\n\n```text\n(.*?)```\n", text, re.DOTALL)


@pytest.mark.parametrize(("command", "text"), [block for page in PAGES for block in shown(page)])
def test_the_pages_show_what_their_commands_print(command: str, text: str) -> None:
    program, *rest = shlex.split(command)
    done = claimgauge(*rest) if program == "claimgauge" else script(*rest)
    assert done.returncode == 0, done.stderr
    assert "".join(f"{line.rstrip()}\n" for line in done.stdout.rstrip().splitlines()) == text


OWN = """model,intermediate,target,language,metric,split,score,seed
m1,none,mytask,xx,myacc,test,50,1
m1,none,mytask,xx,myacc,test,51,2
m1,itask,mytask,xx,myacc,test,55,1
m1,itask,mytask,xx,myacc,test,57,2
m1,jtask,mytask,xx,myacc,test,53,1
m1,jtask,mytask,xx,myacc,test,52,2
"""
NAMES = """
[intermediate.itask]
name = "I"
[intermediate.jtask]
name = "J"
[target.mytask]
name = "My task"
[language.xx]
name = "Xx"
[metric.myacc]
name = "mine"
"""


@pytest.mark.parametrize("question", ["distance", "cost", "hierarchy", "order", "sources", "power"])
def test_names_beside_a_table_reach_the_questions_however_little_is_known_of_them(
    tmp_path: Path, question: str
) -> None:
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "own.names.toml").write_text(NAMES, encoding="utf-8")
    done = claimgauge("analyze", question, tmp_path / "own.csv")
    untold = "whether more or less 'myacc' is better is not known"
    said = done.stdout if done.returncode == 0 else done.stderr
    assert "cannot-tell" in said or untold in said or "without results that hold gains" in said
    (tmp_path / "own.names.toml").write_text(NAMES + "higher_is_better = true\n", encoding="utf-8")
    done = claimgauge("analyze", question, tmp_path / "own.csv")
    assert done.returncode == 0, done.stderr
    assert "says       cannot-tell" in done.stdout


def test_targets_of_a_users_table_are_drawn_under_their_own_names(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "own.names.toml").write_text(NAMES + "higher_is_better = true\n", encoding="utf-8")
    done = claimgauge("plot", "matrix", tmp_path / "own.csv", "-o", tmp_path / "own.svg")
    assert done.returncode == 0, done.stderr
