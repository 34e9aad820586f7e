r"""What LaTeX's environments make of the text inside them, as HTML."""

from __future__ import annotations

from typing import Protocol

from claims.readers.gaps import GAP
from claims.readers.latex_arguments import take
from claims.readers.latex_words import words

_WITH_ARGUMENT = frozenset(("thebibliography", "minipage", "multicols"))
_WITH_WIDTH = frozenset(("tabular*", "tabularx", "tabulary", "xltabular"))


class Converts(Protocol):
    """Turns LaTeX into HTML."""

    def convert(self, text: str, *, cells: bool = False, math: bool = False) -> str:
        """See `claims.readers.latex_commands.Converter`."""


def environment_html(converter: Converts, name: str, body: str, *, math: bool) -> str:
    """The text inside an environment as HTML with the same lines; a gap for a formula set apart."""
    lines = "\n" * body.count("\n")
    if name in words("environments", "hidden"):
        return lines
    if name in words("environments", "formulas"):
        return GAP + lines
    if name in words("environments", "tables"):
        return _table(converter, name, body)
    _, at = take(body, 0, "om" if name in _WITH_ARGUMENT else "o")
    inside = "\n" * body.count("\n", 0, at) + converter.convert(body[at:], math=math)
    if name in words("environments", "lists"):
        return f"<ul>{inside}</ul>"
    if name == "thebibliography":
        return f"<h2>References</h2><ul>{inside}</ul>"
    head = "<h2>Abstract</h2>" if name == "abstract" else ""
    return f"{head}<p>{inside}</p>"


def _table(converter: Converts, name: str, body: str) -> str:
    _, at = take(body, 0, "omm" if name in _WITH_WIDTH else "om")
    rest = body[at:].lstrip()
    above = "\n" * body.count("\n", 0, len(body) - len(rest))
    inside = converter.convert(rest, cells=True, math=name == "array")
    return f"<table>{above}<tr><td>{inside}</td></tr></table>"
