"""Files of the usual formats as rows: one mapping per example, words still as they are written.

A row is a mapping from column to value; formats without columns have `words` and `tags`, or
`question`, `context` and `answers`. Nothing is interpreted here, only faults of the format found.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from analysis.errors import InputError
from analysis.files.unread import why_unread
from runners.data.class_names import features_in, named_rows

Row: TypeAlias = Mapping[str, Any]

LONGEST_FIELD = 10_000_000
"""Characters of a quoted field; Python's own limit is for the whole process and shorter than some contexts."""


SWALLOWED = "a quote that is not closed swallows lines; where a quote is a character, the format is tsv_plain"


def text_of(path: Path) -> str:
    """The file as UTF-8 text.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), why_unread(error, "the file of data that `files` names")) from None


def lines_of(path: Path) -> list[str]:
    """Its lines, split at line feeds only: data holds other characters that break lines."""
    lines = text_of(path).replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def read_table(path: Path, header: tuple[str, ...], separator: str, *, quoted: bool) -> list[Row]:
    """Rows of a table; `header` names the columns where the file has no header line."""
    rows = _quoted(path, separator) if quoted else [line.split(separator) for line in lines_of(path)]
    names = list(header) if header else (rows.pop(0) if rows else [])
    first = 1 if header else 2
    wrong = [(i, len(row)) for i, row in enumerate(rows, first) if len(row) != len(names)]
    if quoted and separator == "\t" and any("\n" in cell and "\t" in cell for row in rows for cell in row):
        raise InputError(str(path), SWALLOWED)
    if wrong:
        columns = f"{len(names)} columns ({', '.join(names)})"
        raise InputError(str(path), [f"line {i} has {n} columns, not {columns}{_removed(n, names)}" for i, n in wrong])
    return [dict(zip(names, row, strict=True)) for row in rows]


def _quoted(path: Path, separator: str) -> list[list[str]]:
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        return list(csv.reader((f"{line}\n" for line in lines_of(path)), delimiter=separator))
    finally:
        csv.field_size_limit(before)


def _removed(found: int, names: list[str]) -> str:
    lacks_label = names and names[-1] == "label" and found == len(names) - 1
    return "; XTREME's download removes the labels of its test files" if lacks_label else ""


def read_jsonl(path: Path) -> list[Row]:
    """One JSON object per line."""
    rows: list[Row] = []
    faults: list[str] = []
    for number, line in enumerate(lines_of(path), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            faults.append(f"line {number} is not JSON ({error})")
            continue
        if not isinstance(row, dict):
            faults.append(f"line {number} is not a JSON object")
            continue
        rows.append(row)
    if faults:
        raise InputError(str(path), faults)
    return rows


def read_json(path: Path) -> list[Row]:
    """A list of objects, or an object that holds one list and nothing else that is one."""
    try:
        table = json.loads(text_of(path))
    except ValueError as error:
        raise InputError(str(path), why_unread(error, "a list of JSON objects")) from None
    if isinstance(table, dict):
        lists = [value for value in table.values() if isinstance(value, list)]
        table = lists[0] if len(lists) == 1 else table
    if not isinstance(table, list) or not all(isinstance(row, dict) for row in table):
        raise InputError(str(path), "is not a list of JSON objects (one object per line is the format jsonl)")
    return table


def read_parquet(path: Path) -> list[Row]:
    """Rows of a Parquet file; class labels are the names that the file gives them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise InputError(str(path), why_unread(error, "a Parquet file, or mend its `format`")) from None
    return [*named_rows(table.to_pylist(), features_in(table.schema.metadata))]


