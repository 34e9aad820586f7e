"""Averages, totals and differences in tables, computed again.

What a line "Avg." averages no table says for sure: all other columns, or those of its group, the first
of two numbers a cell, or their mean. The rule is taken that most rows bear out; only a row that no rule
explains is accused, and only where the rule is borne out by others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.published.printed import RoundedNumber, mean
from claims.audit import AuditFinding
from claims.self_audit.view import OTHERS, NumericCell, View, is_beyond

LEAST_BOLD = 4
SHARE_BOLD = 0.75


def best_marks(view: View) -> tuple[int, tuple[AuditFinding, ...]]:
    """The number of bold numbers that are the best of their block and column, and findings on those that are not."""
    if "bold" not in view.table.caption.lower():
        return 0, ()
    right: list[str] = []
    wrong: list[str] = []
    for place, best, message in _bold(view):
        (right if best else wrong).append(message or place)
    whole = len(right) + len(wrong)
    if len(right) < LEAST_BOLD or len(right) < SHARE_BOLD * whole:
        return len(right), ()
    return len(right), tuple(AuditFinding("bold-not-best", message) for message in wrong)


def _bold(view: View) -> Iterator[tuple[str, bool, str]]:
    for _, rows in view.blocks():
        rows = [row for row in rows if row.kind not in {"human", "bound"} and not is_beyond(row.own)]
        for column in view.table.columns:
            direction = column.measure.direction if column.measure else None
            cells = {r.index: view.cells[r.index, column.index] for r in rows if (r.index, column.index) in view.cells}
            bold = [i for i, cell in cells.items() if cell.bold]
            if not bold or len(cells) < 2 or len(bold) == len(cells):
                continue
            sign = -1 if direction == "lower" else 1
            best = max(cells, key=lambda i: sign * cells[i].parts[0].value)
            for i in bold:
                value = cells[i].parts[0].value
                beaten = sign * cells[best].parts[0].value > sign * value
                if direction is None and value == min(cell.parts[0].value for cell in cells.values()):
                    continue  # the least may be the best here: nothing says which way is better
                rows_by = {row.index: row for row in rows}
                where = f"{view.place}, column {view.name_of(column)}"
                message = (
                    f"{where}: {view.name_of(rows_by[i])} with {cells[i].parts[0].value} is bold, "
                    f"{view.name_of(rows_by[best])} has {cells[best].parts[0].value}."
                )
                yield where, not beaten, message if beaten else ""


LEAST_BEARING = 3
"""Lines that must bear a rule out before it accuses another."""
SHARE_BEARING = Decimal("0.75")
"""Share of all lines that must."""
Part = Callable[[NumericCell], RoundedNumber]
PARTS: tuple[tuple[str, Part], ...] = (
    ("", lambda cell: cell.mean),
    (" (first numbers)", lambda cell: cell.parts[0]),
    (" (second numbers)", lambda cell: cell.parts[-1]),
)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A line of averages computed again.

    Attributes:
        right, wrong: numbers of averages that agree with the printed digits, and that do not. findings: on the wrong.
    """

    right: int
    wrong: int
    findings: tuple[AuditFinding, ...]


def averages(view: View) -> Recomputed:
    """The averages of a table, in columns and in rows."""
    parts = [_line(view, c, across=True) for c in sorted(view.averages)]
    parts += [_line(view, r, across=False) for r in sorted(view.average_rows)]
    return Recomputed(
        sum(p.right for p in parts), sum(p.wrong for p in parts), tuple(f for p in parts for f in p.findings)
    )


def _line(view: View, index: int, *, across: bool) -> Recomputed:
    """One column of averages over the columns (`across`), or one row of averages over the rows."""
    rules = [(how, part, over) for over in _scopes(view, index, across=across) for how, part in PARTS]
    known = {at: cell for at in _others(view, across=across) if (cell := _at(view, at, index, across=across))}
    outcomes: list[dict[int, tuple[RoundedNumber, RoundedNumber]]] = []
    for _, part, over in rules:
        found = {}
        for at, cell in known.items():
            again = _mean(view, at, over, part, across=across)
            if again is not None:
                found[at] = (part(cell), again)
        outcomes.append(found)
    scored = [(sum(p.may_be(a) for p, a in found.values()), -n) for n, found in enumerate(outcomes)]
    if not scored or not max(scored)[0]:
        return Recomputed(0, 0, ())
    best = -max(scored)[1]
    found = outcomes[best]
    right = [at for at, (printed, again) in found.items() if printed.may_be(again)]
    explained = [at for at in found if any(at in other and other[at][0].may_be(other[at][1]) for other in outcomes)]
    wrong = [at for at in found if at not in explained]
    if len(right) < LEAST_BEARING or len(right) < SHARE_BEARING * len(found):
        return Recomputed(len(right), 0, ())
    return Recomputed(
        len(right), len(wrong), tuple(_finding(view, index, at, found[at], across=across) for at in wrong)
    )


