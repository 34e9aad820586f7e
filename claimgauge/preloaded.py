"""Imported by the server that worker processes are forked from (see `claimgauge.preloading`): loads what they need."""

from __future__ import annotations

from claimgauge.guard import secure

secure()

from reports.workers import warm_up  # noqa: E402 (from our own packages, once they are secured)

warm_up()
