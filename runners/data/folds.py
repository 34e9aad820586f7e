"""Folds: one file as training and evaluation data, and no item on both sides.

Of translated data an item and all its translations are in one fold, whatever the language.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.errors import InputError
from runners.data.reading import READERS, Row
from runners.data.specification import Format, Specification, SplitFiles
from runners.examples import Choice, Classified, Example, QAExample, SentenceExample, Tagged

FOLDS = 10


def rows_of(path: Path, place: SplitFiles) -> Sequence[Row]:
    """The rows of a file of a place; of translated data, which is read for its folds too, read once."""
    if place.parallel:
        return _rows(path, path.stat().st_mtime_ns, place.format, place.header)
    return READERS[place.format](path, place.header)


def lines_of_split(spec: Specification, place: SplitFiles, translations: Sequence[Path]) -> frozenset[int]:
    """Numbers of the lines of translated files that belong to a split, the same in every language.

    Args:
        spec: of the task.
        place: of the split.
        translations: the files of all languages of `place.parallel`.

    Raises:
        InputError: the files differ in their number of lines.
    """
    columns = tuple(column for name in ("first", "second") if (column := spec.fields.get(name)))
    changed = tuple(path.stat().st_mtime_ns for path in translations)
    folds = _line_folds(tuple(translations), changed, place.format, place.header, columns, place.untranslated)
    return frozenset(i for i, number in enumerate(folds) if number in place.folds)


def fold(example: Example) -> int:
    """Fold of ten that an example is in: by its first text, so that examples on one text stay together."""
    match example:
        case QAExample():
            text = example.context
        case _:
            text = texts_of(example)[0]
    return zlib.crc32(text.encode()) % FOLDS


def texts_of(example: Example) -> tuple[str, ...]:
    """Every text of an example."""
    match example:
        case Classified():
            return (example.first,) if example.second is None else (example.first, example.second)
        case Choice():
            return (example.first, *example.options)
        case QAExample():
            return (example.question, example.context)
        case Tagged():
            return (" ".join(example.words),)
        case SentenceExample():
            return (example.text,)


@cache
def _rows(path: Path, changed: int, form: Format, header: tuple[str, ...]) -> Sequence[Row]:  # noqa: ARG001 — a file that has changed is read again
    return READERS[form](path, header)


@cache
def _line_folds(
    paths: tuple[Path, ...],
    changed: tuple[int, ...],
    form: Format,
    header: tuple[str, ...],
    columns: tuple[str, ...],
    untranslated: tuple[str, ...],
) -> tuple[int, ...]:
    files = [_rows(path, when, form, header) for path, when in zip(paths, changed, strict=True)]
    versions = [[[str(row[c]) for c in columns] for row in rows] for rows in files]
    if len({len(version) for version in versions}) > 1:
        counts = [f"{path} has {len(version):,} lines" for path, version in zip(paths, versions, strict=True)]
        raise InputError("parallel files", counts)
    return parallel_folds(versions, frozenset(untranslated))


def parallel_folds(
    versions: Sequence[Sequence[Sequence[str]]], ignored: frozenset[str] = frozenset()
) -> tuple[int, ...]:
    """The fold of each item.

    Items that share a text in any language, directly or through others, are in one fold: the
    CRC-32 of the first of all their texts in alphabetical order, modulo ten.

    Args:
        versions: for each language the texts of each item, items in the same order.
        ignored: texts that say nothing, such as a mark for a missing translation.
    """
    leaders: dict[str, str] = {}
    items = [[text for texts in item for text in texts if text not in ignored] for item in zip(*versions, strict=True)]
    for texts in items:
        known = sorted({_leader(leaders, text) for text in texts})
        for other in known[1:]:
            leaders[other] = known[0]
    return tuple(zlib.crc32(_leader(leaders, texts[0]).encode()) % FOLDS for texts in items)


def _leader(leaders: dict[str, str], text: str) -> str:
    while (above := leaders.setdefault(text, text)) != text:
        text = above
    return text
