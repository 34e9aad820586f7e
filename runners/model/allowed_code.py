"""Code that a plan may call: encoders of installed packages that offer them, and what the user allows by name.

A plan is a file, and files come from others. `encoder = "module:function"` would call whatever is installed
under that name, so it is called only if a package registers it as an entry point of the group
`claimgauge.encoders`, or if `--allow-code module:function` stands on the command line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from analysis.errors import UsageError
from analysis.plugins import registered

KIND = "encoders"
GROUP = f"claimgauge.{KIND}"
VARIABLE = "CLAIMGAUGE_ALLOW_CODE"
"""Environment variable by which a run tells its nodes what was allowed; import paths parted by commas."""
OURS = frozenset(("runners.frozen_use:encode", "runners.frozen_random:encode"))


def allow(paths: Iterable[str]) -> None:
    """Allows import paths, for this process and those it starts."""
    given = dict.fromkeys([*named(), *paths])
    if given:
        os.environ[VARIABLE] = ",".join(given)


def standing(path: str) -> str:
    """Why code may be called: "ours", "registered by PACKAGE", "allowed by name"; "" where it may not."""
    if path in OURS:
        return "ours"
    for plugin in registered(KIND):
        if plugin.target == path:
            return f"registered by {plugin.distribution}"
    return "allowed by name" if path in named() else ""


def check_allowed(path: str) -> None:
    """Refuses code that nobody allowed, before it is imported.

    Raises:
        UsageError: says how to allow it.
    """
    if not standing(path):
        raise UsageError(
            f"encoder {path!r} is code that the plan names and no installed package registers as an encoder "
            f"(entry points {GROUP!r}); if you trust it, add --allow-code {path}"
        )


def named() -> list[str]:
    """The import paths that were allowed by name."""
    return [name for name in os.environ.get(VARIABLE, "").split(",") if name]
