"""Labels kept by word name the same lines as labels whose stretches are all listed."""

from __future__ import annotations

import random

import pytest

from analysis.tables import Table, table_of_grid
from claims.checking.over_tables import TableJudge
from claims.domains.table import indexing
from claims.domains.table.indexing import index_of
from claims.domains.table.names import NameIndex
from claims.domains.table.postings import Postings, is_plain_label
from claims.domains.table.words import canonical, key_of

WORDS = ("Birch", "Maple", "deep", "wide", "net", "graph", "tuned", "encoder", "small", "x2")


def table(rows: int = 60) -> Table:
    rng = random.Random(8)
    labels = dict.fromkeys(" ".join(rng.sample(WORDS, rng.randint(1, 5))) for _ in range(rows))
    extra = ("Ours (full)", "BERT", "Birch + graph", "w/o deep", "Maple-net", "Birch_wide 3", "no tuned")
    body = [[label, f"{rng.uniform(1, 99):.1f}", f"{rng.uniform(1, 99):.1f}"] for label in (*labels, *extra)]
    return table_of_grid(["System", "Dev accuracy", "Test accuracy"], body)[0]


def lines_named(index: NameIndex, key: tuple[str, ...]) -> dict[tuple[str, int, float], frozenset[int]]:
    found: dict[tuple[str, int, float], frozenset[int]] = {}
    for ref in index.refs(key):
        place = (ref.axis, ref.level, ref.share)
        found[place] = found.get(place, frozenset()) | ref.lines
    return found


def test_every_stretch_of_every_label_names_the_same_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    over = table()
    keys = {key_of(line.own) for line in over.rows}
    keys |= {key[i:j] for key in keys for i in range(len(key)) for j in range(i + 1, len(key) + 1)}
    every = index_of(over)
    listed = {key: lines_named(every, key) for key in keys}
    monkeypatch.setattr(indexing, "MANY", 1)
    by_word = index_of(over)
    assert by_word.postings["row"].keys
    assert {key: lines_named(by_word, key) for key in keys} == listed


@pytest.mark.parametrize(
    "label", ["Birch (full)", "+ graph", "w/o deep", "no deep", "BERT", "a@5", "F1%", "A-", "x - y", "é"]
)
def test_labels_with_spellings_of_their_own_are_not_kept_by_word_alone(label: str) -> None:
    assert not is_plain_label(label)


@pytest.mark.parametrize("label", ["System 17", "Birch-2", "a_b.c/d", "ResNet50 large", "1.5 billion"])
def test_the_words_of_plain_labels_are_those_of_any_label(label: str) -> None:
    assert is_plain_label(label)
    kept = Postings(canonical)
    kept.add([(0, label, [3])])
    assert kept.keys == [key_of(label)]


def test_a_stretch_is_a_part_only_where_its_words_stand_together() -> None:
    kept = Postings(canonical)
    kept.add([(0, "deep graph net", [0]), (0, "graph of deep net", [1]), (0, "deep graph", [2])])
    assert list(kept.parts(("deep", "graph"), 14)) == [(0, 0.67, frozenset({0}))]
    assert list(kept.parts(("net",), 3)) == [(0, 0.33, frozenset({0}))]
    assert list(kept.wholes(("deep", "graph"))) == [(0, frozenset({2}))]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("System 17 has a higher Task 1 accuracy than System 23.", "refuted"),
        ("System 23 has a higher Task 1 accuracy than System 17.", "supported"),
        ("System 399 outperforms all other systems on all tasks.", "supported"),
        ("System 398 outperforms all other systems on all tasks.", "refuted"),
    ],
)
def test_claims_over_many_rows_are_decided(claim: str, expected: str) -> None:
    rows = [[f"System {i}", f"{i / 10:.1f}", f"{i / 5:.1f}"] for i in range(400)]
    over = table_of_grid(["System", "Task 1 accuracy", "Task 2 accuracy"], rows)
    assert TableJudge(over).verdict(claim).verdict == expected
