"""Store of a grid: one folder per node, whose record is its only state.

```
DIR/nodes/KEY/node.json       what was asked for
             /record.json     what came out; written last, under a temporary name, then renamed
             /failed.json     why it failed the last time
             /log.txt         what it printed
             /predictions.parquet, encoder/, …
DIR/elsewhere/KEY.json        question and record of a node that was finished on another machine, without its files
DIR/results.parquet           all rows, collected from the records
DIR/records.parquet           all records, for `elsewhere` on another machine
```

A node is finished when its record can be read, is as it was written and names its key. Everything
else is redone or resumed, whatever ended the run. The record holds the sha256 of the other files and
of itself; records of before that hold none, and are taken as they are. Of a node finished elsewhere the
scores count; it runs again only where something must start from its weights.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import ClaimgaugeError, InputError
from analysis.files.atomic import write_text
from runners.execute.integrity import faults, seal, weights_of
from runners.plan.grid import GridNode

RECORD_SCHEMA = "claimgauge.record/1"

NO_MEMORY = 75
"""Exit code of a node that found too little memory on its device."""

UNWRITABLE = 74
"""Exit code of a node that could not even write down why it failed (EX_IOERR of sysexits.h)."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


def no_room(root: Path, why: str) -> str:
    """The sentence for a disk that takes no more."""
    return f"{root} cannot be written ({why}); free space there and run the plan again: what is finished stays"


