"""Sentences of two languages and which translate which, from files and from the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from runners.data.reading import read_identified, read_lines
from runners.data.specification import Hub
from runners.examples import Bitext, SentenceExample


def parallel_files(paths: Sequence[Path]) -> Bitext:
    """Two files, line by line.

    Raises:
        InputError: they differ in length.
    """
    ours, theirs = (read_lines(path) for path in paths)
    if len(ours) != len(theirs):
        raise InputError(str(paths[0]), f"has {len(ours)} lines, {paths[1].name} has {len(theirs)}")
    return _line_by_line([row["text"] for row in ours], [row["text"] for row in theirs])


def mined_files(paths: Sequence[Path]) -> Bitext:
    """Two files of ids and sentences, and one of id pairs.

    Raises:
        InputError: pairs name unknown sentences, every one of them.
    """
    ours, theirs, pairs = (read_identified(path) for path in paths)
    known, known_there = {name for name, _ in ours}, {name for name, _ in theirs}
    strangers = [
        name for pair in pairs for name, among in zip(pair, (known, known_there), strict=True) if name not in among
    ]
    if strangers:
        raise InputError(str(paths[2]), [f"names the unknown sentence {name!r}" for name in strangers])
    return Bitext(
        tuple(SentenceExample(*row) for row in ours), tuple(SentenceExample(*row) for row in theirs), frozenset(pairs)
    )


def hub_pairs(rows: Sequence[Mapping[str, Any]], hub: Hub) -> Bitext:
    """Rows of two sentences, the one translating the other.

    Raises:
        InputError: a column is missing.
    """
    ours, theirs = _columns(rows, hub, "source", "target")
    return _line_by_line([str(row[ours]) for row in rows], [str(row[theirs]) for row in rows])


def hub_row(rows: Sequence[Mapping[str, Any]], hub: Hub) -> Bitext:
    """One row that holds all sentences of both languages, and the pairs of their numbers from 1.

    Raises:
        InputError: a column is missing, there is more than one row, or a pair names no sentence.
    """
    ours, theirs, gold = _columns(rows, hub, "source", "target", "gold")
    if len(rows) != 1:
        raise InputError(hub.path, f"holds {len(rows):,} rows, not one that holds all sentences")
    first, second = list(rows[0][ours]), list(rows[0][theirs])
    pairs = [(int(a), int(b)) for a, b in rows[0][gold]]
    strangers = [pair for pair in pairs if not (1 <= pair[0] <= len(first) and 1 <= pair[1] <= len(second))]
    if strangers:
        raise InputError(hub.path, [f"the pair {a}, {b} names a sentence that is not there" for a, b in strangers])
    return Bitext(
        tuple(SentenceExample(f"s{i}", str(text)) for i, text in enumerate(first, 1)),
        tuple(SentenceExample(f"t{i}", str(text)) for i, text in enumerate(second, 1)),
        frozenset((f"s{a}", f"t{b}") for a, b in pairs),
    )


def _columns(rows: Sequence[Mapping[str, Any]], hub: Hub, *names: str) -> list[str]:
    columns = [hub.fields.get(name, name) for name in names]
    absent = [column for column in columns if rows and column not in rows[0]]
    if absent:
        found = ", ".join(rows[0])
        raise InputError(hub.path, [f"column {column!r} is missing (found: {found})" for column in absent])
    return columns


def _line_by_line(ours: Sequence[str], theirs: Sequence[str]) -> Bitext:
    sources = tuple(SentenceExample(f"s{i}", text) for i, text in enumerate(ours))
    targets = tuple(SentenceExample(f"t{i}", text) for i, text in enumerate(theirs))
    return Bitext(sources, targets, frozenset((f"s{i}", f"t{i}") for i in range(len(ours))))
