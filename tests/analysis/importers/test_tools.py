"""What evaluation tools write, in small files of each layout: recognised by content, every stated fact is kept."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.importers import Given, Imported, import_results

Write = Callable[[str, object], Path]
NAMED = Given(model="m", target="xnli", language="de", split="test")


def rows(done: Imported, *columns: str) -> list[tuple[Any, ...]]:
    """The rows in the given columns, as plain values."""
    return [tuple(None if pd.isna(v) else v for v in row) for row in done.table[list(columns)].itertuples(index=False)]


def lm_eval(results: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A file of lm-eval in which each task states its data set."""
    return {"results": results, "config": {"model_args": "pretrained=org/m,revision=step9,peft=me/lora"}, **more}


LIGHTEVAL = {
    "config_general": {"model_name": "org/m"},
    "results": {
        "belebele:swh|0": {"acc": 0.5, "acc_stderr": 0.1}, "belebele:deu|0": {"acc": 0.7, "acc_stderr": 0.1},
        "belebele:_average|0": {"acc": 0.6, "acc_stderr": 0.07}, "lighteval|gsm8k|5": {"extractive_match": 0.42},
        "all": {"acc": 0.54},
    },
    "versions": {}, "config_tasks": {},
}  # fmt: skip
EVERY_EVAL_EVER = {
    "schema_version": "0.3.0", "evaluation_id": "x", "source_metadata": {"source_name": "Board"},
    "model_info": {"name": "M", "id": "org/m"},
    "evaluation_results": [
        {
            "evaluation_name": "XNLI", "source_data": {"dataset_name": "xnli", "hf_split": "test"},
            "metric_config": {"metric_name": "Accuracy", "lower_is_better": False, "min_score": 0, "max_score": 1},
            "score_details": {"score": 0.5, "uncertainty": {
                "standard_error": {"value": 0.01}, "num_samples": 200,
                "confidence_interval": {"lower": 0.48, "upper": 0.52, "confidence_level": 0.95}}},
        },
        {
            "evaluation_name": "Speed", "source_data": {"dataset_name": "s", "hf_split": "test"},
            "metric_config": {"metric_id": "latency", "metric_unit": "ms", "lower_is_better": True},
            "score_details": {"score": 12.5},
        },
    ],
}  # fmt: skip
EUROEVAL = [
    {"dataset": "angry-tweets", "task": "sentiment-classification", "languages": ["da"], "model": "org/m",
     "results": {"raw": [], "total": {"test_mcc": 31.2, "test_mcc_se": 1.1}}, "few_shot": False},
    {"dataset": "swerec", "task": "sentiment-classification", "languages": ["sv"], "model": "org/m",
     "results": {"raw": [], "total": {"test_mcc": 40.0, "test_mcc_se": float("nan")}}, "few_shot": False},
]  # fmt: skip
INSPECT = {
    "version": 2, "status": "success", "plan": {},
    "eval": {"task": "suite/mmlu", "model": "org/m", "task_args": {"language": "DE_DE", "split": "test"}, "dataset": {}},
    "results": {"completed_samples": 50, "scores": [
        {"name": "choice", "metrics": {"accuracy": {"value": 0.4}, "stderr": {"value": 0.07}}}]},
}  # fmt: skip
CARD = """---
language: [sw, en]
model-index:
- name: me/m
  results:
  - task: {type: text-classification}
    dataset: {name: XNLI, type: xnli, config: sw, split: test}
    metrics:
    - {type: accuracy, value: 65.2}
---
# A card
"""
SKLEARN = """              precision    recall  f1-score   support

           0     1.0000    0.5000    0.6667         2
           1     0.5000    0.5000    0.5000         3

    accuracy                         0.6000         5
   macro avg     0.7500    0.5000    0.5833         5
weighted avg     0.7000    0.6000    0.6000         5
"""
SEQEVAL = """              precision    recall  f1-score   support

         PER     1.0000    0.5000    0.6667         2

   micro avg     0.6667    0.5000    0.5714         4
   macro avg     0.7500    0.5000    0.5833         4
weighted avg     0.7500    0.5000    0.5833         4
"""
HELM = [
    {"name": {"name": "exact_match", "split": "test"}, "count": 1, "sum": 0.44, "mean": 0.44},
    {"name": {"name": "exact_match", "split": "test", "perturbation": {"name": "robustness"}}, "count": 1, "sum": 0.39, "mean": 0.39},
    {"name": {"name": "num_instances", "split": "test"}, "count": 1, "sum": 200.0, "mean": 200.0},
]  # fmt: skip


