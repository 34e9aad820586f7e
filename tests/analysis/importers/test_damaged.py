"""A real layout with one part replaced by something else is read or refused, never a crash."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from analysis.errors import ClaimgaugeError
from analysis.importers import Given, import_results

WHOLE: dict[str, Any] = {
    "lm-eval": {
        "results": {"xnli_de": {"acc,none": 0.5, "acc_stderr,none": 0.1, "alias": "x"}},
        "configs": {"xnli_de": {"test_split": "test"}}, "n-samples": {"xnli_de": {"effective": 5}},
        "n-shot": {"xnli_de": 0}, "group_subtasks": {"xnli_de": []}, "config": {"model_args": "pretrained=XLM-R"},
    },
    "mteb": {"task_name": "T", "scores": {"test": [{"languages": ["deu-Latn"], "main_score": 0.5, "hf_subset": "de"}]}},
    "old mteb": {"mteb_dataset_name": "T", "test": {"evaluation_time": 1.0, "de": {"max": {"f1": 0.5}}}},
    "litmus": [{"train_config": {"en": 5}, "eval_results": {"en": 0.5}}],
    "papers": {"task": "t", "datasets": [{"dataset": "d", "sota": {"rows": [{"model_name": "m", "metrics": {"F1": "5"}}]}}]},
    "trainer": {"eval_accuracy": 0.5, "eval_loss": 0.1, "eval_samples": 5},
}  # fmt: skip
JUNK = st.sampled_from([None, True, -1, 2.5, 1e400, "", "x", [], {}, [1], {"a": 1}, [[]], {"a": {"b": "c"}}])
LEFT_OPEN = {
    "lm-eval": "", "mteb": "model", "old mteb": "model", "litmus": "model target split metric",
    "papers": "language split scale", "trainer": "model target language metric scale",
}  # fmt: skip
SAID = Given(model="XLM-R", target="xnli", language="de", split="test", metric="f1", scale=1.0)


def places(tree: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all parts of a JSON value."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [here, *(place for key, inner in items for place in places(inner, (*here, key)))]


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_layouts_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(WHOLE[name]), encoding="utf-8")
    given = Given(**{field: getattr(SAID, field) for field in LEFT_OPEN[name].split()})
    assert len(import_results([path], given=given, keep_unknown=True).table) == 1


@for_all(st.data())
def test_one_wrong_part_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    tree = copy.deepcopy(WHOLE[name])
    place = data.draw(st.sampled_from(places(tree)))
    junk = data.draw(JUNK)
    if not place:
        tree = junk
    else:
        inner = tree
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = junk
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_text(json.dumps(tree), encoding="utf-8")
        try:
            done = import_results([path], given=SAID, keep_unknown=True)
        except ClaimgaugeError:
            return
    assert done.table["score"].between(-100, 100).all()
