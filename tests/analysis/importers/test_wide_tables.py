"""Wide tables say what they are by their own headings; what they leave open is asked for once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import InputError
from analysis.importers import Given, Imported, import_results

Write = Callable[[str, object], Path]
LARGE = Given(model="XLM-R Large", split="dev")


def cells(done: Imported, *columns: str) -> list[tuple[Any, ...]]:
    return list(done.table[list(columns)].itertuples(index=False, name=None))


def test_a_score_in_percent_is_a_score(write: Write) -> None:
    path = write("t.csv", "System,Task,Language,Score (%)\nXLM-R Large,XNLI,German,0.9\nOurs,XNLI,Swahili,70.2\n")
    done = import_results([path], given=Given(split="test"))
    assert cells(done, "model", "target", "language", "score") == [
        ("xlm-r-large", "xnli", "de", 0.9), ("Ours", "xnli", "sw", 70.2),
    ]  # fmt: skip


def test_tasks_by_languages_in_any_spelling_with_a_mean(write: Write) -> None:
    path = write(
        "t.csv", "Task,de,Amharic,zh-CN,npi_Deva,avg\nXNLI,82.1,70.2,77.0,70.0,79.2\nPAWS-X,88.2,,81.0,,86.0\n"
    )
    done = import_results([path], given=LARGE)
    assert cells(done, "target", "language", "score") == [
        ("xnli", "de", 82.1), ("xnli", "am", 70.2), ("xnli", "zh", 77.0), ("xnli", "ne", 70.0), ("xnli", "mean", 79.2),
        ("pawsx", "de", 88.2), ("pawsx", "zh", 81.0), ("pawsx", "mean", 86.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Intermediate,XNLI,PAWS-X\nBaseline,79.2,86.4\nMNLI,80.1,87.0\nFrobNLI,80.3,70.1\n",
        "Target,Baseline,MNLI,FrobNLI\nXNLI,79.2,80.1,80.3\nPAWS-X,86.4,87.0,70.1\n",
    ],
)
def test_a_baseline_is_the_run_without_intermediate_task_and_unknown_tasks_stand_beside_it(
    write: Write, text: str
) -> None:
    done = import_results([write("t.csv", text)], given=LARGE)
    assert sorted(cells(done, "intermediate", "target", "score")) == [
        ("FrobNLI", "pawsx", 70.1), ("FrobNLI", "xnli", 80.3), ("mnli", "pawsx", 87.0), ("mnli", "xnli", 80.1),
        ("none", "pawsx", 86.4), ("none", "xnli", 79.2),
    ]  # fmt: skip


def test_what_is_left_open_is_asked_for_once_with_what_would_be_assumed(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        import_results([write("mine.csv", "Task,de,sw\nXNLI,82.1,70.2\nXQuAD,80.1,60.0\n")])
    assert len(caught.value.faults) == 2
    text = str(caught.value)
    for part in ("give --assume split=…", "the metric is not stated (2 scores, first at row 3 column 2); give --assume metric=…",
                 "no model is stated: taken as 'mine', as the file is named (--assume model=… says otherwise)"):  # fmt: skip
        assert part in text


def test_a_given_metric_fills_only_what_is_open(write: Write) -> None:
    path = write("t.csv", "Intermediate,XNLI,XQuAD,MLQA (EM)\nNone,79.2,76.6,60.0\n")
    done = import_results([path], given=LARGE.over(Given(metric="f1")))
    assert cells(done, "target", "metric") == [("xnli", "accuracy"), ("xquad", "f1"), ("mlqa", "exact_match")]
    assert "t.csv: xnli is scored by accuracy, so 'f1' is not taken for it" in done.notes


def test_naive_bayes_is_not_norwegian(write: Write) -> None:
    path = write("t.csv", "data,NB,SVM,CRF\nXNLI,70.1,71.2,72.3\n")
    with pytest.raises(InputError, match="cannot tell what 'NB' is"):
        import_results([path], given=LARGE)
