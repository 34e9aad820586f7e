"""The configurations of SumEval 2022 (LITMUS): models fine-tuned on varied amounts of data per language.

A file is a list of configurations: `train_config` (language → training examples) and `eval_results`
(language → score). What it does not say stands in its name, by the README of the shared task
("TyDiQA_XLMR_OOD.json": XLM-R Large fine-tuned on TyDiQA-GoldP, evaluated on XQuAD); `--assume target=…` and
`--assume model=…` say it where the name does not.

In the table a configuration is a study of its own (`sumeval-` and the hash of its amounts), so that
models trained on different data are never taken for repetitions of one; its `method` is
`multilingual`, for such models were not fine-tuned on English alone and say nothing of zero-shot
transfer; `target_examples` are its training examples in all languages together. `amounts` reads the
examples in the evaluated language, and the sum, back from a row's `source`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from analysis.errors import InputError
from analysis.importers.documents import SourceFile, hash_of
from analysis.importers.record import Given, ImportedFile, Record
from analysis.registry.vocabulary import Vocabulary

NAME = "litmus"

BY_NAME = re.compile(
    r"^(?P<task>XNLI|WikiANN|UDPOS|TyDiQA)_(?P<model>XLMR|TULRv6Large)(?:_(?P<domain>ID|OOD))?(?:_|\.)"
)
TARGETS = {"XNLI": "xnli", "WikiANN": "panx", "UDPOS": "udpos", "TyDiQA": "tydiqa"}
MODELS = {"XLMR": "XLM-R Large", "TULRv6Large": "T-ULRv6 Large"}

AMOUNTS = re.compile(r"\(train (?P<own>\d+) of (?P<total>\d+)\)$")


def matches(document: SourceFile) -> bool:
    """True if a file is a list of configurations with their results."""
    data = document.data
    return isinstance(data, list) and bool(data) and all(map(_is_configuration, data))


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per configuration and evaluated language.

    Raises:
        InputError: an amount is no count, or a score no fraction of 1.
    """
    target, model = _by_name(document.path.name)
    target, model = (None if given.target else target), (None if given.model else model)
    records = []
    for i, entry in enumerate(document.data):
        amounts = entry["train_config"]
        _check(str(document.path), i, amounts, entry["eval_results"])
        study, total = f"sumeval-{configuration(amounts)}", sum(amounts.values())
        for language, score in entry["eval_results"].items():
            records.append(
                Record(
                    score=float(score), pointer=f"/{i}/eval_results/{language}", model=model, target=target,
                    language=language, scale=100.0, study=study, method="multilingual", target_examples=total,
                    remark=f"(train {amounts.get(language, 0)} of {total})",
                )
            )  # fmt: skip
    notes = ["scores × 100, as SumEval writes fractions of 1"]
    if names := [f"{what} {name}" for what, name in (("target", target), ("model", model)) if name]:
        notes.append(f"{' and '.join(names)} by the file's name, as SumEval's README lists them")
    return ImportedFile(tuple(records), tuple(notes))


def configuration(amounts: Mapping[str, int]) -> str:
    """A short name of a training configuration: equal for equal amounts, whatever the file."""
    used = {language: n for language, n in sorted(amounts.items()) if n}
    return hash_of(json.dumps(used).encode())[:8]


def amounts(source: str) -> tuple[int, int] | None:
    """Training examples in the evaluated language, and in all languages, from a row's `source`.

    None for rows of other formats.
    """
    found = AMOUNTS.search(source)
    return None if found is None else (int(found["own"]), int(found["total"]))


def _is_configuration(entry: object) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(k), dict) for k in ("train_config", "eval_results"))


def _by_name(name: str) -> tuple[str | None, str | None]:
    found = BY_NAME.match(name)
    if found is None:
        return None, None
    target = "xquad" if found["domain"] == "OOD" else TARGETS[found["task"]]
    return target, MODELS[found["model"]]


def _check(where: str, i: int, amounts: Mapping[str, object], scores: Mapping[str, object]) -> None:
    faults = [
        f"train_config of configuration {i} gives {n!r} examples in {language!r}; an amount is a count"
        for language, n in amounts.items()
        if not isinstance(n, int) or n < 0
    ]
    faults += [
        f"eval_results of configuration {i} gives {score!r} in {language!r}; scores are fractions of 1"
        for language, score in scores.items()
        if not isinstance(score, int | float) or not 0 <= score <= 1
    ]
    if faults:
        raise InputError(where, faults)
