"""Tables out of every kind of file, and what their cells are read as."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.errors import InputError
from claims.tables.files import READERS, load_tables
from claims.tables.table import Table
from claims.tables.values import read_values

ROWS = [["Model", "XNLI", "PAWS-X"], ["AME", "**76.6**", "60.8"], ["FME", "74.5 ± 0.7", "—"]]
CAPTION = "Accuracy on two tasks."

LATEX = r"""
\begin{table}
\caption{Accuracy on two tasks.}
\begin{tabular}{lrr}
\toprule
Model & XNLI & PAWS-X \\
\midrule
AME & \textbf{76.6} & 60.8 \\
FME & 74.5 $\pm$ 0.7 & --- \\
\bottomrule
\end{tabular}
\end{table}
"""
HTML = (
    "<table><caption>Accuracy on two tasks.</caption><tr><th>Model</th><th>XNLI</th><th>PAWS-X</th></tr>"
    "<tr><td>AME</td><td><b>76.6</b></td><td>60.8</td></tr><tr><td>FME</td><td>74.5 ± 0.7</td><td>—</td></tr></table>"
)
TEXTS = {
    "t.csv": "# Accuracy on two tasks.\n" + "\n".join(",".join(row) for row in ROWS),
    "t.tsv": "# Accuracy on two tasks.\n" + "\n".join("\t".join(row) for row in ROWS),
    "t.md": "Accuracy on two tasks.\n\n" + "\n".join(
        f"| {' | '.join(row)} |" for row in [ROWS[0], ["---"] * 3, *ROWS[1:]]
    ),
    "t.tex": LATEX,
    "t.html": HTML,
    "t.json": json.dumps({"caption": CAPTION, "columns": ROWS[0], "rows": ROWS[1:]}),
}  # fmt: skip


def loaded(folder: Path, name: str, text: str) -> Table:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (table,) = load_tables(path)
    return table


def shown(table: Table) -> dict[tuple[str, str], float]:
    return {
        (table.rows[row].name, table.columns[column].name): cell.values[0].number
        for (row, column), cell in table.cells.items()
    }


@pytest.mark.parametrize("name", TEXTS)
def test_every_kind_of_file_gives_the_same_table(tmp_path: Path, name: str) -> None:
    table = loaded(tmp_path, name, TEXTS[name])
    assert shown(table) == {("AME", "XNLI"): 76.6, ("AME", "PAWS-X"): 60.8, ("FME", "XNLI"): 74.5}
    assert table.caption == CAPTION
    assert table.cells[1, 0].values[0].spread == 0.7
    assert table.source == name


def test_every_known_ending_is_tested() -> None:
    same = {".markdown": ".md", ".htm": ".html"}
    assert {same.get(ending, ending) for ending in READERS} == {Path(name).suffix for name in TEXTS}


def test_a_list_of_records_is_a_table(tmp_path: Path) -> None:
    records = [{"model": "A", "f1": 71.2}, {"model": "B", "f1": 70.0, "em": 61.5}]
    table = loaded(tmp_path, "r.json", json.dumps(records))
    assert shown(table) == {("A", "f1"): 71.2, ("B", "f1"): 70.0, ("B", "em"): 61.5}


def test_spanning_cells_of_latex_stand_over_their_columns_and_beside_their_rows(tmp_path: Path) -> None:
    text = r"""
\begin{tabular}{llrrr}
& & \multicolumn{2}{c}{dev} & test \\
Data & Model & F1 & EM & F1 \\ \midrule
\multirow{2}{*}{small} & A & 1.0 & 2.0 & 3.0 \\
 & B & 4.0 & 5.0 & 6.0 \\
\multirow{2}{*}{large} & A & 7.0 & \underline{8.0} & 9.0 \\
 & B & 10.0 & 11.0 & 12.0 \\
\end{tabular}
"""
    table = loaded(tmp_path, "t.tex", text)
    assert [column.name for column in table.columns] == ["dev / F1", "dev / EM", "test / F1"]
    assert [row.name for row in table.rows] == ["small / A", "small / B", "large / A", "large / B"]
    assert shown(table)["large / A", "dev / EM"] == 8.0


def test_spanning_cells_of_html_stand_over_their_columns_and_beside_their_rows(tmp_path: Path) -> None:
    text = (
        "<table><thead><tr><th rowspan=2>Model</th><th colspan=2>dev</th></tr><tr><th>F1</th><th>EM</th></tr></thead>"
        "<tr><td>A</td><td>1.0</td><td>2.0</td></tr><tr><td>B</td><td>3.0</td><td><u>4.0</u></td></tr></table>"
    )
    table = loaded(tmp_path, "t.html", text)
    assert [column.name for column in table.columns] == ["dev / F1", "dev / EM"]
    assert shown(table)["B", "dev / EM"] == 4.0


def test_a_heading_over_rows_is_part_of_their_names(tmp_path: Path) -> None:
    text = "Model,F1,EM\nSupervised,,\nA,1.0,2.0\nB,3.0,4.0\nZero-shot,,\nA,5.0,6.0\n"
    table = loaded(tmp_path, "t.csv", text)
    assert [row.name for row in table.rows] == ["Supervised / A", "Supervised / B", "Zero-shot / A"]


def test_every_table_of_a_file_is_read_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "t.md"
    path.write_text("First.\n\n|a|b|\n|--|--|\n|x|1|\n\nSecond.\n\n|a|c|\n|--|--|\n|y|2|\n", encoding="utf-8")
    tables = load_tables(path)
    assert [(t.caption, t.source) for t in tables] == [("First.", "t.md table 1"), ("Second.", "t.md table 2")]
    assert tables[0].sha256 == tables[1].sha256 != ""


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("76.6 / 60.8", [76.6, 60.8]),
        ("74.5 (± 0.7)", [74.5]),
        ("4805 (76.6%)", [4805, 76.6]),
        ("- 12.27", [-12.27]),
        ("1,234.5", [1234.5]),
        (".87", [0.87]),
        ("97%", [97]),
        ("81.2*†", [81.2]),
        ("4h", [4]),
        ("1e-3", [0.001]),
        ("—", []),
        ("n/a", []),
        ("", []),
        ("BERT-large", []),
        ("see Section 4", []),
    ],
)
def test_numbers_are_read_as_papers_print_them(text: str, numbers: list[float]) -> None:
    assert [value.number for value in read_values(text)] == pytest.approx(numbers)


def test_best_marks_leave_no_trace(tmp_path: Path) -> None:
    marks = ["76.6", "**76.6**", "__76.6__", "*76.6*", "[BOLD] 76.6", "<b>76.6</b>", "<u>76.6</u>", "`76.6`"]
    for mark in marks:
        table = loaded(tmp_path, "t.csv", f"Model,F1\nA,{mark}\nB,70.0\n")
        assert (table.cells[0, 0].text, table.cells[0, 0].values[0].number) == ("76.6", 76.6), mark


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("none.csv", None, "cannot be read"),
        ("bytes.csv", b"\xff\xfe\x00a", "cannot be read"),
        ("words.csv", b"Model,Verdict\nA,good\n", "no table with a number"),
        ("empty.md", b"# Nothing here\n", "no table with a number"),
        ("broken.json", b"{", "no JSON"),
        ("odd.json", b'{"a": 1}', "neither columns and rows nor a list of records"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(
    tmp_path: Path, name: str, data: bytes | None, part: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=part):
        load_tables(path)
