"""One claim, or one file, that cannot be worked through does not end the run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from analysis.errors import ClaimgaugeError, InputError
from analysis.time_limit import TimeLimitError, time_limit
from claims.verdict import Verdict

Thing = TypeVar("Thing")
FAILED = "failed"
"""Flag of a claim on which this program failed."""
STOPPED = "stopped"
"""Flag of a claim that took too long."""


def guarded_verdict(act: Callable[[], Thing], seconds: float | None) -> Thing | Verdict:
    """The outcome of the work on one claim, or a verdict with the reason why there is none.

    Args:
        act: the work.
        seconds: its time limit; None for no limit.

    Raises:
        ClaimgaugeError: as the work raises it.
    """
    try:
        with time_limit(seconds):
            return act()
    except ClaimgaugeError:
        raise
    except TimeLimitError as error:
        if error.seconds != seconds:
            raise
        return stopped(error.seconds)
    except Exception as error:  # noqa: BLE001 (whatever it is, the other claims are checked)
        reason = f"Not checked, by a fault of this program ({_words(error)}); please report it."
        return Verdict("not-testable", (FAILED,), "none", reason, None)


def stopped(seconds: float) -> Verdict:
    """The verdict on a claim that took longer than it may."""
    reason = f"Checking took longer than {seconds:g} s and was stopped; allow more (time-limit)."
    return Verdict("not-testable", (STOPPED,), "none", reason, None)


def guarded_file(act: Callable[[], Thing], path: Path, seconds: float | None = None) -> Thing:
    """The outcome of the work on one file; whatever goes wrong is an error that names the file.

    Args:
        act: the work.
        path: the file.
        seconds: its time limit; None for no limit.

    Raises:
        InputError: it took too long, or needs more memory or deeper nesting than there is.
        ClaimgaugeError: as the work raises it, and for every other fault.
    """
    try:
        with time_limit(seconds):
            return act()
    except ClaimgaugeError:
        raise
    except TimeLimitError as error:
        if error.seconds != seconds:
            raise
        raise InputError(str(path), f"took longer than {seconds:g} s; allow more (time-limit)") from None
    except MemoryError:
        raise InputError(str(path), "needs more memory than there is; cut it down") from None
    except RecursionError:
        raise InputError(str(path), "is nested too deep; cut it down") from None
    except Exception as error:
        message = f"{path}: a fault of this program ({_words(error)}); the file is left out, please report it"
        raise ClaimgaugeError(message) from error


def _words(error: Exception) -> str:
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
