"""Rewordings of sentences over a table that say a part of them: what they keep, what they say they leave out."""

from __future__ import annotations

import pytest
from small_tables import table

from claims.checking.over_tables import TableJudge
from claims.domains.table.part_words import part_forms
from claims.verdict import Verdict

BOARD = table(
    """
    Model        | NUS accuracy | Quay accuracy
    Alpha        | 60.5         | 71.0
    Beta         | 58.4         | 73.0
    Gold (disc)  | 50.0         | 50.1
    """
)
GRID = table(
    """
    Features | Classifier | F1   | Recall
    Text     | SVM        | 70.1 | 60.2
    Text     | RF         | 68.2 | 61.3
    Image    | SVM        | 50.4 | 40.5
    Image    | RF         | 52.6 | 41.7
    """
)
JUDGE = TableJudge([BOARD])


def offered(sentence: str, judge: TableJudge = JUDGE) -> list[str]:
    return [one.text for one in judge.verdict(sentence).rewordings if not one.chosen]


@pytest.mark.parametrize(
    ("sentence", "first", "left_out"),
    [
        ("The zorgly of Alpha is fabulous: it has a higher NUS accuracy than Beta.", "Alpha has a higher NUS accuracy than Beta.", ("The zorgly of", "is fabulous it")),
        ("Alpha zorgs, and Alpha frobly has the highest NUS accuracy in 2019.", "Alpha has the highest NUS accuracy.", ("zorgs and Alpha frobly", "in 2019")),
        ("Zorgly Alpha foos an NUS accuracy of 60.5, a fabulous thing.", "The NUS accuracy of Alpha is 60.5.", ("Zorgly", "foos an", "a fabulous thing")),
        ("The frobnicated Alpha (60.5) and Beta (58.4) are fabulous on NUS.", "The NUS of Alpha is 60.5.", ("frobnicated", "and Beta 58.4 are fabulous on")),
        ("Alpha does not zorgly outperform the fabulous Beta on NUS.", "Alpha does not outperform the Beta on NUS.", ("zorgly", "fabulous")),
        ("Alpha frob does not outperform Beta in 2019 on NUS.", "Alpha is not better than Beta on NUS.", ("frob does", "in 2019")),
        ("Alpha fabulously outperforms all the other zorgly models on NUS.", "Alpha outperforms all the other models on NUS.", ("fabulously", "zorgly")),
        ("The zorgly Alpha is by 2.1 points better than the frobnicated Beta in 2019 on NUS.", "Alpha is better than Beta on NUS by 2.1 points.", ("The zorgly", "the frobnicated", "in 2019")),
    ],
)  # fmt: skip
def test_a_part_of_a_sentence_is_offered_with_what_it_leaves_out(
    sentence: str, first: str, left_out: tuple[str, ...]
) -> None:
    found = JUDGE.verdict(sentence)
    assert (found.verdict, found.rewording, found.left_out) == ("not-testable", first, left_out)


def test_an_unread_name_is_offered_as_the_nearest_of_the_table_and_said_so() -> None:
    birds = TableJudge([table("Model | NUS accuracy\nGoldfinch | 50.0\nBullfinch | 60.5")])
    (one,) = birds.verdict("Goldfinsh has the lowest NUS accuracy.").rewordings
    assert one.replaced == (("Goldfinsh", "Goldfinch"),)
    assert one.text == "Goldfinch has the lowest NUS accuracy."
    assert one.changes == "“Goldfinch” instead of “Goldfinsh”"


@pytest.mark.parametrize(
    "sentence",
    [
        "We test whether the zorgly Alpha outperforms Beta on NUS.",
        "It is not clear that, on NUS, the zorgly Alpha outperforms Beta.",
        "The zorgly3 Alpha outperforms Beta only on NUS.",
        "The zorgly Alpha outperforms Beta on NUS, except in frob mode.",
        "If frobbed, the zorgly Alpha outperforms Beta on NUS.",
        "Alpha does not frob to zorg and outperform Beta on NUS.",
        "The zorgly3 Alpha is second best on NUS.",
        "Zorgly Alpha shows the highest drop in NUS accuracy.",
        "Fabulous things have zorgly names.",
    ],
)
def test_nothing_is_offered_of_what_is_denied_doubted_excepted_or_weakened(sentence: str) -> None:
    assert offered(sentence) == []


TURNED = [
    ("{word} Alpha {verb} the zorgly Beta on NUS accuracy", False),
    ("On NUS accuracy the zorgly Beta {verb} {word} Alpha, they say", True),
]


@pytest.mark.parametrize(("form", "swapped"), TURNED)
@pytest.mark.parametrize("word", ["fabulously", "zorgly 3"])
def test_a_rewording_keeps_the_direction_and_who_stands_where(form: str, swapped: bool, word: str) -> None:
    better, worse, higher, lower = part_forms()[:4]
    up = [f"is {one} than" for one in higher.words & higher.adjectives - {"larger"}] + ["is better than", "outperforms"]
    down = [f"is {one} than" for one in lower.words & lower.adjectives - {"fewer"}] + ["is worse than", "underperforms"]
    assert "outperforms" in better.words
    assert "underperforms" in worse.words
    read = 0
    for verb in (*up, *down):
        says = "supported" if (verb in up) != swapped else "refuted"
        for one in offered(form.format(word=word, verb=verb)):
            assert JUDGE.verdict(one).verdict == says, (verb, one)
            read += 1
    assert read >= len(up)


@pytest.mark.parametrize("verb", ["is outperformed by", "is zorgly beaten by", "was fabulously surpassed by"])
def test_a_passive_is_not_turned_round(verb: str) -> None:
    said = {JUDGE.verdict(one).verdict for one in offered(f"Alpha {verb} the frobbed Beta on NUS accuracy.")}
    assert said <= {"refuted"}


