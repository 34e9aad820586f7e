"""Nouns for systems: "our method, A, …", "the baselines", "the best baseline"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.tables import Table
from claims.domains.table.phrase import Group, Phrase
from claims.domains.table.word_lists import word_lists
from claims.language.chart import Edge, ParseNode
from claims.language.places import says
from claims.language.tokens import Token, stem

OURS = frozenset({"ours", "proposed"})
"""Marks of lines that are no baselines."""
BASELINES: Group = (Phrase(nouns=("rival",), quantifier="all", among=True),)
"""The rivals of "the best baseline": all baselines."""


def calls_one(table: Table, tokens: Sequence[Token], called: ParseNode) -> bool:
    """True if words before a name in apposition call one system: "our method, A, …", and no list "A, B, …".

    Where the table marks its own lines, "our method" is one of these, which its name says, and not a noun alone.
    """
    name, head = called.first("name"), called.first("head")
    if name is not None:
        said = " ".join(token.folded for token in tokens[name.start : name.end])
        return any(said in names for names in word_lists().marked.values())
    last = tokens[head.end - 1].folded
    ours = head.start > 0 and tokens[head.start - 1].folded == "our"
    marked = any(OURS.intersection(line.marks) for line in (*table.rows, *table.columns))
    return stem(last) == last and head.value["noun"] in ("system", "rival") and not (ours and marked)


def names_rivals(tokens: Sequence[Token], node: ParseNode) -> bool:
    """True if a phrase is a noun for several rivals and no more: "the baselines", but not "the counterparts"."""
    edges: list[Edge] = sorted((edge for _, edge in node.leaves()), key=lambda edge: edge.start)
    heads = [edge for edge in edges if edge.symbol == "noun"]
    plain = len(heads) == 1 and all(edge.symbol in ("noun", "det") for edge in edges)
    if not plain or heads[0].value["noun"] != "rival" or says(heads[0], "alike"):
        return False
    last = tokens[heads[0].end - 1].folded
    return stem(last) != last


def all_rivals(phrase: Phrase) -> Phrase:
    """All rivals there are, where a phrase is a noun for several of them."""
    return replace(phrase, quantifier="all") if not (phrase.named or phrase.quantifier) else phrase


def is_a_rival(node: ParseNode | None) -> bool:
    """True if a kind of thing is a rival: "the best baseline"."""
    edges = [edge for _, edge in node.leaves()] if node is not None else []
    noun = edges[0] if len(edges) == 1 and edges[0].symbol == "noun" else None
    return noun is not None and noun.value["noun"] == "rival" and not says(noun, "alike")


def is_definite_plural(tokens: Sequence[Token], node: ParseNode) -> bool:
    """True if a phrase is a determiner with a plural noun: "the data sets"."""
    edges: list[Edge] = sorted((edge for _, edge in node.leaves()), key=lambda edge: edge.start)
    last = tokens[edges[-1].end - 1].folded
    return len(edges) == 2 and edges[0].symbol == "det" and stem(last) != last
