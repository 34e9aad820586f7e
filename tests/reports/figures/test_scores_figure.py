"""Heat maps of scores, and matrices of several models: nothing of the table is left out without being named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from figure_texts import overlaps
from matplotlib.text import Text
from simulated_boards import LANGUAGES, TASKS, board

from analysis.errors import MissingDataError
from analysis.questions import hierarchy, ranking
from analysis.results.table import validate
from reports.figures import matrix as matrix_figure
from reports.figures import ranks, scores
from reports.matrix_models import matrix_of_all


def texts(figure):
    return [t.get_text() for t in figure.findobj(Text)]


def test_models_whose_runs_are_not_ranked_are_named_below_the_ranks():
    with_runs = board({"a": 6.0, "b": 2.0})
    runs = pd.concat(
        [with_runs.astype({"intermediate": "object"}).assign(intermediate=name) for name in ("mnli", "qqp")]
    )
    found = hierarchy.fit(runs, hierarchy.DESIGN(size=200))
    assert "not ranked here, as one model is at a time (--model): b" in " ".join(texts(ranks.draw(found)))


@pytest.fixture(scope="module")
def outcome():
    table = board({"model-a": 3.0, "model-b": 1.0, "model-c": -2.0}, without=[("model-c", "xcopa")])
    few = (table["model"] != "model-b") | (table["language"] != "sw")
    return ranking.fit(table[few], ranking.DESIGN(size=200))


def test_every_model_task_and_language_stands_in_the_heat_map(outcome):
    figure = scores.draw(outcome)
    shown = texts(figure)
    assert {*outcome.whole.rows, *TASKS} <= set(shown)
    assert set(LANGUAGES) <= set(" ".join(shown).replace(",", " ").split())
    assert set(LANGUAGES) <= set(texts(scores.draw(outcome, by="languages")))
    assert any(text.endswith("°") for text in shown)
    assert overlaps(figure) == []


def test_what_cannot_be_compared_is_not_drawn():
    alone = ranking.fit(board({"a": 0.0}), ranking.DESIGN())
    with pytest.raises(MissingDataError, match="holds one row"):
        scores.draw(alone)


def test_dots_of_ranks_lie_inside_their_bars_and_methods_that_are_not_ranked_are_named():
    table = board({"a": 6.0, "b": 2.0, "c": 1.5, "d": -5.0}, noise=3.0)
    found = hierarchy.fit(table[(table["model"] != "d") | (table["language"] == "de")], hierarchy.DESIGN(ranked="model", size=200))  # fmt: skip
    figure = ranks.draw(found)
    lines = [line for line in figure.axes[0].lines if len(line.get_ydata()) in {1, 2}]
    bars = {line.get_ydata()[0]: line.get_xdata() for line in lines if len(line.get_xdata()) == 2}
    dots = {line.get_ydata()[0]: line.get_xdata()[0] for line in lines if line.get_marker() == "o"}
    assert len(dots) == len(bars) == 3
    assert all(bars[y][0] <= dots[y] <= bars[y][1] for y in dots)
    assert "not ranked, having too few scores: d" in " ".join(texts(figure)).replace("\n", " ")


@pytest.fixture(scope="module")
def two_models():
    rows = [
        {"model": model, "intermediate": run, "target": target, "language": "sw", "split": "test", "metric": "accuracy",
         "seed": seed, "score": 60 + gain * (run == "mnli") + 0.1 * seed}
        for model, target, gain in (("xlm-r-large", "afrixnli", -4), ("my-model", "xnli", 2), ("my-model", "afrixnli", 1))
        for run in ("none", "mnli") for seed in (1, 2)
    ]  # fmt: skip
    bare = [{**rows[0], "model": "bare", "seed": 1}, {**rows[0], "target": "pawsx", "seed": 1}]
    return validate(pd.DataFrame([*rows, *bare]), "two.csv")


def test_the_matrix_shows_every_model_and_target_and_names_those_without_a_gain(two_models):
    matrix = matrix_of_all(two_models, rng=np.random.default_rng(0))
    assert matrix.cells["XLM-R Large · MNLI", "afrixnli"].gain == pytest.approx(-4)
    assert matrix.run_means["my-model · MNLI"].gain == pytest.approx(1.5)
    shown = texts(matrix_figure.draw(matrix))
    assert {"XLM-R Large · MNLI", "my-model · MNLI", "afrixnli", "XNLI"} <= set(shown)
    assert matrix.absent == ("targets without a gain: pawsx", "models without a gain: bare")
    assert any("models without a gain: bare" in text for text in shown)
