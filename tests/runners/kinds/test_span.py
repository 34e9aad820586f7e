"""Answer spans: windows, targets, the best span, no answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from analysis.errors import UsageError
from runners.clusters import whole_letters
from runners.examples import Dataset, QAExample
from runners.kinds.rows import windows
from runners.kinds.span import SPAN, BestSpan, piece_span, widest
from runners.model.features import Batch, collate
from runners.model.subwords import load_tokenizer
from runners.recipe import Recipe

CONTEXT = "stone river garden crimson window bridge"


def asked(*examples: QAExample, task: str = "xquad", language: str = "en") -> Dataset:
    return Dataset(task, "span", language, "dev", examples)


@pytest.fixture
def tokenizer(tokenizer_folder):
    return load_tokenizer(str(tokenizer_folder))


def text_at(features, row: int, first: int, last: int, context: str) -> str:
    begin = features.ids.starts[row]
    return context[features.places[begin + first, 0] : features.places[begin + last, 1]].strip()


@pytest.mark.parametrize(
    ("length", "room", "step", "wanted"),
    [
        (5, 5, 2, [(0, 5)]),
        (10, 5, 3, [(0, 5), (3, 8), (6, 10)]),
        (6, 5, 5, [(0, 5), (5, 6)]),
        (6, 4, 9, [(0, 4), (4, 6)]),
        (0, 4, 1, [(0, 0)]),
    ],
)
def test_windows_cover_a_long_context(length, room, step, wanted) -> None:
    assert windows(length, room, step) == wanted


def starts(tokenizer, recipe: Recipe, question: str = "b c") -> list[int]:
    """First piece of every window on a context of 60 pieces."""
    data = asked(QAExample("q", question, "a " * 60, (("a", 0),)))
    features = SPAN.encode(data, (), tokenizer, recipe)
    begins = features.ids.starts[:-1] + features.contexts[:, 0]
    return [(int(features.places[begin, 0]) + 1) // 2 for begin in begins]  # a piece may begin with its blank


def test_doc_stride_is_the_step_of_windows_or_where_asked_for_their_overlap(tokenizer) -> None:
    pieces = len(tokenizer.encode(["b c"])[0])
    room = 30 - 4 - pieces
    assert starts(tokenizer, Recipe(max_length=30, doc_stride=10)) == [0, 10, 20, 30, 40]
    overlapping = starts(tokenizer, Recipe(max_length=30, doc_stride=10, stride="overlap"))
    assert overlapping == list(range(0, overlapping[-1] + 1, room - 10))
    with pytest.raises(UsageError, match="doc_stride = 0 is the step of windows"):
        starts(tokenizer, Recipe(max_length=30, doc_stride=0))


def test_a_question_has_at_most_64_pieces_or_where_asked_for_half_an_input(tokenizer) -> None:
    data = asked(QAExample("q", "b " * 100, "a " * 60, (("a", 0),)))
    assert SPAN.encode(data, (), tokenizer, Recipe(max_length=384)).contexts[0, 0] == 1 + 64 + 2
    half = SPAN.encode(data, (), tokenizer, Recipe(max_length=104, question_length=0)).contexts[0, 0]
    assert half == 1 + 50 + 2


COMPOSED, TAKEN_APART = "Hu\u1ebf", "Hue\u0302\u0301"


@pytest.mark.parametrize(
    ("text", "end", "wanted"),
    [(TAKEN_APART + " x", 3, TAKEN_APART), ("x " + TAKEN_APART, 5, "x " + TAKEN_APART), ("\u1112\u1161\u11ab", 1, "\u1112\u1161\u11ab"),
     ("\u0915\u093f x", 1, "\u0915\u093f"), ("abc", 2, "ab"), ("a\u0301b", 2, "a\u0301")],
)  # fmt: skip
def test_no_letter_is_cut_from_its_marks(text: str, end: int, wanted: str) -> None:
    assert whole_letters(text, 0, end) == wanted


def test_a_letter_that_begins_within_its_marks_is_taken_whole() -> None:
    assert whole_letters("xe\u0302\u0301y", 2, 5) == "e\u0302\u0301y"


@pytest.mark.parametrize("gold", [COMPOSED, TAKEN_APART])
def test_a_perfect_answer_in_text_with_marks_of_its_own_is_right(tokenizer, gold: str) -> None:
    context = f"a {TAKEN_APART} b"
    data = asked(QAExample("q", "b c", context, ((gold, 2),)), language="vi")
    features = SPAN.encode(data, (), tokenizer, Recipe(max_length=40))
    begin = int(features.contexts[0, 0])
    places = features.places[begin:, :2].tolist()
    letter = next(i for i, (first, end) in enumerate(places) if first <= 4 < end)
    features.places[begin + letter] = (places[letter][0], 5)  # a normalising tokenizer ends its piece at the letter
    head = next(i for i, (first, end) in enumerate(places) if first <= 2 < end)
    found = SPAN.score(data, features, [BestSpan(1.0, begin + head, begin + letter, 0.0)], ())
    assert found.predictions[0].said == TAKEN_APART
    assert found.scores["exact_match"] == 100.0


def test_the_target_is_the_answer_in_every_window_that_holds_it_and_the_first_piece_in_the_others(tokenizer) -> None:
    data = asked(QAExample("q", "where is it ?", CONTEXT, (("crimson", 19),)))
    features = SPAN.encode(data, (), tokenizer, Recipe(max_length=24, doc_stride=4))
    assert len(features) > 1
    held = [i for i, target in enumerate(features.targets.tolist()) if target != [0, 0]]
    assert held
    assert {text_at(features, i, *features.targets[i], CONTEXT) for i in held} == {"crimson"}
    for i in set(range(len(features))) - set(held):
        first, end = features.contexts[i, :2]
        assert "crimson" not in text_at(features, i, first, end - 1, CONTEXT)


def test_an_answer_within_a_piece_or_across_pieces_takes_all_pieces_it_touches() -> None:
    offsets = [(0, 3), (3, 6), (6, 6), (6, 9)]
    assert piece_span(offsets, [("x", 4)]) == (1, 1)
    assert piece_span(offsets, [("xxxx", 4)]) == (1, 3)
    assert piece_span(offsets, []) is None


def test_no_window_is_longer_than_the_recipe_says_even_with_an_endless_question(tokenizer) -> None:
    data = asked(QAExample("q", "walking " * 50, CONTEXT * 5, (("river", 6),)))
    features = SPAN.encode(data, (), tokenizer, Recipe(max_length=24, doc_stride=128))
    assert features.ids.lengths.max() == 24


def logits(batch: Batch, first: dict[int, float], last: dict[int, float]) -> torch.Tensor:
    output = torch.zeros(*batch.ids.shape, 2)
    for i, scores in enumerate((first, last)):
        for place, value in scores.items():
            output[0, place, i] = value
    return output


@pytest.fixture
def row(tokenizer):
    """One window: its features, its batch and where its context begins."""
    data = asked(QAExample("q", "where is it ?", "a b c d e f", (("c", 4),)))
    features = SPAN.encode(data, (), tokenizer, Recipe(max_length=40))
    return collate(features, features.items[:1], tokenizer.pad), int(features.contexts[0, 0])


@pytest.mark.parametrize(
    ("first", "last", "longest", "wanted"),
    [
        ({1: 5.0}, {3: 4.0}, 30, (1, 3, 9.0)),  # both of the best, in order
        ({3: 5.0}, {1: 4.0}, 30, (3, 3, 5.0)),  # the best last piece lies before the best first one
        ({1: 5.0, 4: 3.0}, {5: 4.0}, 2, (4, 5, 7.0)),  # the best pair is too long
        ({-2: 9.0, 2: 1.0}, {2: 1.0}, 30, (2, 2, 2.0)),  # what scores best lies in the question
    ],
)
def test_the_best_span_is_in_order_short_enough_and_within_the_context(row, first, last, longest, wanted) -> None:
    batch, begin = row
    output = logits(batch, *({begin + p: v for p, v in scores.items()} for scores in (first, last)))
    (found,) = SPAN.predict(output, batch, Recipe(max_answer_length=longest))
    assert (found.first - begin, found.last - begin, found.value) == wanted


def scored(tokenizer, examples, found, **names):
    data = asked(*examples, **names)
    features = SPAN.encode(data, (), tokenizer, Recipe(max_length=40))
    starts = features.contexts[:, 0]
    moved = [replace(one, first=one.first + s, last=one.last + s) for one, s in zip(found, starts, strict=True)]
    return SPAN.score(data, features, moved, ())


ANSWERED = QAExample("1", "where is it ?", "a b c d e f", (("b c", 2),))
UNANSWERABLE = QAExample("2", "where is it ?", "a b c d e f", ())


def test_no_answer_is_no_option_where_every_question_has_one(tokenizer) -> None:
    found = scored(tokenizer, [ANSWERED], [BestSpan(1.0, 1, 2, nothing=50.0)])
    assert found.predictions[0].said == "b c"
    assert found.scores == {"f1": 100.0, "exact_match": 100.0, "f1_em": 100.0}


def test_no_answer_wins_where_it_is_likelier_and_questions_may_be_unanswerable(tokenizer) -> None:
    likely, unlikely = BestSpan(1.0, 1, 2, nothing=2.0), BestSpan(1.0, 1, 2, nothing=0.5)
    assert scored(tokenizer, [ANSWERED, UNANSWERABLE], [unlikely, likely]).scores["f1_em"] == 100.0
    wrong = scored(tokenizer, [ANSWERED, UNANSWERABLE], [likely, unlikely])
    assert wrong.scores["f1_em"] == 0.0
    assert [one.said for one in wrong.predictions] == ["", "b c"]


def test_half_an_answer_counts_by_its_words(tokenizer) -> None:
    found = scored(tokenizer, [ANSWERED], [BestSpan(1.0, 1, 3, nothing=0.0)])
    assert found.scores["exact_match"] == 0.0
    assert found.scores["f1"] == pytest.approx(80.0)  # two of three words right, two of two found
    assert found.predictions[0].correct == pytest.approx(0.8)


def test_mlqa_is_scored_by_its_own_rules(tokenizer) -> None:
    german = QAExample("1", "where is it ?", "der a b", (("a", 4),))
    pieces = tokenizer.encode_placed(["der a"])[0].ids
    spans = [BestSpan(1.0, 0, len(pieces) - 1, 0.0)]
    assert scored(tokenizer, [german], spans, task="mlqa", language="de").scores["exact_match"] == 100.0
    assert scored(tokenizer, [german], spans, task="xquad", language="de").scores["exact_match"] == 0.0


def test_the_best_of_several_windows_answers(tokenizer) -> None:
    data = asked(QAExample("q", "where is it ?", CONTEXT, (("crimson", 19),)))
    features = SPAN.encode(data, (), tokenizer, Recipe(max_length=24, doc_stride=4))
    found = [BestSpan(0.5 if target[0] == 0 else 3.0, *(max(int(p), int(c[0])) for p in target), 0.0)
             for target, c in zip(features.targets, features.contexts, strict=True)]  # fmt: skip
    assert SPAN.score(data, features, found, ()).predictions[0].said == "crimson"


def test_an_answer_begins_where_its_window_shows_the_widest_context_as_in_the_script_for_squad() -> None:
    parts = ((0, 10), (4, 14), (8, 16))
    # the script's own loop: least of left and right context, plus a hundredth of the length
    wanted = [
        max(range(3), key=lambda w: -1 if not parts[w][0] <= at < parts[w][1]
            else min(at - parts[w][0], parts[w][1] - 1 - at) + 0.01 * (parts[w][1] - parts[w][0]))
        for at in range(16)
    ]  # fmt: skip
    found = widest(parts)
    assert [next(w for w, (low, high) in enumerate(found) if low <= at < high) for at in range(16)] == wanted
    assert found[0][0] == 0
    assert found[-1][1] == 16
    assert sum(high - low for low, high in found) == 16, "every piece in one window"


def test_a_likelier_start_at_the_edge_of_a_window_is_left_to_the_window_that_shows_more(tokenizer) -> None:
    words = ["stone", "river", "garden", "window", "bridge", "walking", "quietly", "letters", "evening", "mountain"]
    data = Dataset("q", "span", "en", "test", (QAExample("1", "where", " ".join(words * 2), (("stone", 0),)),))
    recipe = Recipe(max_length=24, doc_stride=6)
    features = SPAN.encode(data, (), tokenizer, recipe)
    assert len(features) > 2
    first, end, low, high = (int(v) for v in features.contexts[1])
    assert first < low < high < end
    batch = collate(features, np.array([1]), tokenizer.pad)
    logits = torch.zeros(1, int(features.ids.lengths[1]), 2)
    logits[0, first, 0] = 9.0
    assert SPAN.predict(logits, batch, recipe)[0].first == low
    anywhere = replace(recipe, answer_starts="any")
    again = SPAN.encode(data, (), tokenizer, anywhere)
    assert SPAN.predict(logits, collate(again, np.array([1]), tokenizer.pad), anywhere)[0].first == first
