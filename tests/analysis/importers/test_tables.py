"""Tables as papers print them, in LaTeX and CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from analysis.errors import InputError, UsageError
from analysis.importers import Given, Imported, import_results
from analysis.importers.cells import read_cell
from analysis.importers.latex import grids, plain

Write = Callable[[str, object], Path]

DEV = Given(model="xlm-r-large", language="mean", split="dev")


def cells(done: Imported, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(None if pd.isna(v) else v for v in row) for row in done.table[list(columns)].itertuples(index=False)]


LATEX = r"""
\begin{table}\caption{79.9 is no cell}
\begin{tabular}{l@{\hspace{3pt}}rrr} \toprule
 & XNLI & \multicolumn{2}{c}{QA} \\ \cmidrule(lr){3-4}
Task & acc. & XQuAD (F1 / EM) & MLQA F1 \\ \midrule % a comment & 5
None & 79.2 & 76.6 / 60.8 & \textbf{71.6}$_{\pm 0.3}$ \\
MNLI & \underline{\textbf{79.0}}$^\dagger$ & 77.1 / 61.2 & {--} \\
SQuAD 2.0 & {\bf 79.5}\textsuperscript{a} & --/-- & 72.30\tnote{1} \\ \bottomrule
\end{tabular}\end{table}
"""


def test_a_latex_table_with_groups_best_marks_and_pairs(write: Write) -> None:
    done = import_results([write("t.tex", LATEX)], given=DEV)
    assert cells(done, "intermediate", "target", "metric", "score", "decimals") == [
        ("none", "xnli", "accuracy", 79.2, 1),
        ("none", "xquad", "f1", 76.6, 1),
        ("none", "xquad", "exact_match", 60.8, 1),
        ("none", "mlqa", "f1", 71.6, 1),
        ("mnli", "xnli", "accuracy", 79.0, 1),
        ("mnli", "xquad", "f1", 77.1, 1),
        ("mnli", "xquad", "exact_match", 61.2, 1),
        ("squad2", "xnli", "accuracy", 79.5, 1),
        ("squad2", "mlqa", "f1", 72.3, 2),
    ]
    assert done.table["source"][1].startswith("t.tex#row 3 column 3 sha256:")
    assert any("'QA' was taken for a heading" in note for note in done.notes)
    assert any("±" in note for note in done.notes)


def test_multirow_labels_reach_down_and_several_tables_are_told_apart() -> None:
    text = r"\begin{tabular}{ll}A&x\\\multirow{2}{*}{m}&1\\&2\\\end{tabular}\begin{tabular*}{\textwidth}{l}B\\9\\\end{tabular*}"
    assert grids(text) == [[["A", "x"], ["m", "1"], ["m", "2"]], [["B"], ["9"]]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (r"\textbf{71.6}$_{\pm 0.3}$", "71.6 ± 0.3"), (r"$\mathbf{80.1}^{*}$", "80.1"), (r"\cellcolor{blue!10}79.2", "79.2"),
        (r"\textsc{Squad}~2.0\,", "Squad 2.0"), (r"{\em 5}\%", "5%"), (r"R\&D \cite{a,b}", "R&D"),
    ],
)  # fmt: skip
def test_latex_commands_leave_their_text(cell: str, text: str) -> None:
    assert plain(cell) == text


def test_a_csv_table_of_languages_by_runs(write: Write) -> None:
    text = "run;en;sw;avg\nnone;88,1;70.2;79.2\n"
    with pytest.raises(InputError, match="decimal point"):
        import_results([write("t.csv", text)], given=DEV)
    text = "run;en;sw;avg\nnone;88.1;70.2;79.2\n**MNLI**;88.5*;–;79.0 ± 0.2\n"
    done = import_results([write("t.csv", text)], given=Given(model="XLM-R", target="xnli", split="dev"))
    assert cells(done, "intermediate", "language", "score") == [
        ("none", "en", 88.1), ("none", "sw", 70.2), ("none", "mean", 79.2), ("mnli", "en", 88.5), ("mnli", "mean", 79.0),
    ]  # fmt: skip


def test_a_long_csv_fills_the_columns_its_headings_name(write: Write) -> None:
    text = "model,task,language,split,seed,metric,score\nXLM-R Large,XQuAD,de,test,1,F1,80.5\nXLM-R-L,XQuAD,de,test,2,EM,60.5\n"
    done = import_results([write("t.csv", text)])
    assert cells(done, "model", "target", "language", "seed", "metric", "score") == [
        ("xlm-r-large", "xquad", "de", 1, "f1", 80.5), ("xlm-r-large", "xquad", "de", 2, "exact_match", 60.5),
    ]  # fmt: skip


def test_a_table_without_row_labels_needs_both_roles(write: Write) -> None:
    path = write("acc.csv", "nbc,j48\n95.9,98.6\n71.3,77.2\n")
    with pytest.raises(InputError, match="say it with --assume columns=… and --assume rows=…"):
        import_results([path], given=DEV)
    given = Given(rows="target", columns="model", language="en", split="test", metric="accuracy")
    done = import_results([path], given=given, keep_unknown=True)
    assert cells(done, "model", "target", "score") == [
        ("nbc", "row 2", 95.9), ("j48", "row 2", 98.6), ("nbc", "row 3", 71.3), ("j48", "row 3", 77.2),
    ]  # fmt: skip


def test_scores_that_are_all_at_most_1_are_fractions_unless_points_are_asked_for(write: Write) -> None:
    path = write("t.csv", "run,XNLI\nnone,0.792\nMNLI,0.79\n")
    done = import_results([path], given=DEV)
    assert cells(done, "score", "decimals") == [(79.2, 1), (79.0, 0)]
    assert any("read as fractions, × 100 (--assume scale=1 says otherwise)" in note for note in done.notes)
    assert cells(import_results([path], given=Given(scale=1.0).over(DEV)), "score") == [(0.792,), (0.79,)]
    percent = import_results([write("p.csv", "run,XNLI\nnone,0.9%\n")], given=DEV)
    assert cells(percent, "score") == [(0.9,)]
    with pytest.raises(UsageError, match="scale 10"):
        import_results([path], given=Given(scale=10.0).over(DEV))


@pytest.mark.parametrize(
    ("cell", "part"),
    [("76.6 (60.8)", "not a score"), ("+1.2", "difference"), ("76,6", "decimal point"), ("7 6", "not a score"), ("1.2.3", "not a")],
)  # fmt: skip
def test_cells_that_could_mean_several_things_are_refused(cell: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        read_cell(cell)


@pytest.mark.parametrize("cell", ["", "-", "--", "—", "n/a", "NaN", "-- / --", "*"])
def test_cells_without_a_score_are_missing_not_zero(cell: str) -> None:
    assert read_cell(cell).numbers == ()


def test_more_numbers_than_metrics_are_refused(write: Write) -> None:
    path = write("t.csv", "run,XQuAD F1\nnone,76.6 / 60.8\n")
    with pytest.raises(InputError, match="2 numbers, its header names F1"):
        import_results([path], given=DEV)


NUMBERS = st.decimals(min_value=0, max_value=100, places=2) | st.decimals(min_value=0, max_value=100, places=1)
WRAPPINGS = st.sampled_from(["{}", "**{}**", "{}*", "{} ± 0.3", "{}%", " {} ", "{}†", "{}±1.25", "{} (± 0.2)"])


@for_all(NUMBERS, WRAPPINGS)
def test_printed_numbers_keep_value_and_digits(number: Any, wrapping: str) -> None:
    (printed,) = read_cell(wrapping.format(number)).numbers
    assert printed.value == float(number)
    assert printed.decimals == -number.as_tuple().exponent


@for_all(
    NUMBERS,
    st.sampled_from([r"\textbf{%s}", r"\underline{\textbf{%s}}$^\dagger$", r"$%s_{\pm 0.1}$", r"{\bf %s}", r"%s\%%"]),
)
def test_latex_numbers_keep_value_and_digits(number: Any, wrapping: str) -> None:
    (printed,) = read_cell(plain(wrapping % number)).numbers
    assert printed.value == float(number)
    assert printed.decimals == -number.as_tuple().exponent


GRIDS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=1, max_size=5))


@for_all(GRIDS, st.sampled_from([",", ";", "\t", " & "]))
def test_a_whole_table_is_read_back_cell_by_cell(rows: list[list[Any]], separator: str) -> None:
    languages, tasks = ["en", "de", "sw", "th"][: len(rows[0])], ["none", "mnli", "qqp", "csqa", "ccg"][: len(rows)]
    lines = [["run", *languages], *([task, *map(str, row)] for task, row in zip(tasks, rows, strict=True))]
    text = "\n".join(separator.join(line) for line in lines)
    if separator == " & ":
        text = "\\begin{tabular}{l}" + text.replace("\n", "\\\\\n") + "\\end{tabular}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t"
        path.write_text(text, encoding="utf-8")
        done = import_results([path], given=Given(model="XLM-R", target="xnli", split="dev", scale=1.0))
    expected = [
        (task, language, float(number), -number.as_tuple().exponent)
        for task, row in zip(tasks, rows, strict=True)
        for language, number in zip(languages, row, strict=True)
    ]
    assert cells(done, "intermediate", "language", "score", "decimals") == expected


@for_all(st.text(max_size=20))
def test_any_other_text_is_missing_or_refused_but_never_crashes(text: str) -> None:
    try:
        cell = read_cell(text)
    except ValueError:
        return
    assert all(
        printed.value == read_cell(str(printed.value)).numbers[0].value
        for printed in cell.numbers
        if "e" not in str(printed.value)
    )
