"""Tasks, languages and data of the user's own: tables of a plan or of a vocabulary file, as entries of the vocabulary.

```toml
[tasks.americasnli]
kind = "nli"
languages = "aym quy gn"

[data.americasnli]
form = "classification"
labels = ["entailment", "neutral", "contradiction"]
fields = { first = "premise", second = "hypothesis", label = "label" }
files = [{ split = "test", format = "tsv", paths = ["americasnli/{language}.tsv"] }]
trained_on = "xnli"

[languages.gn]
family = "Tupian"
```

The schema is that of the built-in entries (`runners.data.specification`). A task of one's own may come between
and may be evaluated. `[data.NAME]` of a built-in task takes the place of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

from analysis.errors import InputError
from analysis.registry.own_names import Entries
from analysis.registry.vocabulary import Entry, Vocabulary, built_in, entry_of_table, fold, speaking, vocabulary
from runners.data.specification import CATEGORIES, Hub, Specification, SplitFiles, specified, with_hubs
from runners.plan.forms import KIND_OF_FORM, METRICS_OF_FORM, form_of
from runners.plan.own_tables import LanguageTable, Tables, Task
from runners.structure import sound_part, structured


@contextmanager
def speaking_own(tables: Tables | None) -> Iterator[Vocabulary]:
    """Within it the vocabulary in use is extended by tables, which were checked before."""
    words = extended(vocabulary(), tables or {}, "own tasks")
    with speaking(words):
        yield words


def extended(registry: Vocabulary, tables: Tables, where: str) -> Vocabulary:
    """A vocabulary with the tasks and languages of the tables.

    Raises:
        InputError: the tables' faults, all at once.
    """
    return registry.extended(own_entries(registry, tables, where)) if any(tables.values()) else registry


def own_entries(registry: Vocabulary, tables: Tables, where: str) -> Entries:
    """Entries of the tables, by category and id.

    Raises:
        InputError: the tables' faults, all at once.
    """
    faults: list[str] = []
    languages = {code: _language(registry, code, table, faults) for code, table in tables.get("languages", {}).items()}
    found = {code: entry for code, entry in languages.items() if entry is not None}
    made = _Making(registry.extended({"language": found}), frozenset(tables.get("tasks", {})), faults)
    for name, table in tables.get("tasks", {}).items():
        made.task(name, table, tables.get("data", {}).get(name))
    for name, table in tables.get("data", {}).items():
        if name not in tables.get("tasks", {}):
            made.data(name, table)
    if faults:
        raise InputError(where, faults)
    made.entries["language"] |= found
    return made.entries


class _Making:
    """Makes the entries of tasks; faults are collected."""

    def __init__(self, words: Vocabulary, own: frozenset[str], faults: list[str]) -> None:
        self.words, self.own, self.faults = words, own, faults
        self.entries: dict[str, dict[str, Entry]] = {"target": {}, "further_intermediate": {}, "language": {}}

    def task(self, name: str, table: Mapping[str, Any], data: Mapping[str, Any] | None) -> None:
        """Adds a task as intermediate and as target."""
        place = f"tasks.{name}"
        before = len(self.faults)
        taken = next((e for c in CATEGORIES if (e := built_in().find(c, name)) is not None), None)
        if taken is not None:
            self.faults.append(f"{place}: {taken.id!r} is a task already; give yours another name")
        task = structured(Task, table, place, self.faults)
        stated = sound_part(Task, table)
        data = data if data is not None else stated.get("data", {})
        kind = self._kind(stated.get("kind", ""), str(data.get("form", "")), name)
        codes = self._codes(stated.get("languages"), place)
        if not data:
            self.faults.append(f"{place} has no data: add [data.{name}] with form, labels and files or hub")
            return
        spec = specified(data, f"data.{name}", self.faults)
        self._fits(name, data)
        if task is None or spec is None or len(self.faults) > before:
            return
        facts = {
            "name": task.name or name,
            "kind": kind,
            "languages": " ".join(codes),
            "language": next(iter(codes)),
            "metrics": list(task.metrics or METRICS_OF_FORM[spec.form]),
            "fine_tuned": spec.form not in {"bitext", "ranking"},
            "data": _with_codes(data, codes),
            "aliases": list(task.aliases),
        }
        facts |= {
            fact: value
            for fact in ("train_examples", "dev_examples", "no_dev_set", "train_source", "note", "source")
            if (value := getattr(task, fact))
        }
        for category in ("target", "further_intermediate"):
            self.entries[category][name] = entry_of_table(category, name, facts)

    def data(self, name: str, table: Mapping[str, Any]) -> None:
        """Puts other data in the place of a built-in task's."""
        found = [(c, e) for c in CATEGORIES if (e := self.words[c].get(name)) is not None]
        if not found:
            near = next((self.words.suggest(c, name, 1) for c in CATEGORIES if self.words.suggest(c, name, 1)), [])
            hint = f"; did you mean {near[0]!r}?" if near else ""
            self.faults.append(f"data.{name} is data of no task: add [tasks.{name}]{hint}")
        if specified(table, f"data.{name}", self.faults) is None:
            return
        for category, entry in found:
            facts = {**entry.facts, "data": dict(table)}
            self.entries.setdefault(category, {})[name] = replace(entry, facts=facts)

    def _kind(self, stated: str, form: str, name: str) -> str:
        """The kind of a task: as its table states it, or the most general one of its form."""
        kind = stated or KIND_OF_FORM.get(form, "")
        if stated and stated not in self.words["kind"]:
            self.faults.append(f"tasks.{name}.kind: {self.words.unknown('kind', stated)}")
        elif stated and form in KIND_OF_FORM and form_of(stated, self.words) not in {form, ""}:
            asked = form_of(stated, self.words)
            self.faults.append(f"tasks.{name}.kind = {stated!r} has data of form {asked}, data.{name}.form is {form!r}")
        return kind

    def _codes(self, languages: str | tuple[str, ...] | None, place: str) -> dict[str, str]:
        """Language in the vocabulary → how the task's table writes it; languages of the world are added."""
        if languages is None:  # missing, or at fault, which is said
            return {}
        written = languages.split() if isinstance(languages, str) else languages
        codes: dict[str, str] = {}
        for text in written:
            entry = self.words.any_language(text)
            if entry is None:
                remedy = f"add [languages.{text}] with its name"
                self.faults.append(f"{place}.languages: unknown language {text!r}; {remedy}")
                continue
            if codes.setdefault(entry.id, text) != text:
                self.faults.append(f"{place}.languages: {codes[entry.id]!r} and {text!r} are both {entry.id}")
            if entry.id not in self.words["language"]:
                self.entries["language"][entry.id] = entry
        if not written:
            self.faults.append(f"{place}.languages is empty: name the languages of its data")
        return codes

    def _fits(self, name: str, table: Mapping[str, Any]) -> None:
        """Faults of a table of data as far as it is sound: contradictions and missing entries."""
        where, stated = f"data.{name}", sound_part(Specification, with_hubs(table))
        form, labels = stated.get("form"), stated.get("labels", ())
        sources: list[SplitFiles | Hub] = [*stated.get("files", ()), *stated.get("hub", ())]
        if not sources and not {"files", "hub", "parts"} & {key for key, value in table.items() if value}:
            self.faults.append(f"{where} names neither files nor hub")
        if form == "text":
            self.faults.append(f"{where}.form = 'text' is running text, which is no task")
        if form in {"classification", "tagging"} and not (table.get("labels") or table.get("label_file")):
            self.faults.append(f"{where}.labels is missing: list every label in a fixed order (or name a label_file)")
        known = {*labels, *stated.get("skip", ())}
        strange = {str(label) for label in stated.get("map", {}).values() if labels and label not in known}
        self.faults += [
            f"{where}.map leads to {label!r}, which is not among labels" for label in sorted(strange, key=str)
        ]
        needed = {"classification": ("first",), "choice": ("first", "options")}.get(form or "", ())
        fields_of_hubs = [hub.fields for hub in stated.get("hub", ())]
        self.faults += [
            f"{where}.fields.{field} is missing: the column it is in"
            for field in needed
            if field not in stated.get("fields", {}) and not _all_state(field, fields_of_hubs)
        ]
        for code in dict.fromkeys(code for source in sources for code in source.languages.split()):
            if self.words.any_language(code) is None:
                self.faults.append(f"{where}: unknown language {code!r} in files or hub")
        lender = stated.get("trained_on", "")
        if lender and not any(lender in known for known in (self.own, *(self.words[c] for c in CATEGORIES))):
            self.faults.append(f"{where}.trained_on: {self.words.unknown('target', lender)}")


