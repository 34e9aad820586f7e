"""One thread of linear algebra, where matrices are so small that threads only wait for each other.

A fit of a model with 66 random effects takes 7 ms on one thread and up to 700 ms on two threads of
a busy machine, whose spinning threads hold each other up.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


@cache
def _controller() -> Any:
    return importlib.import_module("threadpoolctl").ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """A block within which BLAS uses one thread."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit
