"""The results table: what enters is checked, all faults at once; what leaves is whole."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import InputError, UsageError
from analysis.files.atomic import replacing, write_text
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import COLUMNS, concat, empty, load_results, validate, write_results

WORDS = vocabulary()


def table(tmp_path: Path, text: str, name: str = "results.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_small_file_is_filled_up_with_the_documented_defaults(tmp_path: Path) -> None:
    frame = load_results(
        table(tmp_path, "model,intermediate,target,split,score\nXLM-R Large,SQuAD v2.0,XNLI,development,80.10\n")
    )
    row = frame.iloc[0]
    assert list(frame.columns) == list(COLUMNS)
    assert (row["model"], row["intermediate"], row["target"], row["split"]) == (
        "xlm-r-large",
        "squad2",
        "xnli",
        "dev",
    )
    assert (row["method"], row["language"], row["metric"], row["provenance"]) == (
        "plain",
        "mean",
        "accuracy",
        "imported",
    )
    assert (row["score"], row["decimals"]) == (80.1, 2)
    assert row["study"] == "results"


def test_two_versions_of_a_text_may_print_the_same_cell(tmp_path: Path) -> None:
    head = "study,version,model,intermediate,target,split,score\n"
    text = head + "".join(f"mine,{v},m,none,xnli,dev,{x}\n" for v, x in (("v1", 80.1), ("v2", 79.9), ("", 79.0)))
    assert list(load_results(table(tmp_path, text))["version"]) == ["v1", "v2", ""]
    with pytest.raises(InputError, match="row 4 repeats row 3"):
        load_results(table(tmp_path, text + "mine,,m,none,xnli,dev,78.0\n"))


SCORES = "model,intermediate,target,split,metric,score\n"


def test_shares_of_one_are_points_and_keep_their_printed_digits(tmp_path: Path) -> None:
    text = SCORES + "m,none,xnli,dev,accuracy,0.792\nm,mnli,xnli,dev,accuracy,0.8\nm,none,xquad,dev,f1,76.61\n"
    frame = load_results(table(tmp_path, text))
    assert list(frame["score"]) == [79.2, 80.0, 76.61]
    assert list(frame["decimals"]) == [1, 0, 2]


def test_spreads_of_shares_of_one_are_points_too(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    head = "model,intermediate,target,split,metric,score,se,ci_low,ci_high\n"
    path.write_text(f"{head}xlm-r-large,none,xnli,dev,accuracy,0.7900,0.005,0.78,0.80\n", encoding="utf-8")
    (row,) = load_results(path)[["score", "se", "ci_low", "ci_high"]].to_dict("records")
    assert row == {"score": 79.0, "se": 0.5, "ci_low": 78.0, "ci_high": 80.0}


@pytest.mark.parametrize("score", ["0.801", "0.80"])
def test_a_metric_that_mixes_shares_and_points_is_refused_in_one_sentence(score: str, tmp_path: Path) -> None:
    text = SCORES + f"m,none,xnli,dev,accuracy,79.2\nm,mnli,xnli,dev,accuracy,{score}\nm,qqp,xnli,dev,accuracy,78.1\n"
    with pytest.raises(InputError, match="mix two scales") as error:
        load_results(table(tmp_path, text))
    (fault,) = error.value.faults
    assert f"{score} in row 2" in fault
    assert "79.2 in row 1" in fault


def test_a_lone_score_near_zero_is_no_share_of_one(tmp_path: Path) -> None:
    rows = "".join(
        f"m,none,tatoeba,dev,accuracy,{x},{code}\n" for code, x in (("de", 91.25), ("sw", 0.52), ("th", 4.38))
    )
    frame = load_results(table(tmp_path, SCORES.replace("score", "score,language") + rows))
    assert list(frame["score"]) == [91.25, 0.52, 4.38]


def test_a_row_without_a_score_is_a_cell_nobody_measured_yet(tmp_path: Path) -> None:
    frame = load_results(
        table(tmp_path, "model,intermediate,target,split,score\nm,none,xnli,dev,\nm,mnli,xnli,dev,80\n")
    )
    assert list(frame["intermediate"]) == ["mnli"]


def test_all_faults_of_a_file_are_listed_at_once_with_row_value_and_remedy(tmp_path: Path) -> None:
    text = """model,intermediate,target,split,language,metric,score,seed
