"""YAML, by PyYAML (where it is installed): read as JSON of the same shape."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator

from analysis.errors import MissingDataError
from claims.readers.draft import Draft, Layout, MalformedError
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.readers.structured import read_value
from claims.words import Words

_ENDINGS = frozenset((".yaml", ".yml"))
_ALIAS = re.compile(r"(?:^|[\s\[,:-])\*[\w-]+(?=[\s,\]]|\Z)")


def recognise(source: ReportFile, _: str, __: ReadOptions) -> bool:
    """True if a file is named as YAML: by its content it may as well be a list in plain text."""
    return source.ending in _ENDINGS


def texts(source: ReportFile, text: str) -> Iterator[str]:
    """The text, once it is known that it can be read.

    Raises:
        MissingDataError: PyYAML is not installed.
        InputError: the text uses aliases, by which a small file can grow without bounds.
    """
    try:
        importlib.import_module("yaml")
    except ImportError as error:
        message = f"{source.path}: reading YAML needs PyYAML; install it (pip install pyyaml) or save the file as JSON"
        raise MissingDataError(message) from error
    if "&" in text and _ALIAS.search(text):
        raise source.fault("is YAML with aliases (*name), which are not read; write the values out")
    yield text


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads a YAML document; scalars stay as they are written.

    Raises:
        MalformedError: no YAML, with line and column.
    """
    yaml = importlib.import_module("yaml")
    try:
        value = yaml.load(text, Loader=yaml.BaseLoader)  # builds strings, lists and mappings only
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" at line {place.line + 1} column {place.column + 1}" if place else ""
        raise MalformedError(f"is no valid YAML: {getattr(error, 'problem', 'broken')}{where}; mend it there") from None
    except RecursionError:
        raise MalformedError("is YAML nested too deeply; no report needs that") from None
    return read_value(value, (), text, words, options)


LAYOUT = Layout("yaml", recognise, texts, read)
