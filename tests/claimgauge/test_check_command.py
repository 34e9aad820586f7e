"""`claimgauge check`, and the tables of `verify` and `explain`, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from command import EXAMPLE, ROOT, claimgauge

from reports.verdicts_json import schema

TABLE = "Model,NUS,Inspec\nAlpha,60.5,41.0\nBeta,58.4,42.0\n"
TRUE, FALSE = "Alpha beats Beta by 2.1 points on NUS.", "Alpha outperforms Beta on both NUS and Inspec."


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
    assert lines["assertion"] == '(better "Alpha" "Beta" :on "NUS" :by 2.1 points)'
    assert 0 < float(lines["certainty"].split()[0]) <= 1
    assert lines["linked"] == "Alpha → row “Alpha” (1.00)"
    assert lines["cells"] == "Alpha · NUS = 60.5 [60.45, 60.55]; t.csv row 2 column 2: 60.5 (imported)"


def test_json_holds_the_verdict_its_certainty_and_the_links(table: Path) -> None:
    done = claimgauge("check", FALSE, "--table", table, "--json", "--fail-on", "refuted")
    assert done.returncode == 1, done.stderr
    data = json.loads(done.stdout)
    assert (data["claim"], data["verdict"]) == (FALSE, "refuted")
    assert 0 < data["certainty"] <= 1
    assert [link["names"] for link in data["links"]] == ["Alpha", "Beta", "NUS", "Inspec"]
    assert [item["value"] for item in data["evidence"]] == [60.5, 58.4, 41.0, 42.0]


def test_a_higher_threshold_gives_no_verdict_and_says_why(table: Path) -> None:
    done = claimgauge("check", TRUE, "--table", table, "--threshold", "1")
    assert "verdict    not-testable" in done.stdout
    assert "so no verdict is given" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        ((TRUE,), 2, "Missing option '--table'"),
        ((TRUE, "--table", "nowhere.csv"), 3, "nowhere.csv: cannot be read as a table"),
        (("  ", "--table", "t.csv"), 2, "the claim is empty"),
        ((TRUE, "--table", "t.csv", "--fail-on", "wrong"), 2, "--fail-on: unknown verdict 'wrong'"),
        ((TRUE, "--table", "t.csv", "--threshold", "1.5"), 2, "1.5 is not in the range 0<=x<=1"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    tmp_path: Path, table: Path, arguments: tuple[str, ...], code: int, part: str
) -> None:
    assert table.exists()
    done = claimgauge("check", *arguments, cwd=tmp_path)
    assert (done.returncode, part in done.stderr) == (code, True), done.stderr


def test_a_claim_over_a_table_waits_for_no_heavy_import() -> None:
    needed = "claims.tables.files, claims.tables.opening, claimgauge.commands.check"
    code = f"import json, sys, {needed}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"pandas", "scipy", "lark", "rapidfuzz", "bs4", "matplotlib", "torch"}
    assert not heavy & set(json.loads(done.stdout))


def test_a_table_decides_what_the_report_leaves_open_and_changes_nothing_else(tmp_path: Path, table: Path) -> None:
    report = tmp_path / "report.md"
    text = EXAMPLE.read_text(encoding="utf-8")
    report.write_text(text, encoding="utf-8")

    def verdicts(*more: str | Path) -> tuple[dict[str, object], list[dict[str, object]]]:
        done = claimgauge("verify", report, "--json", *more)
        assert done.returncode == 0, done.stderr
        data = json.loads(done.stdout)
        jsonschema.validate(data, schema())
        return data["tool"], data["reports"][0]["claims"]

    before = verdicts()[1]
    tool, after = verdicts("--table", table)
    assert after == before
    assert [(Path(f["path"]).name, f["rows"]) for f in tool["results"]] == [("t.csv", 2)]  # type: ignore[attr-defined,index]


def test_verify_says_that_a_verdict_comes_from_a_table(tmp_path: Path, table: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(f"# Systems\n\n- [x] {TRUE}\n- [x] {FALSE}\n- [x] Life is good.\n", encoding="utf-8")
    done = claimgauge("verify", report, "--json", "--table", table, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    claims = json.loads(done.stdout)["reports"][0]["claims"]
    assert [claim["verdict"] for claim in claims] == ["supported", "refuted", "not-testable"]
    assert [claim["certainty"] is None for claim in claims] == [False, False, True]
    assert claims[0]["evidence"][0]["source"] == "t.csv row 2 column 2: 60.5"
    assert "read with certainty" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "with certainty" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_explain_shows_cells_reading_and_links_of_a_table(table: Path) -> None:
    done = claimgauge("explain", FALSE, "--table", table)
    assert done.returncode == 0, done.stderr
    for part in (
        "verdict    refuted",
        '(better "Alpha" "Beta" :on "NUS, Inspec"',
        "NUS → column “NUS”",
        "t.csv row 3 column 3",
    ):
        assert part in done.stdout
    own = claimgauge("explain", "MNLI has 392,702 training examples.", "--table", table, "--json")
    assert json.loads(own.stdout)["over_table"] is None
