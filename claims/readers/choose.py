"""Choice of a file's reader: the first that recognises its content. Only those that could are imported.

Plugins (`claimgauge.readers`) are tried before Markdown and plain text, which take any file that is of no other kind;
for binary files they are tried last. A text named as Markdown is never given to a plugin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from analysis.errors import InputError
from analysis.plugins import Plugin, plugins, usable
from claims.readers.draft import Layout, MalformedError
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile, decode

MARKDOWN_ENDINGS = frozenset((".md", ".markdown"))
JSON_ENDINGS = frozenset((".json", ".jsonl", ".ndjson"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reader that is imported where a file could be of its kind.

    Attributes:
        module: below `claims.readers`, with a `LAYOUT`.
        could_be: returns True if a file could be of the kind, by its bytes and its decoded text; never False where
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
"""Kinds recognised by their first bytes."""

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
)
"""Kinds recognised by their text, the strictest first."""

GENERAL = (Candidate("markdown"), Candidate("text"))
"""Kinds for texts of no other kind; the last one takes everything."""

BUILT_IN = frozenset(candidate.module for candidate in (*BINARY, *TEXTUAL, *GENERAL))


def choose(source: ReportFile, options: ReadOptions) -> tuple[Layout, str]:
    """The layout of a file, and its decoded text ("" for a binary kind).

    Raises:
        InputError: the file is binary but of no kind that is read, or cannot be decoded.
    """
    for binary in BINARY:
        if binary.could_be(source, "") and binary.layout.recognise(source, "", options):
            return binary.layout, ""
    try:
        decoded = decode(source)
    except InputError:
        layout = next((layout for layout in _plugged() if layout.recognise(source, "", options)), None)
        if layout is None:
            raise
        return layout, ""
    return next(layout for layout in _possible(source, decoded) if layout.recognise(source, decoded, options)), decoded


def _possible(source: ReportFile, decoded: str) -> Iterator[Layout]:
    yield from (candidate.layout for candidate in TEXTUAL if candidate.could_be(source, decoded))
    if source.ending not in MARKDOWN_ENDINGS:
        yield from _plugged()
    yield from (candidate.layout for candidate in GENERAL)


def _plugged() -> Iterator[Layout]:
    """The layouts of plugins that load; one that fails to recognise a file recognises none."""
    for plugin in plugins("readers", BUILT_IN).values():
        if layout := usable(plugin, _layout):
            yield layout


def _layout(plugin: Plugin) -> Layout:
    found: Layout = plugin.load(("recognise", "texts", "read"))

    def recognise(source: ReportFile, text: str, options: ReadOptions) -> bool:
        return bool(usable(plugin, lambda _: plugin.guarded(found.recognise)(source, text, options)))

    def texts(source: ReportFile, text: str) -> Iterator[str]:
        return iter(plugin.guarded(lambda: list(found.texts(source, text)), MalformedError)())

    read = plugin.guarded(found.read, MalformedError)
    return replace(found, name=plugin.name, recognise=recognise, texts=texts, read=read, made_by=plugin.origin)
