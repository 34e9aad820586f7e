"""A leaderboard with a stranger's headings: one command to a ranking with intervals and a heat map."""

from __future__ import annotations

from pathlib import Path

from command import claimgauge

WIDE = """Checkpoint,Albanian,Bulgarian,Czech,Danish,German,English
enc-a,61.2 ± 1.1,70.1 ± 0.9,66.0 ± 1.4,72.3 ± 0.8,75.2 ± 0.7,80.1 ± 0.5
enc-b,51.8 ± 1.0,60.2 ± 1.2,55.9 ± 1.1,62.0 ± 1.0,64.8 ± 0.9,69.9 ± 0.6
enc-c,,50.0 ± 2.1,44.3 ± 1.9,51.2 ± 1.7,54.0 ± 1.5,60.4 ± 0.9
"""
SAID = [part for name in ("rows=model", "columns=language", "target=xnli", "split=test", "spread=ci95")
        for part in ("--assume", name)]  # fmt: skip


def test_a_wide_table_becomes_a_ranking_with_places_and_a_heat_map_in_one_command(tmp_path: Path) -> None:
    (tmp_path / "board.csv").write_text(WIDE, encoding="utf-8")
    done = claimgauge(
        "analyze", "ranking", "board.csv", *SAID, "--heat-map", "h.svg", "--tables", "tables", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "enc-a is told from all others" in text
    assert "enc-a 70.8 [1–1], enc-b 60.8 [2–2], enc-c" in text
    assert (tmp_path / "h.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert (tmp_path / "tables" / "places.csv").exists()


def test_what_a_plus_minus_is_must_be_said_before_it_ranks_anything(tmp_path: Path) -> None:
    (tmp_path / "board.csv").write_text(WIDE, encoding="utf-8")
    done = claimgauge("analyze", "ranking", "board.csv", *SAID[:-2], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "says cannot-tell" in " ".join(done.stdout.split())
    assert "No place is sure, because what ± is, is not stated" in " ".join(done.stdout.split())
