"""Characters no claim is made of: terminal commands, controls, marks that turn the line around."""

from __future__ import annotations

import re

GAP = "\ufffc"
"""Stands for a formula, a cross-reference, a citation key: no reader of sentences knows it as a word."""


_COMMANDS = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4000}(?:\x07|\x1b\\|\x9c)"  # OSC: titles, links
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HALVES = re.compile("[\ud800-\udfff]")


def without_commands(text: str) -> str:
    """A text without the commands by which programs colour a terminal."""
    return _COMMANDS.sub("", text) if "\x1b" in text or "\x9b" in text or "\x9d" in text else text


def without_controls(text: str) -> str:
    """A text that is safe to print: no control characters, no halves of characters.

    A sign that turns the direction of writing leaves a gap: what a person saw there is not what
    stands in the file.
    """
    if text.isprintable():
        return text
    bare = _UNSEEN.sub("", _CONTROLS.sub("", without_commands(text)))
    return _HALVES.sub("\ufffd", _TURNING.sub(GAP, bare))
