"""A phrase taken as a place, as rivals, as each of a kind, as a count of a kind, or narrowed by places behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.numbers import Number
from analysis.numbers.lexicon import forms
from claims.domains.table.joining import combined
from claims.domains.table.kinds_said import is_numbered
from claims.domains.table.names import NameIndex
from claims.domains.table.phrase import Group, Phrase, merged
from claims.language.tokens import Token

TRIED = 192
"""Ways of putting the parts of a phrase together that are followed."""


def scoped(heads: Iterable[Group], scopes: Sequence[Iterable[Group]]) -> list[Group]:
    """Heads narrowed by the places behind them; those without a line left are dropped."""
    made = []
    for head, *places in combined(heads, *scopes, most=TRIED):
        group: Group = head
        for place in places:
            group = tuple(way for one in group for other in place if (way := merged(one, other)) is not None)
        if group:
            made.append(group)
    return made


def apart(phrase: Phrase) -> Phrase:
    """A place, whose names are no part of the name before it."""
    return replace(phrase, constraints=tuple(replace(c, apart=not c.whole) for c in phrase.constraints))


def each_of(phrase: Phrase) -> Phrase:
    """All of a kind of place, where it names none: "averaged over the data sets"."""
    kind = not phrase.named and not phrase.quantifier and "place" in phrase.nouns
    return replace(phrase, quantifier="all") if kind else phrase


def rivals(phrase: Phrase) -> Phrase:
    """Rivals: "among all models", "among the methods", "of any model"."""
    every = phrase.quantifier in ("", "either")
    return replace(phrase, among=True, quantifier="all" if every else phrase.quantifier)


def says_exactly(token: Token) -> bool:
    """True if a number begins with a word that allows no more and no fewer: "exactly two"."""
    return forms("relations_before").get(token.folded) == "="


def counted(index: NameIndex, ways: Iterable[Phrase], number: Number, *, exactly: bool = False) -> list[Phrase]:
    """A count of kinds of thing: "at least two data sets"; a bare "three systems" may be exactly or at least three.

    Of a header that stands over numbers or runs it may be one of them: "three runs" and run 3.
    """
    kinds = [way for way in ways if not way.named and (way.nouns or (way.kinds and not is_numbered(index, way)))]
    counts = how_many(number, exactly=exactly)
    return [replace(way, quantifier="bound", k=k, relation=how) for way in kinds for k, how in counts]


def how_many(number: Number, *, exactly: bool) -> list[tuple[int, str]]:
    """The counts a number may state, each with its relation: "two" may be exactly or at least two.

    Args:
        number: the count.
        exactly: True if the sentence allows no more and no fewer, "only two".
    """
    k = number.value
    bare = number.relation == "="
    if (
        k != int(k)
        or number.upper is not None
        or number.unit
        or number.near
        or number.relation == "~"
        or (exactly and not bare)
    ):
        return []
    return [(int(k), how) for how in (("=",) if exactly else ("=", ">=") if bare else (number.relation,))]
