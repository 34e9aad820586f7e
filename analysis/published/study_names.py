"""Names in a file of studies that neither its results table nor the vocabulary holds: a slip there changes verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analysis.published.studies import TASKS, Edition, Studies
from analysis.registry.own_names import nearest
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import id_of

if TYPE_CHECKING:
    import pandas as pd


def strange_names(own: Studies, table: pd.DataFrame, known: Studies, registry: Vocabulary) -> tuple[str, ...]:
    """Each name that nothing else bears, in words, with the near ones that it may be a slip of.

    Args:
        own: the studies of the file, by ids (`own_studies`).
        table: the results table it stands beside.
        known: all studies, these among them.
        registry: the vocabulary with the names that stand beside the table.
    """
    held = {column: set(table[column].astype(str)) for column in ("study", "version", "intermediate", "target")}
    studies = held["study"] | set(known.known)
    found: list[str] = []
    for key, study in own.known.items():
        if not ({key, *(w for w, (s, _) in own.written_as.items() if s == key)} & held["study"]):
            found.append(_said(f"[{key}] is no study of the table", key, held["study"]))
        if study.superseded_by not in {None, *studies}:
            after = str(study.superseded_by)
            found.append(_said(f"[{key}] is superseded by {after!r}, a study that nobody knows", after, studies))
        if study.paper not in {None, key, *registry["paper"]}:
            found.append(
                _said(
                    f"[{key}] has the numbers of {study.paper!r}, no known paper", str(study.paper), registry["paper"]
                )
            )
        for edition in study.editions.values():
            found += _tasks(key, edition, held, registry)
    return tuple(dict.fromkeys(found))


def _tasks(key: str, edition: Edition, held: dict[str, set[str]], registry: Vocabulary) -> Iterator[str]:
    for fact, category in TASKS.items():
        for name in getattr(edition, fact):
            if id_of(registry, category, name) is None and name not in held[category]:
                near = {*held[category], *registry[category]}
                yield _said(f"[{key}] {fact} holds {name!r}, known neither here nor in the table", name, near)


def _said(fault: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"{fault}; did you mean {' or '.join(map(repr, near))}?" if near else fault
