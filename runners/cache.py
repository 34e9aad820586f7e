"""Cache folders for values that later runs use again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder(name: str) -> Path:
    """The folder of one sort of things below $XDG_CACHE_HOME, or ~/.cache; may be removed at any time.

    Args:
        name: of the sort, such as "vectors".
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "claimgauge" / name
