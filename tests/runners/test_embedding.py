"""Vectors of a list of texts are computed once, and predictions are written language by language."""

from __future__ import annotations

import pandas as pd
import pytest
import torch

from analysis.errors import UsageError
from analysis.results.items import load_items
from runners.examples import Bitext, Dataset, SentenceExample
from runners.execute.items import FILE, writing_items
from runners.train import embedding
from runners.train.embedding import KEPT, Embedder
from runners.train.evaluation import retrieve, search
from runners.trained import Prediction


@pytest.fixture
def counted(monkeypatch) -> list[int]:
    """How many texts were computed, call by call."""
    calls: list[int] = []
    inner = embedding.embedded

    def embedded(encoder, texts, *more):
        calls.append(len(texts))
        return inner(encoder, texts, *more)

    monkeypatch.setattr(embedding, "embedded", embedded)
    return calls


def test_a_list_of_texts_that_comes_again_is_not_computed_again(spec, counted) -> None:
    embed = Embedder(spec, device="cpu")
    first = embed(["red", "blue stone"])
    spent = embed.flops
    assert torch.equal(embed(["red", "blue stone"]), first)
    assert (counted, embed.flops) == ([2], spent)
    embed(["redblue", " stone"])  # other texts of the same letters
    assert counted == [2, 2]
    assert embed.flops > spent


def test_only_the_last_lists_are_kept(spec, counted) -> None:
    embed = Embedder(spec, device="cpu")
    for i in range(KEPT + 1):
        embed(["red"] * (i + 1))
        embed(["red"])  # used between the others, so it stays
    assert counted == [1, 2, 3, 4]
    embed(["red", "red"])
    assert counted == [1, 2, 3, 4, 2]


def test_searching_with_an_encoder_in_memory_is_retrieval(spec) -> None:
    sides = [tuple(SentenceExample(f"{side}{i}", f"{'red ' * i}stone") for i in range(5)) for side in "st"]
    pool = Bitext(*sides, frozenset((f"s{i}", f"t{i}") for i in range(5)))
    data = Dataset("tatoeba", "bitext", "de", "test", pool=pool)
    embed = Embedder(spec, device="cpu", layer=1, pooling="first")
    found = search(embed, data)
    assert found == retrieve(spec, data, layer=1, pooling="first", device="cpu")
    assert found.flops > 0
    assert search(embed, data).flops == 0.0
    with pytest.raises(UsageError, match="layer 3 does not exist"):
        Embedder(spec, device="cpu", layer=3)


def test_items_are_written_part_by_part_and_read_back_as_one_table(tmp_path) -> None:
    labels = {"intermediate": "mnli", "target": "xnli", "seed": 2, "title": "not a column"}
    with writing_items(tmp_path, labels) as write:
        write("de", "none", [Prediction("a", "yes", 1.0), Prediction("b", "no", 0.0)])
        write("fr", "typo", [Prediction("a", "vielleicht", 0.5)])
        assert not (tmp_path / FILE).exists()
    frame = pd.read_parquet(tmp_path / FILE)
    assert frame["said"].tolist() == ["yes", "no", "vielleicht"]
    assert frame["seed"].tolist() == [2, 2, 2]
    assert frame["correct"].tolist() == [1.0, 0.0, 0.5]
    read = load_items(tmp_path)
    assert read[["language", "perturbation", "item"]].to_numpy().tolist()[0] == ["de", "none", "a"]


def test_a_node_that_fails_half_way_leaves_no_items(tmp_path) -> None:
    labels = {"intermediate": "mnli", "target": "xnli", "seed": 2}

    def fails() -> None:
        with writing_items(tmp_path, labels) as write:
            write("de", "none", [Prediction("a", "yes", 1.0)])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert not list(tmp_path.iterdir())
