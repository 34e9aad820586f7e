"""Frozen records that are looked up and written again and again: each computes its hash and its text once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeVar, cast, dataclass_transform

Kind = TypeVar("Kind")


class Hashed:
    """What a record with a kept hash derives from."""

    __slots__ = ("_hash", "_text")

    _hash: int
    _text: str

    def kept_text(self, write: Callable[[Self], str]) -> str:
        """The text of the record, written when it is first asked for."""
        try:
            return self._text
        except AttributeError:
            text = write(self)
            Hashed.__dict__["_text"].__set__(self, text)
            return text


@dataclass_transform(frozen_default=True)
def hashed(kind: type[Kind]) -> type[Kind]:
    """A frozen dataclass with slots, derived from `Hashed`, that keeps its hash once it was asked for it."""
    made: Any = dataclass(frozen=True, slots=True)(kind)
    compute, keep = made.__hash__, Hashed.__dict__["_hash"].__set__

    def kept(self: Any) -> int:
        try:
            found: int = self._hash
        except AttributeError:
            found = compute(self)
            keep(self, found)
        return found

    made.__hash__ = kept
    return cast("type[Kind]", made)