@contextmanager
def room(root: Path) -> Iterator[None]:
    """Turns a full disk into one sentence; other faults pass.

    Raises:
        ClaimgaugeError: the disk takes no more.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise ClaimgaugeError(no_room(root, error.strerror or str(error))) from error


@dataclass(frozen=True, slots=True)
class GridStore:
    """The folder of a grid."""

    root: Path

    def folder(self, key: str) -> Path:
        """Folder of a node."""
        return self.root / "nodes" / key

    def prepare(self, node: GridNode) -> Path:
        """Makes the node's folder and writes down what was asked for.

        Raises:
            ClaimgaugeError: the disk is full.
        """
        folder = self.folder(node.key)
        text = json.dumps(_asked(node), indent=1, ensure_ascii=False)
        with room(self.root):
            write_text(folder / "node.json", text + "\n")
        return folder

    def node(self, key: str) -> GridNode:
        """The node as it was asked for.

        Raises:
            InputError: its file cannot be read.
        """
        path = self.folder(key) / "node.json"
        asked = _json(path) if path.exists() else _json(self._elsewhere(key))["node"]
        return GridNode(asked["key"], asked["kind"], asked["config"], tuple(asked["parents"]), asked["labels"])

    def record(self, key: str) -> Mapping[str, Any] | None:
        """The record of a node, None where it is not finished.

        Raises:
            InputError: the record is there and cannot be trusted.
        """
        path = self._place(key)
        if not path.exists():
            return None
        record = _json(path) if self.finished_here(key) else _json(path)["record"]
        if record.get("schema") != RECORD_SCHEMA or record.get("key") != key:
            raise InputError(str(path), f"is not a record of node {key}; it will be made again once it is removed")
        if record.get("seal", "") not in {"", seal(record)}:
            raise InputError(str(path), "was changed after it was written: it is not what its own sha256 says")
        return record

    def finished_here(self, key: str) -> bool:
        """True if a node left a record here, with its files; else it may still be finished elsewhere."""
        return (self.folder(key) / "record.json").exists()

    def take(self, finished: Iterable[tuple[GridNode, Mapping[str, Any]]]) -> None:
        """Takes over nodes with their records from another machine.

        Raises:
            ClaimgaugeError: the disk is full.
        """
        for node, record in finished:
            text = json.dumps({"node": _asked(node), "record": record}, ensure_ascii=False)
            with room(self.root):
                write_text(self._elsewhere(node.key), text + "\n")

    def _elsewhere(self, key: str) -> Path:
        return self.root / "elsewhere" / f"{key}.json"

    def _place(self, key: str) -> Path:
        """Place of a record."""
        return self.folder(key) / "record.json" if self.finished_here(key) else self._elsewhere(key)

    def faults(self, key: str, *, weights: bool) -> tuple[str, ...]:
        """Mismatches of a finished node with its record, one sentence each; () where it is not finished.

        Args:
            key: of the node.
            weights: read weights, too; else only their size is looked at.
        """
        try:
            record = self.record(key)
        except InputError as error:
            return (str(error),)
        if record is None or not self.finished_here(key):
            return ()
        found = list(faults(self.folder(key), record.get("files", {}), weights=weights))
        for parent, stated in record.get("started_from", {}).items():
            if (now := self.weights(parent)) not in {"", stated}:
                found.append(
                    f"{self.folder(key)} started from other weights ({stated[:12]}…) than node {parent} has now "
                    f"({now[:12]}…)"
                )
        return tuple(found)

    def weights(self, key: str) -> str:
        """The checksum of a finished node's weights by its record; "" where that holds none."""
        try:
            record = self.record(key)
        except InputError:
            return ""
        return "" if record is None else weights_of(record.get("files", {}))

    def confirm(self, keys: Iterable[str], *, weights: bool) -> None:
        """Checks finished nodes against their records.

        Raises:
            InputError: with one line per file that does not match.
        """
        found = [fault for key in keys for fault in self.faults(key, weights=weights)]
        if found:
            raise InputError(str(self.root), [*found, "run the plan again (with --verify) to do these nodes anew"])

    def finish(self, key: str, record: Mapping[str, Any]) -> None:
        """Writes the record, whole or not at all, and forgets earlier failures.

        Raises:
            ClaimgaugeError: the disk is full.
        """
        whole = {"schema": RECORD_SCHEMA, "key": key, **record}
        text = json.dumps({**whole, "seal": seal(whole)}, indent=1, ensure_ascii=False)
        with room(self.root):
            write_text(self.folder(key) / "record.json", text + "\n")
        (self.folder(key) / "failed.json").unlink(missing_ok=True)

    def fail(self, key: str, error: str, details: str) -> None:
        """Keeps why a node failed."""
        text = json.dumps({"key": key, "error": error, "details": details}, indent=1, ensure_ascii=False)
        write_text(self.folder(key) / "failed.json", text + "\n")

    def failure(self, key: str) -> str:
        """Why a node failed the last time, or ""."""
        path = self.folder(key) / "failed.json"
        return str(_json(path)["error"]) if path.exists() else ""

    def why(self, key: str, code: int) -> str:
        """Why the process of a node ended as it did; "" where it finished.

        Args:
            key: of the node.
            code: its exit code, not that of a signal.
        """
        if code == 0:
            return ""
        if code == UNWRITABLE:
            return no_room(self.root, "not even the reason of a failure")
        return self.failure(key) or f"its process ended with {code}; see log.txt of node {key}"

    def begun(self) -> tuple[str, ...]:
        """Keys of all nodes that were ever begun here, or finished elsewhere."""
        elsewhere = {path.stem for path in self.root.glob("elsewhere/*.json") if "." not in path.stem}
        return tuple(sorted(elsewhere | {p.parent.name for p in self.root.glob("nodes/*/node.json")}))

    def set_aside_faulty(self, keys: Iterable[str], *, weights: bool = False) -> tuple[str, ...]:
        """Renames records that cannot be trusted, so that their nodes run again.

        Args:
            keys: of the nodes looked at, parents before children.
            weights: read weights, too.

        Returns:
            One sentence per record set aside.
        """
        lines: list[str] = []
        for key in keys:
            if found := self.faults(key, weights=weights):
                path = self._place(key)
                aside = path.with_suffix(".unreadable.json")
                path.replace(aside)
                lines.append(f"{'; '.join(found)}; set aside as {aside.name}, the node runs again")
        return tuple(lines)


def _asked(node: GridNode) -> dict[str, Any]:
    asked = {"key": node.key, "kind": node.kind, "title": node.title, "config": node.config}
    return asked | {"parents": node.parents, "labels": node.labels}


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be read ({error})") from None
    if not isinstance(read, dict):
        raise InputError(str(path), "holds no table")
    return read
