"""A clause over a table → the assertions it may make.

Every way of binding its phrases is followed; each gives an assertion and a score for how well the names fit. What a
clause leaves unsaid is filled in by the table: the lines that cross, the rivals of a superlative, the base of an
ablation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from analysis.numbers import Number as Written
from analysis.tables import Line
from claims.assertion import (
    Along,
    And,
    At,
    Compare,
    Degree,
    Difference,
    Domain,
    Fold,
    Formula,
    Not,
    Quantified,
    Ranked,
    Term,
    Whole,
)  # fmt: skip
from claims.domains.table.cells import (
    Selection,
    inherit,
    off_diagonal,
    other_axis,
    result_lines,
    role_of,
    selection,
)  # fmt: skip
from claims.domains.table.lines import BESIDE, Lines
from claims.domains.table.names import direction_of, key_of
from claims.domains.table.phrases import Constraint, Group, Phrase, PhraseBinder
from claims.domains.table.stated import fits_unit, relative, stated
from claims.language.chart import Node

MOST = 240
"""Ways of binding one clause that are followed."""
OPPOSITE = {"better": "worse", "worse": "better", ">": "<", "<": ">", "same": "same"}
RELATION = {"same": "="}


@dataclass(frozen=True, slots=True)
class Made:
    """One assertion of a clause and how well its names fit."""

    formula: Formula
    score: float


@dataclass(frozen=True, slots=True)
class Given:
    """The phrases of a clause in one way of binding them: who, where, and than whom."""

    left: Group
    scope: tuple[Group, ...]
    right: Group
    after: tuple[Group, ...]
    score: float
    contrast: bool = False


@dataclass
class ClauseReader:
    """Makes assertions of clauses over one table."""

    lines: Lines
    binder: PhraseBinder
    mean: bool = False

    def made(self, clause: Node) -> list[Made]:
        """Every assertion of a clause node (rule "clause")."""
        label, body = clause.parts[0]
        makers = {
            "compare": self._compare, "superlative": self._superlative, "value": self._value,
            "change": self._change, "trend": self._trend,
        }  # fmt: skip
        return list(makers[label](body))  # type: ignore[arg-type]

    # ------------------------------------------------------------------------------- comparing

    def _compare(self, node: Node) -> Iterator[Made]:
        word = node.first("beat", "rel", "same", "where")
        if word is None or node.first("left") is None:
            return
        relation = word.value["relation"]
        passive = node.first("beat") is not None and node.first("beat").symbol == "beat.en"
        if passive:
            relation = OPPOSITE[relation]
        about = word.value.get("about") or (None if node.first("measure") is not None else word.value.get("bare"))
        kind = node.first("kind")
        if kind is not None and not self.binder.kind(kind):
            return
        tails = list(node.find("tail"))
        only = [t for t in tails if t.first("only") is not None]
        if len(only) > 1 or (only and len(tails) > 1):
            return
        for given in self._given(node, tails):
            if relation in (">", "<") and about is None and any(p.oriented and not p.named for g in given.scope for p in g):
                relation = "better" if relation == ">" else "worse"
            if only and not (len(given.after) == 1 and len(given.left) == len(given.right) == 1):
                continue
            for formula in self._compared(given, relation, about, node, tails):
                yield Made(formula, given.score)

    def _given(self, node: Node, tails: Sequence[Node]) -> Iterator[Given]:
        sides = [n for label in ("left", "right") for n in node.find(label)]
        ways = [self.binder.groups(n) for n in sides]
        before = [self.binder.groups(n) for n in node.find("measure", "scope", "object")]
        before += [self.binder.groups(n) for t in tails for n in t.find("measure")]
        after = [self.binder.groups(n) for t in tails for n in t.find("scope")]
        count = len(ways)
        for way in _limited(product(*ways, *before, *after)):
            who, rest = way[:count], way[count:]
            score = sum(p.score for group in way for p in group)
            right = who[1] if count > 1 else ()
            contrast = count > 1 and node.first("right").first("np") is None
            yield Given(who[0], tuple(rest[: len(before)]), right, tuple(rest[len(before) :]), score, contrast)

    def _compared(
        self, given: Given, relation: str, about: str | None, node: Node, tails: Sequence[Node]
    ) -> Iterator[Formula]:
        amounts = [*node.find("amount"), *(a for t in tails for a in t.find("amount"))]
        if len(amounts) > 1:
            return
        amount = amounts[0] if amounts else None
        phrases = [p for g in (given.left, *given.scope, *given.after) for p in g]
        mean = any(t.first("mean") is not None for t in tails) or any(p.mean for p in phrases)
        only = any(t.first("only") is not None for t in tails)
        negated = node.first("neg") is not None
        degree = node.first("deg")
        word = degree.value["degree"] if degree is not None else ""
        but = [t.first("butnot") for t in tails if t.first("butnot") is not None]
        leaving = [t for t in tails if t.first("except", "leaving") is not None]
        excepted = [
            [g for g in self.binder.groups(t.first("np")) if all(p.named and not p.quantifier for p in g)] for t in leaving
        ]
        denies = any(t.first("except") is not None for t in leaving)
        if any(not g for g in excepted) or len(excepted) > 1 or (but and excepted):
            return
        for exception in excepted[0] if excepted else [()]:
            case = Comparison(self, given, relation, about, word, negated, exception, mean, only, denies)
            for whole in case.formulas(amount):
                if not but:
                    yield whole
                    continue
                for denied in self._denied(given, relation, about, but):
                    yield And((whole, denied))

    def _denied(self, given: Given, relation: str, about: str | None, but: Sequence[Node]) -> Iterator[Formula]:
        """ "… but not on Y": the same comparison there, denied."""
        places = [self.binder.groups(pp) for node in but for pp in node.find("scope")]
        for way in _limited(product(*places)):
            other = Given(given.left, tuple(way), given.right, (), given.score)
            yield from Comparison(self, other, relation, about, "", True, ()).formulas(None)

    # ----------------------------------------------------------------------------- superlatives

    def _superlative(self, node: Node) -> Iterator[Made]:
        from claims.domains.table.superlatives import superlatives

        yield from superlatives(self, node)

    # ----------------------------------------------------------------------------------- values

    def _value(self, node: Node) -> Iterator[Made]:
        from claims.domains.table.values import values

        yield from values(self, node)

    # ---------------------------------------------------------------------------------- changes

    def _change(self, node: Node) -> Iterator[Made]:
        from claims.domains.table.changes import changes

        yield from changes(self, node)

    def _trend(self, node: Node) -> Iterator[Made]:
        from claims.domains.table.trends import trends

        yield from trends(self, node)

    # ---------------------------------------------------------------------------------- helpers

    def name(self, axis: str, index: int) -> str:
        """The name of a line."""
        return self.lines.names[axis][index]

    def at(self, axis: str, line: str, crossing: str) -> At:
        """The cell of a line of an axis and a line that crosses it."""
        return At(line, crossing) if axis == "row" else At(crossing, line)

    def crossing(self, axis: str, chosen: Selection, about: str | None) -> tuple[int, ...] | None:
        """The lines that cross an axis, those that can be compared along it where the clause names none."""
        cross = other_axis(axis)
        found = chosen.on(cross)
        if about == "size" and found is not None:
            about = None
        if about is not None:
            pool = found if found is not None else tuple(range(len(self.lines.names[cross])))
            return self.about(cross, pool, about) or None
        if found is not None:
            return found
        return result_lines(self.lines, cross) or None

    def averaged(self, axis: str, lines: Sequence[int]) -> tuple[int, ...]:
        """The line that prints the average, where there is one; else the lines to average."""
        every = self.lines.table.rows if axis == "row" else self.lines.table.columns
        printed = [line.index for line in every if line.kind == "aggregate"]
        if len(printed) == 1:
            return (printed[0],)
        return tuple(i for i in lines if every[i].kind != "aggregate")

    def about(self, axis: str, pool: Sequence[int], about: str) -> tuple[int, ...]:
        """Those of some lines that measure what a word such as "faster" is about."""
        lines = self.lines.table.rows if axis == "row" else self.lines.table.columns
        if about in ("time", "size"):
            return tuple(i for i in pool if lines[i].kind == about)
        found = tuple(i for i in pool if (m := lines[i].measure) is not None and about in m.name)
        whole = self.lines.table.measure
        return found or (tuple(pool) if whole is not None and about in whole.name else ())


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison in one way of binding it."""

    reader: ClauseReader
    given: Given
    relation: str
    about: str | None
    degree: str
    negated: bool
    exception: Group
    mean: bool = False
    only: bool = False
    denies: bool = True

    def formulas(self, amount: Node | None) -> Iterator[Formula]:
        """The assertions it may make: one for each way of pairing its sides, and for each unit of its amount."""
        placed = self._placed()
        if placed is None:
            return
        places, quantifier, after = placed
        pieces: list[list[Formula]] = []
        for left in self.given.left:
            for way in product(*places):
                pieces.append(list(self._one(left, way, after, quantifier, amount)))
        if not pieces or any(not p for p in pieces):
            return
        strict = any(p.strict for g in (self.given.left, *self.given.scope) for p in g)
        for chosen in _limited(product(*pieces)):
            yield joined(chosen, strict=strict)

    def _placed(self) -> tuple[list[Group], Phrase | None, list[Group]] | None:
        """Where: phrases that name lines, and at most one that counts places ("on all tasks")."""
        places: list[Group] = []
        after: list[Group] = []
        quantifier: Phrase | None = None
        for group, late in [*((g, False) for g in self.given.scope), *((g, True) for g in self.given.after)]:
            counted = [p for p in group if p.quantifier]
            if counted and not counted[0].named:
                if len(group) > 1 or quantifier is not None or counted[0].other:
                    return None
                quantifier = counted[0]
                continue
            if counted:
                return None
            (after if late else places).append(group)
        return places, quantifier, after

    def _one(
        self, left: Phrase, places: Sequence[Phrase], after: Sequence[Group], quantifier: Phrase | None, amount: Node | None
    ) -> Iterator[Formula]:
        """The left side against each of the right, in one place."""
        if any(p.denied for p in (left, *self.given.right)) and (self.negated or self.degree or amount is not None):
            return
        if left.quantifier and not left.named:
            yield from self._many_against(left, places, after, quantifier)
            return
        if left.quantifier not in ("", "all") or (left.quantifier and left.other):
            return
        shared = tuple(c for p in places for c in p.constraints)
        lefts = (*left.constraints, *shared)
        pieces = []
        for right in self.given.right or (None,):
            pieces.append(list(self._against(left, lefts, right, after, quantifier, amount)))
        if any(not p for p in pieces):
            return
        strict = any(p.strict for p in self.given.right)
        for chosen in _limited(product(*pieces)):
            yield joined(chosen, strict=strict)

    def _against(
        self,
        left: Phrase,
        lefts: tuple[Constraint, ...],
        right: Phrase | None,
        after: Sequence[Group],
        quantifier: Phrase | None,
        amount: Node | None,
    ) -> Iterator[Formula]:
        if right is None:
            return
        ways = list(product(*after)) if after else [()]
        parts: list[list[Formula]] = []
        for way in ways:
            here = tuple(c for p in way for c in p.constraints)
            parts.append(list(self._sides(left, lefts, right, here, quantifier, amount)))
        if any(not p for p in parts):
            return
        strict = any(p.strict for way in ways for p in way)
        for chosen in _limited(product(*parts)):
            yield joined(chosen, strict=strict)

    def _sides(
        self,
        left: Phrase,
        lefts: tuple[Constraint, ...],
        right: Phrase,
        here: tuple[Constraint, ...],
        quantifier: Phrase | None,
        amount: Node | None,
    ) -> Iterator[Formula]:
        if right.quantifier:
            if amount is None:
                yield from self._against_many(left, lefts, right, here, quantifier)
            return
        own = right.constraints
        if any(_named_by(lefts, c) and _named_by(own, c) for c in here):
            return
        merged_left = inherit(lefts, here)
        rights = inherit((*own, *[c for c in here if not _named_by(own, c)]), [c for c in lefts if not _overridden(c, own, here)])
        if merged_left is None or rights is None:
            return
        one, two = selection(merged_left), selection(rights)
        if one is None or two is None:
            return
        yield from self._cells(one, two, quantifier, amount)

    def _cells(self, one: Selection, two: Selection, quantifier: Phrase | None, amount: Node | None) -> Iterator[Formula]:
        reader = self.reader
        for axis in ("row", "column"):
            a, b = one.on(axis), two.on(axis)
            cross = other_axis(axis)
            if a is None or b is None or set(a) & set(b):
                continue
            if one.on(cross) != two.on(cross):
                continue
            about = self.about
            if about is not None and (near := [reader.about(axis, side, about) for side in (a, b)]) and all(near):
                a, b, about = near[0], near[1], None
            lines = reader.crossing(axis, one, about)
            if lines is None:
                continue
            if quantifier is not None and one.on(cross) is not None and len(lines) < 2:
                continue
            lines = self._without_exception(cross, lines)
            pairs = paired(reader.lines, axis, a, b, one.words(axis), two.words(axis))
            if pairs is None or not lines or not all(self._may_vary(axis, pair, one.words(axis) | two.words(axis)) for pair in pairs):
                continue
            yield from self._paired(axis, pairs, lines, quantifier, amount)
        a, b, c, d = one.row, two.row, one.column, two.column
        if a and b and c and d and len(a) == len(b) == len(c) == len(d) == 1 and a != b and c != d:
            if not (self._may_vary("row", (*a, *b)) and self._may_vary("column", (*c, *d))):
                return
            first = At(reader.name("row", a[0]), reader.name("column", c[0]))
            second = At(reader.name("row", b[0]), reader.name("column", d[0]))
            if quantifier is None and not self.exception:
                yield from self._related(first, second, amount)

    def _without_exception(self, cross: str, lines: tuple[int, ...]) -> tuple[int, ...]:
        """The crossing lines but those excepted; none where what is excepted does not cross."""
        if any(not p.on(cross) for p in self.exception):
            return ()
        but = {i for p in self.exception for c in p.on(cross) for i in c.lines}
        return tuple(i for i in lines if i not in but)

    def _may_vary(self, axis: str, members: Sequence[int], names: frozenset[str] = frozenset()) -> bool:
        """Whether lines of an axis can be the two sides of this comparison."""
        lines = self.reader.lines.table.rows if axis == "row" else self.reader.lines.table.columns
        chosen = [lines[i] for i in members]
        measures = {bare_measure(line, names) for line in chosen}
        kinds = {l.kind for l in chosen}
        if len(measures) > 1 or "change" in kinds or (len(kinds) > 1 and kinds & BESIDE):
            return False
        if self.relation in ("better", "worse") and self.about is None and not self.given.contrast:
            role = role_of(self.reader.lines, axis)
            crossing = role_of(self.reader.lines, other_axis(axis))
            if role == "measure" or (role == "place" and crossing == "system"):
                return False
            if crossing == "system" and role != "system":
                return False
        return True

    def _paired(
        self, axis: str, pairs: Sequence[tuple[int, int]], crossing: tuple[int, ...], quantifier: Phrase | None, amount: Node | None
    ) -> Iterator[Formula]:
        reader = self.reader
        cross = other_axis(axis)
        bodies: list[list[Formula]] = []
        if self.mean and quantifier is not None and quantifier.quantifier != "all":
            return
        if self.mean:
            crossing, quantifier = reader.averaged(cross, crossing), None
        variable = "$c" if len(crossing) > 1 or quantifier is not None else reader.name(cross, crossing[0])
        mean = variable if self.mean and variable.startswith("$") else ""
        for a, b in pairs:
            first: Term = reader.at(axis, reader.name(axis, a), variable)
            second: Term = reader.at(axis, reader.name(axis, b), variable)
            if mean:
                domain = Domain(f"{cross}s", tuple(reader.name(cross, i) for i in crossing))
                first, second = Fold("mean", first, mean, domain), Fold("mean", second, mean, domain)
            bodies.append(list(self._related(first, second, amount)))
        for chosen in _limited(product(*bodies)):
            body: Formula = chosen[0] if len(chosen) == 1 else And(tuple(chosen))
            if mean or not variable.startswith("$"):
                whole: Formula | None = body
            else:
                whole = quantified(reader, cross, crossing, quantifier, variable, body)
            if whole is None:
                continue
            if self.only:
                elsewhere = self._elsewhere(axis, pairs, cross, crossing)
                if elsewhere is None:
                    continue
                whole = Whole((whole, elsewhere))
            if self.exception and self.denies:
                denied = self._on_exception(axis, pairs, cross)
                if denied is None:
                    continue
                whole = Whole((whole, denied))
            yield whole

    def _elsewhere(
        self, axis: str, pairs: Sequence[tuple[int, int]], cross: str, crossing: Sequence[int]
    ) -> Formula | None:
        """ "only on X": nowhere else."""
        rest = tuple(i for i in result_lines(self.reader.lines, cross) if i not in crossing)
        if not rest or self.negated or self.mean:
            return None
        parts = []
        for a, b in pairs:
            sides = [self.reader.at(axis, self.reader.name(axis, x), "$c") for x in (a, b)]
            parts.append(Not(next(self._related(sides[0], sides[1], None))))
        domain = Domain(f"{cross}s", tuple(self.reader.name(cross, i) for i in rest))
        return Quantified("all", "$c", domain, joined(parts))

    def _on_exception(self, axis: str, pairs: Sequence[tuple[int, int]], cross: str) -> Formula | None:
        """ "except C" is false where the statement holds on C, too."""
        lines = [i for p in self.exception for c in p.on(cross) for i in c.lines]
        if not lines:
            return None
        parts = []
        for line in lines:
            for a, b in pairs:
                at = [self.reader.at(axis, self.reader.name(axis, x), self.reader.name(cross, line)) for x in (a, b)]
                parts.append(Not(next(self._related(at[0], at[1], None))))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _direction_said(self, term: Term) -> int:
        """1 or −1 where the table does not say which way is better but the clause names a measure that does; else 0."""
        if not isinstance(term, At) or term.row.startswith("$") or term.column.startswith("$"):
            return 0
        lines = self.reader.lines
        column, row = lines.columns.get(term.column), lines.rows.get(term.row)
        if any(l is not None and l.measure is not None and l.measure.direction for l in (column, row)):
            return 0
        if lines.table.measure is not None:
            return 0
        phrases = [p for g in (*self.given.scope, *self.given.after, self.given.left) for p in g]
        signs = {direction_of(c.words) for p in phrases for c in p.constraints} - {0}
        return signs.pop() if len(signs) == 1 else 0

    def _related(self, first: Term, second: Term, amount: Node | None) -> Iterator[Formula]:
        relation = RELATION.get(self.relation, self.relation)
        if relation in ("better", "worse") and (sign := self._direction_said(first)) != 0:
            relation = ">" if (relation == "better") == (sign > 0) else "<"
        body: Formula = Compare(relation, first, second)  # type: ignore[arg-type]
        if self.degree in ("slight", "clear", "tested"):
            body = Degree(self.degree, body)  # type: ignore[arg-type]
        if any(p.denied for p in (*self.given.left, *self.given.right)):
            yield Not(body)
            return
        if self.negated:
            if self.degree not in ("", "plain") or amount is not None:
                return
            if any(p.quantifier not in ("", "either") for g in (*self.given.scope, *self.given.after) for p in g):
                return
            yield Not(body)
            return
        if amount is None:
            yield body
            return
        if not fits_unit(amount, self.reader.lines, first):
            return
        one, two, unit = {
            "better": (first, second, "better"), "worse": (second, first, "better"),
            ">": (first, second, ""), "<": (second, first, ""),
        }.get(relation, (first, second, "abs"))  # fmt: skip
        if unit == "abs" or isinstance(body, Degree):
            return
        for gap in (*stated(Difference(one, two, unit), amount), *relative(first, second, relation, amount)):
            yield Whole((body, gap)) if _loose(gap) else gap

    def _many_against(
        self, left: Phrase, places: Sequence[Phrase], after: Sequence[Group], quantifier: Phrase | None
    ) -> Iterator[Formula]:
        """ "All other systems outperform A", "no system is better than A"."""
        if len(self.given.right) != 1 or self.negated or self.degree or quantifier is not None or self.mean:
            return
        right = self.given.right[0]
        if right.quantifier or not right.named or any(len(g) > 1 for g in after):
            return
        held = (*[c for p in places for c in p.constraints], *[c for g in after for c in g[0].constraints])
        one = selection((*right.constraints, *held))
        if one is None or (left.nouns and "measure" in left.nouns):
            return
        for axis in ("row", "column"):
            mine = one.on(axis)
            if not right.on(axis) or mine is None or len(mine) != 1 or (left.nouns and not self._fits(axis, left)):
                continue
            pool = rivals_of(self.reader, axis, mine, left, ())
            crossing = self.reader.crossing(axis, one, self.about)
            if not pool or not crossing or not self._may_vary(axis, (*mine, *pool)):
                continue
            cross = other_axis(axis)
            variable = "$c" if len(crossing) > 1 else self.reader.name(cross, crossing[0])
            rival = self.reader.at(axis, self.reader.name(axis, mine[0]), variable)
            inner = next(self._related(self.reader.at(axis, "$o", variable), rival, None), None)
            if inner is None:
                continue
            whole = quantified(self.reader, axis, pool, left, "$o", inner, without=mine)
            if whole is not None and variable.startswith("$"):
                whole = quantified(self.reader, cross, tuple(crossing), None, variable, whole)
            if whole is not None:
                yield whole

    def _against_many(
        self, left: Phrase, lefts: tuple[Constraint, ...], right: Phrase, here: tuple[Constraint, ...], quantifier: Phrase | None
    ) -> Iterator[Formula]:
        """ "than all other models", "than most of the baselines": the left side against every line of its axis."""
        reader = self.reader
        if any(_named_by(lefts, c) for c in here):
            return
        constraints = inherit(lefts, here)
        one = selection(constraints) if constraints is not None else None
        if one is None:
            return
        for axis in ("row", "column"):
            mine = one.on(axis)
            own = [c for c in left.constraints if c.axis == axis]
            if not own or mine is None or (right.nouns and not self._fits(axis, right)):
                continue
            pool = rivals_of(reader, axis, mine, right, lefts)
            if not pool or not self._may_vary(axis, (*mine, *pool)):
                continue
            if right.n is not None and right.n != len(pool):
                continue
            crossing = reader.crossing(axis, one, self.about)
            if crossing is None:
                continue
            crossing = self._without_exception(other_axis(axis), crossing)
            if quantifier is not None and one.on(other_axis(axis)) is not None and len(crossing) < 2:
                continue
            own = off_diagonal(reader.lines, axis, pool, crossing)
            if own is None:
                continue
            yield from self._many(axis, mine, pool, crossing, right, quantifier)
            if own and len(pool) > len(own):
                yield from self._many(axis, mine, [i for i in pool if i not in own], crossing, right, quantifier)

    def _fits(self, axis: str, right: Phrase) -> bool:
        role = role_of(self.reader.lines, axis)
        wanted = {"system" if noun == "rival" else noun for noun in right.nouns}
        return not role or role in wanted or (role == "measure" and "measure" in wanted)

    def _many(
        self, axis: str, mine: Sequence[int], pool: Sequence[int], crossing: Sequence[int], right: Phrase, quantifier: Phrase | None
    ) -> Iterator[Formula]:
        reader, cross = self.reader, other_axis(axis)
        if len(mine) > 4 or not crossing or self.negated or self.degree:
            return
        variable = "$c" if len(crossing) > 1 or quantifier is not None else reader.name(cross, crossing[0])
        parts: list[Formula] = []
        for line in mine:
            inner = next(self._related(reader.at(axis, reader.name(axis, line), variable), reader.at(axis, "$o", variable), None))
            whole = quantified(reader, axis, tuple(pool), right, "$o", inner, without=tuple(mine))
            if whole is None:
                return
            parts.append(whole)
        body: Formula = parts[0] if len(parts) == 1 else And(tuple(parts))
        if not variable.startswith("$"):
            yield body
            return
        whole = quantified(reader, cross, tuple(crossing), quantifier, variable, body)
        if whole is not None:
            yield whole


