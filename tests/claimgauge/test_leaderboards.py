"""A leaderboard with a stranger's headings: one command to a ranking with intervals and a heat map."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from command import claimgauge

from analysis.errors import InputError
from analysis.importers import Given
from analysis.importers.opening import OpenedFile, open_results

WIDE = """Checkpoint,Albanian,Bulgarian,Czech,Danish,German,English
enc-a,61.2 ± 1.1,70.1 ± 0.9,66.0 ± 1.4,72.3 ± 0.8,75.2 ± 0.7,80.1 ± 0.5
enc-b,51.8 ± 1.0,60.2 ± 1.2,55.9 ± 1.1,62.0 ± 1.0,64.8 ± 0.9,69.9 ± 0.6
enc-c,,50.0 ± 2.1,44.3 ± 1.9,51.2 ± 1.7,54.0 ± 1.5,60.4 ± 0.9
"""


def test_a_wide_table_becomes_a_ranking_with_places_and_a_heat_map_in_one_command(tmp_path: Path) -> None:
    (tmp_path / "board.csv").write_text(WIDE, encoding="utf-8")
    done = claimgauge(
        "analyze",
        "ranking",
        "board.csv",
        "--heat-map",
        "h.svg",
        "--tables",
        "tables",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "enc-a is told from all others" in text
    assert "enc-a 70.8 [1–1], enc-b 60.8 [2–2], enc-c" in text
    assert (tmp_path / "h.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert (tmp_path / "tables" / "places.csv").exists()


def test_a_plus_minus_that_nobody_explains_is_taken_as_wide_as_it_may_be_and_a_note_says_so(tmp_path: Path) -> None:
    (tmp_path / "board.csv").write_text(WIDE, encoding="utf-8")
    taken = open_results(tmp_path / "board.csv", leaderboard=True)
    assert taken.table["se"].tolist()[:2] == [1.1, 0.9]
    assert any("taken as one standard error" in note and "--assume spread=sd|se|ci95" in note for note in taken.notes)
    said = open_results(tmp_path / "board.csv", leaderboard=True, given=Given(spread="ci95"))
    assert said.table["se"].isna().all()
    assert "standard error" not in " ".join(said.notes)
    asked = open_results(tmp_path / "board.csv", given=Given(rows="model", target="x", split="test"))
    assert asked.table["plus_minus"].tolist()[:2] == [1.1, 0.9]


def opened(folder: Path, text: str, name: str = "board.csv") -> OpenedFile:
    (folder / name).write_text(text, encoding="utf-8")
    return open_results(folder / name, leaderboard=True)


def rows(found: OpenedFile, *columns: str) -> list[tuple[object, ...]]:
    return list(found.table[list(columns)].itertuples(index=False, name=None))


def test_a_heading_that_names_a_language_twice_is_that_language(tmp_path: Path) -> None:
    found = opened(tmp_path, "System,Danish,German (deu_Latn),Chinese (zh)\na-7b,0.8,0.7,0.6\nb-7b,0.7,0.6,0.5\n")
    assert {row[:2] for row in rows(found, "target", "language")} == {("board", "da"), ("board", "de"), ("board", "zh")}


def test_ranks_sizes_and_means_are_no_scores_and_each_assumption_is_said(tmp_path: Path) -> None:
    text = "Rank,LLM,Licence,Params (M),German,sw,zh-CN,Average\n1,a-7b,mit,7,0.812,0.7,0.69,0.734\n"
    found = opened(tmp_path, text + "2,b-7b,mit,7,0.79,0.66,0.65,0.7\n")
    assert rows(found, "model", "target", "language", "split", "score") == [
        ("a-7b", "board", "de", "test", 81.2), ("a-7b", "board", "sw", "test", 70.0),
        ("a-7b", "board", "zh", "test", 69.0), ("b-7b", "board", "de", "test", 79.0),
        ("b-7b", "board", "sw", "test", 66.0), ("b-7b", "board", "zh", "test", 65.0),
    ]  # fmt: skip
    said = " ".join(found.notes)
    for assumed in (
        "columns that hold no scores left out: 'Rank', 'Params (M)'",
        "columns that average other columns left out: 'Average'",
        "'Licence'",
        "--assume target=",
        "--assume split=",
        "more of which",
    ):
        assert assumed in said


def test_one_heading_may_hold_task_and_language(tmp_path: Path) -> None:
    found = opened(tmp_path, "Model,NER-deu_Latn,NER-fra_Latn,QA-deu_Latn\nA,81.2%,83%,70.3%\nB,79%,80%,66%\n")
    assert rows(found, "model", "target", "language", "score")[:3] == [
        ("A", "NER", "de", 81.2), ("A", "NER", "fr", 83.0), ("A", "QA", "de", 70.3),
    ]  # fmt: skip


def test_tasks_may_be_the_rows(tmp_path: Path) -> None:
    found = opened(tmp_path, "Task,gpt-x,llama-y\ngrammar,73.4,70.1\nsentiment,65.0,66.2\n")
    assert rows(found, "model", "target", "score") == [
        ("gpt-x", "grammar", 73.4), ("llama-y", "grammar", 70.1), ("gpt-x", "sentiment", 65.0),
        ("llama-y", "sentiment", 66.2),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), [
    ("ASR system,German,French\nA,10.2,12.0\nB,8.1,9.9\n", "wer.csv"),
    ("System,WER ↓\nA,10.2\nB,8.1\n", "board.csv"),
])  # fmt: skip
def test_less_of_an_error_rate_is_better_whether_the_heading_or_the_file_says_so(
    tmp_path: Path, text: str, name: str
) -> None:
    found = opened(tmp_path, text, name)
    (metric,) = set(found.table["metric"])
    assert found.words["metric"][metric].facts["higher_is_better"] is False


def test_only_a_leaderboards_questions_assume_anything(tmp_path: Path) -> None:
    opened(tmp_path, WIDE)
    with pytest.raises(InputError, match="cannot tell what"):
        open_results(tmp_path / "board.csv")


def test_a_rank_among_languages_is_not_taken_for_a_language(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("System,Rank,German,French\nmbert,1,70.1,71.0\nxlm,2,60.2,61.0\n", encoding="utf-8")
    done = claimgauge("import", "t.csv", "--target", "xnli", "--split", "test", "-o", "t.parquet", cwd=tmp_path)
    assert "columns that hold no scores left out: 'Rank'" in done.stderr
    assert set(pd.read_parquet(tmp_path / "t.parquet")["language"]) == {"de", "fr"}


@pytest.mark.parametrize("head", [
    "Model,XNLI,XNLI se,PAWS-X,PAWS-X se", "Model,XNLI,XNLI_se,PAWS-X,PAWS-X (SE)",
    "Model,XNLI acc,XNLI stderr,PAWS-X acc,PAWS-X std. err.", "Model,XNLI,se,PAWS-X,se",
])  # fmt: skip
def test_a_column_of_standard_errors_is_no_task_and_no_language(tmp_path: Path, head: str) -> None:
    found = opened(tmp_path, head + "\nAlpha,60,1,80.1,0.5\nBeta,62,1.2,79.0,0.4\n")
    assert rows(found, "model", "target", "language", "score", "se") == [
        ("Alpha", "xnli", "mean", 60.0, 1.0), ("Alpha", "pawsx", "mean", 80.1, 0.5),
        ("Beta", "xnli", "mean", 62.0, 1.2), ("Beta", "pawsx", "mean", 79.0, 0.4),
    ]  # fmt: skip


def test_errors_that_stand_behind_all_scores_are_those_of_the_heading_they_repeat(tmp_path: Path) -> None:
    found = opened(tmp_path, "Model,XNLI,PAWS-X,XNLI se,PAWS-X se\nAlpha,60,80.1,1,0.5\nBeta,62,79.0,1.2,0.4\n")
    assert rows(found, "target", "score", "se")[:2] == [("xnli", 60.0, 1.0), ("pawsx", 80.1, 0.5)]


def test_northern_sami_is_a_language_among_languages_and_an_error_nowhere_else(tmp_path: Path) -> None:
    among = opened(tmp_path, "Model,fi,sv,se\nAlpha,60,50,10\nBeta,62,51,9\n")
    assert [row[0] for row in rows(among, "language")[:3]] == ["fi", "sv", "se"]
    tasks = opened(tmp_path, "Model,XNLI,PAWS-X,se\nAlpha,60,50,1.0\nBeta,62,51,1.1\n")
    assert {row[0] for row in rows(tasks, "language")} == {"mean"}
    assert any("columns of errors left out" in note and "'se'" in note for note in tasks.notes)


@pytest.mark.parametrize(("head", "kind"), [
    ("Model,RTE,RTE ±,CB,CB ±", "plus_minus"), ("Model,RTE acc,RTE acc ±,CB acc,CB acc +/-", "plus_minus"),
    ("Model,RTE,±,CB,±", "plus_minus"), ("Model,RTE,±,CB,+/-", "plus_minus"), ("Model,RTE,RTE_std,CB,CB sd", "sd"),
])  # fmt: skip
def test_errors_in_columns_of_their_own_are_those_of_the_scores(tmp_path: Path, head: str, kind: str) -> None:
    (tmp_path / "b.csv").write_text(head + "\nAlpha,60,1,80.1,±0.5\nBeta,62,1.2,79.0,0.4\n", encoding="utf-8")
    found = open_results(tmp_path / "b.csv", leaderboard=True)
    assert rows(found, "target", "score", "se" if kind == "plus_minus" else kind)[:2] == [
        ("RTE", 60.0, 1.0), ("CB", 80.1, 0.5),
    ]  # fmt: skip
    said = open_results(tmp_path / "b.csv", leaderboard=True, given=Given(spread="ci95", n_seeds=4))
    assert said.table["sd" if kind == "sd" else "ci_low"].notna().all()


def test_the_errors_of_an_average_are_left_out_with_it(tmp_path: Path) -> None:
    found = opened(tmp_path, "Model,RTE,±,CB,±,Avg,±\nAlpha,60,1,80.1,0.5,70,0.7\nBeta,62,1,79,0.4,71,0.6\n")
    assert rows(found, "target", "score", "se")[:2] == [("RTE", 60.0, 1.0), ("CB", 80.1, 0.5)]
    assert "columns that average other columns left out: 'Avg'" in found.notes
