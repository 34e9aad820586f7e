"""The names of a written assertion linked to lines of a table, and its types checked.

Nothing is guessed: a quoted name must be a header piece ("F1"), a whole line ("dev / F1") or a list of
such ("AME, FME": names of one level unite, of several levels narrow each other); what could be a row
and a column alike, what compares a line with itself, and whatever `claims.tables.judging` would
leave out of account is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn, TypeVar

from analysis.errors import InputError, UnknownNameError
from claims.tables.ablations import ABLATED
from claims.tables.assertion import (
    NOTHING,
    And,
    Change,
    Compare,
    Correlated,
    Formula,
    Gap,
    Not,
    Scope,
    Selection,
    Share,
    Stated,
    Superlative,
    Trend,
)
from claims.tables.names import Name, names_of
from claims.tables.notation import OTHERS
from claims.tables.pieces import words_of
from claims.tables.table import OTHER, Axis, Line, Table

AXES: tuple[Axis, Axis] = ("row", "column")
WHOLE_LINE = 99
"""The level that marks a name which is a line's whole path, beside the levels of its pieces."""

T = TypeVar("T")


def linked(formula: Formula, table: Table) -> Formula:
    """An assertion whose names are lines of a table.

    Args:
        formula: as `claims.tables.notation.parse_notation` reads it.
        table: where its names stand.

    Raises:
        UnknownNameError: a name is none of the table's. InputError: the assertion is of the wrong type.
    """
    return _Linker(table, names_of(table)).formula(formula)


