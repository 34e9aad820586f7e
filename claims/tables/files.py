"""Tables out of files: CSV, TSV, Markdown, LaTeX, HTML, and JSON with columns and rows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.importers import latex
from claims.tables.layout import Grid, laid_out
from claims.tables.table import Table

PIPED = re.compile(r"^\s*\|?(.+?)\|?\s*$")
RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
CAPTION = re.compile(r"\\caption(?:\[[^\]]*\])?\{((?:[^{}]|\{[^{}]*\})*)\}")


def load_tables(path: Path) -> tuple[Table, ...]:
    """The tables of a file.

    Raises:
        InputError: it cannot be read, or holds no table with a number in it.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read as a table ({error})") from None
    reader = READERS.get(path.suffix.lower(), _delimited)
    try:
        grids = list(reader(text))
    except ValueError as error:
        raise InputError(str(path), str(error)) from None
    sha256 = hashlib.sha256(data).hexdigest()
    tables = []
    for number, grid in enumerate(grids, 1):
        where = f"{path.name} table {number}" if len(grids) > 1 else path.name
        tables.append(laid_out(Grid(grid.caption, grid.rows, grid.depth, where, sha256)))
    tables = [table for table in tables if table.cells]
    if not tables:
        kinds = ", ".join(sorted(READERS))
        raise InputError(
            str(path), f"holds no table with a number in it (read as {path.suffix or 'CSV'}; known: {kinds})"
        )
    return tuple(tables)


def _delimited(text: str) -> Iterator[Grid]:
    lines = text.splitlines()
    caption = lines.pop(0).lstrip("# ") if lines and lines[0].startswith("#") else ""
    body = "\n".join(lines)
    delimiter = "\t" if "\t" in body else ";" if body.count(";") > body.count(",") else ","
    rows = tuple(tuple(row) for row in csv.reader(io.StringIO(body), delimiter=delimiter) if any(row))
    if rows:
        yield Grid(caption, rows)


def _markdown(text: str) -> Iterator[Grid]:
    lines = text.splitlines()
    for i, line in enumerate(lines):
        if not RULE.match(line) or i == 0 or "|" not in lines[i - 1]:
            continue
        end = next((j for j in range(i + 1, len(lines)) if "|" not in lines[j]), len(lines))
        rows = tuple(_piped(row) for row in [lines[i - 1], *lines[i + 1 : end]])
        yield Grid(_caption_near(lines, i - 1, end), rows)


def _piped(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner))


def _caption_near(lines: list[str], first: int, end: int) -> str:
    """The paragraph above a table, or the one below it that begins with “Table”."""
    above = next((line.strip() for line in reversed(lines[max(0, first - 2) : first]) if line.strip()), "")
    below = next((line.strip() for line in lines[end : end + 2] if line.strip()), "")
    return below if below.lower().startswith("table") else above.lstrip("# ")


def _latex(text: str) -> Iterator[Grid]:
    captions = [latex.plain(found) for found in CAPTION.findall(text)]
    grids = latex.grids(text)
    for i, rows in enumerate(grids):
        caption = captions[i] if len(captions) == len(grids) else captions[0] if len(captions) == 1 else ""
        yield Grid(caption, tuple(map(tuple, rows)))


def _html(text: str) -> Iterator[Grid]:
    from bs4 import BeautifulSoup

    for table in BeautifulSoup(text, "html.parser").find_all("table"):
        caption = table.find("caption")
        rows = _spread_out(table)
        head = table.find("thead")
        depth = len(head.find_all("tr")) if head is not None else None
        if rows:
            yield Grid(caption.get_text(" ", strip=True) if caption else "", rows, depth)


def _spread_out(table: Any) -> tuple[tuple[str, ...], ...]:
    """Rows of an HTML table with row and column spans repeated."""
    rows: list[tuple[str, ...]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for tr in table.find_all("tr"):
        row: list[str] = []
        for cell in tr.find_all(["td", "th"]):
            while len(row) in hanging:
                row.append(_hung(hanging, len(row)))
            text = cell.get_text(" ", strip=True)
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            for _ in range(across):
                if down > 1:
                    hanging[len(row)] = (down - 1, text)
                row.append(text)
        while len(row) in hanging:
            row.append(_hung(hanging, len(row)))
        rows.append(tuple(row))
    return tuple(rows)


def _hung(hanging: dict[int, tuple[int, str]], column: int) -> str:
    left, text = hanging.pop(column)
    if left > 1:
        hanging[column] = (left - 1, text)
    return text


def _json(text: str) -> Iterator[Grid]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON ({error})") from None
    for entry in data if isinstance(data, list) and data and _is_table(data[0]) else [data]:
        yield grid_of_json(entry)


def _is_table(entry: object) -> bool:
    return isinstance(entry, dict) and bool({"columns", "table_column_names"} & set(entry))


def grid_of_json(entry: object) -> Grid:
    """A table as JSON: `columns` and `rows` (`caption` beside them), SciTab's layout, or a list of records.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(entry, dict) and {"columns", "rows"} <= set(entry):
        return _columns_rows(str(entry.get("caption", "")), entry["columns"], entry["rows"])
    if isinstance(entry, dict) and {"table_column_names", "table_content_values"} <= set(entry):
        return _columns_rows(
            str(entry.get("table_caption", "")), entry["table_column_names"], entry["table_content_values"]
        )
    if isinstance(entry, list) and entry and all(isinstance(row, Mapping) for row in entry):
        names = list(dict.fromkeys(key for row in entry for key in row))
        return _columns_rows("", names, [[row.get(name, "") for name in names] for row in entry])
    raise ValueError("has neither columns and rows nor a list of records")


def _columns_rows(caption: str, columns: Any, rows: Any) -> Grid:
    return Grid(caption, (tuple(map(str, columns)), *(tuple(map(str, row)) for row in rows)))


READERS: dict[str, Callable[[str], Iterator[Grid]]] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".md": _markdown,
    ".markdown": _markdown,
    ".tex": _latex,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
}
"""File ending → reader."""
