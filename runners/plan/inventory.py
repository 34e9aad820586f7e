"""The data of a plan: what is at hand, its fingerprints and sizes; every data set is read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import ClaimgaugeError
from runners.data import at_hand, load, missing
from runners.data.hub import hub_revisions
from runners.data.sources import FolderSource, HubSource, Source, WorldSource
from runners.examples import Dataset
from runners.plan.memory import Memory, NoMemory
from runners.plan.plan import DataPlan
from runners.world import World


def source_of(data: DataPlan) -> Source:
    """The data source of a plan."""
    if data.source == "world":
        return WorldSource(World(**data.world))
    if data.source == "folder":
        return FolderSource(Path(data.folder), layout=data.layout)
    cache, beside, mirror = (Path(name) if name else None for name in (data.cache, data.folder, data.mirror))
    return HubSource(cache, data.offline, hub_revisions(data.revisions), mirror=mirror, folder=beside)


def source_from(config: dict[str, Any]) -> Source:
    """As `source_of`, from the configuration of a node."""
    return source_of(DataPlan(**config))


class Inventory:
    """Data available in a plan's source.

    Args:
        data: of the plan.
        memory: of facts of laboratory data, for a dry run.
    """

    def __init__(self, data: DataPlan, memory: Memory | NoMemory | None = None) -> None:
        self._memory = memory if memory is not None and data.source == "world" else NoMemory()
        self._sources = {False: source_of(data), True: FolderSource(Path(data.translated), translated=True)}
        self._load = cache(self._read)

    def missing(self, task: str, language: str, split: str, *, translated: bool = False) -> str:
        """The sentence that says a data set, as it is or translated, is not there, or ""."""
        return missing(task, language, split, self._sources[translated])

    def fingerprint(self, task: str, language: str, split: str, *, translated: bool = False) -> str:
        """Fingerprint of the content; "" where the source holds no such split."""

        def computed() -> str:
            found = self._load(task, language, split, translated)
            return found.sha256 if found is not None else ""

        if translated:
            return computed()
        return str(self._memory.once(f"sha256 {task}/{language}/{split}", computed))

    def dataset(self, task: str, language: str, split: str, *, translated: bool = False) -> Dataset | None:
        """The data set at hand, None where there is none."""
        return self._load(task, language, split, translated)

    def text(self, language: str, sentences: int) -> Dataset | None:
        """Running text of the laboratory; None elsewhere, where it would have to be fetched."""
        source = self._sources[False]
        world = isinstance(source, WorldSource)
        return load("lab-text", language, "train", source, examples=sentences) if world else None

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the laboratory; () elsewhere."""
        source = self._sources[False]
        return source.world.languages if isinstance(source, WorldSource) else ()

    def _read(self, task: str, language: str, split: str, translated: bool) -> Dataset | None:
        if missing(task, language, split, self._sources[translated]):
            return None
        return load(task, language, split, self._sources[translated])


class Nothing:
    """The inventory of a dry run whose data is not here: published sizes only."""

    def missing(self, task: str, language: str, split: str, *, translated: bool = False) -> str:  # noqa: ARG002
        """Nothing is looked for."""
        return ""

    def fingerprint(self, task: str, language: str, split: str, *, translated: bool = False) -> str:  # noqa: ARG002
        """Unknown."""
        return ""

    def dataset(self, task: str, language: str, split: str, *, translated: bool = False) -> Dataset | None:  # noqa: ARG002
        """Nothing is at hand."""
        return None

    def text(self, language: str, sentences: int) -> None:
        """Nothing is at hand."""

    languages: tuple[str, ...] = ()


class AtHand(Nothing):
    """The inventory of a dry run that asks nobody: data sets that lie in folders here, such as those of own tasks."""

    def __init__(self, data: DataPlan) -> None:
        self._source = source_of(data)
        self._load = cache(self._read)

    def dataset(self, task: str, language: str, split: str, *, translated: bool = False) -> Dataset | None:
        """The data set, where it lies in a folder here."""
        return None if translated else self._load(task, language, split)

    def _read(self, task: str, language: str, split: str) -> Dataset | None:
        here = at_hand(task, language, split, self._source)
        return load(task, language, split, self._source) if here else None


def inventory_of(data: DataPlan, *, needed: bool, memory: Memory | NoMemory | None = None) -> Inventory | Nothing:
    """The data at hand; where it is not needed and cannot be opened, nothing.

    Raises:
        ClaimgaugeError: it is needed and the source cannot be opened.
    """
    try:
        return Inventory(data, memory)
    except ClaimgaugeError:
        if needed:
            raise
        return Nothing()
