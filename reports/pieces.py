"""Pieces of the page that recur from claim to claim: a row of evidence, a word and its role, a missing cell, a plan.

Each is drawn by its template once and kept; the number kept is bounded, so that memory stays flat. In the page each
stands once, behind the claims, which hold its place (see `reports.shared_pieces.with_places`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from reports.shared_pieces import SIGN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2 import Environment

KEPT = 8192
"""Pieces of one kind that are kept."""
KINDS = ("row", "word", "cell", "train", "evaluate", "toml")
"""Macros that draw a piece."""
BETWEEN = "<!---->"
"""Stands between pieces."""


def kept_pieces(environment: Environment) -> Mapping[str, Callable[..., str]]:
    """Functions for the globals of an environment; a piece must be hashable.

    Those that draw pieces of one kind take the pieces of the report so far, a dictionary for each of `KINDS`.
    """
    rows = {f"drawn_{kind}s": _in_row(n, _kept(environment, "pieces.html", kind)) for n, kind in enumerate(KINDS)}
    return {"drawn_verdict": _kept(environment, "marks.html", "verdict"), **rows}


def _kept(environment: Environment, template: str, macro: str) -> Callable[[object], str]:
    @lru_cache(maxsize=KEPT)
    def drawn(piece: object) -> str:
        text: str = getattr(environment.get_template(template).module, macro)(piece)
        return text.strip()

    return drawn


def _in_row(kind: int, drawn: Callable[[object], str]) -> Callable[[Sequence[dict[str, int]], Iterable[object]], str]:
    def row(held: Sequence[dict[str, int]], pieces: Iterable[object]) -> str:
        entries = held[kind]
        signs = [f"{SIGN}{kind}{entries.setdefault(drawn(piece), len(entries))}{SIGN}" for piece in pieces]
        return Markup(" ".join(signs))  # noqa: S704 (signs and digits)

    return row