def _loose(gap: Formula) -> bool:
    """Whether a stated gap would also hold the other way round: "by less than 3 points"."""
    return (isinstance(gap, Compare) and gap.relation in ("<", "<=")) or isinstance(gap, Whole)


def _named_by(own: Sequence[Constraint], c: Constraint) -> bool:
    return any((o.axis, o.level) == (c.axis, c.level) and not (o.lines & c.lines) for o in own)


def _overridden(c: Constraint, own: Sequence[Constraint], here: Sequence[Constraint]) -> bool:
    """Whether the right side says something else of the same level."""
    return any((o.axis, o.level) == (c.axis, c.level) and not (o.lines & c.lines) for o in (*own, *here))


def rivals_of(
    reader: ClauseReader, axis: str, mine: Sequence[int], right: Phrase, lefts: Sequence[Constraint]
) -> tuple[int, ...]:
    """The lines a "others" stands for: those the phrase names, or all compared ones, but the subject's own."""
    named = selection(right.constraints)
    pool = named.on(axis) if named is not None and named.on(axis) is not None else result_lines(reader.lines, axis)
    lines = reader.lines.table.rows if axis == "row" else reader.lines.table.columns
    if axis == "column":
        pool = tuple(i for i in pool or () if lines[i].kind != "aggregate")
    own = {i for c in lefts if c.axis == axis for i in c.lines}
    return tuple(i for i in pool or () if i not in set(mine) and i not in (own & set(mine)))


