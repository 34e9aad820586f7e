"""What a process does with reports in place of checking them: some of their names kill it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any


def check_file(_setup: Any, _formats: tuple[str, ...], path: Path, _words: bytes = b"") -> str:
    """The name of the report; "deadly" always kills, "once" only until it has left a mark beside it."""
    if path.name == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    mark = path.parent / "mark"
    if path.name == "once" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name
