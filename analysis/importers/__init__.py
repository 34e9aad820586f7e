"""Results of others as rows of the results table.

One module per format, recognised by content (`sniff`); every module turns a file into `Record`s in
the file's own words. Names are resolved in one place (`naming`), rows are made in another (`table`),
and `importing` and `reading_files` join them. The names below are imported when they are asked for, so
that the readers of cells and of LaTeX come without pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.importers.formats import formats
    from analysis.importers.imported import Imported
    from analysis.importers.importing import import_results
    from analysis.importers.naming import Names, UnknownNamesError, read_names
    from analysis.importers.record import Given

__all__ = ["Given", "Imported", "Names", "UnknownNamesError", "formats", "import_results", "read_names"]

HOMES = {
    "formats": ("formats",),
    "imported": ("Imported",),
    "importing": ("import_results",),
    "naming": ("Names", "UnknownNamesError", "read_names"),
    "record": ("Given",),
}
"""Module → the public names it holds."""


def __getattr__(name: str) -> object:
    """A public name, imported here."""
    for home, names in HOMES.items():
        if name in names:
            return getattr(import_module(f"analysis.importers.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
