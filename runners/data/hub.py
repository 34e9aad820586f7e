"""Data sets of the hub, by the `datasets` library, at pinned revisions.

The library is imported late: `offline` must reach the environment before it is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from rapidfuzz import process

from analysis.errors import InputError, MissingDataError
from analysis.vocabulary import vocabulary
from runners.data.mined import hub_pairs, hub_row
from runners.data.shaping import Shaping
from runners.data.sources import HubSource
from runners.data.specification import CATEGORIES, Hub, Specification, specification
from runners.examples import Dataset

ELSEWHERE = "name a folder that holds it (`folder` in the plan's data table)"


def missing(task: str, spec: Specification, language: str, split: str, source: HubSource) -> str:
    """The sentence that says why the hub's data cannot be asked for, or ""."""
    if not spec.hub:
        return f"no hub data set is stated for {task}; {ELSEWHERE}"
    speaking = [hub for hub in spec.hub if not hub.languages or language in hub.languages.split()]
    if not speaking:
        paths = ", ".join(dict.fromkeys(hub.path for hub in spec.hub))
        return f"{paths} has no {language} for {task}; it has {' '.join(hub.languages for hub in spec.hub)}"
    hub = chosen(spec, language, split)
    if hub is None:
        has = ", ".join(dict.fromkeys(name for one in speaking for name in one.splits))
        return f"{speaking[0].path} has no {split} split in {language} for {task}; it has {has}; {ELSEWHERE}"
    if source.mirror is not None:
        here = source.mirror / hub.path
        return "" if here.is_dir() else f"{task}: no copy of {hub.path} in {source.mirror}"
    if not revision_of(hub, source):
        return (
            f"the revision of {hub.path} is not pinned: give the commit you trust "
            f'(`revisions = {{ "{hub.path}" = "COMMIT" }}` in the plan\'s data table)'
        )
    return ""


def stated(spec: Specification, language: str, split: str, source: HubSource) -> bool:
    """Whether the entry names a hub data set with the language and the split, and a revision is known."""
    hub = chosen(spec, language, split)
    return hub is not None and bool(source.mirror is not None or revision_of(hub, source))


def chosen(spec: Specification, language: str, split: str) -> Hub | None:
    """The first stated data set that has the language and the split."""
    fitting = (
        hub for hub in spec.hub if split in hub.splits and (not hub.languages or language in hub.languages.split())
    )
    return next(fitting, None)


def hub_revisions(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Revisions by hub path, from those a plan gives by task or by hub path.

    Raises:
        InputError: names that are neither, a task with several data sets, or two revisions of one; every fault.
    """
    known = _hub_paths()
    found: dict[str, str] = {}
    faults: list[str] = []
    for name, revision in given.items():
        paths = known.get(name, (name,) if any(name in paths for paths in known.values()) else ())
        if not paths:
            near = process.extractOne(name, [*known, *(p for paths in known.values() for p in paths)], score_cutoff=60)
            faults.append(
                f"{name!r} is neither a task nor a hub data set" + (f"; did you mean {near[0]!r}?" if near else "")
            )
        elif len(paths) > 1:
            faults.append(f"{name} has several data sets: give the revision of {' or '.join(paths)}")
        elif not isinstance(revision, str) or not revision:
            faults.append(f"{name} = {revision!r} is no revision: give a commit, as a text")
        elif found.setdefault(paths[0], revision) != revision:
            faults.append(f"{paths[0]} has two revisions: {found[paths[0]]} and {revision}")
    if faults:
        raise InputError("data.revisions", faults)
    return tuple(found.items())


def _hub_paths() -> dict[str, tuple[str, ...]]:
    """Task → its hub data sets, each once."""
    tasks = (task for category in CATEGORIES for task in vocabulary()[category])
    specified = ((task, specification(task)) for task in tasks)
    return {
        task: tuple(dict.fromkeys(hub.path for hub in spec.hub))
        for task, spec in specified
        if spec is not None and spec.hub
    }


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
    hub = chosen(spec, language, split)
    assert hub is not None
    revision = "a local copy" if source.mirror is not None else revision_of(hub, source)
    config = _filled(hub.config, hub, language)
    origin = f"{hub.path}{f'/{config}' if config else ''} {hub.splits[split]} at {revision}"
    first = f"[:{examples}]" if spec.form == "text" and examples else ""
    rows = _of_language(_rows(hub, config, hub.splits[split] + first, source), hub, language)
    if spec.form == "bitext":
        pool = hub_row(rows, hub) if hub.mined else hub_pairs(rows, hub)
        return Dataset(task, spec.form, language, split, pool=pool, origin=origin)
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


def _of_language(rows: list[dict[str, Any]], hub: Hub, language: str) -> list[dict[str, Any]]:
    """The rows of one language, where a data set holds several."""
    for column, pattern in hub.where.items():
        begins = _filled(pattern, hub, language)
        if rows and column not in rows[0]:
            raise InputError(hub.path, f"column {column!r} is missing (found: {', '.join(rows[0])})")
        rows = [row for row in rows if str(row[column]).startswith(begins)]
    return rows


def _rows(hub: Hub, config: str, split: str, source: HubSource) -> list[dict[str, Any]]:
    datasets = library(offline=source.offline)
    path = str(source.mirror / hub.path) if source.mirror is not None else hub.path
    revision = None if source.mirror is not None else revision_of(hub, source)
    cache = str(source.cache) if source.cache is not None else None
    try:
        found = datasets.load_dataset(path, config or None, split=split, revision=revision, cache_dir=cache)
    except Exception as error:  # the library raises errors of many kinds, none of them common
        raise MissingDataError(f"{path} {config} {split} cannot be loaded: {_first_line(error)}") from error
    return [dict(row) for row in found]


def _filled(pattern: str, hub: Hub, language: str) -> str:
    entry = vocabulary()["language"][language]
    code = hub.codes.get(language, str(entry.facts["iso639_3"]))
    return pattern.format(language=language, code=code, name=entry.name)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
