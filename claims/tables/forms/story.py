"""What the clauses before a clause leave it: a subject, a rival, a place; and how its own names fill them."""

from __future__ import annotations

from dataclasses import dataclass

from claims.tables.assertion import NOTHING, Scope, Selection
from claims.tables.clause import Clause
from claims.tables.mentions import Mention
from claims.tables.metrics import direction
from claims.tables.names import Name
from claims.tables.pieces import words_of
from claims.tables.quantities import within
from claims.tables.selecting import selection
from claims.tables.table import OTHER, Axis, Line, Table

PLACED = frozenset({"best", "worst", "highest", "lowest", "peaks"})


@dataclass(slots=True)
class Story:
    """The state between clauses.

    Attributes:
        table, names: what is spoken of. subject, rival, place: of the clauses so far.
        before: the subject before this clause, which "it" may mean.
    """

    table: Table
    names: tuple[Name, ...]
    subject: Selection = NOTHING
    before: Selection = NOTHING
    rival: Selection = NOTHING
    place: Selection = NOTHING

    def scope(self, clause: Clause, axis: Axis | None) -> Scope:
        """Where a clause speaks; its place names are taken on the axis that crosses the subject's."""
        other = OTHER[axis] if axis else None
        where = selection(clause, "place", other)
        if where.empty and "where" in clause.words:
            where = self.place
        return Scope(where, selection(clause, "except", other), clause.share, "mean" if clause.overall else "each")

    def subject_of(self, clause: Clause, own: Selection) -> Selection:
        """The subject: a clause's own, one that stands in its place, or that of the clause before."""
        if not own.empty:
            return own
        moved = self._moved(clause)
        if not moved.empty:
            self.subject = moved
        return self.subject

    def _moved(self, clause: Clause) -> Selection:
        """The subject of a clause whose only names stand in its place ("for TVMAX, results are worse …")."""
        place = clause.names.get("place", [])
        relation = clause.relation
        early = [pair for pair in place if relation is None or pair[0].start < relation.start]
        if not early and relation is not None and relation.kind in PLACED:
            early = place
        if not early:
            return NOTHING
        chosen = early if early[-1][1] else early[-1:]
        clause.names["place"] = [pair for pair in place if pair not in chosen]
        clause.names["subject"] = list(chosen)
        return selection(clause, "subject")

    def told_by_number(self, clause: Clause) -> Selection:
        """The line a stated score points to: the number stands in one cell of the table only."""
        axis = systems_axis(self.table)
        for quantity, role in clause.numbers:
            if role == "rival" or quantity.half_width > 0.06:
                continue
            cells = [c for c in self.table.cells.values() if any(within(v.number, quantity) for v in c.values)]
            if len(cells) == 1:
                row, column = frozenset({cells[0].row}), frozenset({cells[0].column})
                self.subject = Selection(row, column, str(quantity), frozenset({(axis, 0)}), False, 0.7)
                return self.subject
        return NOTHING

    def all_but_rival(self, clause: Clause) -> Selection:
        """The subject of "all models outperform the baseline": every line but the rival's."""
        if not all_systems(clause):
            return NOTHING
        axis = systems_axis(self.table)
        role = "rival" if clause.names.get("rival") else "place"
        rival = selection(clause, role, axis)
        own = rival.rows if axis == "row" else rival.columns
        if own is None:
            return NOTHING
        if role == "place":
            clause.names["rival"] = clause.names.pop("place")
        rest = frozenset(line.index for line in self.table.lines(axis)) - own
        return on_axis(axis, rest, clause.groups["subject"][0].text, frozenset({(axis, 0)}))


def on_axis(
    axis: Axis, lines: frozenset[int], words: str = "", levels: frozenset[tuple[str, int]] = frozenset()
) -> Selection:
    """A selection of lines of one axis."""
    return Selection(lines, None, words, levels) if axis == "row" else Selection(None, lines, words, levels)


def line_of(axis: Axis, line: Line) -> Selection:
    """A selection of one line."""
    return on_axis(axis, frozenset({line.index}), line.name, frozenset({(axis, 0)}))


def of_mention(mention: Mention) -> Selection:
    """The lines that a mention most surely names."""
    best = mention.best
    chosen = on_axis(best.axis, best.lines, mention.text, frozenset({(best.axis, best.level)}))
    return Selection(chosen.rows, chosen.columns, chosen.words, chosen.levels, False, best.score)


def combination(clause: Clause, table: Table) -> Selection:
    """The line of "combining A and B", whose name has the words of both."""
    mentions = [mention for mention, _ in clause.names.get("subject", []) if mention.best.whole]
    if len(mentions) < 2 or not clause.words & COMBINING:
        return NOTHING
    wanted = {word for mention in mentions for word in words_of(mention.text)}
    axis = mentions[0].best.axis
    found = frozenset(line.index for line in table.lines(axis) if wanted <= set(words_of(line.name)))
    return on_axis(axis, found, " + ".join(m.text for m in mentions), frozenset({(axis, 0)})) if found else NOTHING


COMBINING = frozenset({"combine", "combines", "combined", "combining", "combination", "jointly", "together"})


def all_systems(clause: Clause) -> bool:
    """Whether the subject is a noun for all that the table compares ("all models")."""
    return any(token.kind == "systems" for token in clause.groups.get("subject", []))


def systems_axis(table: Table) -> Axis:
    """The axis whose lines are compared: that whose headers name no metric, rows where both do or neither does."""
    named = {axis: sum(direction(line) is not None for line in table.lines(axis)) for axis in ("row", "column")}
    return "column" if named["row"] > named["column"] and named["column"] == 0 else "row"


def without_whole_axes(clause: Clause, table: Table) -> None:
    """Takes out names that hold for every line of their axis: they choose nothing; a trend may run along them."""
    for role, mentions in clause.names.items():
        for option in (option for mention, _ in mentions for option in mention.options):
            if role != "subject" and len(option.lines) == len(table.lines(option.axis)) > 2:
                clause.along = option.axis
        clause.names[role] = [
            (mention, joined) for mention, joined in mentions
            if any(len(option.lines) < len(table.lines(option.axis)) for option in mention.options)
        ]  # fmt: skip
