"""Options of `claimgauge verify`: few, one for all evidence, and those of the last release with a notice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import claimgauge as cg
from analysis.errors import InputError
from claimgauge.cli import cli
from claimgauge.commands.verify import command

REPORT = "# Notes\n\n## Claims\n\n- Alpha scores 60.5 on NUS.\n- MNLI improves XNLI by 2 points.\n"
TABLE = "Model,NUS\nAlpha,60.5\nBeta,58.5\n"
RESULTS = "model,intermediate,target,split,score\nxlm-r-large,none,xnli,test,60\nxlm-r-large,mnli,xnli,test,62\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("report.md", REPORT), ("table.csv", TABLE), ("results.csv", RESULTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["verify", "report.md", *arguments], standalone_mode=False)


def test_help_shows_at_most_eight_options() -> None:
    shown = [option for option in command.params if option.param_type_name == "option" and not option.hidden]
    assert len(shown) <= 8


def test_results_and_tables_by_others_are_told_apart_by_their_columns() -> None:
    done = run("--results", "table.csv", "--results", "results.csv", "--json")
    claims = json.loads(done.stdout)["reports"][0]["claims"]
    assert [claim["verdict"] for claim in claims] == ["supported", "supported"]
    assert "table.csv is read as a table by others; for results: cannot tell what 'NUS' is" in done.stderr
    assert "results.csv is read" not in done.stderr


def test_a_table_that_names_no_task_is_one_by_others_unless_the_task_is_said(folder: Path) -> None:
    (folder / "birds.csv").write_text("system,seed,German,Urdu\nHeron,1,74.7,61.9\nKestrel,1,69.9,58.0\n", "utf-8")
    (folder / "report.md").write_text("# Birds\n\n- Heron has a higher score than Kestrel on Urdu.\n", "utf-8")
    assert (
        "birds.csv is read as a table by others; for results: no name in it is a task"
        in run("--results", "birds.csv").stderr
    )
    fault = run("--results", "birds.csv", "--assume", "target=xnli").exception
    assert isinstance(fault, InputError)
    assert "the split is not stated" in fault.faults[0]


def test_explain_tells_results_and_tables_by_others_apart_as_verify_does(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["explain", "Alpha has a higher score than Beta on NUS.", "--results", "table.csv"])
    assert "verdict    supported" in done.stdout
    assert "table.csv is read as a table by others; for results: cannot tell what 'NUS' is" in done.stderr
    assert "say it with --assume columns=…" in done.stderr


def test_a_results_table_with_a_fault_is_no_table_by_others(folder: Path) -> None:
    (folder / "results.csv").write_text(RESULTS.replace(",62", ",many"), encoding="utf-8")
    fault = run("--results", "results.csv").exception
    assert isinstance(fault, InputError)
    assert fault.faults == ("score 'many' in row 2 is not a number",)


@pytest.mark.parametrize(
    ("option", "now"),
    [
        (["--table", "table.csv"], "note: --table is now --results: its columns tell what a file is"),
        (["--no-built-in"], "note: --no-built-in moved to claimgauge.toml, [verify] no-built-in = …"),
        (["--workers", "1"], "note: --workers moved to claimgauge.toml, [verify] workers = …"),
    ],
)
def test_options_of_the_last_release_work_and_say_what_takes_their_place(option: list[str], now: str) -> None:
    done = run(*option)
    assert done.return_value == 0
    assert f"{now}; it works here until the next release" in done.stderr


def test_a_setting_of_the_file_that_is_no_option_any_more_gets_no_notice(folder: Path) -> None:
    (folder / "claimgauge.toml").write_text("[verify]\nprose = true\n", encoding="utf-8")
    stderr = run().stderr
    assert "claimgauge.toml sets prose = true" in stderr
    assert "next release" not in stderr


def test_prose_beside_a_list_of_claims_is_read_where_the_summary_says_how(folder: Path) -> None:
    text = "# Notes\n\nMNLI improves XNLI by 2.1 points.\n\n## Claims\n\n- MNLI has 392,702 training examples.\n"
    assert len(cg.verify(text).claims) == 1
    assert len(cg.verify(text, prose=True).claims) == 2
    (folder / "report.md").write_text(text, encoding="utf-8")
    assert "(prose = true below [verify] in claimgauge.toml reads them; in Python" in run().output
