"""Text out of files that are no text: Parquet, spreadsheets, event files, and the logs of inspect_ai (ZIP)."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import InputError, MissingDataError
from analysis.importers.events import EVENTS, as_history

PARQUET = b"PAR1"
ZIP = b"PK\x03\x04"
"""First bytes of such files."""
ZSTANDARD = 93
"""The number of this compression in ZIP archives; Python's `zipfile` does not know it."""
LOCAL_HEADER = 30
"""Bytes of the fixed part before a member of an archive."""

LARGEST = 500_000_000
"""Bytes that an archive may unpack to at most, of the members that are read."""

OTHERS = {
    b"<stata_dta>": "is a Stata file: save the table as CSV or Parquet",
    b"\x89HDF": "is an HDF5 file: save the table as CSV or Parquet",
    b"\xd0\xcf\x11\xe0": "is an old Excel file (.xls): save it as .xlsx or CSV",
    b"\x1f\x8b": "is compressed (gzip): unpack it first",
}
"""First bytes of other files, and what to do with them."""


def text_of(path: Path, content: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The text of a file that is none, with notes; None where the bytes themselves are the text.

    Raises:
        InputError: the file is damaged, or of a kind that is not read.
        MissingDataError: a spreadsheet, and openpyxl is not installed.
    """
    if content.startswith(PARQUET):
        return _parquet(path), ()
    if content.startswith(ZIP):
        return _archive(path)
    for start, remedy in OTHERS.items():
        if content.startswith(start):
            raise InputError(str(path), remedy)
    if EVENTS in content[:100]:
        try:
            return as_history(content)
        except (ValueError, struct.error) as error:
            raise InputError(str(path), str(error)) from None
    return None


def _parquet(path: Path) -> str:
    """The table of a Parquet file as delimited text, numbers in full."""
    import pandas as pd

    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be read as Parquet ({str(error).splitlines()[0]})") from None
    return str(frame.to_csv(index=False))


def _archive(path: Path) -> tuple[str, tuple[str, ...]]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sum(member.file_size for member in archive.infolist() if _is_read(member.filename)) > LARGEST:
                raise InputError(str(path), f"unpacks to more than {LARGEST // 1_000_000} MB")
            if "xl/workbook.xml" in names:
                return _sheets(path)
            if "header.json" in names:
                return _member(path, archive, "header.json").decode("utf-8"), ()
    except (OSError, SyntaxError, ValueError, zipfile.BadZipFile, KeyError, struct.error) as error:
        raise InputError(str(path), f"is a damaged archive ({error})") from None
    if "_journal/start.json" in names:
        raise InputError(str(path), "is the log of an inspect_ai run that did not end: it holds no scores")
    raise InputError(str(path), "is an archive of files: unpack it, and import the folder")


def _is_read(member: str) -> bool:
    return member.startswith("xl/") or member == "header.json"


def _member(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(name)
    if info.compress_type != ZSTANDARD:
        return archive.read(name)
    import pyarrow as pa

    with path.open("rb") as file:
        file.seek(info.header_offset)
        header = file.read(LOCAL_HEADER)
        long_name, extra = struct.unpack("<HH", header[26:30])
        file.seek(long_name + extra, io.SEEK_CUR)
        packed = file.read(info.compress_size)
    return bytes(pa.Codec("zstd").decompress(packed, info.file_size, asbytes=True))


def _sheets(path: Path) -> tuple[str, tuple[str, ...]]:
    """The only filled sheet of a spreadsheet as delimited text.

    Raises:
        InputError: several sheets are filled, or none.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        message = f'{path}: reading spreadsheets needs openpyxl; install it: pip install "claimgauge[xlsx]"'
        raise MissingDataError(message) from None
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        filled = {sheet.title: _filled(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    finally:
        book.close()
    sheets = {title: rows for title, rows in filled.items() if rows}
    if len(sheets) != 1:
        held = f"tables in {len(sheets)} sheets ({', '.join(sheets)}): save the one you mean as CSV"
        raise InputError(str(path), f"holds {held}" if sheets else "is empty")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(next(iter(sheets.values())))
    return text.getvalue(), (f"the sheet {next(iter(sheets))!r}",)


def _filled(rows: Iterable[tuple[object, ...]]) -> list[list[str]]:
    """Rows with a value in them, numbers in full."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return [row for row in texts if any(row)]


def json_lines(text: str) -> list[object] | None:
    """The values of a text with a JSON value on every line, None where it is none."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    try:
        return [json.loads(line) for line in lines]
    except (json.JSONDecodeError, RecursionError):
        return None
