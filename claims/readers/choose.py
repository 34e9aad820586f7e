"""Which reader reads a file: the first that recognises its content. Only those that could are imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from claims.readers.draft import Layout
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile, decode

MARKDOWN_ENDINGS = frozenset((".md", ".markdown"))
JSON_ENDINGS = frozenset((".json", ".jsonl", ".ndjson"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reader that is imported where a file could be of its kind.

    Attributes:
        module: below `claims.readers`, with a `LAYOUT`.
        could_be: whether a file could be of the kind, from its bytes and its decoded text; never False where
            `Layout.recognise` is True.
    """

    module: str
    could_be: Callable[[ReportFile, str], bool] = lambda *_: True

    @property
    def layout(self) -> Layout:
        """The kind."""
        found: Layout = import_module(f"claims.readers.{self.module}").LAYOUT
        return found


BINARY = (
    Candidate("pdf", lambda source, _: b"%PDF-" in source.data[:1024]),
    Candidate("docx", lambda source, _: source.data.startswith(b"PK")),
)
"""Kinds told by their first bytes."""

TEXTUAL = (
    Candidate("claimreview", lambda _, text: "laimReview" in text or "textualRating" in text),
    Candidate("notebook", lambda _, text: '"cells"' in text),
    Candidate("structured", lambda source, text: text.lstrip()[:1] in "{[" or source.ending in JSON_ENDINGS),
    Candidate("latex", lambda source, text: "\\" in text or source.ending in {".tex", ".ltx"}),
    Candidate("html", lambda _, text: "<" in text),
    Candidate("tabular"),
    Candidate("org", lambda source, _: source.ending not in MARKDOWN_ENDINGS),
    Candidate("rst", lambda source, _: source.ending not in MARKDOWN_ENDINGS),
    Candidate("yaml", lambda source, _: source.ending in {".yaml", ".yml"}),
    Candidate("markdown"),
    Candidate("text"),
)
"""Kinds told by their text, the strictest first; the last one takes everything."""


def choose(source: ReportFile, options: ReadOptions) -> tuple[Layout, str]:
    """The layout of a file, and its decoded text ("" for a binary kind).

    Raises:
        InputError: the file is binary but of no kind that is read, or cannot be decoded.
    """
    for binary in BINARY:
        if binary.could_be(source, "") and binary.layout.recognise(source, "", options):
            return binary.layout, ""
    decoded = decode(source)
    possible = (candidate.layout for candidate in TEXTUAL if candidate.could_be(source, decoded))
    return next(layout for layout in possible if layout.recognise(source, decoded, options)), decoded
