"""Work that takes long says that it goes on: on a terminal, and in lines beside `--json`."""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable

import numpy as np
import pytest
from click.testing import CliRunner
from command import EXAMPLE

from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.watching import watched_by
from claimgauge import progress
from claimgauge.cli import cli
from claimgauge.node_lines import NodeLines
from claimgauge.progress import ShownProgress
from claims.verify import Verifier
from runners.execute.store import GridStore
from runners.plan.grid import GridNode

RESULTS = """model,intermediate,target,language,split,metric,score,seed
xlm-r-large,none,xnli,en,test,accuracy,80.1,1
xlm-r-large,none,xnli,de,test,accuracy,78.1,1
xlm-r-large,mnli,xnli,en,test,accuracy,81.1,1
xlm-r-large,mnli,xnli,de,test,accuracy,79.4,1
"""


def fit() -> None:
    rng = np.random.default_rng(0)
    group = np.repeat(np.arange(8), 5)
    fit_mixed(
        mixed_design(np.ones((40, 1)), [RandomFactor("group", group)]), rng.normal(size=8)[group] + rng.normal(size=40)
    )


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is shown from the first moment on."""
    monkeypatch.setattr(progress, "PATIENCE", 0.001)
    monkeypatch.setattr(progress, "OFTEN", {"line": 0.001, "lines": 0.001})


def shown_until(happens: Callable[[], bool]) -> None:
    """Waits, while progress is shown."""
    until = time.monotonic() + 20
    while not happens() and time.monotonic() < until:
        time.sleep(0.001)


def test_fits_are_counted_on_a_terminal_and_the_line_is_cleared(monkeypatch, impatient):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    with ShownProgress("analysing"):
        fit()
        shown_until(lambda: "models fitted: 1" in screen.getvalue())
        fit()
        shown_until(lambda: "models fitted: 2" in screen.getvalue())
    shown = screen.getvalue()
    assert "\r\x1b[Kanalysing: models fitted: 1; " in shown
    assert "\r\x1b[Kanalysing: models fitted: 2; " in shown
    assert shown.endswith("\r\x1b[K")
    assert "\n" not in shown


def test_a_line_that_stays_takes_the_place_of_the_one_that_is_written_over(monkeypatch, capsys, impatient):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    with ShownProgress("running nodes", 4) as work:
        for _ in work.over("ab"):
            shown_until(lambda: "running nodes" in screen.getvalue())
        shown_until(lambda: "2 of 4" in screen.getvalue())
        work.say("node b: done", err=True)
    assert re.search(r"running nodes: 2 of 4; \d+ s, about \d+ s left", screen.getvalue())
    assert "\r\x1b[Knode b: done\n" in screen.getvalue()


def test_quick_work_and_files_show_nothing(monkeypatch, capsys):
    with ShownProgress("analysing"):
        fit()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with ShownProgress("analysing"):
        fit()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (("verify", str(EXAMPLE), "--json"), "progress: checking reports: 0 of 1; "),
        (("explain", "MNLI improves XNLI.", "--json"), "progress: explaining: "),
        (("analyze", "hierarchy", "{results}", "--json"), "progress: analysing: "),
        (("analyze", "hierarchy", "{results}", "--json"), "progress: reading results: "),
        (("import", "{results}", "--dry-run", "--json"), "progress: importing: "),
    ],
)
def test_beside_json_lines_of_stderr_say_that_work_goes_on(tmp_path, impatient, monkeypatch, call, line):
    judged = Verifier.judged_text

    def slowly(*given, **named):
        time.sleep(0.03)
        return judged(*given, **named)

    monkeypatch.setattr(Verifier, "judged_text", slowly)
    results = tmp_path / "results.csv"
    results.write_text(RESULTS, encoding="utf-8")
    given = ["--no-config", *(word.format(results=results) for word in call)]
    done = CliRunner().invoke(cli, given, standalone_mode=False)
    assert done.exception is None
    assert json.loads(done.stdout)
    assert any(one.startswith(line) for one in done.stderr.splitlines())
    without = CliRunner().invoke(cli, [word for word in given if word != "--json"], standalone_mode=False)
    assert "progress:" not in without.stderr


def failing(told: list[int]) -> None:
    with watched_by(told.append):
        fit()
        raise KeyError


def test_nobody_is_told_after_the_block_even_where_it_failed():
    told: list[int] = []
    with pytest.raises(KeyError):
        failing(told)
    before = len(told)
    fit()
    assert sum(told) == 1
    assert len(told) == before


def test_a_run_says_how_far_a_node_is_also_where_there_is_no_terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(progress.OFTEN, "seldom", 0.001)
    node, store = GridNode("abc", "pretraining", {}), GridStore(tmp_path)
    store.folder("abc").mkdir(parents=True)
    said = ""
    with ShownProgress("running nodes", 2, always=True) as shown:
        lines = NodeLines(shown, store)
        lines("started", node, "")
        assert "pretraining: started" in str(shown)
        (store.folder("abc") / "log.txt").write_text("step 1 of 9, 5 tokens/s\nstep 7 of 9, loss 4, 3 s left\nodd\n")

        def is_said() -> bool:
            nonlocal said
            said += capsys.readouterr().err
            return "step 7 of 9" in said

        shown_until(is_said)
        lines("finished", node, "")
        assert "step 7" not in str(shown)
    assert re.search(r"^progress: running nodes: .*; pretraining: step 7 of 9, loss 4, 3 s left$", said, re.MULTILINE)


def test_the_line_of_a_terminal_stays_one_line(monkeypatch, impatient):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "30")
    with ShownProgress("running nodes") as shown:
        shown.beside = lambda: "x" * 99
        shown_until(lambda: "x" in screen.getvalue())
    assert max(map(len, screen.getvalue().split(progress.ERASE))) == 29
