"""Statements that reports mark, kept on disk above a megabyte, so that memory stays flat over thousands of reports."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from hashlib import blake2b
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING
from weakref import finalize

if TYPE_CHECKING:
    from claims.assertion import Formula

IN_MEMORY = 1 << 20
"""Bytes up to which nothing is put on disk."""
KEPT_PLACES = 20
"""Places of a statement with one mark that are named."""


class MarkedStatements:
    """Where which statement is marked verified ("yes") and unverified ("no")."""

    def __init__(self) -> None:
        self._lines = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the object)
        self._digests = {"no": array("Q"), "yes": array("Q")}
        finalize(self, self._lines.close)

    def note(self, statement: Formula, mark: str, place: str) -> None:
        """Takes in a statement that is marked "yes" or "no" at a place."""
        text = str(statement)
        self._digests[mark].append(_digest(text))
        self._lines.seek(0, 2)
        self._lines.write(f"{self._digests[mark][-1]:016x}{json.dumps([text, mark, place])}\n".encode("ascii"))

    def marked_both_ways(self) -> Iterator[tuple[str, list[str]]]:
        """Statements (in notation) that are marked both, in the order in which they came, with places of "no" first."""
        denied = set(self._digests["no"])
        both = {b"%016x" % digest for digest in self._digests["yes"] if digest in denied}
        places: dict[str, dict[str, list[str]]] = {}
        self._lines.seek(0)
        for line in self._lines if both else ():
            if line[:16] in both:
                text, mark, place = json.loads(line[16:])
                named = places.setdefault(text, {"no": [], "yes": []})[mark]
                if len(named) < KEPT_PLACES:
                    named.append(place)
        for text, found in places.items():
            if found["no"] and found["yes"]:
                yield text, [*found["no"], *found["yes"]]


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
