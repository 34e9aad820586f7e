"""Starts loading what worker processes need while this process loads its own: they are forked from what is loaded."""

from __future__ import annotations

import multiprocessing

PRELOADED = "claimgauge.preloaded"


def start_preloading() -> str:
    """Starts the server that worker processes are forked from, where the system has one.

    Returns:
        How processes start here, "forkserver" or "spawn".
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return "spawn"
    from multiprocessing import forkserver

    multiprocessing.set_forkserver_preload([PRELOADED])
    forkserver.ensure_running()
    return "forkserver"
