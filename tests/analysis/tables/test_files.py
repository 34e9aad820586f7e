"""Tables out of every kind of file."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.tables import Table, read_tables
from analysis.tables.files import READERS

ROWS = [["Model", "XNLI", "PAWS-X"], ["AME", "**76.6**", "60.8"], ["FME", "74.5 ± 0.7", "—"]]
CAPTION = "Accuracy on two tasks."
LATEX = r"""
\begin{table}[t]
\caption{Accuracy on \emph{two} tasks.}\label{tab:x}
\begin{tabular}{l@{ }rr} % comment & more
\toprule
\textbf{Model} & XNLI & PAWS-X \\
\midrule
AME~\cite{a} & \cellcolor{green!20}\textbf{76.6} & 60.8 \\[2pt]
FME & 74.5\tiny{$\pm$0.7} & --- \\
\bottomrule
\end{tabular}
\end{table}
"""
HTML = (
    "<table><caption>Accuracy on two tasks.</caption><tr><th>Model</th><th>XNLI</th><th>PAWS-X</th></tr>"
    "<tr><td>AME</td><td><b>76.6</b></td><td>60.8<sup>2</sup></td></tr><tr><td>FME</td><td>74.5 ± 0.7</td><td>—</td></tr>"
    "<tr style='display:none'><td>GME</td><td>99.9</td><td>99.9</td></tr></table>"
)
TEXTS = {
    ".csv": "# Accuracy on two tasks.\n" + "\n".join(",".join(row) for row in ROWS),
    ".tsv": "# Accuracy on two tasks.\n" + "\n".join("\t".join(row) for row in ROWS),
    ".md": "Accuracy on two tasks.\n\n" + "\n".join(f"| {' | '.join(r)} |" for r in [ROWS[0], ["---"] * 3, *ROWS[1:]]),
    ".tex": LATEX,
    ".html": HTML,
    ".json": json.dumps({"caption": CAPTION, "columns": ROWS[0], "rows": ROWS[1:]}),
}
SAME = {".markdown": ".md", ".htm": ".html", ".txt": ".csv"}


def read(folder: Path, name: str, text: str) -> tuple[Table, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_tables(path)


def shown(table: Table) -> dict[tuple[str, str], float]:
    return {
        (" / ".join(filter(None, table.rows[r].labels)), " / ".join(filter(None, table.columns[c].labels))): float(
            v.number.value
        )
        for (r, c), v in table.values.items()
    }


@pytest.mark.parametrize("ending", READERS)
def test_every_kind_of_file_gives_the_same_table(tmp_path: Path, ending: str) -> None:
    (table,) = read(tmp_path, f"t{ending}", TEXTS[SAME.get(ending, ending)])
    assert shown(table) == {("AME", "XNLI"): 76.6, ("AME", "PAWS-X"): 60.8, ("FME", "XNLI"): 74.5}
    assert (table.caption, table.source) == (CAPTION, f"t{ending}")
    assert str(table.values[1, 0].number.plus_minus) == "0.7"
    assert "bold" in table.values[0, 0].marks
    assert len(table.sha256) == 64


def test_spanning_cells_of_latex_stand_over_their_columns_and_beside_their_rows(tmp_path: Path) -> None:
    text = r"""
\begin{tabular}{llrrr}
& & \multicolumn{2}{c}{dev} & test \\ \cmidrule(lr){3-4}
Data & Model & F1 & EM & F1 \\ \midrule
\multirow{2}{*}{small} & A & 1.0 & 2.0 & 3.0 \\
 & B & 4.0 & 5.0 & 6.0 \\
 & A & 7.0 & \underline{8.0} & 9.0 \\
