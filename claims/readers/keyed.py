"""Lists of claims whose key tells their mark: "supported_claims", "refuted"."""

from __future__ import annotations

from claims.marks import MARK_WORDS, read_mark
from claims.readers.blocks import TableBlock, TableRow
from claims.readers.columns import BARE, bears, find_columns, folded
from claims.readers.options import ReadOptions

_MARK_WORDS = MARK_WORDS - {word for name in BARE for word in name}
_FEWEST_WORDS = 3
"""Words a text must have to be a claim where only its key's mark says that it is one."""


def listed(key: str, entries: object, options: ReadOptions) -> TableBlock | None:
    """A list of texts as a table of claims; None where its key names none."""
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, str) for entry in entries):
        return None
    mark, rest = _parted(key)
    named = bears(key, "claim", options) or tuple(rest) in BARE[:_DATA_NAMES] or bears(" ".join(rest), "claim", options)
    judged = bool(mark) and not rest and all(len(entry.split()) >= _FEWEST_WORDS for entry in entries)
    if not named and not judged:
        return None
    if not mark:
        return TableBlock((key,), tuple(TableRow((entry,)) for entry in entries), data=True)
    return TableBlock((_CLAIM, _MARK), tuple(TableRow((entry, mark)) for entry in entries), data=True)


def with_mark(table: TableBlock, key: str, options: ReadOptions) -> TableBlock:
    """A table of claims with the mark that the key of its list tells, where it has no marks of its own."""
    mark, _ = _parted(key)
    columns = find_columns(table, options)
    if not mark or columns is None or columns.mark is not None:
        return table
    rows = tuple(TableRow((*row.cells, mark), row.line) for row in table.rows)
    return TableBlock((*table.header, _MARK), rows, data=table.data)


def _parted(key: str) -> tuple[str, list[str]]:
    """The words of a key as the mark they tell, "" for none, and the others."""
    words = folded(key)
    mark = " ".join(word for word in words if word in _MARK_WORDS)
    if read_mark(mark) == "none":
        return "", list(words)
    return mark, [word for word in words if word not in _MARK_WORDS]


_CLAIM, _MARK = "claim", "verdict"
_DATA_NAMES = BARE.index(("text",))
"""So many of the bare names are names of claims in every list of texts."""
