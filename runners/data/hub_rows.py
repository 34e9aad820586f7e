"""Rows of a data set of the hub or of a copy of its repository, class labels as the names the data itself gives them.

`datasets` from release 4 on runs no loading scripts. For such a repository the hub keeps a conversion to
Parquet (branch refs/convert/parquet, files CONFIG/SPLIT/NNNN.parquet), which is read instead. Tables that are
separated by tabs are called `.csv` in some repositories; they are read as what they are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import InputError, MissingDataError
from runners.data.class_names import named_rows
from runners.data.sources import HubSource
from runners.data.specification import Hub

CONVERSION = "refs/convert/"
"""Begins the branches that hold converted files, one folder per configuration and split."""

PARQUET = "refs/convert/parquet"
SCRIPT = "Dataset scripts are no longer supported"
COMMIT = re.compile(r"@([0-9a-f]{40})/")


@dataclass(frozen=True, slots=True)
class HubSplit:
    """Rows of one split.

    Attributes:
        rows: one mapping per example; class labels are names.
        revision: that was read, with its commit where the library tells it.
    """

    rows: list[dict[str, Any]]
    revision: str


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


def revision_of(hub: Hub, source: HubSource) -> str:
    """The commit to load: the user's, else the pinned one."""
    return dict(source.revisions).get(hub.path, hub.revision)


def rows_of(hub: Hub, config: str, split: str, source: HubSource) -> HubSplit:
    """All rows of a split.

    Raises:
        MissingDataError: it cannot be loaded, with the library's reason.
    """
    found, revision = _opened(hub, config, split, source, streaming=False)
    commit = next((match[1] for name in (found.info.download_checksums or {}) if (match := COMMIT.search(name))), "")
    origin = revision if not commit or commit == revision else f"{revision} ({commit})"
    return HubSplit([*named_rows(found, found.features)], origin)


def streamed(hub: Hub, config: str, split: str, source: HubSource) -> tuple[Iterator[dict[str, Any]], str]:
    """The rows of a split one after the other, no more fetched than are taken, and the revision.

    Offline, what the cache holds of the hub is read.

    Raises:
        MissingDataError: it cannot be opened.
    """
    fetched = source.mirror is not None or not source.offline
    found, revision = _opened(hub, config, split, source, streaming=fetched)
    return _told(named_rows(found, found.features), f"{hub.path}{f' {config}' if config else ''} {split}"), revision


def _told(rows: Iterator[dict[str, Any]], where: str) -> Iterator[dict[str, Any]]:
    """Rows that are fetched as they are taken, with the library's faults as ours."""
    try:
        yield from rows
    except Exception as error:  # the library raises errors of many kinds, none of them common
        raise MissingDataError(f"{where} cannot be read: {_first_line(error)}") from error


def _opened(hub: Hub, config: str, split: str, source: HubSource, *, streaming: bool) -> tuple[Any, str]:
    """The library's data set, and the revision read."""
    datasets = library(offline=source.offline)
    mirror = None if source.mirror is None else source.mirror / hub.path
    revision = revision_of(hub, source)
    cache = None if source.cache is None else str(source.cache)

    def load(path: str, *more: str, **given: Any) -> Any:
        return datasets.load_dataset(path, *more, split=split, cache_dir=cache, streaming=streaming, **given)

    def plain(**given: Any) -> Any:
        path = str(mirror or hub.path)
        pinned = {} if mirror is not None else {"revision": revision}
        return load(path, *([config] if config else []), **pinned, **given)

    def converted() -> Any:
        base = f"{mirror}" if mirror is not None else f"hf://datasets/{hub.path}@{PARQUET.replace('/', '%2F')}"
        parts = {part: f"{base}/{config or 'default'}/{part.partition('[')[0]}/*.parquet" for part in split.split("+")}
        return load("parquet", data_files=parts)

    where = f"{mirror or hub.path}{f' {config}' if config else ''} {split}"
    origin = "a local copy" if mirror is not None else revision
    try:
        if _is_conversion(mirror, config) if mirror is not None else revision.startswith(CONVERSION):
            return converted(), origin
        return _separated(plain), origin
    except Exception as error:  # the library raises errors of many kinds, none of them common
        if SCRIPT not in str(error):
            raise MissingDataError(f"{where} cannot be loaded: {_first_line(error)}") from error
        if mirror is not None:
            raise MissingDataError(
                f"{where} is a loading script, which datasets 4 and later do not run; copy the repository's branch "
                f"{PARQUET}, with its files in {mirror / (config or 'default')}"
            ) from error
    try:
        return converted(), f"{PARQUET}, as {origin} holds a loading script"
    except Exception as error:
        raise MissingDataError(f"{where} cannot be loaded from {PARQUET} either: {_first_line(error)}") from error


def _is_conversion(mirror: Path, config: str) -> bool:
    """True if a copy holds converted files of a configuration."""
    return any((mirror / (config or "default")).glob("*/0000.parquet"))


def _separated(load: Callable[..., Any]) -> Any:
    """A table by commas, or by tabs where its commas make no sense."""
    try:
        found = load()
    except Exception as error:
        if "tokenizing data" not in f"{error} {error.__cause__}":
            raise
        return load(sep="\t")
    columns = list(found.features or ())
    return load(sep="\t") if len(columns) == 1 and "\t" in columns[0] else found


def absent(rows: list[dict[str, Any]], columns: list[str], where: str) -> None:
    """Raises one error that names every column that is not there.

    Raises:
        InputError: some are missing.
    """
    lacking = [column for column in columns if rows and column not in rows[0]]
    if lacking:
        found = ", ".join(rows[0])
        raise InputError(where, [f"column {column!r} is missing (found: {found})" for column in lacking])


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
