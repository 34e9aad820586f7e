"""Entries that many reports share, put aside once, in the order in which they first appear."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from reports.output import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


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
