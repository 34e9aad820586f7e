"""Grids out of JSON: `columns` and `rows`, SciTab's layout, lists of records, mappings of mappings."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.files.unread import why_unread
from analysis.tables.grid import TextGrid

LAYOUTS = (
    ("columns", "rows", "caption"),
    ("table_column_names", "table_content_values", "table_caption"),
    ("header", "rows", "caption"),
)
"""Keys of header, rows and caption."""


def grids(text: str) -> Iterator[TextGrid]:
    """The tables of a JSON text, numbers as they are written.

    Raises:
        ValueError: it is no JSON, or no layout that is known.
    """
    try:
        data = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise ValueError(why_unread(error, "a table as JSON")) from None
    if isinstance(data, Mapping) and isinstance(data.get("table"), Mapping):
        data = data["table"]
    several = isinstance(data, list) and bool(data) and _layout(data[0]) is not None
    for number, entry in enumerate(data if several else [data]):
        yield _grid(entry, f"/{number}" if several else "")


def _layout(entry: object) -> tuple[str, str, str] | None:
    if not isinstance(entry, Mapping):
        return None
    return next((keys for keys in LAYOUTS if keys[0] in entry and keys[1] in entry), None)


def _grid(entry: Any, pointer: str) -> TextGrid:
    if keys := _layout(entry):
        head, rows = _sequence(entry[keys[0]]), _sequence(entry[keys[1]])
        return _table(str(entry.get(keys[2]) or ""), head, [_sequence(row) for row in rows], pointer)
    if isinstance(entry, Mapping) and entry and all(isinstance(row, Mapping) for row in entry.values()):
        names = list(dict.fromkeys(key for row in entry.values() for key in row))
        return _table("", ["", *names], [[key, *(row.get(n) for n in names)] for key, row in entry.items()], pointer)
    if isinstance(entry, list) and entry and all(isinstance(row, Mapping) for row in entry):
        names = list(dict.fromkeys(key for row in entry for key in row))
        return _table("", names, [[row.get(name) for name in names] for row in entry], pointer)
    raise ValueError("holds no table: neither columns and rows, nor a list of records, nor a mapping of mappings")


def _sequence(value: object) -> Sequence[object]:
    if isinstance(value, str):
        try:
            value = ast.literal_eval(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            raise ValueError(f"a row is no list: {str(value)[:60]!r}") from None
    if isinstance(value, list | tuple):
        return value
    raise ValueError(f"a row is no list: {str(value)[:60]!r}")


def _table(caption: str, head: Sequence[object], rows: Sequence[Sequence[object]], pointer: str) -> TextGrid:
    return TextGrid(caption, (tuple(map(_text, head)), *(tuple(map(_text, row)) for row in rows)), None, pointer)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | list | Mapping) else str(value)
