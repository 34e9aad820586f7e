"""Parses kept by the shape of a sentence are those that a fresh chart would make."""

from __future__ import annotations

from claims.language.chart import Chart, Edge, read_grammar
from claims.language.shapes import KEPT_SHAPES, Shapes

GRAMMAR = read_grammar("""
sentence -> left=NAME verb right=names
names -> one=NAME
       | one=NAME and one=NAME
       | one=NAME more=names
""")


def lattice(text: str) -> list[Edge]:
    symbols = {"beats": "verb", "and": "and", "noise": "OTHER"}
    return [Edge(i, i + 1, symbols.get(word, "NAME"), word) for i, word in enumerate(text.split())]


def leaves(parses: tuple, text: str) -> set[tuple[str, ...]]:  # type: ignore[type-arg]
    del text
    return {tuple(f"{role}={edge.value}" for role, edge in parse.leaves()) for parse in parses}


def fresh(text: str) -> set[tuple[str, ...]]:
    by_place: dict[tuple[int, str], list[Edge]] = {}
    for edge in lattice(text):
        by_place.setdefault((edge.start, edge.symbol), []).append(edge)
    return leaves(Chart(GRAMMAR, by_place, len(text.split())).parses("sentence"), text)


def test_a_second_sentence_of_a_shape_has_the_parses_of_a_fresh_chart_over_its_own_edges() -> None:
    shapes = Shapes(GRAMMAR)
    for text in ("a beats b and c", "x beats y and z", "x beats z and y"):
        found = leaves(shapes.parsed(lattice(text), len(text.split())).parses, text)
        assert found == fresh(text)
        assert any("names.one=" in role for leaf in found for role in leaf)
    assert len(shapes.kept) == 1


def test_sentences_of_different_shapes_share_nothing() -> None:
    shapes = Shapes(GRAMMAR)
    assert shapes.parsed(lattice("a beats b"), 3).parses
    assert not shapes.parsed(lattice("a b beats"), 3).parses
    assert not shapes.parsed(lattice("a beats noise"), 3).parses


def test_how_far_a_sentence_was_read_is_kept_with_its_shape() -> None:
    shapes = Shapes(GRAMMAR)
    first = shapes.parsed(lattice("a beats and"), 3)
    second = shapes.parsed(lattice("b beats and"), 3)
    assert (first.parses, second.parses) == ((), ())
    assert first.reach == second.reach == 2


def test_no_more_shapes_are_kept_than_the_bound() -> None:
    shapes = Shapes(GRAMMAR)
    for length in range(KEPT_SHAPES + 5):
        shapes.parsed([Edge(length, length + 1, "NAME", "a")], length + 1)
    assert len(shapes.kept) == KEPT_SHAPES