def test_lighteval_is_itself_its_averages_are_marked_and_its_row_all_is_no_task(write: Write) -> None:
    done = import_results([write("r.json", LIGHTEVAL)], given=Given(split="test"))
    assert set(done.formats.values()) == {"lighteval"}
    assert rows(done, "model", "target", "language", "score", "se", "provenance", "study") == [
        ("org/m", "belebele", "sw", 50.0, 10.0, "imported", "lighteval"),
        ("org/m", "belebele", "de", 70.0, 10.0, "imported", "lighteval"),
        ("org/m", "belebele", "mean", 60.0, 7.0, "derived", "lighteval"),
        ("org/m", "gsm8k", "mean", 42.0, None, "imported", "lighteval, 5-shot"),
    ]
    assert any("'all'" in note for note in done.notes)


def test_lm_eval_takes_revision_adapter_language_and_direction_from_what_the_file_states(write: Write) -> None:
    configs = {
        "afrixnli_swa_prompt_1": {"dataset_path": "a", "dataset_name": "swa", "test_split": "test"},
        "belebele_luo_prompt_1": {"dataset_path": "b", "dataset_name": "luo_Latn", "test_split": "test"},
        "mmlu_law": {"dataset_path": "c", "dataset_name": "law", "test_split": "test"},
        "mafand_en-swa_prompt_1": {"dataset_path": "d", "dataset_name": "en-swa", "test_split": "test"},
    }
    data = lm_eval(
        {task: {"my_acc,none": 0.25} for task in configs}, configs=configs,
        higher_is_better={"mmlu_law": {"my_acc": False}},
    )  # fmt: skip
    done = import_results([write("r.json", data)])
    assert rows(done, "target", "language") == [
        ("afrixnli_prompt_1", "sw"), ("belebele_prompt_1", "luo"), ("mmlu_law", "mean"), ("mafand_prompt_1", "en-sw"),
    ]  # fmt: skip
    assert set(done.table["model"]) == {"org/m@step9+me/lora"}
    assert done.own["metric"]["my_acc"].facts == {"higher_is_better": False}


def test_a_group_beside_its_tasks_is_read_without_options_and_marked(write: Write) -> None:
    splits = {"mmlu_law": "test", "mmlu_art": "test", "odd_one": "validation", "odd_two": "test"}
    configs = {task: {"test_split": split} for task, split in splits.items()}
    results = {task: {"acc,none": 0.5} for task in (*splits, "mmlu", "odd")}
    groups = {"mmlu": ["mmlu_law", "mmlu_art"], "odd": ["odd_one", "odd_two"]}
    done = import_results([write("r.json", lm_eval(results, configs=configs, group_subtasks=groups))])
    marked = {target for target, kind in rows(done, "target", "provenance") if kind == "derived"}
    assert marked == {"mmlu"}
    assert any("means over several splits: odd" in note for note in done.notes)


def test_a_mean_over_tasks_is_not_averaged_beside_them(write: Write) -> None:
    from analysis.gains.reading import one_reading

    parts = {task: {"test_split": "test"} for task in ("mmlu_law", "mmlu_art")}
    data = lm_eval(
        {task: {"acc,none": 0.5} for task in (*parts, "mmlu")}, configs=parts, group_subtasks={"mmlu": list(parts)}
    )
    kept = one_reading(import_results([write("r.json", data)]).table)
    assert set(kept.frame["target"]) == set(parts)
    assert any("means over tasks" in said for said in kept.left_out)


