"""What is offered over a table where no rewording is: true sentences on names, and examples."""

from __future__ import annotations

import pytest
from small_tables import table

from claims.checking.over_tables import TableJudge

BOARD = table(
    """
    Model      | NUS accuracy | Quay accuracy
    Alpha      | 60.5         | 71.0
    Beta       | 58.4         | 73.0
    Gamma-Ray  | 50.0         | 50.1
    """
)
GRID = table(
    """
    Features | Classifier | F1   | Recall
    Text     | SVM        | 70.1 | 60.2
    Text     | RF         | 68.2 | 61.3
    Image    | SVM        | 50.4 | 40.5
    """
)
BIRDS = table("Bird | Wings\nFinch | 2.5\nGoose | 3.5")
JUDGE = TableJudge([BOARD])


def offered(sentence: str, judge: TableJudge = JUDGE) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.text, one.kept) for one in judge.verdict(sentence).suggestions]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Alpha is somewhat comparable to Beta in zorgly NUS accuracy.", ("Alpha has a higher NUS accuracy than Beta.", ("Alpha", "Beta", "NUS accuracy"))),
        ("Beta frobs the NUS accuracy.", ("The NUS accuracy of Beta is 58.4.", ("Beta", "NUS accuracy"))),
        ("The zorgly NUS accuracy is frobly the lowest of the zorg.", ("Gamma-Ray has the lowest NUS accuracy.", ("NUS accuracy",))),
        ("Frobs are zorgly, Beta too.", ("The NUS accuracy of Beta is 58.4.", ("Beta",))),
    ],
)  # fmt: skip
def test_of_the_names_of_an_unread_sentence_what_the_table_shows_is_offered(
    sentence: str, first: tuple[str, tuple[str, ...]]
) -> None:
    found = JUDGE.verdict(sentence)
    assert (found.verdict, found.rewording, found.examples) == ("not-testable", "", ())
    assert offered(sentence)[0] == first


@pytest.mark.parametrize("judge", [JUDGE, TableJudge([GRID])])
@pytest.mark.parametrize("names", ["Alpha", "Beta, Gamma-Ray", "NUS accuracy", "SVM", "Text", "Recall, RF", "nothing"])
def test_what_is_offered_is_borne_out_by_the_table_and_at_most_three(judge: TableJudge, names: str) -> None:
    found = judge.verdict(f"Zorgly frobs are wondrous for {names}.")
    texts = [one.text for one in found.suggestions] or list(found.examples)
    assert 0 < len(texts) <= 3
    assert {judge.verdict(text).verdict for text in texts} == {"supported"}


def test_a_sentence_without_names_of_the_table_comes_with_examples_and_no_suggestion() -> None:
    found = JUDGE.verdict("Fabulous things have zorgly names.")
    assert (found.rewordings, found.suggestions) == ((), ())
    assert found.examples[0] == "Alpha has the highest NUS accuracy."


def test_a_label_written_apart_otherwise_is_offered_as_the_table_writes_it() -> None:
    (first, *_) = JUDGE.verdict("GammaRay frobs zorgly.").suggestions
    assert (first.kept, first.replaced) == (("Gamma-Ray",), (("GammaRay", "Gamma-Ray"),))
    assert first.changes == "keeps only “Gamma-Ray”, leaves out the rest; “Gamma-Ray” instead of “GammaRay”"


def test_of_several_tables_that_with_most_of_the_names_is_spoken_of() -> None:
    assert offered("Zorgly frobs are wondrous for Goose.", TableJudge([BOARD, BIRDS]))[0][1] == ("Goose",)


def test_two_different_measures_are_not_compared() -> None:
    assert not any("than" in text for text, _ in offered("F1 frobs Recall zorgly for RF.", TableJudge([GRID])))
