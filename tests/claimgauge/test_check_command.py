"""`claimgauge check`, and the tables of `verify` and `explain`, as a user runs them."""

from __future__ import annotations

import json
import time
from pathlib import Path

import jsonschema
import pytest
from command import EXAMPLE, claimgauge
from small_tables import WITHHELD

from reports.verdicts_json import schema
from reports.verdicts_read import whole

TABLE = "# Accuracy.\nModel,NUS,Inspec\nAlpha,60.5,41.0\nBeta,58.4,42.0\n"
PATIENCE = 5.0
"""Seconds a command may take; most of them are spent on starting it."""
TRUE, FALSE = "Alpha beats Beta by 2.1 points on NUS.", "Beta outperforms Alpha on NUS."


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_claim_in_my_words_over_my_table_is_decided_down_to_the_cell(table: Path) -> None:
    done = claimgauge("check", TRUE, "--table", table)
    assert done.returncode == 0, done.stderr
    lines = {line[:11].strip(): line[11:] for line in done.stdout.splitlines() if line[:1].strip()}
    assert lines["verdict"] == "supported"
    assert lines["assertion"] == '(= (-better (at "Alpha" "NUS") (at "Beta" "NUS")) 2.1)'
    assert lines["words"].startswith("Alpha → ")
    assert lines["cells"] == "Alpha · NUS = 60.5 [60.45, 60.55]; t.csv, row 1, column 1 (imported)"


def test_json_holds_the_verdict_its_cells_and_what_each_word_became(table: Path) -> None:
    done = claimgauge("check", FALSE, "--table", table, "--json", "--fail-on", "refuted")
    assert done.returncode == 1, done.stderr
    data = json.loads(done.stdout)
    assert (data["claim"], data["verdict"]) == (FALSE, "refuted")
    assert [item["value"] for item in data["evidence"]] == [58.4, 60.5]
    assert " ".join(used["text"] for used in data["certificate"]).replace(" .", ".") == FALSE


def test_a_claim_that_is_not_read_whole_says_which_word_stands_in_the_way(table: Path) -> None:
    done = claimgauge("check", "Alpha gracefully beats Beta on NUS.", "--table", table)
    assert done.returncode == 0, done.stderr
    assert "verdict    not-testable" in done.stdout
    assert "“gracefully”" in done.stdout
    assert "assertion  none" in done.stdout


def test_several_tables_are_asked_and_the_one_that_knows_the_names_decides(tmp_path: Path, table: Path) -> None:
    other = tmp_path / "o.md"
    other.write_text("F1.\n\n| System | SQuAD F1 |\n|---|---|\n| Oak | 70.1 |\n| Elm | 68.0 |\n", encoding="utf-8")
    done = claimgauge("check", "Oak outperforms Elm.", "--table", table, "--table", other, "--json")
    data = json.loads(done.stdout)
    assert data["verdict"] == "supported"
    assert data["evidence"][0]["source"].startswith("o.md")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        ((TRUE,), 2, "a claim needs a table: --table FILE"),
        ((TRUE, "--table", "nowhere.csv"), 3, "nowhere.csv: no such file; check the path"),
        ((TRUE, "--table", "t.csv", "--table", "t.xyz"), 3, "unsupported file type '.xyz'"),
        (("  ", "--table", "t.csv"), 2, "the claim is empty"),
        ((), 2, "the claim is empty"),
        ((TRUE, "--batch", "b.jsonl"), 2, "not both"),
        (("--batch", "nowhere.jsonl"), 3, "nowhere.jsonl"),
        ((TRUE, "--table", "t.csv", "--fail-on", "wrong"), 2, "--fail-on: unknown verdict 'wrong'"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    tmp_path: Path, table: Path, arguments: tuple[str, ...], code: int, part: str
) -> None:
    assert table.exists()
    (tmp_path / "t.xyz").touch()
    (tmp_path / "b.jsonl").touch()
    done = claimgauge("check", *arguments, cwd=tmp_path)
    assert (done.returncode, part in done.stderr) == (code, True), done.stderr


@pytest.mark.parametrize(
    ("claim", "cell", "right"),
    [
        (f"Alpha scores {'6' * 40} on NUS.", "60.5", "refuted"),
        (f"Alpha scores 60.{'5' * 40} on NUS.", "60.5", "supported"),
        ("Alpha scores 60.5 on NUS.", "6" * 40, "refuted"),
        ("Alpha scores 1e400 on NUS.", "60.5", "refuted"),
        ("Alpha beats Beta on NUS.", "1e400", "supported"),
        ("Alpha scores 60.5 on NUS.", "-1e400", "refuted"),
        ("Alpha scores nan on NUS.", "nan", ""),
        (f"Alpha beats Beta on NUS{' and on Inspec' * 3000}.", "60.5", ""),
        ("word " * 10_000, "60.5", ""),
    ],
    ids=[
        "40 digits",
        "40 decimals",
        "cell of 40 digits",
        "1e400",
        "cell of 1e400",
        "cell of -1e400",
        "nan",
        "long",
        "words",
    ],
)
def test_numbers_and_sentences_beyond_all_measure_are_answered_at_once(
    tmp_path: Path, claim: str, cell: str, right: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"# Accuracy.\nModel,NUS,Inspec\nAlpha,{cell},41.0\nBeta,58.4,42.0\n", encoding="utf-8")
    started = time.monotonic()
    done = claimgauge("check", claim, "--table", path, "--json")
    assert time.monotonic() - started < PATIENCE
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert found["verdict"] in {right, *WITHHELD}


