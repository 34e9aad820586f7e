"""Whether an assertion by another reader accounts for what we see a sentence say.

Its form is the other reader's word alone. Names, numbers, negation, significance, how often something
is said to hold, and which way words such as "better" or "falls" point are not: the assertion must hold
every one that the sentence holds, and none that it does not. A reading that is refused costs an
answer; one that drops "not" would be a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from claims.tables.assertion import (
    Change,
    Compare,
    Correlated,
    Formula,
    Not,
    Quantity,
    Scope,
    Selection,
    Share,
    Superlative,
    Trend,
)
from claims.tables.lexicon import BOUNDS
from claims.tables.names import looks_like_a_name, names_of
from claims.tables.notation import SENSES
from claims.tables.sentences import statements
from claims.tables.table import OTHER, Axis, Table
from claims.tables.tokens import Token, context_words, tokens_of

SHARES = ("all", "almost-all", "most", "any")
SPOKEN_SHARES = {"most": "most", "some": "any", "any": "any", "both": ""}
"""Words that say how often, whatever else they may be; "both" counts names that are there anyway."""
UP = frozenset({"better-than", "better", "higher", "easier", "faster", "best", "highest", "peaks", "rises", "helps"})
DOWN = frozenset({"worse-than", "worse", "lower", "harder", "slower", "worst", "lowest", "falls", "hurts"})
"""Kinds of words that point somewhere; "lower" is taken as it stands, even where lower is better."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def disagreements(formula: Formula, claim: str, table: Table) -> tuple[str, ...]:
    """Why an assertion is no reading of a claim; none where nothing speaks against it.

    Args:
        formula: linked to the table.
        claim: the sentence it is said to read.
        table: what it speaks of.
    """
    names, context = names_of(table), context_words(table.caption, table.heads)
    wholes = (statement.whole for statement in statements(claim))
    said = _Said(tuple(token for whole in wholes for token in tokens_of(whole, names, context)), table)
    nodes = tuple(_inside(formula))
    found = [*said.strangers(), *said.names(nodes), *said.numbers(nodes), *said.places(nodes), *said.words(nodes)]
    found += [*said.directions(nodes)]
    return tuple(dict.fromkeys(found))


