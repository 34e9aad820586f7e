"""Calls of the Python interface and parts of commands that cannot work, with the class and fields of their error."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from click.testing import CliRunner
from failing import failed
from numpy.random import default_rng
from starlette.requests import Request

import claimgauge
from analysis.errors import ClaimgaugeError, InputError, MissingDataError, UsageError
from analysis.published.scores import published_scores
from analysis.registry.vocabulary import vocabulary
from analysis.time_limit import GRACE, TimeLimitError
from claimgauge.api.ask import answered
from claimgauge.batch import BatchAnswerer
from claimgauge.cli import cli
from claimgauge.commands.check import _judged
from claimgauge.commands.import_ import _write_items
from claimgauge.inputs import results_of
from claimgauge.running import need_run_extra, run_nodes
from claimgauge.serve.app import _given, _name
from claimgauge.serve.kept import SessionStore
from claimgauge.serve.running import _socket
from claimgauge.serve.session import Session
from claimgauge.serve.tasks import claims_in, kind_of
from claimgauge.serve.worker import Worker, WorkerError, _outcome
from claims.guarding import guarded_file
from claims.library.tex import assembled
from claims.readers import read_report
from claims.report import StatedTotals
from claims.setup import ReportChecker, Setup, _check_counts
from reports.bundle import Bundle
from reports.journal import restored
from reports.matrix import transfer_matrix
from reports.style import check_ending
from reports.tool import Tool
from reports.verdicts_read import load_verdicts
from reports.workers import Outcome, checked_in_order
from runners.plan.plan import load_plan

PAPERS = Path(__file__).parents[2] / "examples" / "sources"
TOOL = Tool("claimgauge", "0", "0", "0")
TABLE = {"columns": ["Model", "NUS"], "rows": [["Alpha", 60.5], ["Beta", 58.4]]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


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
        (lambda: failed_("analyze", "power", "--spread", "noise=1", "--spread", "noise=2"), "noise is said twice"),
        (lambda: answered("horoscope", None, 1, {}), "horoscope"),
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


@pytest.mark.parametrize(
    ("arguments", "error", "named"),
    [
        (["check", " ", "--table", "r.csv"], UsageError, "empty"),
        (["check", "A beats B."], UsageError, "--table"),
        (["check", "--batch", "nowhere.jsonl"], InputError, "nowhere.jsonl"),
        (
            ["import", "r.csv", "-o", "new.csv", "--split", "dev", "--assume", "split=test"],
            UsageError,
            "split is said twice",
        ),
        (["import", "r.csv", "-o", "new.csv", "--split", "dev", "--items", "items.csv"], UsageError, "items.csv"),
        (["sources", "ledger", "r.csv"], InputError, "r.csv"),
        (["explain", " "], UsageError, "empty"),
        (["explain", '(> (at "Alpha" "NUS") (at "Beta" "NUS"))'], InputError, "--results"),
        (["explain", "r.md#C99"], InputError, "C99"),
        (["translate", "mnli", "--to", "de", "--out", "x", "--plan", "english", "--data", "."], UsageError, "--plan"),
    ],
)
def test_a_command_that_cannot_be_carried_out_names_why(
    folder: Path, arguments: list[str], error: type[ClaimgaugeError], named: str
) -> None:
    (folder / "r.md").write_text("# Notes\n\n- MNLI improves XNLI by 2 points.\n", encoding="utf-8")
    (folder / "r.csv").write_text("model,xnli\nxlm-r-large,80\n", encoding="utf-8")
    raised = failed(*arguments)
    assert isinstance(raised, error)
    assert named in str(raised)


@pytest.mark.parametrize("call", [lambda: failed_("serve"), need_run_extra])
def test_a_part_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, call: Callable[[], object]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingDataError, match="pip install"):
        call()


def test_a_run_under_torchrun_is_refused(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(UsageError, match="torchrun"):
        run_nodes(load_plan("english"), (), folder)


def test_a_report_whose_process_fails_is_an_answer(folder: Path) -> None:
    failing: Future[Outcome] = Future()
    failing.set_exception(OSError("connection lost"))
    pool = SimpleNamespace(count=1, submit=lambda *_: failing)
    (outcome,) = checked_in_order(pool, Setup(), [folder / "r.md"])  # type: ignore[arg-type]
    assert isinstance(outcome, ClaimgaugeError)
    assert "r.md" in str(outcome)


def test_items_are_not_written_over_a_file(folder: Path) -> None:
    (folder / "items.csv").write_text("kept\n", encoding="utf-8")
    done = SimpleNamespace(items=pd.DataFrame({"right": [1]}))
    with pytest.raises(UsageError, match=r"items\.csv"):
        _write_items(done, folder / "items.csv", force=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda _: claimgauge.check(" "), "empty"),
        (lambda _: claimgauge.check("A beats B.", [3]), "int"),
        (lambda session: session.check(" "), "empty"),
        (lambda session: session.check("a" * 3000), "3,000"),
        (lambda session: session.correct(" ", "(a)"), "words"),
        (lambda session: session.drop_evidence("x.csv"), "x.csv"),
        (lambda session: session.take_report("r.md", b" ", "2026-01-01"), "empty"),
        (lambda _: asyncio.run(_given(asked(b"[1]"))), "JSON"),
        (lambda _: _name(asked(b"")), "X-Name"),
    ],
)
def test_what_is_given_by_hand_is_named(folder: Path, call: Callable[[Session], object], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        call(Session(folder, Setup()))


def asked(body: bytes) -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "headers": []}, receive)


def test_a_name_of_dots_is_no_name_for_a_file(folder: Path) -> None:
    with pytest.raises(InputError) as raised:
        Session(folder, Setup()).add_evidence("...", b"a", ())
    assert raised.value.where == "..."


def test_work_that_takes_too_long_or_ends_its_process_is_an_answer() -> None:
    def slow(_: object) -> None:
        raise TimeLimitError(2.0)

    kind, error = _outcome(slow, None, (), 2.0)
    assert (kind, type(error)) == ("fault", WorkerError)
    ours, theirs = Pipe()
    with pytest.raises(WorkerError, match="claim"):
        Worker(Setup())._answer(ours, -GRACE, "check claim")
    theirs.close()
    with pytest.raises(WorkerError, match="claim"):
        Worker(Setup())._answer(ours, None, "check claim")


def test_a_claim_that_cannot_be_judged_is_an_error() -> None:
    def endless(_: str) -> None:
        while True:
            pass

    with pytest.raises(InputError) as raised:
        _judged(SimpleNamespace(judged=endless), "A beats B.", 0.01)  # type: ignore[arg-type]
    assert raised.value.where == "the claim"
    with pytest.raises(ClaimgaugeError, match="TypeError"):
        _judged(SimpleNamespace(judged=len), 3, None)  # type: ignore[arg-type]


def test_counts_that_a_report_states_wrongly_are_its_faults(folder: Path) -> None:
    (folder / "r.md").write_text("# Notes\n\n- MNLI improves XNLI by 2 points.\n", encoding="utf-8")
    report = replace(read_report(folder / "r.md"), stated=StatedTotals(claims=7, verified=3))
    with pytest.raises(InputError) as raised:
        _check_counts(report)
    assert (raised.value.where, len(raised.value.faults)) == (report.path, 2)


def test_records_that_hold_no_verdicts_are_named(folder: Path) -> None:
    (folder / "v.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_verdicts(folder / "v.json")
    assert raised.value.where == str(folder / "v.json")
    with pytest.raises(ClaimgaugeError, match="stated"):
        restored({}, vocabulary())


def test_a_table_of_baselines_has_no_matrix_of_gains() -> None:
    scores = published_scores()
    with pytest.raises(MissingDataError):
        transfer_matrix(scores[scores["intermediate"] == "none"], rng=default_rng(0))
