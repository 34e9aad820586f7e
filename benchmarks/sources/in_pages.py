"""Made-up papers as web pages and as JATS, printed by Chromium."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
from pathlib import Path

from made_papers import Cell, Made, MadePaper

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BOOKTABS = (
    "table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid;margin:auto} td,th{padding:2px 7px}"
    "thead tr:last-child th{border-bottom:1px solid} td.n{text-align:right}"
)
STYLES = {
    "chromium framed": "table{border-collapse:collapse} td,th{border:1px solid;padding:3px 6px} body{font:12pt serif}",
    "chromium two columns": f"{BOOKTABS} main{{columns:2}} body{{font:9.5pt sans-serif}} table{{font-size:8.5pt}}"
    "figure{margin:8px 0;break-inside:avoid}",
}
JOURNAL = (
    f"{BOOKTABS} main{{columns:2;column-gap:20px}} body{{font:9pt serif}} figure{{break-inside:avoid;margin:6px 0}}"
    "tbody tr:nth-child(even){background:#eee} table{font-size:8.5pt} figcaption b{margin-right:4px} sup{font-size:70%}"
)


def write(page: str, folder: Path) -> Path:
    """A page as a PDF in a folder."""
    assert BROWSER is not None
    (folder / "paper.html").write_text(page, encoding="utf-8")
    call = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    call += [f"--print-to-pdf={folder / 'paper.pdf'}", str(folder / "paper.html")]
    subprocess.run(call, capture_output=True, check=True, timeout=120, env={**os.environ, "HOME": str(folder)})
    return folder / "paper.pdf"


def page(paper: MadePaper, style: str, *, stop: str = ":", above: bool = True) -> str:
    """A paper as a web page."""
    parts, number = [], 0
    for head, paragraphs, tables in paper.sections:
        parts.append(f"<h2>{head}</h2><p>{html.escape(paragraphs[0])}</p>")
        for table in tables:
            number += 1
            caption = f"<figcaption><b>Table {number}{stop}</b> {html.escape(table.caption)}</figcaption>"
            parts.append("<figure>" + (caption + rows(table) if above else rows(table) + caption) + "</figure>")
        parts += [f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs[1:]]
    head = f"<meta charset=utf-8><style>{style}</style>"
    return f"<html lang=en><head>{head}</head><body><h1>{paper.title}</h1><main>{''.join(parts)}</main></body></html>"


def rows(table: Made, bold: str = "b") -> str:
    """A table in tags that HTML and JATS share."""
    head = "".join("<tr>" + "".join(_head(name, span) for name, span in row) + "</tr>" for row in table.header)
    body = "".join("<tr>" + _row(row, table, bold) + "</tr>" for row in table.body)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _head(name: str, span: int) -> str:
    return f'<th colspan="{span}">{html.escape(name)}</th>' if span > 1 else f"<th>{html.escape(name)}</th>"


def _row(cells: tuple[Cell, ...], table: Made, bold: str) -> str:
    if len(cells) == 1 and table.width > 1:
        return f'<td colspan="{table.width}">{html.escape(cells[0].text)}</td>'
    return "".join(_cell(cell, bold, n >= table.words) for n, cell in enumerate(cells))


def _cell(cell: Cell, bold: str, number: bool) -> str:
    said = html.escape(cell.text)
    said = f"<{bold}>{said}</{bold}>" if cell.bold else said
    said += f"<sup>{cell.mark}</sup>" if cell.mark else ""
    return f'<td class="n">{said}</td>' if number else f"<td>{said}</td>"


def jats(paper: MadePaper) -> str:
    """A paper in JATS."""
    parts, number = [], 0
    abstract = "".join(f"<p>{p}</p>" for p in paper.sections[0][1])
    for head, paragraphs, tables in paper.sections[1:]:
        inner = f"<p>{html.escape(paragraphs[0])}</p>"
        for table in tables:
            number += 1
            caption = f"<caption><p>{html.escape(table.caption)}</p></caption>"
            inner += (
                f'<table-wrap id="t{number}"><label>Table {number}</label>{caption}{rows(table, "bold")}</table-wrap>\n'
            )
        inner += "".join(f"<p>{html.escape(p)}</p>\n" for p in paragraphs[1:])
        parts.append(f"<sec><title>{head}</title>{inner}</sec>\n")
    return (
        '<?xml version="1.0"?>\n<article><front><article-meta><title-group>'
        f"<article-title>{paper.title}</article-title></title-group><abstract>{abstract}</abstract></article-meta></front>"
        f"<body>{''.join(parts)}</body></article>"
    )


def jats_page(paper: MadePaper) -> str:
    """The article of `jats` as a journal's pages show it."""
    return page(paper, JOURNAL, stop=".")
