"""Progress of a stage, written to its node's log every few seconds."""

from __future__ import annotations

import math
import sys
import time

from runners.trained import Progress

EVERY = 10.0
"""Seconds between two lines."""


class Log:
    """Called after every step; prints the first, the last, and one every few seconds."""

    def __init__(self, every: float = EVERY) -> None:
        self._every, self._said = every, float("-inf")
        self._began, self._first = 0.0, 0

    def __call__(self, now: Progress) -> None:
        """Prints one line: step, loss, speed, and the time that is left at that speed."""
        clock = time.monotonic()
        if clock - self._said < self._every and now.step < now.steps:
            return
        if self._said == float("-inf"):
            self._began, self._first = clock, now.step
        self._said = clock
        done = now.step - self._first
        left = f", {(clock - self._began) / done * (now.steps - now.step):,.0f} s left" if done else ""
        loss = "" if math.isnan(now.loss) else f", loss {now.loss:.4g}"  # none is known after the first step
        line = f"step {now.step:,} of {now.steps:,}{loss}, {now.tokens_per_second:,.0f} tokens/s{left}"
        print(line, file=sys.stdout, flush=True)  # noqa: T201 — the node's log
