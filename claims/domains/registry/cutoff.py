"""Claims that are cut off: the part before the cut that is a statement of its own, if there is one.

What follows the part may add to it ("…, and MNLI …"), yet must not take it back ("…, except …"); the number or name
before the cut may be half of itself and is left out where the cut is said to lie inside a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.numbers import scan_numbers
from claims.domains.registry.names import SpellingIndex
from claims.language.lexicon import Lexicon
from claims.language.tokens import Token, tokens_of
from claims.report import Cut

BOUNDARIES = frozenset({",", ";", ":", "and", "while", "whereas", "as", "("})
"""Signs and words that may follow a finished statement."""
TAKING_BACK = frozenset(
    [
        "except",
        "but",
        "only",
        "if",
        "unless",
        "not",
        "without",
        "provided",
        "although",
        "though",
        "excluding",
        "apart",
        "save",
        "than",
        "nor",
        "other",
    ]
)
"""Words after a boundary that may restrict or deny what stands before it."""
PREPOSITIONS = frozenset({"across", "on", "in", "over", "for", "from", "at", "with", "within"})
"""Words that begin a phrase which says of what is stated where or for what it is so."""
MOST_ENDING, MOST_COMPLETIONS, SHORTEST = 9, 80, 2
LEAST = 5
"""Words and signs that a part must have."""


def completions(sentence: str, cut: Cut, words: Lexicon) -> tuple[str, ...]:
    """The sentence with its last phrase completed to each one of the lexicon that begins so.

    Args:
        sentence: the text up to the cut.
        cut: whether its last word may be half a word.
        words: the lexicon.
    """
    bare = sentence.rstrip().rstrip("…").rstrip()
    tokens = tokens_of(bare)
    made: dict[str, None] = {}
    for count in range(min(MOST_ENDING, len(tokens) - 1), 0, -1):
        ending = [t.folded for t in tokens[-count:]]
        if _spelt_out(tokens[-count - 1]):
            continue  # "less than one po" may go on to "one point five"
        first = (
            [ending[0]] if count > 1 or cut == "after word" else [w for w in words.by_first if w.startswith(ending[0])]
        )
        for lexeme in (x for w in first for x in words.by_first.get(w, ())):
            if _begins(lexeme.words, ending, cut):
                made[f"{bare[: tokens[-count].start]}{' '.join(lexeme.words)}."] = None
    return tuple(made)[:MOST_COMPLETIONS]


def _spelt_out(token: Token) -> bool:
    """Whether a token is a number in words."""
    return token.text.isalpha() and next(iter(scan_numbers(token.text)), None) is not None


def _is_number(token: Token) -> bool:
    """Whether a token is a number, whose unit or remaining words may be lost."""
    return token.text[0].isdigit() or _spelt_out(token)


def _begins(whole: Sequence[str], ending: Sequence[str], cut: Cut) -> bool:
    """Whether a phrase begins with the end of the sentence and goes on behind it."""
    n = len(ending)
    if len(whole) < n or tuple(whole[: n - 1]) != tuple(ending[: n - 1]):
        return False
    last = whole[n - 1]
    if last == ending[-1]:
        return len(whole) > n
    return cut == "in word" and last.startswith(ending[-1]) and (len(ending[-1]) >= SHORTEST or n > SHORTEST)


def finished_parts(sentence: str, cut: Cut, names: SpellingIndex) -> Iterator[str]:
    """The beginnings of a cut sentence that may be statements, the longest first.

    Args:
        sentence: the text up to the cut.
        cut: "after word", or "in word" where its last word may be half a word.
        names: of the domain; what is lost must not state something of its own.
    """
    bare = sentence.rstrip().rstrip("…").rstrip()
    tokens = tokens_of(bare)
    end = len(tokens) - (cut == "in word")
    if end >= LEAST and not _is_number(tokens[end - 1]):
        yield _text(bare, tokens, end)
    for place in range(end - 1, LEAST - 1, -1):
        if _states(tokens[place:], names):
            return
        if tokens[place].folded in BOUNDARIES and not _takes_back(tokens[place : place + 3]):
            before = tokens[place - 1].folded
            if before not in BOUNDARIES:
                yield _text(bare, tokens, place)


def before_prepositions(sentence: str, cut: Cut) -> Iterator[str]:
    """The beginnings of a cut sentence that end before a prepositional phrase, the longest first.

    What such a phrase adds may restrict the statement before it, so only a statement that follows from each of its
    restrictions may be read from there.
    """
    bare = sentence.rstrip().rstrip("…").rstrip()
    tokens = tokens_of(bare)
    end = len(tokens) - (cut == "in word")
    for place in range(end - 1, LEAST - 1, -1):
        if tokens[place].folded in TAKING_BACK:
            return
        if tokens[place].folded in PREPOSITIONS:
            yield _text(bare, tokens, place)


def _states(lost: Sequence[Token], names: SpellingIndex) -> bool:
    """Whether what is lost names somebody or a number: then it says something besides."""
    named = any(edge.symbol in ("RUN", "TARGET", "MODEL", "BENCH", "MULTI") for edge in names.edges(lost))
    return named or any(t.text[0].isdigit() for t in lost)


def _takes_back(following: Sequence[Token]) -> bool:
    return any(t.folded in TAKING_BACK for t in following)


def _text(sentence: str, tokens: Sequence[Token], end: int) -> str:
    return sentence[: tokens[end - 1].end].rstrip(" ,;:(")
