"""A Dask cluster that somebody else has started."""

from __future__ import annotations

from typing import Any

from analysis.errors import MissingDataError, UsageError

PATIENCE = "30s"
"""Seconds to wait for the scheduler."""


def connect(scheduler: str) -> Any:
    """A client of the cluster at an address.

    Raises:
        MissingDataError: the package distributed is not installed.
        UsageError: no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingDataError("--engine dask needs the package distributed: pip install 'claimgauge[dask]'") from None
    try:
        return Client(scheduler, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {scheduler!r} ({error}); start one or mend --scheduler"
        ) from None
