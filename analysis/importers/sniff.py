"""Recognizes the format of a file by its content; a file's name proves nothing."""

from __future__ import annotations

import re
from collections import Counter

from analysis.errors import InputError
from analysis.importers.cells import looks_numeric
from analysis.importers.documents import SourceFile
from analysis.importers.formats import Importer, formats, importer_of, importers

PAGE = re.compile(r"<table\b", re.IGNORECASE)


NO_SCORES = {
    frozenset({"name", "revision", "n_parameters"}): "describes a model (mteb's model_meta.json) and holds no scores",
    frozenset({"type_overlap", "syntactic_distance"}): "holds features of languages (LITMUS) and no scores",
    frozenset({"scenario_spec", "adapter_spec"}): "describes a run (HELM); its scores stand in stats.json beside it",
    frozenset({"definition_path", "tags"}): "describes a scenario (HELM) and holds no scores",
    frozenset({"$schema"}): "is a JSON schema and holds no scores",
    frozenset({"eval_schema_version", "object_path"}): "is an index of records (Every Eval Ever) and holds no scores",
}
"""Keys of files that lie beside results, and what they are."""


def recognise(document: SourceFile, wanted: str | None = None) -> Importer:
    """The importer for a document.

    Args:
        document: the file.
        wanted: name of a format that the user insists on, None to look at the content.

    Raises:
        UsageError, PluginError: as `importer_of`.
        InputError: no importer knows the content.
    """
    if wanted is not None:
        return importer_of(wanted)
    for importer in importers():
        if importer.matches(document):
            return importer
    if isinstance(document.data, dict):
        for keys, what in NO_SCORES.items():
            if keys <= document.data.keys():
                raise InputError(str(document.path), what)
    raise InputError(str(document.path), _why_unknown(document))


def _why_unknown(document: SourceFile) -> str:
    """Why a file has no known layout, as far as its lines show it."""
    layouts = f"has none of the known layouts ({', '.join(formats())})"
    if document.data is not None:
        first = document.data[0] if isinstance(document.data, list) and document.data else None
        if not isinstance(first, dict) or any(isinstance(value, dict | list) for value in first.values()):
            return layouts
        return (
            f"holds records ({', '.join(map(str, first))[:60]}) in no known layout; save them as CSV with these columns"
        )
    if PAGE.search(document.text):
        return "is a web page; save the table in it as CSV (`claimgauge check --table` reads pages)"
    lines = [line for line in document.table_text.splitlines() if line.strip()]
    for sign in "\t;,":
        cells = [line.split(sign) for line in lines]
        width = Counter(map(len, cells)).most_common(1)[0][0]
        if width > 1 and len(lines) == 1:
            return f"holds a header ({lines[0][:60]!r}) and no line of scores below it"
        odd = next((line for line, row in zip(lines, cells, strict=True) if len(row) != width), None)
        if width > 1 and odd is not None and any(looks_numeric(cell.strip()) for row in cells for cell in row):
            return (
                f"has a line with other cells than the {width} of most lines ({odd[:40]!r}); keep one table in a file, "
                "its header in the first line, and as many cells in every line"
            )
    return layouts
