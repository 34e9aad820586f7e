"""What a table prints beside its names and numbers: units in cells and captions, settings, origins, bases, empty cells."""

from __future__ import annotations

import pytest
from small_tables import WITHHELD, check, judged, table

from analysis.tables import Table

COSTS = table(
    """
    Network | F1   | FLOPS | Memory | Latency [ms] | Total (s)
    Ash     | 80.1 | 2.63G | 364 MB | 15.8         | 40
    Oak     | 81.0 | 6.26G | 163 MB | 36.2         | 50
    Elm     | 79.0 | 340M  | 55 MB  | 12.1         | 30
    """,
    "Comparison of networks.",
)
ROUTES = table(
    """
    Router | reward | message
    Ash    | 0.264  | 100.0%
    Oak    | 0.317  | 104.6%
    Elm    | 0.288  | 33.6%
    """,
    "Results on routing.",
)
BANDS = table(
    """
    Region  | First band | Second band
    Palm    | 1270       | 1350
    Knuckle | 1280       | 1360
    """,
    "Means of the bands for classification in nanometers.",
)
PARSERS = table(
    """
    model                | newswire | blogs
    JAMR parser: POS     |          |
    + old aligner        | 71.3     | 65.9
    + new aligner        | 70.1     | 67.6
    CAMR parser: POS     |          |
    + old aligner        | 68.4     | 64.6
    + new aligner        | 68.8     | 65.1
    """,
    "F1 of parsing.",
)
OVERLAPS = table(
    """
    Model | BLEU (All) | BLEU (News) | BLEU (Common) | Coverage%
    Ash   | 66.1       | 73.1        | 69.2 | 100
    Oak   | 75.4       | 81.7        | 77.1 | 99
    Elm   | –          | –           | 62.0 | 78
    """,
    "Results.",
)
EPOCHS = table(
    """
    Run     | MRR
    epoch=3 | 0.80
    epoch=5 | 0.85
    """,
    "Results.",
)
NODES = table(
    """
    Nodes    | Avg. latency of sending | Avg. latency of getting
    chief    | 0.149 | 0.043
    worker 1 | 0.036 | 0.041
    worker 3 | 0.041 | 0.043
    """,
    "Latency.",
)
VECTORS = table(
    """
    Data  | Open. GloVe | Open. EmbDI | Closed. GloVe
    Films | 0.84        | 0.95        | 0.99
    Books | 0.73        | 0.80        | 0.90
    """,
    "F1.",
)
GATES = table(
    """
    Model     | F1   | Votes
    Gated-Ash | 80.0 | 3
    Gated-Oak | 81.0 | 9
    Elm       | 85.0 | 4
    """,
    "Results.",
)
ASPECTS = table(
    """
    Aspect     | Occurrences
    Semantics  | 12
    Accuracy   | 30
    Structure  | 7
    """,
    "Aspects considered.",
)
MEANS = table(
    """
    Dataset | Vote | Vote  | Chess | Chess
            | Mean | SD    | Mean  | SD
    0.1     | 0.95 | 0.036 | 0.92  | 0.010
    0.2     | 0.86 | 0.083 | 0.90  | 0.015
    """,
    "Accuracy at each noise rate.",
)
LEADS = table(
    """
    setting    | BPE–char | char–char
    beam size  | 12       | 20
    batch size | 128      | 64
    """,
    "Hyperparameters.",
)


@pytest.mark.parametrize(
    ("over", "claim", "word"),
    [
        (COSTS, "Elm needs 55 MB of memory.", "supported"),
        (COSTS, "Elm has a memory of 0.055 GB.", "supported"),
        (COSTS, "Elm has a memory of 65 MB.", "refuted"),
        (COSTS, "Ash has a FLOPS of 2.63G.", "supported"),
        (COSTS, "Oak has higher FLOPS than Elm.", "supported"),
        (COSTS, "The total time of Elm is lower than that of Ash.", "supported"),
        (ROUTES, "The message of Elm is 33.6%.", "supported"),
        (ROUTES, "The message of Elm is 35.0%.", "refuted"),
        (BANDS, "The first band for the Palm region is 1270 nanometers.", "supported"),
        (BANDS, "The first band for the Palm region is 1280 nanometers.", "refuted"),
        (
            PARSERS,
            "The CAMR parser with the new aligner has a higher newswire score than with the old aligner.",
            "supported",
        ),
        (
            PARSERS,
            "The JAMR parser with the new aligner has a higher newswire score than with the old aligner.",
            "refuted",
        ),
        (OVERLAPS, "Elm has the lowest BLEU.", "supported"),
        (EPOCHS, "The MRR is higher when epoch is 5 than when epoch is 3.", "supported"),
        (NODES, "The average latency of sending from worker 3 is higher than from worker 1.", "supported"),
        (VECTORS, "EmbDI embeddings achieve the highest F1 in the open setting for Books.", "supported"),
        (GATES, "Among the gated models, Gated-Oak has the highest F1.", "supported"),
        (GATES, "Among the gated models, Gated-Ash has the highest F1.", "refuted"),
        (ASPECTS, "Accuracy has the highest occurrences.", "supported"),
        (ASPECTS, "Semantics has the highest occurrences.", "refuted"),
        (MEANS, "The SD for the Chess dataset at a noise rate of 0.2 is 0.015.", "supported"),
        (LEADS, "The char-to-char system uses a beam size of 20.", "supported"),
        (LEADS, "The char-to-char system uses a beam size of 12.", "refuted"),
    ],
)
def test_names_and_numbers_are_read_with_what_the_table_prints_beside_them(over: Table, claim: str, word: str) -> None:
    check(over, claim, word)


@pytest.mark.parametrize(
    ("over", "claim"),
    [
        (COSTS, "Elm has a memory of 55 ms."),
        (COSTS, "The total time of Elm is lower than the F1 of Ash."),
        (BANDS, "The first band for the Palm region is 1270 classifications."),
        (PARSERS, "The new aligner has a higher newswire score than the old aligner."),
        (NODES, "The average latency of sending rises from worker 3."),
        (GATES, "Among the gated models, Elm has the highest F1."),
        (VECTORS, "EmbDI models achieve the highest F1 for Books."),
        (LEADS, "The char-to-BPE system uses a beam size of 12."),
    ],
)
def test_what_the_table_does_not_print_links_nothing(over: Table, claim: str) -> None:
    assert judged(claim, over).verdict in WITHHELD


def test_the_header_of_a_column_of_numbers_is_none_of_the_other_cells() -> None:
    answers = table(
        """
        Answer | N  | %
        Never  | 11 | 11.0
        Always | 34 | 42.0
        """,
        "Answers.",
    )
    check(answers, "The N of Never is 34.", "refuted")
    check(answers, "The N of Never is 11.", "supported")
