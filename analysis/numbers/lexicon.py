"""The words and signs of numbers, from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> Any:
    """One entry of the file."""
    return _file()[name]


@cache
def forms(*names: str) -> Mapping[str, str]:
    """Form → what it stands for, over tables of lists."""
    return {form: meant for name in names for meant, listed in table(name).items() for form in listed}


def one_of(listed: Mapping[str, object]) -> str:
    """A pattern for any of the forms, the longest first; their blanks stand for any one blank."""
    escaped = (re.escape(form).replace(r"\ ", r"[ \u00a0]") for form in sorted(listed, key=len, reverse=True))
    return f"(?:{'|'.join(escaped)})"


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
