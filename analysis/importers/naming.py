"""From the names in a file to the ids of the vocabulary, by the vocabulary and by the user's own list.

The user's list is a TOML file:

```toml
[model]
"bigscience/bloom-1b1" = "bloom"      # their name = an id or name of the vocabulary
[target."mteb/XNLI"]                  # a new name, with what is known of it
name = "XNLI in MTEB"
[file."TyDiQA_*.json"]                # what files do not say, by pattern
metric = "f1"
split = "test"
```
"""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from analysis.errors import InputError, UnknownNameError
from analysis.importers.record import Given
from analysis.registry.own_names import CATEGORIES, Entries, Unknown, read_toml, unknown_name
from analysis.registry.vocabulary import Entry, Vocabulary, built_in, entry_of_table, fold
from analysis.results.result_names import id_of, unversioned
from analysis.tables.measures import measure_of

NO_SIZE = "(size not stated)"
"""Suffixes of a family of models that comes in several sizes."""


class UnknownNamesError(UnknownNameError):
    """Every unknown name of an import, with the two ways on."""

    shown = 10_000

    def _message(self) -> str:
        ways = "map names with --names FILE, or leave out --strict, which takes them as they are (known: claimgauge ls)"
        return f"{super()._message()}\n{ways}"


@dataclass(frozen=True, slots=True)
class Names:
    """The user's own list.

    Attributes:
        same: category → their name, folded → our name.
        new: category → id → entry.
        files: pattern of a file's name → what such files do not say.
    """

    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    new: Entries = field(default_factory=dict)
    files: Mapping[str, Given] = field(default_factory=dict)

    def given_for(self, path: Path, given: Given) -> Given:
        """Values given for a file: by its pattern first, then for all files."""
        for pattern, own in self.files.items():
            if fnmatch.fnmatchcase(path.name, pattern):
                given = own.over(given)
        return given


def read_names(path: Path) -> Names:
    """Reads the user's list.

    Raises:
        InputError: it is no TOML, or has tables or keys that mean nothing; all faults are listed.
    """
    same: dict[str, dict[str, str]] = {}
    new: dict[str, dict[str, Entry]] = {}
    files: dict[str, Given] = {}
    faults: list[str] = []
    for category, table in read_toml(path).items():
        if category == "file":
            files = {pattern: _given(pattern, stated, faults) for pattern, stated in table.items()}
        elif category not in CATEGORIES:
            faults.append(f"[{category}] is unknown (one of {', '.join((*CATEGORIES, 'file'))})")
        else:
            same[category] = {fold(name): ours for name, ours in table.items() if isinstance(ours, str)}
            entries = {name: facts for name, facts in table.items() if isinstance(facts, dict)}
            new[category] = {name: entry_of_table(category, name, facts) for name, facts in entries.items()}
            faults += [
                f"[{category}] {name!r} is {value!r}; write an id, or a table for a new name"
                for name, value in table.items()
                if not isinstance(value, str | dict)
            ]
    if faults:
        raise InputError(str(path), faults)
    return Names(same, new, files)


def _given(pattern: str, stated: object, faults: list[str]) -> Given:
    known = {f.name for f in fields(Given)} - {"gold"}
    if not isinstance(stated, dict) or (wrong := set(stated) - known):
        listed = ", ".join(sorted(map(str, wrong))) if isinstance(stated, dict) else repr(stated)
        faults.append(f"[file.{pattern!r}] has {listed}; it may say {', '.join(sorted(known))}")
        return Given()
    values: dict[str, Any] = dict(stated)
    if "only" in values:
        values["only"] = (values["only"],) if isinstance(values["only"], str) else tuple(values["only"])
    return Given(**values)


