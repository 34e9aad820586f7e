"""The transfer matrix as a picture."""

from __future__ import annotations

import pytest
from figure_texts import overlaps
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from reports.figures import matrix as figure
from reports.matrix import transfer_matrix


@pytest.fixture(scope="module")
def drawn(results):
    import numpy as np

    return figure.draw(transfer_matrix(results, rng=np.random.default_rng(0)))


def test_every_gain_is_written_and_marked_where_its_interval_excludes_zero(drawn):
    texts = [t.get_text() for t in drawn.findobj(Text)]
    assert texts.count("+2.0*") == 4
    assert texts.count("−1.5*") == 4
    assert texts.count("+20.0*") == 2
    assert "0.0" in texts


def test_what_was_not_measured_is_hatched_and_carries_no_number(drawn):
    hatched = [p for p in drawn.findobj(Rectangle) if p.get_hatch()]
    assert len(hatched) == 1


def test_retrieval_has_a_panel_and_a_scale_of_its_own(drawn):
    labels = [[t.get_text() for t in axes.get_xticklabels()] for axes in drawn.axes]
    assert ["BUCC", "Tatoeba"] in labels
    bars = [axes for axes in drawn.axes if axes.get_xlabel() == "gain, points"]
    limits = sorted(round(axes.get_xlim()[1]) for axes in bars)
    assert limits == [2, 20]


def test_no_text_covers_another_and_synthetic_scores_are_called_so(drawn):
    assert overlaps(drawn) == []
    assert any("SYNTHETIC" in t.get_text() for t in drawn.findobj(Text))


def test_without_intervals_no_gain_is_marked_and_the_reason_is_given(one_seed, rng):
    texts = [t.get_text() for t in figure.draw(transfer_matrix(one_seed, rng=rng)).findobj(Text)]
    assert not any("*" in text for text in texts)
    assert any("one seed shows no spread" in text for text in texts)
