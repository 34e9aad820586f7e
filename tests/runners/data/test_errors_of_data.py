"""Data that does not fit its task: each fault is one of its file, or of the task and language it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import ClaimgaugeError, InputError, MissingDataError, UnknownNameError, UsageError
from runners.data import load
from runners.data.answers import read_ranking
from runners.data.loading import sample, subsample
from runners.data.mined import hub_pairs, hub_row, mined_files, parallel_files
from runners.data.reading import read_squad, read_table
from runners.data.sources import FolderSource, WorldSource
from runners.data.specification import Hub, task_entry
from runners.examples import Dataset, QAExample
from runners.perturb.distractors import distracted
from runners.perturb.perturbation import perturb
from runners.world import World

LABORATORY = WorldSource(World())


def files(root: Path, *texts: str) -> list[Path]:
    paths = [root / f"{i}.tsv" for i in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.mark.parametrize(
    ("read", "texts", "faulty"),
    [
        (parallel_files, ("a\nb\n", "a\n"), 0),
        (mined_files, ("d1\ta\n", "e1\tb\n", "d1\te2\n"), 2),
        (lambda paths: read_squad(paths[0]), ('{"data": 3}',), 0),
        (lambda paths: read_ranking({"en": paths[0]}, "en"), ('{"data": 3}',), 0),
        (lambda paths: read_ranking({"en": paths[0]}, "en"), ('{"data": [{"paragraphs": [{"context": "a"}]}]}',), 0),
        (lambda paths: read_table(paths[0], (), "\t", quoted=True), ('a\tb\n"c\nd\te\n"\tf\n',), 0),
    ],
)
def test_a_file_that_does_not_fit_is_named(
    tmp_path: Path, read: Callable[[Sequence[Path]], object], texts: tuple[str, ...], faulty: int
) -> None:
    paths = files(tmp_path, *texts)
    with pytest.raises(InputError) as raised:
        read(paths)
    assert raised.value.where == str(paths[faulty])
    assert len(raised.value.faults) == 1


HUB = Hub("owner/name", fields={"source": "a", "target": "b", "gold": "pairs"})


@pytest.mark.parametrize(
    ("read", "faults"),
    [
        (lambda: hub_pairs([{"c": "d"}], HUB), 2),
        (lambda: hub_row([{"a": ["x"], "b": ["y"], "pairs": []}] * 2, HUB), 1),
        (lambda: hub_row([{"a": ["x"], "b": ["y"], "pairs": [(1, 2), (3, 1)]}], HUB), 2),
    ],
)
def test_rows_of_the_hub_that_do_not_fit_are_named(read: Callable[[], object], faults: int) -> None:
    with pytest.raises(InputError) as raised:
        read()
    assert raised.value.where == HUB.path
    assert len(raised.value.faults) == faults


ONE = QAExample("1", "who?", "Somebody was there.", (("Somebody", 0),))
QUESTIONS = Dataset("xquad", "span", "en", "test", (ONE,))


@pytest.mark.parametrize(
    ("call", "error", "named"),
    [
        (lambda: task_entry("xnly"), UnknownNameError, "xnly"),
        (lambda: load("lab-nli", "de-x", "test", LABORATORY), InputError, "de-x"),
        (lambda: load("lab-nli", "lab-b1", "test", LABORATORY, examples=10**9), UsageError, "1,000,000,000"),
        (lambda: sample("xnli", "de", "test", FolderSource(Path("nowhere"))), MissingDataError, "xnli"),
        (lambda: subsample(QUESTIONS, 0, seed=0), UsageError, "xquad"),
        (lambda: distracted([ONE], np.random.default_rng(0)), UsageError, "contexts"),
        (lambda: perturb(QUESTIONS, "weather", 0), UsageError, "weather"),
    ],
)  # fmt: skip
def test_what_is_asked_for_in_vain_is_named(
    call: Callable[[], object], error: type[ClaimgaugeError], named: str
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert named in str(raised.value)
