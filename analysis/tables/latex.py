r"""Grids out of LaTeX: tabular and its kin, with \multicolumn and \multirow laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.tables.grid import TextGrid
from analysis.tables.latex_text import closing
from analysis.tables.spans import Span, laid_out

BEGIN = re.compile(r"\\begin\{(tabular[*xy]?|longtable|array|tblr)\}")
COMMENT = re.compile(r"(?<!\\)%.*")
RULE = re.compile(
    r"\\(?:toprule|bottomrule|hline|hrule|cmidrule|cline|Xhline|specialrule|addlinespace|noalign|endhead|endfirsthead)\b"
    r"(?:\([^)]*\))?(?:\[[^\]]*\])?(?:\{[^{}]*\})*"
)
MIDRULE = re.compile(r"\\midrule(?:\[[^\]]*\])?")
END_OF_ROW = re.compile(r"\\\\\*?(?:\s*\[[^\]]*\])?|\\tabularnewline\b")
AMPERSAND = re.compile(r"(?<!\\)&")
CAPTION = re.compile(r"\\caption\*?\s*(?:\[[^\]]*\])?\s*(?=\{)")
SPANNING = re.compile(r"\s*\\multicolumn\s*\{\s*(\d{1,9})\s*\}\s*(?=\{)")
STACKED = re.compile(r"\s*\\multirow(?:cell)?\s*(?:\[[^\]]*\])?\s*\{\s*(-?\d{1,9})\s*\}\s*(?:\[[^\]]*\])?\s*(?=\{)")
FLOAT = re.compile(r"\\(?:begin|end)\{(?:wrap)?(?:table|figure)\*?\}")
DEEPEST_HEADER = 4


def grids(text: str) -> Iterator[TextGrid]:
    """The tables of a LaTeX text, in order."""
    text = COMMENT.sub("", text)
    at = 0
    while found := BEGIN.search(text, at):
        end = text.find(f"\\end{{{found[1]}}}", found.end())
        if end < 0:
            return
        inner = BEGIN.search(text, found.end(), end)
        at = inner.start() if inner and _is_layout(text[found.end() : inner.start()]) else end
        if at == end:
            pointer = f"line {text.count(chr(10), 0, found.start()) + 1}"
            yield replace(_grid(text[found.end() : end]), caption=_caption(text, found.start(), end), pointer=pointer)


def _is_layout(before: str) -> bool:
    """True if an outer tabular only sets other tables side by side: nothing but its columns before the first."""
    return not _body(before).strip()


def _caption(text: str, start: int, end: int) -> str:
    """The caption in the float around a table."""
    bounds = [found.start() for found in FLOAT.finditer(text)]
    first = max((bound for bound in bounds if bound < start), default=0)
    last = min((bound for bound in bounds if bound > end), default=len(text))
    found = CAPTION.search(text, first, last)
    return text[found.end() + 1 : closing(text, found.end())] if found else ""


def _grid(body: str) -> TextGrid:
    body = RULE.sub(" ", _body(body))
    rows: list[list[Span]] = []
    depth: int | None = None
    for line in END_OF_ROW.split(_joined(body)):
        if depth is None and rows and MIDRULE.match(line.strip()):
            depth = len(rows)
        line = MIDRULE.sub(" ", line)
        cells = [_span(cell) for cell in AMPERSAND.split(line)]
        if any(cell.text.strip() for cell in cells):
            rows.append(cells)
    depth = depth if depth is not None and depth <= DEEPEST_HEADER and depth < len(rows) else None
    return TextGrid("", laid_out(rows, covered_are_listed=True), depth, latex=True)


def _joined(body: str) -> str:
    r"""The body with what is braced kept in one piece: \\ and & inside braces end no row and no cell."""
    parts: list[str] = []
    at = 0
    while (start := body.find("{", at)) >= 0:
        end = closing(body, start)
        inside = (
            body[start : end + 1].replace("\\\\", " ").replace("&", r"\&")
            if "\\\\" in body[start:end]
            else body[start : end + 1]
        )
        parts += [body[at:start], inside]
        at = end + 1
    return "".join([*parts, body[at:]])


def _span(cell: str) -> Span:
    across = down = 1
    for _ in range(3):
        if found := SPANNING.match(cell):
            across, cell = int(found[1]), _last_argument(cell, found.end())
        elif found := STACKED.match(cell):
            down, cell = int(found[1]), _last_argument(cell, found.end())
    return Span(cell.strip(), across, down)


def _last_argument(cell: str, start: int) -> str:
    """The content of the second braced group from `start` (the first says how it is set), and what follows it."""
    end = closing(cell, start)
    rest = cell[end + 1 :].lstrip()
    rest = re.sub(r"^\[[^\]]*\]\s*", "", rest)
    if not rest.startswith("{"):
        return rest
    last = closing(rest, 0)
    return f"{rest[1:last]} {rest[last + 1 :]}".strip()


def _body(body: str) -> str:
    r"""The body after the arguments that say how columns are set, `[t]`, `{lrr}`, `{\textwidth}`."""
    rest = body.lstrip()
    while rest[:1] in {"{", "["}:
        end = closing(rest, 0) if rest[0] == "{" else rest.find("]")
        inside = rest[1:end]
        if end < 0 or re.search(r"(?<!\\)&", inside) or "\\\\" in inside:
            break
        rest = rest[end + 1 :].lstrip()
    return rest
