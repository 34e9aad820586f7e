"""Prediction folders in XTREME's layout, scored against a folder of gold labels in the same layout.

`predictions/TASK/test-LANGUAGE.tsv` (or `.json` for question answering) beside
`labels/TASK/test-LANGUAGE.tsv`. A folder `dev-…` works alike. Every file is scored by the
convention of its task (`analysis.scoring`); tagging gets F1 and token accuracy, question answering
F1 and exact match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import InputError, UsageError
from analysis.importers.documents import SourceFile, read_document
from analysis.importers.record import Given, ImportedFile, Record
from analysis.scoring import accuracy, entity_score, mlqa_score, pairs_score, squad_score, token_accuracy

NAME = "xtreme"
FILE = re.compile(r"^(?P<split>test|dev|valid)-(?P<language>[a-z]{2,3})\.(?:tsv|json|txt)$")

Scores = Mapping[str, float]
Scorer = Callable[[SourceFile, SourceFile, str], tuple[Scores, int]]
"""Gold file, prediction file, language → metric → points, and the number of items."""


def is_folder(path: Path) -> bool:
    """True if a folder holds sub-folders named after XTREME's tasks, with predictions in them."""
    return any(True for _ in _files(path))


def read(path: Path, given: Given) -> ImportedFile:
    """One record per task, language and metric.

    Raises:
        UsageError: no folder of gold labels was given.
        InputError: gold labels are missing or do not fit the predictions; every fault is listed.
    """
    if given.gold is None:
        raise UsageError(f"{path} holds predictions; give the gold labels in the same layout with --gold FOLDER")
    records: list[Record] = []
    faults: list[str] = []
    hashes: dict[str, str] = {}
    for task, split, language, file in _files(path):
        gold = given.gold / task / file.name
        name = f"{path.name}/{task}/{file.name}"
        try:
            truth, predicted = read_document(gold), read_document(file)
            scores, items = SCORERS[task](truth, predicted, language)
        except InputError as error:
            faults += [f"{task}/{file.name}: {error.where}: {fault}" for fault in error.faults]
            continue
        hashes[name] = predicted.sha256
        records += [
            Record(
                score=score, pointer="", file=name, target=TARGETS.get(task, task), language=language, split=split,
                metric=metric, scale=1.0, n_items=items, study=NAME, remark=f"gold sha256:{truth.sha256}",
            )
            for metric, score in scores.items()
        ]  # fmt: skip
    if faults:
        raise InputError(str(path), faults)
    return ImportedFile(tuple(records), (f"scored against {given.gold.name} by XTREME's conventions",), hashes)


def _files(path: Path) -> Iterator[tuple[str, str, str, Path]]:
    """Task, split, language and file of every prediction."""
    for task in SCORERS:
        folder = path / task
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if found := FILE.match(file.name):
                yield task, "dev" if found["split"] == "valid" else found["split"], found["language"], file


def _lines(document: SourceFile) -> list[str]:
    return [line.strip() for line in document.text.removesuffix("\n").split("\n")]


def _tags(document: SourceFile) -> list[list[str]]:
    """Tags of sentences: one tag a line, or a tag after its word and a tab, a blank line between sentences."""
    sentences: list[list[str]] = [[]]
    for line in _lines(document):
        if line:
            sentences[-1].append(line.rpartition("\t")[2])
        elif sentences[-1]:
            sentences.append([])
    return [tags for tags in sentences if tags]


def _pairs(document: SourceFile) -> list[tuple[str, str]]:
    pairs = [tuple(line.split("\t")) for line in _lines(document) if line]
    if wrong := [pair for pair in pairs if len(pair) != 2]:
        raise InputError(str(document.path), f"{wrong[0]!r} is no pair of sentence ids with a tab between them")
    return [(first, second) for first, second in pairs]


def _answers(document: SourceFile) -> dict[str, str]:
    data = document.data
    if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
        raise InputError(str(document.path), "is no JSON mapping of question ids to answers")
    return data


def _gold_answers(document: SourceFile) -> dict[str, Sequence[str]]:
    data: Any = document.data
    try:
        articles = data["data"] if isinstance(data, dict) else data
        return {
            question["id"]: [answer["text"] for answer in question["answers"]]
            for article in articles
            for paragraph in article["paragraphs"]
            for question in paragraph["qas"]
        }
    except (KeyError, TypeError):
        raise InputError(str(document.path), "is no file of questions in SQuAD's layout") from None


def _classification(gold: SourceFile, predicted: SourceFile, language: str) -> tuple[Scores, int]:  # noqa: ARG001
    truth, labels = _lines(gold), _lines(predicted)
    if not set(truth) & set(labels):
        raise InputError(str(predicted.path), f"no prediction ({labels[0]!r}, …) is a gold label ({truth[0]!r}, …)")
    return {"accuracy": accuracy(truth, labels)}, len(truth)


def _tagging(gold: SourceFile, predicted: SourceFile, language: str) -> tuple[Scores, int]:  # noqa: ARG001
    truth, tags = _tags(gold), _tags(predicted)
    scores = entity_score(truth, tags)
    return {"f1": scores.f1, "token_accuracy": token_accuracy(truth, tags)}, scores.n_items


def _mining(gold: SourceFile, predicted: SourceFile, language: str) -> tuple[Scores, int]:  # noqa: ARG001
    scores = pairs_score(_pairs(gold), _pairs(predicted))
    return {"f1": scores.f1}, scores.n_items


def _english_rules(gold: SourceFile, predicted: SourceFile, language: str) -> tuple[Scores, int]:  # noqa: ARG001
    scores = squad_score(_gold_answers(gold), _answers(predicted))
    return {"f1": scores.f1, "exact_match": scores.exact_match}, scores.n_items


def _own_rules(gold: SourceFile, predicted: SourceFile, language: str) -> tuple[Scores, int]:
    scores = mlqa_score(_gold_answers(gold), _answers(predicted), language)
    return {"f1": scores.f1, "exact_match": scores.exact_match}, scores.n_items


SCORERS: Mapping[str, Scorer] = {
    "xnli": _classification, "pawsx": _classification, "tatoeba": _classification,
    "udpos": _tagging, "panx": _tagging, "bucc2018": _mining,
    "xquad": _english_rules, "tydiqa": _english_rules, "mlqa": _own_rules,
}  # fmt: skip
"""XTREME's folder of a task → how its files are scored."""

TARGETS = {"bucc2018": "bucc"}
"""Folders whose name is not the task's id."""
