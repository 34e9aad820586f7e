"""The certificate of a parse: the role of every word of the sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from claims.hashed import Hashed, hashed
from claims.language.chart import Edge, ParseNode
from claims.language.tokens import Token, spelled

KEPT = 4096
"""Places in rules whose words are kept."""
NAME = "name"
"""The word of a name, which gives way to that of the phrase around it."""


@hashed
class TokenUse(Hashed):
    """A stretch of the sentence and its role in the assertion.

    Attributes:
        text: as written. role: its role, in a plain word.
        neutral: the reason why the assertion does without it; "" for a stretch that the assertion needs.
    """

    text: str
    role: str
    neutral: str = ""


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Plain words for the parts of a grammar.

    Attributes:
        labels: "rule.label", or label, of a terminal → its role.
        phrases: "rule.label", or label, of a phrase → the role of the names in it.
        symbols: symbol of a terminal without a label → its role.
        neutral: symbol of a terminal that the assertion does without → the reason.
    """

    labels: Mapping[str, str]
    phrases: Mapping[str, str]
    symbols: Mapping[str, str]
    neutral: Mapping[str, str]


@cache
def plain_words() -> PlainWords:
    """The shipped words."""
    data = tomllib.loads((files("claims.language") / "certificate.toml").read_text(encoding="utf-8"))
    return PlainWords(data["labels"], data["phrases"], data["symbols"], data["neutral"])


def certificate(parse: ParseNode, tokens: Sequence[Token]) -> tuple[TokenUse, ...]:
    """The certificate of a parse: every stretch of the sentence with its role, in order, none left out."""
    neutral = plain_words().neutral
    return tuple(
        TokenUse(spelled(tokens[edge.start : edge.end]), role, neutral.get(edge.symbol, ""))
        for role, edge in _roles(parse, NAME)
    )


def _roles(node: ParseNode, phrase: str) -> Iterator[tuple[str, Edge]]:
    """The edges below a node in order, each with its role; `phrase` is the role of names in it."""
    for label, part in node.parts:
        if isinstance(part, ParseNode):
            yield from _roles(part, _inside(node.rule, label) or phrase)
        else:
            role = _role(node.rule, label, part.symbol)
            yield (phrase if role == NAME else role), part


@lru_cache(maxsize=KEPT)
def _inside(rule: str, label: str) -> str:
    """The role of the names in a phrase; empty where the word list gives none."""
    phrases = plain_words().phrases
    return phrases.get(f"{rule.rstrip('_')}.{label}") or phrases.get(label) or ""


@lru_cache(maxsize=KEPT)
def _role(rule: str, label: str, symbol: str) -> str:
    """The role of a terminal, by its rule and label or by its symbol; "wording" where it has neither."""
    words = plain_words()
    own = words.labels.get(f"{rule.rstrip('_')}.{label}") or words.labels.get(label) or words.symbols.get(symbol)
    return own or label.replace("_", " ") or "wording"
