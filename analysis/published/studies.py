"""Studies and the versions of their texts: what each states about itself, and which replaces which.

The shipped ones stand in `analysis/data/published/studies.toml`. `results.csv` may have a file
`results.studies.toml` beside it that declares its own, in the same form:

```toml
[mine]
title = "Our replication"
cites = ["xtreme"]                     # studies whose baselines gains are taken against, besides its own
intermediates = ["mnli", "qqp"]        # the tasks it trained, so that "all" means these
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.registry.own_names import nearest, read_toml
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import id_of

StatedBy = tuple[str, str]
"""A study and the version of its text, "" where it has only one."""


CONFIGURATION = re.compile(r"-[0-9a-f]{8}$")
"""End of a study's name that tells one configuration of a series of runs from the others."""


def series_of(study: str) -> str:
    """The study whose configurations share a name but for its end."""
    return CONFIGURATION.sub("", study)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a study's text.

    Attributes:
        version: as in the column of that name. superseded_by: the version that replaces it, or None.
        intermediates: the intermediate tasks it trained; () where it does not say.
        multitask: the tasks that its multi-task run holds; () where it does not say.
        targets: the targets it evaluated; () for those of its benchmark.
        source: where this was read. note: what else it states.
    """

    version: str = ""
    superseded_by: str | None = None
    intermediates: tuple[str, ...] = ()
    multitask: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A study behind scores.

    Attributes:
        id: value of the column `study`. title: in words.
        version: the version of the text that all its scores come from, "" where rows say which.
        superseded_by: the study whose scores replace these, or None.
        paper: the paper (`analysis/data/papers.toml`) whose numbers these are, None where there is none.
        cites: studies whose baselines gains are taken against, besides its own.
        editions: by version; "" for what holds of a text without versions.
        arxiv, cited_as: how a study that is its own paper is cited, by number and by author and year.
    """

    id: str
    title: str
    version: str = ""
    superseded_by: str | None = None
    paper: str | None = None
    cites: tuple[str, ...] = ()
    editions: Mapping[str, Edition] = field(default_factory=dict)
    arxiv: str = ""
    cited_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Studies:
    """Known studies; compared and hashed by identity.

    Attributes:
        known: by id. written_as: other spellings in tables → study and version.
    """

    known: Mapping[str, Study]
    written_as: Mapping[str, StatedBy]
    _editions: dict[str, Mapping[str, Edition]] = field(default_factory=dict, repr=False)
    _holding: dict[tuple[str | None, str | None], StatedBy | None] = field(default_factory=dict, repr=False)

    def place(self, study: str, version: str) -> StatedBy:
        """The study and version of a row, from what stands in its columns."""
        study, given = self.written_as.get(study, (study, ""))
        entry = self.known.get(study)
        return study, version or given or (entry.version if entry is not None else "")

    def paper_of(self, study: str) -> str | None:
        """The paper whose numbers a study's are, None for a study of nobody's paper."""
        entry = self.known.get(study)
        return None if entry is None else entry.paper

    def cited_by_paper(self, paper: str) -> frozenset[str]:
        """The studies whose baselines the studies of a paper cite."""
        return frozenset(c for study in self.known.values() if study.paper == paper for c in study.cites)

    def edition(self, study: str, version: str) -> Edition | None:
        """The edition of a version of a study; of a study that reprints a paper, the paper's."""
        entry = self.known.get(study)
        if entry is None:
            return None
        if version in entry.editions or "" in entry.editions:
            return entry.editions.get(version, entry.editions.get(""))
        return self.editions_of(entry.paper).get(version) if entry.paper is not None else None

    def editions_of(self, paper: str | None) -> Mapping[str, Edition]:
        """The versions of a paper, in the order of the file."""
        if paper is None:
            return {}
        kept = self._editions.get(paper)
        if kept is None:
            of_paper = [study for study in self.known.values() if study.paper == paper]
            kept = {v: edition for study in of_paper for v, edition in study.editions.items() if v}
            self._editions[paper] = kept
        return kept

    def of_paper(self, paper: str | None, version: str | None) -> StatedBy | None:
        """The study that holds a version of a paper, the current one where None is named; None where none does."""
        asked = (paper, version)
        if asked not in self._holding:
            version = self.current(paper) if version is None else version
            holds = (s.id for s in self.known.values() if s.paper == paper and paper is not None)
            self._holding[asked] = next(((study, version or "") for study in holds), None)
        return self._holding[asked]

    def current(self, paper: str | None) -> str | None:
        """The version of a paper that nothing replaces, None where it has no versions."""
        left = [e.version for e in self.editions_of(paper).values() if e.superseded_by is None]
        return left[-1] if left else None

    def superseded(self, study: str, version: str) -> bool:
        """True if a later version replaces this one."""
        entry, edition = self.known.get(study), self.edition(study, version)
        replaced = edition is not None and edition.superseded_by is not None
        return replaced or (entry is not None and entry.superseded_by is not None)

    def extended(self, more: Iterable[Studies]) -> Studies:
        """These with further ones, which replace those of their names."""
        known, written = dict(self.known), dict(self.written_as)
        for other in more:
            known |= other.known
            written |= other.written_as
        return Studies(known, written)


