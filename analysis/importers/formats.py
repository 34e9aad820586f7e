"""The result formats that are read: name → importer, built in and from plugins (`claimgauge.importers`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.plugins import Plugin, chosen, plugins, usable

if TYPE_CHECKING:
    from analysis.importers.documents import SourceFile
    from analysis.importers.record import Given, ImportedFile
    from analysis.registry.vocabulary import Vocabulary

SPECIAL = {
    "lm-eval": "lm_eval", "lighteval": "lighteval", "lm-eval-samples": "lm_eval_samples", "mteb": "mteb",
    "every-eval-ever": "every_eval_ever", "euroeval": "euroeval", "inspect-ai": "inspect_ai", "helm": "helm",
    "litmus": "litmus", "papers-with-code": "papers_with_code", "class-report": "reports_of_classes",
    "metrics": "flat_metrics", "trainer": "trainer", "history": "histories", "tracker": "trackers",
    "model-card": "model_cards", "opencompass": "opencompass", "retrieval": "retrieval", "repetitions": "repetitions",
}  # fmt: skip
"""Formats of tools → their modules, from the special to the general."""
GENERAL = {"table": "tables", "leaderboard": "leaderboards"}
"""Tables of any make; plugins are asked before them."""
BUILT_IN = {**SPECIAL, **GENERAL}


@dataclass(frozen=True, slots=True)
class Importer:
    """The reader of one format.

    Attributes:
        name: of the format.
        matches: whether a document has it.
        read: the scores in it.
        made_by: distribution and version of the plugin it comes from; "" for one of this project.
    """

    name: str
    matches: Callable[[SourceFile], bool]
    read: Callable[[SourceFile, Given, Vocabulary], ImportedFile]
    made_by: str = ""


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    return (*SPECIAL, *plugins("importers", BUILT_IN), *GENERAL)


def importers() -> Iterator[Importer]:
    """All importers that load, in the order in which they are asked."""
    yield from map(_built_in, SPECIAL)
    for plugin in plugins("importers", BUILT_IN).values():
        if importer := usable(plugin, _plugged):
            yield importer
    yield from map(_built_in, GENERAL)


def importer_of(name: str) -> Importer:
    """The importer of a format.

    Raises:
        UsageError: there is no format of that name.
        PluginError: its plugin does not load, or shares its name with another.
    """
    if name in BUILT_IN:
        return _built_in(name)
    if plugin := chosen("importers", name, BUILT_IN):
        return _plugged(plugin)
    raise UsageError(f"unknown format {name!r} (one of {', '.join(formats())})")


def _built_in(name: str) -> Importer:
    module = import_module(f"analysis.importers.{BUILT_IN[name]}")
    return Importer(name, module.matches, module.read)


def _plugged(plugin: Plugin) -> Importer:
    found = plugin.load(("matches", "read"))

    def matches(document: SourceFile) -> bool:
        return bool(usable(plugin, lambda _: plugin.guarded(found.matches)(document)))

    return Importer(plugin.name, matches, plugin.guarded(found.read), plugin.origin)
