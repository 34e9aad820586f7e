"""Tables with merged headings, remarks, ranks, errors, runs and two units in one are read as they are meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.importers import Given, Imported, import_results
from analysis.importers.naming import read_names
from analysis.importers.opening import open_results

Write = Callable[[str, object], Path]
ROWS = Given(rows="model", split="test")


def cells(done: Imported, *columns: str) -> list[tuple[Any, ...]]:
    return list(done.table[list(columns)].itertuples(index=False, name=None))


def test_a_heading_saved_from_merged_cells_stands_over_the_blank_cells_right_of_it(write: Write) -> None:
    path = write("t.csv", ",XNLI,,PAWS-X,\nModel,de,sw,de,fr\nA,81.2,70.1,89.4,90.0\n")
    done = import_results([path], given=Given(split="test"))
    assert cells(done, "target", "language", "score") == [
        ("xnli", "de", 81.2), ("xnli", "sw", 70.1), ("pawsx", "de", 89.4), ("pawsx", "fr", 90.0),
    ]  # fmt: skip
    assert any("'XNLI', 'PAWS-X'" in note for note in done.notes)


def test_lines_below_a_table_are_left_out_by_name_and_a_line_of_scores_is_not(write: Write) -> None:
    table = "Model,XNLI,PAWS-X\nA,81.2,89.4\nB,79.8,88.0\n"
    done = import_results([write("t.csv", f"{table}\nNote: accuracy, test set\nSource: us\n")], given=ROWS)
    assert cells(done, "model", "score") == [("A", 81.2), ("A", 89.4), ("B", 79.8), ("B", 88.0)]
    assert any("'Note: accuracy test set' and 1 more" in note for note in done.notes)
    with pytest.raises(InputError, match=r"other cells than the 3 of most lines \('C,70.1'\)"):
        import_results([write("cut.csv", f"{table}C,70.1\n")], given=ROWS)


def test_headings_over_rows_of_a_paper_are_no_scores_and_places_stay_those_of_the_file(write: Write) -> None:
    body = r"\multicolumn{3}{c}{Base} \\ A & 81.2 & 70.1 \\ \multicolumn{3}{c}{Large} \\ B & 83.0 & 74.4 \\"
    path = write("t.tex", rf"\begin{{tabular}}{{lrr}} Model & de & sw \\ {body} \end{{tabular}}")
    done = import_results([path], given=Given(rows="model", split="test", target="xnli"))
    assert cells(done, "model", "score") == [("A", 81.2), ("A", 70.1), ("B", 83.0), ("B", 74.4)]
    assert "row 5 column 2" in done.table["source"].iloc[2]


def test_columns_that_count_or_average_are_no_tasks(write: Write) -> None:
    path = write("t.csv", "Rank,Model,Params (M),Year,XNLI,PAWS-X,Average\n1,A,560,2024,81.2,89.4,85.3\n")
    done = import_results([path], given=ROWS)
    assert cells(done, "target", "score") == [("xnli", 81.2), ("pawsx", 89.4)]
    assert "t.csv: columns that hold no scores left out: 'Rank', 'Params (M)', 'Year'" in done.notes
    assert "t.csv: columns that average other columns left out: 'Average'" in done.notes


def test_a_column_of_errors_right_of_each_column_of_scores_is_theirs(write: Write) -> None:
    path = write("t.csv", "Model,XNLI,±,PAWS-X,±\nA,81.2,0.3,89.4,0.2\nB,79.8,0.4,88.0,\n")
    done = import_results([path], given=Given(rows="model", split="test", spread="se"))
    found = done.table[["score", "se"]].astype(float)
    assert found.iloc[:3].to_numpy().tolist() == [[81.2, 0.3], [89.4, 0.2], [79.8, 0.4]]
    assert pd.isna(found["se"].iloc[3])
    with pytest.raises(InputError, match="right after each column of scores"):
        import_results([write("one.csv", "Model,XNLI,PAWS-X,±\nA,81.2,89.4,0.2\n")], given=ROWS)


@pytest.mark.parametrize("error", ["XNLI ±", "XNLI+/-", "XNLI (±)"])
def test_a_column_that_repeats_the_heading_before_it_with_a_sign_holds_its_errors_and_is_no_task(
    write: Write, error: str
) -> None:
    path = write("t.csv", f"model,language,XNLI,{error},PAWS-X,PAWS-X_std\nA,de,81.2,0.3,89.4,0.2\n")
    done = import_results([path], given=ROWS)
    found = done.table.set_index("target")[["score", "plus_minus", "sd"]].astype(float)
    assert found.loc["xnli"].tolist()[:2] == [81.2, 0.3]
    assert found.loc["pawsx", ["score", "sd"]].tolist() == [89.4, 0.2]
    assert len(found) == 2
    alone = import_results([write("one.csv", "model,XNLI,PAWS-X,PAWS-X ±\nA,81.2,89.4,0.2\n")], given=ROWS)
    assert alone.table["plus_minus"].isna().tolist() == [True, False]


def test_columns_of_runs_are_seeds_and_no_tasks(write: Write) -> None:
    path = write("t.csv", "model,seed 1,seed 2,mean\nA,81.0,81.4,81.2\nB,79.5,79.9,79.7\n")
    for leaderboard in (True, False):
        opened = open_results(path, given=Given(target="xnli", split="test"), leaderboard=leaderboard)
        assert opened.table[["target", "seed"]].drop_duplicates().to_numpy().tolist() == [["xnli", 1], ["xnli", 2]]


def test_a_column_of_fractions_beside_columns_of_points_is_asked_for_and_then_scaled_alone(write: Write) -> None:
    path = write("t.csv", "Model,XNLI,PAWS-X\nA,81.2,0.894\nB,79.8,0.880\n")
    with pytest.raises(InputError, match=r"scale is not stated \(2 scores, first at row 2 column 3\)"):
        import_results([path], given=ROWS)
    done = import_results([path], given=Given(rows="model", split="test", scale=100))
    assert cells(done, "score") == [(81.2,), (89.4,), (79.8,), (88.0,)]
    long = "model,target,language,split,metric,score\nA,xnli,de,test,accuracy,81.2\nA,pawsx,de,test,accuracy,0.894\n"
    with pytest.raises(InputError, match=r"scale is not stated \(1 score"):
        import_results([write("long.csv", long)])


def test_what_rows_and_columns_are_is_asked_for_at_once_with_the_split(write: Write) -> None:
    path = write("t.csv", "Approach,NLI acc,NER F1\nA,81.2,66.0\nB,79.8,65.1\n")
    with pytest.raises(InputError, match=r"'NLI' and 'A' are; (.|\n)*--assume columns=…,rows=…,split=…"):
        import_results([path])
    done = import_results([path], given=Given(rows="model", columns="target", split="test"))
    assert cells(done, "target", "metric", "score")[:2] == [("NLI", "accuracy", 81.2), ("NER", "f1", 66.0)]


def test_an_option_fills_what_some_scores_leave_open_and_keeps_what_others_state(write: Write) -> None:
    path = write("t.csv", "model,target,split,score\nA,xnli,dev,81.2\nA,pawsx,,89.4\n")
    done = import_results([path], given=Given(split="test"))
    assert cells(done, "target", "split") == [("xnli", "dev"), ("pawsx", "test")]
    assert any("split 'dev' is stated and was kept" in note for note in done.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Model,XNLI,PAWS-X\n", "holds a header .* and no line of scores below it"),
        ("<html><table><tr><td>1</table></html>", "is a web page"),
        ('{"model": "A", "acc": 1}\n{"model": "B", "acc": 2}\n', r"holds records \(model, acc\) .* save them as CSV"),
        ("Table 1\nModel,de\nA,81.2\nB,70.1\n", "other cells than the 2 of most lines"),
        ("Model,XNLI\nA,81.2\nB,=1+1\n", "'=1[+]1' is not a score; leave its column or row out"),
    ],
)
def test_a_table_that_is_none_says_what_is_wrong_with_it(write: Write, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        import_results([write("t.csv", text)], given=ROWS)


def test_a_parquet_file_by_others_is_opened_as_import_reads_it(tmp_path: Path) -> None:
    rows = [("A", "xnli", "de", 0.812), ("B", "xnli", "de", 0.798)]
    pd.DataFrame(rows, columns=["system", "dataset", "lang", "acc"]).to_parquet(tmp_path / "t.parquet")
    opened = open_results(tmp_path / "t.parquet", given=Given(split="test"))
    assert opened.table[["model", "score"]].to_numpy().tolist() == [["A", 81.2], ["B", 79.8]]


def test_the_row_without_intermediate_training_may_be_called_by_two_names_at_once(write: Write) -> None:
    path = write("t.csv", "Intermediate task,XNLI,PAWS-X\nNone (baseline),78.9,86.1\nMNLI (large),79.4,87.0\n")
    done = import_results([path], given=Given(split="test"))
    assert list(done.table["intermediate"].unique()) == ["none", "MNLI (large)"]


def test_a_name_of_a_family_is_none_of_its_sizes_until_the_user_says_which(write: Write, tmp_path: Path) -> None:
    table = write("t.md", "| Model | XNLI |\n|---|---:|\n| mBERT | 65.4 |\n| XLM-R | **79.2** |\n")
    given = Given(split="test", language="mean")
    done = import_results([table], given=given)
    assert cells(done, "model", "score") == [("mbert", 65.4), ("XLM-R (size not stated)", 79.2)]
    names = tmp_path / "names.toml"
    names.write_text('[model]\n"XLM-R" = "xlm-r-base"\n', encoding="utf-8")
    assert cells(import_results([table], given=given, names=read_names(names)), "model")[1] == ("xlm-r-base",)


def test_a_spreadsheet_is_read_like_its_csv(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs claimgauge[xlsx]")
    book = openpyxl.Workbook()
    for row in (("Model", "XNLI", "PAWS-X"), ("mBERT", 65.4, 81.9)):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    done = import_results([tmp_path / "t.xlsx"], given=Given(split="test", language="mean"))
    assert cells(done, "model", "target", "score") == [("mbert", "xnli", 65.4), ("mbert", "pawsx", 81.9)]