@cache
def shipped_studies() -> Studies:
    """The studies behind the published scores."""
    text = (files("analysis") / "data" / "published" / "studies.toml").read_text(encoding="utf-8")
    return _studies(tomllib.loads(text), "studies.toml")


def studies_beside(table: Path) -> Path:
    """The file beside a results table that declares its studies."""
    return table.with_suffix(".studies.toml")


def own_studies(table: Path, registry: Vocabulary) -> Studies:
    """The studies in the file beside a results table, their tasks under the ids of known names; none without a file.

    Raises:
        InputError: the file cannot be read, or declares something that is not known.
    """
    path = studies_beside(table)
    if not path.exists():
        return Studies({}, {})
    found = _studies(read_toml(path), str(path))
    known = {
        study.id: replace(study, editions={v: _by_id(edition, registry) for v, edition in study.editions.items()})
        for study in found.known.values()
    }
    return Studies(known, found.written_as)


TASKS = {"intermediates": "intermediate", "multitask": "intermediate", "targets": "target"}
"""Facts of a version that list tasks → the category these are of."""


def _by_id(edition: Edition, registry: Vocabulary) -> Edition:
    def ids(fact: str) -> tuple[str, ...]:
        return tuple(id_of(registry, TASKS[fact], name) or name for name in getattr(edition, fact))

    return replace(edition, intermediates=ids("intermediates"), multitask=ids("multitask"), targets=ids("targets"))


FACTS = frozenset(("intermediates", "multitask", "targets", "superseded_by", "source", "note", "written_as"))
"""Keys of a version."""
STUDY_FACTS = FACTS | {"title", "version", "paper", "cites", "versions", "arxiv", "cited_as"}
LISTS = ("intermediates", "multitask", "targets", "cites", "written_as", "cited_as")


def _studies(tables: Mapping[str, Mapping[str, Any]], where: str) -> Studies:
    if faults := [fault for key, table in tables.items() for fault in _faults(key, table)]:
        raise InputError(where, faults)
    known: dict[str, Study] = {}
    written: dict[str, StatedBy] = {}
    for key, table in tables.items():
        versions: Mapping[str, Mapping[str, Any]] = table.get("versions", {})
        own = {"": table, **versions} if any(fact in table for fact in LISTS[:3]) else versions
        known[key] = Study(
            key,
            str(table.get("title", key)),
            str(table.get("version", "")),
            table.get("superseded_by"),
            table.get("paper", key if {"arxiv", "cited_as"} & set(table) else None),
            tuple(table.get("cites", ())),
            {version: _edition(version, facts) for version, facts in own.items()},
            str(table.get("arxiv", "")),
            tuple(table.get("cited_as", ())),
        )
        written |= {name: (key, version) for version, facts in versions.items() for name in facts.get("written_as", ())}
        written |= dict.fromkeys(table.get("written_as", ()), (key, ""))
    return Studies(known, written)


def _faults(key: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Faults of one table, or of one of its versions."""
    versions = table.get("versions", {})
    if not isinstance(versions, dict) or not all(isinstance(facts, dict) for facts in versions.values()):
        yield f"[{key}] versions must be tables, as in [{key}.versions.v1]"
        return
    named = [(key, table, STUDY_FACTS), *((f"{key}.versions.{v}", facts, FACTS) for v, facts in versions.items())]
    for name, facts, allowed in named:
        if strange := [fact for fact in facts if fact not in allowed]:
            near = nearest(strange[0], allowed)
            meant = f" (did you mean {near[0]!r}?)" if near else ""
            yield f"[{name}] states {strange[0]!r}{meant}, which is none of {', '.join(sorted(allowed))}"
        for fact in LISTS:
            value = facts.get(fact, [])
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                yield f'[{name}] {fact} is {value!r}; write a list of names, as in ["mnli", "qqp"]'


def _edition(version: str, facts: Mapping[str, Any]) -> Edition:
    def names(fact: str) -> tuple[str, ...]:
        return tuple(facts.get(fact, ()))

    return Edition(
        version,
        facts.get("superseded_by"),
        names("intermediates"),
        names("multitask"),
        names("targets"),
        str(facts.get("source", "")),
        str(facts.get("note", "")),
    )
