"""Which lines of a table a sentence names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.tables.model import TableLine
from claims.self_audit.view import View, word_lists, words_of

CITED = re.compile(r"\((?P<who>[^()]*?\d{4}[a-z]?)\)|\((?P<rest>[^()]*)\)")
NEGLECTED = frozenset({"the", "a", "of", "and", "with", "no", "for", "in", "on", "without"})
"""Words of labels that need not stand in a sentence that names them."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a sentence names of a table, in order.

    Attributes:
        rows: by their whole label, most exactly first. loose: rows that fit but for what their labels add in
            brackets, by the name they share. columns: by a label of their own.
    """

    rows: tuple[TableLine, ...]
    loose: dict[str, tuple[TableLine, ...]] = field(default_factory=dict)
    columns: tuple[TableLine, ...] = ()


def plain_label(label: str) -> str:
    """A label without footnote signs."""
    return " ".join(re.sub(r"[†‡§*¶]", "", label).split())


def core(label: str) -> str:
    """A label without what it adds in brackets."""
    return " ".join(CITED.sub(" ", plain_label(label)).split())


def position(label: str, sentence: str) -> int:
    """Where a sentence names a label as a whole word; -1 where it does not."""
    if len(label) < 2:
        return -1
    joined = re.escape(label).replace(r"\ ", r"[\s-]?").replace(r"\-", r"[-\s]?")
    found = re.search(rf"(?<![\w-]){joined}(?![\w]|-\w)", sentence, re.IGNORECASE if len(label) > 4 else 0)
    return found.start() if found else -1


def named(view: View, sentence: str) -> Named:
    """The lines of a table that a sentence names."""
    rows = [row for row in view.table.rows if position(plain_label(row.own), sentence) >= 0]
    by_core: dict[str, list[TableLine]] = {}
    for row in view.table.rows:
        short = core(row.own)
        if short and short != plain_label(row.own) and position(short, sentence) >= 0:
            by_core.setdefault(short, []).append(row)
    loose = {short: tuple(found) for short, found in by_core.items()}
    words = words_of(sentence)
    rows += [row for row in view.table.rows if row not in rows and _by_its_words(row.own, words)]
    columns = []
    for column in view.table.columns:
        labels = [label for label in column.labels if label and column.index not in view.averages]
        at = max((position(plain_label(label), sentence) for label in labels if _tells(view, label)), default=-1)
        if at >= 0:
            columns.append((at, column))
    in_order = tuple(column for _, column in sorted(columns, key=lambda pair: (pair[0], pair[1].index)))
    return Named(tuple(rows), loose, in_order)


def _tells(view: View, label: str) -> bool:
    """Whether a label stands over one column, or over few of them."""
    over = sum(label in column.labels for column in view.table.columns)
    return over * 3 <= max(3, len(view.table.columns))


def _by_its_words(label: str, words: list[str]) -> bool:
    """Whether all words of a label of several are in a sentence, "our" as any word for its authors."""
    ours = word_lists()["people"]["ours"]
    parts = [part for part in words_of(core(label)) if part not in NEGLECTED]
    if len(parts) < 2:
        return False
    return all((part in ours and ours & set(words)) or _stem(part) in map(_stem, words) for part in parts)


def _stem(word: str) -> str:
    return word.removesuffix("s")