def read_squad(path: Path) -> list[Row]:
    """Questions of a SQuAD file: id, question, context, answers as (text, first character)."""
    try:
        table = json.loads(text_of(path))
        return [
            {
                "id": str(qa["id"]),
                "question": qa["question"],
                "context": paragraph["context"],
                "answers": [(answer["text"], answer["answer_start"]) for answer in qa["answers"]],
            }
            for article in table["data"]
            for paragraph in article["paragraphs"]
            for qa in paragraph["qas"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(str(path), f"is not SQuAD JSON ({type(error).__name__}: {error})") from None


def read_words(path: Path) -> list[Row]:
    """Word and tag on each line (tab or the last space between them), a blank line after a sentence."""
    rows: list[Row] = []
    words: list[str] = []
    tags: list[str] = []
    faults: list[str] = []
    for number, line in enumerate([*lines_of(path), ""], 1):
        if not line.strip():
            if words:
                rows.append({"words": words, "tags": tags})
            words, tags = [], []
            continue
        word, found, tag = line.rpartition("\t" if "\t" in line else " ")
        if not found:
            faults.append(
                f"line {number} {line!r} has a word without a tag; XTREME's download removes the tags of its test files"
            )
            continue
        words.append(word.strip())
        tags.append(tag.strip())
    if faults:
        raise InputError(str(path), faults)
    return rows


def read_conll(path: Path, header: tuple[str, ...]) -> list[Row]:
    """Columns of words, with blanks or tabs between, and a blank line after a sentence.

    Args:
        path: of the file.
        header: names of the columns; (): `words` is the first one and `tags` the last one.
    """
    rows: list[Row] = []
    lines: list[list[str]] = []
    faults: list[str] = []
    for number, line in enumerate([*lines_of(path), ""], 1):
        if not line.strip() or line.startswith("-DOCSTART-"):
            if lines:
                columns = [list(column) for column in zip(*lines, strict=True)]
                rows.append(dict(zip(header or ("words", "tags"), columns, strict=True)))
            lines = []
            continue
        found = line.split("\t") if "\t" in line else line.split()
        wanted = len(header) or 2
        if len(found) != wanted and (header or len(found) < wanted):
            faults.append(f"line {number} {line!r} has {len(found)} columns, not {wanted}")
        else:
            lines.append(found if header else [found[0], found[-1]])
    if faults:
        raise InputError(str(path), faults)
    return rows


def read_conllu(path: Path) -> list[Row]:
    """Syntactic words and their UPOS tags; lines of multiword tokens and empty nodes are passed over."""
    rows: list[Row] = []
    sentence: dict[str, Any] = {"words": [], "tags": []}
    faults: list[str] = []
    for number, line in enumerate([*lines_of(path), ""], 1):
        if not line:
            if sentence["words"]:
                rows.append(sentence)
            sentence = {"words": [], "tags": []}
        elif line.startswith("# sent_id = "):
            sentence["id"] = line.removeprefix("# sent_id = ").strip()
        elif not line.startswith("#"):
            columns = line.split("\t")
            if len(columns) != 10:
                faults.append(f"line {number} has {len(columns)} columns, CoNLL-U has 10")
            elif columns[0].isdigit():
                sentence["words"].append(columns[1])
                sentence["tags"].append(columns[3])
    if faults:
        raise InputError(str(path), faults)
    return rows


def read_lines(path: Path) -> list[Row]:
    """One text per line; empty lines are passed over."""
    return [{"text": line.strip()} for line in lines_of(path) if line.strip()]


def read_identified(path: Path) -> list[tuple[str, str]]:
    """Id and sentence on each line, with a tab between."""
    rows = [line.partition("\t") for line in lines_of(path)]
    faults = [f"line {i} has no tab between id and sentence" for i, row in enumerate(rows, 1) if not row[1]]
    if faults:
        raise InputError(str(path), faults)
    return [(name, sentence) for name, _, sentence in rows]


READERS: Mapping[str, Callable[[Path, tuple[str, ...]], list[Row]]] = {
    "csv": lambda path, header: read_table(path, header, ",", quoted=True),
    "tsv": lambda path, header: read_table(path, header, "\t", quoted=True),
    "tsv_plain": lambda path, header: read_table(path, header, "\t", quoted=False),
    "json": lambda path, _: read_json(path),
    "jsonl": lambda path, _: read_jsonl(path),
    "parquet": lambda path, _: read_parquet(path),
    "squad": lambda path, _: read_squad(path),
    "conll": read_conll,
    "conllu": lambda path, _: read_conllu(path),
    "words": lambda path, _: read_words(path),
    "lines": lambda path, _: read_lines(path),
}
"""Format → how its rows are read."""
