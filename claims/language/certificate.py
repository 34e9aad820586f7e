"""The certificate of a reading: what each word of the sentence became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.language.chart import Node
from claims.language.tokens import Token

NEUTRAL = {
    "opener": "opens the sentence", "mid": "stands between subject and verb and changes nothing", "det": "article before a name",
    "the": "article before a superlative", "art": "article", "CITE": "citation", "OPINION": "what the author infers, no statement about the table",
}  # fmt: skip
"""Terminals that carry nothing where the grammar lets them stand, and why."""


@dataclass(frozen=True, slots=True)
class Used:
    """A stretch of the sentence and what it became.

    Attributes:
        text: as written. role: rule and place of the grammar that used it. neutral: why it carries nothing; "" if it does.
    """

    text: str
    role: str
    neutral: str = ""


def certificate(parse: Node, tokens: Sequence[Token]) -> tuple[Used, ...]:
    """What each stretch of the sentence became, in order; together they are the whole sentence."""
    made = []
    for role, edge in parse.leaves():
        words = tokens[edge.start : edge.end]
        text = "".join(w.text if w.glued or i == 0 else f" {w.text}" for i, w in enumerate(words))
        made.append(Used(text, role, NEUTRAL.get(edge.symbol, "")))
    return tuple(made)
