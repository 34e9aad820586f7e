"""Delimited text as a frame of categories."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from analysis.files.spreadsheets import bare_cell
from analysis.results.columns import mapped, texts_of, words_of

PRINTED = r"^-?\d+(\.\d*)?$"
"""A number as a plain decimal, whose digits after the point are those printed."""

BLOCK = 1 << 22
"""Bytes of text that are read at a time."""


def read_delimited(path: Path, separator: str, remarks: int) -> pd.DataFrame:
    """The cells of a file as categories of texts, without the signs that guard formulas.

    Args:
        path: the file.
        separator: between cells.
        remarks: lines above the header.

    Raises:
        UnicodeDecodeError: the file is not UTF-8.
        ValueError: its lines are no table.
    """
    frame = _columnar(path, separator, remarks)
    if frame is None:  # short lines and odd headers, which Arrow does not take
        frame = pd.read_csv(path, sep=separator, dtype="string", keep_default_na=False, comment=None, skiprows=remarks)
    return pd.DataFrame({str(name).strip(): _without_guards(column) for name, column in frame.items()})


def printed_decimals(column: pd.Series[Any]) -> pd.Series[int]:
    """Digits after the point of each text of a column of categories; 0 where it is no plain number."""
    texts = pc.utf8_trim_whitespace(texts_of(column.cat.categories))
    point = pc.find_substring(texts, ".")
    behind = pc.subtract(pc.subtract(pc.utf8_length(texts), point), 1)
    plain = pc.and_(pc.match_substring_regex(texts, PRINTED), pc.greater_equal(point, 0))
    digits = pc.fill_null(pc.if_else(plain, behind, 0), 0).to_numpy(zero_copy_only=False)
    return pd.Series(np.append(digits, 0)[column.cat.codes.to_numpy()], index=column.index)


def _columnar(path: Path, separator: str, remarks: int) -> pd.DataFrame | None:
    options = {
        "read_options": csv.ReadOptions(skip_rows=remarks, block_size=BLOCK),
        "parse_options": csv.ParseOptions(delimiter=separator, newlines_in_values=_has_quotes(path)),
    }
    try:
        with csv.open_csv(path, **options) as file:
            names: list[str] = file.schema.names
        if len({name.strip() for name in names} - {""}) < len(names):
            return None
        kinds = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
        convert = csv.ConvertOptions(column_types=kinds, strings_can_be_null=False)
        table = csv.read_csv(path, convert_options=convert, **options).unify_dictionaries()
    except pa.ArrowInvalid:
        return None
    frame: pd.DataFrame = table.to_pandas(self_destruct=True, split_blocks=True)
    return frame


def _has_quotes(path: Path) -> bool:
    """True if a cell may go over lines; where none does, blocks of lines are read side by side."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b'"') >= 0


def _without_guards(column: pd.Series[Any]) -> pd.Series[Any]:
    words = words_of(column)
    guards = pc.starts_with(texts_of(words.cat.categories), "'")
    return mapped(words, bare_cell) if pc.any(guards).as_py() else words
