"""A sentence over a domain → every parse that spans it, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from analysis.numbers import Number, scan_numbers
from claims.language.chart import Edge, Grammar, ParseNode, TooLongError, read_grammar
from claims.language.lexicon import Lexicon, lexicon
from claims.language.shapes import Shapes
from claims.language.tokens import Token, tokens_of

LONGEST = 120
"""Tokens in a sentence; a longer one is no claim but a paragraph and is not read."""
CITATION = re.compile(
    r"\((?:[^()]*\bet al\.?[^()]*|[A-Z][^()\d]*,? (?:19|20)\d\d[a-z]?|(?:19|20)\d\d[a-z]?)\)"
    r"|\[\d+(?:\s*[,–-]\s*\d+)*\]|\[[A-Z]{4,}\]"
    r"|\((?:see |cf\. )?(?:Tables?|Tab\.|Figures?|Fig\.|Sections?) ?\d+\)"
    r"|\b(?:in|as shown in|from|see|in our) (?:Table|Tab\.) ?\d+\b"
    r"|^(?:Table|Tab\.|Figure|Fig\.) ?\d+(?= (?:\w+ )?\w+ that\b)"
    r"|\bAs (?:Table|Tab\.|Figure|Fig\.) ?\d+ (?:shows|demonstrates|indicates)\b"
)
"""Works cited, and exhibits pointed to."""

SETTING = re.compile(r"(?<=\w=)-?\d+(?:\.\d+)?(?![\w.,/%–-]*\w)")
"""The number of a setting written without blanks: "K=10"."""

NEITHER = "is neither a name in the evidence nor a word known here"
LOST = "\ufffc"
"""The placeholder that readers put for signs that are no words (`claims.readers.controls.GAP`)."""
WHAT_IS_LOST = " (“\ufffc” stands for a formula, a hidden sign or a number beyond any measurement)"
NEITHER_OF_SEVERAL = "are neither names in the evidence nor words known here"
PUT_TOGETHER = "its words are known, but not the way they are put together from"
NO_SENTENCE = "its words are known, but together they make no statement that is understood here"
"""Reasons why a sentence has no parse."""
MOST_SHOWN = 8
"""Most unknown words that a reason names."""

Names = Callable[[Sequence[Token]], Iterable[Edge]]
Numbers = Callable[[str], Iterable[tuple[int, int, Number]]]


@dataclass(frozen=True, slots=True)
class Forest:
    """All parses of a sentence.

    Attributes:
        tokens: of the sentence. parses: every parse that spans it.
        edges: all lexemes, names and numbers found in it, also where there is no parse.
        stuck: the token that no parse gets past, None where there is a parse.
        unknown: tokens that are neither in the lexicon nor names or numbers.
        reason: the reason why there is no parse; empty where there is one.
    """

    tokens: tuple[Token, ...]
    parses: tuple[ParseNode, ...]
    edges: tuple[Edge, ...] = ()
    stuck: int | None = None
    unknown: tuple[str, ...] = ()
    reason: str = ""


@cache
def grammar() -> Grammar:
    """The shipped grammar."""
    return read_grammar((files("claims.language") / "grammar.txt").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _shapes(rules: Grammar) -> Shapes:
    return Shapes(rules)


@lru_cache(maxsize=16)
def _literals(rules: Grammar) -> frozenset[str]:
    return frozenset(s.strip('"') for s in rules.symbols() if s.startswith('"'))


def read_forest(
    sentence: str,
    names: Names,
    words: Lexicon | None = None,
    rules: Grammar | None = None,
    numbers: Numbers = scan_numbers,
) -> Forest:
    """Every parse of a sentence.

    Args:
        sentence: one claim.
        names: the domain's names in the tokens, as edges with the symbol "NAME" or a symbol of the domain's own.
        words: the lexicon; the shipped one by default.
        rules: the grammar; the shipped one by default.
        numbers: finds the numbers of a text as (start, end, number); one may be found with its unit and without.
    """
    rules = rules if rules is not None else grammar()
    tokens = tokens_of(sentence)
    if not tokens:
        return Forest((), (), reason="nothing is said")
    if len(tokens) > LONGEST:
        return Forest(tokens[:LONGEST], (), reason=f"too long to read: more than {LONGEST} words and signs")
    edges = tuple(_edges(sentence, tokens, names, words or lexicon(), _literals(rules), numbers))
    gaps = _unknown(tokens, edges)
    if gaps:
        unknown = tuple(dict.fromkeys(tokens[i].text for i in gaps))
        whole = tuple(dict.fromkeys(_hyphenated(sentence, tokens, i) for i in gaps))
        shown = [f"“{word}”" for word in whole[:MOST_SHOWN]]
        more = [f"{len(whole) - MOST_SHOWN} more"] if len(whole) > MOST_SHOWN else []
        quoted = ", ".join([*shown, *more])
        reason = f"{quoted} {NEITHER if len(whole) == 1 else NEITHER_OF_SEVERAL}{WHAT_IS_LOST * (LOST in unknown)}"
        return Forest(tokens, (), edges, unknown=unknown, reason=reason)
    try:
        parsed = _shapes(rules).parsed(edges, len(tokens))
    except TooLongError as error:
        return Forest(tokens, (), edges, reason=str(error))
    if parsed.parses:
        return Forest(tokens, parsed.parses, edges)
    stuck = min(parsed.reach, len(tokens) - 1)
    reason = f"{PUT_TOGETHER} “{tokens[stuck].text}” on" if tokens[stuck].word else NO_SENTENCE
    return Forest(tokens, (), edges, stuck, reason=reason)


def _edges(
    sentence: str,
    tokens: Sequence[Token],
    names: Names,
    words: Lexicon,
    literals: frozenset[str],
    numbers: Numbers,
) -> Iterable[Edge]:
    folded = [t.folded for t in tokens]
    starts = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(tokens)}
    inferred: list[int] = []
    for place, word in enumerate(folded):
        if word in literals:
            yield Edge(place, place + 1, f'"{word}"')
        for lexeme in words.at(folded, place):
            yield Edge(place, place + len(lexeme.words), lexeme.symbol, lexeme.features)
            if lexeme.symbol == "infers" and place > 0:
                inferred.append(place + len(lexeme.words))
    glued = ((m.start() + a, m.start() + b, n) for m in SETTING.finditer(sentence) for a, b, n in numbers(m.group()))
    for start, end, number in (*numbers(sentence), *glued):
        if start in starts and end in ends:
            yield Edge(starts[start], ends[end], "NUM", number)
    for match in CITATION.finditer(sentence):
        if match.start() in starts and match.end() in ends:
            yield Edge(starts[match.start()], ends[match.end()], "CITE")
    named = list(names(tokens))
    yield from named
    yield from _opinions(tokens, inferred, named)


def _opinions(tokens: Sequence[Token], starts: Sequence[int], named: Sequence[Edge]) -> Iterable[Edge]:
    """Edges for an author's inference, "…, suggesting that …", to the end of the sentence.

    Such a stretch is an opinion whatever its words, as long as it names no line and states no number.
    """
    if not starts:
        return
    lines = [e.start for e in named if any(getattr(ref, "kind", "lines") == "lines" for ref in e.value)]
    for start in starts:
        said = tokens[start:]
        ends = any(t.folded in ".;" and not t.glued for t in said[:-1])
        states = any(t.text[0].isdigit() for t in said) or any(at >= start for at in lines)
        if said and not ends and not states:
            yield Edge(start, len(tokens), "OPINION")


def _unknown(tokens: Sequence[Token], edges: Sequence[Edge]) -> list[int]:
    """The positions of the tokens that no edge covers."""
    known = {i for edge in edges for i in range(edge.start, edge.end)}
    return [i for i in range(len(tokens)) if i not in known]


def _hyphenated(sentence: str, tokens: Sequence[Token], at: int) -> str:
    """The word that a token is part of, with hyphens and digits as written: "XLM-R", "F1"."""
    first = last = at
    while first > 0 and tokens[first].glued and _is_part(tokens[first - 1]):
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].glued and _is_part(tokens[last + 1]):
        last += 1
    while last > at and not tokens[last].word:
        last -= 1
    while first < at and not tokens[first].word:
        first += 1
    return sentence[tokens[first].start : tokens[last].end]


def _is_part(token: Token) -> bool:
    """True if a token may be part of a hyphenated word."""
    return token.word or token.folded == "-"
