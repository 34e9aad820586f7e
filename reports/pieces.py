"""Pieces of the page that recur from claim to claim: a row of evidence, a word and its role, a missing cell, a plan.

Each is drawn by its template once and kept; the number kept is bounded, so that memory stays flat. In the page each
stands once, behind the claims, which hold its place (see `PIECE`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment

KEPT = 8192
"""Pieces of one kind that are kept."""
KINDS = ("row", "word", "cell", "train", "evaluate", "toml")
"""Macros that draw a piece."""
PIECE = re.compile("\x00(\\d)([^\x00]*)\x00")
"""A piece and the place of its kind in `KINDS`, until its place among its like is known; no text has this sign."""
BETWEEN = "<!---->"
"""Stands between pieces."""


def kept_pieces(environment: Environment) -> Mapping[str, Callable[..., str]]:
    """Functions that draw the pieces, for the globals of an environment; a piece must be hashable."""
    rows = {f"drawn_{kind}s": _in_row(n, _kept(environment, "pieces.html", kind)) for n, kind in enumerate(KINDS)}
    return {"drawn_verdict": _kept(environment, "marks.html", "verdict"), **rows}


def _kept(environment: Environment, template: str, macro: str) -> Callable[[object], str]:
    @lru_cache(maxsize=KEPT)
    def drawn(piece: object) -> str:
        text: str = getattr(environment.get_template(template).module, macro)(piece)
        return text.strip()

    return drawn


def _in_row(kind: int, drawn: Callable[[object], str]) -> Callable[[Iterable[object]], str]:
    def row(pieces: Iterable[object]) -> str:
        marked = " ".join([f"\x00{kind}{drawn(piece)}\x00" for piece in pieces])
        return Markup(marked)  # noqa: S704 (a template has escaped each)

    return row
