"""Tables of pages that a browser printed to PDF: every cell right, or the table in doubt."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from claims.library.model import PaperTable
from claims.library.reading import read_paper

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = "table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid} th{border-bottom:1px solid}"
STYLES = {
    "between rules": f"{RULES} td,th{{padding:2px 8px}}",
    "every cell framed": "table{border-collapse:collapse} td,th{border:1px solid;padding:3px 6px}",
    "a rule below every row": "table{border-collapse:collapse} td,th{border-bottom:1px solid #999;padding:3px 9px}",
    "numbers to the right": f"{RULES} td,th{{padding:2px 8px;text-align:right}} td:first-child{{text-align:left}}",
    "as wide as the page": f"{RULES} table{{width:100%}} td{{text-align:center}}",
    "without rules": "td,th{padding:2px 14px}",
}
LEAST_WHOLE = 4
"""Styles, of those above, in which a table with one header row is whole."""
MODELS = ("Alpha", "Beta-2", "mT5 (base)", "XLM-R Large", "Our Best Model")
COLUMNS = ("Quay", "PAWS-X", "F1", "Cape (dev)")


def rows_of(chance: random.Random) -> list[tuple[str, ...]]:
    def number() -> float:
        return chance.uniform(20, 95)

    return [
        (model, f"{number():.1f}", f"{number():.1f} ± {chance.uniform(0.1, 2):.1f}", f"{number():.1f} / {number():.1f}",
         chance.choice(["–", f"{number():.1f}"]))
        for model in MODELS
    ]  # fmt: skip


def printed(folder: Path, style: str, rows: list[tuple[str, ...]], *, grouped: bool) -> PaperTable | None:
    over = "<tr><th></th><th colspan=2>Dev</th><th colspan=2>Test</th></tr>" if grouped else ""
    head = "".join(f"<th>{name}</th>" for name in ("Model", *COLUMNS))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    prose = "<p>" + "A sentence about harbours that fills the lines of a page with words. " * 6 + "</p>"
    page, file = folder / "page.html", folder / "page.pdf"
    page.write_text(
        f"<html><head><meta charset=utf-8><style>{STYLES[style]}</style></head><body><h1>Title</h1>{prose}"
        f"<p>Table 1: Scores of models.</p><table>{over}<tr>{head}</tr>{body}</table>{prose}</body></html>"
    )
    assert BROWSER is not None
    call = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={file}"]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run([*call, str(page)], capture_output=True, check=False, timeout=120, env=environment)
    if not file.exists():
        pytest.skip("the browser printed nothing here")
    tables = read_paper(file)[0].tables
    return tables[0] if tables else None


def is_whole(table: PaperTable | None, rows: list[tuple[str, ...]], *, grouped: bool) -> bool:
    """Whether a table counts; if it does, each of its cells must be right."""
    if table is None or table.doubts:
        return False
    over = [("", "Dev", "Dev", "Test", "Test")] if grouped else []
    cells = [tuple(cell.replace("**", "") for cell in row) for row in table.grid.rows]
    assert cells == [*over, ("Model", *COLUMNS), *rows]
    return True


@pytest.mark.skipif(BROWSER is None, reason="needs a Chromium browser, which is not here")
@pytest.mark.parametrize("grouped", [False, True])
def test_a_printed_table_is_right_or_in_doubt(tmp_path: Path, grouped: bool) -> None:
    whole = 0
    for number, style in enumerate(STYLES):
        rows = rows_of(random.Random(number))
        whole += is_whole(printed(tmp_path, style, rows, grouped=grouped), rows, grouped=grouped)
    assert grouped or whole >= LEAST_WHOLE
