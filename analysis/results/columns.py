"""Columns of a results table as categories: what is done to a word is done once for each distinct word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Codes = np.ndarray[tuple[int], np.dtype[np.int64]]

MOST = 2**62
"""Product of the numbers of values up to which several columns count as one number."""
MANY = 8
"""Numbers for each row up to which groups are looked up in an array of all of them."""

BLOCK = 1 << 16
"""Rows that are looked through at a time."""


def words_of(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column as categories of stripped texts, blank cells missing; numbers are written out."""
    values = as_categories(column).array
    distinct = texts_of(values.categories)
    trimmed = pc.utf8_trim_whitespace(distinct)
    blank = pc.equal(trimmed, "")
    if trimmed.equals(distinct) and not pc.any(blank).as_py():
        if isinstance(column.dtype, pd.CategoricalDtype) and values.categories.dtype == "str":
            return column
        return _categories(values.codes, pd.Index(distinct.to_pandas(), dtype="str"), column.index)
    return _recoded(values.codes, pc.if_else(blank, None, trimmed), column.index)


def as_categories(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column as categories, its values written out as they are."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    codes, distinct = pd.factorize(column.astype("string"))
    return _categories(codes, pd.Index(distinct, dtype="str"), column.index)


def texts_of(categories: pd.Index[Any]) -> pa.Array:
    """Categories as one array of texts."""
    texts = pa.array(categories.astype("string"), type=pa.string(), from_pandas=True)
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def mapped(column: pd.Series[Any], function: Callable[[str], str]) -> pd.Series[Any]:
    """A column of categories with a function applied to each of them; equal results become one category."""
    names = column.cat.categories
    changed = [function(str(name)) for name in names]
    if changed == list(names) and names.dtype == "str":
        return column
    results = pa.array(changed, type=pa.string())
    return _recoded(column.cat.codes.to_numpy(), results, column.index)


def filled(column: pd.Series[Any], value: str) -> pd.Series[Any]:
    """A column of categories with one value in place of what is missing."""
    if not column.isna().any():
        return column
    names = column.cat.categories
    place = names.get_indexer(pd.Index([value], dtype="str"))[0]
    known = names if place >= 0 else names.append(pd.Index([value], dtype="str"))
    codes = column.cat.codes.to_numpy()
    return _categories(np.where(codes < 0, place if place >= 0 else len(names), codes), known, column.index)


def constant(value: str | None, index: pd.Index[Any]) -> pd.Series[Any]:
    """A column of categories with one value, or with none."""
    names = pd.Index([] if value is None else [value], dtype="str")
    return _categories(np.full(len(index), -1 if value is None else 0, dtype=np.int8), names, index)


def in_order(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column of categories with those that occur, in alphabetical order."""
    names, codes = column.cat.categories, column.cat.codes.to_numpy()
    occurs = _occurring(codes, len(names))
    if occurs.all() and names.is_monotonic_increasing:
        return column
    kept = np.flatnonzero(occurs)
    order = kept[np.asarray(names[kept].argsort())]
    places = np.full(len(names) + 1, -1, dtype=np.min_scalar_type(-len(names) - 1))
    places[order] = np.arange(len(order))
    return _categories(places[codes], names[order], column.index)


def _occurring(codes: np.ndarray[Any, Any], count: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The categories that occur, read until all of them do."""
    occurs = np.zeros(count + 1, dtype=np.bool_)
    for start in range(0, len(codes), BLOCK):
        occurs[codes[start : start + BLOCK]] = True
        if occurs[:count].all():
            break
    return occurs[:count]


def with_values(column: pd.Series[Any], rows: np.ndarray[Any, Any], values: pd.Series[Any]) -> pd.Series[Any]:
    """A column of categories with those of another in some rows (a mask)."""
    joined = pd.Series(pd.api.types.union_categoricals([column[~rows], values[rows]]))
    order = np.concatenate([np.flatnonzero(~rows), np.flatnonzero(rows)])
    codes = np.empty(len(column), dtype=np.int64)
    codes[order] = joined.cat.codes
    return _categories(codes, joined.cat.categories, column.index)


def numbers_of(column: pd.Series[Any]) -> pd.Series[float]:
    """A column as numbers, NaN where a cell is blank or none."""
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return pd.Series(column.to_numpy(dtype="float64", na_value=np.nan), index=column.index)
    words = words_of(column)
    values = _parsed(texts_of(words.cat.categories))
    return pd.Series(np.append(values, np.nan)[words.cat.codes.to_numpy()], index=column.index)


def group_numbers(frame: pd.DataFrame, columns: Sequence[str], *, sort: bool = False) -> Codes:
    """The number of each row's group by what the columns hold; missing is a value of its own, the same as "".

    Args:
        frame: the rows.
        columns: what rows of a group agree in.
        sort: number the groups by what they hold, missing last, rather than in order of appearance.
    """
    total, size = _combined(frame, columns, sort=sort)
    if size <= MANY * len(total):
        return _dense(total, size, sort=sort)
    return pd.factorize(total, sort=sort)[0].astype(np.int64)


def all_differ(frame: pd.DataFrame, columns: Sequence[str]) -> bool:
    """True if no two rows hold the same in these columns; missing is a value of its own, the same as ""."""
    total, size = _combined(frame, columns, sort=False)
    if size > MANY * len(total):
        return bool(pd.Index(total).is_unique)
    occurs = np.zeros(size, dtype=np.bool_)
    occurs[total] = True
    return int(np.count_nonzero(occurs)) == len(total)


def _combined(frame: pd.DataFrame, columns: Sequence[str], *, sort: bool) -> tuple[Codes, int]:
    """A number for each row by what the columns hold, and below which number all are."""
    total = np.zeros(len(frame), dtype=np.int64)
    size = 1
    for name in columns:
        codes, count = _codes(frame[name], sort=sort)
        if count == 1:
            continue
        if size * count > MOST:
            total, distinct = pd.factorize(total, sort=sort)
            size = len(distinct)
        if size > 1:
            total *= count
        total += codes
        size *= count
    return total, size


def _dense(numbers: Codes, size: int, *, sort: bool) -> Codes:
    """Numbers below a size without those that do not occur."""
    first = np.full(size, -1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    places = np.flatnonzero(first >= 0)
    places = places if sort else places[np.argsort(first[places])]
    first[places] = np.arange(len(places))
    return first[numbers]


def _codes(column: pd.Series[Any], *, sort: bool) -> tuple[np.ndarray[Any, Any], int]:
    """A number from 0 for each value, the highest for what is missing; and how many numbers there may be."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = in_order(column) if sort else column
        names, codes = column.cat.categories, column.cat.codes.to_numpy()
        if len(names) == 1 and len(codes) and codes.min() == 0:
            return codes, 1
        blank = names.get_indexer(pd.Index([""], dtype="str"))[0]
        codes = codes if blank < 0 else np.where(codes == blank, -1, codes)
        count = len(names)
    elif pd.api.types.is_numeric_dtype(column.dtype):
        if column.isna().all():
            return np.zeros(len(column), dtype=np.int64), 1
        if (whole := _small_numbers(column)) is not None:
            return whole
        codes, distinct = pd.factorize(column, sort=sort)
        count = len(distinct)
    else:
        text = column.astype("string").fillna("")
        codes, distinct = pd.factorize(text.mask(text == ""), sort=sort)
        count = len(distinct)
    if not len(codes) or codes.min() >= 0:
        return codes, count
    return np.where(codes < 0, count, codes.astype(np.int64)), count + 1


def _small_numbers(column: pd.Series[Any]) -> tuple[Codes, int] | None:
    """Whole numbers from 0, none missing and few for so many rows, as their own codes; None for others."""
    if not isinstance(column.dtype, np.dtype):
        return None
    lowest, highest = column.min(skipna=False), column.max(skipna=False)
    if not (lowest >= 0 and highest < len(column)):
        return None
    codes = column.to_numpy().astype(np.int64)
    return (codes, int(highest) + 1) if np.array_equal(codes, column.to_numpy()) else None


def _recoded(codes: np.ndarray[Any, Any], results: pa.Array, index: pd.Index[Any]) -> pd.Series[Any]:
    encoded = results.dictionary_encode()
    places = np.append(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), -1)
    places = places.astype(np.min_scalar_type(-len(places)))
    return _categories(places[codes], pd.Index(encoded.dictionary.to_pandas(), dtype="str"), index)


def _categories(codes: np.ndarray[Any, Any], names: pd.Index[Any], index: pd.Index[Any]) -> pd.Series[Any]:
    return pd.Series(pd.Categorical.from_codes(codes, names, validate=False), index=index)


def _parsed(texts: pa.Array) -> np.ndarray[Any, np.dtype[np.float64]]:
    try:
        return np.asarray(pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
    except pa.ArrowInvalid:
        return pd.to_numeric(pd.Series(texts.to_pandas(), dtype="object"), errors="coerce").to_numpy(dtype=np.float64)
