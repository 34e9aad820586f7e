"""What a model is shown and how its answer is read."""

from __future__ import annotations

import re

import pytest

from analysis.tables import Table, table_of_grid
from claims.domains.table.reading import TableReader
from claims.proposing.gate import objections
from claims.proposing.judging import MOST, NAMES_SHOWN, _opening, messages_for, sentences_of

CLAIM = "AME  beats\nBERT."


def test_the_question_holds_caption_names_and_claim_but_no_number_of_the_table(table: Table) -> None:
    question = messages_for(CLAIM, table)[-1].content
    assert question.startswith('Table: Accuracy on three data sets.\nRows: "BERT", "AME", "AME w/o psg"')
    assert 'Columns: "MNLI", "RTE", "QNLI"' in question
    assert question.endswith("Claim: AME beats BERT.")
    assert not re.search(r"\d\d", question)
    whole = " ".join(m.content for m in messages_for(CLAIM, table))
    assert not any(value.number.text in whole for value in table.values.values())


def test_the_numbers_are_shown_only_if_that_is_asked_for(table: Table) -> None:
    assert "AME | MNLI | 82.0" in messages_for(CLAIM, table, numbers=True)[-1].content


def test_a_long_table_is_shown_in_part_and_the_rest_is_counted() -> None:
    rows = [[f"run{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10]}", "1.0"] for i in range(100)]
    (long,) = table_of_grid(["Model", "MNLI"], rows)
    question = messages_for(CLAIM, long)[-1].content
    assert f"and {100 - NAMES_SHOWN} more" in question
    assert rows[-1][0] not in question


def test_the_examples_shown_to_a_model_are_read_and_pass_the_gate() -> None:
    (table,) = table_of_grid(
        ["Model", "Dev", "Test", "Blind"],
        [["Maple", "71.0", "69.5", "70.2"], ["Birch", "72.0", "68.0", "70.0"]],
        caption="Accuracy.",
    )
    reader, chat = TableReader(table), _opening()[1:]
    for asked, answered in zip(chat[::2], chat[1::2], strict=True):
        texts = sentences_of(answered.content)
        assert all(reader.read(text).readings for text in texts)
        if texts:
            assert objections(asked.content.removeprefix("Claim: "), texts, reader) == ()


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ('{"sentences": ["A beats B.", "B is worst."]}', ("A beats B.", "B is worst.")),
        ('```json\n{"sentences": ["A beats B."]}\n```', ("A beats B.",)),
        ('["A beats B."]', ("A beats B.",)),
        ("- A beats B.\n2. B is worst.\n", ("A beats B.", "B is worst.")),
        ("“A beats B.”", ("A beats B.",)),
        ("A beats B.\nA beats B.", ("A beats B.",)),
        ("A \x1b[31mbeats B.", ("A [31mbeats B.",)),
        ('{"sentences": []}', ()),
        ('{"sentences": "none"}', ()),
        ('{"sentences": [1, null, {"a": 2}]}', ()),
        ('{"other": 1}', ()),
        ("None", ()),
        ("", ()),
        ("[" * 100_000, ("[" * 100_000,)),
        ("\n".join(f"A beats B{i}." for i in range(MOST + 1)), ()),
    ],
)
def test_an_answer_is_read_as_json_or_lines_and_anything_else_is_no_rewording(
    answer: str, sentences: tuple[str, ...]
) -> None:
    assert sentences_of(answer) == sentences
