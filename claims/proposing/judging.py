"""Claims over tables, with a model asked for a rewording of those that are not read."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.tables import Table, TableLine
from claims.assertion import And
from claims.checking.over_tables import OverTable, TableJudge, disagreeing, over_formula, over_table
from claims.domains.table.reading import TableReader
from claims.proposing.gate import objections
from claims.proposing.proposer import Message, Proposer
from claims.verdict import Verdict

DECIDED = frozenset({"supported", "refuted", "mixed"})


class ProposingJudge(TableJudge):
    """A judge that asks a model where it cannot read a claim over any of its tables."""

    def __init__(self, tables: Sequence[Table], proposer: Proposer, *, numbers: bool = False) -> None:
        super().__init__(tables)
        self.proposer = proposer
        self.numbers = numbers

    def judged(self, claim: str, *, hint: bool = True) -> list[OverTable]:
        """The sentence over every table, the deciding one first; see `TableJudge`.

        Raises:
            MissingDataError: the model cannot answer.
        """
        own = super().judged(claim, hint=hint)
        if not own or any(over.truths for over in own):
            return own
        by_table = {id(over.table): over for over in own}
        found = [self._proposed(claim, reader, by_table[id(reader.table)]) for reader in self.readers]
        decided = [over for over in found if over.verdict.verdict in DECIDED]
        if len({over.verdict.verdict for over in decided}) > 1:
            torn = disagreeing(decided)
            return [replace(torn, verdict=replace(torn.verdict, flags=("ambiguous", "proposed"))), *found]
        first = (decided or [over for over in found if over.truths] or found)[0]
        return [first, *(over for over in found if over is not first)]

    def _proposed(self, claim: str, reader: TableReader, own: OverTable) -> OverTable:
        """The model's rewording of a claim over one table, if it passes; else the own verdict with it beside."""
        answer = self.proposer.answer(messages_for(claim, reader.table, numbers=self.numbers))
        texts = sentences_of(answer)
        name = self.proposer.name
        if not texts:
            return _beside(own, f"no rewording by {name}")
        against = [*objections(claim, texts, reader), *_unread(texts, reader)]
        if against:
            return _beside(own, f"proposed reading {_quoted(texts)} by {name}: {'; '.join(against)}")
        return _accepted(texts, reader, name)


def _unread(texts: Sequence[str], reader: TableReader) -> list[str]:
    tried = [(text, reader.read(text)) for text in texts]
    return [f"“{text}” is not read ({read.reason})" for text, read in tried if not read.readings]


def _beside(own: OverTable, shown: str) -> OverTable:
    verdict = replace(own.verdict, alternatives=(*own.verdict.alternatives, f"{shown}; so it decides nothing"))
    return replace(own, verdict=verdict)


def _accepted(texts: Sequence[str], reader: TableReader, name: str) -> OverTable:
    """The verdict on rewordings that hold together what the claim holds."""
    parts = [over_table(text, reader) for text in texts]
    verdict = parts[0].verdict if len(parts) == 1 else _together(texts, parts)
    reason = f"{name} reworded the claim as {_quoted(texts)}, which loses and adds nothing. {verdict.reason}"
    verdict = replace(verdict, flags=(*verdict.flags, "proposed"), reason=reason)
    return OverTable(reader.table, parts[0].read, parts[0].truths, verdict)


def _together(texts: Sequence[str], parts: Sequence[OverTable]) -> Verdict:
    """One verdict on several sentences that are stated together."""
    said = tuple((text, over.verdict.verdict) for text, over in zip(texts, parts, strict=True))
    used = tuple(item for over in parts for item in over.verdict.certificate)
    formula = And(tuple(over.read.readings[0].formula for over in parts))
    unclear = [text for text, over in zip(texts, parts, strict=True) if "ambiguous" in over.verdict.flags]
    if unclear:
        reason = f"{_quoted(unclear)} can be read in ways that come out differently, so no verdict is given."
        return Verdict("inconclusive", ("ambiguous",), "none", reason, str(formula), parts=said, certificate=used)
    verdict = over_formula(formula, [TableReader(parts[0].table)]).verdict
    return replace(verdict, flags=(), parts=said, certificate=used)


def _quoted(texts: Sequence[str]) -> str:
    return " ".join(f"“{text}”" for text in texts)


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
