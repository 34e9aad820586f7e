"""Says why a file cannot be read, and what to do, in place of the words of the library that found it."""

from __future__ import annotations

import json
from tomllib import TOMLDecodeError

REASONS: tuple[tuple[type[Exception], str], ...] = (
    (FileNotFoundError, "no such file; check the path"),
    (NotADirectoryError, "no such file; check the path"),
    (IsADirectoryError, "is a folder; name a file"),
    (PermissionError, "cannot be read here; see to its permissions"),
    (RecursionError, "cannot be read, as it is nested too deeply; cut it to the part that matters"),
    (UnicodeDecodeError, "cannot be read, as it is no UTF-8 text; save it as UTF-8"),
)


def why_unread(error: Exception, wanted: str) -> str:
    """One clause for an error of reading a file: what is wrong, and the remedy.

    Args:
        error: of the system, or of the parser of JSON or TOML.
        wanted: what the file should be, "a verdicts.json".
    """
    for kind, reason in REASONS:
        if isinstance(error, kind):
            return reason
    if isinstance(error, json.JSONDecodeError):
        if not error.doc.strip():
            return f"cannot be read, as it is empty; give {wanted}"
        place = f"line {error.lineno}, column {error.colno}"
        return f"cannot be read, as it is no JSON from {place} on; give {wanted}"
    if isinstance(error, TOMLDecodeError):
        return f"cannot be read as TOML ({error}); mend it there, or give {wanted}"
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or error}); give {wanted}"
    return f"cannot be read; give {wanted}"
