"""Data specification of a task: the subtable `data` of its entry, checked and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, TypeAlias

from analysis.errors import InputError, UnknownNameError
from analysis.registry.vocabulary import Entry, Vocabulary, vocabulary
from runners.examples import Form
from runners.structure import structured

Format: TypeAlias = Literal[
    "csv", "tsv", "tsv_plain", "json", "jsonl", "parquet", "squad", "conll", "conllu", "words", "lines", "parallel",
    "mined", "xquad_r", "mewsli_x",
]  # fmt: skip
"""csv and tsv: quoted as Python's csv module writes. tsv_plain: a quote is a character. json: a list of
objects. jsonl: one object per line. parquet: with the names of its class labels, where it states them.
squad: SQuAD 1.1 or 2.0 JSON. words: word and tag per line, blank line between sentences. conll: the same
with more columns, named by `header`; without it the first and the last one. lines: one text per line.
parallel: two files, line by line. mined: two files of id and sentence, a third of id pairs. xquad_r: SQuAD
files with sentence breaks, one per language of the place, all of which are candidates. mewsli_x: mentions
in context, and the entities they may name."""


@dataclass(frozen=True, slots=True)
class SplitFiles:
    """Local files that hold one split.

    Attributes:
        paths: patterns below the source's root, tried in order. {language}: code, {code}: ISO 639-3
            or what `codes` says, {name}: English name of the language.
        languages: codes it holds; "": all of the task's.
        header: column names where the file has no header line.
        against, gold: patterns of the second file (parallel, mined; the entities of mewsli_x) and of
            the pairs (mined), one for each of `paths`.
        codes: language → what stands for {code}.
        folds: of ten, those that belong to the split. An example's fold is the CRC-32 of its first
            text modulo 10, so that examples on one text stay together. (): all.
        join: the split is all of `paths` together, not the first that is there.
        layout: of data split otherwise than usual; only a source that names it uses it.
        parallel: languages whose files are translations of each other, line by line: an item and all
            its translations are in one fold, and so are items that share a text in any of them.
            "": the rule of `folds`.
        untranslated: texts that stand where a translation is missing; examples with one are left
            out and counted.
        where: column → what its value must be, in a file of several languages or splits, filled as `paths`
            are; with a * at its end, what it must begin with.
    """

    split: Literal["train", "dev", "test"]
    format: Format
    paths: tuple[str, ...]
    languages: str = ""
    header: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    folds: tuple[int, ...] = ()
    join: bool = False
    layout: str = ""
    parallel: str = ""
    untranslated: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hub:
    """A data set of the hub.

    Attributes:
        path: owner/name. config: may hold {language}, {code} and {name}. revision: commit; "":
            unconfirmed, the user must give one.
        splits: ours → theirs ("a+b": several together). languages: codes it holds; "": all of the task's.
        where: as in `SplitFiles`.
        mined: of a bitext: one row holds all sentences of both languages and the pairs, counted from 1.
        fields: as in `Specification`, where the hub's are others. labels: names of label numbers,
            in their order.
        codes: language → what stands for {code}.
    """

    path: str
    config: str = ""
    revision: str = ""
    splits: Mapping[str, str] = field(default_factory=dict)
    languages: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    mined: bool = False


@dataclass(frozen=True, slots=True)
class Specification:
    """Layout of a task's data.

    Attributes:
        labels: every label, in the order in which heads number them.
        label_file: pattern below the root of a local file that holds them, one a line, where they are
            too many for the entry or not free to print.
        hub: data sets of the hub; the first that has the language and the split is taken.
        fields: of an example → column: id, first, second, label; words, tags; options (several
            columns, separated by spaces, or one that holds a list). "a.b": b inside of a.
        map: label as written → label. skip: labels whose examples are left out and counted.
        lower: labels are written in capitals.
        unanswerable: questions may have no answer.
        parts: tasks whose union this is.
        generator, options, pivot: of laboratory tasks; pivot is the language retrieved.
        licence: of the data, and what follows for what may be passed on.
        folder: of its files, instead of that of the source.
        trained_on: task with the same labels whose training data is this one's, and whose development data
            where this one has none in a language.
    """

    form: Form
    labels: tuple[str, ...] = ()
    files: tuple[SplitFiles, ...] = ()
    label_file: str = ""
    hub: tuple[Hub, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    map: Mapping[str, str] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    lower: bool = False
    unanswerable: bool = False
    parts: tuple[str, ...] = ()
    generator: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    pivot: str = ""
    licence: str = ""
    folder: str = ""
    trained_on: str = ""


CATEGORIES = ("target", "intermediate", "further_intermediate", "corpus")


def task_entry(task: str) -> Entry:
    """The vocabulary's entry of a task or a corpus.

    Raises:
        UnknownNameError: there is none; near names are suggested.
    """
    words = vocabulary()
    found = next((e for c in CATEGORIES if (e := words[c].get(task)) is not None), None)
    if found is not None:
        return found
    near = next((c for c in CATEGORIES if words.suggest(c, task)), "target")
    raise UnknownNameError("data", words.unknown(near, task))


def specification(task: str) -> Specification | None:
    """The checked `data` table of a task; None where the vocabulary states none.

    Raises:
        InputError: the table is wrong, with all its faults.
    """
    return _specification(task, vocabulary())


@cache
def _specification(task: str, registry: Vocabulary) -> Specification | None:  # noqa: ARG001 — one of another vocabulary is another
    table = task_entry(task).facts.get("data")
    if table is None:
        return None
    faults: list[str] = []
    found = specified(table, "data", faults)
    if found is None or faults:
        raise InputError(f"vocabulary entry {task!r}", faults)
    return found


def specified(table: object, where: str, faults: list[str]) -> Specification | None:
    """A `data` table, checked; None where it holds faults, which are added to `faults`."""
    return structured(Specification, with_hubs(table), where, faults)


def with_hubs(table: object) -> object:
    """A `data` table whose one hub is a list of one."""
    if isinstance(table, Mapping) and isinstance(table.get("hub"), Mapping):
        return {**table, "hub": [table["hub"]]}
    return table


def fits(value: object, pattern: str) -> bool:
    """True if a value is what a filled pattern of `where` asks for."""
    return str(value).startswith(pattern[:-1]) if pattern.endswith("*") else str(value) == pattern
