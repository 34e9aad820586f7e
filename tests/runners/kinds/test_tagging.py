"""Tags at first pieces; long sentences in several rows; words without pieces."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from analysis.errors import InputError
from runners.examples import Dataset, Tagged
from runners.kinds.tagging import TAGGING, parts, split_words
from runners.model.features import IGNORED, collate
from runners.model.subwords import load_tokenizer
from runners.recipe import Recipe

LABELS = ("O", "B-X", "I-X")
SENTENCE = Tagged("1", ("walking", "crimson", "b"), ("B-X", "I-X", "O"))


@pytest.fixture
def tokenizer(tokenizer_folder):
    return load_tokenizer(str(tokenizer_folder))


def tagged(*examples: Tagged) -> Dataset:
    return Dataset("panx", "tagging", "en", "dev", examples, LABELS)


def test_only_first_pieces_have_a_target(tokenizer) -> None:
    features = TAGGING.encode(tagged(SENTENCE), LABELS, tokenizer, Recipe())
    words = split_words([SENTENCE], tokenizer)[0]
    wanted = [IGNORED]
    for pieces, label in zip(words, (1, 2, 0), strict=True):
        wanted += [label, *[IGNORED] * (len(pieces) - 1)]
    assert features.targets[0].tolist() == [*wanted, IGNORED]
    assert features.ids[0].tolist() == [0, *(p for pieces in words for p in pieces), 2]


def test_a_long_sentence_is_read_in_parts_and_no_word_is_lost(tokenizer) -> None:
    long = Tagged("1", ("walking",) * 30 + ("b",), ("B-X",) * 30 + ("O",))
    features = TAGGING.encode(tagged(long, SENTENCE), LABELS, tokenizer, Recipe(max_length=12))
    assert features.ids.lengths.max() <= 12
    assert features.items.tolist()[-1] == 1
    targets = features.targets.values
    assert (targets != IGNORED).sum() == 31 + 3


def test_a_long_sentence_is_split_where_xtreme_splits_it_or_cut_where_jiant_cuts_it(tokenizer) -> None:
    """129 pieces in all: XTREME's preparation counts three special pieces of XLM-R, so that 125 are in the first row."""
    (one,) = tokenizer.encode(["a"])
    words = ("a",) * (127 // len(one))
    data = tagged(Tagged("1", words, ("O",) * (len(words) - 1) + ("B-X",)))
    split = TAGGING.encode(data, LABELS, tokenizer, Recipe())
    first = 1 + 125 // len(one) * len(one) + 1
    assert split.ids.lengths.tolist() == [first, len(words) * len(one) - (first - 2) + 2]
    cut = TAGGING.encode(data, LABELS, tokenizer, Recipe(long_sentences="cut"))
    assert cut.ids.lengths.tolist() == [128]
    found = [[0] * int((cut.targets.values != IGNORED).sum())]
    scored = TAGGING.score(data, cut, found, LABELS)
    assert scored.scores["token_accuracy"] == 100.0, "the last word, a B-X, was cut off and is not scored"
    whole = TAGGING.score(data, split, [[0] * (first - 2), [0] * (len(words) - (first - 2))], LABELS)
    assert whole.scores["token_accuracy"] < 100.0


def test_a_word_that_no_row_holds_is_the_unknown_piece_as_in_xtreme(tokenizer) -> None:
    data = tagged(Tagged("1", ("b", "walking" * 9, "b"), ("O", "B-X", "O")))
    features = TAGGING.encode(data, LABELS, tokenizer, Recipe(max_length=12))
    assert tokenizer.unknown in features.ids.values
    assert (features.targets.values != IGNORED).sum() == 3


def test_a_word_longer_than_a_row_keeps_a_row_of_its_own() -> None:
    assert parts([[1], [2] * 9, [3], [4]], 4) == [range(1), range(1, 2), range(2, 4)]


def test_a_word_without_pieces_is_still_tagged(tokenizer) -> None:
    odd = Tagged("1", ("", "b"), ("O", "B-X"))
    features = TAGGING.encode(tagged(odd), LABELS, tokenizer, Recipe())
    assert tokenizer.unknown in features.ids[0].tolist()
    assert (features.targets[0] != IGNORED).sum() == 2


def test_predictions_of_all_parts_make_the_sentence(tokenizer) -> None:
    long = Tagged("1", ("walking", "b") * 10, ("B-X", "O") * 10)
    features = TAGGING.encode(tagged(long, SENTENCE), LABELS, tokenizer, Recipe(max_length=12))
    found = []
    for unit in range(len(features)):
        batch = collate(features, np.array([unit]), tokenizer.pad)
        output = torch.nn.functional.one_hot(batch.targets.clamp(min=0), 3).float()
        found += TAGGING.predict(output, batch, Recipe())
    scored = TAGGING.score(tagged(long, SENTENCE), features, found, LABELS)
    assert scored.scores == {"f1": 100.0, "token_accuracy": 100.0}
    assert scored.predictions[1].said == "B-X I-X O"


def test_f1_counts_spans_and_token_accuracy_tokens(tokenizer) -> None:
    features = TAGGING.encode(tagged(SENTENCE), LABELS, tokenizer, Recipe())
    scored = TAGGING.score(tagged(SENTENCE), features, [[1, 0, 0]], LABELS)
    assert scored.scores["f1"] == 0.0
    assert scored.scores["token_accuracy"] == pytest.approx(200 / 3)
    assert scored.predictions[0].correct == pytest.approx(2 / 3)


def test_a_tag_the_head_does_not_know_is_refused(tokenizer) -> None:
    strange = Dataset("panx", "tagging", "de", "dev", (SENTENCE,), ("O", "B-Y"))
    with pytest.raises(InputError, match="'B-Y' is not among those of the head"):
        TAGGING.encode(strange, LABELS, tokenizer, Recipe())
