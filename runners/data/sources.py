"""Sources of data. They are cheap to make: nothing is opened before something is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from runners.world.world import World


@dataclass(frozen=True, slots=True)
class HubSource:
    """Data sets of the hub.

    Attributes:
        cache: folder of what was downloaded; None: as HF_HOME says.
        offline: take what is in the cache and never ask the hub.
        revisions: (hub path, commit) pairs that replace or complete the pinned ones.
        folder: of local files for what the entries state no hub data set of, or no revision; None: there
            is none.
        mirror: folder that holds copies of hub repositories (mirror/OWNER/NAME), used instead of
            the hub.
    """

    cache: Path | None = None
    offline: bool = False
    revisions: tuple[tuple[str, str], ...] = ()
    mirror: Path | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class FolderSource:
    """Local files, in the layout of XTREME's download or in those the task's entry names.

    Attributes:
        root: folder that the patterns of the entries start from.
        translated: the folder holds machine-translated data, in the one layout of
            `runners.data.translated`; what is original and what is not is never mixed up.
        layout: name of another way to split; tasks that state it are split so, others as usual.
    """

    root: Path
    translated: bool = False
    layout: str = ""


@dataclass(frozen=True, slots=True)
class WorldSource:
    """The laboratory world."""

    world: World


Source: TypeAlias = HubSource | FolderSource | WorldSource
