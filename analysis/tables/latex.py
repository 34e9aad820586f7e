r"""Grids out of LaTeX: tabular and its kin, with \multicolumn and \multirow laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.tables.grid import Span, TextGrid, laid_out

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


SIGNS = {
    "pm": "±", "dag": "†", "dagger": "†", "ddag": "‡", "ddagger": "‡", "ast": "*", "star": "*", "checkmark": "✓",
    "cmark": "✓", "xmark": "✗", "times": "×", "cdot": "·", "Delta": "Δ", "delta": "δ", "alpha": "α", "beta": "β",
    "gamma": "γ", "lambda": "λ", "mu": "μ", "sigma": "σ", "kappa": "κ", "rho": "ρ", "tau": "τ", "epsilon": "ε",
    "uparrow": "↑", "downarrow": "↓", "rightarrow": "→", "to": "→", "Rightarrow": "→", "leftarrow": "←",
    "leftrightarrow": "↔", "sim": "~", "approx": "≈", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "infty": "∞",
    "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—", "textminus": "−", "S": "§", "circ": "°",
    "degree": "°", "textasciitilde": "~", "backslash": "\\", "newline": " ", "quad": " ", "qquad": " ",
    "textdegree": "°",
    "eta": "η", "theta": "θ", "pi": "π", "phi": "φ", "psi": "ψ", "omega": "ω", "Pi": "Π", "neg": "¬", "cup": "∪",
}  # fmt: skip
"""Commands that print one sign."""
ESCAPES = {"\\": " ", ",": "", ";": " ", ":": " ", "!": "", " ": " ", "/": "", "-": "", "@": ""}
DROPPED = frozenset((
    "cite", "citep", "citet", "citealp", "citealt", "citeyear", "citeauthor",
    "ref", "label", "footnote", "footnotemark", "footnotetext", "tnote", "textsuperscript",
    "cellcolor", "rowcolor", "columncolor", "color", "hspace", "vspace", "phantom",
    "hphantom", "vphantom", "sout", "st", "cancel", "fontsize", "selectfont",
    "rule", "includegraphics", "arrayrulecolor", "setlength", "renewcommand", "cmidrule", "cline",
    "specialrule", "addlinespace",
))  # fmt: skip
"""Commands whose arguments print nothing, or nothing that belongs to the text."""
LAST_OF = {
    "textcolor": 2, "colorbox": 2, "scalebox": 2, "resizebox": 3, "rotatebox": 2, "raisebox": 2, "href": 2,
    "parbox": 2, "multicolumn": 3, "multirow": 3, "hl": 1, "fcolorbox": 3, "specialcell": 1, "adjustbox": 2,
}  # fmt: skip
"""Commands that print the last of so many arguments; any other command has one."""
TWO_DROPPED = {"fontsize": 2, "setlength": 2, "renewcommand": 2, "specialrule": 3, "rule": 2}
LATEX = re.compile(
    r"\\[A-Za-z]+\s*[\[{]|\\[%&#$,;]|\\(?:pm|dag|ddag|times|cdot|uparrow|downarrow|Delta|bf|it)\b|\$[^$]*[\\^_{][^$]*\$"
)
"""Commands that are taken for LaTeX in a file that need not be LaTeX."""
COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
OPTIONS = re.compile(r"\s*(?:\[[^\[\]]*\])+")
SPACE = re.compile(r"\s*")
DEEPEST = 40


def without_latex(text: str, strict: bool = True) -> str:
    """The text without commands.

    Args:
        text: of one cell or caption.
        strict: whether every backslash is a command's; else unknown commands without arguments stay.
    """
    return _Printer(text, strict).printed(0)


def closing(text: str, start: int) -> int:
    """Position of the brace that closes the one at `start`; the text's end where none does."""
    depth = 0
    for found in BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return found.start()
    return len(text)


class _Printer:
    """Reads a text from left to right and keeps what is printed."""

    def __init__(self, text: str, strict: bool) -> None:
        self.text = text
        self.strict = strict
        self.at = 0
        self.math = False
        self.out: list[str] = []

    def printed(self, depth: int) -> str:
        if depth > DEEPEST:
            return self.text
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\\":
                self._command(depth)
            elif sign == "{":
                self.out.append(self._inner(self._argument(), depth))
            elif sign in "^_" and (self.math or self.text[self.at + 1 : self.at + 2] == "{"):
                self.at += 1
                self._script(sign, depth)
            else:
                self._sign(sign)
        return "".join(self.out)

    def _sign(self, sign: str) -> None:
        self.at += 1
        if sign == "$":
            self.math = not self.math
        elif sign == "~":
            self.out.append(" ")
        elif sign != "}":
            self.out.append(sign)

    def _inner(self, text: str, depth: int) -> str:
        printer = _Printer(text, self.strict)
        printer.math = self.math
        return printer.printed(depth + 1)

    def _argument(self) -> str:
        """The braced text, or the one sign or command, at the place; moves behind it."""
        if self.text[self.at : self.at + 1] == "{":
            end = closing(self.text, self.at)
            inside, self.at = self.text[self.at + 1 : end], end + 1
            return inside
        found = COMMAND.match(self.text, self.at)
        inside = found[0] if found else self.text[self.at : self.at + 1]
        self.at += len(inside)
        return inside

    def _script(self, sign: str, depth: int) -> None:
        inside = self._inner(self._argument(), depth).strip()
        before = "".join(self.out).rstrip()
        if "±" in inside:
            self.out.append(f" {inside}")
        elif sign == "^":
            ten = re.search(r"(?:^|[^\d.,])10$", before) and re.fullmatch(r"[-−+]?\d+", inside)
            footnote = any(letter.isalnum() for letter in inside)
            self.out.append(f"^{inside}" if ten else "" if footnote else inside)
        else:
            self.out.append(f" {inside}" if before[-1:].isdigit() else inside)

    def _command(self, depth: int) -> None:
        found = COMMAND.match(self.text, self.at)
        if found is None:
            escaped = self.text[self.at + 1 : self.at + 2]
            self.out.append(ESCAPES.get(escaped, escaped))
            self.at += 2
            return
        name, start = found[1], self.at
        self.at = found.end()
        if name in SIGNS:
            self.out.append(SIGNS[name])
            return
        arguments = self._arguments(name)
        if not arguments:
            known = self.strict or name in DROPPED or name.startswith(("bf", "it", "text", "math", "tiny", "small"))
            self.out.append("" if known else self.text[start : self.at])
        elif name not in DROPPED:
            self.out.append(self._inner(arguments[-1], depth))

    def _arguments(self, name: str) -> list[str]:
        wanted = LAST_OF.get(name, TWO_DROPPED.get(name, 1))
        found: list[str] = []
        while len(found) < wanted:
            options = OPTIONS.match(self.text, self.at)
            after = options.end() if options else self.at
            behind = SPACE.match(self.text, after)
            after = behind.end() if behind else after
            if self.text[after : after + 1] != "{":
                if options and not self.strict and not found:
                    return found
                break
            self.at = after
            found.append(self._argument())
        return found
