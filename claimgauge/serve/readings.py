"""The readings kept on the page, in the file that `claimgauge verify` takes as `assertions`."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

from analysis.errors import InputError, UsageError
from analysis.files.atomic import replacing
from analysis.files.unread import why_unread

ENTRY = re.compile(r"(?m)^(?=\[\[assertion\]\])")
LONGEST_NAME = 80
"""Characters of who says so."""


class KeptReadings:
    """A file of readings; an entry that is taken out leaves the others, and what stands between them, as they are.

    Args:
        path: the file; there is none where nothing is kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def text(self) -> str:
        """The file, "" where there is none.

        Raises:
            InputError: it is no text.
        """
        try:
            return self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        except UnicodeDecodeError as error:
            raise InputError(str(self.path), why_unread(error, "a file of assertions")) from None

    def entries(self) -> list[dict[str, Any]]:
        """The kept entries, newest first: `key`, `text`, `reads`, `by`, `on`."""
        found = [_entry(part) for part in self._parts()[1:]]
        return [
            {"key": _key(one), **{name: str(one.get(name, "")) for name in ("text", "reads", "by", "on")}}
            for one in reversed(found)
        ]

    def keep(self, text: str, reads: str, by: str, on: str) -> None:
        """Keeps a reading in place of one kept before for the same words.

        Raises:
            UsageError: a text that no file can hold.
        """
        head, *parts = self._parts()
        given = {"text": text, "reads": reads, "by": " ".join(by.split())[:LONGEST_NAME], "on": on}
        lines = [f"{name} = {_toml(value)}" for name, value in given.items() if value]
        others = [part for part in parts if _entry(part).get("text") != text]
        self._write([head, *others, "\n".join(["[[assertion]]", *lines])])

    def forget(self, key: str) -> None:
        """Takes an entry out.

        Raises:
            UsageError: there is none of that key.
        """
        head, *parts = self._parts()
        kept = [part for part in parts if _key(_entry(part)) != key]
        if len(kept) == len(parts):
            raise UsageError("this reading is no longer kept; reload the page")
        self._write([head, *kept])

    def _parts(self) -> list[str]:
        """The text before the first entry, then each entry.

        Raises:
            InputError: the file is no TOML, or its entries cannot be told apart.
        """
        text = self.text()
        try:
            tomllib.loads(text)
            head, *parts = ENTRY.split(text)
            for part in parts:
                _entry(part)
        except (tomllib.TOMLDecodeError, LookupError, TypeError, ValueError) as error:
            raise InputError(str(self.path), f"cannot be changed here ({error}); change it by hand") from None
        return [head, *parts]

    def _write(self, parts: list[str]) -> None:
        text = "\n\n".join(part.strip() for part in parts if part.strip())
        if not ENTRY.search(text):
            self.path.unlink(missing_ok=True)
            return
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(str(self.path), f"cannot be changed here ({error}); change it by hand") from None
        with replacing(self.path) as part:
            part.write_text(f"{text}\n", encoding="utf-8")


def _entry(part: str) -> dict[str, Any]:
    return dict(tomllib.loads(part)["assertion"][0])


def _key(entry: dict[str, Any]) -> str:
    place = json.dumps([str(entry.get(name, "")) for name in ("report", "claim", "text")])
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def _toml(text: str) -> str:
    """A basic string of TOML."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError("the text holds half of a character, which no file can keep; type it anew") from None
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
