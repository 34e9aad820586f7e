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


def section(number: int, rows: list[tuple[str, ...]], *, grouped: bool) -> str:
    """A page of its own with a table between paragraphs."""
    over = "<tr><th></th><th colspan=2>Dev</th><th colspan=2>Test</th></tr>" if grouped else ""
    head = "".join(f"<th>{name}</th>" for name in ("Model", *COLUMNS))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    prose = "<p>" + "A sentence about harbours that fills the lines of a page with words. " * 6 + "</p>"
    return (
        f"<section id=s{number}><h1>Title</h1>{prose}<p>Table {number}: Scores of models.</p>"
        f"<table>{over}<tr>{head}</tr>{body}</table>{prose}</section>"
    )


def printed(folder: Path, sections: list[str]) -> dict[str, PaperTable]:
    """The tables by their numbers, each in a style."""
    page, file = folder / "page.html", folder / "page.pdf"
    styles = "".join(f"#s{number} {{ {style} }}" for number, style in enumerate(STYLES.values(), 1))
    page.write_text(
        f"<html><head><meta charset=utf-8><style>section {{ break-after: page }} {styles}</style></head>"
        f"<body>{''.join(sections)}</body></html>"
    )
    assert BROWSER is not None
    call = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={file}"]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run([*call, str(page)], capture_output=True, check=False, timeout=120, env=environment)
    if not file.exists():
        pytest.skip("the browser printed nothing here")
    return {table.label: table for table in read_paper(file)[0].tables}


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
    drawn = {number: rows_of(random.Random(number - 1)) for number in range(1, len(STYLES) + 1)}
    tables = printed(tmp_path, [section(number, rows, grouped=grouped) for number, rows in drawn.items()])
    whole = sum(is_whole(tables.get(f"Table {number}"), rows, grouped=grouped) for number, rows in drawn.items())
    assert grouped or whole >= LEAST_WHOLE
