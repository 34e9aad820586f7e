"""A hundred numbers picked at random over real files of every format equal the files' own, read here by other code."""

from __future__ import annotations

import csv
import json
import math
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from shared_files import shared

from analysis.importers import Given, import_results

SEED, PICKED = 16, 100
OPEN = Given(split="test", model="m", target="xnli", language="de", scale=100.0, metric="accuracy")
POINTS = Given(split="test", model="m", target="xnli", language="de", scale=1.0, metric="accuracy")
TEST = Given(split="test")
PLACE = re.compile(r"^(?P<file>.*?)#(?P<pointer>.*) sha256:[0-9a-f]{12}(?: |$)")


def by_pointer(path: Path, pointer: str) -> Any:
    """The value at a JSON pointer, whose keys may hold slashes."""
    value = json.loads(path.read_text(encoding="utf-8")) if path.suffix != ".jsonl" else lines(path)
    rest = pointer.removeprefix("/")
    while rest:
        if isinstance(value, list):
            index, _, rest = rest.partition("/")
            value = value[int(index)]
        else:
            key = max((k for k in value if rest == k or rest.startswith(f"{k}/")), key=len)
            value, rest = value[key], rest[len(key) + 1 :]
    return value


def in_archive(path: Path, pointer: str) -> Any:
    """The same in the log inside an archive of inspect_ai."""
    value = json.loads(zipfile.ZipFile(path).read("header.json"))
    for key in pointer.removeprefix("/").split("/"):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value["value"]


def in_log(path: Path, pointer: str) -> Any:
    """The value of a metric in a log of inspect_ai."""
    return by_pointer(path, pointer)["value"]


def lines(path: Path) -> list[Any]:
    """The values of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def mean_of(path: Path, pointer: str) -> float:
    """The mean of a metric over the items of lm-eval's samples."""
    metric = pointer.removeprefix("mean of ")
    values = [item[metric] for item in lines(path)]
    return sum(values) / len(values)


def in_csv(path: Path, pointer: str) -> float:
    """A number of a CSV by its row and column, names or numbers from 1, the header being row 1 or none."""
    if path.stem == "mteb_trim":
        pointer = f"{pointer.split('#')[0].split(' subset')[0]} column main_score"
    row, column = re.fullmatch(r"row (\d+) column (.+)", pointer).groups()  # type: ignore[union-attr]
    text = path.read_text(encoding="utf-8")
    cells = list(csv.reader(text.splitlines(), delimiter=";" if path.stem == "gsheet_de" else ","))
    if column.isdigit():
        return float(cells[int(row) - 1][int(column) - 1].replace(",", "."))
    return float(
        cells[int(row) if {"wandb_sweep", "mteb_trim"} & {path.stem} else int(row) - 1][cells[0].index(column)]
    )


def in_markdown(path: Path, pointer: str) -> float:
    """A number of a Markdown table by its row and column from 1, the header being row 1."""
    row, column = re.fullmatch(r"row (\d+) column (\d+)", pointer).groups()  # type: ignore[union-attr]
    piped = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip().startswith("|")]
    cells = [line.strip().strip("|").split("|") for line in piped if not set(line) <= set("|:- ")]
    return float(cells[int(row) - 1][int(column) - 1].strip(" *"))


def in_lines(path: Path, pointer: str) -> float:
    """A number of a list of repetitions: "line 2 score 1", both from 1, behind a name."""
    line, score = re.fullmatch(r"line (\d+) score (\d+)", pointer).groups()  # type: ignore[union-attr]
    return float(path.read_text(encoding="utf-8").splitlines()[int(line) - 1].split()[int(score)])


def in_frame(path: Path, pointer: str) -> float:
    """A number of a Parquet or xlsx table by its row and column from 1, the header being row 1."""
    row, column = re.fullmatch(r"row (\d+) column (\d+)", pointer).groups()  # type: ignore[union-attr]
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_excel(path)
    return float(frame.iat[int(row) - 2, int(column) - 1])


