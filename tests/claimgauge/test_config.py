"""Defaults from the working folder: applied, named in every output, left out with `--no-config`."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from claimgauge.cli import cli
from reports.verdicts_json import schema

CLAIM = "# Notes\n\n## Claims\n\n- SQuAD improves TyDiQA by 2 points.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.md").write_text(CLAIM, encoding="utf-8")
    (tmp_path / "claimgauge.toml").write_text('[verify]\nno-built-in = true\nassume = "split=test"\n', "utf-8")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], standalone_mode=False)


def test_a_file_that_can_turn_verdicts_around_is_named_in_every_output(folder: Path) -> None:
    done = run("verify", "report.md", "--out", "out")
    said = "claimgauge.toml sets assume = split=test, no-built-in = true (assume, no-built-in can turn verdicts around)"
    assert said in done.stderr
    assert f"config  {said}" in done.stdout
    for name in ("report.html", "report.md", "junit.xml", "verdicts.sarif"):
        text = (folder / "out" / name).read_text(encoding="utf-8").replace("\\", "")
        assert said in text, name
    data = json.loads((folder / "out" / "verdicts.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema())
    options = {"assume": "split=test", "no-built-in": "true"}
    assert data["tool"]["config"] == {
        "file": "claimgauge.toml",
        "options": options,
        "evidence": ["assume", "no-built-in"],
    }


@pytest.mark.parametrize("place", ["before", "behind"])
def test_no_config_leaves_the_file_out(folder: Path, place: str) -> None:
    call = ["verify", "report.md", "--json"]
    done = run(*(["--no-config", *call] if place == "before" else [*call, "--no-config"]))
    assert "claimgauge.toml" not in done.stderr
    tool = json.loads(done.stdout)["tool"]
    assert tool["built_in"]
    assert tool["config"] is None


def test_an_option_on_the_command_line_wins_and_is_not_said_to_come_from_the_file(folder: Path) -> None:
    (folder / "claimgauge.toml").write_text('[explain]\nno-built-in = true\nresults = ["t.csv"]\n', "utf-8")
    (folder / "t.csv").write_text("model,NUS\nA,80.1\nB,70.2\n", "utf-8")
    done = run("explain", "MNLI has 392,702 training examples", "--results", "t.csv", "--json")
    assert json.loads(done.stdout)["config"]["options"] == {"no-built-in": "true"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[verify]\nresuts = "a.csv"\n', "[verify] has no option 'resuts'; did you mean 'results'?"),
        ("[analyze.cost]\nsiez = 3\n", "[analyze cost] has no option 'siez'; did you mean 'size'?"),
        ("[verfy]\n", "there is no command 'verfy'; did you mean 'verify'?"),
        ("verify = 3\n", "verify = 3 is no table"),
        ("[verify]\nworkers = [1, 2]\n", "workers = [1, 2] is no single value"),
        (
            '[verify]\nworkers = "two"\n',
            "claimgauge.toml: [verify] workers = 'two': 'two' is not a valid integer range.",
        ),
        ('[analyze.cost]\nlevel = "high"\n', "claimgauge.toml: [analyze cost] level = 'high': 'high' is not a valid"),
        ("[verify\n", "cannot be read"),
    ],
)
def test_a_file_that_says_what_nobody_understands_is_an_error_that_names_the_way_out(
    folder: Path, text: str, said: str
) -> None:
    (folder / "claimgauge.toml").write_text(text, encoding="utf-8")
    done = run(*(["analyze", "cost"] if "analyze" in text else ["verify", "report.md"]))
    assert said in str(done.exception.message), done.output  # type: ignore[union-attr]
    assert "--no-config" in str(done.exception.message)  # type: ignore[union-attr]


def test_another_file_may_be_named_before_and_behind_the_command(folder: Path) -> None:
    (folder / "mine.toml").write_text("[verify]\nprose = true\n", encoding="utf-8")
    for call in (["--config", "mine.toml", "verify", "report.md"], ["verify", "report.md", "--config", "mine.toml"]):
        assert "mine.toml sets prose = true; --no-config" in run(*call).stderr
