"""Perturbed data: labels, tags and answers hold whatever is perturbed; scripts are kept apart."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UsageError
from runners.data import load
from runners.data.sources import WorldSource
from runners.examples import Bitext, Choice, Classified, Dataset, QAExample, SentenceExample, Tagged
from runners.perturb.misspelling import homoglyphs, neighbours
from runners.perturb.perturbation import CHANGES, PERTURBATIONS, perturb, unfit
from runners.world import World

SPELLINGS = ("swap", "drop", "typo", "homoglyph")
TEXTS = st.text(st.sampled_from("abcdefghij АБВабвгдежз κλμνο שלום سلام कखि 中文字 ,.?12é'"), min_size=1, max_size=120)
SEEDS = st.integers(0, 2**32 - 1)


def classified(*texts: str, task: str = "xnli", language: str = "en") -> Dataset:
    examples = tuple(Classified(str(i), t, t[::-1], "neutral") for i, t in enumerate(texts))
    return Dataset(task, "classification", language, "test", examples, ("neutral",))


@st.composite
def questions(draw: st.DrawFn) -> Dataset:
    """A context with one to three gold answers somewhere in it, which may overlap."""
    context = draw(TEXTS.filter(lambda t: len(t) > 10))
    answers = []
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(context) - 2))
        end = draw(st.integers(start + 1, len(context)))
        answers.append((context[start:end], start))
    asked = QAExample("1", draw(TEXTS), context, tuple(answers))
    other = QAExample("2", "what else is there?", "Some thing else happened here. Nobody saw it.", (("Nobody", 31),))
    return Dataset("xquad", "span", "en", "test", (asked, other))


@st.composite
def sentences(draw: st.DrawFn) -> Dataset:
    """Words with well-formed B- and I- tags."""
    tags: list[str] = []
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["O", "PER", "LOC"]))
        tags += ["O"] if kind == "O" else [f"B-{kind}", *[f"I-{kind}"] * draw(st.integers(0, 2))]
    words = [
        f"w{i}{draw(st.sampled_from(['Berlin', 'lebte', 'москва', '中国', '1920', ',']))}" for i in range(len(tags))
    ]
    return Dataset("panx", "tagging", "en", "test", (Tagged("1", tuple(words), tuple(tags)),), ("O",))


@given(questions(), st.sampled_from(PERTURBATIONS), SEEDS)
def test_gold_answers_are_unchanged_and_where_they_say(dataset: Dataset, name: str, seed: int) -> None:
    changed, rate = perturb(dataset, name, seed)
    for before, after in zip(dataset.examples, changed.examples, strict=True):
        assert isinstance(before, QAExample)
        assert isinstance(after, QAExample)
        assert [text for text, _ in after.answers] == [text for text, _ in before.answers]
        assert all(after.context[start : start + len(text)] == text for text, start in after.answers)
    assert rate >= 0


@given(sentences(), st.sampled_from(tuple(CHANGES)), SEEDS)
def test_tags_stay_with_their_words_and_well_formed(dataset: Dataset, name: str, seed: int) -> None:
    before = dataset.examples[0]
    after = perturb(dataset, name, seed)[0].examples[0]
    assert isinstance(before, Tagged)
    assert isinstance(after, Tagged)
    assert all(word and not any(ch.isspace() for ch in word) for word in after.words)
    last = "O"
    for tag in after.tags:
        assert not tag.startswith("I-") or last[2:] == tag[2:]
        last = tag
    if name == "shuffle":
        assert Counter(zip(after.words, after.tags, strict=True)) == Counter(
            zip(before.words, before.tags, strict=True)
        )
    else:
        assert after.tags == before.tags


@given(TEXTS, st.sampled_from(SPELLINGS), SEEDS)
def test_misspellings_leave_spaces_numbers_and_short_words_alone(text: str, name: str, seed: int) -> None:
    example = perturb(classified(text), name, seed)[0].examples[0]
    assert isinstance(example, Classified)
    assert example.label == "neutral"
    before, after = text.split(), example.first.split()
    assert len(before) == len(after)
    for ours, theirs in zip(before, after, strict=True):
        if len(ours) < 4:
            assert ours == theirs
        assert [ch for ch in ours if ch.isdigit()] == [ch for ch in theirs if ch.isdigit()]


@given(TEXTS, SEEDS)
def test_shuffling_keeps_the_words_and_moves_none_out_of_its_window(text: str, seed: int) -> None:
    example = perturb(classified(text), "shuffle", seed)[0].examples[0]
    assert isinstance(example, Classified)
    before = [w for w in text.split() if any(ch.isalnum() for ch in w)]
    after = [w for w in example.first.split() if any(ch.isalnum() for ch in w)]
    for first in range(0, len(before), 3):
        assert sorted(before[first : first + 3]) == sorted(after[first : first + 3])


@pytest.mark.parametrize("name", SPELLINGS)
def test_the_same_seed_changes_the_same_and_another_seed_something_else(name: str) -> None:
    dataset = classified(*["the quick brown foxes jumped over several sleeping animals yesterday"] * 20)
    assert perturb(dataset, name, 1) == perturb(dataset, name, 1)
    assert perturb(dataset, name, 1)[0].examples != perturb(dataset, name, 2)[0].examples


@pytest.mark.parametrize("name", SPELLINGS)
def test_the_rate_counts_the_characters_that_changed(name: str) -> None:
    dataset = classified(*["several sleeping animals dreamed peacefully"] * 50)
    changed, rate = perturb(dataset, name, 0)
    assert 0.005 < rate < 0.12
    if name in {"typo", "homoglyph"}:
        differing = sum(
            a != b
            for before, after in zip(dataset.examples, changed.examples, strict=True)
            for a, b in zip(before.first + before.second, after.first + after.second, strict=True)
        )
        assert rate == differing / sum(len(e.first + e.second) for e in dataset.examples)


def test_neighbouring_keys_are_of_the_same_script() -> None:
    for letter, near in neighbours().items():
        script = unicodedata.name(letter).split()[0]
        assert {unicodedata.name(n).split()[0] for n in near} == {script}
        assert letter not in near


def test_doubles_look_alike_but_are_other_letters() -> None:
    assert homoglyphs()["a"] == "\N{CYRILLIC SMALL LETTER A}"
    assert homoglyphs()["\N{CYRILLIC SMALL LETTER O}"] == "o"
    assert all(a != b and len(a) == len(b) == 1 for a, b in homoglyphs().items())


def test_marks_stay_on_their_letters() -> None:
    text = "हिन्दी भाषा में लिखित समाचार " * 20
    changed = perturb(classified(text, language="hi"), "drop", 0)[0].examples[0]
    assert isinstance(changed, Classified)
    assert all(not unicodedata.category(word[0]).startswith("M") for word in changed.first.split())
    assert changed.first != text


@pytest.mark.parametrize(
    ("name", "task", "language", "reason"),
    [
        ("shuffle", "pawsx", "de", "word order decides"),
        ("shuffle", "lab-paraphrase", "lab-a", "word order decides"),
        ("shuffle", "xnli", "zh", "without spaces"),
        ("typo", "xnli", "hi", "no keyboard letters are stated for Deva"),
        ("homoglyph", "xnli", "th", "no homoglyph letters"),
        ("distractor", "xnli", "de", "sentence in the context of a question"),
        ("swap", "lab-text", "lab-a", "not perturbed"),
        ("swop", "xnli", "de", "unknown perturbation 'swop'"),
    ],
)
def test_a_perturbation_that_cannot_keep_labels_or_has_no_letters_is_refused(
    name: str, task: str, language: str, reason: str
) -> None:
    assert reason in unfit(name, task, language)
    with pytest.raises(UsageError, match=reason):
        perturb(classified("some text", task=task, language=language), name, 0)


def test_none_changes_nothing() -> None:
    dataset = classified("some text")
    assert perturb(dataset, "none", 0) == (dataset, 0.0)


def test_choices_keep_question_and_label() -> None:
    example = Choice("1", "The woman washed the dishes", "effect", ("They became clean", "They became dirty"), 0)
    dataset = Dataset("xcopa", "choice", "en", "test", (example,) * 20)
    changed = perturb(dataset, "drop", 0)[0]
    assert {(e.second, e.label) for e in changed.examples if isinstance(e, Choice)} == {("effect", 0)}
    assert {e.options for e in changed.examples if isinstance(e, Choice)} != {example.options}


def test_only_what_is_searched_with_is_changed_in_retrieval() -> None:
    pool = Bitext(
        tuple(SentenceExample(f"s{i}", "einige schlafende Tiere träumten") for i in range(20)),
        tuple(SentenceExample(f"t{i}", "some sleeping animals dreamed") for i in range(20)),
        frozenset((f"s{i}", f"t{i}") for i in range(20)),
    )
    changed = perturb(Dataset("tatoeba", "bitext", "de", "test", pool=pool), "swap", 0)[0].pool
    assert isinstance(changed, Bitext)
    assert changed.targets == pool.targets
    assert changed.gold == pool.gold
    assert changed.sources != pool.sources


def test_a_distractor_comes_last_shares_words_and_holds_no_answer() -> None:
    dataset = load("lab-qa", "lab-a", "test", WorldSource(World(0)))
    changed, rate = perturb(dataset, "distractor", 0)
    added = shared = 0
    for before, after in zip(dataset.examples, changed.examples, strict=True):
        assert isinstance(before, QAExample)
        assert isinstance(after, QAExample)
        assert after.context.startswith(before.context)
        extra = after.context[len(before.context) :].strip()
        added += bool(extra)
        shared += bool(set(extra.split()) & set(before.question.split()))
        assert before.answers[0][0] not in extra
        assert not set(before.question.rstrip(" ?").split()) <= set(extra.split())
    assert added > 0.95 * len(dataset)
    assert shared > 0.8 * len(dataset)
    assert 0.2 < rate < 0.6
