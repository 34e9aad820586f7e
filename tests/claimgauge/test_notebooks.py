"""The notebooks run from top to bottom and show what is committed; the pages of the docs are made from them."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
from command import ROOT

NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))
TOLD = "run `python docs/make_notebooks.py` and look at what changed"


def maker() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "make_notebooks.py"))


def shown(notebook) -> list[list[str]]:
    """What each cell of code shows, as text."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [[output.data["text/plain"] for output in cell.outputs if "data" in output] for cell in cells]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_is_committed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat", reason='needs pip install -e ".[notebooks]"')
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    committed = nbformat.read(path, as_version=4)
    assert shown(maker()["executed"](path)) == shown(committed), TOLD
    assert all(shown(committed)[1:]), "every cell shows something"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_page_of_a_notebook_is_made_from_it(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason='needs pip install -e ".[notebooks]"')
    text, pictures = maker()["page"](nbformat.read(path, as_version=4), path.stem)
    assert (ROOT / "docs" / "notebooks" / f"{path.stem}.md").read_text(encoding="utf-8") == text, TOLD
    for name, data in pictures.items():
        assert (ROOT / "docs" / "images" / name).read_bytes() == data
