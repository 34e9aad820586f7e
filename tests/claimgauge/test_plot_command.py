"""`claimgauge plot` as a user runs it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from command import EXAMPLE, ROOT, claimgauge

from claimgauge.commands.plot import command

FIGURES = ("matrix", "scores", "distance", "cost", "ranks", "order", "claims", "calibration", "specification")


def plot(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)


def test_every_figure_has_a_command_with_an_example() -> None:
    assert set(command.commands) == set(FIGURES)
    for name in FIGURES:
        shown = plot(name, "--help").output
        assert f"claimgauge plot {name}" in shown
        assert "--json" in shown


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_the_same_call_in_another_process_gives_the_same_bytes_and_never_imports_pyplot(
    tmp_path: Path, ending: str
) -> None:
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    done = plot("matrix", "published:phang2020-v1", "-o", first, "--json")
    record = json.loads(done.stdout)
    assert record["sha256"] == hashlib.sha256(first.read_bytes()).hexdigest()
    if ending == "svg":
        _drawn_without_pyplot(second)
    else:
        plot("matrix", "published:phang2020-v1", "-o", second)
    assert first.read_bytes() == second.read_bytes()


def test_figures_of_verdicts_are_drawn_from_the_file_of_verify(tmp_path: Path) -> None:
    assert claimgauge("verify", EXAMPLE, "--out", tmp_path / "out").returncode == 0
    for name in ("claims", "calibration"):
        done = plot(name, tmp_path / "out" / "verdicts.json", "-o", tmp_path / f"{name}.png")
        assert done.exception is None
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["matrix", "published:xtreme", "-o", "a.svg"], 4, "--across-studies"),
        (["matrix", "--published", "-o", "a.gif"], 2, ".svg, .pdf, .png"),
        (["order", "--published", "-o", "a.svg"], 4, "no two orders"),
        (
            ["claims", str(ROOT / "pyproject.toml"), "-o", "a.svg"],
            3,
            "on; give a verdicts.json",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], code: int, part: str
) -> None:
    done = claimgauge("plot", *arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert part in done.stderr
    assert not list(tmp_path.iterdir())


def _drawn_without_pyplot(path: Path) -> None:
    """In a process that starts anew."""
    code = (
        "import sys\n"
        "from claimgauge.commands.plot import command\n"
        "command(['matrix', 'published:phang2020-v1', '-o', sys.argv[1]], standalone_mode=False)\n"
        "assert 'matplotlib.figure' in sys.modules\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
