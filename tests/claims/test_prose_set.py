"""The set of claims in the wording of papers: its labels follow from its tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "claims"

SOURCE = """# Field

## a table
Caption: F1 on two data sets.

| Model | Alpha | Beta |
|---|---|---|
| One | 1.0 | 2.5 |
| Two | 2.0 | {cell} |

+ Two is better than One on Beta.
  `v('Two', 'Beta') > v('One', 'Beta')`
- Two is better than One on Beta by 2 points.
  `near(v('Two', 'Beta') - v('One', 'Beta'), 2)`
? Two is slower than One.
  `absent('{word}')`
"""


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_every_label_follows_from_its_table_and_the_set_is_what_its_source_writes() -> None:
    import prose_source  # type: ignore[import-not-found]

    grids = [grid for path in sorted(prose_source.FOLDER.glob("*.md")) for grid in prose_source.read(path)]
    assert [fault for grid in grids for fault in prose_source.faults(grid)] == []
    written = [json.loads(line) for line in prose_source.WRITTEN.read_text(encoding="utf-8").splitlines()]
    assert written == list(prose_source.records(grids))


@pytest.mark.parametrize(
    ("cell", "word", "at_fault"),
    [("3.5", "slow", []), ("1.5", "slow", ["+"]), ("4.5", "slow", ["-"]), ("3.5", "F1", ["?"])],
)
def test_a_label_that_the_cells_contradict_is_named(tmp_path: Path, cell: str, word: str, at_fault: list[str]) -> None:
    import prose_source

    path = tmp_path / "field.md"
    path.write_text(SOURCE.format(cell=cell, word=word), encoding="utf-8")
    (grid,) = prose_source.read(path)
    assert [fault.split("marked ")[1][0] for fault in prose_source.faults(grid)] == at_fault


def test_a_claim_without_a_check_is_named(tmp_path: Path) -> None:
    import prose_source

    path = tmp_path / "field.md"
    path.write_text(SOURCE.format(cell="3.5", word="slow") + "+ One exists.\n", encoding="utf-8")
    (grid,) = prose_source.read(path)
    (fault,) = prose_source.faults(grid)
    assert "One exists." in fault


def test_a_pair_is_right_only_where_both_of_its_claims_are() -> None:
    import prose  # type: ignore[import-not-found]

    yes, no, none = ("t", "supports", "supports"), ("t", "refutes", "refutes"), ("t", "refutes", "")
    fooled = ("t", "refutes", "supports")
    rows = [yes, no, yes, fooled, yes, none, no]
    assert prose.pairs(["a", "a", "b", "b", "c", "c", ""], rows) == (3, 2, 1)