def test_every_eval_ever_keeps_uncertainty_items_unit_and_direction(write: Write) -> None:
    done = import_results([write("r.json", EVERY_EVAL_EVER)])
    columns = ("model", "target", "metric", "score", "se", "ci_low", "n_items", "study")
    assert rows(done, *columns) == [
        ("org/m", "xnli", "accuracy", 50.0, 1.0, 48.0, 200, "Board"),
        ("org/m", "Speed", "latency", 12.5, None, None, None, "Board"),
    ]
    assert done.own["metric"]["latency"].facts == {"higher_is_better": False}


def test_euroeval_lines_are_points_with_half_widths(write: Write) -> None:
    done = import_results([write("r.jsonl", "\n".join(map(json.dumps, EUROEVAL)))])
    assert rows(done, "target", "language", "score", "ci_low", "ci_high", "split") == [
        ("angry-tweets", "da", 31.2, 30.1, 32.3, "test"), ("swerec", "sv", 40.0, None, None, "test"),
    ]  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_inspect_logs_are_read_as_json_and_as_archives(write: Write, tmp_path: Path, packed: bool) -> None:
    path = write("log.json", INSPECT)
    if packed:
        path = tmp_path / "log.eval"
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("header.json", json.dumps(INSPECT))
        path.write_bytes(content.getvalue())
    done = import_results([path])
    assert rows(done, "model", "target", "language", "metric", "score", "se", "n_items") == [
        ("org/m", "mmlu", "de", "accuracy", 40.0, 7.0, 50)
    ]


def test_a_run_that_failed_is_refused_by_its_status(write: Write) -> None:
    with pytest.raises(InputError, match="status is 'error'"):
        import_results([write("log.json", {**INSPECT, "status": "error"})])


def test_helm_takes_model_and_target_from_the_run_beside_its_statistics(write: Write) -> None:
    write("run_spec.json", {"name": "mmlu:subject=law,model=x", "adapter_spec": {"model": "org/m"}})
    done = import_results([write("stats.json", HELM)])
    assert rows(done, "model", "target", "metric", "score", "perturbation", "n_items") == [
        ("org/m", "mmlu subject=law", "exact_match", 44.0, "none", 200),
        ("org/m", "mmlu subject=law", "exact_match", 39.0, "robustness", None),
    ]


def test_a_model_card_states_model_data_set_language_and_split(write: Write) -> None:
    pytest.importorskip("yaml", reason="needs claimgauge[yaml]")
    done = import_results([write("README.md", CARD)])
    assert rows(done, "model", "target", "language", "split", "metric", "score") == [
        ("me/m", "xnli", "sw", "test", "accuracy", 65.2)
    ]


def test_eval_results_of_a_repository_leave_the_model_open(write: Write) -> None:
    pytest.importorskip("yaml", reason="needs claimgauge[yaml]")
    text = "- dataset:\n    id: org/data\n    split: test\n  value: 61.5\n  date: 2026-01-01\n"
    path = write("repo/.eval_results/data.yaml", text)
    with pytest.raises(InputError, match="the model is not stated"):
        import_results([path], given=Given(scale=1.0))
    done = import_results([path.parents[1]], given=Given(model="m", scale=1.0))
    assert rows(done, "model", "target", "score") == [("m", "org/data", 61.5)]


