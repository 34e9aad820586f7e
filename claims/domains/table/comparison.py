"""One comparison in one way of binding it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.numbers import Number as Written
from claims.assertion import Relation
from claims.domains.table.axes import Axis, lines_along, other_axis
from claims.domains.table.context import ClauseContext
from claims.domains.table.given import BoundPhrases
from claims.domains.table.lines import BESIDE
from claims.domains.table.pairs import measured_without
from claims.domains.table.phrase import Group, Phrase
from claims.domains.table.roles import role_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of a clause, in one way of binding its phrases.

    Attributes:
        context: the sentence over its table. given: the bound phrases.
        relation: of the left side to the right. about: topic of a word such as "faster", "time" for example.
        degree: "slight", "clear", "tested", "plain" or "". negated: True for "does not …".
        exception: phrases behind "except". mean: True for averages. only: True for "only on X".
        denies: True if the comparison does not hold on the exception. always: True for "consistently".
        apart: True if the amount is a difference without a direction. total: True for all lines together.
        everywhere: True for "across the board". times: ratio of the left side to the right one. turned: True if it is
            the ratio of the right side to the left one.
    """

    context: ClauseContext
    given: BoundPhrases
    relation: Relation
    about: str | None = None
    degree: str = ""
    negated: bool = False
    exception: Group = ()
    mean: bool = False
    only: bool = False
    denies: bool = True
    always: bool = False
    apart: bool = False
    total: bool = False
    everywhere: bool = False
    times: Written | None = None
    turned: bool = False

    @property
    def vague(self) -> bool:
        """True if the relation is better or worse, without a topic such as time."""
        return self.relation in ("better", "worse") and self.about is None

    def named_phrases(self) -> Iterator[Phrase]:
        """The phrases of the left side and of the places."""
        for group in (*self.given.scope, *self.given.after, self.given.left):
            yield from group

    def may_vary(self, axis: Axis, members: Sequence[int], names: frozenset[str] = frozenset()) -> bool:
        """True if lines of an axis can be the two sides of this comparison."""
        along = lines_along(self.context.lines.table, axis)
        kinds = {along[i].kind for i in members}
        if len({measured_without(along[i], names) for i in members}) > 1:
            return False
        if "change" in kinds or (len(kinds) > 1 and kinds & BESIDE):
            return False
        return self.given.contrast or not self.vague or self._is_compared(axis)

    def _is_compared(self, axis: Axis) -> bool:
        """True if the lines of an axis can be better than each other, by the roles of both axes."""
        role, crossing = role_of(self.context.lines, axis), role_of(self.context.lines, other_axis(axis))
        return role != "measure" and (crossing != "system" or role == "system")

    def without_exception(self, cross: Axis, lines: tuple[int, ...]) -> tuple[int, ...]:
        """The crossing lines but those excepted; empty where a phrase of the exception names no crossing line."""
        if any(not phrase.on(cross) for phrase in self.exception):
            return ()
        excepted = set(self.excepted(cross))
        return tuple(i for i in lines if i not in excepted)

    def excepted(self, cross: Axis) -> tuple[int, ...]:
        """Indices of the crossing lines that are excepted."""
        return tuple(i for phrase in self.exception for i in sorted(phrase.lines_on(cross) or ()))
