"""From a sentence to tokens: names linked to the vocabulary, trade words to their classes.

A name is linked when its spelling is in the vocabulary, or when it is a near spelling of exactly
one name (a typing error) and no other name comes close. Nothing else is ever guessed: a word that
links to nothing and is no filler stays `UNREAD`, and a sentence with such words gets no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analysis.vocabulary import Vocabulary, vocabulary
from claims.assertion import Number
from claims.reading.amounts import glued, joined_end, or_more, upper_end
from claims.reading.blanks import blanked
from claims.reading.lexicon import Lexicon, Phrase, Sense, lexicon, phrase, split_words
from claims.reading.numerals import read_numeral
from claims.report import Cut

NAME_KINDS = frozenset({"RUN", "TARGET", "BENCH", "MODEL", "LANGUAGE"})

NEAR = 88.0
"""Similarity (0 to 100) above which a misspelt name counts as near."""
MARGIN = 6.0
"""How much farther the second nearest name must be for a near name to be linked."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the sentence and what it stands for.

    Attributes:
        kind: the class; a terminal of `grammar.lark`, "FILLER" or "UNREAD".
        text: the words as they stand in the sentence.
        values: ids it may stand for, most likely first.
        number: for NUMBER tokens.
        start, end: place in the sentence, in characters.
        near: linked by near spelling rather than by the spelling itself.
        upper: upper end of a range that starts with the number.
    """

    kind: str
    text: str
    start: int
    end: int
    values: tuple[str, ...] = ()
    number: Number | None = None
    near: bool = False
    upper: Number | None = None

    @property
    def value(self) -> str:
        """The most likely id."""
        return self.values[0] if self.values else ""


def link(sentence: str, *, cut: Cut = "no", words: Vocabulary | None = None) -> tuple[Token, ...]:
    """The tokens of a sentence, in order, fillers and signs included.

    Args:
        sentence: one claim.
        cut: whether the sentence is cut off, and whether its last word may be half a word. The
            end of a cut sentence is completed only to learn its class, when all phrases it could
            be the beginning of share one.
        words: the vocabulary; the built-in one by default.
    """
    return _link(sentence, cut, words or vocabulary())


@lru_cache(maxsize=4096)
def _link(sentence: str, cut: Cut, words: Vocabulary) -> tuple[Token, ...]:
    lex = lexicon(words)
    matches = split_words(blanked(sentence))
    folded = [m.group().casefold().replace("’", "'") for m in matches]
    tokens: list[Token] = []
    i = 0
    while i < len(matches):
        ending = None if cut == "no" else _cut_ending(sentence, matches, folded, i, lex, cut)
        token, length = ending or _token_at(sentence, matches, folded, i, lex, words)
        if token.kind == "NUMBER":
            marks, token, length = _measured(sentence, matches, i, token, length)
            tokens += marks
        if token.kind == "KIND" and _verb_first(tokens, folded[i], lex):
            token, length = Token("COVER", matches[i].group(), matches[i].start(), matches[i].end()), 1
        tokens.append(token)
        i += length
        listed = _next_version(sentence, matches, folded, i, length, lex) if token.kind in NAME_KINDS else None
        if listed is not None:
            tokens += listed[0]
            i += listed[1]
    return tuple(tokens)


def _measured(
    sentence: str, matches: list[re.Match[str]], i: int, token: Token, length: int
) -> tuple[list[Token], Token, int]:
    """A number with what its signs say: its upper end, a mark for "or more", unread where it is glued to something."""
    assert token.number is not None
    upper = upper_end(sentence, token.end)
    if i and matches[i - 1].group().casefold() == "between" and upper is None:
        upper = joined_end(sentence, token.end)
    if upper is not None:
        value, end = upper
        length = next((k - i for k in range(i, len(matches)) if matches[k].start() >= end), len(matches) - i)
        token = replace(token, text=sentence[token.start : end], end=end, upper=Number(value))
    if or_more(sentence, token.end) and upper is None:
        mark = Token("ORMORE", "+", token.end, token.end + 1)
        return [mark], token, length + 1
    digits = sentence[token.start : token.end]
    unit = i + length < len(matches) and matches[i + length].start() == token.end and _is_unit(matches[i + length])
    if digits[:1].isdigit() and not unit and glued(sentence, token.start, token.end):
        token = replace(token, kind="UNREAD")
    return [], token, length


def _is_unit(match: re.Match[str]) -> bool:
    return match.group().casefold() in {"pp", "pt", "pts"}


def _verb_first(tokens: Sequence[Token], word: str, lex: Lexicon) -> bool:
    """As in "tasks that span question answering": "span" is the verb, not a part of the name."""
    sense = lex.senses.get((word,))
    subject = tokens and (tokens[-1].kind in {"ITASK", "TTASK", "TASK"} or tokens[-1].text in {"that", "which"})
    return bool(subject) and sense is not None and sense.kind == "COVER"


def _next_version(
    sentence: str, matches: list[re.Match[str]], folded: list[str], i: int, length: int, lex: Lexicon
) -> tuple[list[Token], int] | None:
    """As in "SQuAD v1.1 and v2.0": the second version of a name, written without it."""
    if length < 2 or folded[i : i + 1] != ["and"] or not folded[i - 1][0].isdigit():
        return None
    base = folded[i - length]
    for k in (2, 1):
        version = folded[i + 1 : i + 1 + k]
        sense = lex.senses.get((base, *version))
        if len(version) == k and sense is not None and sense.kind in NAME_KINDS and version[-1][0].isdigit():
            joint, first, last = matches[i], matches[i + 1], matches[i + k]
            name = Token(sense.kind, sentence[first.start() : last.end()], first.start(), last.end(), sense.values)
            return [Token("AND", joint.group(), joint.start(), joint.end()), name], 1 + k
    return None


def _token_at(
    sentence: str, matches: list[re.Match[str]], folded: list[str], i: int, lex: Lexicon, words: Vocabulary
) -> tuple[Token, int]:
    def make(kind: str, length: int, sense: Sense | None = None, number: Number | None = None) -> tuple[Token, int]:
        start, end = matches[i].start(), matches[i + length - 1].end()
        values = sense.values if sense else ()
        return Token(kind, sentence[start:end], start, end, values, number), length

    found = _longest(folded, i, lex)
    numeral = read_numeral(folded[i : i + 14])
    if numeral is not None and (found is None or numeral.length >= found[1]):
        value = -numeral.value if _minus_before(sentence, matches[i].start()) else numeral.value
        return make("NUMBER", numeral.length, number=Number(value))
    if found is not None and not _disguised(matches[i : i + found[1]], found[0]):
        return make(found[0].kind, found[1], found[0])
    word = folded[i]
    if word in lex.fillers and not INNER_CAPITAL.search(matches[i].group()):
        return make("FILLER", 1)
    if not word[0].isalnum():
        return make(SIGNS.get(word, "UNREAD"), 1)
    near = _near_name(matches[i].group(), words)
    if near is not None:
        return replace(make(near[0], 1, Sense(near[0], (near[1],)))[0], near=True), 1
    return make("UNREAD", 1)


INNER_CAPITAL = re.compile(r"\w[A-Z]")
ACRONYMS = NAME_KINDS | {
    "METRIC",
    "KIND",
    "SOURCE",
    "MULTI",
    "MLM",
    "PREMLM",
    "TRANS",
    "SOTA",
    "ITASK",
    "COST",
    "SPLIT",
    "FILLER",
}


def _disguised(words: Sequence[re.Match[str]], sense: Sense) -> bool:
    """Whether a name in capitals ("ReCoRD") merely looks like a trade word ("record")."""
    return sense.kind not in ACRONYMS and any(INNER_CAPITAL.search(m.group()) for m in words)


SIGNS = {
    ",": "COMMA",
    ";": "SEMI",
    "%": "PERCENT",
    "&": "AND",
    ":": "COLON",
    "+": "PLUS",
    ".": "STOPSIGN",
    **dict.fromkeys("()[]*_\"'“”‘’`«»-–—−‐‑", "FILLER"),
}
"""Signs with a part of their own; FILLER for those that are licensed by where they stand, any other is unread."""


def _longest(folded: list[str], i: int, lex: Lexicon) -> tuple[Sense, int] | None:
    for key in lex.by_first.get(folded[i], ()):
        if tuple(folded[i : i + len(key)]) == key:
            return lex.senses[key], len(key)
    return None


def _minus_before(sentence: str, start: int) -> bool:
    return sentence[start - 1 : start] in {"-", "−", "–"} and not sentence[start - 2 : start - 1].strip()


def _near_name(word: str, words: Vocabulary) -> tuple[str, str] | None:
    if len(word) < 5 or not re.search(r"[A-Z].*[A-Z]|[A-Z].*\d", word):
        return None
    from rapidfuzz import fuzz, process

    names = _single_word_names(words)
    matches = process.extract(word.casefold(), list(names), scorer=fuzz.ratio, limit=3)
    if not matches or matches[0][1] < NEAR:
        return None
    best = names[matches[0][0]]
    for other, score, _ in matches[1:]:
        if names[other] != best and matches[0][1] - score < MARGIN:
            return None
    return best


@lru_cache(maxsize=8)
def _single_word_names(words: Vocabulary) -> dict[str, tuple[str, str]]:
    senses = lexicon(words).senses
    return {key[0]: (s.kind, s.value) for key, s in _named(senses) if len(key) == 1 and len(key[0]) > 3}


def _named(senses: object) -> list[tuple[Phrase, _OneName]]:
    assert isinstance(senses, dict)
    return [(key, _OneName(s.kind, s.values[0])) for key, s in senses.items() if s.kind in NAME_KINDS and s.values]


@dataclass(frozen=True, slots=True)
class _OneName:
    kind: str
    value: str


def _cut_ending(
    sentence: str, matches: list[re.Match[str]], folded: list[str], i: int, lex: Lexicon, cut: Cut
) -> tuple[Token, int] | None:
    """The rest of a cut sentence as the beginning of a phrase, where all phrases it could be agree."""
    rest = tuple(folded[i:])
    *whole, half = rest

    def may_begin(key: Phrase) -> bool:
        if key[: len(whole)] != tuple(whole) or len(key) < len(rest):
            return False
        return key[len(whole)].startswith(half) if cut == "in word" else key[len(whole)] == half

    candidates = lex.by_first.get(rest[0], ()) if whole else lex.senses
    senses = {lex.senses[key] for key in candidates if may_begin(key)}
    start, end = matches[i].start(), matches[-1].end()
    kinds = {sense.kind for sense in senses}
    if len(rest) == 1 and cut == "in word" and any(word.startswith(half) for word in lex.fillers):
        kinds.add("FILLER")
    if len(kinds) == 1 and senses:
        shared = {sense.values for sense in senses}
        values = shared.pop() if len(shared) == 1 else ()
        return Token(kinds.pop(), sentence[start:end], start, end, values), len(rest)
    known = _longest(folded, i, lex) is not None or rest[0] in lex.fillers
    if (senses and not known) or (len(rest) == 1 and cut == "in word"):
        return Token("CUT", sentence[start:end], start, end), len(rest)
    return None


def number(value: str) -> Number:
    """A stated number from its digits."""
    return Number(Decimal(value))


__all__ = ["Token", "link", "number", "phrase"]
