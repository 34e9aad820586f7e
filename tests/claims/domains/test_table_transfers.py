"""Tables with what is trained on along one axis and what is tested on along the other, with the same names on both."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, judged, table

from analysis.tables import Table
from analysis.tables.labels import corner

GRID = """
{} | Finnish | German | Hindi | Welsh
Finnish | 80.1 | 61.0 | 50.2 | 44.0
German  | 66.3 | 85.0 | 55.1 | 47.2
Hindi   | 51.0 | 58.2 | 79.9 | 41.3
Welsh   | 48.8 | 52.0 | 45.4 | 77.0
"""
HEADED = table(GRID.format("Source \\ Target"), "Accuracy of zero-shot transfer.")
DESCRIBED = table(
    GRID.format(""), "Accuracy when training on the language of the row and testing on that of the column."
)
UNTOLD = table(GRID.format(""), "Accuracy.")


@pytest.mark.parametrize("told", [HEADED, DESCRIBED], ids=["header", "caption"])
@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("German transfers better to Finnish than Hindi does.", "supported"),
        ("Hindi transfers better to Finnish than German does.", "refuted"),
        ("German transfers better to Finnish than Finnish does to German.", "supported"),
        ("Finnish transfers better to German than German does to Finnish.", "refuted"),
        ("Transfer from German to Finnish is better than transfer from Finnish to German.", "supported"),
        ("Training on Hindi helps Finnish less than training on Welsh does.", "refuted"),
        ("Finnish benefits more from German than from Hindi.", "supported"),
        ("German is a better source for Finnish than Hindi.", "supported"),
        ("Welsh is the worst source for Finnish.", "supported"),
        ("Transfer from Hindi to German yields an accuracy of 58.2.", "supported"),
        ("Transfer from German to Hindi yields an accuracy of 58.2.", "refuted"),
        ("Welsh transfers best to Hindi.", "refuted"),
    ],
)
def test_a_source_is_looked_for_where_sources_are(told: Table, sentence: str, word: str) -> None:
    assert judged(sentence, told).verdict == word


@pytest.mark.parametrize(
    "sentence",
    [
        "Transfer from German to Finnish is better than transfer from Finnish to German.",
        "Transfer from Hindi to German yields an accuracy of 58.2.",
        "Finnish transfers best to German.",
    ],
)
def test_a_table_that_does_not_tell_its_axes_decides_nothing_that_depends_on_them(sentence: str) -> None:
    assert judged(sentence, UNTOLD).verdict in WITHHELD


def test_cells_of_other_rows_and_columns_are_compared_where_sources_are_targets_only() -> None:
    board = table("Model | Welsh | German | Mean\nFir | 55.9 | 64.5 | 59.6\nElm | 52.7 | 68.2 | 59.6", "Precision.")
    assert judged("The average user of Fir outperforms Elm by 4.2 points in German.", board).verdict in WITHHELD


def test_a_source_as_its_own_target_counts_or_not_as_the_reader_likes() -> None:
    best_but_on_itself = judged("For every target, training on German beats training on Finnish.", HEADED)
    assert best_but_on_itself.verdict in WITHHELD


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("Source \\ Target", ("Source", "Target")),
        ("Source ↓ / Target →", ("Source", "Target")),
        ("Train / Test", ("Train / Test", "")),
        ("Model", ("Model", "")),
        ("Model ↓", ("Model ↓", "")),
    ],
)
def test_a_header_over_the_labels_says_what_rows_and_columns_are(header: str, parts: tuple[str, str]) -> None:
    assert corner(header) == parts


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("STS transfers better to MNLI than to RTE.", WITHHELD),
        ("STS transfers better to RTE than to MNLI.", WITHHELD),
        ("STS transfers best to RTE.", WITHHELD),
        ("STS transfers better to RTE than CoLA does.", {"supported"}),
        ("CoLA transfers better to RTE than STS does.", {"refuted"}),
        ("MNLI transfers better to STS than to CoLA.", {"supported"}),
    ],
)
def test_beside_a_line_without_transfer_how_well_a_source_transfers_may_be_its_gain(
    sentence: str, words: frozenset[str]
) -> None:
    over = table(
        "Intermediate | MNLI | RTE | CoLA | STS\nNone | 84.0 | 66.0 | 52.1 | 85.8\nMNLI | 84.0 | 78.5 | 49.9 | 88.1\n"
        "CoLA | 83.9 | 62.8 | 52.1 | 85.0\nSTS | 83.8 | 70.1 | 51.7 | 85.8",
        "Transfer: rows are the intermediate tasks, columns the target tasks. Accuracy (%).",
    )
    assert judged(sentence, over).verdict in words
