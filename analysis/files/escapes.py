"""Texts of others on a terminal: what commands it is written out."""

from __future__ import annotations

import json
import re

COMMANDING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that a terminal obeys or cannot print: control characters, turns of the direction of writing, stray bytes."""
IN_JSON = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that JSON leaves as they are: the others it writes out itself."""


def escaped(text: str) -> str:
    r"""A text of others as one line that is safe to print: what commands a terminal is written out, as in `\x1b`."""
    if text.isprintable():
        return text
    return COMMANDING.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def escaped_lines(text: str) -> str:
    """A text of several lines, each as `escaped`."""
    return "\n".join(map(escaped, text.split("\n")))


def json_text(record: object) -> str:
    """A record as JSON that can be printed whatever bytes it came from."""
    return json_escaped(json.dumps(record, ensure_ascii=False, indent=2))


def json_escaped(text: str) -> str:
    """JSON whose strings command no terminal, with the same value."""
    if text.isprintable():
        return text
    return IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
