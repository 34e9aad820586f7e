"""Pieces of the page that recur from claim to claim: a row of evidence, a word and its role, a missing cell.

Each is drawn by its template once and kept; the number kept is bounded, so that memory stays flat.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment

KEPT = 8192
"""Pieces of one kind that are kept."""
IN_ROWS = {
    "drawn_words": ("pieces.html", "word"),
    "drawn_rows": ("pieces.html", "row"),
    "drawn_cells": ("pieces.html", "cell"),
}
"""Name in the templates, of what draws a row of pieces → the template and the macro that draws one of them."""


def kept_pieces(environment: Environment) -> Mapping[str, Callable[..., str]]:
    """What draws the pieces, for the globals of an environment; a piece must be hashable."""
    rows = {name: _in_row(_kept(environment, *place)) for name, place in IN_ROWS.items()}
    return {"drawn_verdict": _kept(environment, "marks.html", "verdict"), **rows}


def _kept(environment: Environment, template: str, macro: str) -> Callable[[object], str]:
    @lru_cache(maxsize=KEPT)
    def drawn(piece: object) -> str:
        text: str = getattr(environment.get_template(template).module, macro)(piece)
        return text

    return drawn


def _in_row(drawn: Callable[[object], str]) -> Callable[[Iterable[object]], str]:
    def row(pieces: Iterable[object]) -> str:
        return Markup("".join(map(drawn, pieces)))  # noqa: S704 (a template has escaped each)

    return row
