r"""Grids of cells out of LaTeX tables: \multicolumn, \multirow, bold and underlined best-marks, ±."""

from __future__ import annotations

import re

ENVIRONMENT = re.compile(r"\\begin\{(tabular[*xy]?|longtable|array)\}(.*?)\\end\{\1\}", re.DOTALL)
COMMENT = re.compile(r"(?<!\\)%.*")
RULE = re.compile(
    r"\\(?:top|mid|bottom|h|c)(?:rule|line)\b|\\(?:cmidrule|cline|specialrule|addlinespace)(?:\([^)]*\))?(?:\[[^\]]*\])?(?:\{[^}]*\})*"
)
DROPPED = re.compile(
    r"\\(?:cellcolor|rowcolor|textsuperscript|footnote|footnotemark|tnote|cite[pt]?|ref|label|hspace\*?|vspace\*?|color)"
    r"(?:\[[^\]]*\])?\{[^{}]*\}"
)
SPANNING = re.compile(r"\\multicolumn\{(\d+)\}\{(?:[^{}]|\{[^{}]*\})*\}")
STACKED = re.compile(r"\\multirow(?:\[[^\]]*\])?\{(-?\d+)\}\{(?:[^{}]|\{[^{}]*\})*\}")
SIGNS = {r"\pm": "±", r"\times": "×", r"\cdot": "·", r"\geq": "≥", r"\leq": "≤", r"\ge": "≥", r"\le": "≤", r"\sim": "~",
         r"\approx": "≈", r"\%": "%", r"\&": "&", r"\_": "_", r"\#": "#", r"\$": "", "~": " ", r"\,": " ", r"\ ": " ",
         r"\dag": "†", r"\dagger": "†", r"\ddagger": "‡", r"\ddag": "‡", r"\ast": "*", r"\checkmark": "✓"}  # fmt: skip
POWER_OF_TEN = re.compile(r"(?<![\d.]10)(?<=10)\^(?:\{\s*([-−+]?\d+)\s*\}|(\d))")
"""A raised number that is an exponent, not a footnote."""

SPREAD = re.compile(r"(?<=[\d%])\s*\x00(\d*\.\d+)\x01")
"""A lowered number behind another one, between the signs that keep its place."""

SCRIPT = re.compile(r"\^(?:\{[^{}]*\}|\\?[A-Za-z]+|.)")
SUBSCRIPT = re.compile(r"_\{([^{}]*)\}")
_CONTROL = {0: None, 1: None, 2: None}
"""The signs `plain` uses as place-holders."""

WRAPPED = re.compile(r"\\[A-Za-z]+\*?\s*(?:\[[^\]]*\])?\{([^{}]*)\}")
SWITCH = re.compile(r"\\[A-Za-z]+\*?\s*")


def grids(text: str) -> list[list[list[str]]]:
    """The tables of a LaTeX text: rows of cells as plain text, spanning cells repeated."""
    bare = COMMENT.sub("", text)
    return [_grid(body) for _, body in ENVIRONMENT.findall(bare)]


def plain(cell: str) -> str:
    r"""A cell without its commands: `\textbf{71.6}$_{\pm 0.3}$` is "71.6 ± 0.3"."""
    text = DROPPED.sub("", cell)
    for sign, meant in sorted(SIGNS.items(), key=lambda item: -len(item[0])):
        end = r"(?![A-Za-z])" if sign[-1].isalpha() else ""
        text = re.sub(re.escape(sign) + end, meant, text)
    text = POWER_OF_TEN.sub(lambda power: f"\x02{power[1] or power[2]}", text.translate(_CONTROL))
    text = SUBSCRIPT.sub("\x00\\1\x01", SCRIPT.sub("", text)).replace("\x02", "^")
    while (smaller := WRAPPED.sub(r"\1", text)) != text:
        text = smaller
    text = re.sub(r"[{}$]", "", SWITCH.sub("", text))
    text = SPREAD.sub(r" ± \1", text).replace("\x00", " ").replace("\x01", "")
    return " ".join(text.split())


def _grid(body: str) -> list[list[str]]:
    body = _without_column_types(RULE.sub("", body))
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for line in re.split(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline", body):
        if not line.strip():
            continue
        rows.append(_row(re.split(r"(?<!\\)&", line), hanging))
    return [row for row in rows if any(row)]


def _row(cells: list[str], hanging: dict[int, tuple[int, str]]) -> list[str]:
    """Cells of one line; `hanging` holds, per column, what a multirow above still covers."""
    row: list[str] = []
    for cell in cells:
        across, cell = _taken(SPANNING, cell)
        down, cell = _taken(STACKED, cell)
        text = plain(cell)
        left, above = hanging.pop(len(row), (0, ""))
        if down > 1 and text:
            left, above = down, text
        if left > 1:
            hanging[len(row)] = (left - 1, above)
        row += [text or (above if left else "")] * max(across, 1)
    return row


def _taken(pattern: re.Pattern[str], cell: str) -> tuple[int, str]:
    found = pattern.search(cell)
    if found is None:
        return 0, cell
    return abs(int(found[1])), cell[: found.start()] + cell[found.end() :]


def _without_column_types(body: str) -> str:
    """The body after the arguments that say how columns are set, `{lrr}` and the like."""
    rest = body.lstrip()
    while rest[:1] in {"{", "["}:
        end = _closing(rest)
        inside = rest[1:end]
        if "&" in inside or "\\\\" in inside:
            break
        rest = rest[end + 1 :].lstrip()
    return rest


def _closing(text: str) -> int:
    """Position of the bracket that closes the one a text begins with; the text's end where none does."""
    depth = 0
    for i, sign in enumerate(text):
        depth += (sign in "{[") - (sign in "}]")
        if depth == 0:
            return i
    return len(text)