def _scopes(view: View, index: int, *, across: bool) -> Iterator[tuple[int, ...]]:
    """The lines that an average may be over: all others, those before it, since the last average, or of its group."""
    lines = view.table.columns if across else view.result_rows
    skipped = view.averages if across else view.average_rows
    others = [line for line in lines if line.index not in skipped and line.index != index and line.kind not in OTHERS]
    whole = tuple(line.index for line in others)
    before = tuple(i for i in whole if i < index)
    since = max((i for i in skipped if i < index), default=-1)
    near = tuple(i for i in before if i > since)
    own = (view.table.columns if across else view.table.rows)[index]
    group = tuple(
        line.index for line in others if len(own.labels) > 1 and line.labels[:1] == own.labels[:1] and own.labels[0]
    )
    yield from dict.fromkeys(scope for scope in (whole, before, near, group) if len(scope) > 1)


def _others(view: View, *, across: bool) -> Sequence[int]:
    lines = view.result_rows if across else [c for c in view.table.columns if c.kind not in OTHERS]
    return [line.index for line in lines]


def _at(view: View, at: int, index: int, *, across: bool) -> NumericCell | None:
    return view.cells.get((at, index) if across else (index, at))


def _mean(view: View, at: int, over: Sequence[int], part: Part, *, across: bool) -> RoundedNumber | None:
    """The mean over some lines; None where one of them has no number."""
    cells = [_at(view, at, i, across=across) for i in over]
    whole = [cell for cell in cells if cell is not None]
    return mean(part(cell) for cell in whole) if len(whole) == len(cells) and whole else None


def _finding(
    view: View, index: int, at: int, pair: tuple[RoundedNumber, RoundedNumber], *, across: bool
) -> AuditFinding:
    printed, again = pair
    row, column = (at, index) if across else (index, at)
    line = view.table.rows[row] if across else view.table.columns[column]
    of = "row" if across else "column"
    message = (
        f"{view.place}, {of} {view.name_of(line)}: the printed average is {printed.value}, "
        f"the entries of the {of} give {written(again.value)}."
    )
    return AuditFinding("average-differs", message)


def written(value: Decimal) -> str:
    """A number with one decimal, or two."""
    text = str(value.quantize(Decimal("0.01")))
    return text.removesuffix("0")


def differences(view: View) -> Recomputed:
    """Rows and columns of differences ("Δ") between two others, computed again."""
    right = wrong = 0
    findings: list[AuditFinding] = []
    from claims.self_audit.view import is_kind

    for line in view.table.rows:
        if not is_kind(line.own, "difference") or line.index < 2:
            continue
        columns = [c.index for c in view.table.columns if (line.index, c.index) in view.cells]
        pairs = [(a, b) for a in range(line.index) for b in range(line.index) if a != b]
        fits = {pair: [c for c in columns if _fits(view, line.index, pair, c)] for pair in pairs}
        best = max(fits, key=lambda pair: len(fits[pair]), default=None)
        if best is None or len(fits[best]) < LEAST_BEARING or len(fits[best]) < SHARE_BEARING * len(columns):
            continue
        right += len(fits[best])
        for c in columns:
            top, base = view.cells.get((best[0], c)), view.cells.get((best[1], c))
            if c not in fits[best] and top and base:
                wrong += 1
                gives = written((top.parts[0] - base.parts[0]).value)
                name, printed = view.name_of(view.table.columns[c]), view.cells[line.index, c].parts[0].value
                message = (
                    f"{view.place}, row {line.own}, {name}: the printed difference is {printed}, its rows give {gives}."
                )
                findings.append(AuditFinding("difference-differs", message))
    return Recomputed(right, wrong, tuple(findings))


def _fits(view: View, row: int, pair: tuple[int, int], column: int) -> bool:
    told, top, base = (view.cells.get((r, column)) for r in (row, *pair))
    return bool(told and top and base and (top.parts[0] - base.parts[0]).may_be(told.parts[0]))
