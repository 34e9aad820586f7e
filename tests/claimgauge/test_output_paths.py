"""A path that cannot be written is refused before the work begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from failing import failed

from analysis.errors import InputError, UsageError


@pytest.mark.parametrize(
    "call",
    [
        ["analyze", "ranking", "nowhere.csv", "--heat-map", "there/x.png"],
        ["analyze", "ranking", "nowhere.csv", "--tables", "there/tables"],
        ["plot", "scores", "nowhere.csv", "-o", "there/x.png"],
        ["verify", "nowhere.md", "--out", "there/out"],
        ["run", "lab", "--out", "there/runs"],
        ["template", "results", "-o", "there/x.csv"],
    ],
    ids=" ".join,
)
def test_a_path_below_a_file_is_refused_before_any_input_is_read(
    call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").write_text("a file", encoding="utf-8")
    error = failed(*call)
    assert isinstance(error, InputError)
    assert error.where == call[-1]
    assert "there is no folder" in error.faults[0]


def test_an_ending_that_no_figure_has_is_refused_before_any_input_is_read() -> None:
    assert isinstance(failed("analyze", "ranking", "nowhere.csv", "--heat-map", "x.foo"), UsageError)
