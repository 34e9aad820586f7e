"""Frozen records that are made, looked up and written again and again: each computes its hash and its text once.

The fields of these records are written directly, not through `object.__setattr__`, which takes a multiple of the time:
that nobody assigns to them later is held by the type checker alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import replace as replace  # with its checks of names and types
else:

    def replace(item: Any, /, **changes: Any) -> Any:
        """A dataclass with other values, as of `dataclasses.replace`, for those whose fields are all given in order."""
        made = item.__class__(*[changes.pop(n) if n in changes else getattr(item, n) for n in item.__match_args__])
        if changes:
            raise TypeError(f"{type(item).__name__} has no field {', '.join(changes)}")
        return made


Kind = TypeVar("Kind")


class Hashed:
    """Base class of records that cache their hash and their text."""

    __slots__ = ("_hash", "_text")

    _hash: int
    _text: str

    def kept_text(self, write: Callable[[Self], str]) -> str:
        """The text of the record, written on first use."""
        try:
            return self._text
        except AttributeError:
            text = write(self)
            self._text = text
            return text


@dataclass_transform(frozen_default=True)
def record(kind: type[Kind]) -> type[Kind]:
    """A frozen dataclass with slots that is quick to make."""
    return _made(kind, by_value=True)


@dataclass_transform(frozen_default=True, eq_default=False)
def unique_record(kind: type[Kind]) -> type[Kind]:
    """The same, of which each is equal to itself alone."""
    return _made(kind, by_value=False)


@dataclass_transform(frozen_default=True)
def hashed(kind: type[Kind]) -> type[Kind]:
    """A record, derived from `Hashed`, that keeps its hash once it was asked for it."""
    made: Any = _made(kind, by_value=True)
    compute = made.__hash__

    def kept(self: Any) -> int:
        try:
            found: int = self._hash
        except AttributeError:
            found = self._hash = compute(self)
        return found

    made.__hash__ = kept
    return cast("type[Kind]", made)


def _made(kind: type[Kind], *, by_value: bool) -> type[Kind]:
    """The dataclass; what is pickled of it is its fields, since another process hashes otherwise."""
    own_hash = kind.__dict__.get("__hash__") is not None
    made: Any = dataclass(slots=True, eq=by_value, unsafe_hash=by_value and not own_hash)(kind)
    names = tuple(field.name for field in fields(made))

    def state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restored(self: Any, values: list[Any]) -> None:
        for name, value in zip(names, values, strict=True):
            setattr(self, name, value)

    made.__getstate__, made.__setstate__ = state, restored
    return cast("type[Kind]", made)
