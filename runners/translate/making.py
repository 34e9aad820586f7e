"""A split of a task, translated and written where a plan finds it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.registry.vocabulary import vocabulary
from runners.data import load, missing
from runners.data.sources import Source
from runners.data.specification import specification
from runners.data.translated import TYPES, TranslatedHeader, path_of, write
from runners.translate.engines import Engine
from runners.translate.forms import Translator, survivors


@dataclass(frozen=True, slots=True)
class TranslatedFile:
    """A file of translated data and its header."""

    path: Path
    header: TranslatedHeader


def translate(
    task: str,
    source: Source,
    engine: Engine,
    *,
    into: str,
    out: Path,
    from_language: str = "en",
    split: str = "train",
    examples: int | None = None,
) -> tuple[TranslatedFile, ...]:
    """Translates a split and writes it below `out`, one file per task.

    Args:
        task: id; a union (ANLI+) is translated part by part, since its parts are what is loaded.
        source: of the original data.
        engine: from `from_language` to `into`.
        into: code of the language of the new data.
        out: folder; see `runners.data.translated` for its layout.
        from_language: code of the language of the original data.
        split: train, dev or test.
        examples: of each task, the first of one seeded shuffle; None: all.

    Raises:
        UsageError: a retrieval task, or a language into itself.
        MissingDataError: data or engine is not here.
        InputError: an unknown language, faulty data, or no example that survives.
    """
    check(task, source, into=into, from_language=from_language, split=split)
    spec = specification(task)
    parts = (spec.parts or (task,)) if spec is not None else (task,)
    return tuple(_made(part, source, engine, into, out, from_language, split, examples) for part in parts)


def check(task: str, source: Source, *, into: str, from_language: str, split: str) -> None:
    """Says what stands in the way before an engine is loaded; arguments as of `translate`.

    Raises:
        UsageError: a retrieval task, or a language into itself.
        MissingDataError: the original data is not here.
        InputError: an unknown task or language.
    """
    words = vocabulary()
    if into not in words["language"]:
        raise InputError("--to", words.unknown("language", into))
    if into == from_language:
        raise UsageError(f"{task} is to be translated from {from_language} into {into}, the same language")
    spec = specification(task)
    if spec is not None and spec.form not in TYPES:
        raise UsageError(f"{task} is a retrieval task: it has no training data to translate")
    if fault := missing(task, from_language, split, source):  # of all parts, before the first is translated
        raise MissingDataError(fault)


def _made(
    task: str, source: Source, engine: Engine, into: str, out: Path, start: str, split: str, examples: int | None
) -> TranslatedFile:
    data = load(task, start, split, source, examples=examples)
    identity = engine.identity
    kept, dropped = survivors(data.examples, Translator(engine, into))
    path = path_of(out, task, into, split)
    if not kept:
        reasons = ", ".join(f"{why}: {count:,}" for why, count in dropped.items())
        raise InputError(str(path), f"is not written: none of {len(data):,} examples survives ({reasons})")
    header = TranslatedHeader(
        task,
        data.form,
        into,
        split,
        start,
        identity.engine,
        identity.model,
        identity.revision,
        identity.software,
        data.origin,
        data.sha256,
        len(data),
        len(kept),
        dict(dropped.most_common()),
        dict(data.dropped),
    )
    write(path, header, kept)
    return TranslatedFile(path, header)
