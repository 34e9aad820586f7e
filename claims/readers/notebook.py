"""Jupyter notebooks: the text of their Markdown cells, read as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.readers import markdown
from claims.readers.draft import Draft, Layout, MalformedError
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.readers.structured import Json, parse
from claims.words import Words

_SIGNS = re.compile(r'"(?:nbformat|cell_type)"\s*:')


def recognise(_: ReportFile, text: str, __: ReadOptions) -> bool:
    """True if a text is a notebook's JSON."""
    return text.lstrip()[:1] == "{" and '"cells"' in text and _SIGNS.search(text) is not None


def texts(source: ReportFile, text: str) -> Iterator[str]:
    """The Markdown cells, parted by blank lines.

    Raises:
        InputError: the notebook is no valid JSON.
    """
    try:
        value, _ = parse(text)
    except MalformedError as error:
        raise source.fault(f"is a Jupyter notebook that {error.faults[0]}") from error
    cells = value.get("cells") if isinstance(value, dict) else None
    told = (cell for cell in cells if isinstance(cell, dict)) if isinstance(cells, list) else ()
    yield "\n\n".join(_source(cell.get("source")) for cell in told if cell.get("cell_type") == "markdown")


def _source(told: Json) -> str:
    if isinstance(told, list):
        return "".join(piece for piece in told if isinstance(piece, str))
    return told if isinstance(told, str) else ""


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads the Markdown of a notebook; its claims have no lines."""
    return markdown.read(text, words, options).without_lines()


LAYOUT = Layout("notebook", recognise, texts, read)
