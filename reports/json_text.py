"""JSON as text, indented: the bytes of `json.dumps(…, indent=2)` without its slow encoder.

The standard library encodes in C only what is not indented. The records of a report have thousands of
strings, so that its encoder in Python would cost more than reading the report.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from math import isfinite

from analysis.escapes import json_escaped

STEP = "  "
plain = json.JSONEncoder(allow_nan=False).encode
"""Whole numbers and booleans; anything else that is left is refused."""


def indented(value: object, spaces: int) -> str:
    """A value as JSON, every line `spaces` blanks from the margin.

    Args:
        value: of dictionaries with strings as keys, lists, tuples, strings, numbers, booleans and None.
        spaces: the blanks before each line, the first one too.

    Raises:
        ValueError: a number is NaN or infinite, which JSON cannot say.
        TypeError: a value is of no kind that JSON has.
    """
    margin = " " * spaces
    return margin + _text(value, "\n" + margin)


def _text(value: object, line: str) -> str:
    """A value; `line` is the line end with the blanks that its last line starts with."""
    if isinstance(value, str):
        return json_escaped(quoted(value))
    if value is None:
        return "null"
    if isinstance(value, dict):
        inner = line + STEP
        return _block([f"{quoted(key)}: {_text(member, inner)}" for key, member in value.items()], "{}", line)
    if isinstance(value, list | tuple):
        inner = line + STEP
        return _block([_text(member, inner) for member in value], "[]", line)
    if type(value) is float and isfinite(value):
        return repr(value)
    return plain(value)


def _block(members: list[str], brackets: str, line: str) -> str:
    if not members:
        return brackets
    inner = line + STEP
    return f"{brackets[0]}{inner}{f',{inner}'.join(members)}{line}{brackets[1]}"
