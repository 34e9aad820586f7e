"""Nearest neighbours, margins and rankings, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from analysis.errors import UsageError
from runners.examples import Bitext, Dataset, Ranking, SentenceExample
from runners.kinds import neighbours as blocked
from runners.kinds.neighbours import neighbours
from runners.kinds.retrieval import matched, mined, pooled

ANGLES = {"s1": 0, "s2": 40, "s3": 100, "t1": 2, "t2": 50, "t3": 60}
"""Vectors in the plane, in degrees."""


def embed(texts):
    turned = torch.tensor([ANGLES[text] for text in texts], dtype=torch.float64).deg2rad()
    return torch.stack([turned.cos(), turned.sin()], dim=1)


def sentences(*names: str) -> tuple[SentenceExample, ...]:
    return tuple(SentenceExample(name, name) for name in names)


def bitext(*gold: tuple[str, str]) -> Dataset:
    pool = Bitext(sentences("s1", "s2", "s3"), sentences("t1", "t2", "t3"), frozenset(gold))
    return Dataset("tatoeba", "bitext", "de", "test", pool=pool)


def test_every_english_sentence_looks_for_the_nearest_foreign_one() -> None:
    scored, settings = matched(bitext(("s1", "t1"), ("s2", "t2"), ("s3", "t3")), embed, None)
    # t3 (60°) is nearer to s2 (40°) than to its own s3 (100°)
    assert [(one.item, one.said, one.correct) for one in scored.predictions] == [
        ("t1", "s1", 1.0),
        ("t2", "s2", 1.0),
        ("t3", "s2", 0.0),
    ]
    assert scored.scores["accuracy"] == pytest.approx(200 / 3)
    assert settings == {}


def margin(source: str, target: str) -> float:
    """Directly from the definition, with all neighbours (there are fewer than k)."""
    cos = {(s, t): np.cos(np.deg2rad(ANGLES[s] - ANGLES[t])) for s in ("s1", "s2", "s3") for t in ("t1", "t2", "t3")}
    of_source = np.mean([cos[source, t] for t in ("t1", "t2", "t3")])
    of_target = np.mean([cos[s, target] for s in ("s1", "s2", "s3")])
    return cos[source, target] / ((of_source + of_target) / 2)


def test_mined_pairs_are_one_to_one_with_their_ratio_margin_best_first() -> None:
    pool = bitext().pool
    assert isinstance(pool, Bitext)
    found = mined(pool, embed)
    assert all(value == pytest.approx(margin(*pair)) for value, pair in found)
    assert [value for value, _ in found] == sorted((value for value, _ in found), reverse=True)
    assert len({s for _, (s, _) in found}) == len({t for _, (_, t) in found}) == len(found)
    assert ("s1", "t1") in [pair for _, pair in found]


def test_the_margin_counts_the_four_nearest_only() -> None:
    vectors = functional.normalize(
        torch.randn(12, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64), dim=1
    )
    names = {f"{side}{i}": vectors[i + 6 * (side == "t")] for side in "st" for i in range(6)}
    pool = Bitext(sentences(*(f"s{i}" for i in range(6))), sentences(*(f"t{i}" for i in range(6))), frozenset())
    cos = (vectors[:6] @ vectors[6:].T).numpy()
    near = [np.sort(cos, axis=axis) for axis in (1, 0)]
    mean = near[0][:, -4:].mean(axis=1)[:, None] + near[1][-4:].mean(axis=0)
    for value, (source, target) in mined(pool, lambda texts: torch.stack([names[t] for t in texts])):
        i, j = int(source[1:]), int(target[1:])
        assert value == pytest.approx(2 * cos[i, j] / mean[i, j])


def test_the_threshold_comes_from_the_split_that_is_named() -> None:
    data = bitext(("s1", "t1"))
    with pytest.raises(UsageError, match="name the split that chooses it"):
        matched(data, embed, None)
    tune = Dataset("bucc", "bitext", "de", "dev", pool=data.pool)
    scored, settings = matched(data, embed, tune)
    assert scored.scores["f1"] == 100.0
    assert settings["threshold_split"] == "de dev"
    assert [one.item for one in scored.predictions] == ["s1"]


def test_a_ranking_is_scored_by_average_precision_over_all_candidates() -> None:
    pool = Ranking(
        sentences("s1", "s2"), sentences("t1", "t2", "t3"), frozenset({("s1", "t1"), ("s2", "t1"), ("s2", "t3")})
    )
    scored, _ = matched(Dataset("lareqa", "ranking", "en", "dev", pool=pool), embed, None)
    # s2 (40°) finds t2 (10° away), t3 (20°), t1 (38°): (1/2 + 2/3) / 2
    assert [one.correct for one in scored.predictions] == pytest.approx([1.0, 7 / 12])
    assert scored.scores["map@20"] == pytest.approx(100 * (1 + 7 / 12) / 2)


def test_blocks_do_not_change_the_neighbours(monkeypatch) -> None:
    vectors = torch.randn(50, 8, generator=torch.Generator().manual_seed(1))
    whole = neighbours(vectors[:30], vectors[30:], 4)
    monkeypatch.setattr(blocked, "ROWS", 7)
    monkeypatch.setattr(blocked, "COLUMNS", 3)  # fewer than are asked for
    parts = neighbours(vectors[:30], vectors[30:], 4)
    assert torch.equal(whole[1], parts[1])
    assert torch.allclose(whole[0], parts[0])


@pytest.mark.parametrize(("n", "m", "k"), [(30, 20, 4), (1, 50, 4), (5, 2, 3)])
def test_neighbours_of_both_sides_from_the_same_products_are_those_of_each_side(monkeypatch, n, m, k) -> None:
    vectors = functional.normalize(torch.randn(n + m, 8, generator=torch.Generator().manual_seed(1)), dim=1)
    monkeypatch.setattr(blocked, "ROWS", 7)
    monkeypatch.setattr(blocked, "COLUMNS", 9)
    cosines = vectors[:n] @ vectors[n:].T
    forward, backward = blocked.mutual_neighbours(vectors[:n], vectors[n:], k)
    for found, wanted in ((forward, cosines), (backward, cosines.T)):
        values, places = wanted.topk(min(k, wanted.shape[1]), dim=1)
        assert torch.equal(found[1], places)
        assert torch.allclose(found[0], values)


def test_the_greatest_of_long_rows_and_columns_are_those_of_a_full_sort() -> None:
    cosines = torch.randn(640, 1280, generator=torch.Generator().manual_seed(2))
    cosines[3] = -torch.arange(1280.0)  # all of the greatest in one group
    cosines[:, 5] = -torch.arange(640.0)
    for k in (1, 2):  # ten groups and more, so that one or two of them are looked into
        for found, rows in ((blocked.greatest(cosines, k), cosines), (blocked.greatest_below(cosines, k), cosines.T)):
            wanted = rows.sort(dim=1, descending=True)
            assert torch.equal(found[0], wanted.values[:, :k])
            assert torch.equal(found[1], wanted.indices[:, :k])


def test_pooling_leaves_padding_out() -> None:
    states = torch.arange(12.0).view(1, 4, 3)
    mask, last = torch.tensor([[1, 1, 1, 0]]), torch.tensor([2])
    assert pooled(states, mask, last, "mean").tolist() == [[3.0, 4.0, 5.0]]
    assert pooled(states, mask, last, "last").tolist() == [[6.0, 7.0, 8.0]]
    assert pooled(states, mask, last, "first").tolist() == [[0.0, 1.0, 2.0]]


def test_sentences_that_come_again_are_looked_for_once_and_pairs_with_them_do_not_count() -> None:
    sources = (SentenceExample("a", "s1"), SentenceExample("b", "s2"), SentenceExample("c", "s1"))
    targets = (SentenceExample("x", "t1"), SentenceExample("y", "t2"))
    pool = Bitext(sources, targets, frozenset({("a", "x"), ("b", "y")}))
    assert [pair for _, pair in mined(pool, embed)] == [("b", "y")]
    assert {pair for _, pair in mined(pool, embed, "keep")} == {("a", "x"), ("b", "y")}
    alone = Bitext(sources[:2], targets, frozenset())
    value = {pair: value for value, pair in mined(alone, embed)}[("b", "y")]
    assert mined(pool, embed)[0][0] == pytest.approx(value), "a repeated sentence is one neighbour, not two"
    data = Dataset("bucc", "bitext", "de", "test", pool=pool)
    scored, settings = matched(data, embed, data)
    assert settings["repeats"] == "leave_out"
    assert scored.scores["f1"] == pytest.approx(200 / 3), "the gold pair of the repeated sentence is still missed"
