"""All parses of a lattice by a grammar: memoised descent, every derivation kept.

Edges of the lattice are the words, numbers and names that somebody knows; a token without an edge has no way
across it, so a parse that spans the sentence has used every token. A parse is a tree of `ParseNode`s whose leaves are
edges; the leaves, in order, are the certificate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from analysis.errors import ClaimgaugeError
from claims.hashed import unique_record

EMPTY = 1
"""The bit, beside those of terminals, of what may be left out."""
MOST_STATES = 60_000
"""Partial parses a sentence may make; one that makes more is too long to read."""


class TooLongError(ClaimgaugeError):
    """A sentence with more partial parses than are followed."""


@unique_record
class Edge:
    """A stretch of tokens that the lexicon, the names or the numbers cover.

    Attributes:
        start, end: token places, the end exclusive.
        symbol: terminal of the grammar: a class of the lexicon, "NUM", "NAME", or a literal in quotes.
        value: features of a lexeme, a number, or the candidates of a name.
    """

    start: int
    end: int
    symbol: str
    value: Any = None


@unique_record
class ParseNode:
    """A rule applied; parts are (label, edge or node)."""

    rule: str
    parts: tuple[tuple[str, ParseNode | Edge], ...]

    def find(self, *labels: str) -> Iterator[Any]:
        """Direct parts with these labels."""
        for label, part in self.parts:
            if label in labels:
                yield part

    def first(self, *labels: str) -> Any:
        """The first direct part with one of these labels, None where there is none."""
        for label, part in self.parts:
            if label in labels:
                return part
        return None

    def below(self) -> Iterator[ParseNode]:
        """The node and every node below it, each before its parts."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [part for _, part in reversed(node.parts) if isinstance(part, ParseNode)]

    def leaves(self) -> Iterator[tuple[str, Edge]]:
        """The edges below, in order, each with the rule and label that used it."""
        for label, part in self.parts:
            if isinstance(part, Edge):
                yield (f"{self.rule}.{label}" if label else self.rule), part
            else:
                yield from part.leaves()


@dataclass(frozen=True, slots=True)
class RuleItem:
    """One place on the right side of a rule: a symbol, its label, and "" "?" "*" or "+"."""

    symbol: str
    label: str = ""
    repeat: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Rules by their left side; each right side is a row of items."""

    rules: Mapping[str, tuple[tuple[RuleItem, ...], ...]]

    def symbols(self) -> frozenset[str]:
        """Every symbol on a right side that no rule defines: the terminals."""
        used = {item.symbol for sides in self.rules.values() for side in sides for item in side}
        return frozenset(used - self.rules.keys())


@lru_cache(maxsize=16)
def terminal_bits(grammar: Grammar) -> Mapping[str, int]:
    """A bit for each terminal; `EMPTY` is none of them."""
    return {symbol: EMPTY << number for number, symbol in enumerate(sorted(grammar.symbols()), 1)}


@lru_cache(maxsize=16)
def starters(grammar: Grammar) -> Mapping[str, int]:
    """The terminals that each symbol may begin with, as bits, with `EMPTY` if it may be empty."""
    firsts = dict(terminal_bits(grammar)) | dict.fromkeys(grammar.rules, 0)
    rules = list(grammar.rules.items())[::-1]  # a rule mostly stands above those that it uses
    before: dict[str, int] = {}
    while firsts != before:
        before = dict(firsts)
        for name, sides in rules:
            for side in sides:
                begins = EMPTY
                for item in reversed(side):
                    begins = _begins(item, firsts, begins)
                firsts[name] |= begins
    return firsts


def _begins(item: RuleItem, firsts: Mapping[str, int], behind: int) -> int:
    """The terminals that a row of items may begin with, as bits: of its first item, and of those behind it."""
    own = firsts[item.symbol] | (EMPTY if item.repeat in ("?", "*") else 0)
    return own & ~EMPTY | behind if own & EMPTY else own


@dataclass(frozen=True, slots=True, eq=False)
class RuleState:
    """A place in a right side, behind which the rest of it is still to be found.

    Attributes:
        symbol, label: of the next item.
        terminal: True if it is an edge of the lattice.
        optional: True if it may be left out.
        following: the states behind it, None for the end of the right side.
        skipping: the state behind it where it is left out.
        begins: the terminals that the rest may begin with, as bits, with `EMPTY` if it may be empty.
    """

    symbol: str
    label: str
    terminal: bool
    optional: bool
    skipping: RuleState | None
    following: list[RuleState | None]
    begins: int


@lru_cache(maxsize=16)
def rule_states(grammar: Grammar) -> Mapping[str, Sequence[RuleState | None]]:
    """The first state of each right side of each rule, None for an empty one."""
    firsts = starters(grammar)
    made: dict[str, list[RuleState | None]] = {}
    for name, sides in grammar.rules.items():
        for side in sides:
            state: RuleState | None = None
            begins = EMPTY
            for item in reversed(side):
                behind, begins = state, _begins(item, firsts, begins)
                state = RuleState(
                    item.symbol, item.label, item.symbol not in grammar.rules, item.repeat in ("?", "*"),
                    behind, [] if item.repeat == "*" else [behind], begins,
                )  # fmt: skip
                if item.repeat in ("*", "+"):
                    state.following.append(state)
            made.setdefault(name, []).append(state)
    return made


ITEM = re.compile(r'(?:(\w+)=)?("[^"]+"|[\w.]+)([?*+]?)')


def read_grammar(text: str) -> Grammar:
    """Reads rules written as `name -> label=symbol symbol? "literal" symbol*`, one right side a line; `#` comments.

    `@subjectless A B` makes `A_` and `B_` of those right sides that start with `left=side`, without it. `@inline A B`
    puts each right side of A and B where their names stand, so that its parts are those of the rule around it.
    """
    rules: dict[str, list[tuple[RuleItem, ...]]] = {}
    subjectless: list[str] = []
    inline: list[str] = []
    name = ""
    for raw in text.splitlines():
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        if line.startswith("@subjectless"):
            subjectless = line.split()[1:]
            continue
        if line.startswith("@inline"):
            inline += line.split()[1:]
            continue
        head, arrow, right = line.partition("->")
        if arrow:
            name = head.strip() or name
        else:
            right = line.removeprefix("|")
        items = tuple(RuleItem(m[2], m[1] or "", m[3]) for m in ITEM.finditer(right))
        rules.setdefault(name, []).append(items)
    for name in inline:
        sides = rules.pop(name)
        rules = {head: [one for old in known for one in _inlined(old, name, sides)] for head, known in rules.items()}
    for head in subjectless:
        rules[f"{head}_"] = [side[1:] for side in rules[head] if side[0] == RuleItem("side", "left")]
    return Grammar({head: tuple(sides) for head, sides in rules.items()})


def _inlined(
    side: tuple[RuleItem, ...], name: str, inner: Sequence[tuple[RuleItem, ...]]
) -> Iterator[tuple[RuleItem, ...]]:
    """A right side with each of several right sides where a name stands; itself where the name does not stand."""
    at = next((i for i, item in enumerate(side) if item.symbol == name), None)
    if at is None:
        yield side
        return
    yield from (side[:at] + one + side[at + 1 :] for one in inner)


Rest: TypeAlias = tuple[int, tuple[tuple[str, ParseNode | Edge], ...]]
"""One parse of the rest of a rule's right side: the token place it ends at, and its parts."""