def in_words(path: Path, pointer: str) -> float:
    """The number of a report's line: the measure's place in it, or the last."""
    number, *rest = pointer.removeprefix("line ").split(" ")
    cells = path.read_text(encoding="utf-8").splitlines()[int(number) - 1].split()
    measures = ["precision", "recall", "f1-score", "support"]
    if rest and rest[-1] in measures:
        return float(cells[-4:][measures.index(rest[-1])])
    return (
        float(cells[-2])
        if rest or ("all" not in cells and len(cells) == 3 and cells[-1].isdigit())
        else float(cells[-1])
    )


Truth = Callable[[Path, str], Any]
FILES: dict[str, tuple[Given, Truth]] = {
    "samples2026/afrixnli.json": (TEST, by_pointer),
    "samples2026/belebele_luo.json": (TEST, by_pointer),
    "samples2026/lmeval_belebele.json": (TEST, by_pointer),
    "samples2026/lmeval_names.json": (TEST, by_pointer),
    "samples2026/real_lmeval_0413.json": (Given(), by_pointer),
    "samples2026/lmeval_mmlu_group.json": (TEST, by_pointer),
    "samples2026/lighteval_real.json": (TEST, by_pointer),
    "samples2026/fmt/lighteval_results.json": (TEST, by_pointer),
    "samples2026/real_samples_myxnli_sw.jsonl": (OPEN, mean_of),
    "samples2026/mteb_agg/VisualSTS17Multilingual.json": (TEST, by_pointer),
    "samples2026/mteb_belebele.json": (Given(model="m"), by_pointer),
    "samples2026/mteb_folder/fd1525a9fd15316a2d503bf26ab031a61d056e98/XNLI.json": (Given(), by_pointer),
    "samples2026/mteb_folder/fd1525a9fd15316a2d503bf26ab031a61d056e98/STS17.json": (Given(), by_pointer),
    "samples2026/every_eval_ever/example_record.json": (TEST, by_pointer),
    "samples2026/every_eval_ever/helm_real/stats.json": (Given(), by_pointer),
    "samples2026/every_eval_ever/inspect_real/data_with_llm_scoring.json": (TEST, in_log),
    "samples2026/every_eval_ever/inspect_real/data_arc_qwen.json": (TEST, in_log),
    "samples2026/inspect/mmlu-summary-choices.eval": (TEST, in_archive),
    "samples2026/every_eval_ever/lm_eval_real/results_2026-01-21T03-44-18.458309.json": (Given(), by_pointer),
    "samples2026/fmt/euroeval_results.jsonl": (Given(), by_pointer),
    "samples2026/fmt/helm_stats.json": (OPEN, by_pointer),
    "samples2026/fmt/jiant_val_metrics.json": (Given(model="m"), by_pointer),
    "samples2026/fmt/allennlp_metrics.json": (Given(model="m", target="xnli"), by_pointer),
    "samples2026/fmt/evaluate_result.json": (OPEN, by_pointer),
    "samples2026/fmt/beir.json": (OPEN, by_pointer),
    "samples2026/fmt/sklearn_report.json": (OPEN, by_pointer),
    "samples2026/fmt/trainer_per_lang.json": (Given(model="m", target="xnli", scale=100.0), by_pointer),
    "samples2026/fmt/trainer_state.json": (Given(model="m", target="xnli", scale=100.0), by_pointer),
    "samples2026/fmt/xnli_all_results.json": (Given(model="m", target="xnli", scale=100.0), by_pointer),
    "samples2026/fmt/wandb_summary.json": (Given(model="m", target="xnli", scale=100.0), by_pointer),
    "samples2026/fmt/adapterhub.json": (Given(split="test", scale=100.0), by_pointer),
    "samples2026/fmt/sklearn_report.txt": (OPEN, in_words),
    "samples2026/fmt/seqeval.txt": (OPEN, in_words),
    "samples2026/fmt/trec_eval.txt": (OPEN, in_words),
    "samples2026/fmt/mlflow_metric_accuracy": (OPEN, in_words),
    "samples2026/fmt/opencompass_summary.csv": (TEST, in_csv),
    "samples2026/fmt/nanobeir.csv": (OPEN, lambda path, place: in_csv(path, place.replace("row 1", "row 2"))),
    "samples2026/fmt/wandb_sweep.csv": (Given(scale=100.0), in_csv),
    "samples2026/fmt/gsheet_langnames.csv": (Given(target="xnli", split="test"), in_csv),
    "samples2026/fmt/gsheet_de.csv": (Given(target="xnli", split="test", columns="language"), in_csv),
    "samples2026/fmt/xtreme_lang.csv": (Given(target="xnli", split="test"), in_csv),
    "samples2026/fmt/longtable.csv": (TEST, in_csv),
    "euroeval/euroeval_encoders.csv": (TEST, in_csv),
    "prompt_transfer/prompt_transfer_roberta_matrix.csv": (TEST, in_csv),
    "prompt_transfer/prompt_transfer_su2022.csv": (TEST, in_csv),
    "mteb/mteb_trim.csv": (Given(), in_csv),
    "stilts/stilts_bert_large.md": (Given(), in_markdown),
    "baycomp/accuracies.txt": (Given(split="test", metric="accuracy", scale=1.0), in_lines),
    "baycomp/acc_mean.csv": (Given(split="test", rows="target", columns="model", metric="accuracy"), in_csv),
    "litmus/SumEval/data/test_gold/TyDiQA_XLMR_ID.json": (Given(split="test", metric="f1"), by_pointer),
    "samples/pwc_record.json": (TEST, by_pointer),
    "samples/lm_eval_v03_pythia.json": (TEST, by_pointer),
    "samples/mteb_LaBSE_BUCC.v2.json": (Given(model="m"), by_pointer),
    "samples2026/fmt/table.xlsx": (TEST, in_frame),
    "samples2026/fmt/details.parquet": (TEST, in_frame),
    "samples2026/fmt/eval_results.json": (Given(model="m", target="xnli", scale=100.0), by_pointer),
    "samples2026/fmt/ms_openllm_leaderboard.json": (TEST, by_pointer),
}  # fmt: skip


