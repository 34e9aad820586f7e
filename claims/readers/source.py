"""The bytes of a report, checked before anything reads them."""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError
from analysis.files.encodings import BOMS, decoded
from claims.readers.controls import without_commands

MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
    (b"PK\x03\x04", "a ZIP archive that is no Word document"),
    (b"{\\rtf", "an RTF file"),
)
"""First bytes → what the file is, for formats no reader reads."""

_ORIGIN = re.compile(r"\ASOURCE: [^\n]*")
"""A first line that tells where a file was taken from; it is emptied, so that lines keep their numbers."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.05
"""Share of control characters beyond which a file is no text; lost ligatures stay far below."""
_SAVE_AS = "save it as text (UTF-8), Markdown, CSV, JSON, HTML, PDF or DOCX"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report file as found on disk.

    Attributes:
        path: as given by the caller.
        data: all its bytes.
    """

    path: Path
    data: bytes

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def ending(self) -> str:
        """Ending of the file's name in lower case, with its dot; a hint at most."""
        return self.path.suffix.lower()

    def fault(self, what: str) -> InputError:
        """An error about this file."""
        return InputError(str(self.path), what)


def open_source(path: Path, most_bytes: int) -> ReportFile:
    """Reads a file's bytes, unless it is missing, no plain file, too large or empty.

    Raises:
        InputError: names the file, what is wrong with it, and the remedy.
    """

    def fault(what: str) -> InputError:
        return InputError(str(path), what)

    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise fault("is a folder; name a report file inside it")
        if not stat.S_ISREG(found.st_mode):
            raise fault("is no plain file; save the report to a file first")
        if found.st_size > most_bytes:
            too_large = f"has {found.st_size:,} bytes, more than the {most_bytes:,} allowed"
            raise fault(f"{too_large}; cut it down or allow more (max-mb)")
        data = path.read_bytes()
    except FileNotFoundError:
        raise fault("no such file; check the path") from None
    except (OSError, ValueError) as error:
        raise fault(f"cannot be opened ({getattr(error, 'strerror', None) or error})") from error
    if not data.strip():
        raise fault("is empty; nothing to read")
    return ReportFile(path, data)


def decode(source: ReportFile) -> str:
    """The text of a file with plain line ends.

    UTF-8 with or without a byte order mark, UTF-16 and UTF-32 by theirs, else a guess (`encoding_note`).

    Raises:
        InputError: the file is binary, or in another encoding.
    """
    for magic, what in MAGIC:
        if source.data.startswith(magic):
            raise source.fault(f"is {what}, which no reader reads; {_SAVE_AS}")
    text = without_commands(_decoded(source))
    controls = len(_CONTROL.findall(text))
    if controls > _MOST_CONTROL * len(text):
        hint = " (or UTF-16 without a byte order mark)" if "\0" in text else ""
        raise source.fault(f"is binary: {controls:,} of {len(text):,} characters are controls{hint}; {_SAVE_AS}")
    if not text.strip():
        raise source.fault("is empty; nothing to read")
    return _ORIGIN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(source: ReportFile) -> str:
    found = decoded(source.data)
    if found is not None:
        return found.text
    try:
        encoding = next((name for bom, name in BOMS if source.data.startswith(bom)), "utf-8")
        source.data.decode(encoding)
    except UnicodeDecodeError as error:
        raise source.fault(
            f"cannot be decoded: byte 0x{source.data[error.start]:02x} at offset {error.start:,} is not "
            f"{encoding.removesuffix('-sig').upper()}, and no other encoding fits; {_SAVE_AS}"
        ) from None
    return source.data.decode(encoding)


def encoding_note(source: ReportFile) -> str:
    """The note on a guessed encoding; "" where none was guessed, and for a file that is no text."""
    if source.data.startswith((b"%PDF", *(magic for magic, _ in MAGIC))):
        return ""
    found = decoded(source.data)
    return found.note if found is not None else ""
