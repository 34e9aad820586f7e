"""Names beside points."""

from __future__ import annotations

import numpy as np
import pytest

from reports import style
from reports.figures.labels import apart, name_points, settle


def placed(x, y, names, **how):
    with style.applied():
        figure = style.sheet(4, 3)
        axes = figure.subplots()
        axes.plot(x, y, "o", ms=5)
        axes.margins(0.2)
        settle(figure)
        return name_points(axes, list(x), list(y), list(names), **how)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_names_of_forty_languages_cover_neither_each_other_nor_points(seed):
    rng = np.random.default_rng(seed)
    boxes = placed(rng.normal(size=40), rng.normal(size=40), [f"l{i}" for i in range(40)])
    assert sum(a.overlap(b) > 0 for i, a in enumerate(boxes) for b in boxes[i + 1 :]) == 0


def test_names_of_points_in_one_place_are_still_apart():
    boxes = placed([1.0] * 6, [2.0] * 6, ["ar", "de", "fi", "ja", "th", "zh"])
    assert all(a.overlap(b) == 0 for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_where_points_are_crowded_names_without_room_are_left_off_and_the_others_cover_nothing():
    rng = np.random.default_rng(0)
    boxes = placed(rng.normal(size=200), rng.normal(size=200), [f"l{i}" for i in range(200)], crowded=True)
    named = [box for box in boxes if box is not None]
    assert 20 < len(named) < 200
    shared = sum(a.overlap(b) for i, a in enumerate(named) for b in named[i + 1 :])
    assert shared < 0.02 * sum((box.right - box.left) * (box.top - box.bottom) for box in named)


def test_values_move_apart_as_little_as_needed_and_keep_their_order():
    assert apart([1.0, 5.0], 1.0) == [1.0, 5.0]
    assert apart([2.0, 2.0], 1.0) == pytest.approx([1.5, 2.5])
    moved = apart([3.0, 1.0, 1.1, 1.2], 0.5)
    assert sorted(range(4), key=moved.__getitem__) == [1, 2, 3, 0]
    assert min(np.diff(sorted(moved))) >= 0.5 - 1e-9