@cache
def numbers(name: str) -> list[tuple[str, float]]:
    """Place in the file and score in points as imported, of every row."""
    given, _ = FILES[name]
    table: pd.DataFrame = import_results([shared("results", *name.split("/"))], given=given).table
    matches = [PLACE.match(source) for source in table["source"].astype(str)]
    places = [match["pointer"] for match in matches if match is not None]
    return list(zip(places, map(float, table["score"]), strict=True))


def own(name: str, place: str) -> float:
    """The file's own number at a place."""
    return float(FILES[name][1](shared("results", *name.split("/")), place))


def test_a_hundred_numbers_picked_at_random_are_the_files_own() -> None:
    shared("results", "samples2026")
    rng = random.Random(SEED)
    assert all(numbers(name) for name in FILES)
    picked = [(name, *rng.choice(numbers(name))) for name in FILES]
    rest = [(name, *one) for name in FILES for one in numbers(name)]
    picked += rng.sample(rest, PICKED - len(picked))
    assert len(picked) == PICKED
    wrong = []
    for name, place, score in picked:
        number = own(name, place)
        if not any(math.isclose(score, factor * number, abs_tol=1e-9) for factor in (1, 100)):
            wrong.append((name, place, score, number))
    assert not wrong


def test_scales_are_those_that_the_tools_document() -> None:
    """Of every format's first number: fractions of 1 are taken × 100, points and perplexities as they are."""
    fractions = {
        "afrixnli",
        "lighteval_real",
        "stats",
        "data_arc_qwen",
        "sklearn_report",
        "beir",
        "SIB200Classification",
        "example_record",
    }
    for name in FILES:
        if Path(name).stem in fractions:
            factors = {score / number for place, score in numbers(name)[:3] if (number := own(name, place))}
            assert all(factor == pytest.approx(100) for factor in factors), name
    for name in ("samples2026/fmt/euroeval_results.jsonl", "samples2026/fmt/opencompass_summary.csv"):
        assert {score / own(name, place) for place, score in numbers(name)} == {1.0}


@pytest.mark.parametrize("name", ["samples2026/real.eval", "samples2026/fmt/x.dta", "samples2026/README.md"])
def test_what_holds_no_scores_is_refused_with_a_reason(name: str) -> None:
    from analysis.errors import InputError

    with pytest.raises(InputError, match=r"status is 'error'|is not text|none of the known layouts"):
        import_results([shared("results", *name.split("/"))], given=POINTS)
