"""`claimgauge check --batch`: one claim a line in, one answer a line out."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import ClaimgaugeError, InputError
from analysis.tables import Table, read_tables, table_of_grid
from claimgauge.proposer import Judges
from claims.checking.over_tables import TableJudge
from claims.guarding import guarded_verdict
from claims.proposing.proposer import ProposerError
from claims.verdict import verdict_record

KEPT = 8
"""Tables whose index of names is kept for the claims to come."""
SHAPE = "a path or {caption, columns, rows}"
"""Keys by which a line gives a table."""


class BatchAnswerer:
    """Answers lines of a batch; the tables last used are kept."""

    def __init__(
        self, folder: Path, tables: Sequence[Path], judges: Judges | None = None, seconds: float | None = None
    ) -> None:
        self.folder = folder
        self.seconds = seconds
        self.judges = judges or Judges()
        self.given = self.judges.over([table for path in tables for table in read_tables(path)]) if tables else None
        self.kept: OrderedDict[str, TableJudge] = OrderedDict()

    def answers(self, lines: Iterator[str], where: str) -> Iterator[dict[str, Any]]:
        """One record a line; what is wrong with a line is its answer, and the rest goes on."""
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            record: dict[str, Any] = {}
            try:
                record = _record(line, f"{where}, line {number}")
                yield self._guarded(record, f"{where}, line {number}")
            except ProposerError:  # what is wrong with the model is no fault of the line
                raise
            except ClaimgaugeError as error:
                name = record.get("id", str(number))
                yield {"id": name, "verdict": "not-testable", "reason": str(error), "error": True}

    def _guarded(self, record: dict[str, Any], where: str) -> dict[str, Any]:
        found = guarded_verdict(lambda: self._answer(record, where), self.seconds)
        if isinstance(found, dict):
            return found
        return {"id": record.get("id"), "claim": record["claim"], **verdict_record(found), "error": True}

    def _answer(self, record: dict[str, Any], where: str) -> dict[str, Any]:
        judge = self._judge(record.get("table"), where)
        over = judge.judged(record["claim"], hint=bool(record.get("hint")))
        if not over:
            raise InputError(where, "no table holds a number")
        verdict = verdict_record(over[0].verdict)
        return {"id": record.get("id"), "claim": record["claim"], **verdict}

    def _judge(self, table: Any, where: str) -> TableJudge:
        if table is None:
            if self.given is None:
                raise InputError(where, f"has no table; give --table, or in the line {SHAPE}")
            return self.given
        key = json.dumps(table, sort_keys=True)
        if key not in self.kept:
            self.kept[key] = self.judges.over(self._tables(table, where))
            while len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return self.kept[key]

    def _tables(self, table: Any, where: str) -> Sequence[Table]:
        if isinstance(table, str):
            return read_tables(self.folder / table)
        lists = isinstance(table, dict) and all(isinstance(table.get(name), list) for name in ("columns", "rows"))
        if not lists:
            raise InputError(where, f"table: expected {SHAPE}")
        rows = [[_text(cell) for cell in row] if isinstance(row, list) else [] for row in table["rows"]]
        columns = [_text(cell) for cell in table["columns"]]
        caption, source = (_text(table.get(name, "")) for name in ("caption", "source"))
        return table_of_grid(columns, rows, caption=caption, source=source)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"is not JSON: {error}") from None
    if not isinstance(record, dict) or not isinstance(record.get("claim"), str) or not record["claim"].strip():
        raise InputError(where, 'expected an object with a "claim"')
    return record
