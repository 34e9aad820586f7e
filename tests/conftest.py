"""Fixtures for all tests."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# The suite runs in as many processes as there are cores; more threads than that only get in each other's way.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
# A process that may not keep compiled files compiles all it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

if TYPE_CHECKING:
    from served import Served

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "claimgauge")]  # modules that test files share

from provoked_errors import pytest_configure, pytest_sessionfinish, pytest_testnodedown  # noqa: E402, F401

# Properties are about right and wrong; how long an example takes depends on what else the machine does. The same
# examples every time, so that a commit passes or fails; `HYPOTHESIS_PROFILE=thorough` draws others.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("brief", max_examples=20, derandomize=True, **UNHURRIED)
settings.register_profile("thorough", max_examples=300, **UNHURRIED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "brief"))


gc.set_threshold(100_000)  # with 700, as Python has it, much time goes into searching for cycles


def pytest_collection_finish() -> None:
    """Thousands of tests and the modules they import stay to the end: there is nothing to be collected among them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page's server, over a folder of its own."""
    from served import start, stop

    served = start(tmp_path_factory.mktemp("page") / "kept")
    yield served
    stop(served)
