"""What is offered where a sentence over a table was not read and leaving words out did not help."""

from __future__ import annotations

import pytest
from small_tables import table

from claims.checking.over_tables import TableJudge
from claims.domains.table.plain_forms import SLOT, groups
from claims.domains.table.reading import TableReader

BOARD = table(
    """
    Model | NUS accuracy | Quay accuracy
    Alpha | 60.5         | 71.0
    Beta  | 58.4         | 73.0
    Gold  | 50.0         | 50.1
    """
)
NAMES = {"A": "Alpha", "A2": "Beta", "B": "NUS accuracy", "NUMBER": "2.1"}


@pytest.mark.parametrize("form", [form for group in groups() for form in group.forms])
def test_every_form_is_read_in_one_way(form: str) -> None:
    assert len(TableReader(BOARD).read(SLOT.sub(lambda slot: NAMES[slot[1]], form)).readings) == 1


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("Superior zorgly quux would we fain call Alpha, foo Beta bar baz, NUS notwithstanding", "Alpha has a higher NUS than Beta."),
        ("Worst zorgly quux would we fain call Alpha foo bar baz NUS notwithstanding", "Alpha has the lowest NUS."),
        ("Alpha does not zorgly trump the venerable Beta when it comes to NUS", ""),
        ("Breakfast is a fascinating subject.", ""),
    ],
)  # fmt: skip
def test_a_sentence_that_is_not_read_offers_a_plain_one_with_its_names_and_its_direction(
    sentence: str, offered: str
) -> None:
    found = TableJudge([BOARD]).verdict(sentence)
    assert (found.verdict, found.rewording) == ("not-testable", offered)


@pytest.mark.parametrize("denial", ["does not beat", "doesn't beat", "never beats", "hardly beats"])
def test_no_rewording_says_the_opposite_by_leaving_a_denial_out(denial: str) -> None:
    offered = TableJudge([BOARD]).verdict(f"Alpha {denial} the zorgly Beta on NUS.").rewording
    assert not offered or denial.split()[-2] in offered or denial.split()[0] in offered
