"""A sentence as tokens: names of lines, words of the lexicon, numbers, and what is left unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.phrases import each_word
from claims.tables.lexicon import lexicon
from claims.tables.mentions import FUNCTION, Mention, mentions_in
from claims.tables.names import GENERIC, Name
from claims.tables.pieces import Piece, pieces_of, words_of

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
UNITS = {"%": "%", "percent": "%", "percentage": "points", "point": "points", "points": "points", "pp": "points"}
SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word or phrase of the sentence.

    Attributes:
        kind: "name", a kind of the lexicon, "number", "context" (a word of the caption or of a
            label column's heading), "function", "sign", or "word" for what is left unread.
        text: as written. start, end: pieces. mention: for "name". number, unit: for "number".
    """

    kind: str
    text: str
    start: int
    end: int
    mention: Mention | None = None
    number: Decimal | None = None
    unit: str = ""


def tokens_of(text: str, names: Sequence[Name], context: frozenset[str]) -> tuple[Token, ...]:
    """The tokens of a sentence.

    Args:
        text: the sentence.
        names: the vocabulary of the table.
        context: words of the caption and of the label headings, in lower case.
    """
    pieces = pieces_of(text)
    by_start = {m.start: m for m in mentions_in(pieces, names, text)}
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        token = _next(text, pieces, at, by_start, context)
        tokens.append(token)
        at = token.end
    return tuple(tokens)


def _next(text: str, pieces: Sequence[Piece], at: int, mentions: dict[int, Mention], context: frozenset[str]) -> Token:
    mention = mentions.get(at)
    phrase = lexicon().at(pieces, at, mentions)
    if mention is not None and (phrase is None or _name_wins(mention, phrase.kind, len(phrase.words))):
        return _name(text, pieces, mention, mentions)
    if (compound := _compound(text, pieces, at, mentions)) is not None:
        return compound
    piece = pieces[at]
    if (number := _number(pieces, at)) is not None:
        return number
    alone = phrase is not None and len(phrase.words) == 1 and piece.text in GRADING
    if phrase is not None and not (alone and _grades(pieces, at, mentions, context)):
        end = at + len(phrase.words)
        if phrase.kind == "same" and _adds(pieces, at, end):
            return Token("function", "and", at, end)
        return Token(phrase.kind, text[piece.start : pieces[end - 1].end], at, end)
    if not piece.text[0].isalnum():
        return Token("sign", piece.raw, at, at + 1)
    if piece.text in FUNCTION and piece.text not in GRADING:
        return Token("function", piece.raw, at, at + 1)
    if piece.text in context or piece.text.removesuffix("s") in context:
        return Token("context", piece.raw, at, at + 1)
    return Token("word", piece.raw, at, at + 1)


def _name(text: str, pieces: Sequence[Piece], mention: Mention, mentions: dict[int, Mention]) -> Token:
    """A name; a compound of one and a word that the table does not know ("Ours-large") is a word that names nothing."""
    start, end = mention.start, mention.end
    if _hyphened(pieces, end) and end + 1 not in mentions and pieces[end + 1].text not in SUFFIXES | GENERIC:
        return Token("word", text[pieces[start].start : pieces[end + 1].end], start, end + 2)
    return Token("name", mention.text, start, end, mention)


def _compound(text: str, pieces: Sequence[Piece], at: int, mentions: dict[int, Mention]) -> Token | None:
    """A compound of a word and a name behind it ("multi-Ours"), which names nothing either."""
    if not (pieces[at].text.isalnum() and _hyphened(pieces, at + 1) and at + 2 in mentions):
        return None
    end = mentions[at + 2].end
    return Token("word", text[pieces[at].start : pieces[end - 1].end], at, end)


def _hyphened(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a hyphen without blanks around it stands here."""
    inside = at + 1 < len(pieces) and pieces[at].raw in "-–"
    return inside and pieces[at].glued and pieces[at + 1].glued


SUFFIXES = each_word("based level style like only trained specific domain related")
"""Words that a hyphen joins to a name without changing what it names."""


def _adds(pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether "as well as" only means "and": nothing shortly before it performs."""
    words = [piece.text for piece in pieces[at:end]]
    before = {piece.text for piece in pieces[max(0, at - 3) : at]}
    return words == ["as", "well", "as"] and not before & {"not", "perform", "performs", "performed", "do", "does"}


GRADING = frozenset({"more", "less", "most", "least"})


def _grades(pieces: Sequence[Piece], at: int, mentions: dict[int, Mention], context: frozenset[str]) -> bool:
    """Whether "more" or "most" only grades a word that the table does not know ("most interesting")."""
    if at + 1 >= len(pieces):
        return False
    definite = at > 0 and pieces[at - 1].text in {"the", "by", "far", "second", "our", "its"}
    if pieces[at].text in {"most", "least"} and not definite:
        return True
    if at + 1 in mentions:
        return False
    following = pieces[at + 1]
    known = lexicon().at(pieces, at + 1) is not None or following.text in context or following.text in FUNCTION
    return following.text.isalpha() and not known


def _name_wins(mention: Mention, kind: str, length: int) -> bool:
    """A whole name is ahead of a phrase of the same length; a part of a name is not."""
    words = mention.end - mention.start
    if words > length or (mention.text[0].isupper() and mention.best.whole and mention.text == mention.best.text):
        return True
    grammatical = kind in {"than", "scope", "modifier", "not", "all", "by", "except", "about", "removing", "adding"}
    return words == length and mention.best.whole and not grammatical


def _number(pieces: Sequence[Piece], at: int) -> Token | None:
    """A number with its unit: "4.6 points", "97%", "0.4 BLEU" has none."""
    piece = pieces[at]
    if piece.text in SPELLED and not (at and pieces[at - 1].glued):
        return Token("number", piece.raw, at, at + 1, None, Decimal(SPELLED[piece.text]))
    if not NUMBER.fullmatch(piece.text) or (piece.glued and at and pieces[at - 1].text[-1].isalpha()):
        return None
    end, unit = at + 1, ""
    absolute = end < len(pieces) and pieces[end].text == "absolute"
    after = end + 1 if absolute else end
    if after < len(pieces) and pieces[after].text in UNITS:
        unit, end = UNITS[pieces[after].text], after + 1
        if unit == "points" and end < len(pieces) and pieces[end].text in {"point", "points"}:
            end += 1
        if unit == "%" and end < len(pieces) and pieces[end].text == "absolute":
            unit, end = "points", end + 1
    return Token("number", piece.raw, at, end, None, Decimal(piece.text.replace(",", "")), unit)


def context_words(caption: str, heads: Sequence[str]) -> frozenset[str]:
    """Words that the caption and the label headings bring, without those that every sentence has."""
    words = {w for text in (caption, *heads) for w in words_of(text)}
    return frozenset(w for w in words if w not in FUNCTION and w[0].isalnum())
