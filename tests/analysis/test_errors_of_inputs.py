"""Files and numbers that no analysis can use: each error has its class and names the file or the value."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import cluster
from analysis.distances.importing import load_distances, read_table
from analysis.distances.lang2vec import from_lang2vec
from analysis.errors import InputError, MissingDataError, UsageError
from analysis.gains.setting import directed
from analysis.importers import archives, import_results
from analysis.importers.documents import read_document
from analysis.importers.opening import assumed
from analysis.leaderboard.board import board_of
from analysis.published.printed import stated
from analysis.published.scores import published_scores
from analysis.questions import hierarchy, ranking
from analysis.questions.cost import CostDesign
from analysis.questions.cost.draws import joint_replicates
from analysis.questions.distance import DistanceDesign
from analysis.questions.distance.rows import rows_of
from analysis.questions.ranking.places import places
from analysis.questions.sources.comparisons import _reference
from analysis.registry.own_names import read_own_names, read_toml
from analysis.registry.vocabulary import vocabulary
from analysis.results.items import load_items
from analysis.results.table import validate
from analysis.scoring.bitext import best_threshold, pairs_score
from analysis.scoring.squad import squad_score
from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.mixed_rows import turned, without_lead
from analysis.stats.permutation import mantel
from analysis.stats.phylogeny import phylogenetic_factors
from analysis.stats.two_way import two_way
from analysis.tables import files, read_tables

LANGUAGES_APART = pd.DataFrame({"task": list("abcdefgh"), "language": list("ijklmnop"), "tree": np.arange(8.0)})
"""Eight tasks, each in a language of its own."""


def scores_apart(kind: str) -> pd.DataFrame:
    """Scores of two models or two intermediate tasks that share no target."""
    rows = [
        {"model": model if kind == "model" else "xlm-r-large", "intermediate": "none" if kind == "model" else run,
         "target": target, "language": code, "split": "dev", "score": 70.0 + i}
        for model, run, target in (("xlm-r-large", "mnli", "xnli"), ("mbert", "squad", "pawsx"))
        for i, code in enumerate(("de", "es", "fr", "zh"))
    ]  # fmt: skip
    return validate(pd.DataFrame(rows), "made-up.csv")


def imported(path: Path) -> object:
    return import_results([path])


def imported_board(path: Path) -> object:
    return import_results([path], format_name="leaderboard")


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("absent.json", None, load_distances),
        ("folder.csv", "", read_table),
        ("absent.npz", None, lambda path: from_lang2vec(path, "cosine", vocabulary())),
        ("absent.toml", None, read_toml),
        ("names.toml", b"[weather]\nfine = 1\n", read_own_names),
        ("items.parquet", b"PAR1 and no more", load_items),
        ("folder", "", read_document),
        ("two.md", b"|a|b|\n|-|-|\n|m|1|\n\ntext\n\n|a|b|\n|-|-|\n|m|1|\n", imported_board),
        ("no.json", b'{"a": 1}', imported_board),
        ("samples_xnli_2024.jsonl", b'{"doc_id": 0, "doc": {}, "target": "a", "resps": [], "filtered_resps": []}\n', lambda path: import_results([path], format_name="lm-eval-samples")),
        ("wandb.csv", b"Name,State,seed,target,eval/accuracy\na,finished,first,xnli,0.8\n", imported),
        ("wandb.csv", b"Name,State,seed,target,eval/accuracy\na,finished,1,xnli,high\n", imported),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, content: bytes | str | None, read: Callable[[Path], object]
) -> None:
    path = tmp_path / name
    if content == "":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read(path)
    assert raised.value.where == str(path)
    assert len(raised.value.faults) == 1


def test_an_array_that_lang2vec_lacks_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", langs=np.array(["deu"]))
    with pytest.raises(InputError) as raised:
        from_lang2vec(tmp_path / "a.npz", "cosine", vocabulary())
    assert raised.value.where == str(tmp_path / "a.npz")


def test_files_that_are_too_large_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 3)
    monkeypatch.setattr(files, "LARGEST", 3)
    (tmp_path / "t.csv").write_text("a,b\nc,1\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    for path, read in ((tmp_path / "t.csv", read_tables), (tmp_path / "t.xlsx", read_document)):
        with pytest.raises(InputError) as raised:
            read(path)
        assert raised.value.where == str(path)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: assumed(["seed=many"]), "many"),
        (lambda: assumed(["n_seeds=many"]), "many"),
        (lambda: assumed(["scale=much"]), "much"),
        (lambda: assumed(["split=dev", "split=test"]), "split"),
        (lambda: directed(pd.DataFrame({"metric": ["brilliance"]}), vocabulary()), "brilliance"),
        (lambda: cluster.connect("nowhere"), "nowhere"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(call: Callable[[], object], named: str) -> None:
    with pytest.raises(UsageError) as raised:
        call()
    assert named in str(raised.value)


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingDataError, match="distributed"):
        cluster.connect("nowhere")


@pytest.mark.parametrize(
    "score", [lambda: best_threshold([], []), lambda: pairs_score([], []), lambda: squad_score({}, {})]
)
def test_nothing_is_scored_against_nothing(score: Callable[[], object]) -> None:
    with pytest.raises(InputError) as raised:
        score()
    assert raised.value.where.startswith("gold")


@pytest.mark.parametrize(
    "call",
    [
        lambda: mantel(np.zeros((4, 4)), np.zeros((5, 5)), rng=RNG),
        lambda: phylogenetic_factors(["de"], ["de"], np.eye(2)),
        lambda: two_way([[1.0, np.nan], [2.0, np.nan]], [1.0, 1.0]),
    ],
)
def test_arrays_that_do_not_fit_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ShapeError):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: board_of(published_scores().head(0), registry=vocabulary()),
        lambda: joint_replicates([], CostDesign(), RNG),
        lambda: rows_of(LANGUAGES_APART, "tree", "tree", DistanceDesign(outcome="score")),
        lambda: _reference(pd.DataFrame({"intermediate_language": pd.Series(dtype=str)}), None),
    ],
)
def test_too_little_to_compare_is_a_reason(call: Callable[[], object]) -> None:
    with pytest.raises(CannotTellError):
        call()


def test_what_shares_no_target_is_not_ranked() -> None:
    assert hierarchy.fit(scores_apart("intermediate"), hierarchy.DESIGN()).because
    assert ranking.fit(scores_apart("model"), ranking.DESIGN()).because


def test_ranks_that_what_is_stated_does_not_decide_are_not_drawn() -> None:
    rows = [
        {"model": model, "intermediate": "none", "target": target, "language": code, "split": "dev", "score": 70.0 + i}
        for model, target in (("xlm-r-large", "xnli"), ("xlm-r-large", "pawsx"), ("mbert", "xnli"))
        for i, code in enumerate(("de", "es", "fr", "zh", "ko", "ja"))
    ]  # fmt: skip
    board = board_of(validate(pd.DataFrame(rows), "made-up.csv"), registry=vocabulary())
    for one in (board, replace(board, reach=np.ones_like(board.scores))):
        assert places(one, ranking.RankingDesign(size=99)).because


def test_a_residual_too_small_for_quick_arithmetic_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.stats.mixed_rows.LARGEST_ROWS", 3)
    design = mixed_design(np.ones(8), [RandomFactor("task", list("aabbccdd"))])
    with pytest.raises(CannotTellError, match="residual"):
        turned(without_lead(design), np.arange(8.0), 1.0)


def test_effects_that_explain_everything_are_a_reason() -> None:
    design = without_lead(
        mixed_design(np.ones(8), [RandomFactor("task", list("aabbccdd")), RandomFactor("language", list("xyzuvyxu"))])
    )
    outcome = np.repeat([1.0, 2.0, 3.0, -6.0], 2) + np.tile([1e-9, -1e-9], 4)
    with pytest.raises(CannotTellError, match="residual"):
        turned(design, outcome, 1e30).at(np.ones(2))


def test_a_score_of_mteb_that_is_no_number_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "mteb.csv"
    path.write_text(
        "model,task,split,subset,languages,main_score\na,STS,test,default,eng-Latn,high\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as raised:
        import_results([path])
    assert "'high'" in str(raised.value)


def test_two_rows_of_one_model_are_told_apart_by_their_names() -> None:
    rows = [
        {"model": "xlm-r-large", "intermediate": run, "target": "xnli", "language": code, "split": "dev", "score": 70.0}
        for run in ("mnli", "squad") for code in ("de", "sw")
    ]  # fmt: skip
    board = board_of(validate(pd.DataFrame(rows), "made-up.csv"), registry=vocabulary())
    with pytest.raises(UsageError) as raised:
        board.index("XLM-R large", vocabulary())
    assert all(row in str(raised.value) for row in board.rows)


def test_a_study_that_states_nothing_beside_its_table_is_named() -> None:
    with pytest.raises(MissingDataError, match="su2022"):
        stated("su2022")
