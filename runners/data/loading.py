"""One door for all data: a task, a language and a split from whatever source, as a `Dataset`."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.registry.vocabulary import vocabulary
from runners.data import folder, hub, laboratory, translated
from runners.data.sources import FolderSource, HubSource, Source, WorldSource
from runners.data.specification import Specification, specification, task_entry
from runners.examples import Bitext, Dataset, Ranking

SPLITS = ("train", "dev", "test")


def missing(task: str, language: str, split: str, source: Source) -> str:
    """The sentence that says why a data set cannot be loaded, or "" where it can.

    Raises:
        InputError: the task or the language is not in the vocabulary.
    """
    spec = _specified(task, language, split)
    if spec is None:
        return f"the vocabulary states no data for {task}"
    if spec.parts:
        return "; ".join(fault for part in spec.parts if (fault := missing(part, language, split, source)))
    if lender := _lender(task, spec, language, split, source):
        return missing(lender, language, split, source)
    source = _place(spec, language, split, source)
    match source:
        case WorldSource():
            return laboratory.missing(task, spec, language, split, source)
        case FolderSource(translated=True):
            return translated.missing(task, spec, language, split, source)
        case FolderSource():
            return folder.missing(task, spec, language, split, source)
        case HubSource():
            return hub.missing(task, spec, language, split, source)


def at_hand(task: str, language: str, split: str, source: Source) -> bool:
    """True if a split lies in a folder here, so that loading it asks nobody.

    Raises:
        InputError: the task or the language is not in the vocabulary.
    """
    spec = _specified(task, language, split)
    if spec is None or missing(task, language, split, source):
        return False
    if spec.parts:
        return all(at_hand(part, language, split, source) for part in spec.parts)
    if lender := _lender(task, spec, language, split, source):
        return at_hand(lender, language, split, source)
    return isinstance(_place(spec, language, split, source), FolderSource)


def load(
    task: str, language: str, split: str, source: Source, *, examples: int | None = None, seed: int = 0
) -> Dataset:
    """One split of one task in one language.

    Args:
        task: id of a task or of running text.
        language: code.
        split: train, dev or test.
        source: where from.
        examples: size of a subsample: the first of one shuffle by `seed`, so that a smaller one is
            part of a larger one; None: everything, in the order of the source. Of running text, as many
            as there are where more are asked for.
        seed: of the shuffle.

    Raises:
        MissingDataError: it is not there.
        InputError: it is there and wrong; every fault at once.
    """
    fault = missing(task, language, split, source)
    if fault:
        raise MissingDataError(fault)
    spec = specification(task)
    assert spec is not None
    if lender := _lender(task, spec, language, split, source):
        return _lent(task, spec, load(lender, language, split, source, examples=examples, seed=seed))
    found = (
        _union(task, spec, language, split, source)
        if spec.parts
        else _loaded(task, spec, language, split, source, examples)
    )
    if examples is not None:
        found = subsample(found, examples, seed)
    return replace(found, sha256=content_hash(found))


def sample(task: str, language: str, split: str, source: Source) -> Dataset:
    """The first rows of a split from the hub, or a split that is at hand whole: enough to see that it fits its entry.

    Raises:
        MissingDataError: it is not there.
        InputError: it is there and wrong.
    """
    fault = missing(task, language, split, source)
    if fault:
        raise MissingDataError(fault)
    spec = specification(task)
    assert spec is not None
    if spec.parts:
        parts = [sample(part, language, split, source) for part in spec.parts]
        return replace(parts[0], task=task, origin="; ".join(part.origin for part in parts))
    if lender := _lender(task, spec, language, split, source):
        return _lent(task, spec, sample(lender, language, split, source))
    place = _place(spec, language, split, source)
    if isinstance(place, HubSource):
        return hub.sample(task, spec, language, split, place)
    return _loaded(task, spec, language, split, place, 1 if spec.form == "text" else None)


def _lender(task: str, spec: Specification, language: str, split: str, source: Source) -> str:
    """The task whose data stands for a split that this one has not, or ""."""
    if not spec.trained_on or (isinstance(source, FolderSource) and source.translated):
        return ""
    stated = str(task_entry(task).facts.get("languages", "")).split()
    return spec.trained_on if split == "train" or (split == "dev" and language not in stated) else ""


def _lent(task: str, spec: Specification, found: Dataset) -> Dataset:
    """Data of another task as this one's, with its order of labels."""
    if set(found.labels) != set(spec.labels):
        theirs, ours = (", ".join(labels) for labels in (found.labels, spec.labels))
        raise InputError(f"data.{task}.trained_on", f"{found.task} has the labels {theirs}, {task} has {ours}")
    lent = replace(found, task=task, labels=spec.labels)
    return replace(lent, sha256=content_hash(lent))


