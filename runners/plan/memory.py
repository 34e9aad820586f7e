"""Facts of laboratory data that an earlier dry run computed: fingerprints, sizes and lengths of texts.

Laboratory data is a pure function of a seed and of code, so that what it is need not be drawn again to be priced.
A run that trains draws it anew and trusts nothing from here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.files.atomic import replacing
from runners.cache import cache_folder

HOME = Path(__file__).resolve().parents[2]
MADE_BY = (
    "runners/world/*.py", "runners/data/*.py", "runners/kinds/*.py", "runners/model/subwords.py",
    "runners/model/features.py", "runners/examples.py", "analysis/data/laboratory.toml",
    "analysis/data/world_languages.csv",
)  # fmt: skip
"""Code and tables that laboratory data and its lengths follow from."""


class Memory:
    """Values by key, JSON, on disk below the user's cache; may be removed at any time.

    Args:
        about: what the values belong to beside the code: the seed of a world, a model.

    Attributes:
        file: where they are kept; its name changes with the code.
    """

    def __init__(self, about: object) -> None:
        name = hashlib.sha256(f"{code_digest()} {counts_tokens()} {about!r}".encode()).hexdigest()[:24]
        self.file = cache_folder("laboratory") / f"{name}.json"
        self._values = self._read()
        self._new = False

    def once(self, key: str, compute: Callable[[], Any]) -> Any:
        """The value of a key, computed where it is not known yet."""
        if key not in self._values:
            self._values[key] = compute()
            self._new = True
        return self._values[key]

    def keep(self) -> None:
        """Writes what is new; a cache that cannot be written is none."""
        if not self._new:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self.file) as part:
                part.write_text(json.dumps(self._values), encoding="utf-8")
        except OSError:
            return
        self._new = False

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


class NoMemory:
    """Computes every value anew."""

    def once(self, key: str, compute: Callable[[], Any]) -> Any:  # noqa: ARG002
        """The value."""
        return compute()

    def keep(self) -> None:
        """Nothing is kept."""


def counts_tokens() -> bool:
    """True if the packages that count tokens are installed."""
    return find_spec("torch") is not None and find_spec("tokenizers") is not None


def code_digest() -> str:
    """SHA-256 of what laboratory data follows from, by content."""
    found = hashlib.sha256()
    for pattern in MADE_BY:
        for path in sorted(HOME.glob(pattern)):
            found.update(path.name.encode())
            found.update(path.read_bytes())
    return found.hexdigest()
