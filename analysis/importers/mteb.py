"""Results of MTEB: a file per task (layout with `scores`, and the older one without), and a CSV of main scores.

A task of MTEB that bears the name of an XTREME task is another measurement (XNLI there is scored as
pair classification of embeddings, Tatoeba by F1): targets are named "mteb/XNLI", never XNLI. Map
them yourself where you know they agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import stdev
from typing import Any

from analysis.errors import InputError
from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.importers.units import is_number
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import MEAN, surely_language
from analysis.results.spreads import Spread

NAME = "mteb"
NOTE = "scores × 100, as mteb writes fractions of 1; targets are named mteb/TASK: not the tasks of XTREME"
CSV_COLUMNS = frozenset({"model", "task", "split", "subset", "languages", "main_score"})
SPLITS = ("train", "dev", "validation", "test")
ENDINGS = ("_stderr", "_std")
"""mteb computes both alike: the standard deviation over experiments (np.std), whatever it calls it."""
PAIR = 2
"""Languages of a subset at most; of more, its score is one over all of them together."""


def matches(document: SourceFile) -> bool:
    """True if a file is one of mteb's, by its keys or its columns."""
    data = document.data
    if isinstance(data, dict):
        return ("scores" in data and "task_name" in data) or "mteb_dataset_name" in data
    return document.header() >= CSV_COLUMNS


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per split, subset and metric."""
    if document.data is None:
        rows = document.records()
        bitext = _bitext_tasks(rows)
        records = tuple(_csv_record(row, i, words, bitext) for i, row in enumerate(rows, start=1))
        return ImportedFile(records, (NOTE,))
    model, notes = _model(document.path)
    old = "mteb_dataset_name" in document.data
    found = _old(document.data, words) if old else _new(document, words)
    records = tuple(_with_model(record, model) for record in found)
    return ImportedFile(records, (*notes, "decision thresholds and timings were left out", NOTE))


def language_of(codes: Sequence[str], registry: Vocabulary, *, bitext: bool) -> str:
    """The language of a subset from its codes, such as "afr-Latn".

    A language in another script than the registry's keeps the script in its name. Of two languages
    the one that is not English counts where the whole task is bitext with English; more than two are a mean.
    """
    names = list(dict.fromkeys(_one_language(code, registry) for code in codes))
    if len(names) > PAIR:
        return MEAN
    if bitext and len(names) == 2 and "en" in names:
        return next((name for name in names if name != "en"), "en")
    return "-".join(names)


def _one_language(code: str, registry: Vocabulary) -> str:
    entry = registry.any_language(code)
    return code if entry is None else entry.id


def _csv_record(row: Mapping[str, str], line: int, registry: Vocabulary, bitext: frozenset[str]) -> Record:
    try:
        score = float(row["main_score"])
    except ValueError:
        raise InputError("main_score", f"{row['main_score']!r} in row {line} is not a number") from None
    language = language_of(row["languages"].split("+"), registry, bitext=row["task"] in bitext)
    study = "mteb (external)" if row.get("revision") == "external" else NAME
    return Record(
        score=score, pointer=f"row {line}", model=row["model"], target=f"mteb/{row['task']}", language=language,
        metric="main_score", split=row["split"], scale=100.0, study=study, remark=f"subset {row['subset']}",
    )  # fmt: skip


def _bitext_tasks(rows: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """Tasks all of whose subsets pair a language with English."""
    tasks: dict[str, bool] = {}
    for row in rows:
        codes = row["languages"].split("+")
        tasks[row["task"]] = (
            tasks.get(row["task"], True) and len(codes) == 2 and any(c.startswith("eng") for c in codes)
        )
    return frozenset(task for task, all_pairs in tasks.items() if all_pairs)


def _new(document: SourceFile, registry: Vocabulary) -> Iterator[Record]:
    data = document.data
    subsets = [subset for split in data["scores"].values() for subset in split]
    pairs = all(len(s.get("languages", ())) == 2 and any(c.startswith("eng") for c in s["languages"]) for s in subsets)
    for split, entries in data["scores"].items():
        for i, entry in enumerate(entries):
            language = language_of(entry["languages"], registry, bitext=pairs) if entry.get("languages") else None
            spreads = _spreads_of(entry)
            for metric, value in _numbers(entry):
                yield Record(
                    score=value, pointer=f"/scores/{split}/{i}/{metric}", target=f"mteb/{data['task_name']}",
                    language=language, metric=metric, split=split, scale=100.0, study=NAME,
                    remark=f"subset {entry.get('hf_subset', 'default')}", spread=spreads.get(metric),
                )  # fmt: skip


def _old(data: Mapping[str, Any], registry: Vocabulary) -> Iterator[Record]:
    for split in (s for s in data if s in SPLITS):
        languages = {
            k: v
            for k, v in data[split].items()
            if isinstance(v, dict) and surely_language(registry, k.partition("-")[0])
        }
        pairs = bool(languages) and all({"en", "eng"} & set(key.split("-")) and "-" in key for key in languages)
        for key, scores in languages.items() or [(None, data[split])]:
            language = None if key is None else language_of(key.split("-"), registry, bitext=pairs)
            place = f"/{split}" if key is None else f"/{split}/{key}"
            spreads = _spreads_of(scores)
            for metric, value in _numbers(scores):
                yield Record(
                    score=value, pointer=f"{place}/{metric}", target=f"mteb/{data['mteb_dataset_name']}",
                    language=language, metric=metric, split=split, scale=100.0, study=NAME,
                    spread=spreads.get(metric),
                )  # fmt: skip


def _numbers(tree: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Scores of a nested mapping by their joined keys; thresholds, timings and spreads are none."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from ((f"{key}_{inner}", number) for inner, number in _numbers(value))
        elif is_number(value) and not key.endswith(("threshold", "time")) and not _deviates(key, tree):
            yield key, float(value)


def _model(path: Path) -> tuple[str | None, tuple[str, ...]]:
    """The model in the `model_meta.json` that mteb writes beside its results."""
    meta = path.parent / "model_meta.json"
    try:
        name = json.loads(meta.read_text(encoding="utf-8")).get("name")
    except (OSError, ValueError, AttributeError):
        return None, ()
    return (str(name), ("the model is the one in model_meta.json beside the file",)) if name else (None, ())


def _with_model(record: Record, model: str | None) -> Record:
    from dataclasses import replace

    return record if model is None else replace(record, model=model)


def _spreads_of(entry: Mapping[str, Any]) -> dict[str, Spread]:
    """Metric → its spread in one entry: from the scores of each experiment where they are there, else as stated."""
    found = {_base(key): Spread(sd=float(value)) for key, value in entry.items() if _deviates(key, entry)}
    runs: dict[str, list[float]] = {}
    for experiment in entry.get("scores_per_experiment") or ():
        for metric, value in experiment.items():
            if is_number(value):
                runs.setdefault(metric, []).append(float(value))
    levels = list((entry.get("v_measures") or {}).values())
    if len(levels) == 1:
        runs["v_measure"] = [float(value) for value in levels[0]]
    found |= {m: Spread(sd=stdev(values), n_seeds=len(values)) for m, values in runs.items() if len(values) > 1}
    same = [metric for metric in found if entry.get(metric) == entry.get("main_score")]
    return found | ({"main_score": found[same[0]]} if same else {})


def _deviates(key: str, entry: Mapping[str, Any]) -> bool:
    """True if a number is the spread of another one beside it; `nauc_map_at_1_std` is a score of its own."""
    return key.endswith(ENDINGS) and _base(key) in entry and is_number(entry[key])


def _base(key: str) -> str:
    return key.removesuffix("_stderr").removesuffix("_std")