def _inside(node: object) -> Iterator[object]:
    """An assertion and everything in it."""
    yield node
    if isinstance(node, tuple):
        for part in node:
            yield from _inside(part)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _inside(getattr(node, field.name))


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as tokens, asked what an assertion makes of it."""

    tokens: tuple[Token, ...]
    table: Table

    def strangers(self) -> Iterator[str]:
        """Words written as names are that name nothing here."""
        for token in self.tokens:
            if token.kind == "word" and looks_like_a_name(token.text):
                yield f"“{token.text}” in the sentence is no name of the table"

    def names(self, nodes: Sequence[object]) -> Iterator[str]:
        """Lines that only one of the two names."""
        chosen = [node for node in nodes if isinstance(node, Selection) and node.words]
        mentions = [token.mention for token in self.tokens if token.mention is not None]
        for selection in chosen:
            for axis, lines in _sides(selection):
                named = frozenset(i for m in mentions for o in m.options if o.axis == axis for i in o.lines)
                if not lines <= named:
                    yield f"the sentence does not name {selection}"
        for mention in mentions:
            options = [(o.axis, o.lines) for o in mention.options]
            if any(len(lines) == len(self.table.lines(axis)) for axis, lines in options):
                continue  # words that hold for a whole axis choose nothing
            used = any(axis == a and lines & own for axis, lines in options for s in chosen for a, own in _sides(s))
            if not used:
                yield f"the sentence names “{mention.text}”, the assertion does not"

    def numbers(self, nodes: Sequence[object]) -> Iterator[str]:
        """Numbers that only one of the two states."""
        stated = [Quantity(t.number, t.unit, self._bound(i)) for i, t in enumerate(self.tokens) if t.number is not None]
        asserted = [node for node in nodes if isinstance(node, Quantity)]
        counts = {n for node in nodes if isinstance(node, Share) for n in (node.count, node.out_of) if n}
        for quantity in asserted:
            if not any(_same(quantity, one) for one in stated):
                yield f"the sentence does not state {quantity}"
        for count in counts - {one.value for one in stated}:
            yield f"the sentence does not state {count}"
        spelled = {t.number for t in self.tokens if t.text.isalpha()}  # "one" is a pronoun more often than a number
        for one in stated:
            if one.value not in counts | spelled and not any(_same(quantity, one) for quantity in asserted):
                yield f"the sentence states {one}, the assertion does not"

    def places(self, nodes: Sequence[object]) -> Iterator[str]:
        """Places below the first that only one of the two names."""
        said = {_place(token.text) for token in self.tokens if token.kind == "ordinal"} - {1}
        asserted = {node.rank for node in nodes if isinstance(node, Superlative)} - {1}
        for place in said ^ asserted:
            yield f"place {place} stands in {'the sentence' if place in said else 'the assertion'} only"

    def directions(self, nodes: Sequence[object]) -> Iterator[str]:
        """Relations that point another way than all words of the sentence that point somewhere."""
        kinds = {token.kind for token in self.tokens}
        ways = {1 for kind in kinds if kind in UP} | {-1 for kind in kinds if kind in DOWN}
        compares = [node for node in nodes if isinstance(node, Compare)]
        if ways or "same" in kinds:
            yield from _differing("“same”", "same" in kinds, any(node.relation == "same" for node in compares))
        if len(ways) != 1:
            return
        (way,) = ways
        for node in nodes:
            pointed = _way(node)
            wanted = way * self._order(node) if isinstance(node, Compare) else way
            if pointed and pointed != wanted:
                yield f"{node} points another way than the words of the sentence"

    def _order(self, node: Compare) -> int:
        """1 where the left side is named first, or alone; -1 where its rival is. "Than" before the first turns it."""
        left, right = (self._first(side) for side in (node.left, node.right))
        if right is None or left is None:
            return 1
        before = [token.kind for token in self.tokens[: min(left, right)] if token.kind not in ("function", "sign")]
        return (1 if left < right else -1) * (-1 if before[-1:] == ["than"] else 1)

    def _first(self, side: Selection) -> int | None:
        """Where a side is first named."""
        for at, token in enumerate(self.tokens):
            options = token.mention.options if token.mention is not None else ()
            if any(o.axis == axis and o.lines & lines for o in options for axis, lines in _sides(side)):
                return at
        return None

    def words(self, nodes: Sequence[object]) -> Iterator[str]:
        """Negation, significance, how often and exceptions, where only one of the two has them."""
        kinds = {token.kind for token in self.tokens}
        shares = {node.kind for node in nodes if isinstance(node, Share)}
        others = any(isinstance(node, Selection) and node.others for node in nodes)
        scopes = [node for node in nodes if isinstance(node, Scope)]
        tested = any(isinstance(node, Compare) and node.degree == "tested" for node in nodes)
        yield from _differing("a negation", "not" in kinds, any(isinstance(node, Not) for node in nodes))
        yield from _differing("a significance test", "tested" in kinds, tested)
        for sense in SENSES:
            spoken = any(token.text.casefold().startswith(sense) for token in self.tokens)
            percent = any(token.unit == "%" for token in self.tokens)
            asserted = any(isinstance(node, Quantity) and node.sense == sense for node in nodes)
            yield from _differing(f"“{sense}”", spoken and percent, asserted)
        yield from _differing("an average", "overall" in kinds, any(scope.spread == "mean" for scope in scopes))
        apart = any(t.kind == "except" and t.text.casefold() != "but" for t in self.tokens)
        yield from _differing("an exception", apart, any(not scope.but.empty for scope in scopes))
        quantified = {_share(token) for token in self.tokens}
        for kind in SHARES:
            said = kind in quantified and not (kind == "all" and others)
            yield from _differing(f"“{kind}”", said, kind in shares, also=kind == "all" and "all" in kinds)

    def _bound(self, at: int) -> str:
        before = self.tokens[at - 1].kind if at else ""
        return before if before in BOUNDS else ""


def _differing(what: str, said: bool, asserted: bool, *, also: bool = False) -> Iterator[str]:
    """Says so where one of the two has what the other lacks; with `also`, the assertion may have it besides."""
    if said and not asserted:
        yield f"the sentence holds {what}, the assertion does not"
    if asserted and not (said or also):
        yield f"the assertion holds {what}, the sentence does not"


def _way(node: object) -> int:
    """1 for up, -1 for down, 0 for neither."""
    match node:
        case Compare(relation):
            return {"better": 1, "higher": 1, "worse": -1, "lower": -1}.get(relation, 0)
        case Superlative(place):
            return 1 if place in ("best", "highest") else -1
        case Change(direction) | Trend(direction) | Correlated(direction):
            return 1 if direction == "rise" else -1
        case _:
            return 0


def _share(token: Token) -> str:
    """How often a word says that something holds; "" where it says nothing of that."""
    return SPOKEN_SHARES.get(token.text.casefold(), token.kind if token.kind in SHARES else "")


def _sides(selection: Selection) -> Iterator[tuple[Axis, frozenset[int]]]:
    for axis in OTHER:
        lines = selection.rows if axis == "row" else selection.columns
        if lines is not None:
            yield axis, lines


def _same(quantity: Quantity, other: Quantity) -> bool:
    """Whether a number is stated with the same digits and bound; "points" may be added, "%" may not."""
    units = quantity.unit == other.unit or "%" not in (quantity.unit, other.unit)
    return str(quantity.value) == str(other.value) and units and quantity.bound == other.bound


def _place(word: str) -> int:
    """The place that "second" or "2nd" names."""
    return int(word[:-2]) if word[:-2].isdigit() else ORDINALS.index(word.casefold()) + 1