def _all_state(name: str, fields: Sequence[Mapping[str, str]]) -> bool:
    return bool(fields) and all(name in stated for stated in fields)


def _with_codes(data: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    """The data table with languages by their ids; patterns are filled with how the task writes them."""
    found = dict(data)
    for source in ("files", "hub"):
        places = found.get(source, ())
        found[source] = [_coded(place, codes) for place in ([places] if isinstance(places, Mapping) else places)]
    return found


def _coded(place: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    words, back = vocabulary(), {text: code for code, text in codes.items()}
    found = dict(place)
    for role in ("languages", "parallel"):
        written = str(place.get(role, "")).split()
        ids = [back.get(text) or (entry.id if (entry := words.any_language(text)) else text) for text in written]
        found |= {role: " ".join(ids)} if ids else {}
    if all(code == text for code, text in codes.items()) or place.get("codes"):
        return found
    filled: dict[str, Any] = _as_written(found)
    return {**filled, "codes": dict(codes)}


def _as_written(value: Any) -> Any:
    """Patterns in which {language} becomes {code}."""
    if isinstance(value, str):
        return value.replace("{language}", "{code}")
    if isinstance(value, Mapping):
        return {key: _as_written(inner) for key, inner in value.items()}
    return [_as_written(inner) for inner in value] if isinstance(value, list | tuple) else value


def _language(registry: Vocabulary, code: str, table: Mapping[str, Any], faults: list[str]) -> Entry | None:
    language = structured(LanguageTable, table, f"languages.{code}", faults)
    if language is None:
        return None
    known = registry["language"].get(code) or registry.any_language(code)
    facts = dict(known.facts) if known is not None and known.id == code else {}
    stated = {f.name: getattr(language, f.name) for f in fields(LanguageTable)}
    facts |= {name: value for name, value in stated.items() if value not in {"", (), None}}
    facts.setdefault("iso639_3", code)
    if not facts.get("name"):
        faults.append(f"languages.{code} lacks name: no table of the world's languages states it")
        return None
    near = next(
        (e for e in registry["language"].values() if e.id != code and fold(e.name) == fold(facts["name"])), None
    )
    if near is not None:
        faults.append(f"languages.{code} has the name of {near.id!r} ({near.name}); use that code, or another name")
        return None
    return entry_of_table("language", code, facts)
