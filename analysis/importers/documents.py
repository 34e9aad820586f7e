"""Files as importers see them: bytes, their hash, and the JSON value or text in them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.files.encodings import decoded
from analysis.importers.archives import json_lines, text_of

HASH_DIGITS = 12
REMARKS = re.compile(r"\A\s*(?:# [^\n]*\n)+")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file on disk.

    Attributes:
        path: where it lies. sha256: of its bytes, 12 hexadecimal digits.
        text: its content. data: its JSON value, None where it is no JSON; of JSON lines a list.
        notes: what was repaired on the way.
    """

    path: Path
    sha256: str
    text: str
    data: Any = None
    notes: tuple[str, ...] = ()

    @property
    def delimiter(self) -> str:
        """Tab, semicolon or comma: whichever the first line has most of."""
        first = self.table_text.lstrip().partition("\n")[0]
        return max("\t;,", key=first.count)

    @property
    def table_text(self) -> str:
        """The text without the remarks above its header, lines that begin with # and a blank."""
        return REMARKS.sub("", self.text)

    def rows(self) -> list[list[str]]:
        """The content as delimited text."""
        rows = csv.reader(io.StringIO(self.table_text, newline=""), delimiter=self.delimiter)
        try:
            return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
        except csv.Error as error:
            raise InputError(str(self.path), f"is no delimited text ({error})") from None

    def header(self) -> frozenset[str]:
        """Names in the first line of delimited text; empty for JSON."""
        if self.data is not None or not self.text.strip():
            return frozenset()
        return frozenset(*self.rows()[:1])

    def records(self) -> list[Mapping[str, str]]:
        """Delimited text with a header, one mapping per line.

        Raises:
            InputError: a line has more or fewer cells than the header.
        """
        head, *rows = self.rows()
        if ragged := [i for i, row in enumerate(rows, start=2) if len(row) != len(head)]:
            raise InputError(str(self.path), f"line {ragged[0]} has not the {len(head)} cells of the header")
        return [dict(zip(head, row, strict=True)) for row in rows]


def hash_of(content: bytes) -> str:
    """The first digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]


def read_document(path: Path) -> SourceFile:
    """Reads a file.

    Raises:
        InputError: it is not there, empty, not text, or JSON that is cut off.
    """
    where = str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(where, "no such file") from None
    except OSError as error:
        raise InputError(where, f"cannot be read ({error.strerror})") from None
    unpacked = text_of(path, content)
    found = None if unpacked is not None else decoded(content)
    text = unpacked[0] if unpacked is not None else "\0" if found is None else found.text
    if "\0" in text:
        raise InputError(
            where,
            "is not text; importers read JSON, YAML, CSV, Parquet, xlsx, Markdown and LaTeX: save it as one of these",
        )
    if not text.strip():
        raise InputError(where, "is empty")
    data, notes = _json(where, text) if text.lstrip()[0] in "{[" else (None, ())
    if found is not None and found.note:
        notes = (found.note, *notes)
    if unpacked is not None:
        notes = (*unpacked[1], *notes)
    return SourceFile(path, hash_of(content), text, data, notes)


def _json(where: str, text: str) -> tuple[Any, tuple[str, ...]]:
    try:
        return json.loads(text), ()
    except (json.JSONDecodeError, RecursionError) as error:
        tidy, commas = _without_trailing_commas(text)
        if commas:
            try:
                return json.loads(tidy), (f"commas before a closing bracket were ignored ({commas})",)
            except json.JSONDecodeError:
                pass
        if (lines := json_lines(text)) is not None:
            return lines, ()
        place = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise InputError(where, f"is not complete JSON ({place})") from None


def _without_trailing_commas(text: str) -> tuple[str, int]:
    """JSON without the commas that stand before a closing bracket, outside of strings; and their number."""
    pattern = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')
    commas = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal commas
        if match[1] is not None:
            return match[1]
        commas += 1
        return ""

    return pattern.sub(mend, text), commas
