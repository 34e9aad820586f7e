"""Data sets of the hub, by the `datasets` library, at pinned revisions.

The library is imported late: `offline` must reach the environment before it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from analysis.errors import InputError, MissingDataError
from analysis.vocabulary import vocabulary
from runners.data.shaping import Shaping
from runners.data.sources import HubSource
from runners.data.specification import Hub, Specification
from runners.examples import Bitext, Dataset, Sentence


def missing(task: str, spec: Specification, language: str, split: str, source: HubSource) -> str:
    """The sentence that says why the hub's data cannot be asked for, or ""."""
    hub = spec.hub
    if hub is None:
        return f"no hub data set is stated for {task}"
    if hub.languages and language not in hub.languages.split():
        return f"{hub.path} has no {language} for {task}; it has {hub.languages}"
    if split not in hub.splits:
        return f"{hub.path} has no {split} split for {task}; it has {', '.join(hub.splits)}"
    if source.mirror is not None:
        here = source.mirror / hub.path
        return "" if here.is_dir() else f"{task}: no copy of {hub.path} in {source.mirror}"
    if not revision_of(hub, source):
        return (
            f"the revision of {hub.path} is not pinned: give the commit you trust "
            f'(`revisions = [["{hub.path}", "COMMIT"]]` in the plan\'s data table)'
        )
    return ""


def revision_of(hub: Hub, source: HubSource) -> str:
    """The commit to load: the user's, else the pinned one."""
    return dict(source.revisions).get(hub.path, hub.revision)


def load(
    task: str, spec: Specification, language: str, split: str, source: HubSource, examples: int | None = None
) -> Dataset:
    """One split of a hub data set; of running text no more than is asked for.

    Raises:
        MissingDataError: the library or the data is not here.
        InputError: its rows do not fit what the entry says.
    """
    hub = spec.hub
    assert hub is not None
    revision = "a local copy" if source.mirror is not None else revision_of(hub, source)
    config = _filled(hub.config, hub, language)
    origin = f"{hub.path}{f'/{config}' if config else ''} {hub.splits[split]} at {revision}"
    first = f"[:{examples}]" if spec.form == "text" and examples else ""
    rows = _rows(hub, config, hub.splits[split] + first, source)
    if spec.form == "bitext":
        return Dataset(task, spec.form, language, split, pool=_pool(rows, hub), origin=origin)
    shaping = Shaping(spec, split, fields=hub.fields, label_names=hub.labels)
    found = shaping.examples(rows, origin)
    dropped = tuple(shaping.dropped.items())
    return Dataset(task, spec.form, language, split, found, spec.labels, origin=origin, dropped=dropped)


def library(*, offline: bool) -> Any:
    """The `datasets` library, told before its import whether it may ask the hub.

    Raises:
        MissingDataError: it is not installed.
    """
    if offline:  # both libraries read this when they are imported
        os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
    try:
        import datasets
    except ModuleNotFoundError:
        raise MissingDataError("hub data needs the package datasets: pip install 'claimgauge[run]'") from None
    return datasets


def _rows(hub: Hub, config: str, split: str, source: HubSource) -> Iterable[dict[str, Any]]:
    datasets = library(offline=source.offline)
    path = str(source.mirror / hub.path) if source.mirror is not None else hub.path
    revision = None if source.mirror is not None else revision_of(hub, source)
    cache = str(source.cache) if source.cache is not None else None
    try:
        found = datasets.load_dataset(path, config or None, split=split, revision=revision, cache_dir=cache)
    except Exception as error:  # the library raises errors of many kinds, none of them common
        raise MissingDataError(f"{path} {config} {split} cannot be loaded: {_first_line(error)}") from error
    return [dict(row) for row in found]


def _pool(rows: Iterable[dict[str, Any]], hub: Hub) -> Bitext:
    """Pairs of sentences, the one in the row's place translating the other."""
    ours, theirs = hub.fields.get("source", "source"), hub.fields.get("target", "target")
    kept = list(rows)
    absent = [c for c in (ours, theirs) if kept and c not in kept[0]]
    if absent:
        raise InputError(hub.path, [f"column {c!r} is missing (found: {', '.join(kept[0])})" for c in absent])
    return Bitext(
        tuple(Sentence(f"s{i}", str(row[ours])) for i, row in enumerate(kept)),
        tuple(Sentence(f"t{i}", str(row[theirs])) for i, row in enumerate(kept)),
        frozenset((f"s{i}", f"t{i}") for i in range(len(kept))),
    )


def _filled(pattern: str, hub: Hub, language: str) -> str:
    entry = vocabulary()["language"][language]
    return pattern.format(language=language, code=hub.codes.get(language, str(entry.facts["iso639_3"])))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
