"""Spreads and counts in files of others: kept as what they are, and through a round trip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import stdev
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st
from shared_files import shared

from analysis.errors import InputError, UsageError
from analysis.importers import Given, Imported, UnknownNamesError, import_results
from analysis.importers.opening import assumed, open_results
from analysis.results.spreads import SPREADS
from analysis.results.table import COLUMNS, REQUIRED, TEXT, load_results, validate, write_results

Write = Callable[[str, object], Path]

DEV = Given(model="xlm-r-large", language="mean", split="dev")
TABLE = 'run,XNLI,PAWS-X\nnone,79.2 ± 0.5,86.4\nMNLI,79.9 ± 0.4,"87.0 [86.1, 87.5]"\n'


def stated(done: Imported) -> list[dict[str, float]]:
    """What each row states of its spread."""
    return [{k: v for k, v in row.items() if not pd.isna(v)} for row in done.table[list(SPREADS)].to_dict("records")]


def test_a_spread_nobody_explains_is_kept_as_that_and_said(write: Write) -> None:
    done = import_results([write("t.csv", TABLE)], given=DEV)
    assert stated(done) == [{"plus_minus": 0.5}, {}, {"plus_minus": 0.4}, {"plus_minus": 0.9}]
    assert any("what ± is, is not stated (3)" in note and "--assume spread=sd|se|ci95" in note for note in done.notes)


@pytest.mark.parametrize(
    ("said", "row", "bracket"),
    [
        ({"spread": "sd", "n_seeds": 3}, {"sd": 0.5, "n_seeds": 3}, {"sd": 0.9, "n_seeds": 3}),
        ({"spread": "se"}, {"se": 0.5}, {"se": 0.9}),
        ({"spread": "ci95"}, {"ci_low": 78.7, "ci_high": 79.7}, {"ci_low": 86.1, "ci_high": 87.5}),
    ],
)
def test_one_option_says_what_it_is(
    write: Write, said: dict[str, Any], row: dict[str, float], bracket: dict[str, float]
) -> None:
    done = import_results([write("t.csv", TABLE)], given=Given(**said).over(DEV))
    assert stated(done)[0] == pytest.approx(row)
    assert stated(done)[3] == pytest.approx(bracket)
    assert not any("±" in note for note in done.notes)


def test_a_standard_deviation_without_its_number_of_seeds_asks_for_it(write: Write) -> None:
    done = import_results([write("t.csv", TABLE)], given=Given(spread="sd").over(DEV))
    assert any("unstated number of seeds (3): give --assume n_seeds" in note for note in done.notes)
    with pytest.raises(UsageError, match="spread 'iqr': give one of sd, se, ci95"):
        import_results([write("t.csv", TABLE)], given=Given(spread="iqr").over(DEV))


def test_a_number_in_brackets_is_a_spread_only_where_that_is_said(write: Write) -> None:
    path = write("t.csv", "run,XNLI\nnone,79.2 (0.5)\n")
    with pytest.raises(InputError, match="say which with --assume spread"):
        import_results([path], given=DEV)
    assert stated(import_results([path], given=Given(spread="se").over(DEV))) == [{"se": 0.5}]


@pytest.mark.parametrize("cell", ["79.2 [80.1, 81.0]", "76.6 (60.8)", "79.2 (+0.5)", "79.2 ± 0.1 (0.5)"])
def test_brackets_that_are_no_interval_around_the_score_are_refused(write: Write, cell: str) -> None:
    with pytest.raises(InputError, match="is not a score"):
        import_results([write("t.csv", f'run,XNLI\nnone,"{cell}"\n')], given=DEV)


def test_spreads_of_fractions_become_points_with_their_scores(write: Write) -> None:
    text = "model,task,language,split,score,stderr,num_seeds\nm,XNLI,de,test,0.792,0.005,4\n"
    done = import_results([write("t.csv", text)], given=Given(scale=100.0), keep_unknown=True)
    assert stated(done) == [{"se": 0.5, "n_seeds": 4}]
    percent = "run,XNLI\nnone,0.792 ± 0.005\n"
    done = import_results([write("p.csv", percent)], given=Given(scale=100.0, spread="ci95").over(DEV))
    assert stated(done) == [pytest.approx({"ci_low": 78.7, "ci_high": 79.7})]


def test_a_column_of_spreads_beside_several_columns_of_scores_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match="which of 2 columns of scores the column 'sd' belongs to"):
        import_results([write("t.csv", "run,XNLI,PAWS-X,std\nnone,79.2,86.4,0.5\n")], given=DEV)


def test_columns_of_numbers_that_are_left_out_are_named(write: Write) -> None:
    done = import_results([write("t.csv", "run,task,score,loss\nnone,XNLI,79.2,0.51\n")], given=DEV)
    assert "t.csv: columns left out: 'loss'" in done.notes


def test_lm_eval_errors_stay_standard_errors(write: Write) -> None:
    results = {
        "xnli_de": {"acc,none": 0.45, "acc_stderr,none": 0.01, "acc_norm,none": 0.4, "acc_norm_stderr,none": "N/A"}
    }
    data = {"results": results, "versions": {}, "config": {"model_args": "pretrained=m"}}
    done = import_results([write("r.json", data)], given=Given(split="test"), keep_unknown=True)
    assert stated(done) == [{"se": 1.0}, {}]


def test_mteb_keeps_the_spread_of_its_experiments_and_takes_no_spread_for_a_score(write: Write) -> None:
    runs = [0.50, 0.54, 0.58]
    entry = {
        "accuracy": 0.54, "main_score": 0.54, "nauc_map_at_1_std": 0.2, "v_measure": 0.3, "v_measure_std": 0.02,
        "hf_subset": "de", "languages": ["deu-Latn"], "scores_per_experiment": [{"accuracy": r} for r in runs],
    }  # fmt: skip
    data = {"task_name": "T", "mteb_version": "2", "scores": {"test": [entry]}}
    done = import_results([write("T.json", data)], given=Given(model="m"), keep_unknown=True)
    found = dict(zip(done.table["metric"], stated(done), strict=True))
    spread = {"sd": pytest.approx(100 * stdev(runs)), "n_seeds": 3}
    assert found == {
        "accuracy": spread, "main_score": spread, "nauc_map_at_1_std": {}, "v_measure": {"sd": pytest.approx(2.0)},
    }  # fmt: skip


def test_what_mteb_itself_wrote_keeps_ten_experiments_each() -> None:
    folder = shared("results", "samples2026", "mteb_folder")
    (path,) = folder.glob("*/SIB200Classification.json")
    done = import_results([path], given=Given(split=None), keep_unknown=True)
    main = done.table[done.table["metric"].astype(str) == "main_score"]
    assert len(main) == 6
    assert set(main["n_seeds"]) == {10.0}
    assert (main["sd"] > 0).all()


def test_two_spreads_of_one_cell_contradict_each_other(write: Write) -> None:
    paths = [write(f"{n}.csv", f"run,XNLI\nnone,79.2 ± {spread}\n") for n, spread in (("a", 0.5), ("b", 0.4))]
    with pytest.raises(InputError, match=r"0\.5, not explained.*0\.4, not explained.*for the same cell"):
        import_results(paths, given=Given(study="s").over(DEV))


# ------------------------------------------------------------------------------- round trip

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "study": st.sampled_from(["s", "a study, with a comma"]),
    "model": st.sampled_from(["xlm-r-large", "xlm-r-base"]),
    "intermediate": st.sampled_from(["none", "mnli", "mnli>squad2"]),
    "method": st.sampled_from(["plain", "mlm"]),
    "intermediate_language": st.sampled_from(["en", "zh", "de"]),
    "target": st.just("xnli"),
    "language": st.sampled_from(["mean", "de", "sw"]),
    "split": st.sampled_from(["dev", "test"]),
    "perturbation": st.sampled_from(["none", "typos"]),
    "metric": st.just("accuracy"),
    "score": st.floats(1, 100),
    "decimals": st.none() | st.integers(0, 3),
    "provenance": st.sampled_from(["measured", "published"]),
    "source": st.sampled_from(["paper, Table 2", "x.json#/a sha256:1"]),
}
"""Column → values; other columns of words hold a word, those of numbers a count or nothing."""
EXCLUSIVE = {"seed", "ci_low", "ci_high", "n_seeds", "sd"}


def row_of(draw: st.DrawFn) -> dict[str, Any]:
    row = {name: draw(VALUES[name]) for name in COLUMNS if name in VALUES}
    row |= {
        name: "a word" if name in TEXT else draw(st.none() | st.integers(1, 10**6))
        for name in COLUMNS
        if name not in {*VALUES, *EXCLUSIVE}
    }
    half = draw(st.none() | st.floats(0.01, 3))
    ends = {} if half is None else {"ci_low": row["score"] - half, "ci_high": row["score"] + half}
    repeated = draw(st.booleans())
    return row | ends | ({"sd": draw(st.floats(0, 5)), "n_seeds": 4} if repeated else {"seed": draw(st.integers(0, 9))})


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    key = [name for name in COLUMNS if name in TEXT and name != "source"]
    rows = [row_of(draw) for _ in range(draw(st.integers(1, 4)))]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(key)
    return validate(frame, "made up")


@for_all(tables(), st.sampled_from(["csv", "parquet"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_results_table_comes_back_from_import_column_by_column(
    tmp_path: Path, table: pd.DataFrame, ending: str
) -> None:
    path = tmp_path / f"t.{ending}"
    write_results(table, path)
    done = import_results([path])
    pd.testing.assert_frame_equal(done.table, table, check_categorical=False)
    assert all("±" in note or "standard deviations" in note for note in done.notes)


def test_the_language_of_the_intermediate_data_is_kept_and_said_where_it_is_assumed(write: Write) -> None:
    path = shared("results", "cases", "import_intermediate_language.csv")
    done = import_results([path])
    assert list(done.table["intermediate_language"]) == ["zh", "en"]
    silent = import_results([write("t.csv", "run,XNLI\nnone,79.2\nMNLI,79.9\n")], given=DEV)
    assert any("taken as English (--assume intermediate_language" in note for note in silent.notes)
    said = import_results([write("t.csv", "run,XNLI\nMNLI,79.9\n")], given=Given(intermediate_language="zh").over(DEV))
    assert list(said.table["intermediate_language"]) == ["zh"]
    assert not any("English" in note for note in said.notes)


def test_names_beside_a_table_are_read_with_it(write: Write, tmp_path: Path) -> None:
    path = write("t.csv", f"{','.join(REQUIRED)},provenance\nm,none,mine,dev,70,imported\n")
    write("t.names.toml", '[target.mine]\nname = "My task"\nmetrics = ["accuracy"]\n')
    with pytest.raises(UnknownNamesError) as caught:
        import_results([path], given=Given(language="mean"), keep_unknown=False)
    assert "'mine'" not in str(caught.value)
    done = import_results([path], given=Given(language="mean"), keep_unknown=True)
    assert list(done.table["target"]) == ["mine"]
    assert "mine" in done.own["target"]


def test_low_scores_of_a_results_table_are_points(write: Write) -> None:
    header = f"{','.join(REQUIRED)},metric,provenance"
    ours = write("a.csv", f"{header}\nxlm-r-large,none,xnli,dev,0.5,accuracy,imported\n")
    assert list(import_results([ours], given=Given(language="mean")).table["score"]) == [0.5]
    loaded = load_results(ours)
    assert list(loaded["score"]) == [0.5]


def test_a_results_table_with_a_plus_minus_in_its_cells_is_opened_like_a_file_of_others(write: Write) -> None:
    path = write(
        "t.csv", f"{','.join(REQUIRED)}\nxlm-r-large,none,xnli,dev,79.2 ± 0.3\nxlm-r-large,mnli,xnli,dev,80.9 ± 0.3\n"
    )
    opened = open_results(path)
    assert list(opened.table["plus_minus"]) == [0.3, 0.3]
    (line,) = opened.remarks(path)
    assert "--assume intermediate_language=…" in line
    assert "--assume spread=sd|se|ci95" in line
    told = open_results(path, given=assumed(["spread=sd", "n_seeds=3"])).table
    assert list(told["sd"]) == [0.3, 0.3]
    assert list(told["n_seeds"]) == [3, 3]
