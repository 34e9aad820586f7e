"""Pieces of the page that recur from claim to claim: a row of evidence, a word and its role, a verdict's mark.

Each is drawn by its template once and kept; the number kept is bounded, so that memory stays flat.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment

KEPT = 8192
"""Pieces of one kind that are kept."""
MACROS = {
    "drawn_word": ("pieces.html", "word"),
    "drawn_row": ("pieces.html", "row"),
    "drawn_verdict": ("marks.html", "verdict"),
}
"""Name in the templates → the template and the macro that draws it; a macro's argument must be hashable."""


def kept_pieces(environment: Environment) -> Mapping[str, Callable[[object], str]]:
    """What draws the pieces, for the globals of an environment."""
    return {name: _kept(environment, *place) for name, place in MACROS.items()}


def _kept(environment: Environment, template: str, macro: str) -> Callable[[object], str]:
    @lru_cache(maxsize=KEPT)
    def drawn(piece: object) -> str:
        text: str = getattr(environment.get_template(template).module, macro)(piece)
        return text

    return drawn