def test_a_span_of_a_billion_columns_is_cut_to_the_table(tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    rows = "<tr><td>Model</td><td colspan=1000000000>NUS accuracy</td></tr><tr><td>Alpha</td><td>60.5</td></tr>"
    path.write_text(f"<table>{rows}<tr><td>Beta</td><td>58.4</td></tr></table>", encoding="utf-8")
    started = time.monotonic()
    done = claimgauge("check", "Alpha beats Beta.", "--table", path, "--json")
    assert time.monotonic() - started < PATIENCE
    assert json.loads(done.stdout)["verdict"] == "supported"


def test_bytes_that_are_no_text_in_a_claim_are_unknown_words_and_no_fault(table: Path) -> None:
    for form in ((), ("--json",)):
        done = claimgauge("check", "Alpha \udcff beats Beta on NUS.", "--table", table, *form)
        assert done.returncode == 0, done.stderr
        assert "not-testable" in done.stdout


def test_a_table_decides_what_the_report_leaves_open_and_changes_nothing_else(tmp_path: Path, table: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")

    def verdicts(*more: str | Path) -> tuple[dict[str, object], list[dict[str, object]]]:
        done = claimgauge("verify", report, "--json", *more)
        assert done.returncode == 0, done.stderr
        data = json.loads(done.stdout)
        jsonschema.validate(data, schema())
        return data["tool"], data["reports"][0]["claims"]

    before = verdicts()[1]
    tool, after = verdicts("--results", table)
    assert [claim["verdict"] for claim in after] == [claim["verdict"] for claim in before]
    assert [Path(f["path"]).name for f in tool["results"]] == ["t.csv"]  # type: ignore[attr-defined]


def test_verify_and_explain_show_the_cells_of_a_table(tmp_path: Path, table: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(f"# Systems\n\n- [x] {TRUE}\n- [x] {FALSE}\n- [x] Life is good.\n", encoding="utf-8")
    done = claimgauge("verify", report, "--json", "--results", table, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    claims = whole(json.loads(done.stdout), "verify")["reports"][0]["claims"]
    assert [claim["verdict"] for claim in claims] == ["supported", "refuted", "not-testable"]
    assert claims[0]["evidence"][0]["source"] == "t.csv, row 1, column 1"
    shown = claimgauge("explain", FALSE, "--results", table)
    assert "verdict    refuted" in shown.stdout
    assert "t.csv, row 2, column 1" in shown.stdout


@pytest.mark.parametrize("command", ["check", "explain"])
def test_what_commands_a_terminal_is_shown_and_not_obeyed(table: Path, command: str) -> None:
    done = claimgauge(command, "Alpha \x1b[31mbeats Beta\u202e\n on NUS.", "--table", table)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert done.stdout.startswith(r"Alpha \x1b[31mbeats Beta\u202e\n on NUS.")


@pytest.mark.parametrize("shown", [[], ["--json"]])
def test_bytes_that_are_no_text_are_shown_as_what_they_are(table: Path, shown: list[str]) -> None:
    done = claimgauge("check", "Alpha beats \udcff Beta.", "--table", table, *shown)
    assert done.returncode == 0, done.stderr
    assert r"Alpha beats \udcff Beta." in done.stdout


def test_the_nearest_rewording_is_shown_and_checked_with_one_option(table: Path) -> None:
    claim = "Alpha happily outperforms Beta on NUS, hands down."
    done = claimgauge("check", claim, "--table", table)
    assert "reword?    Alpha outperforms Beta on NUS" in done.stdout
    assert "left out   happily; hands down" in done.stdout
    assert "verdict    not-testable" in done.stdout
    accepted = claimgauge("check", claim, "--table", table, "--accept")
    assert accepted.stdout.startswith("Alpha outperforms Beta on NUS\n")
    assert f"not the claim “{claim}”; left out: happily; hands down" in accepted.stderr
    assert "verdict    supported" in accepted.stdout


def test_significance_over_many_lines_is_left_open_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Model,NUS,Inspec\nAlpha,60.5 ± 0.3,43.0 ± 0.4\nBeta,58.4 ± 0.3,42.0 ± 0.2\n")
    done = claimgauge(
        "check", "Alpha is significantly better than Beta on all tasks.", "--table", "t.csv", cwd=tmp_path
    )
    assert done.returncode == 0
    assert "inconclusive" in done.stdout
