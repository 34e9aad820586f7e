"""The nearest sentence that has a parse: the words in its way are left out, as few of them as possible.

No denial, number or word of comparison is left out, and no part of a name (`kept`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from claims.language.kept import keeps_what_counts, leaves_phrases_whole, rewording_words, says_most
from claims.language.reading import Forest
from claims.language.tokens import Token

TRIES = 40
"""Shortened sentences that are tried."""
BOUNDS = frozenset(",;:()")
LISTING = frozenset({",", ".", "and", "or", "both", "either"})
"""Words and signs between the names of a list."""


def rewording(forest: Forest, reads: Callable[[str], bool]) -> str:
    """The sentence with the fewest words left out that is read, "" where no few words stand in the way.

    Args:
        forest: the parses of the sentence.
        reads: returns True if a sentence is parsed whole.
    """
    whole = joined(forest.tokens)
    for tried, kept in enumerate(_shortened(forest)):
        if tried >= TRIES:
            break
        text = joined(kept)
        if (
            text
            and says_most(whole, text)
            and keeps_what_counts(whole, text)
            and leaves_phrases_whole(forest.tokens, kept)
            and not _cuts_a_list(forest, kept)
            and reads(text)
        ):
            return text
    return ""


def _cuts_a_list(forest: Forest, kept: Sequence[Token]) -> bool:
    """True if one of several that are named together is left out: "A, B and C are tied"."""
    there = {token.start for token in kept}
    runs: list[list[int]] = [[]]
    for i, token in enumerate(forest.tokens):
        if token.start in there:
            runs.append([])
        else:
            runs[-1].append(i)
    return any(run and _is_listed(forest.tokens, run, named_places(forest)) for run in runs)


def named_places(forest: Forest) -> frozenset[int]:
    """The places of tokens that are part of a name."""
    names = (edge for edge in forest.edges if edge.symbol.isupper() and edge.symbol not in ("NUM", "CITE"))
    return frozenset(i for edge in names for i in range(edge.start, edge.end))


def _is_listed(tokens: Sequence[Token], run: Sequence[int], named: frozenset[int]) -> bool:
    names = [i for i in run if tokens[i].folded not in LISTING]
    around = {token.folded for token in tokens[max(run[0] - 1, 0) : run[-1] + 2]}
    return bool(names) and not LISTING.isdisjoint(around) and named.issuperset(names)


def denying_words(tokens: Sequence[Token]) -> int:
    """The number of words that negate or narrow the statement of a sentence."""
    return sum(token.folded in rewording_words().denying for token in tokens)


def _shortened(forest: Forest) -> Iterator[Sequence[Token]]:
    tokens = list(forest.tokens)
    unknown = set(forest.unknown)
    known = [t for t in tokens if t.text not in unknown]
    if unknown:
        yield known
    pieces = _pieces(tokens)
    if len(pieces) > 1:
        for size in range(len(pieces) - 1, 0, -1):
            for chosen in combinations(pieces, size):
                yield [t for piece in chosen for t in piece]
                yield [t for piece in chosen for t in piece if t.text not in unknown]
    for length in range(1, 4):
        for start in range(len(known) - length + 1):
            yield known[:start] + known[start + length :]


def _pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    """The sentence parted at commas, semicolons and brackets."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.folded in BOUNDS:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [piece for piece in pieces if piece]


def joined(tokens: Sequence[Token]) -> str:
    """Tokens as a sentence, with the blanks they were written with."""
    text = ""
    for i, token in enumerate(tokens):
        follows = i > 0 and token.glued and tokens[i - 1].end == token.start
        text += token.text if follows or token.text in ".,;" or not text else f" {token.text}"
    return text.strip()