def _place(spec: Specification, language: str, split: str, source: Source) -> Source:
    """A task's own folder, or the one beside the hub for what no hub data set is stated and pinned for."""
    if spec.folder and not (isinstance(source, FolderSource) and source.translated):
        return FolderSource(Path(spec.folder), layout=source.layout if isinstance(source, FolderSource) else "")
    if isinstance(source, HubSource) and source.folder is not None and not hub.stated(spec, language, split, source):
        return FolderSource(source.folder)
    return source


def _loaded(task: str, spec: Specification, language: str, split: str, source: Source, examples: int | None) -> Dataset:
    source = _place(spec, language, split, source)
    match source:
        case WorldSource():
            return laboratory.load(task, spec, language, split, source, examples)
        case FolderSource(translated=True):
            return translated.load(task, spec, language, split, source)
        case FolderSource():
            return _local(task, spec, language, split, source)
        case HubSource():
            return hub.load(task, spec, language, split, source, examples)


def _union(task: str, spec: Specification, language: str, split: str, source: Source) -> Dataset:
    """The tasks of a union one after the other; ids say which they come from."""
    parts = [load(part, language, split, source) for part in spec.parts]
    examples = tuple(replace(e, id=f"{p.task}:{e.id}") for p in parts for e in p.examples)
    dropped = tuple((f"{p.task}: {why}", count) for p in parts for why, count in p.dropped)
    origin = "; ".join(p.origin for p in parts)
    return Dataset(task, spec.form, language, split, examples, spec.labels, origin=origin, dropped=dropped)


def subsample(dataset: Dataset, examples: int, seed: int) -> Dataset:
    """The first examples of one seeded shuffle; of a retrieval task the whole pool, of running text what there is.

    Raises:
        UsageError: fewer than one, or more than there are.
    """
    if dataset.form == "text":
        examples = min(examples, len(dataset.examples))
    if dataset.pool is not None or examples == len(dataset.examples):
        return dataset
    if not 1 <= examples <= len(dataset.examples):
        what = f"{dataset.task} {dataset.split} in {dataset.language}"
        raise UsageError(f"{examples:,} examples of {what} are asked for, there are {len(dataset.examples):,}")
    order = np.random.default_rng(seed).permutation(len(dataset.examples))[:examples]
    return replace(dataset, examples=tuple(dataset.examples[i] for i in order.tolist()))


def content_hash(dataset: Dataset) -> str:
    """SHA-256 of what a data set holds: form, labels and examples, not where they lie."""
    digest = hashlib.sha256(repr((dataset.form, dataset.labels)).encode())
    match dataset.pool:
        case Bitext() as pool:
            digest.update(repr((pool.sources, pool.targets, sorted(pool.gold))).encode())
        case Ranking() as pool:
            digest.update(repr((pool.queries, pool.candidates, sorted(pool.gold))).encode())
    if dataset.examples:
        names = [f.name for f in fields(dataset.examples[0])]
        for example in dataset.examples:
            digest.update(repr([getattr(example, name) for name in names]).encode())
    return digest.hexdigest()


def _specified(task: str, language: str, split: str) -> Specification | None:
    task_entry(task)
    if split not in SPLITS:
        raise UsageError(f"unknown split {split!r} (one of {', '.join(SPLITS)})")
    words = vocabulary()
    if language not in words["language"]:
        raise InputError("data", words.unknown("language", language))
    return specification(task)


def _local(task: str, spec: Specification, language: str, split: str, source: FolderSource) -> Dataset:
    if spec.form == "bitext":
        pool, origin = folder.bitext(spec, language, split, source)
        return Dataset(task, spec.form, language, split, pool=pool, origin=origin)
    if spec.form == "ranking":
        ranked, origin = folder.ranking(spec, language, split, source)
        return Dataset(task, spec.form, language, split, pool=ranked, origin=origin)
    spec = replace(spec, labels=folder.labels_of(spec, source))
    rows = folder.examples(spec, language, split, source)
    return Dataset(
        task,
        spec.form,
        language,
        split,
        rows.examples,
        spec.labels,
        origin=rows.origin,
        dropped=rows.dropped,
        corrected=rows.corrected,
    )
