"""Rows, losses and predictions of choices and classes."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from analysis.errors import InputError
from runners.examples import Choice, Classified, Dataset
from runners.kinds import kind_of
from runners.kinds.choice import CHOICE
from runners.kinds.classification import CLASSIFICATION
from runners.model.features import collate
from runners.model.subwords import load_tokenizer
from runners.recipe import Recipe


@pytest.fixture
def tokenizer(tokenizer_folder):
    return load_tokenizer(str(tokenizer_folder))


def choices(*examples: Choice) -> Dataset:
    return Dataset("xcopa", "choice", "en", "dev", examples)


def test_every_option_is_a_row_and_the_highest_wins(tokenizer) -> None:
    data = choices(Choice("1", "stone", "why ?", ("a", "b"), 1), Choice("2", "river", "", ("c", "d"), 0))
    features = CHOICE.encode(data, (), tokenizer, Recipe())
    assert (len(features), len(features.ids)) == (2, 4)
    batch = collate(features, np.array([1, 0]), tokenizer.pad)
    output = torch.tensor([[0.1], [0.3], [2.0], [1.0]])
    assert CHOICE.predict(output, batch, Recipe()) == [1, 0]
    assert CHOICE.loss(output, batch).item() == pytest.approx(np.log1p(np.exp(0.2)) + np.log1p(np.exp(1.0)))
    assert CHOICE.score(data, features, [0, 0], ()).scores == {"accuracy": 50.0}


def test_questions_with_different_numbers_of_options_are_refused(tokenizer) -> None:
    data = choices(Choice("1", "a", "", ("a", "b"), 0), Choice("2", "a", "", ("a", "b", "c"), 0))
    with pytest.raises(InputError, match="2, 3 options"):
        CHOICE.encode(data, (), tokenizer, Recipe())


def test_labels_count_in_the_heads_order_whatever_the_data_set_says(tokenizer) -> None:
    data = Dataset("xnli", "classification", "de", "test", (Classified("1", "a", "b", "yes"),), ("yes",))
    features = CLASSIFICATION.encode(data, ("no", "yes"), tokenizer, Recipe())
    assert features.targets.tolist() == [1]
    scored = CLASSIFICATION.score(data, features, [1], ("no", "yes"))
    assert scored.scores == {"accuracy": 100.0}
    assert scored.predictions[0].said == "yes"


def test_single_texts_and_pairs_may_stand_in_one_data_set(tokenizer) -> None:
    examples = (Classified("1", "a", None, "yes"), Classified("2", "a", "b", "yes"))
    features = CLASSIFICATION.encode(
        Dataset("x", "classification", "en", "dev", examples, ("yes",)), ("yes",), tokenizer, Recipe()
    )
    assert [row.tolist().count(2) for row in (features.ids[0], features.ids[1])] == [1, 3]


def test_retrieval_has_no_head_to_train() -> None:
    from analysis.errors import UsageError

    with pytest.raises(UsageError, match="'bitext' has no head to train"):
        kind_of("bitext")
