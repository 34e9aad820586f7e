"""Which reader reads a file: the first that recognises its content."""

from __future__ import annotations

from claims.readers import (
    claimreview,
    docx,
    html,
    latex,
    markdown,
    notebook,
    org,
    pdf,
    rst,
    structured,
    tabular,
    text,
    yaml,
)
from claims.readers.draft import Layout
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile, decode

BINARY = (pdf.LAYOUT, docx.LAYOUT)
"""Kinds told by their first bytes."""

TEXTUAL = (
    claimreview.LAYOUT,
    notebook.LAYOUT,
    structured.LAYOUT,
    latex.LAYOUT,
    html.LAYOUT,
    tabular.LAYOUT,
    org.LAYOUT,
    rst.LAYOUT,
    yaml.LAYOUT,
    markdown.LAYOUT,
    text.LAYOUT,
)
"""Kinds told by their text, the strictest first; the last one takes everything."""


def choose(source: ReportFile, options: ReadOptions) -> tuple[Layout, str]:
    """The layout of a file, and its decoded text ("" for a binary kind).

    Raises:
        InputError: the file is binary but of no kind that is read, or cannot be decoded.
    """
    for layout in BINARY:
        if layout.recognise(source, "", options):
            return layout, ""
    decoded = decode(source)
    return next(layout for layout in TEXTUAL if layout.recognise(source, decoded, options)), decoded