\multirow{-2}{*}{large} & \makecell{B\\b} & 10.0 & 11.0 & 12.0 \\
\end{tabular}"""
    (table,) = read(tmp_path, "t.tex", text)
    assert [line.labels for line in table.columns] == [("dev", "F1"), ("dev", "EM"), ("test", "F1")]
    assert [line.labels for line in table.rows] == [("small", "A"), ("small", "B"), ("large", "A"), ("large", "B b")]


def test_a_page_may_leave_out_the_end_tags_of_cells_and_rows(tmp_path: Path) -> None:
    (tmp_path / "t.html").write_text("<table><tr><th>Model<th>XNLI<tr><td>A<td>81.2<tr><td>B<td>79.8</table>")
    (table,) = read_tables(tmp_path / "t.html")
    assert [row.own for row in table.rows] == ["A", "B"]
    assert [float(value.number.value) for value in table.values.values()] == [81.2, 79.8]


def test_spanning_cells_of_html_stand_over_their_columns_and_beside_their_rows(tmp_path: Path) -> None:
    text = (
        "<table><thead><tr><th rowspan=2>Model</th><th colspan=2>dev</th></tr><tr><th>F1</th><th>EM</th></tr></thead>"
        "<tr><td rowspan=2>A</td><td>1.0</td><td>2.0</td></tr><tr><td>3.0</td><td><u>4.0</u></td></tr></table>"
    )
    (table,) = read(tmp_path, "t.html", text)
    assert [line.labels for line in table.columns] == [("dev", "F1"), ("dev", "EM")]
    assert [line.labels for line in table.rows] == [("A",), ("A",)]


def test_each_latex_table_has_the_caption_of_its_own_float(tmp_path: Path) -> None:
    body = r"\begin{table}%s\begin{tabular}{lr} Model & F1 \\ \hline A & %d.0 \\ \end{tabular}%s\end{table}"
    text = "\n".join([body % (r"\caption{One.}", 1, ""), body % ("", 2, ""), body % ("", 3, r"\caption{Three.}")])
    assert [table.caption for table in read(tmp_path, "t.tex", text)] == ["One.", "", "Three."]


def test_every_table_of_a_file_is_read_with_its_number(tmp_path: Path) -> None:
    text = "First.\n\n|a|b|\n|--|--|\n|x|1|\n\nSecond.\n\n|a|c|\n|:-:|--|\n|y|2|\n"
    found = read(tmp_path, "t.md", text)
    assert [(t.caption, t.source) for t in found] == [("First.", "t.md table 1"), ("Second.", "t.md table 2")]
    assert len({t.pointer for t in found}) == 2


def test_numbers_of_json_keep_the_digits_that_they_are_written_with(tmp_path: Path) -> None:
    (table,) = read(tmp_path, "t.json", '[{"model": "A", "f1": 71.20}, {"model": "B", "f1": 70.0, "em": 61.5}]')
    assert shown(table) == {("A", "f1"): 71.2, ("B", "f1"): 70.0, ("B", "em"): 61.5}
    assert str(table.values[0, 0].number.half_width) == "0.005"
    (nested,) = read(tmp_path, "n.json", '{"A": {"en": 71.2}, "B": {"en": 70.0, "de": 61.5}}')
    assert shown(nested) == {("A", "en"): 71.2, ("B", "en"): 70.0, ("B", "de"): 61.5}


def test_the_delimiter_is_the_one_that_parts_all_lines_alike(tmp_path: Path) -> None:
    (table,) = read(tmp_path, "t.csv", "Model;Englisch;Deutsch\nXLM-R;88,7;82,5\nmBERT;81,4;70,5\n")
    assert shown(table)["mBERT", "Deutsch"] == 70.5


def test_spans_without_end_are_cut_to_the_table(tmp_path: Path) -> None:
    html = (
        "<table><tr><th colspan=1000000000>Scores</th></tr><tr><th>Model</th><th>F1</th></tr>"
        "<tr><td rowspan=999999999>A</td><td>1.0</td></tr><tr><td>2.0</td></tr></table>"
    )
    (table,) = read(tmp_path, "t.html", html)
    assert sorted(shown(table).values()) == [2.0]
    latex = r"\begin{tabular}{lr}\multicolumn{999999999}{c}{Scores} \\ Model & F1 \\ A & 1.0 \\ \end{tabular}"
    (table,) = read(tmp_path, "t.tex", latex)
    assert len(table.values) == 1


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("none.csv", None, "no such file"),
        ("bytes.csv", b"\xff\xfe\x00a", "no table with a number|encoding that nobody"),
        ("null.csv", b"a,b\n\0,1\n", "is not text"),
        ("words.csv", b"Model,Verdict\nA,good\n", "no table with a number"),
        ("empty.md", b"# Nothing here\n", "no table with a number"),
        ("broken.json", b"{", "no JSON"),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("odd.json", b'{"a": 1}', "holds no table"),
        ("table.xlsx", b"PK", "unsupported file type '.xlsx'"),
        ("wide.csv", b"a,b\n" + b"1," * 100_000, "at most 20000 columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(
    tmp_path: Path, name: str, data: bytes | None, part: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=part):
        read_tables(path)


def test_a_large_file_is_read_in_seconds(tmp_path: Path) -> None:
    draw = random.Random(0)
    lines = [",".join([f"m{i}", *(f"{draw.random() * 100:.3f}" for _ in range(19))]) for i in range(10_000)]
    path = tmp_path / "large.csv"
    path.write_text("\n".join(["model," + ",".join(f"c{i}" for i in range(19)), *lines]), encoding="utf-8")
    start = time.process_time()
    (table,) = read_tables(path)
    assert len(table.values) == 190_000
    # About one second on an idle core; the bound only keeps quadratic work out.
    assert time.process_time() - start < 8
