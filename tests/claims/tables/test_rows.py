"""Which cells of a table by others are rows of the results table, and why the others are not."""

from __future__ import annotations

from analysis.results import COLUMNS
from claims.tables.layout import Grid, laid_out
from claims.tables.rows import NO_INTERMEDIATE, Rows, rows_of_table


def rows(text: str, caption: str = "Test accuracy.") -> Rows:
    grid = tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
    return rows_of_table(laid_out(Grid(caption, grid, source="paper.tex", sha256="ab12")))


def test_models_by_known_targets_become_rows_with_their_place() -> None:
    found = rows("Model | XNLI | PAWS-X\nmBERT | 65.4 | 81.9\nMyModel | 70.1 | 84.0")
    assert tuple(found.table.columns) == COLUMNS
    shown = found.table[["model", "target", "metric", "split", "score", "provenance", "intermediate"]]
    assert shown.astype(object).to_numpy().tolist() == [
        ["mbert", "xnli", "accuracy", "test", 65.4, "imported", "none"],
        ["mbert", "pawsx", "accuracy", "test", 81.9, "imported", "none"],
        ["MyModel", "xnli", "accuracy", "test", 70.1, "imported", "none"],
        ["MyModel", "pawsx", "accuracy", "test", 84.0, "imported", "none"],
    ]
    assert found.table["source"][1] == "paper.tex#row 2 column 3 sha256:ab12"
    assert found.notes == (NO_INTERMEDIATE,)
    assert found.left_out == {}


def test_two_numbers_in_a_cell_are_two_metrics() -> None:
    found = rows("Model | XQuAD (F1 / EM)\nmBERT | 64.5 / 49.4", "Test scores.")
    assert list(zip(found.table["metric"], found.table["score"], strict=True)) == [("f1", 64.5), ("exact_match", 49.4)]


def test_what_a_table_does_not_say_is_not_guessed() -> None:
    assert rows("Model | XNLI\nmBERT | 65.4", "Accuracy.").left_out == {
        "neither header nor caption says dev or test": 1
    }
    assert rows("Model | XNLI\nmBERT | 65.4", "Dev and test.").left_out == {
        "neither header nor caption says dev or test": 1
    }
    assert rows("Model | XNLI\nmBERT | 0.654").left_out == {"may be a fraction of 1 or a score in points": 1}
    assert rows("Model | XNLI\nmBERT | 64.5 / 49.4").left_out == {"2 numbers in a cell of 1 metrics": 1}
    assert rows("Model | XNLI\nmBERT | 64.5\nmBERT | 65.0").left_out == {"stands twice with different scores": 2}


def test_a_table_of_another_trade_gives_no_row() -> None:
    found = rows("System | Delay | Wins\nAlpha | 31.0 | 5.0\nBeta | 41.0 | 6.0")
    assert len(found.table) == 0
    assert sum(found.left_out.values()) == 4
