"""A claim over a table → what it says, as assertions, with how surely it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from claims.phrases import each_word
from claims.tables.assertion import And, Formula, Selection, quantities
from claims.tables.clause import Clause
from claims.tables.forms.between import gap_between
from claims.tables.forms.comparisons import RELATION_OF, comparison
from claims.tables.forms.effects import EFFECT_OF, effect
from claims.tables.forms.exclusive import exclusive
from claims.tables.forms.part import Part, unread
from claims.tables.forms.spans import with_ends
from claims.tables.forms.story import Story, combination, without_whole_axes
from claims.tables.forms.superlatives import PLACE_OF, superlative
from claims.tables.forms.together import together
from claims.tables.forms.values import beside_names, valued
from claims.tables.names import names_of
from claims.tables.narrowed import narrowed
from claims.tables.quantities import within
from claims.tables.roles import clause_of
from claims.tables.selecting import selection
from claims.tables.sentences import clauses, statements
from claims.tables.table import Table
from claims.tables.tokens import Token, context_words, tokens_of
from claims.tables.unplaced import unknown_places


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim as read.

    Attributes:
        parts: its clauses. told: whether something that only interprets was left out.
        denied: whether what was left out denies something.
    """

    parts: tuple[Part, ...]
    told: bool = False
    denied: bool = False

    @property
    def formula(self) -> Formula | None:
        """All that was read, None where nothing was."""
        read = tuple(part.formula for part in self.parts if part.formula is not None)
        return None if not read else read[0] if len(read) == 1 else And(read)

    @property
    def complete(self) -> bool:
        """Whether every clause that states something was read."""
        return all(part.formula is not None or not part.states for part in self.parts)

    @property
    def counted(self) -> bool:
        """Whether every number of the clauses that were read stands in what was read, or in a cell."""
        read = (part for part in self.parts if part.formula is not None)
        return not any(word[-1:].isdigit() for part in read for word in part.unread)


def read_claim(claim: str, table: Table) -> Reading:
    """What a claim says of a table."""
    story = Story(table, names_of(table))
    context = context_words(table.caption, table.heads)

    def taken(text: str) -> list[Part]:
        return _parts(clauses(tokens_of(text, story.names, context)), story)

    parts: list[Part] = []
    told = denied = False
    shortened = {word for name in story.names for word in name.text.split() if word.endswith(".") and len(word) > 2}
    for statement in statements(claim, shortened):
        told |= statement.told
        denied |= statement.denied
        if statement.report:
            _hear(clause_of(tokens_of(statement.report, story.names, context)), story)
        read = taken(statement.text)
        if statement.told and not any(part.formula or part.states for part in read):
            read = taken(statement.whole)
        parts += read
    return Reading(tuple(parts), told, denied)


def _hear(clause: Clause, story: Story) -> None:
    """Keeps the subject that a report brings ("the results of A indicate that …")."""
    without_whole_axes(clause, story.table)
    if clause.relation is None and not (subject := selection(clause, "subject")).empty:
        story.subject = subject


def _parts(found: Iterable[Sequence[Token]], story: Story) -> list[Part]:
    """Clauses in their order; each may leave unsaid what the one before it said."""
    parts = []
    for tokens in found:
        clause = clause_of(tokens)
        without_whole_axes(clause, story.table)
        own = combination(clause, story.table)
        if own.empty:
            own = selection(clause, "subject")
        story.before = story.subject
        if not own.empty:
            story.subject = own
        part = _part(clause, own, story)
        if part.states and (unknown := [*unknown_places(tokens, story.table), *narrowed(tokens, story.table)]):
            part = unread(clause, f"{', '.join(unknown)}: not in the table")
        story.place = selection(clause, "place")
        if part.formula is not None and clause.span is not None:
            part = with_ends(part, clause)
        if part.formula is not None and clause.stated:
            part = replace(part, formula=And((part.formula, *beside_names(clause))))
        parts.append(_with_open_numbers(part, clause, story.table))
    return parts


def _with_open_numbers(part: Part, clause: Clause, table: Table) -> Part:
    """The part, with numbers that its form left aside and no cell holds among the unread words."""
    if part.formula is None:
        return part
    weighed = set(quantities(part.formula))
    left = [by for by in clause.by if by not in weighed]
    if part.form != "value":
        numbers = [value for cell in table.cells.values() for value in cell.values]
        left += [q for q, _ in clause.numbers if not any(within(abs(value.number), q) for value in numbers)]
    return replace(part, unread=(*part.unread, *map(str, left)))


def _part(clause: Clause, own: Selection, story: Story) -> Part:
    """The form that fits a clause's relation."""
    if clause.exclusive:
        return exclusive(clause, _part_of_some(clause, own, story), story.table)
    return _part_of_some(clause, own, story)


def _part_of_some(clause: Clause, own: Selection, story: Story) -> Part:
    """The part of a clause, whatever it says of all others."""
    if clause.relation is None:
        return superlative(clause, own, story) if clause.rank else valued(clause, own, story)
    if why := _unweighed(clause):
        return unread(clause, why)
    kind = clause.relation.kind
    if (gap := gap_between(clause)) is not None:
        return gap
    if kind == "correlates":
        return together(clause, own)
    if kind in PLACE_OF:
        return superlative(clause, own, story)
    if kind in EFFECT_OF:
        return effect(clause, own, story)
    if kind in RELATION_OF:
        return comparison(clause, own, story)
    return unread(clause, "no form for this sentence")


def _unweighed(clause: Clause) -> str:
    """Why no form takes all of a clause into account, empty where one may."""
    assert clause.relation is not None
    if clause.neither and clause.relation.kind not in RELATION_OF:
        return "“neither” is not weighed in this form"
    if clause.words & MULTIPLES or ("within" in clause.words and clause.numbers):
        return "multiples and distances from a rival are not weighed"
    if foreign := clause.strangers.get("subject", []) + clause.strangers.get("rival", []):
        return f"{', '.join(foreign)}: no name of the table"
    if "between" not in clause.words and _at_odds(clause):
        return "names that have no line of the table in common"
    return ""


MULTIPLES = each_word("twice double doubles doubled triple triples tripled half halves halved thrice times magnitude")


def _at_odds(clause: Clause) -> bool:
    """Whether the names of a role narrow each other down to nothing; two places of "from … to …" are two ends."""
    climbs = {"from", "to"} <= clause.words and len(clause.names.get("place", [])) == 2
    roles = ("rival", "except", "denied") if climbs else ("place", "rival", "except", "denied")
    return any(selection(clause, role).empty for role in roles if clause.names.get(role))