def quantified(
    reader: ClauseReader,
    axis: str,
    members: tuple[int, ...],
    phrase: Phrase | None,
    variable: str,
    body: Formula,
    without: tuple[int, ...] = (),
) -> Formula | None:
    """A formula said of lines of an axis, in the words of the phrase that counts them."""
    base = f"{axis}s"
    every = set(result_lines(reader.lines, axis)) - set(without)
    if set(members) == every:
        domain = Domain(base, (), without=tuple(reader.name(axis, i) for i in without if i in result_lines(reader.lines, axis)))
    else:
        domain = Domain(base, tuple(reader.name(axis, i) for i in members))
    quantifier = phrase.quantifier if phrase is not None else ""
    if phrase is not None and phrase.n is not None and phrase.n != len(members):
        return None
    match quantifier:
        case "":
            return Quantified("each", variable, domain, body)
        case "all" | "either":
            return Quantified("all", variable, domain, body)
        case "bound" if phrase is not None and phrase.k is not None and phrase.relation in BOUNDS:
            how, extra = BOUNDS[phrase.relation]
            return Quantified(how, variable, domain, body, Decimal(phrase.k + extra))  # type: ignore[arg-type]
        case "most":
            return Quantified("most", variable, domain, body)
        case "none":
            return Quantified("none", variable, domain, body)
        case "some":
            return Quantified("any", variable, domain, body)
        case "count" if phrase is not None and phrase.k is not None and phrase.n is not None:
            return Quantified("count=", variable, domain, body, Decimal(phrase.k))
    return None


