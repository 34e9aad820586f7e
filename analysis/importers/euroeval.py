"""Results of EuroEval (ScandEval before): a JSON line per model and data set, scores in points with half-widths.

EuroEval draws ten bootstrap samples of the test set; `NAME_se` is 1.96 standard errors of their mean, the half-width
of a 95 % interval (`euroeval/scores.py`: "95% confidence interval").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import is_number
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import MEAN
from analysis.results.spreads import Spread

NAME = "euroeval"
KEYS = frozenset({"dataset", "task", "model", "results"})
PREFIXES = {"test_": "test", "val_": "dev"}


def matches(document: SourceFile) -> bool:
    """True if every line has a model, a data set and `results` with totals."""
    lines = _lines(document)
    return bool(lines) and all(_has_totals(line) for line in lines)


def _lines(document: SourceFile) -> list[Any]:
    return document.data if isinstance(document.data, list) else [document.data]


def _has_totals(line: object) -> bool:
    return (
        isinstance(line, dict)
        and line.keys() >= KEYS
        and isinstance(line["results"], dict)
        and isinstance(line["results"].get("total"), dict)
    )


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per line and metric."""
    records = [
        record
        for i, line in enumerate(_lines(document))
        for record in _line(line, f"/{i}" if isinstance(document.data, list) else "", words)
    ]
    notes = ("scores are points; the half-width beside each (_se) is that of a 95 % interval",)
    return ImportedFile(tuple(records), notes)


def _line(line: Mapping[str, Any], place: str, registry: Vocabulary) -> Iterator[Record]:
    total = line["results"]["total"]
    languages = line.get("languages") or line.get("dataset_languages") or ()
    codes = list(dict.fromkeys(_code(code, registry) for code in languages))
    split = "val" if line.get("validation_split") else "test"
    for key, value in total.items():
        prefix = next((prefix for prefix in PREFIXES if key.startswith(prefix)), "")
        if not prefix or key.endswith("_se") or not is_number(value):
            continue
        half = total.get(f"{key}_se")
        ends = None if half is None or half != half else Spread(ci_low=value - half, ci_high=value + half)
        yield Record(
            score=float(value), pointer=f"{place}/results/total/{key}", model=line["model"], target=line["dataset"],
            language=codes[0] if len(codes) == 1 else MEAN if codes else None, metric=key.removeprefix(prefix),
            split=split, scale=1.0, study=f"{NAME}, few-shot" if line.get("few_shot") else NAME,
            spread=ends, remark=line["task"],
        )  # fmt: skip


def _code(code: object, registry: Vocabulary) -> str:
    known = registry.any_language(str(code))
    return str(code) if known is None else known.id
