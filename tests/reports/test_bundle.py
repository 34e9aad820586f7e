from __future__ import annotations

import signal
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import ClaimgaugeError, UsageError
from reports.bundle import FORMATS, Bundle, output_of

ROOT = Path(__file__).parents[2]
FILES = {"report.html", "verdicts.json", "report.md", "junit.xml", "verdicts.sarif"}


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_bundle_holds_five_files_and_nothing_else(written, checked):
    assert names(written(checked)) == FILES


def test_the_same_reports_give_the_same_bytes(written, pair):
    reports, across = pair
    first, second = (written(*reports, across=across, name=name) for name in ("a", "b"))
    assert {n: (first / n).read_bytes() for n in FILES} == {n: (second / n).read_bytes() for n in FILES}


def test_only_the_formats_asked_for_are_written(tmp_path, tool, checked):
    with Bundle(tmp_path, tool=tool, formats=("json", "md")) as bundle:
        bundle.add(checked)
        bundle.finish(())
    assert names(tmp_path) == {"verdicts.json", "report.md"}


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path, tool):
    with pytest.raises(UsageError, match=r"unknown format 'pdf' \(one of html, json, md, junit, sarif\)"):
        Bundle(tmp_path, tool=tool, formats=("pdf",))


def broken(out, tool, checked, moment):
    with Bundle(out, tool=tool) as bundle:
        bundle.add(replace(checked, claims=()))
        if moment == "after finish":
            bundle.finish(())
        raise KeyboardInterrupt


@pytest.mark.parametrize("moment", ["while adding", "after finish"])
def test_a_broken_run_leaves_the_old_files_and_nothing_new(written, tool, checked, moment):
    out = written(checked)
    before = {name: (out / name).read_bytes() for name in FILES}
    with pytest.raises(KeyboardInterrupt):
        broken(out, tool, checked, moment)
    assert {name: (out / name).read_bytes() for name in FILES} == before
    assert names(out) == FILES


def test_a_broken_first_run_leaves_no_folder(tmp_path, tool, checked):
    with pytest.raises(KeyboardInterrupt):
        broken(tmp_path / "deep" / "out", tool, checked, "while adding")
    assert not list(tmp_path.iterdir())


KILLED = """
import os, signal, sys
from pathlib import Path
from reports.bundle import Bundle
from reports.tool import Tool
with Bundle(Path(sys.argv[1]), tool=Tool("claimgauge", "1", "1", "1")) as bundle:
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_run_leaves_the_old_files_and_nothing_new(written, checked):
    out = written(checked)
    before = (out / "verdicts.json").read_bytes()
    found = subprocess.run([sys.executable, "-c", KILLED, str(out)], cwd=ROOT, check=False)
    assert found.returncode == -signal.SIGKILL
    assert names(out) == FILES
    assert (out / "verdicts.json").read_bytes() == before


def test_nothing_is_visible_in_the_folder_while_reports_are_taken_in(tmp_path, tool, checked):
    with Bundle(tmp_path / "out", tool=tool) as bundle:
        bundle.add(checked)
        assert not names(tmp_path / "out")
        bundle.finish(())


def test_a_bundle_left_without_finish_is_an_error_and_writes_nothing(tmp_path, tool, checked):
    with (
        pytest.raises(ClaimgaugeError, match="without finish"),
        Bundle(tmp_path / "out", tool=tool) as bundle,
    ):
        bundle.add(checked)
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_refused(tmp_path, tool):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"), Bundle(tmp_path / "out", tool=tool):
        pass


def test_a_folder_where_a_file_should_be_is_refused_before_any_work(tmp_path, tool):
    (tmp_path / "junit.xml").mkdir()
    with pytest.raises(UsageError, match=r"junit\.xml is a folder"), Bundle(tmp_path, tool=tool):
        pass


def test_no_report_at_all_still_gives_readable_files(written):
    out = written()
    assert names(out) == FILES
    assert "No report was checked." in (out / "report.html").read_text(encoding="utf-8")


def test_memory_stays_flat_over_a_thousand_reports(tmp_path, tool, checked):
    claims = checked.claims[5:6]
    small = replace(checked, claims=claims, report=replace(checked.report, claims=(claims[0].claim,)), findings=())

    def add(bundle, first, last):
        for i in range(first, last):
            bundle.add(replace(small, report=replace(small.report, path=f"reports/{i:05d}.md")))

    with Bundle(tmp_path, tool=tool) as bundle:
        add(bundle, 0, 20)
        tracemalloc.start()
        add(bundle, 20, 1000)
        bundle.finish(())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert sum((tmp_path / output_of(name).file).stat().st_size for name in FORMATS) > 3_500_000
    assert peak < 1_000_000
