"""Every plan that needs the hub, on copies in the hub's layout, from a few rows of everything to scores."""

from __future__ import annotations

import importlib.util
import logging
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.registry.vocabulary import speaking, vocabulary
from claimgauge.experiments import PlannedGrid, prepare
from claimgauge.running import collected
from runners.data import load
from runners.data import translated as translations
from runners.data.sources import HubSource
from runners.data.specification import specification
from runners.execute.node import run_node
from runners.execute.store import GridStore
from runners.plan.intermediates import text_languages
from runners.plan.plan import load_plan
from runners.recipe import ModelSpec

from .hub_study import everything, local, wikipedia

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("datasets") is None, reason="needs the package datasets"),
]

PLANS = ("cost", "distance", "english", "hierarchy", "hub", "order", "sources", "xstilts")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_DATASETS_DISABLE_PROGRESS_BARS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")


def tasks_of(name: str) -> list[str]:
    """Every task of a plan, unions taken apart."""
    plan = load_plan(name)
    runs = {task for group in plan.intermediates for run in group.runs for task in run.replace("+", ">").split(">")}
    runs |= {"snli", "mnli", "anli"} if any("anli+" in group.runs for group in plan.intermediates) else set()
    runs |= set(plan.multitask or vocabulary()["intermediate"]) if "multi" in runs else set()
    wanted = runs | {task for group in plan.targets for task in group.tasks}
    known = [c for c in ("target", "intermediate", "further_intermediate") for c in vocabulary()[c]]
    return [task for task in known if task in wanted and (spec := specification(task)) is not None and spec.hub]


def copied(name: str, root: Path, *, texts: tuple[str, ...] = ()) -> Path:
    """A copy of a ready plan whose data are local copies."""
    everything(root / "hub", tasks_of(name))
    wikipedia(root / "hub", texts)
    (root / "local").mkdir()
    local(root / "local")
    text = (files("runners") / "plans" / f"{name}.toml").read_text(encoding="utf-8")
    lines = [f'mirror = "{root}/hub"', f'folder = "{root}/local"', f'cache = "{root}/cache"', "offline = true"]
    text = text.replace('source = "hub"', "\n".join(['source = "hub"', *lines]), 1)
    text = text.replace('translated = "translated"', f'translated = "{root}/translated"', 1)
    plan = root / f"{name}.toml"
    plan.write_text(text, encoding="utf-8")
    return plan


def translate(root: Path) -> None:
    """Translated training data as `claimgauge translate` leaves it, of what xstilts asks for."""
    source = HubSource(root / "cache", offline=True, mirror=root / "hub")
    for task in ("mnli", "squad2", "hellaswag"):
        data = load(task, "en", "train", source)
        for language in ("de", "es", "ru", "zh"):
            header = translations.TranslatedHeader(
                task, data.form, language, "train", "en", "command", "copy", "", "", data.origin, data.sha256,
                len(data), len(data), {}, {},
            )  # fmt: skip
            translations.write(
                translations.path_of(root / "translated", task, language, "train"), header, data.examples
            )


def scored(grid: PlannedGrid, spec: ModelSpec, folder: Path) -> set[tuple[str, str]]:
    """(intermediate, target) of the scores that a grid has with a tiny model."""
    model = {"name": "tiny", "kind": "random", "tokenizer": spec.tokenizer, "config": dict(spec.config),
             "revision": "", "encoder": "", "pooling": "mean", "layer": -1}  # fmt: skip
    store, nodes = GridStore(folder), []
    for node in grid.nodes:
        config = {
            **node.config,
            "recipe": {**node.config["recipe"], "steps": 1, "max_length": 40, "precision": "float32"},
        }
        nodes.append(replace(node, config={**config, **({"model": model} if "model" in node.config else {})}))
        store.prepare(nodes[-1])
        run_node(store, node.key)
    with speaking(grid.words):
        collected(nodes, folder)
    return {
        (n.labels["intermediate"], n.labels["target"])
        for n in nodes
        if "target" in n.labels and store.record(n.key)["scores"]
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_goes_from_its_first_rows_to_scores_on_copies_in_the_hubs_layout(name, spec, tmp_path) -> None:
    texts = text_languages(vocabulary()) if name in {"hub", "xstilts"} else ()
    plan = copied(name, tmp_path, texts=texts)
    if name == "xstilts":
        translate(tmp_path)
    lines: list[str] = []
    runs = {"cost": "mnli", "order": "squad2>mnli", "sources": "ocnli"}.get(name, "cosmosqa")
    runs = "hellaswag" if name == "distance" else runs
    only = ["seed=1", f"intermediate={runs}", "intermediate=none", "method=plain"]
    small = plan.read_text(encoding="utf-8")
    for size in ("examples = [40_000]", "examples = [7_000]", "examples = [4_000, 16_000, 64_000, 128_000]",
                 "examples = [1_000, 4_000, 16_000, 40_000]", "examples = [400, 900, 1_800, 3_600]"):  # fmt: skip
        small = small.replace(size, "examples = [0]")
    plan.write_text(small, encoding="utf-8")
    grid = prepare(str(plan), dry_run=False, only=only, sampled=lines.append)
    assert not [line for line in lines if line.startswith("FAILED")]
    targets = {task for group in grid.plan.targets for task in group.tasks}
    assert scored(grid, spec, tmp_path / "out") == {(run, t) for run in ("none", runs) for t in targets}
    store = GridStore(tmp_path / "out")
    for node in grid.nodes:
        record = store.record(node.key)
        assert record is not None
        if node.config.get("task") in {"xquad", "mlqa", "tydiqa"}:
            assert record["conventions"]["question_length"] == 64
            assert record["conventions"]["stride"] == "step"
        for data in record.get("evaluated", ()) if node.config.get("task") == "tydiqa" else ():
            assert data["corrected"] == {"answer found again near its place": data["examples"]}


def test_what_is_wrong_is_told_of_every_data_set_at_once_before_anything_is_loaded(tmp_path, caplog) -> None:
    plan = copied("order", tmp_path)
    shutil.rmtree(tmp_path / "hub" / "rajpurkar" / "squad_v2")
    (tmp_path / "hub" / "facebook" / "xnli" / "sw" / "validation-00000-of-00001.parquet").write_text("cut off")
    lines: list[str] = []
    caplog.set_level(logging.CRITICAL)
    with pytest.raises(InputError) as caught:
        prepare(str(plan), dry_run=True, sampled=lines.append)
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["squad2 train in en", "xnli dev in sw"]
    assert "ok      mnli train in en: nyu-mll/multi_nli train at a local copy" in lines


@pytest.mark.slow
def test_continued_mlm_takes_what_a_language_short_of_texts_has(spec, tmp_path) -> None:
    plan = copied("xstilts", tmp_path, texts=text_languages(vocabulary()))
    translate(tmp_path)
    text = plan.read_text(encoding="utf-8").replace("mlm_sentences = 100_000", "mlm_sentences = 9")
    plan.write_text(text, encoding="utf-8")
    only = ["seed=1", "intermediate=csqa", "method=mlm", "target=bucc"]
    grid = prepare(str(plan), dry_run=False, only=only)
    assert scored(grid, spec, tmp_path / "out") == {("csqa", "bucc")}
    store = GridStore(tmp_path / "out")
    (record,) = [r for n in grid.nodes if n.kind == "intermediate" and (r := store.record(n.key))]
    assert {code: told["sentences"] for code, told in record["texts"].items() if told["sentences"] < 9} == {"yo": 8}
    assert len(record["texts"]) == 40
