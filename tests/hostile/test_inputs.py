"""Reports and tables that were made to break a reader: one message for the item, and the run goes on."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hostile_inputs import READ, REPORTS, SOUND, TABLES
from settings_file import configured

from analysis.files.escapes import COMMANDING
from claimgauge.cli import cli


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory):
    """All reports checked in one run."""
    folder = tmp_path_factory.mktemp("reports")
    for name, (data, _) in REPORTS.items():
        (folder / name).write_bytes(data)
    paths = [str(folder / name) for name in REPORTS]
    call = ["verify", *paths, "--out", str(folder / "out"), *configured(folder, keep_going=True, time_limit=20)]
    done = CliRunner().invoke(cli, call, standalone_mode=False)
    data = json.loads((folder / "out" / "verdicts.json").read_text(encoding="utf-8"))
    return folder, done, {Path(report["path"]).name: report for report in data["reports"]}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_or_refused_in_one_message(ran, name: str) -> None:
    folder, done, reports = ran
    fault = REPORTS[name][1]
    told = [line for line in done.stderr.splitlines() if line.startswith(f"claimgauge: {folder / name}")]
    if fault == READ:
        assert not told
        sound = [claim for claim in reports[name]["claims"] if claim["text"] == SOUND]
        assert [claim["verdict"] for claim in sound] == ["supported"]
        others = [claim["verdict"] for claim in reports[name]["claims"] if claim["text"] != SOUND]
        assert not {"supported", "refuted"} & set(others)
    else:
        assert len(told) == 1
        assert re.search(fault, told[0])
        assert name not in reports


def test_the_run_goes_on_to_its_end_and_says_that_files_were_left_out(ran) -> None:
    folder, done, reports = ran
    assert done.return_value == 3
    assert len(reports) == sum(fault == READ for _, fault in REPORTS.values())
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "junit.xml", "report.html", "report.md", "verdicts.json", "verdicts.sarif",
    ]  # fmt: skip


def test_no_output_holds_a_character_that_a_terminal_obeys(ran) -> None:
    folder, done, _ = ran
    for name in ("report.html", "report.md", "junit.xml", "verdicts.json", "verdicts.sarif"):
        text = (folder / "out" / name).read_text(encoding="utf-8")
        assert {*COMMANDING.findall(text)} <= {"\n", "\t"}, name
    assert {*COMMANDING.findall(done.stdout + done.stderr)} <= {"\n"}


@pytest.mark.parametrize("name", ["cp1252.md", "cp1251.md", "shift_jis.md", "utf16.md"])
def test_a_guessed_encoding_is_said_with_its_confidence(ran, name: str) -> None:
    found = [f["message"] for f in ran[2][name]["findings"] if f["code"] == "encoding-guessed"]
    assert len(found) == 1
    assert re.search(r"a guess, confidence \d\d%", found[0])


@pytest.mark.skipif(os.name != "posix", reason="this system has no such names")
@pytest.mark.parametrize("name", [b"a\x1b[2J\nclaimgauge: forged.md", "b\u202egnp.md".encode(), b"c\xff.md"])
def test_the_name_of_a_file_commands_no_terminal_and_forges_no_line(tmp_path: Path, name: bytes) -> None:
    path, binary = (tmp_path / folder / os.fsdecode(name) for folder in ("sound", "binary"))
    for file, data in ((path, f"## Claims\n\n- {SOUND}\n".encode()), (binary, b"\0\0\0")):
        file.parent.mkdir()
        file.write_bytes(data)
    call = ["verify", str(path), str(binary), "--out", str(tmp_path / "out"), *configured(tmp_path, keep_going=True)]
    done = CliRunner().invoke(cli, call, standalone_mode=False)
    assert done.return_value == 3
    files = {file.name: file.read_text("utf-8") for file in (tmp_path / "out").iterdir()}
    assert len(files) == 5
    for text in (done.stdout, done.stderr, *files.values()):
        assert {*COMMANDING.findall(text)} <= {"\n", "\t"}
    for text in (done.stdout, done.stderr, files["report.md"]):
        assert not re.search("^claimgauge: forged", text, re.MULTILINE)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_or_refused_in_one_message(tmp_path: Path, name: str) -> None:
    data, fault = TABLES[name]
    (tmp_path / name).write_bytes(data)
    call = ["check", "A is better than B on xnli", "--table", str(tmp_path / name), "--json", "--time-limit", "20"]
    done = CliRunner().invoke(cli, ["--no-config", *call], standalone_mode=False)
    if done.exception is None:
        assert fault == READ
        assert json.loads(done.stdout)["verdict"]
    else:
        assert fault != READ, done.exception
        assert done.exception.exit_code == 3  # type: ignore[attr-defined]
        assert re.search(fault, str(done.exception))
