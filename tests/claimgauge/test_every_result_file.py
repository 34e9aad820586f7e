"""Every result file beside the project is read with at most one option, or refused with a sentence of what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared_files import SHARED, shared

from analysis.errors import InputError
from analysis.importers import import_results
from analysis.importers.opening import assumed

OPEN = re.compile(r"the (\w+) is not stated")
ANSWERS = {"model": "m", "target": "mine", "split": "test", "metric": "accuracy", "scale": "100"}
"""What is said of the open places that an error names, all of it in one `--assume`."""
BY_HAND = {
    "baycomp/acc_mean.csv": "rows=target,columns=model,split=test,metric=accuracy",
    "baycomp/accuracies.txt": "split=test,metric=accuracy,scale=1",
    "samples2026/fmt/gsheet_de.csv": "columns=language,target=xnli,split=test",
}
"""Files of which the error asks first what their lines are, or whose unit is points."""
TYDIQA = "litmus/SumEval/data/test_gold/TyDiQA_XLMR_ID.json"
NO_SCORES = re.compile(
    r"has none of the known layouts|holds no scores|holds features of languages|holds no evaluation score|"
    r"its scores stand in stats.json|is not text; importers read|status is 'error'|cannot tell what 'size' is|and no line of scores below it"
)
"""What is said of files that are no results: licences, descriptions, schemas, models, controls, Stata."""
SAMPLE = (
    "stilts/stilts_bert_large.md", "euroeval/euroeval_encoders.csv", TYDIQA, "samples/pwc_record.json", *BY_HAND,
    "samples2026/fmt/beir.json", "samples2026/fmt/sklearn_report.txt", "samples2026/fmt/trainer_state.json",
    "samples2026/fmt/mlflow_metric_accuracy", "samples2026/fmt/wandb_sweep.csv", "cases/column_no.csv",
)  # fmt: skip


def option_for(path: Path, name: str) -> tuple[str, int]:
    """The one option that a file needs, as its error says ("" for none), and how many scores are read with it."""
    said = BY_HAND.get(name, "")
    if not said:
        try:
            return "", len(import_results([path]).table)
        except InputError as error:
            asked = dict.fromkeys(found for fault in error.faults for found in OPEN.findall(fault))
            if not asked:
                raise
            said = ",".join(f"{column}={ANSWERS[column]}" for column in asked)
            said = said.replace("metric=accuracy", "metric=f1") if "TyDiQA" in name else said
    return said, len(import_results([path], given=assumed([said])).table)


def files() -> Iterator[tuple[Path, str]]:
    root = shared("results")
    yield from ((path, path.relative_to(root).as_posix()) for path in sorted(root.rglob("*")) if path.is_file())


@pytest.mark.parametrize("name", SAMPLE)
def test_a_file_that_leaves_things_open_is_read_with_one_option(name: str) -> None:
    said, scores = option_for(shared("results", *name.split("/")), name)
    assert scores > 0
    assert said or name.startswith("stilts")


@pytest.mark.slow
def test_every_file_is_read_with_at_most_one_option_or_refused_with_what_is_missing() -> None:
    read, refused, wrong = 0, 0, []
    for path, name in files():
        try:
            said, scores = option_for(path, name)
        except InputError as error:
            refused += 1
            if not NO_SCORES.search(str(error)):
                wrong.append(f"{name}: {error}")
            continue
        read += 1
        if not scores:
            wrong.append(f"{name}: no score with {said!r}")
    assert not wrong
    assert read > 5 * refused, (read, refused, SHARED)
