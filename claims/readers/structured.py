"""JSON and JSONL: lists of records with a key for claims, at whatever depth they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from claims.marks import MARK_WORDS, read_mark
from claims.readers.blocks import TableBlock, TableRow
from claims.readers.columns import BARE, bears, claims_of, find_columns, folded
from claims.readers.draft import Draft, DraftClaim, Layout, MalformedError, ReportHead
from claims.readers.head import asked, reference
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.repair import unwrap
from claims.report import Reference, StatedTotals
from claims.words import Words

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


Json: TypeAlias = "str | bool | list[Json] | dict[str, Json] | None"
"""A JSON value; numbers stay as they are written, so that "0.10" is not "0.1"."""

_ENDINGS = frozenset((".json", ".jsonl", ".ndjson"))
_BEGINS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\]]|\"))")
_ESCAPED_DAMAGE = re.compile(r"(?<!\\)((?:\\\\)*)\\u(fffd|fb0[0-6]|0000|f00[1-5])", re.IGNORECASE)
_DEEPEST = 100
_MOST_MISSED = 20
"""Claims not found again in the text (their text was mended) before the search is given up."""


def recognise(source: ReportFile, text: str, _: ReadOptions) -> bool:
    """True if a text begins as JSON does."""
    return _BEGINS.match(text) is not None or source.ending in _ENDINGS


def texts(_: ReportFile, text: str) -> Iterator[str]:
    """The text with escaped damaged signs written out, so that they are repaired like others."""
    yield _ESCAPED_DAMAGE.sub(lambda m: m[1] + chr(int(m[2], 16)), text)


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads JSON, or JSON line by line.

    Raises:
        MalformedError: no JSON, with line and column.
    """
    value, lines = parse(text)
    return read_value(value, lines, text, words, options)


