"""`verify`, `analyze` and `plot` take the files that `import` takes, and say how they read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import claimgauge
from settings_file import configured
from shared_files import shared

REPORT = "| Claim | Verified |\n|---|---|\n| {} | ✓ |\n"
WIDE = "Intermediate,XNLI,PAWS-X,mine\nBaseline,0.792,0.864,0.5\nMNLI,0.801,0.87,0.6\nFrobNLI,0.8,0.861,0.4\n"
SAID = ("--assume", "split=dev", "--assume", "model=XLM-R Large", "--assume", "language=mean")


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    path = tmp_path / "wide.csv"
    path.write_text(WIDE, encoding="utf-8")
    return path


def verdict(claim: str, folder: Path, *arguments: str | Path) -> tuple[str, str]:
    report = folder / "report.md"
    report.write_text(REPORT.format(claim), encoding="utf-8")
    done = claimgauge("verify", report, *configured(folder, no_built_in=True), "--json", *arguments)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["reports"][0]["claims"]
    return found["verdict"], done.stderr


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("MNLI raises XNLI by 0.9 points.", "supported"),
        ("MNLI raises PAWS-X by 1.9 points.", "refuted"),
        ("Intermediate training on MNLI improves XNLI.", "supported"),
    ],
)
def test_claims_are_checked_against_a_wide_table_of_fractions(
    wide: Path, tmp_path: Path, claim: str, word: str
) -> None:
    found, said = verdict(claim, tmp_path, "--results", wide, *SAID)
    assert found == word
    assert said.count("note: wide.csv: read as table") == 1
    assert "read as fractions, × 100 (--assume scale=1 says otherwise)" in said
    assert "stand for themselves: intermediate 'FrobNLI'; target 'mine'" in said


def test_what_a_file_leaves_open_is_asked_for_once_with_the_option_of_this_command(wide: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(REPORT.format("MNLI raises XNLI by 0.9 points."), encoding="utf-8")
    for call in (("verify", report, "--results", wide), ("analyze", "hierarchy", wide),
                 ("plot", "matrix", wide, "-o", tmp_path / "m.svg")):  # fmt: skip
        done = claimgauge(*call)
        assert done.returncode == 3
        assert done.stderr.count("give --assume split=…") == 1
        assert "give --assume split=… (train, dev, test)" in done.stderr
        assert "--assume model=… says otherwise" in done.stderr
    one = claimgauge("explain", f"{report}#C01", "--results", wide, *SAID, "--no-built-in")
    assert "verdict    supported" in one.stdout, one.stderr


def test_a_slip_in_a_name_is_no_evidence_and_is_listed_with_the_name_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    head = "model,intermediate,target,split,metric,score\n"
    path.write_text(
        f"{head}xlm-r-large,none,xnly,dev,accuracy,79\nxlm-r-large,mnli,xnly,dev,accuracy,85\n", encoding="utf-8"
    )
    found, said = verdict("MNLI raises XNLI by 0.9 points.", tmp_path, "--results", path)
    assert found == "needs-data"
    assert "note: names outside the vocabulary stand for themselves: target 'xnly' (near 'xnli')" in said
    strict = claimgauge("verify", tmp_path / "report.md", "--results", path, *configured(tmp_path, strict=True))
    assert strict.returncode == 3
    assert "unknown target 'xnly' (2 scores); did you mean 'xnli'?" in strict.stderr


@pytest.mark.parametrize("pair", ["split", "splat=dev", "seed=one"])
def test_an_assumption_that_means_nothing_is_refused(wide: Path, pair: str) -> None:
    done = claimgauge("analyze", "hierarchy", wide, "--assume", pair)
    assert done.returncode == 2
    assert f"--assume '{pair}'" in done.stderr


def test_tasks_of_ones_own_are_in_the_matrix(wide: Path, tmp_path: Path) -> None:
    out = tmp_path / "matrix.svg"
    done = claimgauge("plot", "matrix", wide, "-o", out, *SAID, "--assume", "metric=accuracy")
    assert done.returncode == 0, done.stderr
    drawn = out.read_text(encoding="utf-8")
    assert "FrobNLI" in drawn
    assert "mine" in drawn


def test_a_leaderboard_is_analysed_as_it_comes() -> None:
    table = shared("results", "euroeval", "euroeval_encoders.csv")
    said = ("--assume", "split=test", "--assume", "metric=mcc", "--ranked", "model", "--size", "100")
    done = claimgauge("analyze", "hierarchy", table, *said, "--json")
    assert done.returncode == 0, done.stderr
    assert "27" in done.stdout
    families = json.dumps(json.loads(done.stdout))
    assert "Uralic" in families
    assert "no family is known" not in families
