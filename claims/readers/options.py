"""Options for reading a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from analysis.errors import UsageError

ROLES = ("claim", "mark", "confidence")
"""Roles of the columns of a claims table."""

MOST_BYTES = 10_000_000
"""Bytes of the largest report that is read unless the caller allows more."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options for reading a report.

    Attributes:
        columns: role ("claim", "mark", "confidence") → name of the column, field or key that holds
            it, where the report does not use one of the usual names.
        most_bytes: a larger file is refused before it is read.
        prose: sentences of prose are claims if nothing else is ("last"), beside listed claims, too ("beside"), or
            never ("never").

    Raises:
        UsageError: a role that does not exist.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    most_bytes: int = MOST_BYTES
    prose: Literal["last", "beside", "never"] = "last"

    def __post_init__(self) -> None:
        strange = sorted(set(self.columns) - set(ROLES))
        if strange:
            raise UsageError(f"map: unknown role '{strange[0]}'; the roles are {', '.join(ROLES)}")


DEFAULT_OPTIONS = ReadOptions()
"""The usual names, the usual limits."""
