"""Runs that are interrupted, starved or slowed down: nothing is lost, nothing half-written, nothing left behind."""

from __future__ import annotations

import errno
import fcntl
import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import deadly_reports
import pytest
from click.testing import CliRunner, Result

from analysis.errors import ClaimgaugeError
from analysis.files import atomic
from analysis.time_limit import TimeLimitError, time_limit
from claimgauge.cli import cli
from claimgauge.commands.verify import command
from claims.setup import Setup
from claims.verify import Verifier
from reports import workers
from reports.bundle import Bundle
from reports.output import Spool

CLAIMS = ("MNLI has 392,702 training examples.", "SQuAD helps XNLI.", "MNLI improves XNLI by 3 points.")
OUTPUTS = ["junit.xml", "report.html", "report.md", "verdicts.json", "verdicts.sarif"]


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    found = []
    for i in range(6):
        path = tmp_path / f"r{i}.md"
        text = f"# Report {i}\n\n## Claims\n\n| Claim | Verified | Confidence |\n|---|---|---|\n"
        text += "".join(f"| {claim} | {'yes' if i % 2 else 'no'} | 0.{i + 1} |\n" for claim in CLAIMS)
        path.write_text(text, encoding="utf-8")
        found.append(path)
    return found


def verify(*arguments: object, **settings: object) -> Result:
    """`claimgauge verify` with these arguments, and with settings as from claimgauge.toml."""
    written = [str(argument) for argument in arguments]
    return CliRunner().invoke(command, written, standalone_mode=False, default_map={"no_built_in": True, **settings})


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def stops_at(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> Iterator[int]:
    taken = 0
    take = Bundle.take

    def stopping(self: Bundle, report: object) -> None:
        nonlocal taken
        if taken == number:
            raise error
        taken += 1
        take(self, report)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Bundle, "take", stopping)
        yield taken


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_an_interrupted_run_and_a_full_disk_lose_nothing(reports, tmp_path, monkeypatch, error) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    assert verify(*reports, "--out", whole).exception is None
    for _ in stops_at(monkeypatch, 4, error):
        assert verify(*reports, "--out", out).exception is not None
    assert sorted(path.name for path in out.iterdir()) == ["unfinished"]
    lines = (out / "unfinished" / "reports.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines[1:]] == [str(path) for path in reports[:4]]
    checked: list[str] = []
    check = Verifier.checked
    monkeypatch.setattr(Verifier, "checked", lambda self, report: checked.append(report.path) or check(self, report))
    done = verify(*reports, "--out", out)
    assert "4 of 6 reports were checked by an interrupted run; going on" in done.stderr
    assert checked == [str(path) for path in reports[4:]]
    assert written(out) == written(whole)


def test_a_line_that_was_not_written_to_its_end_does_not_count(reports, tmp_path, monkeypatch) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    verify(*reports, "--out", whole)
    for _ in stops_at(monkeypatch, 4, KeyboardInterrupt()):
        verify(*reports, "--out", out)
    lines, page = out / "unfinished" / "reports.jsonl", out / "unfinished" / "report.html"
    lines.write_bytes(lines.read_bytes()[:-10])
    with page.open("ab") as more:
        more.write(b"<p>half a")
    assert "3 of 6 reports" in verify(*reports, "--out", out).stderr
    assert written(out) == written(whole)


def test_a_report_that_changed_since_is_checked_again(reports, tmp_path, monkeypatch) -> None:
    out = tmp_path / "out"
    for _ in stops_at(monkeypatch, 4, KeyboardInterrupt()):
        verify(*reports, "--out", out)
    reports[2].write_text(reports[2].read_text("utf-8").replace("392,702", "392,703"), "utf-8")
    assert "2 of 6 reports" in verify(*reports, "--out", out).stderr
    data = json.loads((out / "verdicts.json").read_text("utf-8"))
    assert "392,703" in data["reports"][2]["claims"][0]["text"]


@pytest.mark.parametrize("other", [{"assume": ["split=test"]}, {"strict": True}])
def test_a_run_with_other_options_begins_anew(reports, tmp_path, monkeypatch, other) -> None:
    out = tmp_path / "out"
    for _ in stops_at(monkeypatch, 4, KeyboardInterrupt()):
        verify(*reports, "--out", out)
    assert "interrupted run" not in verify(*reports, "--out", out, **other).stderr
    assert sorted(written(out)) == OUTPUTS


def test_two_runs_do_not_write_into_the_same_folder(reports, tmp_path) -> None:
    (tmp_path / "out" / "unfinished").mkdir(parents=True)
    with (tmp_path / "out" / "unfinished" / "reports.jsonl").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = verify(*reports, "--out", tmp_path / "out")
        assert "another run is writing into" in str(done.exception)


def test_a_full_disk_is_a_plain_error(reports, tmp_path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Spool, "put", full)
    monkeypatch.setattr("sys.argv", ["claimgauge", "verify", *map(str, reports), "--out", str(tmp_path / "out")])
    from claimgauge.cli import run

    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 3


def test_what_a_killed_run_left_is_removed_and_what_another_run_holds_stays(reports, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(atomic, "_swept", set())
    out = tmp_path / "out"
    out.mkdir()
    left, held = out / ".report.html.abc.part", out / ".report.md.def.part"
    left.touch()
    with held.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert verify(*reports, "--out", out).exception is None
        assert held.exists()
    assert not left.exists()


def test_a_claim_that_takes_too_long_is_stopped_and_the_others_are_checked(reports, tmp_path, monkeypatch) -> None:
    check = Verifier._check_claim

    def slow(self: Verifier, report: object, claim: object, *rest: object) -> object:
        while claim.id == "C02":  # type: ignore[attr-defined]
            pass
        return check(self, report, claim, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Verifier, "_check_claim", slow)
    done = verify(reports[0], "--json", time_limit=0.3)
    claims = json.loads(done.stdout)["reports"][0]["claims"]
    assert [claim["flags"] for claim in claims] == [[], ["stopped"], []]
    assert "longer than 0.3 s" in claims[1]["reason"]
    assert done.return_value == 0


def test_a_sentence_that_takes_too_long_is_stopped_by_explain(monkeypatch) -> None:
    def slow(*_: object) -> object:
        while True:
            pass

    monkeypatch.setattr("claims.verify.read_with_citations", slow)
    call = ["--no-config", "explain", "MNLI improves XNLI.", "--no-built-in", "--time-limit", "0.3"]
    done = CliRunner().invoke(cli, call, standalone_mode=False)
    assert "longer than 0.3 s" in done.stdout
    assert "not-testable" in done.stdout
    assert done.return_value == 0


def test_a_file_that_takes_too_long_to_read_is_refused_and_the_others_are_read(reports, monkeypatch) -> None:
    from claims import setup

    read = setup.ReportChecker._read

    def slow(self: setup.ReportChecker, path: Path) -> object:
        while path == reports[1]:
            pass
        return read(self, path)

    monkeypatch.setattr(setup.ReportChecker, "_read", slow)
    done = verify(*reports[:3], keep_going=True, time_limit=0.3)
    assert f"claimgauge: {reports[1]}: took longer than 0.3 s; allow more (time-limit)" in done.stderr
    assert done.return_value == 3
    assert done.stdout.count("3 claims") == 2


def test_a_claim_on_which_we_fail_is_said_so_and_the_others_are_checked(reports, tmp_path, monkeypatch) -> None:
    check = Verifier._check_claim

    def failing(self: Verifier, report: object, claim: object, *rest: object) -> object:
        if claim.id == "C02":  # type: ignore[attr-defined]
            raise ZeroDivisionError("division by zero")
        return check(self, report, claim, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Verifier, "_check_claim", failing)
    done = verify(*reports[:2], "--out", tmp_path / "out")
    assert done.return_value == 5
    assert done.stderr.count("by a fault of this program (ZeroDivisionError: division by zero)") == 2
    data = json.loads((tmp_path / "out" / "verdicts.json").read_text("utf-8"))
    assert [claim["flags"] for claim in data["reports"][0]["claims"]] == [[], ["failed"], []]


def test_a_limit_leaves_no_timer_behind_and_an_inner_one_does_not_outlast_the_outer() -> None:
    with time_limit(60):
        pass
    with pytest.raises(TimeLimitError) as stopped:
        spin()
    assert stopped.value.seconds == 0.1


def spin() -> None:
    with time_limit(0.1), time_limit(60):
        while True:
            pass


def checked_by_processes(paths: list[Path], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(workers, "check_file", deadly_reports.check_file)
    fork = multiprocessing.get_context("fork")
    pool = workers.Pool(lambda count: ProcessPoolExecutor(count, fork), 2)
    outcomes = list(workers.checked_in_order(pool, Setup(), paths))
    pool.executor.shutdown()
    return [f"error: {one}" if isinstance(one, ClaimgaugeError) else str(one) for one in outcomes]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_process_that_dies_is_replaced_and_its_reports_are_done_again(tmp_path, monkeypatch) -> None:
    names = [*(f"a{i}" for i in range(20)), "once", *(f"b{i}" for i in range(20))]
    assert checked_by_processes([tmp_path / name for name in names], monkeypatch) == names


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills otherwise")
def test_a_run_whose_worker_is_killed_writes_what_a_run_without_workers_writes(reports, tmp_path, monkeypatch) -> None:
    many = [reports[0].with_name(f"m{i}.md") for i in range(30)]
    for path in many:
        path.write_text(reports[0].read_text("utf-8"), "utf-8")
    alone, out = tmp_path / "alone", tmp_path / "out"
    verify(*many, "--out", alone)
    killed: list[int] = []
    submit = workers.Pool.submit

    def submitted(self: workers.Pool, setup: Setup, formats: tuple[str, ...], path: Path) -> object:
        found = submit(self, setup, formats, path)
        if path == many[20] and not killed:
            killed.append(next(iter(self.executor._processes)))  # type: ignore[attr-defined]
            os.kill(killed[0], signal.SIGKILL)
        return found

    monkeypatch.setattr(workers.Pool, "submit", submitted)
    assert verify(*many, "--out", out, workers=2).return_value == 0
    assert len(killed) == 1
    assert written(out) == written(alone)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_report_that_kills_its_process_is_told_and_the_others_go_on(tmp_path, monkeypatch) -> None:
    names = [*(f"a{i}" for i in range(5)), "deadly", *(f"b{i}" for i in range(30))]
    found = checked_by_processes([tmp_path / name for name in names], monkeypatch)
    told = f"error: {tmp_path / 'deadly'}: the process that checked it died, twice (killed, or out of memory); left out"
    assert found.pop(5) == told
    assert found == [name for name in names if name != "deadly"]
