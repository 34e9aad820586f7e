"""Vectors of a frozen encoder, computed once per text and kept on disk.

What is kept is found by the content of the text and of the encoder's module, so that all plans
share it, and a new version of the module computes its own.
"""

from __future__ import annotations

import hashlib
import importlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError, MissingDataError, UsageError
from runners.cache import cache_folder
from runners.model.allowed_code import check_allowed

Vectors = NDArray[np.float32]
Function = Callable[[list[str]], Any]

BLOCK = 500
"""Texts looked up, or computed and written down, at a time."""

PATIENCE = 600.0
"""Seconds that a process waits for another one that is writing."""


class CachedFunction:
    """A callable from texts to vectors that computes each text once.

    Raises:
        UsageError: the path does not name a function, or one that may not be called (`runners.model.allowed_code`).
        MissingDataError: its module is not installed.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        module_name, _, name = path.partition(":")
        if not module_name or not name:
            raise UsageError(f"encoder {path!r} is not of the form module:function")
        check_allowed(path)
        try:
            module = importlib.import_module(module_name)
        except ImportError as error:
            raise MissingDataError(f"encoder {path!r}: {error}; install the package it is in") from error
        if not callable(found := getattr(module, name, None)):
            raise UsageError(f"encoder {path!r}: module {module_name} has no function {name}")
        self._function: Function = found
        source = Path(module.__file__).read_bytes() if module.__file__ else b""
        # A new version of the module may give other vectors, so it gets a file of its own.
        version = f"{path}\n{getattr(module, '__version__', '')}\n".encode() + source
        self._file = cache_folder("vectors") / f"{hashlib.sha256(version).hexdigest()[:32]}.sqlite"

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension)."""
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=PATIENCE)) as store:
            store.execute("pragma page_size = 16384")  # several vectors per page; of a new file only
            store.execute("create table if not exists vectors (key blob primary key, value blob)")
            known = _stored(store, list(dict.fromkeys(keys)))
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            for block in _blocks(list(missing)):
                computed = self._compute([missing[key] for key in block])
                new = [(key, vector.tobytes()) for key, vector in zip(block, computed, strict=True)]
                with store:
                    store.executemany("insert or replace into vectors values (?, ?)", new)
                known |= dict(new)
        return np.stack([np.frombuffer(known[key], dtype=np.float32) for key in keys])

    def _compute(self, texts: list[str]) -> Vectors:
        found = np.asarray(self._function(texts), dtype=np.float32)
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            raise InputError(
                f"encoder {self.path}",
                f"gave an array of shape {found.shape} for {len(texts)} texts; one finite vector per text is needed",
            )
        return found


def _stored(store: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for block in _blocks(keys):
        places = ", ".join("?" * len(block))
        found |= store.execute(f"select key, value from vectors where key in ({places})", block).fetchall()  # noqa: S608
    return found


def _blocks(keys: Sequence[bytes]) -> Iterator[list[bytes]]:
    return (list(keys[i : i + BLOCK]) for i in range(0, len(keys), BLOCK))