class Resolver:
    """Resolves names, each once, and remembers those that nobody knows."""

    def __init__(self, words: Vocabulary, names: Names) -> None:
        self.words = words.extended(names.new)
        self.names = names
        self._same = names.same
        self._ids: dict[tuple[str, str], str | None] = {}
        self._rows: dict[tuple[str, str], int] = {}
        self._higher: dict[str, set[bool]] = {}
        self._sizes: dict[str, frozenset[str]] = {}
        self._check()

    def __call__(self, category: str, name: str, rows: int = 1) -> str:
        """The id of a name that so many scores bear; an unknown name stands for itself, and is counted."""
        key = (category, name)
        if key not in self._ids:
            self._ids[key] = self._find(category, self._same.get(category, {}).get(fold(name), name))
        found = self._ids[key]
        if found is None:
            self._rows[key] = self._rows.get(key, 0) + rows
            return name
        return found

    def sizes_of(self, name: str) -> frozenset[str]:
        """The models of the vocabulary that a name may mean, where it names a family and no size; else none."""
        if name not in self._sizes:
            bare = fold(name.removesuffix(NO_SIZE))
            self._sizes[name] = frozenset(
                each
                for entry in self.words["model"].values()
                if bare in map(fold, entry.facts.get("family_names", ()))
                for each in entry.facts["sizes"]
            )
        return self._sizes[name]

    def model_of_file(self, name: str) -> str:
        """A model as a file of others calls it: the name of a family is none of its sizes."""
        sized = not self.sizes_of(name) or fold(name) in self._same.get("model", {})
        return self("model", name if sized else f"{name} {NO_SIZE}")

    def known(self) -> dict[tuple[str, str], int]:
        """The unknown names so far, for `forget`."""
        return dict(self._rows)

    def forget(self, known: dict[tuple[str, str], int]) -> None:
        """Goes back to the unknown names of an earlier moment: the file that brought the others was not read."""
        self._rows = known

    def directed(self, higher: Mapping[str, bool]) -> None:
        """Takes over what a file states of its metrics: whether more is better."""
        for metric, better in higher.items():
            self._higher.setdefault(metric, set()).add(better)

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """Every unknown name so far, by category and name, with near ones."""
        return tuple(
            unknown_name(self.words, category, name, rows) for (category, name), rows in sorted(self._rows.items())
        )

    @property
    def unversioned(self) -> tuple[str, ...]:
        """One sentence for each name so far that does not say the version of a task."""
        mapped = self._same.get("intermediate", {})
        names = [name for category, name in self._ids if category == "intermediate" and fold(name) not in mapped]
        return tuple(dict.fromkeys(said for name in sorted(names) if (said := unversioned(self.words, name))))

    def own(self) -> Entries:
        """Entries for the unknown names, and those met that the user's list or a file beside a table adds."""
        entries: dict[str, dict[str, Entry]] = {}
        for category, name in self._rows:
            entries.setdefault(category, {})[name] = Entry(name, category, name, facts=self._facts(category, name))
        shipped = built_in()
        for (category, _), found in self._ids.items():
            if found is None or category not in CATEGORIES or (entry := self.words[category].get(found)) is None:
                continue
            if shipped[category].get(found) is not entry:
                entries.setdefault(category, {})[found] = entry
        return entries

    def _facts(self, category: str, name: str) -> dict[str, Any]:
        """The direction of a metric: as files state it, else by definition ("micro_f1", "WER")."""
        if category != "metric":
            return {}
        stated = self._higher.get(name, set())
        measure = None if stated else measure_of(name.replace("_", " "), (), {})
        if measure is not None and measure.direction is not None:
            stated = {measure.direction == "higher"}
        return {"higher_is_better": next(iter(stated))} if len(stated) == 1 else {}

    def _find(self, category: str, name: str) -> str | None:
        return id_of(self.words, category, name)

    def _check(self) -> None:
        faults = [
            f"{theirs!r} is said to be the {category} {ours!r}, which is unknown"
            for category, pairs in self._same.items()
            for theirs, ours in pairs.items()
            if self._find(category, ours) is None
        ]
        if faults:
            raise UnknownNameError("names", faults)
