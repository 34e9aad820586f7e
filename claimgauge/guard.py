"""The front door: makes sure that our packages are ours before anything is imported from them.

The packages carry plain names (`analysis`, `claims`, `reports`, `runners`). A user's own file
`analysis.py` in the working folder, or a folder of that name on PYTHONPATH, must not take their
place.
"""

from __future__ import annotations

import atexit
import gc
import sys
from importlib.machinery import PathFinder
from pathlib import Path

OURS = ("analysis", "claims", "reports", "runners")
HOME = Path(__file__).resolve().parents[1]
ALLOCATIONS = 50_000
"""New objects between two searches for cycles; with Python's 700 they take a fifth of the time of a start."""


def hidden() -> list[tuple[str, str]]:
    """Our packages that something else would be imported for: (name, where that is)."""
    found = []
    for name in OURS:
        loaded = sys.modules.get(name)
        if loaded is not None:
            origin = getattr(loaded, "__file__", None) or next(iter(getattr(loaded, "__path__", [""])), "")
        else:
            spec = PathFinder.find_spec(name, sys.path)
            locations = list(spec.submodule_search_locations or []) if spec is not None else []
            origin = (spec.origin or next(iter(locations), "")) if spec is not None else ""
        if not _is_ours(origin, name):
            found.append((name, origin))
    return found


def _is_ours(origin: str, name: str) -> bool:
    place = Path(origin).resolve() if origin else None
    return place is not None and (HOME / name) in (place, *place.parents)


def secure() -> None:
    """Puts our packages before anything that would hide them.

    Raises:
        SystemExit: a foreign module of that name is already imported; says which (exit code 5).
    """
    if not hidden():
        return
    sys.path.insert(0, str(HOME))
    still = hidden()
    if still:
        for name, origin in still:
            message = f"claimgauge: the package {name!r} is hidden by {origin or 'nothing that can be found'}"
            print(f"{message}; rename it, or run `claimgauge doctor` from another folder", file=sys.stderr)  # noqa: T201
        raise SystemExit(5)


def main() -> None:
    """Runs the command line."""
    gc.set_threshold(ALLOCATIONS)
    atexit.register(gc.freeze)  # or Python searches all that is left for cycles
    secure()
    from claimgauge.cli import run

    run()
