"""The certificate of a reading accounts for the whole sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lexicon_table import LEXICON_TABLE

from claims.checking.over_tables import TableJudge
from claims.domains.registry.words import transfer_grammar
from claims.domains.table.reading import TableReader
from claims.language.certificate import certificate, plain_words
from claims.language.chart import Grammar, RuleItem
from claims.language.reading import grammar
from claims.language.tokens import fold, tokens_of

READER, JUDGE = TableReader(LEXICON_TABLE), TableJudge([LEXICON_TABLE])
SUBJECTS = ("Maple", "The Birch model", "Elder", "Our results show that Maple", "However, Birch")
VERBS = ("outperforms", "does not outperform", "is better than", "also clearly beats", "has a higher Dev accuracy than")
RIVALS = ("Birch", "Fir", "Pine", "all other models", "the Elder model")
PLACES = ("", " on Dev", " on Dev and Test", " in terms of accuracy", " on all sets", " [3]", " (Smith et al., 2020)")

sentences = st.builds("{} {} {}{}.".format, *(st.sampled_from(part) for part in (SUBJECTS, VERBS, RIVALS, PLACES)))


def words(text: str) -> list[str]:
    return [token.folded for token in tokens_of(text)]


amounts = st.sampled_from(["", " by 0.9 points", " by 40 points", " by more than 5 points", " by 3%"])
pools = st.sampled_from(
    [*RIVALS, "all models but Birch", "all other models except Fir", "all but Birch", "most models"]
)
counted = st.builds(
    "{} {} {}{}{}.".format,
    st.sampled_from(SUBJECTS),
    st.sampled_from(VERBS),
    pools,
    amounts,
    st.sampled_from(PLACES[:5]),
)


@given(counted)
def test_every_number_and_every_line_of_a_decided_sentence_stands_in_its_assertion(sentence: str) -> None:
    verdict = JUDGE.verdict(sentence)
    if verdict.verdict in {"supported", "refuted", "mixed"}:
        assertion = str(verdict.assertion)
        named = re.findall(r"Maple|Birch|Elder|Fir|Pine|Dev|Test|0\.9|40|3%|\b5\b", sentence)
        assert [name for name in named if name not in assertion] == [], f"{sentence} → {assertion}"


@given(sentences)
def test_every_token_of_a_read_sentence_is_in_its_certificate_once_and_in_order(sentence: str) -> None:
    read = READER.read(sentence)
    for reading in read.readings:
        used = certificate(reading.parse, read.forest.tokens)
        assert [word for part in used for word in words(part.text)] == words(sentence)
        assert all(part.role for part in used)


@given(sentences)
def test_the_certificate_of_a_verdict_is_that_of_its_sentence(sentence: str) -> None:
    (over,) = JUDGE.judged(sentence)
    covered = [word for part in over.verdict.certificate for word in words(part.text)]
    assert covered == (words(sentence) if over.truths else [])


@given(sentences)
def test_no_name_number_or_negation_is_neutral(sentence: str) -> None:
    names = {"maple", "birch", "elder", "fir", "pine", "dev", "test", "accuracy", "not", "all", "other", "higher"}
    for part in JUDGE.verdict(sentence).certificate:
        if part.neutral:
            assert not names & {fold(word) for word in part.text.split()}


@pytest.mark.parametrize(
    ("sentence", "neutral"),
    [
        (
            "However, Maple also beats the Birch model on Dev (Smith et al., 2020).",
            ["However", "also", "the", "(Smith et al., 2020)"],
        ),
        ("Maple beats Birch on Dev.", []),
    ],
)
def test_words_that_carry_nothing_are_marked_with_the_reason(sentence: str, neutral: list[str]) -> None:
    used = JUDGE.verdict(sentence).certificate
    assert [part.text for part in used if part.neutral] == neutral
    assert {part.neutral for part in used if part.neutral} <= set(plain_words().neutral.values())


PARTS = [(rule, item) for rule, sides in grammar().rules.items() for side in sides for item in side]
LABELLED = {item.label for _, item in PARTS if item.label and item.symbol not in grammar().rules}
UNLABELLED = {item.symbol for _, item in PARTS if not item.label and item.symbol not in grammar().rules}


def test_every_word_that_the_grammar_takes_has_a_plain_word() -> None:
    assert LABELLED - plain_words().labels.keys() == set()
    assert UNLABELLED - plain_words().symbols.keys() == set()


def test_every_plain_word_is_of_a_part_of_a_grammar() -> None:
    paths = {f"{rule}.{item.label}" for rule, item in PARTS} | {item.label for _, item in PARTS}
    symbols = {item.symbol for grammar_of in (grammar(), transfer_grammar()) for item in items(grammar_of)}
    words = plain_words()
    assert {*words.labels, *words.phrases} - paths == set()
    assert {*words.symbols, *words.neutral} - symbols == set()


def items(rules: Grammar) -> list[RuleItem]:
    return [item for sides in rules.rules.values() for side in sides for item in side]


def test_names_are_called_by_what_they_are_in_the_sentence() -> None:
    used = JUDGE.verdict("Maple outperforms Birch on Dev.").certificate
    assert [(part.text, part.role) for part in used] == [
        ("Maple", "subject"),
        ("outperforms", "comparison"),
        ("Birch", "compared with"),
        ("on", "place"),
        ("Dev", "place"),
        (".", "sign"),
    ]
