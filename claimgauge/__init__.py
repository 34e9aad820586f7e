"""claimgauge: what reports claim about model results, checked against what was measured.

In Python, `import claimgauge as cg` gives `cg.verify`, `cg.check`, `cg.read_results`, `cg.gains`, `cg.ask`,
`cg.plot` and `cg.run` (see `claimgauge.api`); each is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimgauge.api import ask, plot
    from claimgauge.api.checking import check
    from claimgauge.api.running import run
    from claimgauge.api.tables import gains, read_results
    from claimgauge.api.verifying import verify

__version__ = "0.1.0"
__all__ = ["ask", "check", "gains", "plot", "read_results", "run", "verify"]

_PLACES = {
    "ask": "ask",
    "check": "checking",
    "gains": "tables",
    "plot": "plot",
    "read_results": "tables",
    "run": "running",
    "verify": "verifying",
}
"""Public name → module of `claimgauge.api` that has it, or is it."""


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'claimgauge' has no attribute {name!r}; it has {', '.join(__all__)}")
    module = import_module(f"claimgauge.api.{_PLACES[name]}")
    return module if name == _PLACES[name] else getattr(module, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
