"""Checksums of what a finished node leaves: written into its record, and compared with what lies there later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from analysis.files.atomic import PART

PASSING = frozenset({"lock", "log.txt", "record.json", "record.unreadable.json", "failed.json"})
"""Files of a node that its record does not speak of."""

UNFINISHED = (".pt", PART)
"""Endings of files of a stage in training."""

WEIGHTS = ".safetensors"

Files: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Path within a node's folder → `sha256` and `bytes`."""


def checksums(folder: Path, *, leaving: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """Computes checksums of all files of a finished node.

    Args:
        folder: of the node.
        leaving: names of folders in it that are about to be deleted.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [(path.relative_to(folder).as_posix(), path) for path in paths]
    return {
        name: {"sha256": digest(path), "bytes": path.stat().st_size}
        for name, path in names
        if name not in PASSING and not name.endswith(UNFINISHED) and name.partition("/")[0] not in leaving
    }


def faults(folder: Path, files: Files, *, weights: bool) -> Iterator[str]:
    """Mismatches with the checksums of a record, one sentence per file.

    Args:
        folder: of the node.
        files: as its record states them.
        weights: read weights, too; else only their size is looked at.
    """
    for name, stated in files.items():
        path = folder / name
        if not path.is_file():
            yield f"{path} is missing"
        elif (size := path.stat().st_size) != stated["bytes"]:
            yield f"{path} has {size:,} bytes, its record says {stated['bytes']:,}"
        elif (weights or not name.endswith(WEIGHTS)) and (found := digest(path)) != stated["sha256"]:
            yield f"{path} was changed: its sha256 is {found[:12]}…, its record says {stated['sha256'][:12]}…"


def weights_of(files: Files) -> str:
    """One checksum of all weights among the files; "" where there are none."""
    found = {name: stated["sha256"] for name, stated in files.items() if name.endswith(WEIGHTS)}
    return _sha256(found) if found else ""


def digest(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(record: Mapping[str, Any]) -> str:
    """The sha256 of a record's values, whatever their order and layout, without the seal itself."""
    return _sha256({name: value for name, value in record.items() if name != "seal"})


def _sha256(values: Mapping[str, Any]) -> str:
    plain = json.loads(json.dumps(values))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