@dataclass(frozen=True, slots=True)
class _Linker:
    table: Table
    names: tuple[Name, ...]

    def formula(self, formula: Formula) -> Formula:
        match formula:
            case Not(part):
                return Not(self.formula(part))
            case And(parts):
                return And(tuple(self.formula(part) for part in parts))
            case Compare():
                return self.compare(formula)
            case Superlative():
                return self.superlative(formula)
            case Stated() | Change():
                return self.spoken(formula)
            case Trend():
                return self.trend(formula)
            case Gap():
                return self.gap(formula)
            case Correlated():
                return self.correlated(formula)

    # ------------------------------------------------------------------------------- forms

    def compare(self, formula: Compare) -> Formula:
        if formula.left.others:
            self.fail(formula, f'"{OTHERS}" can only stand on the right')
        left, right, axis = self.sides(formula, formula.left, formula.right)
        by, scope = formula.by is not None, formula.scope
        same, plain = formula.relation == "same", scope.share is None and scope.spread == "each"
        self.refuse(formula, same and (by or not plain), "“same” takes no :by, :share or :mean")
        self.refuse(formula, by and scope.share is not None, "a stated difference takes no :share")
        self.refuse(formula, scope.share is not None and scope.spread == "mean", ":share and :mean exclude each other")
        sides = (left,) if right.others else (left, right)
        return replace(formula, left=left, right=right, scope=self.scope(formula, scope, axis, sides, right.others))

    def superlative(self, formula: Superlative) -> Formula:
        self.refuse(formula, formula.rank < 1, "places are counted from 1")
        self.refuse(formula, formula.scope.spread == "mean", "a place takes no :mean")
        left = self.one(formula, formula.left)
        axis = _axis(left)
        return replace(formula, left=left, scope=self.scope(formula, formula.scope, axis, (left,), others=False))

    def spoken(self, formula: Stated | Change) -> Formula:
        """Cells spoken of where the named lines meet those of the scope."""
        left, scope = self.one(formula, formula.left, both=True), formula.scope
        self.refuse(formula, not scope.but.empty, "it takes no :but")
        self.refuse(formula, scope.spread == "mean", "it takes no :mean")
        self.refuse(formula, isinstance(formula, Stated) and scope.share is not None, "it takes no :share")
        self.counted(formula, scope.share)
        if scope.where.empty:
            return replace(formula, left=left)
        free = [axis for axis in AXES if _lines(left, axis) is None]
        if not free:
            self.fail(formula, f"{left} names a cell already, so :on {scope.where} has no axis left")
        where = self.one(formula, scope.where, free)
        return replace(formula, left=left, scope=replace(scope, where=where))

    def trend(self, formula: Trend) -> Formula:
        self.refuse(formula, formula.scope.spread == "mean", "a trend takes no :mean")
        if formula.along.words:
            along = self.one(formula, formula.along, variables=True)
        elif formula.scope.where.empty:
            self.fail(formula, 'a trend along "" needs :on, whose axis tells along which lines')
        else:
            across = OTHER[_axis(self.one(formula, formula.scope.where))]
            along = _chosen(across, frozenset(line.index for line in self.table.lines(across)), "", frozenset())
        scope = self.scope(formula, formula.scope, _axis(along), (), others=False)
        return replace(formula, along=along, scope=scope)

    def gap(self, formula: Gap) -> Formula:
        self.refuse(formula, formula.first.others or formula.second.others, "a gap stands between two named lines")
        first, second, axis = self.sides(formula, formula.first, formula.second)
        at = self.one(formula, formula.at, [OTHER[axis]])
        if formula.than.empty:
            return replace(formula, first=first, second=second, at=at)
        self.refuse(formula, formula.than.others, "without :than all other places are meant")
        than = self.one(formula, formula.than, [OTHER[axis]])
        return replace(formula, first=first, second=second, at=at, than=than)

    def correlated(self, formula: Correlated) -> Formula:
        self.refuse(formula, formula.left.others or formula.right.others, "two named lines are correlated")
        left, right, _ = self.sides(formula, formula.left, formula.right)
        return replace(formula, left=left, right=right)

    # ------------------------------------------------------------------------------- types

    def sides(self, formula: Formula, left: Selection, right: Selection) -> tuple[Selection, Selection, Axis]:
        """Two sides on one axis that share no line."""
        if right.others:
            one = self.one(formula, left)
            return one, right, _axis(one)
        ours, theirs = self.meanings(left, AXES), self.meanings(right, AXES)
        shared = [axis for axis in AXES if axis in ours and axis in theirs]
        if not shared:
            self.fail(formula, f"{left} and {right} stand on different axes, so they cannot be compared")
        if len(shared) > 1:
            self.fail(formula, f"{left} and {right} are rows and columns alike")
        axis = shared[0]
        both = (_lines(ours[axis], axis) or frozenset()) & (_lines(theirs[axis], axis) or frozenset())
        if both:
            self.fail(formula, f"{left} and {right} share {self.shown(axis, both)}")
        return ours[axis], theirs[axis], axis

    def scope(self, formula: Formula, scope: Scope, axis: Axis, sides: Sequence[Selection], others: bool) -> Scope:
        """Lines that cross the sides; on their own axis only where that narrows every side, or leaves out others."""
        self.counted(formula, scope.share)
        where, but = scope.where, scope.but
        if not where.empty:
            found = self.meanings(where, AXES)
            if axis in found and not (sides and all(_meet(side, found[axis], axis) for side in sides)):
                del found[axis]
            where = self.only(formula, where, found)
        if not but.empty:
            found = self.meanings(but, AXES)
            if axis in found and not others:
                del found[axis]
            but = self.only(formula, but, found)
        return replace(scope, where=where, but=but)

    def one(
        self,
        formula: Formula,
        name: Selection,
        axes: Sequence[Axis] = AXES,
        *,
        both: bool = False,
        variables: bool = False,
    ) -> Selection:
        """The one meaning of a name on these axes."""
        if name.others:
            self.fail(formula, f'"{OTHERS}" can only stand on the right of a comparison')
        return self.only(formula, name, self.meanings(name, axes, both=both, variables=variables))

    def only(self, formula: Formula, name: Selection, found: dict[Axis, Selection]) -> Selection:
        if len(found) > 1:
            self.fail(formula, f"{name} is a row and a column alike")
        if not found:
            self.fail(formula, f"{name} does not stand on the axis that is meant there")
        return next(iter(found.values()))

    def counted(self, formula: Formula, share: Share | None) -> None:
        """Refuses "5/4"."""
        over = share is not None and share.out_of is not None and share.count > share.out_of
        self.refuse(formula, over, f":share {share} counts more than there are")

    def refuse(self, formula: Formula, where: bool, why: str) -> None:
        """Refuses what would be left out of account."""
        if where:
            self.fail(formula, why)

    def fail(self, formula: Formula, why: str) -> NoReturn:
        raise InputError(f"assertion {formula}", why)

    def shown(self, axis: Axis, lines: Iterable[int]) -> str:
        return ", ".join(f"“{self.table.lines(axis)[index].name}”" for index in sorted(lines))

    # ------------------------------------------------------------------------------- names

    def meanings(
        self, name: Selection, axes: Sequence[Axis], *, both: bool = False, variables: bool = False
    ) -> dict[Axis, Selection]:
        """What a quoted name chooses, per axis; with `both`, a list may name lines of two axes, one cell.

        Raises:
            UnknownNameError: no header of the table is written so.
        """
        found = self.whole(name.words, variables)
        if not found:
            found = self.listed(name.words, both=both)
        if not found:
            raise UnknownNameError(f"assertion name {name}", f"no name of the table; it has {self.some()}")
        return {axis: one for axis, one in found.items() if axis in axes}

    def whole(self, words: str, variables: bool = False) -> dict[Axis, Selection]:
        """A text that is one name, header piece or whole line."""
        found: dict[Axis, Selection] = {}
        for axis in AXES:
            named = [n for n in self.names if n.axis == axis and (n.head == "variable") == variables]
            pieces = _matching(words, [(n.text, n) for n in named])
            if pieces:
                lines = frozenset(index for n in pieces for index in n.lines)
                found[axis] = _chosen(axis, lines, words, frozenset((axis, n.level) for n in pieces))
            elif not variables and (whole := _matching(words, [(line.name, line) for line in self.table.lines(axis)])):
                found[axis] = _chosen(axis, frozenset(line.index for line in whole), words, _all_levels(whole[0]))
        return found

    def listed(self, words: str, *, both: bool) -> dict[Axis, Selection]:
        """A text that is a list of names."""
        pieces = words.split(", ")
        meanings = [self.whole(piece) for piece in pieces]
        if len(pieces) < 2 or not all(meanings):
            return {}
        found = {}
        for axis in AXES:
            if all(axis in meaning for meaning in meanings):
                met = _met([meaning[axis] for meaning in meanings], axis)
                if met:
                    levels = frozenset(level for meaning in meanings for level in meaning[axis].levels)
                    found[axis] = _chosen(axis, met, words, levels)
        if found or not both or len(pieces) != 2 or any(len(meaning) > 1 for meaning in meanings):
            return found
        rows, columns = (next((m[axis] for m in meanings if axis in m), NOTHING) for axis in AXES)
        if rows.empty or columns.empty:
            return {}
        return {"row": Selection(rows.rows, columns.columns, words, rows.levels | columns.levels)}

    def some(self) -> str:
        texts = list(dict.fromkeys(name.text for name in self.names if name.head != "variable"))
        return ", ".join(f"“{text}”" for text in texts[:12]) + (f" and {len(texts) - 12} more" if texts[12:] else "")


