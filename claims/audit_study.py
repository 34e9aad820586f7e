"""Contradictions within a published study: its printed table compared with its text.

Averages are computed again from the entries of their rows, statements from the entries they speak of.
What rounding can explain of an average is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from analysis.errors import MissingDataError
from analysis.published.printed import PrintedTable, RoundedNumber, TableStatement, printed_table, quantity, statements
from analysis.registry.vocabulary import vocabulary
from claims.audit import AuditFinding

MEAN = "mean"
"""Name of a target that stands for the mean over the targets of a row, computed from its entries."""


def audit_study(study: str) -> tuple[AuditFinding, ...]:
    """The findings on a study for which a printed table is at hand.

    Raises:
        UnknownNameError: there is no such study.
        MissingDataError: no printed table of it is at hand.
    """
    return tuple(findings_on(printed_table(study), statements(study)))


def findings_on(table: PrintedTable, said: Sequence[TableStatement]) -> Iterator[AuditFinding]:
    """The findings on a table and what its text states."""
    yield from averages(table)
    for statement in said:
        if "value" in statement.check:
            yield from _value(table, statement)
        elif "above" in statement.check:
            yield from _above(table, statement)
    yield from _lists(said)


def averages(table: PrintedTable) -> Iterator[AuditFinding]:
    """Printed averages that the entries of their row cannot give."""
    for block, row in table.rows:
        try:
            printed, again = table.number(block, row, table.overall), table.average(block, row)
        except MissingDataError:
            continue
        if not again.may_be(printed):
            message = (
                f"{table.name}, row {row} ({block}): the printed average is {printed.value}, "
                f"the entries of the row give {_written(again)}."
            )
            yield AuditFinding("average-differs", message)


def _value(table: PrintedTable, statement: TableStatement) -> Iterator[AuditFinding]:
    """A stated number against the entries, and against each baseline it leaves open."""
    check = statement.check
    claimed = quantity(check["value"])
    of, against = check["of"], check.get("against", [])
    level = _number(table, of)
    if not against:
        yield from _compared(table, statement, claimed, level, _shown(table, of))
        return
    base = {row: _number(table, of | {"row": row}) for row in against}
    if check.get("take") == "best":
        best = max(base, key=lambda row: base[row].value)
        base = {best: base[best]}
    gains = {row: level - known for row, known in base.items()}
    holds = [row for row, gain in gains.items() if gain.rounds_to(claimed)]
    if len(gains) == 1:
        row, gain = next(iter(gains.items()))
        yield from _compared(table, statement, claimed, gain, f"{level.value} against the {base[row].value} of {row}")
    elif holds and (others := [row for row, gain in gains.items() if not gain.may_be(claimed)]):
        found = "; ".join(f"{_written(gains[row])} against the {base[row].value} of {row}" for row in [*holds, *others])
        message = f"{statement.place}: {statement.says}. Which baseline is meant decides: {table.name} gives {found}."
        yield AuditFinding("baseline-decides", message)
    elif not holds:
        found = "; ".join(f"{_written(gains[row])} against {row}" for row in gains)
        yield AuditFinding("number-differs", f"{statement.place}: {statement.says}. {table.name} gives {found}.")


def _compared(
    table: PrintedTable, statement: TableStatement, claimed: RoundedNumber, found: RoundedNumber, how: str
) -> Iterator[AuditFinding]:
    if found.rounds_to(claimed):
        return
    message = f"{statement.place}: {statement.says}. {table.name} gives {_written(found)} ({how})"
    if found.may_be(claimed):
        yield AuditFinding("number-within-rounding", f"{message}; only rounding can reconcile them.")
    else:
        yield AuditFinding("number-differs", f"{message}.")


def _above(table: PrintedTable, statement: TableStatement) -> Iterator[AuditFinding]:
    """A statement about all rows of some blocks: entries that say otherwise, whatever the rounding."""
    check, line = statement.check, Decimal(statement.check["above"])
    against = [
        e
        for e in table.entries
        if e.block in check["blocks"] and e.target in check["targets"] and e.number is not None
        if e.number.value + e.number.half < line
    ]
    if against:
        names = vocabulary()["target"]
        found = "; ".join(f"{e.row} ({e.block}) on {names[e.target].name}: {e.printed}" for e in against)
        yield AuditFinding("exception-printed", f"{statement.place}: {statement.says}. {table.name} prints {found}.")


def _lists(said: Sequence[TableStatement]) -> Iterator[AuditFinding]:
    """Statements of one topic that list different things; those that agree stand together."""
    listed: dict[str, dict[frozenset[str], list[TableStatement]]] = {}
    for statement in said:
        if "topic" in statement.check:
            alike = listed.setdefault(statement.check["topic"], {})
            alike.setdefault(frozenset(statement.check["names"]), []).append(statement)
    for topic, lists in listed.items():
        for one, other in combinations(lists.values(), 2):
            first = f"{one[0].place}: {one[0].says}"
            second = " and ".join(s.place for s in other)
            message = f"{first}; {second}: {', '.join(_named(other[0].check['names']))}. Both list {topic}."
            yield AuditFinding("lists-differ", message)


def _named(ids: Sequence[str]) -> list[str]:
    return [vocabulary()["target"][name].name for name in ids]


def _number(table: PrintedTable, of: dict[str, Any]) -> RoundedNumber:
    if of["target"] == MEAN:
        return table.average(of["block"], of["row"])
    return table.number(of["block"], of["row"], of["target"], of.get("metric"))


def _shown(table: PrintedTable, of: dict[str, Any]) -> str:
    if of["target"] != MEAN:
        return f"row {of['row']}, {of['block']}"
    printed = table.number(of["block"], of["row"], table.overall)
    return f"the mean of the entries of row {of['row']}, {of['block']}; printed there: {printed.value}"


def _written(number: RoundedNumber) -> str:
    rounded = number.value.quantize(Decimal("0.01"))
    return str(replace(number, value=rounded).value.normalize() if rounded != rounded.to_integral() else rounded)
