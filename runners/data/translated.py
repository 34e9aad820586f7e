"""Machine-translated data: one layout for every task, FOLDER/TASK/LANGUAGE/SPLIT.jsonl.

The first line is the header: what was translated, by what, and how many examples did not survive.
Every further line is one example with the fields of its type in `runners.examples`. Nothing is
interpreted: labels, tags and spans stand there as the vocabulary writes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.files.atomic import replacing
from runners.data.reading import Row, read_jsonl
from runners.data.sources import FolderSource
from runners.data.specification import Specification
from runners.examples import Choice, Classified, Dataset, Example, QAExample, SentenceExample, Tagged
from runners.structure import structured

SCHEMA = "claimgauge.translated/1"

TYPES: Mapping[str, type[Classified | Tagged | QAExample | Choice | SentenceExample]] = {
    "classification": Classified,
    "tagging": Tagged,
    "span": QAExample,
    "choice": Choice,
    "text": SentenceExample,
}
"""Form → the type of its examples; retrieval tasks have none and are not translated."""


@dataclass(frozen=True, slots=True)
class TranslatedHeader:
    """Header of a file of translated data: content and origin.

    Attributes:
        task, form, language, split: as in `Dataset`; language is the one translated into.
        source_language: the one translated from.
        engine: hub, apertium or command. model: its name, pair or command line.
        revision: commit or hash of the model. software: what ran it, with version.
        source: origin of the data. source_sha256: its content.
        read: examples given to the engine. kept: those in the file.
        dropped: why examples did not survive → how many; they and `kept` add up to `read`.
        source_dropped: what was left out before.
        schema: of this layout.
    """

    task: str
    form: str
    language: str
    split: str
    source_language: str
    engine: str
    model: str
    revision: str
    software: str
    source: str
    source_sha256: str
    read: int
    kept: int
    dropped: Mapping[str, int]
    source_dropped: Mapping[str, int]
    schema: str = SCHEMA

    @property
    def origin(self) -> str:
        """In one line, for records."""
        by = " ".join(word for word in (self.engine, self.model, self.revision and f"at {self.revision}") if word)
        return f"translated from {self.source_language} by {by}: {self.source}"


def path_of(root: Path, task: str, language: str, split: str) -> Path:
    """Path of a split of a task in a language."""
    return root / task / language / f"{split}.jsonl"


def missing(task: str, spec: Specification, language: str, split: str, source: FolderSource) -> str:
    """The sentence that says what is not there, or ""."""
    if spec.form not in TYPES:
        return f"{task} is a retrieval task: there is no translated data of it"
    path = path_of(source.root, task, language, split)
    if path.is_file():
        return ""
    return (
        f"translated {task} {split} in {language} is not here: no {path} "
        f"(claimgauge translate {task} --to {language} --out {source.root})"
    )


def write(path: Path, header: TranslatedHeader, examples: Sequence[Example]) -> None:
    """Writes header and examples, the whole file or nothing."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        for row in (header, *examples):
            file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def load(task: str, spec: Specification, language: str, split: str, source: FolderSource) -> Dataset:
    """A split of translated data.

    Raises:
        InputError: the file is not what it should be, with every fault.
    """
    path = path_of(source.root, task, language, split)
    rows = read_jsonl(path)
    header = _header(path, rows[0] if rows else {})
    faults = _contradictions(header, (task, spec.form, language, split), len(rows) - 1)
    examples: list[Example] = []
    for number, row in enumerate(rows[1:], 2):
        found = _example(spec, row)
        if isinstance(found, str):
            faults.append(f"line {number} {found}")
        else:
            examples.append(found)
    if faults:
        raise InputError(str(path), faults)
    dropped = (*header.source_dropped.items(), *header.dropped.items())
    where = path.relative_to(source.root).as_posix()
    origin = f"{where} ({header.origin})"
    return Dataset(
        task, spec.form, language, split, tuple(examples), spec.labels, origin=origin, dropped=tuple(dropped)
    )


def _header(path: Path, row: Row) -> TranslatedHeader:
    if row.get("schema") != SCHEMA:
        raise InputError(str(path), f"does not begin with the header {SCHEMA!r} that `claimgauge translate` writes")
    faults: list[str] = []
    header = structured(TranslatedHeader, row, "header", faults)
    if header is None or faults:
        raise InputError(str(path), faults)
    return header


def _contradictions(header: TranslatedHeader, asked: tuple[str, str, str, str], lines: int) -> list[str]:
    """Contradictions between the header and the file's place or lines."""
    names = ("task", "form", "language", "split")
    faults = [
        f"header.{name} = {getattr(header, name)!r}, but the file stands for {wanted!r}"
        for name, wanted in zip(names, asked, strict=True)
        if getattr(header, name) != wanted
    ]
    if lines != header.kept:
        faults.append(f"holds {lines:,} examples, its header says {header.kept:,}: it was cut or changed")
    if header.kept + sum(header.dropped.values()) != header.read:
        faults.append(f"header.read = {header.read:,} is not kept ({header.kept:,}) and dropped together")
    return faults


def _example(spec: Specification, row: Row) -> Example | str:
    """The example of a row, or what is wrong with it."""
    shape = TYPES[spec.form]
    names = [f.name for f in fields(shape)]
    if set(row) != set(names):
        return f"has the fields {', '.join(row)}, not {', '.join(names)}"
    example = shape(**{name: _frozen(row[name]) for name in names})
    return _fault(spec, example) or example


def _fault(spec: Specification, example: Any) -> str:
    """The fault of an example whose values may be of any type; "" for none."""
    match example:
        case Classified(first=str(), second=str() | None, label=str(label)):
            return "" if label in spec.labels else f"has the unknown label {label!r} (known: {', '.join(spec.labels)})"
        case Tagged(words=tuple(words), tags=tuple(tags)):
            strange = sorted({str(tag) for tag in tags} - set(spec.labels))
            if strange:
                return f"has unknown tags {', '.join(strange)}"
            return "" if len(words) == len(tags) else f"has {len(words)} words and {len(tags)} tags"
        case QAExample(question=str(), context=str(context), answers=tuple(answers)):
            if not answers and not spec.unanswerable:
                return "has no answer"
            misplaced = [text for text, at in answers if not text or context[at : at + len(text)] != text]
            return f"has the answer {misplaced[0]!r} elsewhere than it says" if misplaced else ""
        case Choice(first=str(), second=str(), options=tuple(options), label=int(label)):
            return "" if 0 <= label < len(options) else f"has label {label}, which names none of {len(options)} options"
        case SentenceExample(text=str()):
            return ""
    return "has a value of the wrong type"


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
