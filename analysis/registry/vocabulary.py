"""The shared vocabulary: tasks, languages, models, metrics and the facts known of them.

Everything is read from the TOML files in `analysis/data`; adding a task or a language is one
entry there. Names are looked up exactly (id, name or alias, folded: case, spaces, hyphens and
underscores do not matter). A name outside the vocabulary is never guessed, only answered with
near names; a language outside of it is looked up in the table of the world's (`analysis.registry.languages`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.errors import UnknownNameError

MULTITASK = "multi"
BEST_PER_TARGET = "best_per_target"
BASELINE = "none"
"""Values of the column `intermediate` that are not tasks: all nine together, the best
intermediate task chosen for each target, and no intermediate training at all."""


def fold(name: str) -> str:
    """The form under which names are compared: lower case, without spaces, hyphens, underscores."""
    return re.sub(r"[\s\-_‐-―]+", "", name).casefold()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the vocabulary knows.

    Attributes:
        id: the word used in results tables and assertions.
        category: "intermediate", "further_intermediate", "target", "benchmark", "language",
            "model", "metric", "text_source", "kind", "study", "paper" or "corpus".
        name: the name in print.
        aliases: other spellings in print.
        facts: attribute → value, as read.
        sources: attribute → where it was read; "" holds the source of the whole entry.
    """

    id: str
    category: str
    name: str
    aliases: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def source(self, attribute: str) -> str:
        """The source of `attribute`."""
        return self.sources.get(attribute, self.sources.get("", ""))

    @property
    def spellings(self) -> tuple[str, ...]:
        """Id, name and aliases."""
        return (self.id, self.name, *self.aliases)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All entries, by category and id; compared and hashed by identity.

    Attributes:
        entries: category → id → entry, in the order of the data files.
    """

    entries: Mapping[str, Mapping[str, Entry]]
    _folded: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, category: str) -> Mapping[str, Entry]:
        return self.entries[category]

    def find(self, category: str, name: str) -> Entry | None:
        """The entry of `category` that is spelled `name`, or None."""
        if category not in self._folded:
            self._folded[category] = {
                fold(spelling): entry.id
                for entry in reversed(list(self.entries[category].values()))
                for spelling in reversed(entry.spellings)
            }
        found = self._folded[category].get(fold(name))
        return None if found is None else self.entries[category][found]

    def language(self, code: str) -> Entry | None:
        """The language with an ISO 639 code (639-1, 639-3, or one that data sets use for it), or None."""
        if "language code" not in self._folded:
            self._folded["language code"] = {
                str(known): entry.id
                for entry in reversed(list(self.entries["language"].values()))
                for known in (*entry.facts.get("other_codes", ()), entry.facts.get("iso639_3", entry.id), entry.id)
            }
        found = self._folded["language code"].get(code)
        return None if found is None else self.entries["language"][found]

    def any_language(self, text: str) -> Entry | None:
        """The language that a code of ISO 639, a tag of BCP 47 or an English name means, here or in the world.

        A script or region that is not the language's usual one makes a variety with its facts, "zh-Hant".
        """
        if (found := self.language(text) or self.find("language", text)) is not None:
            return found
        from analysis.registry.languages import Tag, code_named, entry_of, tag_of, variety

        named = code_named(text)
        tag = tag_of(text) or (None if named is None else Tag(named))
        return None if tag is None else variety(self.language(tag.code) or entry_of(tag.code), tag)

    def family(self, code: str) -> str:
        """The family of a language, "" where no source states one."""
        entry = self.any_language(code)
        return str(entry.facts.get("family", "")) if entry else ""

    def extended(self, more: Mapping[str, Mapping[str, Entry]]) -> Vocabulary:
        """This vocabulary with further entries, by category and id; it stays as it is."""
        if not any(more.values()):
            return self
        return Vocabulary({category: {**known, **more.get(category, {})} for category, known in self.entries.items()})

    def resolve(self, category: str, name: str, where: str) -> Entry:
        """As `find`, but an unknown name is an error that suggests near ones.

        Raises:
            UnknownNameError: `name` is not in the vocabulary.
        """
        entry = self.find(category, name)
        if entry is None:
            raise UnknownNameError(where, self.unknown(category, name))
        return entry

    def unknown(self, category: str, name: str) -> str:
        """The sentence that says `name` is unknown, with near names and the command that lists all."""
        label = category.replace("_", " ")
        near = self.suggest(category, name)
        hint = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ";"
        return f"unknown {label} {name!r}{hint} (claimgauge ls {LISTED.get(category, 'tasks')})"

    def suggest(self, category: str, name: str, most: int = 2, *, least: int = 60) -> list[str]:
        """Ids whose spelling is near `name`, nearest first; `least` is the likeness asked for, of 100."""
        from rapidfuzz import fuzz, process

        spellings = {
            fold(spelling): entry.id for entry in self.entries[category].values() for spelling in entry.spellings
        }
        matches = process.extract(fold(name), list(spellings), scorer=fuzz.ratio, limit=8, score_cutoff=least)
        return list(dict.fromkeys(spellings[match] for match, _, _ in matches))[:most]

    def targets_of(self, benchmark: str) -> tuple[str, ...]:
        """Ids of the target tasks of a benchmark, in its order."""
        return tuple(e.id for e in self["target"].values() if e.facts.get("benchmark") == benchmark)

    def languages_of(self, target: str) -> tuple[str, ...]:
        """Codes of the languages a target task is evaluated in (empty where no source lists them)."""
        return tuple(str(self["target"][target].facts.get("languages", "")).split())

    def kinds_above(self, kind: str) -> frozenset[str]:
        """`kind` and every kind it is a special case of."""
        above = {kind}
        for parent in self["kind"][kind].facts.get("is_a", ()):
            above |= self.kinds_above(parent)
        return frozenset(above)

    def tasks_of_kind(self, category: str, kind: str) -> tuple[str, ...]:
        """Ids of the tasks of `category` whose kind is `kind` or a special case of it."""
        known = [e for e in self[category].values() if "kind" in e.facts]
        return tuple(e.id for e in known if kind in self.kinds_above(e.facts["kind"]))


LISTED = {
    "intermediate": "tasks",
    "further_intermediate": "tasks",
    "corpus": "tasks",
    "target": "tasks",
    "benchmark": "tasks",
    "kind": "kinds",
    "language": "languages",
    "model": "models",
    "metric": "metrics",
}
"""The `claimgauge ls` command that shows each category."""


_speaking: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """The vocabulary in use: the built-in one, or within `speaking` the one given there."""
    return _speaking[-1] if _speaking else built_in()


@contextmanager
def speaking(registry: Vocabulary) -> Iterator[None]:
    """Makes a vocabulary the one in use, for tasks and languages of the user's own."""
    _speaking.append(registry)
    try:
        yield
    finally:
        _speaking.pop()


