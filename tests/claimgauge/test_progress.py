"""Work that takes long says on a terminal that it goes on."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.watching import watched_by
from claimgauge import terminal


def fit() -> None:
    rng = np.random.default_rng(0)
    group = np.repeat(np.arange(8), 5)
    fit_mixed(
        mixed_design(np.ones((40, 1)), [RandomFactor("group", group)]), rng.normal(size=8)[group] + rng.normal(size=40)
    )


def test_fits_are_counted_on_a_terminal_and_the_line_is_cleared(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(terminal, "PATIENCE", -1.0)
    monkeypatch.setattr(terminal, "OFTEN", -1.0)
    with terminal.fits_shown():
        fit()
        fit()
    shown = capsys.readouterr().err
    assert "fitting models: 1 done, 0 s" in shown
    assert "fitting models: 2 done, 0 s" in shown
    assert shown.endswith("\r\x1b[K")


def test_quick_work_and_files_show_nothing(monkeypatch, capsys):
    with terminal.fits_shown():
        fit()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with terminal.fits_shown():
        fit()
    assert capsys.readouterr().err == ""


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