def read_value(value: Json, lines: Sequence[int], text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads a value of JSON's kinds, whatever it was written in.

    Args:
        value: all of the file.
        lines: lines of its entries, where each stands on a line of its own.
        text: the file.
        words: of the file.
        options: may name keys.
    """
    tables = list(_tables(value, lines, options))

    def clean(claim: str) -> str:
        return unwrap(claim, words)

    found = tuple(claim for table in tables for claim in claims_of(table, options, clean))
    if not lines:
        found = with_lines(found, text)
    names = tuple(dict.fromkeys(name for table in tables for name in table.header)) or tuple(_keys(value))
    return Draft(found, read_keys(value, clean), names)


def parse(text: str) -> tuple[Json, Sequence[int]]:
    """A JSON text as a value; for JSONL a list, with the line of each entry.

    Raises:
        MalformedError: neither, with line and column of the first fault.
    """
    try:
        return _loads(text), ()
    except json.JSONDecodeError as error:
        whole = error
    rows = [(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(rows) < 2 or not all(line.lstrip().startswith("{") for _, line in rows):
        raise MalformedError(_said(whole, 0))
    values: list[Json] = []
    for i, line in rows:
        try:
            values.append(_loads(line))
        except json.JSONDecodeError as error:
            first = i == rows[0][0]  # then it is one value over several lines
            raise MalformedError(_said(whole, 0) if first else _said(error, i - 1)) from error
    return values, [i for i, _ in rows]


def _said(error: json.JSONDecodeError, above: int) -> str:
    return f"is no valid JSON: {error.msg} at line {error.lineno + above} column {error.colno}; mend it there"


def _loads(text: str) -> Json:
    try:
        value: Json = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, strict=False)
    except RecursionError:
        raise MalformedError("is JSON nested too deeply; no report needs that") from None
    return value


def with_lines(found: Sequence[DraftClaim], text: str) -> tuple[DraftClaim, ...]:
    """Claims with the lines they stand on, looked up in order in the JSON text."""
    at, line, missed = 0, 1, 0
    placed = list(found)
    for i, claim in enumerate(found):
        spellings = {json.dumps(claim.text, ensure_ascii=ascii_)[1:-1] for ascii_ in (False, True)}
        places = [place for spelling in spellings if (place := text.find(spelling, at)) >= 0]
        if places:
            line += text.count("\n", at, min(places))
            at = min(places)
            placed[i] = replace(claim, line=line)
        missed += not places
        if missed > _MOST_MISSED:
            break
    return tuple(placed)


# ------------------------------------------------------------------------------------ records


def _tables(value: Json, lines: Sequence[int], options: ReadOptions, depth: int = 0) -> Iterator[TableBlock]:
    """Every list of records in a value, as a table; a list of strings under a claims key, too."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        records = [_flat(entry) for entry in value if isinstance(entry, dict)]
        table = _table(records, lines if len(lines) == len(records) else ())
        if claims_of(table, options):
            yield table
            return
        for entry in value:
            yield from _tables(entry, (), options, depth + 1)
    elif isinstance(value, dict):
        yield from _in_record(value, options, depth)


def _in_record(value: dict[str, Json], options: ReadOptions, depth: int) -> Iterator[TableBlock]:
    if (columns := _columnar(value)) and claims_of(columns, options):
        yield columns
        return
    single = _table([_flat(value)], ())
    nested = [
        with_mark(table, key, options)
        for key, entry in value.items()
        for table in _tables(entry, (), options, depth + 1)
    ]
    strings = [table for key, entries in value.items() if (table := listed(key, entries, options))]
    by_id = _table([_flat(entry) for entry in value.values() if isinstance(entry, dict)], ())
    if not nested and not strings and len(by_id.rows) == len(value) and claims_of(by_id, options):
        yield by_id
    elif nested or strings:
        yield from (*strings, *nested)
    elif claims_of(single, options):
        yield single


def _columnar(value: dict[str, Json]) -> TableBlock | None:
    """A record of equally long lists ("claim": […], "label": […]) as a table."""
    lists = {key: entry for key, entry in value.items() if isinstance(entry, list)}
    lengths = {len(entries) for entries in lists.values()}
    plain = all(not isinstance(entry, list | dict) for entries in lists.values() for entry in entries)
    if len(lists) < 2 or len(lists) != len(value) or len(lengths) != 1 or not plain:
        return None
    rows = zip(*lists.values(), strict=True)
    return TableBlock(tuple(lists), tuple(TableRow(tuple(map(written, row))) for row in rows), data=True)


def _table(records: Sequence[Mapping[str, str]], lines: Sequence[int]) -> TableBlock:
    header = tuple(dict.fromkeys(key for record in records for key in record))
    rows = (
        TableRow(tuple(record.get(key, "") for key in header), lines[i] if lines else 0)
        for i, record in enumerate(records)
    )
    return TableBlock(header, tuple(rows), data=True)


def _flat(record: dict[str, Json], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """A record with the keys of its records inside joined by a dot."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth < 4:
            flat |= _flat(value, f"{prefix}{key}.", depth + 1)
        elif not isinstance(value, list | dict):
            flat[prefix + key] = written(value)
    return flat


def written(value: Json) -> str:
    """A plain value as its file writes it; "" for null."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


# ------------------------------------------------------------------------------------ head


def read_keys(value: Json, clean: Callable[[str], str] = str.strip) -> ReportHead:
    """The head matter of a report in its outermost record: title, question, abstract, totals."""
    record = value if isinstance(value, dict) else {}
    told = {" ".join(folded(key)): entry for key, entry in record.items()}

    def say(*names: str) -> str | None:
        return next((clean(t) for name in names if isinstance(t := told.get(name), str) and t.strip()), None)

    question = say("research question", "question")
    return ReportHead(
        title=say("title", "report title"),
        examines=say("examine", "paper title", "examined paper"),
        question=asked(question) if question else None,
        abstract=say("abstract"),
        stated=StatedTotals(
            papers=_whole(say("paper retrieved", "n paper", "paper count", "num paper")),
            claims=_whole(say("claim extracted", "n claim", "claim count", "total claim", "num claim")),
            verified=_whole(say("claim verified", "n verified", "verified count", "independently verified")),
            score=say("quality score", "quality review score", "review score"),
        ),
        references=_references(told.get("reference") or told.get("bibliography") or told.get("source")),
    )


def _whole(told: str | None) -> int | None:
    return int(told) if told and told.isdecimal() and len(told) < 10 else None


def _references(entries: Json) -> tuple[Reference, ...]:
    if not isinstance(entries, list):
        return ()
    raws = (", ".join(_flat(e).values()) if isinstance(e, dict) else e for e in entries)
    return tuple(reference(raw) for raw in raws if isinstance(raw, str) and raw.strip())


def _keys(value: Json) -> Iterator[str]:
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        yield from _flat(first)


LAYOUT = Layout("json", recognise, texts, read)
