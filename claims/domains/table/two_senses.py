"""Names that are also words of the language: a line called "All", "None", "Best", "no", "2" or "A".

Such a word is a name only where nothing else can be meant. Before a kind of thing ("on all languages") it counts or
ranks; with a capital inside a sentence, or in quotes, it is the name; elsewhere it may be either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, TypeAlias

from analysis.numbers import scan_numbers
from analysis.tables.lexicon import lexicon as lexicon_of_tables
from analysis.tables.measures import measure_of
from claims.domains.table.word_lists import word_lists
from claims.language.chart import Edge
from claims.language.lexicon import Lexeme, lexicon
from claims.language.tokens import Token

Sense: TypeAlias = Literal["name", "word", "either", "number"]
SAYING = frozenset(
    {"quant", "not", "neither", "both", "other", "superlative_word", "rankword", "comparative", "only", "same"}
)
"""Classes of words that count, deny, rank or compare: what they do to a sentence may not be lost."""
BEFORE_NOUNS = frozenset({"the", "of", "other"})
LARGEST_COUNT = 100
"""A number from which a label is rather a year or a size than a count."""
QUOTES = frozenset("'\"“”«»")


def sense_of(
    tokens: Sequence[Token], place: tuple[int, int], labels: Iterable[str], named: Callable[[int], bool]
) -> Sense:
    """The sense of a stretch of the sentence that matches a label: its name, a word, a number, or either.

    Args:
        tokens: of the sentence.
        place: start and end of the stretch, the end exclusive.
        labels: as printed, of the lines it may name.
        named: True of a later start from which the stretch is the name of another line.
    """
    start, end = place
    first = tokens[start]
    quoted = first.text in QUOTES
    if quoted or any(t.folded == "-" and t.glued for t in tokens[start + 1 : end]):
        return "name"
    if first.folded == "a" and end == start + 1:
        return _article(tokens, start, labels)
    if end == start + 1 and is_amount(tokens, start):
        return "either"
    counts = end == start + 1 and _counts(first)
    if not counts and not is_saying(first.folded):
        return "name"
    if start > 0 and first.folded in word_lists().leaning and tokens[start - 1].folded == "the":
        return "name"
    rest = [t.folded for t in tokens[start + 1 : end] if t.word]
    if not all(is_saying(word) or _noun(tokens, i) for i, word in enumerate(rest, start + 1)):
        return "either" if first.text[0].islower() and not counts and named(start + 1) else "name"
    if counts:
        several = _before_noun(tokens, end, plural=True) or (end < len(tokens) and _are_runs(tokens[end].folded))
        return "word" if several or _out_of(tokens, end) else "number"
    alone = first.folded in word_lists().leaning and not any(t.word for t in tokens[end : end + 1])
    if (start > 0 and first.text[0].isupper()) or alone:
        return "name"
    return "word" if _before_noun(tokens, end, plural=False) else "either"


def folds_what_follows(tokens: Sequence[Token], place: int) -> bool:
    """True if a word may fold the numbers behind it: "the mean accuracy", "the maximum on X", not "mean pooling"."""
    if tokens[place].folded not in word_lists().folding or place + 1 == len(tokens):
        return False
    behind = tokens[place + 1].folded
    return behind in ("of", "on", "over") or behind in word_lists().scores or measure_of(behind, (), {}) is not None


def counts_runs(tokens: Sequence[Token], number: Edge, name: Edge) -> bool:
    """True if a number says how many runs there are: "3 runs" are three of them, "run 3" is one."""
    return number.start < name.start and _are_runs(tokens[name.end - 1].folded)


def _are_runs(folded: str) -> bool:
    return folded.endswith("s") and not lexicon_of_tables().runs.isdisjoint({folded, folded[:-1]})


def is_amount(tokens: Sequence[Token], place: int) -> bool:
    """True if a number may be how well something does: "an accuracy of 0.95", not "a threshold of 0.95"."""
    if place < 2 or tokens[place - 1].folded != "of" or not tokens[place].text[0].isdigit():
        return False
    head = tokens[place - 2].folded
    measure = measure_of(head, (), {})
    return head in word_lists().scores or (measure is not None and measure.direction is not None)


@cache
def is_saying(folded: str) -> bool:
    """True if a word counts, denies, ranks or compares."""
    found = lexicon().by_first.get(folded, ())
    return folded in word_lists().pronouns or any(x.symbol in SAYING and len(x.words) == 1 for x in found)


@cache
def number_word(folded: str) -> bool:
    """True if a word is a number written out: "three"."""
    return folded.isalpha() and any(end - start == len(folded) for start, end, _ in scan_numbers(folded))


def _counts(token: Token) -> bool:
    if token.folded.isdigit():
        return int(token.folded) < LARGEST_COUNT
    return number_word(token.folded)


def _article(tokens: Sequence[Token], start: int, labels: Iterable[str]) -> Sense:
    """Of "a": the name of a line only where it is written so, and no noun follows."""
    written = any(tokens[start].text in label.split() for label in labels)
    if not written or _before_noun(tokens, start + 1, plural=False):
        return "word"
    return "name"


def _before_noun(tokens: Sequence[Token], place: int, *, plural: bool) -> bool:
    """True if a kind of thing follows: "languages", "the other models"."""
    while place < len(tokens) and (tokens[place].folded in BEFORE_NOUNS or (not plural and _counts(tokens[place]))):
        place += 1
    found = _noun(tokens, place)
    return any(not plural or lexeme.words[-1].endswith("s") or lexeme.words[-1] == "corpora" for lexeme in found)


def _out_of(tokens: Sequence[Token], place: int) -> bool:
    """True if "of 3" follows, as in "on 2 of 3 sets"."""
    after = [t for t in tokens[place : place + 3] if t.folded not in ("out", "the")]
    return len(after) > 1 and after[0].folded in ("of", "/") and _counts(after[1])


def _noun(tokens: Sequence[Token], place: int) -> list[Lexeme]:
    """The nouns that start at a place."""
    if place >= len(tokens):
        return []
    return [x for x in lexicon().at([t.folded for t in tokens], place) if x.symbol == "noun"]
