"""Bold marks of the best: a bold number that is beaten in its own block, where bold marks the best elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from claims.audit import AuditFinding
from claims.self_audit.view import View
from claims.self_audit.words import is_beyond

LEAST_BEARING = 4
SHARE_BEARING = 0.75


def best_marks(view: View) -> tuple[int, tuple[AuditFinding, ...]]:
    """How many bold numbers are the best of their block and column, and the findings on those that are not."""
    if "bold" not in view.table.caption.lower():
        return 0, ()
    right: list[str] = []
    wrong: list[str] = []
    for place, best, message in _bold(view):
        (right if best else wrong).append(message or place)
    whole = len(right) + len(wrong)
    if len(right) < LEAST_BEARING or len(right) < SHARE_BEARING * whole:
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