def test_what_one_clause_names_is_not_said_of_another() -> None:
    said = offered(
        "The zorgly Alpha is better than the frob Beta in 2019 on NUS, and Beta is zorgly best on Quay in 2020."
    )
    assert said == ["Alpha is better than Beta on NUS.", "Beta is best on Quay."]


@pytest.mark.parametrize(("easy", "hard", "verdict"), [("Easy", "Hard", "supported"), ("Hard", "Easy", "refuted")])
def test_lines_that_are_tested_on_are_compared_in_their_direction(easy: str, hard: str, verdict: str) -> None:
    judge = TableJudge([table("Model | Easy | Hard\nAlpha | 60.5 | 51.0\nBeta | 70.4 | 53.0", "Accuracy.")])
    said = offered(f"The frobnicated Alpha is zorgly better in 2019 on {easy} than on {hard}.", judge)
    assert said
    assert {judge.verdict(one).verdict for one in said} == {verdict}


def test_a_superlative_compares_what_the_sentence_compares() -> None:
    judge = TableJudge([table("Pair | Ours | Base\nEn-De | 60.5 | 51.0\nEn-Fr | 70.4 | 53.0")])
    said = offered("The fabulous 'Ours' approach has the highest zorgly score for the En-De translation.", judge)
    assert said
    assert {judge.verdict(one).verdict for one in said} == {"supported"}


def test_names_that_stand_for_one_line_together_are_kept_together() -> None:
    judge = TableJudge([GRID])
    found = judge.verdict(
        "The fabulous text classifier with SVM has a higher F1 than the zorgly image classifier with RF."
    )
    assert found.rewordings
    assert {judge.verdict(one.text).verdict for one in found.rewordings} == {"supported"}


def test_two_sides_on_different_tests_are_not_compared_on_one() -> None:
    said = offered("The fabulous Alpha frob on NUS accuracy has a higher value than the zorgly Beta on Quay accuracy.")
    assert said[0] == "The value of Alpha on NUS accuracy is higher than the value of Beta on Quay accuracy."


SILENT = [
    "Alpha zorgs, and Alpha frobly has the highest NUS accuracy in 2019.",
    "Alpha frobs to zorgs, outperforming Beta on NUS.",
    "Zorgly Alpha foos an NUS accuracy of 60.5, a fabulous thing.",
    "The zorgly Alpha is better than Beta on NUS, and the frobbed Beta is fabulous and best on Quay accuracy.",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_every_rewording_is_read_in_one_way_with_a_certificate_and_there_are_three_at_most(sentence: str) -> None:
    found: Verdict = JUDGE.verdict(sentence)
    assert 1 <= len(found.rewordings) <= 3
    for one in found.rewordings:
        read = JUDGE.verdict(one.text)
        assert read.assertion is not None
        assert read.certificate
        assert one.left_out or one.replaced


def test_where_nothing_can_be_offered_the_names_of_the_table_are_told() -> None:
    none = JUDGE.verdict("Breakfast is a fascinating subject.").reason
    assert none.endswith(
        "It has none of the table's names (it says “subject”); the table has rows Alpha, Beta, Gold (disc)"
        " and columns NUS accuracy, Quay accuracy."
    )
    some = JUDGE.verdict("Alpha is a fascinating subject.").reason
    assert "Of the table's names it has “Alpha”; the table has rows Alpha, Beta" in some


PARTS = TableJudge(
    [
        table(
            """
            Model                 | NUS accuracy | Quay accuracy
            Owl with small fusion | 60.5         | 40.2
            Owl                   | 58.4         | 41.3
            Words 50K             | 50.0         | 42.4
            """
        )
    ]
)


@pytest.mark.parametrize(
    ("sentence", "replaced"),
    [
        ("Words=50, K has the lowest NUS accuracy.", ("Words=50, K", "Words 50K")),
        ("The full-word system has the lowest NUS accuracy.", ("full-word", "Words 50K")),
    ],
)  # fmt: skip
def test_a_label_that_is_said_with_a_word_more_is_offered_in_its_place_and_said_so(
    sentence: str, replaced: tuple[str, str]
) -> None:
    verdict = PARTS.verdict(sentence)
    (one,) = verdict.rewordings
    assert (verdict.verdict, one.replaced) == ("not-testable", (replaced,))
    assert PARTS.verdict(one.text).verdict == "supported"


@pytest.mark.parametrize(
    "sentence",
    [
        "Owl with no small fusion has the highest NUS accuracy.",
        "Owl with 3 small fusion has the highest NUS accuracy.",
        "Owl with Quay small fusion has the highest NUS accuracy.",
        "Owl with lower small fusion has the highest NUS accuracy.",
    ],
)
def test_no_label_takes_the_place_of_words_that_deny_compare_number_or_name(sentence: str) -> None:
    assert all("with small fusion" not in text for text in offered(sentence, PARTS))


def test_the_number_that_something_is_changed_to_is_offered_as_a_value() -> None:
    (one, *_) = JUDGE.verdict("Frobbing reduces the NUS accuracy of Beta to below 59.").rewordings
    assert (one.text, one.left_out) == ("The NUS accuracy of Beta is below 59.", ("Frobbing reduces",))


def test_lines_that_share_a_name_or_have_none_are_offered_by_their_number_and_what_it_means_is_said() -> None:
    judge = TableJudge([table("| Score | Score\n| 1.0 | 2.0\n| 3.0 | 4.0")])
    found = judge.verdict("The zorg is high.")
    assert found.examples[0] == "row #2 has the highest Score #1."
    assert "It has none of the table's names" in found.reason
    assert "A number behind a name counts the lines that share it" in found.reason
