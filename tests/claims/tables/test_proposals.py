"""When an assertion by another reader counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from claims.tables.check import check_claim
from claims.tables.layout import Grid, laid_out
from claims.tables.proposals import accepted, check_with_reader
from claims.tables.table import Table
from claims.tables.vocabulary import Vocabulary

TABLE = laid_out(
    Grid(
        "Scores on three data sets.",
        (
            ("Model", "MNLI", "RTE", "QNLI"),
            ("BERT", "80.1", "70.2", "85.0"),
            ("AME", "82.0", "69.0", "86.0"),
            ("AME w/o psg", "81.0", "60.0", "84.0"),
        ),
        source="t.csv",
    )
)
UNREAD = "Between AME and BERT, the crown of MNLI goes to the former."
"""A sentence that our own reader does not read."""


@dataclass(frozen=True)
class Says:
    """A reader that always says the same, and remembers what it was asked."""

    texts: Sequence[str]
    name: str = "a model"

    def propose(self, sentence: str, vocabulary: Vocabulary) -> Sequence[str]:
        assert vocabulary.rows
        return self.texts


def refusal(text: str, claim: str, table: Table = TABLE) -> str:
    """Why a proposal does not count; empty where it does."""
    (proposal,) = accepted([text], claim, table)
    assert (proposal.word is None) == bool(proposal.why)
    return proposal.why


def test_a_proposal_that_says_what_the_sentence_says_is_judged() -> None:
    (true,) = accepted(
        ['(better "AME" "BERT" :on "MNLI" :by 1.9 points)'], "AME outperforms BERT on MNLI by 1.9 points.", TABLE
    )
    (false,) = accepted(
        ['(better "BERT" "AME" :on "MNLI" :by 1.9 points)'], "BERT outperforms AME on MNLI by 1.9 points.", TABLE
    )
    assert (true.word, false.word) == ("supported", "refuted")
    assert true.found is not None
    assert [cell.text for cell in true.found.cells] == ["82.0", "80.1"]


@pytest.mark.parametrize(
    ("text", "claim", "why"),
    [
        ('(best "AME" :on "MNLI")', "AME is the winner on MNLI next to GPT4.", "“GPT4” in the sentence is no name"),
        ('(best "BERT" :on "MNLI")', "The winner on MNLI is AME.", 'the sentence does not name "BERT"'),
        ('(best "AME")', "The winner on MNLI is AME.", "names “MNLI”, the assertion does not"),
        ('(value "AME" 82 :on "MNLI")', "AME reaches 82.0 on MNLI.", "the sentence does not state 82"),
        ('(best "AME" :on "MNLI")', "AME wins on MNLI with 82.0.", "states 82.0, the assertion does not"),
        ('(better "AME" "BERT" :on "MNLI" :by 1.9%)', "AME gains 1.9 points over BERT on MNLI.", "does not state 1.9%"),
        ('(better "AME" "BERT" :on "MNLI" :by 1 points)', "AME gains at least 1 point over BERT on MNLI.", "not state 1 points"),
        ('(better "AME" "BERT" :on "MNLI")', "AME does not outperform BERT on MNLI.", "holds a negation"),
        ('(not (better "AME" "BERT" :on "MNLI"))', "AME outperforms BERT on MNLI.", "the assertion holds a negation"),
        ('(better "AME" "BERT")', "AME is statistically significantly better than BERT.", "a significance test"),
        ('(better "AME" "BERT" :mean)', "AME is better than BERT.", "the assertion holds an average"),
        ('(better "AME" "BERT")', "AME is better than BERT on all data sets.", "holds “all”"),
        ('(better "AME" "BERT" :share any)', "AME is better than BERT on most data sets.", "holds “most”"),
        ('(better "AME" "BERT" :share any)', "AME is better than BERT.", "the assertion holds “any”"),
        ('(better "AME" "BERT" :share 2/3)', "AME is better than BERT.", "does not state 2"),
        ('(best "AME")', "AME is the best, except on RTE.", "an exception"),
        ('(best "AME" :on "RTE")', "AME is second on RTE.", "place 2 stands in the sentence only"),
        ('(best "AME" :on "RTE" :rank 2)', "AME is the best on RTE.", "place 2 stands in the assertion only"),
        ('(better "AME" "BERT" :on "MNLI" :by 2.4%)', "AME improves on BERT by 2.4% relative on MNLI.", "holds “relative”"),
        ('(worse "AME" "BERT" :on "MNLI")', "AME outperforms BERT on MNLI.", "points another way"),
        ('(better "BERT" "AME" :on "MNLI")', "AME is better than BERT on MNLI.", "points another way"),
        ('(better "BERT" "AME" :on "MNLI")', "Compared to BERT, AME is better on MNLI.", "points another way"),
        ('(better "AME" "BERT" :on "MNLI")', "AME leaves BERT behind on MNLI.", "points another way"),
        ('(worst "AME" :on "RTE")', "AME is the best on RTE.", "points another way"),
        ('(same "AME" "BERT" :on "RTE")', "AME is better than BERT on RTE.", "“same”"),
        ("(nothing)", "AME is the best.", "reads nothing"),
        ('(best "AME"', "AME is the best.", "the text ends"),
        ('(best "FME")', "FME is the best.", "no name of the table"),
    ],
)  # fmt: skip
def test_a_proposal_that_drops_or_adds_something_is_refused_with_the_reason(text: str, claim: str, why: str) -> None:
    assert why in refusal(text, claim)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ('(better "AME" "BERT" :on "MNLI" :by >=1 points)', "AME gains at least 1 point over BERT on MNLI."),
        ('(not (better "AME" "BERT" :on "RTE"))', "AME does not outperform BERT on RTE."),
        ('(better "AME" "BERT" :share any)', "AME is better than BERT on some data sets."),
        ('(better "AME" "BERT" :share most)', "AME is better than BERT on most data sets."),
        ('(better "AME" "BERT" :share 2/3)', "AME is better than BERT on two of the three data sets."),
        ('(better "AME" "the others" :on "MNLI")', "AME outperforms all models on MNLI."),
        ('(worse "BERT" "AME" :on "MNLI")', "AME outperforms BERT on MNLI."),
        ('(better "AME" "BERT" :on "MNLI")', "Compared to BERT, AME is better on MNLI."),
        ('(best "AME" :but "RTE")', "AME is the best, except on RTE."),
        ('(best "AME" :on "RTE" :rank 2)', "AME is second on RTE."),
        ('(better "AME" "BERT" :on "MNLI" :by 2.4% relative)', "AME improves on BERT by 2.4% relative on MNLI."),
    ],
)
def test_a_proposal_that_holds_all_of_the_sentence_is_not_refused(text: str, claim: str) -> None:
    assert refusal(text, claim) == ""


def test_a_proposal_counts_where_our_own_reader_read_nothing_and_is_marked() -> None:
    assert check_claim(UNREAD, [TABLE]).assertion is None
    verdict = check_with_reader(UNREAD, [TABLE], Says(['(better "AME" "BERT" :on "MNLI")']))
    assert verdict.verdict == "supported"
    assert verdict.flags == ("proposed",)
    assert "a model proposed this reading" in verdict.reason
    assert verdict.assertion == '(better "AME" "BERT" :on "MNLI")'
    assert [item.source for item in verdict.evidence] == ["t.csv row 3 column 2: 82.0", "t.csv row 2 column 2: 80.1"]


def test_without_a_proposal_that_counts_nothing_is_decided_and_the_refusal_is_shown() -> None:
    verdict = check_with_reader(UNREAD, [TABLE], Says(['(best "AME" :on "RTE")', "(nothing)"]))
    assert (verdict.verdict, verdict.assertion) == ("not-testable", None)
    assert "Nothing that a model proposed counts" in verdict.reason
    assert len(verdict.alternatives) == 2
    assert 'refused: the sentence does not name "RTE"' in verdict.alternatives[0]


def test_proposals_that_come_out_differently_decide_nothing() -> None:
    texts = ['(better "AME" "BERT" :on "MNLI")', '(better "BERT" "AME" :on "MNLI")']
    verdict = check_with_reader(UNREAD, [TABLE], Says(texts))
    assert (verdict.verdict, verdict.flags, verdict.evidence) == ("not-testable", ("ambiguous", "proposed"), ())


def test_what_our_own_reader_decides_stands_beside_a_proposal_that_agrees() -> None:
    claim = "AME outperforms BERT on MNLI."
    own = check_claim(claim, [TABLE])
    assert own.verdict == "supported"
    beside = check_with_reader(claim, [TABLE], Says(['(higher "AME" "BERT" :on "MNLI")']))
    assert (beside.verdict, beside.flags, beside.assertion) == (own.verdict, own.flags, own.assertion)
    assert "it gives supported" in beside.alternatives[-1]


def test_readings_that_differ_are_ambiguous() -> None:
    claim = "AME is better than BERT on MNLI but worse on RTE."
    assert check_claim(claim, [TABLE]).verdict == "supported"
    proposed = '(and (worse "AME" "BERT" :on "MNLI") (better "AME" "BERT" :on "RTE"))'
    verdict = check_with_reader(claim, [TABLE], Says([proposed]))
    assert verdict.verdict == "not-testable"
    assert "ambiguous" in verdict.flags
    assert "it gives refuted" in verdict.alternatives[-1]


def test_what_our_own_reader_read_but_could_not_decide_is_not_decided_by_a_proposal() -> None:
    claim = "AME is statistically significantly better than BERT on MNLI."
    own = check_claim(claim, [TABLE])
    assert own.assertion is not None
    assert own.verdict == "not-testable"
    verdict = check_with_reader(claim, [TABLE], Says(['(better "AME" "BERT" :on "MNLI")']))
    assert (verdict.verdict, verdict.evidence) == (own.verdict, own.evidence)


def test_tables_of_which_only_one_has_the_names_are_each_asked() -> None:
    other = laid_out(Grid("", (("Model", "QA"), ("T5", "3"), ("GPT", "4"))))
    verdict = check_with_reader(UNREAD, [other, TABLE], Says(['(better "AME" "BERT" :on "MNLI")']))
    assert verdict.verdict == "supported"
    assert len(verdict.alternatives) == 1
    assert "no name of the table" in verdict.alternatives[0]
