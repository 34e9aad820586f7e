"""Sentences that differ in one number only: reading them once changes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.numbers import Number
from analysis.registry.vocabulary import vocabulary
from claims.domains.registry.claim import read_claim, reader_over
from claims.domains.registry.reading import RegistryReader
from claims.domains.registry.same_but_number import NumberedReading, spot_of
from claims.domains.registry.watched import watched
from claims.hashed import replace
from claims.reading import Reading

SENTENCES = [
    "MNLI improves XNLI by {} points.",
    "Intermediate-task training on QQP improves BUCC by {} points on the development set.",
    "CCG is outperformed by MNLI on XNLI by {} points.",
    "On average, QQP improves the target tasks by {} points.",
    "XNLI loses {} points with QQP.",
    "MNLI reaches {} accuracy on XNLI.",
    "MNLI yields large gains of {} points on XNLI.",
    "MNLI improves XNLI to {} points.",
    "MNLI improves XNLI by at least {} points and BUCC, too.",
    "SQuAD 1.1 improves XNLI by {} points.",
    "MNLI improves XNLI by 2 to {} points.",
    "MNLI improves XNLI by {} % on the dev set.",
]
NUMBERS = ["2.1", "1.1", "3.0", "9.9", "29.9", "30.1", "65.1"]


def _alone(sentence: str) -> Reading:
    """The reading by a reader that has read nothing before."""
    read_claim.__globals__["_read"].cache_clear()
    reader_over.cache_clear()
    return read_claim(sentence)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_reads_the_same_after_one_that_differs_in_its_number(sentence: str) -> None:
    alone = [_alone(sentence.format(number)) for number in NUMBERS]
    assert [read_claim(sentence.format(number)) for number in NUMBERS] == alone


def test_what_a_number_decides_besides_is_read_afresh() -> None:
    reader_over.cache_clear()
    for sentence in SENTENCES:
        read_claim(sentence.format("2.1"))
    kept = {before for before, _ in reader_over(vocabulary()).numbered}
    assert "MNLI improves XNLI by " in kept
    assert not kept & {"MNLI reaches ", "MNLI improves XNLI to ", "MNLI yields large gains of "}


def test_a_sentence_with_two_such_numbers_has_no_spot() -> None:
    assert spot_of("MNLI improves XNLI by 2.1 points and BUCC by 3.4 points.") is None
    assert spot_of("MNLI improves XNLI by 2.1 points.") is not None


@pytest.mark.parametrize("ask", [lambda n: n.value > 1, lambda n: n.text, lambda n: n == n, hash, lambda n: n.low])
def test_a_watched_number_notes_that_it_was_asked_for(ask: object) -> None:
    seen: list[str] = []
    number = watched(Number(Decimal("2.1"), Decimal("0.05")), Decimal("2.1"), "2.1", seen, {})
    assert replace(number, unit="points").unit == "points"
    assert not seen
    assert callable(ask)
    ask(number)
    assert seen


def test_no_more_readings_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.domains.registry.reading.KEPT", 2)
    reader = RegistryReader(vocabulary())
    for task in ("MNLI", "QQP", "CCG"):
        spot = spot_of(f"{task} improves XNLI by 2.1 points.")
        assert spot is not None
        reader.keep(NumberedReading(Reading(None), spot))
    assert [before.partition(" ")[0] for before, _ in reader.numbered] == ["QQP", "CCG"]