SMALL: dict[str, tuple[str, object, list[tuple[str, float]]]] = {
    "scikit-learn": ("class-report", SKLEARN, [
        ("accuracy", 60.0), ("macro precision", 75.0), ("macro recall", 50.0), ("macro f1", 58.33),
        ("weighted precision", 70.0), ("weighted recall", 60.0), ("weighted f1", 60.0)]),
    "scikit-learn's dictionary": ("class-report", {
        "0": {"precision": 1.0, "recall": 0.5, "f1-score": 0.66, "support": 2.0}, "accuracy": 0.6,
        "macro avg": {"precision": 0.75, "recall": 0.5, "f1-score": 0.5, "support": 5.0}}, [
        ("accuracy", 60.0), ("macro precision", 75.0), ("macro recall", 50.0), ("macro f1", 50.0)]),
    "seqeval": ("class-report", SEQEVAL, [
        ("micro precision", 66.67), ("micro recall", 50.0), ("f1", 57.14), ("macro precision", 75.0),
        ("macro recall", 50.0), ("macro f1", 58.33), ("weighted precision", 75.0), ("weighted recall", 50.0),
        ("weighted f1", 58.33)]),
    "evaluate": ("metrics", {"accuracy": 0.8123, "_timestamp": "x", "_evaluate_version": "0.4.6"}, [("accuracy", 81.23)]),
    "AllenNLP": ("metrics", {
        "best_epoch": 3, "training_duration": "x", "training_accuracy": 0.9, "validation_loss": 0.5,
        "test_accuracy": 0.8011}, [("accuracy", 80.11)]),
    "BEIR": ("retrieval", {"ndcg": {"NDCG@10": 0.42}, "precision": {"P@10": 0.1}}, [("NDCG@10", 42.0), ("P@10", 10.0)]),
    "trec_eval": ("retrieval", "num_q   all  50\nmap  all  0.2437\nndcg_cut_10 all 0.4213\n", [("map", 24.37), ("ndcg_cut_10", 42.13)]),
    "sentence-transformers": ("history", "epoch,steps,cosine-MAP@100\n0,10,0.5\n1,20,0.6312\n", [("cosine-MAP@100", 63.12)]),
}  # fmt: skip


@pytest.mark.parametrize("tool", SMALL)
def test_small_files_of_tools_need_only_what_they_do_not_state(write: Write, tool: str) -> None:
    name, content, expected = SMALL[tool]
    done = import_results([write("file", content)], given=NAMED)
    assert set(done.formats.values()) == {name}
    assert [(metric, pytest.approx(score)) for metric, score in rows(done, "metric", "score")] == expected


def test_jiant_states_task_language_and_split(write: Write) -> None:
    data = {"xnli_sw": {"loss": 1, "metrics": {"major": 0.65, "minor": {"acc": 0.65}}}, "aggregated": 0.65}
    done = import_results([write("val_metrics.json", data)], given=Given(model="m"))
    assert rows(done, "target", "language", "split", "score") == [("xnli", "sw", "dev", 65.0)]


def test_opencompass_has_a_column_per_model_and_marks_its_averages(write: Write) -> None:
    text = "dataset,version,metric,mode,a,b\nmmlu,-,naive_average,ppl,70.3,65.2\nxnli_sw,d1,accuracy,gen,45.1,-\n--- x ---,,,,,\n"
    done = import_results([write("summary.csv", text)], given=Given(split="test"))
    assert rows(done, "model", "target", "language", "score", "provenance") == [
        ("a", "mmlu", "mean", 70.3, "derived"), ("b", "mmlu", "mean", 65.2, "derived"), ("a", "xnli", "sw", 45.1, "imported"),
    ]  # fmt: skip


def test_the_trainer_tells_its_evaluation_sets_apart(write: Write) -> None:
    languages = {"eval_sw_accuracy": 0.65, "eval_sw_loss": 0.9, "eval_de_accuracy": 0.8, "eval_runtime": 3}
    path = write("all_results.json", languages)
    done = import_results([path], given=Given(model="m", target="xnli", scale=100.0))
    assert rows(done, "language", "metric", "score") == [("sw", "accuracy", 65.0), ("de", "accuracy", 80.0)]
    with pytest.raises(InputError, match="says language 'sw', and --assume language=de"):
        import_results([path], given=Given(model="m", target="xnli", language="de", scale=100.0))
    tasks = {"eval_paws_f1": 0.5, "eval_paws_loss": 1.0, "eval_runtime": 3}
    named = import_results([write("eval_results.json", tasks)], given=Given(model="m", language="de", scale=100.0))
    assert rows(named, "target", "metric", "score") == [("paws", "f1", 50.0)]


