"""Calls of the Python interface and parts of commands that cannot work, with the class and fields of their error."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import claimgauge
from analysis.errors import ClaimgaugeError, InputError, MissingDataError, UsageError
from analysis.published.scores import published_scores
from claimgauge.batch import BatchAnswerer
from claimgauge.cli import cli
from claimgauge.inputs import results_of
from claimgauge.serve.kept import SessionStore
from claimgauge.serve.running import _socket
from claimgauge.serve.tasks import claims_in, kind_of
from claimgauge.serve.worker import _outcome
from claims.guarding import guarded_file
from claims.library.tex import assembled
from claims.readers import read_report
from claims.setup import ReportChecker, Setup
from reports.bundle import Bundle
from reports.style import check_ending
from reports.tool import Tool

PAPERS = Path(__file__).parents[2] / "examples" / "sources"
TOOL = Tool("claimgauge", "0", "0", "0")
TABLE = {"columns": ["Model", "NUS"], "rows": [["Alpha", 60.5], ["Beta", 58.4]]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def failed(*arguments: str) -> ClaimgaugeError:
    done = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    assert isinstance(done.exception, ClaimgaugeError), (done.output, done.exception)
    return done.exception


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '{"claim": "A beats B."}',
        '{"claim": "A beats B.", "table": 3}',
        '{"claim": "A beats B.", "table": {"columns": ["a"], "rows": []}}',
    ],
)
def test_a_line_of_a_batch_that_cannot_be_answered_is_its_own_answer(line: str) -> None:
    good = json.dumps({"claim": "Alpha beats Beta on NUS.", "table": TABLE, "id": "good"})
    answers = list(BatchAnswerer(Path(), ()).answers(iter([line, good]), "batch.jsonl"))
    assert [(answer.get("error"), answer["id"]) for answer in answers] == [(True, answers[0]["id"]), (None, "good")]
    assert answers[0]["verdict"] == "not-testable"


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: claimgauge.verify([]), "report"),
        (lambda: claimgauge.verify("a\nb", tables=pd.DataFrame({"a": [1]})), "tables"),
        (lambda: results_of((), published=False), "published:STUDY"),
        (lambda: check_ending(Path("plot.xyz")), "plot.xyz"),
        (lambda: failed_("analyze", "power", "--spread", "noise=much"), "noise=much"),
        (lambda: Bundle(Path("r.md"), tool=TOOL).__enter__(), "r.md"),
    ],
)  # fmt: skip
def test_a_call_that_makes_no_sense_names_what_was_given(folder: Path, call: Callable[[], object], named: str) -> None:
    (folder / "r.md").write_text("# Notes\n\n- MNLI improves XNLI by 2 points.\n", encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        call()
    assert named in str(raised.value)


def failed_(*arguments: str) -> None:
    raise failed(*arguments)


def test_a_bundle_that_is_left_unfinished_is_a_fault(folder: Path) -> None:
    with pytest.raises(ClaimgaugeError), Bundle(folder / "out", tool=TOOL):
        pass
    assert not (folder / "out" / "report.html").exists()


def test_a_file_that_is_no_ledger_is_named(folder: Path) -> None:
    (folder / "kept.db").write_text("no database", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        SessionStore(folder / "kept.db")
    assert raised.value.where == str(folder / "kept.db")


def test_a_port_in_use_is_named() -> None:
    with _socket(0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as raised:
            _socket(port)
    assert str(port) in str(raised.value)


def test_a_dropped_file_is_named_as_it_was_dropped(folder: Path) -> None:
    checker = ReportChecker(Setup())
    (folder / "0.md").write_text(" ", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        claims_in(checker, str(folder / "0.md"), "Mine.md")
    assert raised.value.where == "Mine.md"
    with pytest.raises(InputError) as raised:
        kind_of(checker, str(folder / "0.md"), ())
    assert (raised.value.where, len(raised.value.faults)) == ("0.md", 2)


@pytest.mark.parametrize("fault", [UsageError("x"), ValueError("x")])
def test_whatever_an_input_provokes_is_the_answer_of_its_task(fault: Exception) -> None:
    def task(_: object) -> None:
        raise fault

    kind, error = _outcome(task, None, (), None)
    assert (kind, type(error)) == ("fault", ClaimgaugeError)
    assert "x" in str(error)


def test_a_fault_of_the_program_is_one_of_its_file() -> None:
    def act() -> None:
        raise ZeroDivisionError

    with pytest.raises(ClaimgaugeError) as raised:
        guarded_file(act, Path("report.md"))
    assert "report.md" in str(raised.value)
    assert "ZeroDivisionError" in str(raised.value)


@pytest.mark.parametrize(
    ("name", "content", "package"),
    [("r.yaml", b"claims:\n- MNLI helps.\n", "yaml"), ("r.pdf", b"%PDF-1.4\n", "pypdf"), ("r.docx", None, "mammoth")],
)
def test_a_report_whose_reader_is_not_installed_names_the_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes | None, package: str
) -> None:
    if content is None:
        import zipfile

        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
    else:
        (folder / name).write_bytes(content)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDataError) as raised:
        read_report(folder / name)
    assert package in str(raised.value).lower()


def test_tex_that_includes_itself_is_named(folder: Path) -> None:
    path = folder / "loop.tex"
    path.write_text("\\input{loop}\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        assembled(path, path.read_text(encoding="utf-8"))
    assert raised.value.where == str(path)


def test_documents_of_a_library_are_asked_for_by_what_there_is(folder: Path) -> None:
    shutil.copytree(PAPERS, folder / "papers")
    assert CliRunner().invoke(cli, ["sources", "add", "papers"], standalone_mode=False).exception is None
    assert isinstance(failed("sources", "show", "tides"), UsageError)
    assert isinstance(failed("sources", "search", "…"), UsageError)
    for place in ("tides_v1:9", "tides_v2:1", "weather"):
        error = failed("sources", "show", place)
        assert isinstance(error, InputError)
        assert place.partition(":")[0] in str(error)


def test_two_files_that_contradict_each_other_are_both_named(folder: Path) -> None:
    scores = published_scores().head(1)
    for name, shift in (("a.csv", 0), ("b.csv", 9)):
        scores.assign(score=scores["score"] + shift).to_csv(folder / name, index=False)
    with pytest.raises(InputError) as raised:
        ReportChecker(Setup(results=(Path("a.csv"), Path("b.csv"))))
    assert all(name in raised.value.faults[0] for name in ("a.csv", "b.csv"))
    with pytest.raises(InputError) as raised:
        results_of((Path("a.csv"), Path("b.csv")), published=False)
    assert raised.value.where == "results"
