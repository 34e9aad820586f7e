"""The option --vocabulary of commands that read results."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.registry.vocabulary import built_in, vocabulary
from claimgauge.cli import cli as main

OWN = """
[tasks.topics]
name = "Topics"
aliases = ["Topic-200"]
languages = "en xqq"
[languages.xqq]
name = "Conlang"
family = "Constructed"
[data.topics]
form = "classification"
labels = ["a", "b"]
fields = { first = "text" }
files = [{ split = "test", format = "csv", paths = ["x.csv"] }]
"""

TABLE = """study,model,intermediate,target,language,split,metric,score
s,xlm-r-large,none,Topic-200,Conlang,test,accuracy,50
s,xlm-r-large,mnli,Topic-200,Conlang,test,accuracy,60
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(OWN)
    (tmp_path / "results.csv").write_text(TABLE)
    return tmp_path


def test_import_knows_own_tasks_and_languages_and_leaves_them_beside_its_table(folder: Path) -> None:
    run = CliRunner()
    asked = ["import", str(folder / "results.csv"), "--strict", "-o", str(folder / "out.csv")]
    assert run.invoke(main, asked).exit_code != 0, "without the file its names are unknown"
    done = run.invoke(main, [*asked, "--vocabulary", str(folder / "own.toml")])
    assert done.exit_code == 0, done.output
    assert (folder / "out.csv").read_text().count(",topics,xqq,") == 2
    names = (folder / "out.names.toml").read_text()
    assert 'family = "Constructed"' in names.replace('"family"', "family")
    assert "x.csv" not in names
    assert vocabulary() is built_in(), "the option holds for one command"


def test_a_wrong_vocabulary_file_is_told_before_anything_else(folder: Path) -> None:
    (folder / "own.toml").write_text(OWN.replace("[tasks.topics]", "[task.topics]"))
    done = CliRunner().invoke(
        main, ["analyze", "cost", str(folder / "results.csv"), "--vocabulary", str(folder / "own.toml")]
    )
    assert "task is not known; did you mean 'tasks'?" in f"{done.output}{done.exception}"


def test_data_of_an_own_task_are_translated(folder: Path) -> None:
    (folder / "x.csv").write_text("text,label\nwarm bread,a\ncold rain,b\n")
    (folder / "own.toml").write_text(OWN.replace('split = "test"', 'split = "train"'))
    asked = ["translate", "topics", "--to", "xqq", "--engine", "command", "--command", "rev", "--data", str(folder)]
    done = CliRunner().invoke(main, [*asked, "--out", str(folder / "out"), "--vocabulary", str(folder / "own.toml")])
    assert done.exit_code == 0, f"{done.output}{done.exception}"
    assert "daerb mraw" in (folder / "out" / "topics" / "xqq" / "train.jsonl").read_text()