BOUNDS = {">=": ("count>=", 0), "<=": ("count<=", 0), ">": ("count>=", 1), "<": ("count<=", -1)}
"""How many places a bound asks for; a bare "three systems" may be exactly or at least three and is not read."""


def joined(parts: Sequence[Formula], *, strict: bool = False) -> Formula:
    """Several statements at once; "both A and B" fall together."""
    if len(parts) == 1:
        return parts[0]
    return Whole(tuple(parts)) if strict else And(tuple(parts))


def bare_measure(line: Line, names: frozenset[str]) -> str | None:
    """What a line measures, without the names that tell its line from others: "LDM time" and "PGCP time" are times."""
    if line.measure is None:
        return None
    return " ".join(word for word in key_of(line.measure.name) if word not in names)


def paired(
    lines: Lines, axis: str, a: Sequence[int], b: Sequence[int], of_a: frozenset[str], of_b: frozenset[str]
) -> list[tuple[int, int]] | None:
    """Lines of both sides that belong together: those alike but for the names that set the sides apart."""
    if len(a) == 1 and len(b) == 1:
        return [(a[0], b[0])]
    all_lines = lines.table.rows if axis == "row" else lines.table.columns
    rest = [{_residue(all_lines[i].labels, names): i for i in side} for side, names in ((a, of_a), (b, of_b))]
    if rest[0].keys() == rest[1].keys() and len(rest[0]) == len(a) and len(rest[1]) == len(b):
        return [(rest[0][key], rest[1][key]) for key in rest[0]]
    if (len(a) == 1 or len(b) == 1) and len(a) * len(b) <= 64:
        return [(x, y) for x in a for y in b]
    return None


def _residue(labels: Sequence[str], names: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for label in labels for word in key_of(label) if word not in names)


def _limited(ways: Any) -> Iterator[Any]:
    for count, way in enumerate(ways):
        if count >= MOST:
            return
        yield way


__all__ = ["BESIDE", "Along", "ClauseReader", "Comparison", "Given", "Made", "Ranked", "Written"]
