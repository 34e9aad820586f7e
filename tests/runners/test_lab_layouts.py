"""A slice of `lab` end to end, from pretraining to scores: without padding it finds what it finds with padding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.registry.vocabulary import vocabulary
from runners.execute.stages import run
from runners.plan.grid import GridNode, expand
from runners.plan.inventory import Inventory
from runners.plan.plan import IntermediateRuns, Plan, Pretraining, TargetRuns, load_plan

TARGETS = ("lab-nli", "lab-pos", "lab-qa", "lab-retrieval")


def a_slice(layout: str) -> Plan:
    lab = load_plan("lab")
    short = {
        "default": {"batch_size": 16, "learning_rate": 1e-3, "max_length": 64, "layout": layout},
        "pretraining": {"epochs": 1.0},
        "intermediate": {"steps": 10},
        "target": {"steps": 12},
    }
    return replace(
        lab,
        seeds=(1,),
        pretraining=Pretraining(sentences=60),
        intermediates=(IntermediateRuns(("lab-inference",), languages=("lab-a",)),),
        targets=(TargetRuns(TARGETS, languages=("lab-a1", "lab-b1")),),
        recipes=short,
    )


INVENTORY = Inventory(load_plan("lab").data)


def nodes_of(plan: Plan) -> tuple[GridNode, ...]:
    return expand(plan, vocabulary(), INVENTORY.fingerprint)


def found(layout: str, root: Path) -> tuple[list[dict[str, object]], pd.DataFrame]:
    """Scores and items of all targets."""
    plan, scores, items = a_slice(layout), [], []
    for node in nodes_of(plan):
        folder = root / layout / node.key
        folder.mkdir(parents=True)
        record = run(node, folder, [root / layout / key for key in node.parents])
        assert record.get("layout", layout) == layout
        scores += [{"target": node.labels["target"], **one} for one in record.get("scores", [])]
        if "scores" in record:
            items.append(pd.read_parquet(folder / "items.parquet"))
    return scores, pd.concat(items, ignore_index=True)


def test_a_slice_of_the_laboratory_has_the_same_predictions_and_scores_in_either_layout(tmp_path: Path) -> None:
    (plain, plain_items), (fast, fast_items) = (found(layout, tmp_path) for layout in ("padded", "packed"))
    assert {one["target"] for one in plain} == set(TARGETS)
    assert len(plain_items) > 1000
    pd.testing.assert_frame_equal(fast_items, plain_items)
    assert fast == plain


def test_how_a_step_is_computed_is_no_part_of_a_node_s_key_and_what_is_learnt_is() -> None:
    plain = a_slice("padded")
    keys = [node.key for node in nodes_of(plain)]

    def changed(**recipe: object) -> list[str]:
        default = {**plain.recipes["default"], **recipe}
        return [node.key for node in nodes_of(replace(plain, recipes={**plain.recipes, "default": default}))]

    assert changed(layout="packed", recompute=True, compile=True) == keys
    assert not set(changed(learning_rate=2e-3)) & set(keys)


@pytest.mark.parametrize(("name", "value"), [("layout", "padded"), ("recompute", False)])
def test_a_node_is_told_how_to_compute(name, value) -> None:
    assert all(node.config["recipe"][name] == value for node in nodes_of(a_slice("padded")))
