"""What is offered where neither a sentence over a table nor a part of it is read: its names, each way they may be meant."""

from __future__ import annotations

import pytest
from small_tables import table

from claims.checking.over_tables import TableJudge

BOARD = table(
    """
    Model     | NUS accuracy | Quay accuracy
    Alpha     | 60.5         | 71.0
    Beta      | 58.4         | 73.0
    Gamma-Ray | 50.0         | 50.1
    """
)
JUDGE = TableJudge([BOARD])
SHARED = TableJudge([table("Model | Dev | Dev\nAlpha | 1.0 | 2.0\nBeta | 3.0 | 4.0")])
CONFUSED = TableJudge([table("True | Finch | Goose\nFinch | 81 | 19\nGoose | 14 | 86")])
BARE = TableJudge([table("N | Accuracy (%)\n10 | 96.8\n10 | 73.0\n30 | 55.5")])


@pytest.mark.parametrize(
    ("sentence", "texts", "chosen"),
    [
        ("Alpha frobs the zorgly Beta on NUS accuracy.",
         ("Alpha has a higher NUS accuracy than Beta.", "Alpha has a lower NUS accuracy than Beta."), (("higher",), ("lower",))),
        ("If frobbed, Alpha has less NUS accuracy than the zorgly Beta.",
         ("Alpha has a lower NUS accuracy than Beta.", "Alpha has a higher NUS accuracy than Beta."), (("lower",), ("higher",))),
        ("Alpha frobs Beta.", ("Alpha is better than Beta.", "Alpha is worse than Beta."), (("better",), ("worse",))),
        ("Beta frobs the NUS accuracy.",
         ("Beta has the highest NUS accuracy.", "Beta has the lowest NUS accuracy."), (("highest",), ("lowest",))),
        ("The zorgly NUS accuracy is frobly the lowest of the gammer zorgs.",
         ("Gamma-Ray has the lowest NUS accuracy.", "Alpha has the lowest NUS accuracy.", "Beta has the lowest NUS accuracy."),
         (("Gamma-Ray",), ("Alpha",), ("Beta",))),
        ("Our model outperforms Beta on NUS accuracy.",
         ("Alpha outperforms Beta on NUS accuracy.", "Gamma-Ray outperforms Beta on NUS accuracy."), (("Alpha",), ("Gamma-Ray",))),
    ],
)  # fmt: skip
def test_where_no_part_is_read_every_way_its_names_may_go_is_offered_and_what_was_chosen_is_said(
    sentence: str, texts: tuple[str, ...], chosen: tuple[tuple[str, ...], ...]
) -> None:
    found = JUDGE.verdict(sentence)
    assert (found.verdict, found.rewording) == ("not-testable", "")
    assert tuple(one.text for one in found.rewordings) == texts
    assert tuple(one.chosen for one in found.rewordings) == chosen
    assert all(
        (one.left_out or one.replaced) and "chosen for what was not read: “" in one.changes for one in found.rewordings
    )
    assert all(JUDGE.verdict(one.text, hint=False).certificate for one in found.rewordings)


def test_a_sentence_without_names_of_the_table_offers_no_choice() -> None:
    assert JUDGE.verdict("Fabulous things have zorgly names.").rewordings == ()


@pytest.mark.parametrize(
    ("judge", "sentence", "offered", "chosen"),
    [
        (BARE, "Frobbed 73.0% accuracy is zorgly here.", "The highest accuracy is 73.0.", ("highest",)),
        (JUDGE, "Alpha frobs the zorgly 60.5.", "Alpha is best.", ("best",)),
        (SHARED, "Alpha frobs the zorg.", "Alpha has the highest value on Dev #1.", ("Dev #1", "highest")),
        (CONFUSED, "Finch birds are mistaken for Goose in 19% of the zorgs.",
         "The value of row Finch on column Goose is 19.", ("row Finch", "column Goose")),
    ],
)  # fmt: skip
def test_what_crosses_the_names_of_a_sentence_is_chosen_and_said(
    judge: TableJudge, sentence: str, offered: str, chosen: tuple[str, ...]
) -> None:
    (one, *_) = judge.verdict(sentence).rewordings
    assert (one.text, one.chosen) == (offered, chosen)
    assert judge.verdict(offered, hint=False).assertion is not None