def _matching(words: str, candidates: Sequence[tuple[str, T]]) -> list[T]:
    """Those written exactly so; else those that are the same words, where these tell one text from the others."""
    exact = [found for text, found in candidates if " ".join(text.split()) == " ".join(words.split())]
    if exact:
        return exact
    wanted = words_of(words)
    alike = [
        (text, found) for text, found in candidates
        if wanted and words_of(text) == wanted and bool(ABLATED.match(text)) == bool(ABLATED.match(words))
    ]  # fmt: skip
    return [found for _, found in alike] if len({text for text, _ in alike}) == 1 else []


def _met(selections: Sequence[Selection], axis: Axis) -> frozenset[int]:
    """Names of one level united, those of several levels narrowing each other; none where nothing is left."""
    levels: dict[object, set[int]] = {}
    for selection in selections:
        whole = (axis, WHOLE_LINE) in selection.levels
        levels.setdefault(WHOLE_LINE if whole else selection.levels, set()).update(_lines(selection, axis) or ())
    return frozenset(set.intersection(*levels.values()))


def _chosen(axis: Axis, lines: frozenset[int], words: str, levels: frozenset[tuple[str, int]]) -> Selection:
    rows, columns = (lines, None) if axis == "row" else (None, lines)
    return Selection(rows, columns, words, levels)


def _all_levels(line: Line) -> frozenset[tuple[str, int]]:
    return frozenset((line.axis, level) for level in (*range(-1, len(line.path)), WHOLE_LINE))


def _lines(selection: Selection, axis: Axis) -> frozenset[int] | None:
    return selection.rows if axis == "row" else selection.columns


def _axis(selection: Selection) -> Axis:
    return "row" if selection.rows is not None else "column"


def _meet(side: Selection, where: Selection, axis: Axis) -> bool:
    return bool((_lines(side, axis) or frozenset()) & (_lines(where, axis) or frozenset()))
