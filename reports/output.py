"""Protocol of an output: it takes reports one by one and is written at the end."""

from __future__ import annotations

import codecs
import os
import tempfile
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from claims.audit import AuditFinding
    from claims.verify import CheckedReport
    from reports.tool import Tool


CHUNK = 1 << 16


class Spool:
    """Text put aside on disk until what stands before it is known.

    Without a name, the file is gone when it is closed, and when the program is killed.

    Attributes:
        size: bytes that were put aside.

    Args:
        folder: where there is room.
        name: of a file in it that outlives the program, and is gone on with.
    """

    def __init__(self, folder: Path, name: str = "") -> None:
        if name:
            self._file = (folder / name).open("a+b")
        else:
            self._file = tempfile.TemporaryFile("w+b", dir=folder)  # noqa: SIM115 (closed by `close`)
        self.size = self._file.seek(0, os.SEEK_END)

    def put(self, text: str, between: str = "") -> None:
        """Puts a text aside; `between` stands between two of them."""
        data = (between + text if self.size and text else text).encode("utf-8", "backslashreplace")
        self._file.write(data)
        self.size += len(data)

    def flush(self) -> None:
        """Hands what was put aside to the system."""
        self._file.flush()

    def cut(self, size: int) -> None:
        """Forgets what was put aside beyond a size."""
        self._file.truncate(size)
        self.size = size

    def text(self) -> Iterator[str]:
        """All texts in their order, in chunks."""
        self._file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        while chunk := self._file.read(CHUNK):
            yield decoder.decode(chunk)

    def close(self) -> None:
        """Gives the space back, if the file has no name."""
        with suppress(OSError):  # a full disk has been told where it was met
            self._file.close()


class Output(Protocol):
    """One file of a bundle.

    An output is made with the tool it names and a folder for its spools, which outlive the program
    where `named`.
    """

    file: ClassVar[str]

    def __init__(self, tool: Tool, folder: Path, *, named: bool = False) -> None: ...

    @property
    def spools(self) -> tuple[Spool, ...]:
        """Texts put aside, in the order of what is rendered."""

    @staticmethod
    def rendered(checked: CheckedReport) -> tuple[str, ...]:
        """Renders one report, a text per spool; any process may do it."""

    def put(self, texts: Sequence[str]) -> None:
        """Puts what was rendered of one report aside, before it is counted."""

    def count(self, checked: CheckedReport) -> None:
        """Counts one report; a slim one will do (see `reports.rendered`)."""

    def text(self, across: Sequence[AuditFinding]) -> Iterator[str]:
        """The whole file in pieces.

        Args:
            across: the findings on all reports beside each other.
        """


SIGN = "\x00"
"""Stands on both sides of an entry's name, until its place in the file is known; no text has this sign."""
KEPT = 2048
"""Entries whose text is kept, so that those that recur need no digest."""


def with_places(text: str, places: Mapping[str, str]) -> str:
    """A text with the place of each entry in place of its name."""
    parts = text.split(SIGN)
    parts[1::2] = [places[name] for name in parts[1::2]]
    return "".join(parts)


class Shared:
    """A list of entries on disk; in memory stays a digest of each, with its place.

    Attributes:
        spool: the entries, for the journal of a run.

    Args:
        folder, name: of the spool, see `Spool`.
        between: stands between two entries and in none.
        margin: stands before each of them in the file.
    """

    def __init__(self, folder: Path, name: str, *, between: str, margin: str = "") -> None:
        self.spool = Spool(folder, name)
        self.between, self.margin = between, margin
        self._places: dict[bytes, int] = {}
        self._latest: dict[str, int] = {}

    def place(self, entry: str) -> int:
        """The place of an entry, from 0; one that is new is put aside."""
        place = self._latest.get(entry)
        if place is None:
            place = self._place(entry)
            if len(self._latest) >= KEPT:
                self._latest.clear()
            self._latest[entry] = place
        return place

    def _place(self, entry: str) -> int:
        if self.spool.size and not self._places:  # an interrupted run has left them
            left = "".join(self.spool.text()).split(self.between)
            self._places = {_digest(text.removeprefix(self.margin)): place for place, text in enumerate(left)}
        digest = _digest(entry)
        place = self._places.get(digest)
        if place is None:
            place = self._places[digest] = len(self._places)
            self.spool.put(f"{self.margin}{entry}", self.between)
        return place

    def text(self, before: str, after: str, empty: str) -> Iterator[str]:
        """All entries between two texts, or what stands for none."""
        if not self.spool.size:
            yield empty
            return
        yield before
        yield from self.spool.text()
        yield after


def _digest(entry: str) -> bytes:
    return blake2b(entry.encode("utf-8", "backslashreplace"), digest_size=16).digest()
