"""Prompt for a claim over a table, and the parser of the answer."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.tables import Table, TableLine
from claims.proposing.proposer import Message

NAMES_SHOWN = 80
"""Rows, and columns, whose names are shown."""
CELLS_SHOWN = 400
"""Cells shown where a model may see numbers."""
LONGEST = 100
"""Characters shown of a name."""
MOST = 8
"""Sentences an answer may have; more are no rewording of one claim."""
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"sentences": {"type": "array", "items": {"type": "string"}}},
    "required": ["sentences"],
    "additionalProperties": False,
}
"""JSON schema of an answer."""
BULLET = re.compile(r"^(?:[-*•]|\d+[.)])\s+")
FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
NONE = frozenset({"none", "none.", "[]", "{}"})


def messages_for(claim: str, table: Table, *, numbers: bool = False) -> tuple[Message, ...]:
    """The chat that asks for a rewording.

    Args:
        claim: as stated.
        table: its caption and the names of its rows and columns are shown.
        numbers: whether its cells are shown too.
    """
    return (*_opening(), Message("user", f"{_shown(table, numbers=numbers)}Claim: {_line(claim)}"))


def sentences_of(answer: str) -> tuple[str, ...]:
    """The sentences of an answer: of its JSON, else its lines; none for an answer that declines or is too long."""
    fenced = FENCE.search(answer)
    text = (fenced[1] if fenced else answer).strip()
    listed = _listed(text)
    lines = listed if listed is not None else text.splitlines()
    found = [_sentence(line) for line in lines if isinstance(line, str)]
    kept = tuple(dict.fromkeys(s for s in found if s and s.casefold() not in NONE))
    return kept if len(kept) <= MOST else ()


@cache
def _opening() -> tuple[Message, ...]:
    data = tomllib.loads((files("claims.proposing") / "prompt.toml").read_text(encoding="utf-8"))
    made = [Message("system", data["system"].strip())]
    for example in data["example"]:
        made.append(Message("user", f"Claim: {example['claim']}"))
        made.append(Message("assistant", json.dumps({"sentences": example["sentences"]}, ensure_ascii=False)))
    return tuple(made)


def _shown(table: Table, *, numbers: bool) -> str:
    lines = [f"Table: {_line(table.caption)}"] if table.caption else []
    lines += [f"Rows: {_names(table.rows)}", f"Columns: {_names(table.columns)}"]
    if numbers:
        cells = list(table.values.items())[:CELLS_SHOWN]
        lines += [
            f"{_name(table.rows[row])} | {_name(table.columns[column])} | {value.number.text}"
            for (row, column), value in cells
        ]
    return "".join(f"{line}\n" for line in lines)


def _names(lines: tuple[TableLine, ...]) -> str:
    names = list(dict.fromkeys(f'"{_name(line)}"' for line in lines))
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _name(line: TableLine) -> str:
    return _line(" / ".join(label for label in line.labels if label))[:LONGEST]


def _line(text: str) -> str:
    return " ".join(text.split())


def _listed(text: str) -> list[Any] | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    data = data.get("sentences", []) if isinstance(data, dict) else data
    return data if isinstance(data, list) else []


def _sentence(line: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in line)
    return BULLET.sub("", _line(printable)).strip('"“” ')
