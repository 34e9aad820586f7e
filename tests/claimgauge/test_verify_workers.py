"""`claimgauge verify --workers` and `--engine dask`: the same bytes, whoever did the work."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgauge.commands.verify import command
from tests.claimgauge.test_own_vocabulary import OWN, TABLE

EXAMPLE = Path(__file__).parents[2] / "examples" / "report.md"


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    """Twenty short reports: more than are given out at once."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    (table,) = (i for i, line in enumerate(lines) if line.startswith("|---"))
    text = "".join(lines[: table + 4]) + "| QQP is sourced from Quora. | ✓ | 0.22 |\n"
    paths = [tmp_path / f"r{i:02d}.md" for i in range(20)]
    for i, path in enumerate(paths):
        path.write_text(text.replace("QQP", "MNLI") if i % 3 else text, encoding="utf-8")
    return paths


def verify(*arguments: object, **settings: object) -> Result:
    """`claimgauge verify` with these arguments, and with settings as from claimgauge.toml."""
    written = [str(argument) for argument in arguments]
    return CliRunner().invoke(command, written, standalone_mode=False, default_map=settings)


def test_two_processes_write_what_one_writes(reports: list[Path], tmp_path: Path) -> None:
    alone = verify(*reports, "--out", tmp_path / "one")
    together = verify(*reports, "--out", tmp_path / "two", workers=2)
    assert alone.exit_code == together.return_value == 0, together.output
    assert alone.stdout == together.stdout
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 5
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False) == (names, [], [])


def test_processes_know_the_tasks_of_a_vocabulary_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "results.csv").write_text(TABLE, encoding="utf-8")
    claim = "# Report\n\n1. After MNLI, XLM-R Large scores 60 on Topic-200 in Conlang. (supported)\n"
    paths = [tmp_path / f"{name}.md" for name in "ab"]
    for path in paths:
        path.write_text(claim, encoding="utf-8")
    own = ("--results", tmp_path / "results.csv", "--json")
    alone, together = (verify(*paths, *own, vocabulary=str(tmp_path / "own.toml"), workers=n) for n in (1, 2))
    assert '"supported"' in alone.stdout, alone.output
    assert alone.stdout == together.stdout, together.output


def test_a_bad_report_is_told_by_a_process_as_it_is_told_without(reports: list[Path], tmp_path: Path) -> None:
    reports[5].write_bytes(b"\0\1\2")
    for workers in (1, 2):
        out = tmp_path / f"out{workers}"
        done = verify(*reports, "--out", out, workers=workers)
        assert done.exit_code != 0
        assert reports[5].name in str(done.exception), done.output
        assert not out.exists()
        assert verify(*reports, "--out", out, keep_going=True, workers=workers).return_value == 3
    one, two = (tmp_path / f"out{n}" / "verdicts.json" for n in (1, 2))
    assert one.read_bytes() == two.read_bytes()


def test_a_scheduler_and_its_engine_belong_together() -> None:
    for settings in ({"engine": "dask"}, {"scheduler": "tcp://127.0.0.1:1"}):
        done = verify(EXAMPLE, **settings)
        assert done.exit_code != 0
        assert "belong together" in str(done.exception)


@pytest.mark.slow
def test_a_dask_cluster_writes_what_one_process_writes(reports: list[Path], tmp_path: Path, cluster) -> None:
    address, _ = cluster
    alone = verify(*reports, "--out", tmp_path / "one")
    together = verify(*reports, "--out", tmp_path / "two", engine="dask", scheduler=address)
    assert together.return_value == 0, together.output
    assert alone.stdout == together.stdout
    assert (tmp_path / "one" / "report.html").read_bytes() == (tmp_path / "two" / "report.html").read_bytes()
