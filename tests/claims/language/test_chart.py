"""All parses of a sentence, and none of what has a word that nobody knows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lexicon_table import LEXICON_TABLE

from claims.domains.table.reading import TableReader
from claims.language.chart import Chart, Edge, TooLongError, read_grammar

READER = TableReader(LEXICON_TABLE)
READ = (
    "Maple outperforms Birch on Dev.",
    "Maple does not outperform Birch on Test.",
    "Maple has a higher score than Birch on Dev.",
    "Maple beats Birch by 0.9 points on Dev.",
    "Maple achieves the highest Dev accuracy among all models.",
    "Maple beats Elder on all sets.",
    "However, Maple is slightly better than Birch on Dev, while Birch beats Maple on Test.",
    "Maple beats Birch on Dev, but not on Test.",
    "Adding fog improves accuracy.",
    "The score of Maple on Dev is higher than that of Birch.",
)
"""Sentences that are read."""
SUMS = read_grammar("""
sum -> left=word "plus" right=sum
     | word
     | left=sum2 "plus" right=word
sum2 -> word "plus" word
""")


def edges(text: str) -> dict[tuple[int, str], list[Edge]]:
    found: dict[tuple[int, str], list[Edge]] = {}
    for i, word in enumerate(text.split()):
        symbol = '"plus"' if word == "plus" else "word"
        found.setdefault((i, symbol), []).append(Edge(i, i + 1, symbol, word))
    return found


def parses(text: str) -> int:
    return len(Chart(SUMS, edges(text), len(text.split())).parses("sum"))


def test_every_derivation_is_a_parse_and_one_that_stops_early_is_none() -> None:
    assert [parses(text) for text in ("a", "a plus b", "a plus b plus c", "a plus", "plus a", "a b")] == [
        1,
        1,
        2,
        0,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("rule", "lengths"),
    [
        ("s -> word?", {0, 1}),
        ("s -> word*", {0, 1, 2, 3, 4}),
        ("s -> word+", {1, 2, 3, 4}),
        ("s -> word word?", {1, 2}),
    ],
)
def test_a_repeated_item_takes_as_many_words_as_its_sign_says(rule: str, lengths: set[int]) -> None:
    grammar = read_grammar(rule)
    taken = {n for n in range(5) if Chart(grammar, edges(" ".join("w" * n)), n).parses("s")}
    assert taken == lengths


def test_a_rule_that_starts_with_itself_ends() -> None:
    grammar = read_grammar("s -> s word\n   | word")
    assert len(Chart(grammar, edges("a"), 1).parses("s")) == 1


def test_labels_find_their_parts_and_leaves_are_the_sentence() -> None:
    (only,) = Chart(SUMS, edges("a plus b"), 3).parses("sum")
    assert only.first("left").value == "a"
    assert only.first("right").rule == "sum"
    assert [edge.value for _, edge in only.leaves()] == ["a", "plus", "b"]


def test_a_sentence_with_too_many_parses_is_refused() -> None:
    grammar = read_grammar("s -> one one one one one one one one\none -> word\n   | word word\n   | word word word")
    lattice = {(i, "word"): [Edge(i, i + 1, "word") for _ in range(6)] for i in range(12)}
    with pytest.raises(TooLongError, match="too long to read"):
        Chart(grammar, lattice, 12).parses("s")


@pytest.mark.parametrize("sentence", READ)
def test_these_sentences_are_read(sentence: str) -> None:
    assert READER.read(sentence).readings, READER.read(sentence).reason


@given(st.sampled_from(READ), st.data(), st.sampled_from(["zorblax", "qwy", "Ünknøwn", "§", "∀", "blarg-fest"]))
def test_an_unknown_word_anywhere_leaves_the_sentence_without_a_reading(
    sentence: str, data: st.DataObject, word: str
) -> None:
    words = sentence.split()
    place = data.draw(st.integers(0, len(words)))
    found = READER.read(" ".join([*words[:place], word, *words[place:]]))
    assert (found.forest.parses, found.readings) == ((), ())
    assert found.reason


@given(st.sampled_from(READ), st.data())
def test_an_unknown_word_in_the_place_of_a_word_leaves_the_sentence_without_a_reading(
    sentence: str, data: st.DataObject
) -> None:
    words = sentence.split()
    place = data.draw(st.integers(0, len(words) - 1))
    found = READER.read(" ".join([*words[:place], "zorblax", *words[place + 1 :]]))
    assert found.readings == ()
    assert "zorblax" in found.forest.unknown


@pytest.mark.parametrize(
    "text",
    [
        "Maple outperforms Birch on Dev and Test " * 1250,
        "Maple " * 10_000,
        "and " * 10_000,
        "zorblax " * 10_000,
        "1.5 " * 10_000,
        "(" * 10_000,
        "a" * 200_000,
        " ".join(["Maple beats Birch on Dev", *["and on Test"] * 30]),
        " ".join(["Maple", *["and Birch"] * 50, "beat Elder on Dev"]),
        " ".join(["Maple beats Birch", *["on Dev"] * 80]),
    ],
    ids=["prose", "names", "ands", "unknown", "numbers", "brackets", "one word", "joined", "listed", "places"],
)
def test_what_is_too_long_to_read_is_refused_at_once(text: str) -> None:
    started = time.monotonic()
    found = READER.read(text)
    assert time.monotonic() - started < 2
    assert found.readings == ()
    assert found.reason


@pytest.mark.parametrize("most", range(1, 8))
def test_a_sentence_with_more_partial_parses_than_are_followed_is_too_long(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("claims.language.chart.MOST_STATES", most)
    with pytest.raises(TooLongError):
        parses("a plus b plus c")
