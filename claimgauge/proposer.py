"""The model of `--reader`: a local folder or a server, its answers kept on disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import UsageError

if TYPE_CHECKING:
    from analysis.tables import Table
    from claims.checking.over_tables import TableJudge
    from claims.proposing.proposer import Proposer

KEY = "CLAIMGAUGE_API_KEY"
"""Environment variable of the key that is sent to a server."""
TIMEOUT = 120.0
"""Seconds an answer may take unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Judges:
    """Makes judges of claims over tables.

    Attributes:
        proposer: the model asked where a claim is not read; None for none.
        numbers: whether it sees the cells.
    """

    proposer: Proposer | None = None
    numbers: bool = False

    def over(self, tables: Sequence[Table]) -> TableJudge:
        """The judge over some tables."""
        from claims.checking.over_tables import TableJudge

        if self.proposer is None:
            return TableJudge(tables)
        from claims.proposing.judging import ProposingJudge

        return ProposingJudge(tables, self.proposer, numbers=self.numbers)


def judges_with(reader: str | None, model: str, timeout: float | None, *, numbers: bool) -> Judges:
    """Judges with the model of `--reader`, or without one.

    Args:
        reader: folder or address; None for none.
        model: as a server calls it; "" for its only one.
        timeout: seconds a server may take for an answer.
        numbers: whether the model sees the cells.

    Raises:
        UsageError: options that do not go together, or no address.
        MissingDataError: no such model.
    """
    if reader is None:
        if model or numbers or timeout is not None:
            raise UsageError("--reader-model, --reader-timeout and --reader-sees-numbers need --reader DIR or URL")
        return Judges()
    from claims.proposing.proposer import CachedProposer
    from runners.cache import cache_folder

    proposer = _proposer(reader, model, timeout)
    return Judges(CachedProposer(proposer, cache_folder("rewordings")), numbers)


def _proposer(reader: str, model: str, timeout: float | None) -> Proposer:
    if "://" in reader:
        from claims.proposing.server import server_at

        return server_at(reader, model, os.environ.get(KEY, ""), timeout or TIMEOUT)
    if model or timeout is not None:
        raise UsageError("--reader-model and --reader-timeout are for a server, not for a folder")
    from runners.propose.local_model import load_model

    return load_model(Path(reader))