@cache
def built_in() -> Vocabulary:
    """The built-in vocabulary (read once).

    Of the laboratory it holds what plans and results tables name: its tasks, languages, model and
    texts. "intermediate" holds the study's nine alone, since reports say "all nine"; every other
    task that may come between is a "further_intermediate".
    """
    tasks = _read("tasks.toml")
    further = _read("further_tasks.toml")
    laboratory = _read("laboratory.toml")
    papers = _read("papers.toml")
    studies = {key: paper["study"] | {"title": paper["title"]} for key, paper in papers.items() if "study" in paper}
    entries = {
        "intermediate": _entries("intermediate", tasks["intermediate"]),
        "target": _entries("target", tasks["target"] | laboratory["target"]),
        "further_intermediate": _entries("further_intermediate", further | laboratory["intermediate"]),
        "corpus": _entries("corpus", tasks["corpus"] | laboratory["corpus"]),
        "benchmark": _entries("benchmark", tasks["benchmark"]),
        "language": _entries("language", _read("languages.toml") | laboratory["language"]),
        "model": _entries("model", _read("models.toml") | laboratory["model"]),
        "metric": _entries("metric", _read("metrics.toml")),
        "kind": _entries("kind", _read("kinds.toml")),
        "text_source": _entries("text_source", _read("text_sources.toml")),
        "study": _entries("study", studies),
        "paper": _entries("paper", papers),
    }
    multi = tasks["multitask"]
    multitask = _entries("intermediate", {multi["id"]: multi})
    return Vocabulary(entries | {"multitask": multitask})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("analysis") / "data" / name).read_text(encoding="utf-8"))


def _entries(category: str, tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Entry]:
    return {key: entry_of_table(category, key, table) for key, table in tables.items()}


def entry_of_table(category: str, key: str, table: Mapping[str, Any]) -> Entry:
    """The entry that one table of a TOML file describes."""
    facts = {k: v for k, v in table.items() if k not in {"aliases", "source", "sources", "study"}}
    sources = {"": str(table.get("source", "")), **table.get("sources", {})}
    name = str(table.get("name", table.get("title", key)))
    return Entry(key, category, name, tuple(_strings(table.get("aliases", ()))), facts, sources)


def _strings(values: Iterable[object]) -> Iterable[str]:
    return (str(value) for value in values)
