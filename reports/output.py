"""What every output has in common: it takes reports one by one and is written at the end."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claims.audit import Finding
    from claims.verify import CheckedReport
    from reports.tool import Tool

CHUNK = 1 << 16


class Spool:
    """Text put aside on disk until what stands before it is known.

    The file has no name: it is gone when it is closed, and when the program is killed.

    Attributes:
        pieces: how many texts were put aside.
    """

    def __init__(self, folder: Path) -> None:
        self.pieces = 0
        self._file = tempfile.TemporaryFile(  # noqa: SIM115 (closed by `close`)
            "w+", encoding="utf-8", errors="backslashreplace", newline="", dir=folder
        )

    def put(self, text: str) -> None:
        """Puts a text aside."""
        self._file.write(text)
        self.pieces += 1

    def text(self) -> Iterator[str]:
        """All texts in their order, in chunks."""
        self._file.seek(0)
        while chunk := self._file.read(CHUNK):
            yield chunk

    def close(self) -> None:
        """Gives the space back."""
        self._file.close()


class Output(Protocol):
    """One file of a bundle.

    An output is made with the tool it names and a folder for its spools.
    """

    file: ClassVar[str]

    def __init__(self, tool: Tool, folder: Path) -> None: ...

    def add(self, checked: CheckedReport) -> None:
        """Takes in one report."""

    def text(self, across: Sequence[Finding]) -> Iterator[str]:
        """The whole file in pieces.

        Args:
            across: the findings on all reports beside each other.
        """

    def close(self) -> None:
        """Gives the spools back."""
