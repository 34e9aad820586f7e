"""Every task of the world, in every language, has the truth it says it has."""

from __future__ import annotations

from collections import Counter

import pytest

from runners.examples import Choice, Classified, QAExample, Tagged
from runners.world import World
from runners.world.languages import all_forms, languages
from runners.world.world import GENERATORS

WORLD = World(0)


@pytest.mark.parametrize("generator", GENERATORS)
def test_a_task_has_the_same_items_and_answers_in_every_language(generator: str) -> None:
    drawn = {code: WORLD.draw(generator, code, "test", 60) for code in WORLD.languages}
    source = drawn[WORLD.source]
    for code, examples in drawn.items():
        assert [e.id for e in examples] == [e.id for e in source], code
        for ours, theirs in zip(examples, source, strict=True):
            if isinstance(ours, Classified | Choice) and isinstance(theirs, Classified | Choice):
                assert ours.label == theirs.label
            if isinstance(ours, Tagged) and isinstance(theirs, Tagged):
                assert Counter(t[-5:] for t in ours.tags) == Counter(t[-5:] for t in theirs.tags)


def test_labels_are_equally_frequent() -> None:
    for generator, many in (("inference", 3), ("paraphrase", 2), ("causes", 2), ("continuations", 3)):
        counts = Counter(e.label for e in WORLD.draw(generator, "lab-a", "train", 3072))
        assert len(counts) == many
        assert max(counts.values()) < 1.15 * min(counts.values()), generator


def test_a_hypothesis_alone_does_not_give_its_label_away() -> None:
    examples = WORLD.draw("inference", "lab-a", "train", 6144)
    word = all_forms(0)["lab-a"].written
    negation = next(w for w in (word[i] for i in range(len(word))) if w == word[_concept("not")])
    negated = Counter(e.label for e in examples if negation in e.second.split())
    total = sum(negated.values())
    assert all(count / total < 0.75 for count in negated.values()), negated


def _concept(gloss: str) -> int:
    from runners.world.concepts import CONCEPT

    return CONCEPT[gloss]


@pytest.mark.parametrize("code", list(languages()))
def test_answers_lie_where_they_say_and_are_whole_words(code: str) -> None:
    for example in WORLD.draw("questions", code, "dev", 200):
        assert isinstance(example, QAExample)
        ((text, start),) = example.answers
        assert example.context[start : start + len(text)] == text
        assert f" {text} " in f" {example.context} "
        assert example.question.endswith(" ?")


def test_an_answer_is_a_phrase_of_the_sentence_asked_about_and_not_in_the_question() -> None:
    for example in WORLD.draw("questions", "lab-a", "dev", 300):
        text, _ = example.answers[0]
        assert text.split()[-1] not in example.question.split()


def test_spans_of_roles_are_well_formed_and_stay_in_one_piece() -> None:
    for code in ("lab-a", "lab-c2", "lab-d2"):
        for example in WORLD.draw("roles", code, "dev", 200):
            before = "O"
            for tag in example.tags:
                assert not tag.startswith("I-") or before[2:] == tag[2:]
                before = tag
            assert max(Counter(t for t in example.tags if t.startswith("B-")).values()) == 1


def test_no_example_of_one_split_is_an_example_of_another() -> None:
    said = {
        split: {e.text for e in WORLD.draw("sentences", "lab-a", split, 2000)} for split in ("train", "dev", "test")
    }
    assert not said["train"] & said["test"]
    assert not said["train"] & said["dev"]
    assert not said["dev"] & said["test"]
