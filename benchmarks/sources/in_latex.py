r"""Made-up papers in LaTeX: booktabs, ruled cells, two columns, scaled tables, Roman numbers in capitals."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from made_papers import Cell, Made, MadePaper

SIGNS = {"%": r"\%", "&": r"\&", "–": "--", "±": r"$\pm$", "†": r"\dag", "_": r"\_", "#": r"\#"}


@dataclass(frozen=True, slots=True)
class Look:
    r"""The layout of a paper.

    Attributes:
        options: of the class. preamble: further lines. framed: `\hline` and | instead of booktabs.
        above: whether captions stand above their tables. scaled: tables as wide as the text.
        size: of tables. math: numbers between $.
    """

    options: str
    preamble: str = ""
    framed: bool = False
    above: bool = False
    scaled: bool = False
    size: str = r"\small"
    math: bool = False


IEEE = (
    r"\renewcommand{\thetable}{\Roman{table}}\makeatletter\long\def\@makecaption#1#2{\begin{center}\footnotesize"
    r" TABLE \thetable\\\textsc{#2}\end{center}}\makeatother"
)
TIMES = r"\usepackage[T1]{fontenc}\usepackage{mathptmx}"
LOOKS = {
    "latex one column": Look("11pt", above=True),
    "latex two columns": Look("10pt,twocolumn", TIMES),
    "latex framed": Look("10pt,twocolumn", framed=True, math=True, size=r"\footnotesize"),
    "latex scaled": Look("11pt,twocolumn", TIMES, scaled=True, above=True),
    "latex capitals": Look("10pt,twocolumn", TIMES + IEEE, above=True, size=r"\footnotesize"),
}


def text(paper: MadePaper, look: Look) -> str:
    """A paper's source."""
    lines = [
        rf"\documentclass[{look.options}]{{article}}",
        r"\usepackage[utf8]{inputenc}\usepackage{booktabs,graphicx}",
        r"\setlength{\tabcolsep}{4pt}",
        look.preamble,
        rf"\title{{{paper.title}}}\author{{}}\date{{}}\begin{{document}}\maketitle",
    ]
    for head, paragraphs, tables in paper.sections:
        lines.append(r"\begin{abstract}" if head == "Abstract" else rf"\section{{{head}}}")
        lines += [_plain(paragraph) + "\n" for paragraph in paragraphs[:1]]
        lines += [_float(table, look) for table in tables]
        lines += [_plain(paragraph) + "\\footnote{A note on tides.}\n" for paragraph in paragraphs[1:]]
        if head == "Abstract":
            lines.append(r"\end{abstract}")
    return "\n".join([*lines, r"\end{document}"])


def write(paper: MadePaper, look: Look, folder: Path) -> Path:
    """The paper as a PDF in a folder."""
    (folder / "paper.tex").write_text(text(paper, look), encoding="utf-8")
    call = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    for _ in range(2):
        done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if not (folder / "paper.pdf").is_file():
        raise RuntimeError(done.stdout[-2000:])
    return folder / "paper.pdf"


def _plain(said: str) -> str:
    return "".join(SIGNS.get(sign, sign) for sign in said)


def _float(table: Made, look: Look) -> str:
    kind = "table*" if table.wide and "twocolumn" in look.options else "table"
    caption = rf"\caption{{{_plain(table.caption)}}}"
    inner = tabular(table, framed=look.framed, math=look.math)
    if look.scaled:
        inner = rf"\resizebox{{\linewidth}}{{!}}{{{inner}}}"
    parts = [caption, inner] if look.above else [inner, caption]
    return "\n".join([rf"\begin{{{kind}}}[t]\centering{look.size}", *parts, rf"\end{{{kind}}}"])


def tabular(table: Made, *, framed: bool = False, math: bool = False) -> str:
    """A table's source."""
    kinds = ["l"] * table.words + ["c" if framed else "r"] * (table.width - table.words)
    bar = "|" if framed else ""
    rule = (r"\hline",) * 3 if framed else (r"\toprule", r"\midrule", r"\bottomrule")
    lines = [rf"\begin{{tabular}}{{{bar}{bar.join(kinds)}{bar}}}", rule[0]]
    for n, row in enumerate(table.header):
        told, rules, at = [], [], 1
        for name, span in row:
            told.append(_plain(name) if span == 1 else rf"\multicolumn{{{span}}}{{c{bar}}}{{{_plain(name)}}}")
            rules += [rf"\cmidrule(lr){{{at}-{at + span - 1}}}"] if span > 1 else []
            at += span
        lines.append(" & ".join(told) + r" \\")
        if n < len(table.header) - 1:
            lines.append(r"\hline" if framed else "".join(rules))
    lines.append(rule[1])
    for n, cells in enumerate(table.body):
        if len(cells) == 1 and table.width > 1:
            before = "" if n == 0 else rule[1]
            inside = rf"\multicolumn{{{table.width}}}{{{bar}c{bar}}}{{\textit{{{_plain(cells[0].text)}}}}}"
            lines.append(f"{before}{inside} \\\\ {rule[1]}")
            continue
        lines.append(" & ".join(_cell(cell, math=math) for cell in cells) + r" \\" + (r" \hline" if framed else ""))
    if not framed:
        lines.append(rule[2])
    return "\n".join([*lines, r"\end{tabular}"])


def _cell(cell: Cell, *, math: bool) -> str:
    said = _plain(cell.text)
    if math and cell.text and (cell.text[0].isdigit() or cell.text[0] in "+-"):
        said = f"${said.replace('$', '')}$"
    elif cell.text[:1] in "+-" and cell.text[1:2].isdigit():
        said = f"${cell.text[0]}${cell.text[1:]}"
    said = rf"\textbf{{{said}}}" if cell.bold else said
    return said + (rf"$^{{{SIGNS[cell.mark]}}}$" if cell.mark else "")