@dataclass(slots=True)
class Chart:
    """The parses of one lattice.

    Attributes:
        grammar: the rules. edges: by start place and symbol. length: of the sentence in tokens.
    """

    grammar: Grammar
    edges: Mapping[tuple[int, str], Sequence[Edge]]
    length: int
    states: int = 0
    done: dict[tuple[str, int], tuple[tuple[int, ParseNode], ...]] = field(default_factory=dict)
    rests: dict[tuple[RuleState, int], tuple[Rest, ...]] = field(default_factory=dict)
    reach: int = 0
    here: dict[int, int] = field(init=False, default_factory=dict)
    sides: Mapping[str, Sequence[RuleState | None]] = field(init=False)

    def __post_init__(self) -> None:
        self.sides = rule_states(self.grammar)
        bits = terminal_bits(self.grammar)
        for place, symbol in self.edges:
            self.here[place] = self.here.get(place, EMPTY) | bits.get(symbol, 0)

    def parses(self, start: str) -> tuple[ParseNode, ...]:
        """Every parse of the whole sentence.

        Raises:
            TooLongError: too many partial parses.
        """
        return tuple(node for end, node in self.at(start, 0) if end == self.length)

    def at(self, symbol: str, place: int) -> tuple[tuple[int, ParseNode], ...]:
        """Every parse of a nonterminal that starts at a place, with its end."""
        key = (symbol, place)
        if key in self.done:
            return self.done[key]
        self.done[key] = ()  # a rule that starts with itself finds nothing
        here = self.here.get(place, EMPTY)
        derived = dict.fromkeys(
            whole
            for side in self.sides[symbol]
            if side is None or side.begins & here
            for whole in self._rest(side, place)
        )
        found = [(end, ParseNode(symbol, parts)) for end, parts in derived]
        self.states += len(found)
        if self.states > MOST_STATES:
            raise TooLongError("too long to read: the sentence has too many partial parses")
        self.done[key] = tuple(found)
        return self.done[key]

    def _rest(self, state: RuleState | None, place: int) -> tuple[Rest, ...]:
        """The ways from a state to the end of its right side, each with where it ends."""
        if state is None:
            return ((place, ()),)
        if not state.begins & self.here.get(place, EMPTY):
            return ()
        key = (state, place)
        known = self.rests.get(key)
        if known is not None:
            return known
        found: dict[Rest, None] = {}
        if state.optional:
            found.update(dict.fromkeys(self._rest(state.skipping, place)))
        for middle, part in self._edges(state.symbol, place) if state.terminal else self.at(state.symbol, place):
            first = ((state.label, part),)
            for behind in state.following:
                if behind is None:
                    found[middle, first] = None
                    continue
                for end, parts in self._rest(behind, middle):
                    found[end, first + parts] = None
        self.states += len(found)
        if self.states > MOST_STATES:
            raise TooLongError("too long to read: the sentence has too many partial parses")
        self.rests[key] = made = tuple(found)
        return made

    def _edges(self, symbol: str, place: int) -> Iterator[tuple[int, Edge]]:
        for edge in self.edges.get((place, symbol), ()):
            self.reach = max(self.reach, edge.end)
            yield edge.end, edge
