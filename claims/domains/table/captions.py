"""The words of a caption that a sentence may take up: those that hold for the whole table and set nothing apart.

"On three test sets, with and without noise" says neither which three nor that there was no noise. A word may be taken
up only if it counts, denies and orders nothing, names no kind of line such as "human", no other measure than the
table's own, and does not stand against another in the caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from analysis.tables import Table
from analysis.tables.lexicon import lexicon as kinds_of_lines
from analysis.tables.measures import measure_of
from analysis.tables.model import Kind
from claims.domains.table.two_senses import is_saying, number_word
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import canonical, function_words, key_of
from claims.language.lexicon import lexicon
from claims.language.tokens import Token, fold, stem, tokens_of

NUMBERED = re.compile(r"\s*(?:tab(?:le|\.)?|fig(?:ure|\.)?)\s*[\divxlc.]+\s*[:.|-]?\s*", re.IGNORECASE)
"""The number of a table at the head of its caption: "Table 2:"."""
CLOSED = frozenset({"after", "except", "leaving", "insteadof", "respectively", "neither", "nor", "never", "position"})
"""Classes of words that leave something out or put something before or after."""
OTHERS: tuple[Kind, ...] = ("human", "bound")
"""Kinds of line that a table's other lines are set against."""
HEADS = frozenset({"performance", "level", "baseline", "score"})
"""Words of those kinds' names that name none by themselves."""
COMPOUND = re.compile(r"\w+(?:-\w+)+")
ENDS = frozenset(".;:()[]")


def caption_words(table: Table) -> frozenset[str]:
    """The telling words of a caption that a sentence may take up."""
    tokens = tokens_of(table.caption)
    apart = {canonical(token.folded) for token in _set_against(tokens)}
    hyphened = {canonical(one.folded) for one, two in pairwise(tokens) if two.folded == "-" and two.glued}
    return frozenset(
        word
        for word in told_words(table.caption) - apart
        if not _measures_otherwise(table, word) and (not _narrows(word) or (number_word(word) and word in hyphened))
    )


def measured_words(table: Table, free: frozenset[str]) -> frozenset[str]:
    """The words for a table's measure: those of the caption's only measure, and the first ones of the caption.

    Args:
        table: with its caption.
        free: the caption's words that a sentence may take up.
    """
    about = frozenset(canonical(token.folded) for token in _about(tokens_of(NUMBERED.sub("", table.caption))))
    if table.measure is not None:
        return frozenset(key_of(table.measure.name)) | (about & free)
    named = frozenset(filter(_directed, told_words(table.caption)))
    return ((named if len(named) == 1 else frozenset()) | about) & free


@lru_cache(maxsize=64)
def told_words(caption: str) -> frozenset[str]:
    """Every telling word of a caption."""
    own = [canonical(t.folded) for t in tokens_of(caption) if t.word]
    return frozenset(w for w in own if len(w) > 1 and w not in function_words() and not w.isdigit())


def things_told(caption: str) -> frozenset[str]:
    """The plural words of a caption, each as a singular: things it has several of."""
    plural = (t.folded for t in tokens_of(caption) if stem(t.folded) != t.folded)
    return frozenset(map(canonical, plural)) & told_words(caption)


def has_behind(caption: str, name: str, noun: str) -> bool:
    """True if a noun stands behind a name, or behind it and another: "direct and hierarchical planning"."""
    said = [canonical(token.folded) for token in tokens_of(caption)]
    name, joining = canonical(name), word_lists().joining
    return any(
        said[i - 1] == name or (i > 2 and said[i - 3] == name and said[i - 2] in joining)
        for i in range(1, len(said))
        if said[i] == canonical(noun)
    )


def compounds_told(caption: str) -> frozenset[str]:
    """The hyphenated words of a caption, folded: "p-value"."""
    return frozenset(fold(found) for found in COMPOUND.findall(caption))


@cache
def _narrows(word: str) -> bool:
    """True if a word sets a part of a table apart, whatever the caption says of it."""
    if number_word(word) or is_saying(word) or word in word_lists().narrowing:
        return True
    if any(x.symbol in CLOSED and len(x.words) == 1 for x in lexicon().by_first.get(word, ())):
        return True
    names = (canonical(part) for kind in OTHERS for name in kinds_of_lines().kinds[kind] for part in name.split())
    return word in set(names) - HEADS


def _measures_otherwise(table: Table, word: str) -> bool:
    """True if a word names a measure, and the table has another for all its cells."""
    if table.measure is None or not _directed(word):
        return False
    return word not in {canonical(part) for part in table.measure.name.split()}


@cache
def _directed(word: str) -> bool:
    """True if a word names a measure of which more, or less, is better."""
    found = measure_of(word, (), {})
    return found is not None and found.direction is not None


def _set_against(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words on either side of "and", "or" or "vs", and what follows "without", "before" or "relative to"."""
    opposed, learned = word_lists().opposing, word_lists().learned
    for i, token in enumerate(tokens):
        if token.folded in word_lists().joining:
            yield from _nearest(tokens[:i][::-1])
            yield from _nearest(tokens[i + 1 :])
        elif token.folded in opposed or (token.folded in learned and any(map(_is_light, tokens[i + 1 : i + 2]))):
            yield from _phrase(tokens[i + 1 :])


def _about(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words of the first phrase, and of the next where the first only opens the caption: "Results of …"."""
    told = False
    for token in tokens:
        light = not token.word or _is_light(token)
        if token.folded in ENDS or (light and told and token.word):
            return
        if not light and token.folded not in word_lists().opening:
            told = True
            yield token


def _nearest(tokens: Sequence[Token]) -> Iterator[Token]:
    """The first telling word, and those that commas list before or behind it."""
    wanted = True
    for i, token in enumerate(tokens):
        if token.folded in ENDS and not (i == 0 and token.text == "."):  # the stop of "vs."
            return
        if token.folded == ",":
            wanted = True
        elif wanted and token.word and not _is_light(token):
            yield token
            wanted = False


def _phrase(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words up to the next preposition or the end of the phrase."""
    begun = False
    for token in tokens:
        if token.folded in ENDS or token.folded == "," or (begun and _is_light(token)):
            return
        if token.word and not _is_light(token):
            begun = True
            yield token


def _is_light(token: Token) -> bool:
    light = {"det", "the", "art", "prep", "and", "to", "of"}
    return any(x.symbol in light and len(x.words) == 1 for x in lexicon().by_first.get(token.folded, ()))
