"""Tables that cannot be read are refused with their file and one fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.importers import Given, import_results
from analysis.tables import read_tables


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.json", '{"columns": ["Model", "NUS"], "rows": [3]}'),
        ("t.json", '{"columns": ["Model", "NUS"], "rows": ["[1,"]}'),
        ("t.csv", f"Model,NUS\nAlpha,{'6' * 140_000}\n"),
    ],
    ids=["a row is a number", "a row is half a list", "a cell without end"],
)
def test_a_file_that_holds_no_table_is_refused_with_one_fault(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_tables(path)
    assert Path(raised.value.where).name == name
    assert len(raised.value.faults) == 1


@pytest.mark.parametrize("score", ["> 79.2", "79,200"])
def test_a_bound_or_a_count_is_no_score(tmp_path: Path, score: str) -> None:
    path = tmp_path / "t.md"
    path.write_text(f"| Model | XNLI |\n|---|---|\n| xlm-r-large | 70.1 |\n| mbert | {score} |\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        import_results([path], given=Given(split="test", language="en"))
    assert Path(raised.value.where).name == "t.md"
    assert len(raised.value.faults) == 1
