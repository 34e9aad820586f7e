"""Grids as LaTeX (booktabs) and as Markdown."""

from __future__ import annotations

import re

from analysis.exporters.grid import PrintedGrid, PrintedScore

LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "±": r"$\pm$", "†": r"$^\dagger$", ">": r"$>$", "<": r"$<$",
}  # fmt: skip
MARKDOWN = re.compile(r"([\\|`*_<>\[\]])")


def latex(grid: PrintedGrid) -> str:
    """A tabular in the style of booktabs; what holds of all scores stands above it as comments."""
    width = len(grid.heads[0])
    notes = [f"% {note}" for note in grid.notes]
    heads = [_latex_line([*([""] * len(grid.labels)), *head]) for head in grid.heads[:-1]]
    heads.append(_latex_line([*grid.labels, *grid.heads[-1]]))
    rows = [
        " & ".join([*map(latex_escaped, labels), *(_latex_cell(cell) for cell in cells)]) + r" \\"
        for labels, cells in grid.rows
    ]
    begin = rf"\begin{{tabular}}{{{'l' * len(grid.labels)}{'r' * width}}}"
    lines = [*notes, begin, r"\toprule", *heads, r"\midrule", *rows, r"\bottomrule", r"\end{tabular}"]
    return "\n".join(lines) + "\n"


def markdown(grid: PrintedGrid) -> str:
    """A table of GitHub's Markdown; lines of the head are joined, notes stand below."""
    heads = [" · ".join(filter(None, column)) for column in zip(*grid.heads, strict=True)]
    lines = [
        _markdown_line([*grid.labels, *heads]),
        "|" + " --- |" * len(grid.labels) + " ---: |" * len(heads),
        *(_markdown_line(labels, [_markdown_cell(cell) for cell in cells]) for labels, cells in grid.rows),
    ]
    return "\n".join([*lines, "", *(f"- {note}" for note in grid.notes)]) + "\n"


def _latex_line(texts: list[str]) -> str:
    return " & ".join(map(latex_escaped, texts)) + r" \\"


def latex_escaped(text: str) -> str:
    """A text whose signs mean nothing to LaTeX."""
    return "".join(LATEX.get(sign, sign) for sign in text)


def _latex_cell(cell: PrintedScore | None) -> str:
    if cell is None:
        return "--"
    text = rf"\textbf{{{cell.text}}}" if cell.best else cell.text
    return text + (r"$^\dagger$" if cell.tied else "") + (rf" $\pm$ {cell.sd}" if cell.sd else "")


def _markdown_line(texts: tuple[str, ...] | list[str], cells: list[str] | None = None) -> str:
    return "| " + " | ".join([*(MARKDOWN.sub(r"\\\1", text) for text in texts), *(cells or [])]) + " |"


def _markdown_cell(cell: PrintedScore | None) -> str:
    if cell is None:
        return "–"
    text = f"**{cell.text}**" if cell.best else cell.text
    return text + ("†" if cell.tied else "") + (f" ± {cell.sd}" if cell.sd else "")
