"""A measure's name says which way is better only where it is the head of a header or caption."""

from __future__ import annotations

import pytest

from analysis.tables.measures import caption_measure, measure_of


@pytest.mark.parametrize(
    "header",
    [
        "1-F1", "1 - accuracy", "100 - accuracy", "1-error", "100 - WER", "Accuracy decline", "Accuracy range", "F1 (std)",
        "Epochs to 90% accuracy", "Cost per accuracy point", "Lost accuracy", "Latency score", "Drop in BLEU",
    ],
)  # fmt: skip
def test_a_header_of_a_derived_quantity_has_no_direction(header: str) -> None:
    found = measure_of(header, (), {})
    assert found is None or found.direction is None


@pytest.mark.parametrize(
    ("header", "way"),
    [
        ("F1", "higher"), ("Accuracy (%)", "higher"), ("WER", "lower"), ("Validation loss", "lower"),
        ("Edit distance", "lower"), ("Negative log-likelihood", "lower"), ("1 - accuracy ↓", "lower"),
    ],
)  # fmt: skip
def test_a_header_of_a_measure_or_with_an_arrow_has_its_direction(header: str, way: str) -> None:
    found = measure_of(header, (), {})
    assert found is not None
    assert found.direction == way


@pytest.mark.parametrize(
    "caption",
    [
        "Drop in accuracy (points) under noise.", "WER reduction (%).", "Accuracy loss (%) after pruning.",
        "Decrease in F1.", "Robustness gap in accuracy.", "Distance to the best accuracy.",
        "Relative improvement in WER (%).", "Cross-entropy loss of language models with best BLEU.",
        "Accuracy and latency (ms) of models.", "Comparison of speed and accuracy: latency (ms).",
        "Training time (s) of models with 90% accuracy.",
    ],
)  # fmt: skip
def test_a_caption_of_a_derived_quantity_or_of_two_has_no_direction(caption: str) -> None:
    found = caption_measure(caption)
    assert found is None or found.direction is None


@pytest.mark.parametrize(
    "caption",
    [
        "Accuracy (%) of models.", "Results (accuracy) on LS.", "Comparison of accuracy of models.",
        "Accuracy on LS of models trained with cross-entropy loss.", "Effect of vocabulary size on BLEU.",
        "Model accuracy under different batch sizes.",
    ],
)  # fmt: skip
def test_a_caption_that_states_its_measure_has_its_direction(caption: str) -> None:
    found = caption_measure(caption)
    assert found is not None
    assert found.direction == "higher"


def test_a_caption_may_speak_of_costs_that_have_their_own_column() -> None:
    found = caption_measure("Test accuracy (%) and decoding time on two corpora.", costs=True)
    assert found is not None
    assert found.direction == "higher"
