r"""A LaTeX text as it is printed: `\textbf{71.6}$_{\pm 0.3}$` is "71.6 ± 0.3"."""

from __future__ import annotations

import re

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
    at = start
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at
        at += 1
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
