from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.item_error import item_error, items_sentence
from analysis.vocabulary import vocabulary


def rows(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"target": "xcopa", "metric": "accuracy", "score": [50.0], "n_items": [100.0]} | columns)


def test_a_hundred_items_at_a_half_leave_five_points() -> None:
    assert item_error(rows(), vocabulary()).tolist() == [5.0]


@pytest.mark.parametrize("columns", [{"n_items": [np.nan]}, {"score": [120.0]}, {"metric": "perplexity"}])
def test_items_that_are_not_stated_and_metrics_that_are_no_share_have_none(columns: dict[str, object]) -> None:
    assert np.isnan(item_error(rows(**columns), vocabulary())).all()
    assert items_sentence(rows(**columns), vocabulary()) == ""


def test_the_least_sure_target_is_named() -> None:
    both = pd.concat([rows(), rows(target="xnli", n_items=[5000.0])])
    said = items_sentence(both, vocabulary())
    assert "±9.8 points of one score on xcopa (100 items), ±1.4 on xnli" in said
