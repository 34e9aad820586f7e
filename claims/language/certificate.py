"""The certificate of a reading: what each word of the sentence became."""

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
    """A stretch of the sentence and what it became.

    Attributes:
        text: as written. role: what it became, in a plain word. neutral: why it carries nothing; "" if it does.
    """

    text: str
    role: str
    neutral: str = ""


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Plain words for the parts of a grammar.

    Attributes:
        labels: "rule.label", or label, of a terminal → what it is.
        phrases: "rule.label", or label, of a phrase → what its names are.
        symbols: of a terminal without a label → what it is.
        neutral: of a terminal that carries nothing → why.
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
    """What each stretch of the sentence became, in order; together they are the whole sentence."""
    neutral = plain_words().neutral
    return tuple(
        TokenUse(spelled(tokens[edge.start : edge.end]), role, neutral.get(edge.symbol, ""))
        for role, edge in _roles(parse, NAME)
    )


def _roles(node: ParseNode, phrase: str) -> Iterator[tuple[str, Edge]]:
    """The edges below a node in order, each with what it became; `phrase` is what names in it are."""
    for label, part in node.parts:
        if isinstance(part, ParseNode):
            yield from _roles(part, _inside(node.rule, label) or phrase)
        else:
            role = _role(node.rule, label, part.symbol)
            yield (phrase if role == NAME else role), part


@lru_cache(maxsize=KEPT)
def _inside(rule: str, label: str) -> str:
    """What the names of a phrase are; empty where nothing is said of them."""
    phrases = plain_words().phrases
    return phrases.get(f"{rule.rstrip('_')}.{label}") or phrases.get(label) or ""


@lru_cache(maxsize=KEPT)
def _role(rule: str, label: str, symbol: str) -> str:
    """What a terminal became."""
    words = plain_words()
    own = words.labels.get(f"{rule.rstrip('_')}.{label}") or words.labels.get(label) or words.symbols.get(symbol)
    return own or label.replace("_", " ") or "wording"
