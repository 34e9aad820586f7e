"""Data sets of the hub at pinned revisions: which are stated, which may be asked for, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from rapidfuzz import process

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from runners.data.hub_rows import absent, revision_of, rows_of, streamed
from runners.data.mined import hub_pairs, hub_row
from runners.data.sentences import sentences_of
from runners.data.shaping import Shaping
from runners.data.sources import HubSource
from runners.data.specification import CATEGORIES, Hub, Specification, fits, specification
from runners.examples import Dataset, SentenceExample

SAMPLED = 20
"""Rows of a sample: some of the first may be left out, for want of a label."""

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
    """True if the entry names a hub data set with the language and the split, and a revision is known."""
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


def load(
    task: str, spec: Specification, language: str, split: str, source: HubSource, examples: int | None = None
) -> Dataset:
    """One split of a hub data set; of running text sentences, no more than are asked for.

    Raises:
        MissingDataError: the library or the data is not here.
        InputError: its rows do not fit what the entry says.
    """
    hub, config, name = _asked(spec, language, split)
    if spec.form == "text":
        found, revision = _sentences(spec, hub, config, hub.splits[split], source, examples)
        return Dataset(task, spec.form, language, split, found, origin=f"{name} at {revision}")
    loaded = rows_of(hub, config, hub.splits[split], source)
    rows = [*_of_language(loaded.rows, hub, language)]
    return _shaped(task, spec, hub, language, split, rows, f"{name} at {loaded.revision}")


def sample(task: str, spec: Specification, language: str, split: str, source: HubSource) -> Dataset:
    """The first rows of a split, no more fetched than those; labels are known and columns there, or it is a fault.

    Raises:
        MissingDataError: the library or the data is not here.
        InputError: its rows do not fit what the entry says.
    """
    if spec.form == "text":
        return load(task, spec, language, split, source, 1)
    hub, config, name = _asked(spec, language, split)
    found, revision = streamed(hub, config, hub.splits[split], source)
    rows = [*islice(_of_language(found, hub, language), 1 if hub.mined else SAMPLED)]
    if not rows:
        raise InputError(name, f"holds no row in {language}")
    return _shaped(task, spec, hub, language, split, rows, f"{name} at {revision}")


def _asked(spec: Specification, language: str, split: str) -> tuple[Hub, str, str]:
    """The data set, its configuration, and what it is called in records."""
    hub = chosen(spec, language, split)
    assert hub is not None
    config = _filled(hub.config, hub, language)
    return hub, config, f"{hub.path}{f'/{config}' if config else ''} {hub.splits[split]}"


def _shaped(
    task: str, spec: Specification, hub: Hub, language: str, split: str, rows: list[dict[str, Any]], origin: str
) -> Dataset:
    if spec.form == "bitext":
        pool = hub_row(rows, hub) if hub.mined else hub_pairs(rows, hub)
        return Dataset(task, spec.form, language, split, pool=pool, origin=origin)
    shaping = Shaping(spec, split, fields=hub.fields, label_names=hub.labels)
    found = shaping.examples(rows, origin)
    dropped, corrected = tuple(shaping.dropped.items()), tuple(shaping.corrected.items())
    return Dataset(
        task, spec.form, language, split, found, spec.labels, origin=origin, dropped=dropped, corrected=corrected
    )


def _sentences(
    spec: Specification, hub: Hub, config: str, split: str, source: HubSource, most: int | None
) -> tuple[tuple[SentenceExample, ...], str]:
    """The first sentences of a data set of whole texts, as many as are asked for or there are, and its revision."""
    rows, revision = streamed(hub, config, split, source)
    column = {**spec.fields, **hub.fields}.get("text", "text")
    found = (
        SentenceExample(f"{number}.{part}", sentence)
        for number, row in enumerate(rows)
        for part, sentence in enumerate(sentences_of(str(row[column])))
    )
    return tuple(islice(found, most)), revision


def _of_language(rows: Iterable[dict[str, Any]], hub: Hub, language: str) -> Iterator[dict[str, Any]]:
    """The rows of one language, where a data set holds several."""
    wanted = {column: _filled(pattern, hub, language) for column, pattern in hub.where.items()}
    for row in rows:
        absent([row], list(wanted), hub.path)
        if all(fits(row[column], pattern) for column, pattern in wanted.items()):
            yield row


def _filled(pattern: str, hub: Hub, language: str) -> str:
    entry = vocabulary()["language"][language]
    code = hub.codes.get(language, str(entry.facts["iso639_3"]))
    return pattern.format(language=language, code=code, name=entry.name)
