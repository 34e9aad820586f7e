"""Every format in a small file of its own: what is read, where it stood, what is said of the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.errors import InputError, UsageError
from analysis.importers import Given, Imported, import_results
from analysis.importers.formats import BUILT_IN
from analysis.importers.litmus import amounts, configuration

Write = Callable[[str, object], Path]

ENGLISH = Given(model="xlm-r-large", language="en", split="test")


def cells(done: Imported, *columns: str) -> list[tuple[Any, ...]]:
    """The rows in the given columns, as plain values."""
    return [tuple(None if pd.isna(v) else v for v in row) for row in done.table[list(columns)].itertuples(index=False)]


def one_format(done: Imported) -> str:
    """The format the only file was recognised as."""
    (name,) = done.formats.values()
    return name


OLD_LM_EVAL = {
    "results": {"xnli_sw": {"acc": 0.3529, "acc_stderr": 0.0068}, "xcopa_qu": {"acc": 0.5}},
    "versions": {"xnli_sw": 0, "xcopa_qu": 0},
    "config": {"model_args": "pretrained=FacebookAI/xlm-roberta-large,dtype=float16", "num_fewshot": 0},
}


def test_lm_eval_of_the_old_layout(write: Write) -> None:
    path = write("whatever.txt", OLD_LM_EVAL)
    done = import_results([path], given=Given(split="test"))
    assert one_format(done) == "lm-eval"
    assert cells(done, "model", "target", "language", "metric", "score") == [
        ("xlm-r-large", "xnli", "sw", "accuracy", 35.29),
        ("xlm-r-large", "xcopa", "qu", "accuracy", 50.0),
    ]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    assert done.table["source"][0] == f"whatever.txt#/results/xnli_sw/acc sha256:{digest} 0-shot"
    assert cells(done, "se") == [(0.68,), (None,)]


def test_lm_eval_of_the_new_layout(write: Write) -> None:
    data = {
        "results": {
            "xnli": {"alias": "xnli", "acc,none": 0.4, "acc_stderr,none": "N/A"},
            "xnli_de": {"alias": " - xnli_de", "acc,none": 0.45, "acc_stderr,none": 0.01, "sample_len": 2490},
        },
        "group_subtasks": {"xnli": ["xnli_de"], "xnli_de": []},
        "configs": {
            "xnli_de": {"validation_split": "validation", "num_fewshot": 0},
            "xnli": {"test_split": "validation"},
        },
        "n-samples": {"xnli_de": {"original": 2490, "effective": 2490}},
        "n-shot": {"xnli_de": 0},
        "config": {"model_args": {"pretrained": "xlm-roberta-large"}},
    }
    done = import_results([write("r.json", data)])
    assert cells(done, "target", "language", "split", "score", "n_items") == [
        ("xnli", "mean", "dev", 40.0, None),
        ("xnli", "de", "dev", 45.0, 2490),
    ]


def test_lm_eval_metrics_without_a_known_scale_ask_for_it(write: Write) -> None:
    data = {"results": {"t": {"ppl": 7.5, "rouge1": 31.0}}, "versions": {"t": 1}}
    with pytest.raises(InputError, match=r"scale is not stated \(1 score, first at /results/t/rouge1\)"):
        import_results([write("r.json", data)], given=ENGLISH, keep_unknown=True)
    done = import_results([write("r.json", data)], given=ENGLISH.over(Given(scale=1.0)), keep_unknown=True)
    assert cells(done, "metric", "score") == [("perplexity", 7.5), ("rouge1", 31.0)]


def test_an_lm_eval_filter_other_than_none_is_a_metric_of_its_own(write: Write) -> None:
    data = {"results": {"xcopa_et": {"exact_match,strict": 0.5, "exact_match,loose": 0.7}}, "configs": {}}
    done = import_results([write("r.json", data)], given=Given(model="XLM-R", split="test"), keep_unknown=True)
    assert cells(done, "metric", "score") == [("exact_match (strict)", 50.0), ("exact_match (loose)", 70.0)]


def test_mteb_is_not_taken_for_xtreme(write: Write) -> None:
    data = {
        "task_name": "Tatoeba",
        "scores": {"test": [
            {"hf_subset": "deu-eng", "languages": ["deu-Latn", "eng-Latn"], "main_score": 0.9, "accuracy": 0.91},
            {"hf_subset": "tha-eng", "languages": ["tha-Thai", "eng-Latn"], "main_score": 0.8, "accuracy": 0.81},
        ]},
    }  # fmt: skip
    done = import_results(
        [write("Tatoeba.json", data)], given=Given(model="LaBSE", only=("main_score",)), keep_unknown=True
    )
    assert cells(done, "target", "language", "metric", "score") == [
        ("mteb/Tatoeba", "de", "main_score", 90.0),
        ("mteb/Tatoeba", "th", "main_score", 80.0),
    ]
    assert "Tatoeba.json: metrics left out by --assume only=…: accuracy" in done.notes


def test_mteb_finds_the_model_beside_the_file_and_keeps_other_scripts_apart(write: Write) -> None:
    write("model_meta.json", {"name": "FacebookAI/xlm-roberta-large"})
    entries = [{"hf_subset": s, "languages": [s], "main_score": 0.5} for s in ("cmn-Hans", "cmn-Hant", "kor-Hang")]
    path = write("SIB.json", {"task_name": "SIB", "scores": {"validation": entries}})
    done = import_results([path], keep_unknown=True)
    assert cells(done, "model", "language", "split") == [
        ("xlm-r-large", "zh", "dev"), ("xlm-r-large", "zh-Hant", "dev"), ("xlm-r-large", "ko", "dev"),
    ]  # fmt: skip


def test_mteb_of_the_old_layout(write: Write) -> None:
    scores = {"cos_sim": {"accuracy": 0.6, "accuracy_threshold": 0.99}, "max": {"f1": 0.7}}
    data = {"mteb_dataset_name": "PawsX", "mteb_version": "1.1", "test": {"evaluation_time": 9.1, "fr": scores}}
    done = import_results([write("p.json", data)], given=Given(model="XLM-R"), keep_unknown=True)
    assert cells(done, "language", "metric", "score") == [("fr", "cos_sim_accuracy", 60.0), ("fr", "max_f1", 70.0)]


def test_mteb_as_a_csv_of_main_scores(write: Write) -> None:
    text = (
        "model,revision,task,split,subset,languages,main_score\n"
        "XLM-R,a,STS,test,es,spa-Latn,0.5\nXLM-R,a,STS,test,es-en,spa-Latn+eng-Latn,0.6\n"
        "XLM-R,external,BUCC,test,fr-en,fra-Latn+eng-Latn,0.7\n"
    )
    done = import_results([write("m.csv", text)], keep_unknown=True)
    assert cells(done, "study", "target", "language", "score") == [
        ("mteb", "mteb/STS", "es", 50.0), ("mteb", "mteb/STS", "es-en", 60.0), ("mteb (external)", "mteb/BUCC", "fr", 70.0),
    ]  # fmt: skip


def test_trainer_is_known_by_its_keys_and_needs_to_be_told_the_rest(write: Write) -> None:
    data = {
        "epoch": 3.0,
        "eval_accuracy": 0.79,
        "eval_loss": 0.5,
        "eval_samples": 2490,
        "train_loss": 0.2,
        "test_f1": 0.8,
    }
    path = write("anything.json", data)
    with pytest.raises(InputError) as raised:
        import_results([path])
    text = "\n".join(raised.value.faults)
    for option in ("model", "target", "language", "scale"):
        assert option in text
    given = Given(model="XLM-R", intermediate="MNLI", target="XNLI", language="en", scale=100.0, seed=3)
    done = import_results([path], given=given)
    assert one_format(done) == "trainer"
    assert cells(done, "intermediate", "target", "split", "metric", "score", "n_items", "seed") == [
        ("mnli", "xnli", "dev", "accuracy", 79.0, 2490, 3),
        ("mnli", "xnli", "test", "f1", 80.0, None, 3),
    ]


def test_a_trainer_file_without_evaluation_is_an_error(write: Write) -> None:
    with pytest.raises(InputError, match="no evaluation score"):
        import_results(
            [write("all_results.json", {"epoch": 1.0, "train_loss": 0.2, "total_flos": 1e18})], given=ENGLISH
        )


LITMUS = [
    {"train_config": {"en": 0, "sw": 100}, "eval_results": {"en": 0.8, "sw": 0.7}},
    {"train_config": {"en": 1000, "sw": 100}, "eval_results": {"en": 0.85, "sw": 0.71}},
]


def test_litmus_configurations_are_studies_of_their_own(write: Write) -> None:
    done = import_results([write("x.json", LITMUS)], given=Given(model="XLM-R", target="xnli", split="test"))
    first, second = configuration({"sw": 100}), configuration({"sw": 100, "en": 1000})
    assert cells(done, "study", "method", "target_examples", "language", "score") == [
        (f"sumeval-{first}", "multilingual", 100, "en", 80.0),
        (f"sumeval-{first}", "multilingual", 100, "sw", 70.0),
        (f"sumeval-{second}", "multilingual", 1100, "en", 85.0),
        (f"sumeval-{second}", "multilingual", 1100, "sw", 71.0),
    ]
    assert [amounts(source) for source in done.table["source"]] == [(0, 100), (100, 100), (1000, 1100), (100, 1100)]
    assert amounts("other.json#/0 sha256:0123456789ab") is None


def test_litmus_files_may_be_named_as_their_readme_names_them(write: Write) -> None:
    done = import_results([write("TyDiQA_XLMR_OOD.json", LITMUS)], given=Given(split="test", metric="f1"))
    assert set(cells(done, "model", "target")) == {("xlm-r-large", "xquad")}
    assert any("by the file's name" in note for note in done.notes)
    renamed = write("mine.json", LITMUS)
    with pytest.raises(InputError, match="--assume model"):
        import_results([renamed], given=Given(split="test"))


def test_litmus_scores_outside_of_0_to_1_are_refused(write: Write) -> None:
    wrong = [{"train_config": {"en": 5}, "eval_results": {"en": 85.0}}]
    with pytest.raises(InputError, match="fractions of 1"):
        import_results([write("x.json", wrong)], given=Given(model="XLM-R", target="xnli", split="test"))


def test_papers_with_code_through_subtasks_and_parts(write: Write) -> None:
    row = {"model_name": "LUKE", "metrics": {"EM": "90.640", "F1": "91.2", "Note": "n/a"}, "paper_title": "LUKE"}
    data = {
        "task": "QA",
        "subtasks": [{"task": "x", "datasets": [
            {"dataset": "ReCoRD", "sota": {"rows": [row]}, "subdatasets": [{"subdataset": "part", "sota": {"rows": [row]}}]}
        ]}],
    }  # fmt: skip
    given = Given(language="en", split="test", scale=1.0)
    done = import_results([write("q.json", data)], given=given, keep_unknown=True)
    assert cells(done, "study", "target", "metric", "score", "decimals")[:2] == [
        ("LUKE", "ReCoRD", "exact_match", 90.64, 3), ("LUKE", "ReCoRD", "f1", 91.2, 1),
    ]  # fmt: skip
    assert cells(done, "target")[2] == ("ReCoRD / part",)
    assert any("'n/a'" in note for note in done.notes)


def test_trailing_commas_are_mended_and_said(write: Write) -> None:
    text = '{"datasets": [{"dataset": "a, }", "sota": {"rows": [{"model_name": "m", "metrics": {"F1": "5",},},]}}],}'
    done = import_results(
        [write("q.json", text)], given=Given(language="en", split="test", scale=1.0), keep_unknown=True
    )
    assert cells(done, "target", "score") == [("a, }", 5.0)]
    assert any("commas" in note for note in done.notes)


WANDB = (
    '"Name","State","Created","seed","intermediate","eval/accuracy","eval/loss","test/xnli/sw/accuracy"\n'
    '"a","finished","2026","0","mnli","0.79","0.5","0.6"\n"b","crashed","2026","1","mnli","0.1","0.5","0.1"\n'
)


def test_wandb_columns_say_split_target_and_language(write: Write) -> None:
    given = Given(model="XLM-R", scale=100.0)
    with pytest.raises(InputError, match="the target is not stated"):
        import_results([write("w.csv", WANDB)], given=given)
    path = write("w.csv", WANDB.replace("eval/accuracy", "eval/pawsx/de/accuracy"))
    done = import_results([path], given=given)
    assert cells(done, "target", "language", "split", "intermediate", "seed", "score") == [
        ("pawsx", "de", "dev", "mnli", 0, 79.0), ("xnli", "sw", "test", "mnli", 0, 60.0),
    ]  # fmt: skip
    assert any("1 unfinished" in note for note in done.notes)
    assert any("eval/loss" in note for note in done.notes)


def test_mlflow_columns_are_read_with_their_prefixes(write: Write) -> None:
    text = "run_id,experiment_id,status,metrics.eval_accuracy,params.seed,params.task,params.lang\n1a,1,FINISHED,0.5,7,xnli,de\n"
    done = import_results([write("f.csv", text)], given=Given(model="XLM-R", scale=100.0))
    assert cells(done, "target", "language", "split", "seed", "score") == [("xnli", "de", "dev", 7, 50.0)]
    assert "run 1a" in done.table["source"][0]


def test_repeated_scores_of_methods_on_data_sets(write: Write) -> None:
    text = "nbc\n  anneal 94.4 98.9\n  credit 70.0 71.0\n  credit 80.0 81.0\nj48\n  anneal 90.1 90.2\n"
    given = Given(language="en", split="test", metric="accuracy", scale=1.0)
    done = import_results([write("a.txt", text)], given=given, keep_unknown=True)
    assert one_format(done) == "repetitions"
    assert cells(done, "model", "target", "seed", "score")[2:6] == [
        ("nbc", "credit", 0, 70.0), ("nbc", "credit", 1, 71.0), ("nbc", "credit (2)", 0, 80.0), ("nbc", "credit (2)", 1, 81.0),
    ]  # fmt: skip
    assert len(done.table) == 8


def test_a_format_may_be_insisted_on(write: Write) -> None:
    path = write("x.json", OLD_LM_EVAL)
    assert len(import_results([path], given=Given(split="test"), format_name="lm-eval").table) == 2
    with pytest.raises(UsageError, match="unknown format 'lmeval'"):
        import_results([path], format_name="lmeval")


def test_a_format_has_one_name() -> None:
    assert {name: import_module(f"analysis.importers.{module}").NAME for name, module in BUILT_IN.items()} == {
        name: name for name in BUILT_IN
    }
