"""A sentence as words, numbers and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.hashed import record

WORD = re.compile(r"\d+(?:[.,'’·]\d+)*|[^\W\d_]+|\S")
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))


@record
class Token:
    """A word, a number or a sign.

    Attributes:
        text: as written. folded: lower case, apostrophes and dashes in one form.
        start, end: place in the sentence, in characters.
        glued: no blank stands before it.
    """

    text: str
    folded: str
    start: int
    end: int
    glued: bool

    @property
    def word(self) -> bool:
        """True if it is a word or number rather than a sign."""
        return self.text[0].isalnum()


def fold(text: str) -> str:
    """Lower case, with one form of apostrophes and dashes."""
    return text.translate(APOSTROPHES).translate(DASHES).casefold()


def folded_words(text: str) -> tuple[str, ...]:
    """The tokens of a text, folded."""
    return tuple(WORD.findall(fold(text)))


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order; letters and digits part, so that "F1" is two tokens glued together."""
    return _tokens(text)


@lru_cache(maxsize=8192)
def _tokens(text: str) -> tuple[Token, ...]:
    made = []
    last = 0
    whole = fold(text)
    same_places = len(whole) == len(text)
    for match in WORD.finditer(text):
        start, end = match.span()
        written = match.group()
        folded = whole[start:end] if same_places else fold(written)
        made.append(Token(written, folded, start, end, start == last and last > 0))
        last = end
    return tuple(made)


@lru_cache(maxsize=65536)
def stem(folded: str) -> str:
    """A word without its plural ending, so that "models" meets "model"."""
    if len(folded) < 4 or folded.endswith(("ss", "us", "is")) or not folded.isalpha():
        return folded
    if folded.endswith("ies"):
        return f"{folded[:-3]}y"
    if folded.endswith(("xes", "ches", "shes", "sses")):
        return folded[:-2]
    return folded.removesuffix("s")


def spelled(tokens: Sequence[Token]) -> str:
    """Tokens that follow each other as they were written, with one blank where there was any."""
    if len(tokens) == 1:
        return tokens[0].text
    return "".join(token.text if token.glued or i == 0 else f" {token.text}" for i, token in enumerate(tokens))