m,mnli,xnli,holdout,mean,accuracy,80,1
m,mnli,xnli,dev,mean,accuracy,180,1
m,mnli,xnli,dev,mean,accuracy,high,1
m,qqp,xnli,dev,mean,accuracy,80,1
m,qqp,xnli,dev,mean,accuracy,81,1
,qqp,bucc,dev,mean,f1,81,one
"""
    with pytest.raises(InputError) as caught:
        load_results(table(tmp_path, text))
    message = str(caught.value)
    assert caught.value.exit_code == 3
    for part in (
        "unknown split 'holdout' (one of train, dev, test) in row 1",
        "score 180 in row 2 is outside 0 to 100",
        "score 'high' in row 3 is not a number",
        "row 5 repeats row 4",
        "model in row 6 is empty",
        "seed 'one' in row 6 is not a number",
    ):
        assert part in message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("model,target,split,score\nm,xnli,dev,80\n", "column 'intermediate' is missing"),
        (
            "model,intermediate,target,split,score,langauge\nm,none,xnli,dev,80,en\n",
            "unknown column 'langauge'; did you mean 'language'?",
        ),
        ("model,intermediate,target,split,score\nm,none,xquad,dev,80\n", "xquad has f1 and exact_match"),
    ],
)
def test_a_table_of_another_shape_is_refused_with_the_remedy(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        load_results(table(tmp_path, text))
    assert part in str(caught.value)


@pytest.mark.parametrize("name", ["gone.csv", "a.xlsx", "plain"])
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, name: str) -> None:
    if name != "gone.csv":
        (tmp_path / name).write_bytes(b"\x00\x01")
    with pytest.raises(InputError, match=name):
        load_results(tmp_path / name)


def test_a_parquet_file_of_rubbish_is_refused(tmp_path: Path) -> None:
    (tmp_path / "results.parquet").write_bytes(b"not parquet")
    with pytest.raises(InputError, match=r"results\.parquet: cannot be read as a table"):
        load_results(tmp_path / "results.parquet")


def test_sequences_and_joint_runs_are_resolved_part_by_part(tmp_path: Path) -> None:
    frame = load_results(
        table(
            tmp_path,
            "model,intermediate,target,split,score\nm,MNLI>SQuAD 2.0,xnli,dev,80\nm,ANLI+,xnli,dev,80\nm,MNLI+ANLI+,xnli,dev,80\nm,multitask,xnli,dev,80\n",
        )
    )
    assert list(frame["intermediate"]) == ["mnli>squad2", "anli+", "mnli+anli+", "multi"]


def test_codes_of_data_sets_are_languages_too(tmp_path: Path) -> None:
    frame = load_results(
        table(
            tmp_path,
            "model,intermediate,target,split,language,score\nm,none,tatoeba,test,cmn,80\nm,none,tatoeba,test,swh,80\n",
        )
    )
    assert list(frame["language"]) == ["zh", "sw"]


rows = st.lists(
    st.tuples(st.sampled_from(["none", *WORDS["intermediate"]]), st.sampled_from(WORDS.targets_of("xtreme")), st.integers(0, 1000), st.integers(0, 3)),
    min_size=1, max_size=30, unique_by=lambda r: (r[0], r[1], r[3]),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.sampled_from([".csv", ".parquet"]))
def test_a_table_survives_being_written_and_loaded(
    tmp_path: Path, rows: list[tuple[str, str, int, int]], ending: str
) -> None:
    frame = pd.DataFrame(
        [
            {"model": "xlm-r-large", "intermediate": run, "target": target, "split": "dev", "seed": seed, "score": tenths / 10,
             "metric": WORDS["target"][target].facts["metrics"][0]}
            for run, target, tenths, seed in rows
        ]
    )  # fmt: skip
    first = validate(frame, "generated")
    path = tmp_path / f"t{ending}"
    write_results(first, path)
    again = load_results(path)
    for column in ("model", "intermediate", "target", "language", "metric", "study", "source"):
        assert list(again[column].astype(str)) == list(first[column].astype(str))
    assert list(again["score"]) == list(first["score"])
    assert list(again["seed"]) == list(first["seed"])


def test_tables_are_joined_without_losing_their_types() -> None:
    frame = validate(
        pd.DataFrame([{"model": "m", "intermediate": "none", "target": "xnli", "split": "dev", "score": 80.0}]),
        "a",
    )
    joined = concat([frame, empty(), frame])
    assert len(joined) == 2
    assert str(joined["target"].dtype) == "category"
    assert len(concat([])) == 0


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    write_text(path, "old")

    def half_written() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_written()
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]


def test_an_unknown_ending_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.parquet or \.csv"):
        write_results(empty(), tmp_path / "results.xlsx")
    assert list(tmp_path.iterdir()) == []


SPREAD_HEADER = "model,intermediate,target,split,score,seed,n_items,sd,se,ci_low,ci_high,plus_minus,n_seeds"


def test_spreads_and_counts_are_kept_as_stated(tmp_path: Path) -> None:
    text = f"{SPREAD_HEADER}\nm,none,xnli,dev,79.2,,2490,0.41,,,,,5\nm,mnli,xnli,dev,80,,,,,79.5,80.5,0.2,\n"
    first, second = load_results(table(tmp_path, text)).to_dict("records")
    assert (first["n_items"], first["sd"], first["n_seeds"]) == (2490, 0.41, 5)
    assert (second["ci_low"], second["ci_high"], second["plus_minus"]) == (79.5, 80.5, 0.2)


def test_spreads_that_cannot_be_are_faults_with_row_and_value(tmp_path: Path) -> None:
    rows = [
        "m,none,xnli,dev,79.2,,,-0.4,,,,,5",
        "m,mnli,xnli,dev,79.2,,0,,,,,,2.5",
        "m,qqp,xnli,dev,79.2,1,,,,,,,3",
        "m,csqa,xnli,dev,79.2,,,0.3,,,,,1",
        "m,squad2,xnli,dev,79.2,,,,,79.4,80.1,,",
        "m,hellaswag,xnli,dev,79.2,,,,,79.0,,,",
        "m,ccg,xnli,dev,79.2,,,,high,,,,",
    ]
    with pytest.raises(InputError) as caught:
        load_results(table(tmp_path, "\n".join([SPREAD_HEADER, *rows]) + "\n"))
    message = str(caught.value)
    for part in (
        "sd -0.4 in row 1 is negative",
        "n_seeds 2.5 in row 2 is no whole number from 1",
        "n_items 0 in row 2 is no whole number from 1",
        "row 3 has a seed (1) and is a mean over 3; leave one empty",
        "sd 0.3 in row 4 is of one seed, which has none; is it the se?",
        "score 79.2 in row 5 is outside its own interval, 79.4 to 80.1",
        "row 6 has one end of an interval; give both ci_low and ci_high",
        "se 'high' in row 7 is not a number",
    ):
        assert part in message


def test_the_rounding_of_a_score_does_not_put_it_outside_its_own_interval(tmp_path: Path) -> None:
    text = f"{SPREAD_HEADER}\nm,none,xnli,dev,79.2,,,,,79.23,80.1,,\n"
    assert len(load_results(table(tmp_path, text))) == 1