def test_of_a_training_log_the_last_evaluation_counts(write: Write) -> None:
    log = [{"step": 1, "eval_accuracy": 0.8}, {"step": 2, "eval_accuracy": 0.82}, {"step": 2, "train_loss": 0.1}]
    done = import_results(
        [write("trainer_state.json", {"log_history": log})], given=Given(model="m", target="xnli", scale=100.0)
    )
    assert rows(done, "score", "split") == [(82.0, "dev")]
    mlflow = import_results(
        [write("accuracy", "1764400000000 0.8 1\n1764400001000 0.81 2\n")],
        given=NAMED.over(Given(scale=100.0, metric="accuracy")),
    )
    assert rows(mlflow, "metric", "score") == [("accuracy", 81.0)]


def test_samples_of_lm_eval_give_the_score_its_error_and_the_items(write: Write) -> None:
    lines = [
        {"doc_id": i, "doc": {}, "target": "0", "resps": [], "filter": "none", "metrics": ["acc"], "acc": float(i < 3)}
        for i in range(4)
    ]
    done = import_results([write("s.jsonl", "\n".join(map(json.dumps, lines)))], given=NAMED)
    assert rows(done, "metric", "score", "n_items") == [("accuracy", 75.0, 4)]
    assert done.table["se"][0] == pytest.approx(25.0)
    assert list(done.items["correct"]) == [1.0, 1.0, 1.0, 0.0]
    assert set(done.items["model"]) == {"m"}


def test_an_mteb_score_over_many_languages_is_a_mean(write: Write) -> None:
    entry = {"hf_subset": "default", "languages": ["ara-Arab", "nld-Latn", "eng-Latn"], "main_score": 0.81}
    write("model_meta.json", {"name": "org/m", "revision": "x", "n_parameters": 1})
    done = import_results([write("T.json", {"task_name": "T", "scores": {"test": [entry]}})])
    assert rows(done, "model", "language", "score") == [("org/m", "mean", 81.0)]


def test_a_folder_is_read_and_what_cannot_be_read_is_named_at_the_end(write: Write) -> None:
    write("run/a.json", EVERY_EVAL_EVER)
    write("run/deep/b.jsonl", "\n".join(map(json.dumps, EUROEVAL)))
    write("run/broken.json", '{"results": ')
    write("run/open.txt", SEQEVAL)
    folder = write("run/.hidden", "x").parent
    done = import_results([folder])
    assert len(done.table) == 4
    assert [note.partition(": ")[2].partition(":")[0] for note in done.notes[-2:]] == ["broken.json", "open.txt"]
    assert all(note.startswith("not read: ") for note in done.notes[-2:])


def test_names_of_files_that_were_not_read_are_not_listed(write: Write) -> None:
    write("run/a.json", EVERY_EVAL_EVER)
    write("run/open.json", {"results": {"strange_task": {"strange_metric": 0.5}}, "versions": {}})
    done = import_results([write("run/.hidden", "x").parent])
    assert {name.name for name in done.unknown} == {"org/m", "Speed", "latency"}


@pytest.mark.parametrize(
    "content", ['{"macro avg": 0.5}', '{"title": 1, "header": 2, "rows": 3}', "- dataset: x\n  value: y\n"]
)
def test_files_that_only_look_like_a_tools_are_refused_without_a_crash(write: Write, content: str) -> None:
    with pytest.raises(InputError):
        import_results([write("odd", content)], given=NAMED)


def test_of_a_rounded_and_an_exact_score_the_exact_one_is_kept(write: Write) -> None:
    exact = write(
        "run/r.json",
        {"accuracy": 0.60404, "macro avg": {"precision": 0.7, "recall": 0.5, "f1-score": 0.5, "support": 5}},
    )
    write(
        "run/r.txt",
        "   precision    recall  f1-score   support\n\n    accuracy                         0.60         5\n   macro avg     0.70    0.50    0.50         5\n",
    )
    done = import_results([exact.parent], given=NAMED)
    assert [score for metric, score in rows(done, "metric", "score") if metric == "accuracy"] == [pytest.approx(60.404)]
