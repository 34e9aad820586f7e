"""What is offered where a sentence over a table was not read and leaving words out did not help."""

from __future__ import annotations

import pytest
from small_tables import table

from claims.checking.over_tables import TableJudge
from claims.domains.table.part_filling import SLOT
from claims.domains.table.part_words import part_forms
from claims.domains.table.reading import TableReader

BOARD = table(
    """
    Model | NUS accuracy | Quay accuracy
    Alpha | 60.5         | 71.0
    Beta  | 58.4         | 73.0
    Gold  | 50.0         | 50.1
    """
)
NAMES = {"A": "Alpha", "A2": "Beta", "B": "NUS accuracy", "B2": "Quay accuracy", "M": "NUS accuracy", "NUMBER": "2.1"}
ACROSS = NAMES | {"A": "NUS accuracy", "A2": "Quay accuracy", "B": "Alpha"}
FORMS = [(form, NAMES) for g in part_forms() for form in (*g.forms, *g.denied, *g.others, *g.crossed)]


@pytest.mark.parametrize(("form", "names"), [*FORMS, *((form, ACROSS) for g in part_forms() for form in g.across)])
def test_every_form_is_read_in_one_way(form: str, names: dict[str, str]) -> None:
    assert TableReader(BOARD).read(SLOT.sub(lambda slot: names[slot[1]], form)).in_one_way


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("For Alpha the zorgly accuracy is foo higher than for Beta: NUS accuracy.", "Alpha has a higher accuracy than Beta."),
        ("For zorgly Alpha we foo the highest NUS accuracy", "Alpha has the highest NUS accuracy."),
        ("The zorgly gap in NUS accuracy between Alpha and Beta is higher.", ""),
        ("For Gold the zorgly accuracy is foo higher than for Alpha and Beta: NUS accuracy.", ""),
        ("Zorgly 3 foo Alpha 4 higher than Beta NUS accuracy", "Alpha has a higher NUS accuracy than Beta."),
        ("Alpha does not zorgly overmaster the venerable Beta when it comes to NUS", ""),
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


@pytest.mark.parametrize(
    ("sentence", "offered", "left_out"),
    [
        ("Alpha zorgly beats Beta on NUS.", "Alpha beats Beta on NUS.", ("zorgly",)),
        ("Alpha zorgly5 beats Beta on NUS.", "Alpha is better than Beta on NUS.", ("zorgly5",)),
        ("Alpha beats Beta on NUS, zorgly similar on Quay.", "Alpha beats Beta on NUS.", ("zorgly similar on Quay",)),
        ("Alpha beats zorgly-Beta on NUS.", "", ()),
    ],
)
def test_what_a_rewording_leaves_out_is_said_and_is_no_part_of_a_name(
    sentence: str, offered: str, left_out: tuple[str, ...]
) -> None:
    found = TableJudge([BOARD]).verdict(sentence)
    assert (found.verdict, found.rewording, found.left_out) == ("not-testable", offered, left_out)
