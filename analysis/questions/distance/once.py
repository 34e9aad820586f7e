"""Work on the same cells is done once, however often it is asked for.

The specification curve, the headline and the estimates beside it ask for the same models of the
same cells; standard errors of different kinds for the same least-squares fit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache, wraps
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.questions.distance.rows import DistanceRows, Slope

P = ParamSpec("P")
Found = TypeVar("Found")

ESTIMATES = 2000
"""Estimates that are remembered; each is a few numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Rows that equal others of the same content."""

    rows: DistanceRows
    content: bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)


class _Recent:
    """The last rows that were asked about, so that their content is read once."""

    def __init__(self) -> None:
        self._last: _Same | None = None

    def same(self, rows: DistanceRows) -> _Same:
        """The rows with their content."""
        last = self._last
        if last is None or last.rows is not rows:
            self._last = last = _Same(rows, _content(rows))
        return last


def _content(rows: DistanceRows) -> bytes:
    """A digest of everything that rows hold."""
    digest = blake2b(digest_size=16)
    for field in fields(rows):
        value = getattr(rows, field.name)
        digest.update(field.name.encode())
        if isinstance(value, np.ndarray) and value.dtype != object:
            digest.update(repr(value.shape).encode() + np.ascontiguousarray(value).tobytes())
        else:
            words = value.tolist() if isinstance(value, np.ndarray) else [value]
            digest.update("\x1f".join(map(str, words)).encode())
    return digest.digest()


RECENT = _Recent()


def once(
    size: int,
) -> Callable[[Callable[Concatenate[DistanceRows, P], Found]], Callable[Concatenate[DistanceRows, P], Found]]:
    """A function of rows that remembers its last results, by the content of the rows.

    Errors are not remembered. Further arguments must be hashable.

    Args:
        size: results that are remembered.
    """

    def decorated(work: Callable[Concatenate[DistanceRows, P], Found]) -> Callable[Concatenate[DistanceRows, P], Found]:
        kept: Any = lru_cache(maxsize=size)(lambda same, *given, **named: work(same.rows, *given, **named))

        @wraps(work)
        def remembering(rows: DistanceRows, /, *given: P.args, **named: P.kwargs) -> Found:
            found: Found = kept(RECENT.same(rows), *given, **named)
            return found

        return remembering

    return decorated


@once(ESTIMATES)
def estimated(rows: DistanceRows, way: Callable[[DistanceRows], Slope]) -> Slope:
    """Estimate of a slope by one method.

    Args:
        rows: cells of one kind of distance.
        way: such as `models.mixed_slopes_tree`.
    """
    return way(rows)
