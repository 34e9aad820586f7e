"""A claim that is not read comes with its reason and with the nearest sentence that would be read."""

from __future__ import annotations

from analysis.registry.vocabulary import vocabulary
from claims.domains.registry.claim import read_claim
from claims.domains.registry.plain_forms import nearest, with_hint
from claims.domains.registry.reading import numbers_with_units
from claims.gathering import gather_evidence
from claims.verify import Verifier

WORDS = vocabulary()


def test_the_words_in_the_way_are_left_out_and_the_rest_is_read() -> None:
    found = nearest("MNLI improves XNLI by 2 points when adapters freeze.", WORDS)
    assert found
    assert read_claim(found).complete
    assert "adapters" not in found


def test_a_sentence_about_something_else_has_no_nearest_one() -> None:
    assert nearest("Everyone loves breakfast.", WORDS) == ""


def test_a_claim_that_was_read_needs_no_hint_and_carries_its_words() -> None:
    verifier = Verifier(gather_evidence([])[0])
    from claimgauge.explaining import explained

    _, reading, verdict = explained("MNLI contains 392,702 training examples.", verifier)
    assert with_hint(verdict, reading, "MNLI contains 392,702 training examples.", WORDS) == verdict
    assert "".join(used.text for used in verdict.certificate).replace(" ", "") == "MNLIcontains392,702trainingexamples."


def test_an_unread_claim_says_that_the_whole_sentence_could_not_be_read() -> None:
    from claimgauge.explaining import explained

    _, _, verdict = explained("MNLI frobnicates XNLI.", Verifier(gather_evidence([])[0]))
    assert verdict.reason.startswith("Could not read the whole sentence: “frobnicates”")
    assert verdict.certificate == ()


def test_a_number_stands_with_its_unit_where_it_has_one() -> None:
    assert [n.text for _, _, n in numbers_with_units("2.1 points of 393 examples")] == ["2.1 points", "393"]
