"""A phrase of the sentence → the lines of the table it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np

from analysis.numbers import Number
from claims.domains.table.lines import BESIDE, role_of, transfers
from claims.domains.table.names import WITHOUT_BRACKET, Key, NameIndex, Ref, significant
from claims.language.chart import Edge, Node
from claims.language.tokens import Token

MOST = 48
"""Ways of binding one phrase that are followed."""
CAPTION, LEVEL, PART = 0.4, 0.3, 0.8
"""What a name counts that only the caption knows, that names a kind of thing, that is a part of a label."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Lines of one axis that a name leaves, by one level of their labels."""

    axis: str
    level: int
    lines: frozenset[int]
    whole: bool = True
    words: Key = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way a phrase may be meant.

    Attributes:
        constraints: what its names leave. nouns: its head nouns: "system", "place", "measure".
        kinds: (axis, level) of headers it names as a kind of thing.
        quantifier: "all", "either" (any), "most", "none", "some", "count" (k of n), "bound" (at least k) or "".
        k, n: the numbers of "k of n", or n alone of "all n".
        other: "all other …". number: a number that stands alone with a name.
        caption: it has words only the caption knows. aside: and not its first sentence. among: "among all …".
        measured: a side whose own head is what is measured. relation: of "bound". mean: "the average …".
        oriented: "performance", of which more is better whatever the numbers do. strict: "both A and B".
        denied: "neither A nor B". score: how well names fit.
        words: names as written, for messages.
    """

    constraints: tuple[Constraint, ...] = ()
    nouns: tuple[str, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    quantifier: str = ""
    k: int | None = None
    n: int | None = None
    other: bool = False
    back: bool = False
    caption: bool = False
    aside: bool = False
    among: bool = False
    measured: bool = False
    relation: str = ""
    strict: bool = False
    mean: bool = False
    oriented: bool = False
    denied: bool = False
    score: float = 0.0

    @property
    def named(self) -> bool:
        """Whether it names lines."""
        return bool(self.constraints)

    @property
    def says_where(self) -> bool:
        """Whether it places or measures something: "with a language model" alone does neither."""
        return self.named or self.caption or bool(self.quantifier or self.back) or set(self.nouns) == {"measure"}

    def on(self, axis: str) -> tuple[Constraint, ...]:
        """Its constraints on one axis."""
        return tuple(c for c in self.constraints if c.axis == axis)


MEASURES = frozenset({"measure", "size", "time", "count", "rank", "error", "attribute"})
"""Kinds of line that are measured rather than compared."""

TESTED = frozenset({"on", "for", "to", "in"})
"""Prepositions before what is tested on, where a table has sources on one axis and targets on the other."""

Group = tuple[Phrase, ...]
"""Coordinated phrases; a statement is made of each."""


@dataclass
class PhraseBinder:
    """Binds phrases over one table."""

    index: NameIndex
    tokens: Sequence[Token] = ()
    done: dict[Node, list[Group]] = field(default_factory=dict)

    def groups(self, node: Node) -> list[Group]:
        """Every way of binding a np, side, measure or pp."""
        if node not in self.done:
            self.done[node] = self._groups(node)[:MOST]
        return self.done[node]

    def _groups(self, node: Node) -> list[Group]:
        if node.rule in ("rival", "contrast"):
            return self._rival(node)
        if node.rule == "measure":
            return [g for g in self.groups(node.first("np")) if all(self._measures(p) for p in g)]
        if node.rule == "side":
            return self._side(node)
        if node.rule == "removed":
            return self._units_of(node)
        if node.rule in ("pp", "onepp", "place"):
            return self._pp(node)
        members = list(node.find("one")) + [m.first("one") for m in node.find("more")]
        if node.rule == "np":
            ways = [self._simple(member) for member in members]
            strict, denied = node.first("strict") is not None, node.first("deny") is not None
            groups = [tuple(way) for way in _limited(product(*ways))]
            if not strict and not denied:
                return groups
            return [tuple(replace(p, strict=True, denied=denied) for p in group) for group in groups]
        return [(way,) for way in self._simple(node)]

    def _side(self, node: Node) -> list[Group]:
        """Who or what: "the score of A on T". A kind of thing with a name behind it ("a variant of A") is not A."""
        scopes = [self.groups(pp) for pp in node.find("scope")]
        heads = []
        via = node.first("via") is not None
        for head in self._from_source(node) if via else self.groups(node.first("np")):
            if scopes and any(not p.named and {"system", "place", "rival"} & set(p.nouns) for p in head):
                continue
            heads.append(tuple(replace(p, measured=True) if self.speaks_of_a_measure(p) else p for p in head))
        return self._with_scope(heads, scopes)

    def speaks_of_a_measure(self, phrase: Phrase) -> bool:
        """Whether a phrase is what is measured rather than who is."""
        table = self.index.lines.table
        for c in phrase.constraints:
            lines = table.rows if c.axis == "row" else table.columns
            if any(lines[i].kind not in MEASURES for i in c.lines):
                return False
        return bool(phrase.constraints or phrase.caption or "measure" in phrase.nouns)

    def _from_source(self, node: Node) -> list[Group]:
        """ "training on A", "transfer from A": A as what is trained on, not as what is tested on."""
        return self._in_role(self.groups(node.first("np")), "place")

    def _in_role(self, groups: list[Group], shunned: str) -> list[Group]:
        """Groups whose names lie on no axis of a role: sources are trained on, targets tested on."""
        lines = self.index.lines
        axes = {axis for axis in ("row", "column") if role_of(lines, axis) == shunned}
        return [g for g in groups if not any(c.axis in axes for p in g for c in p.constraints)] or groups

    def kind(self, node: Node) -> bool:
        """Whether words name a kind of thing and no line: "the best model", "the best transfer approach"."""
        ways = self._units(node.find("unit"))
        return any(not w.named and {"system", "place"} & set(w.nouns) and "rival" not in w.nouns for w in ways)

    def _rival(self, node: Node) -> list[Group]:
        """Than whom: a phrase, or places that the sentence sets against others."""
        if node.first("np") is not None:
            return self._from_source(node) if node.first("via") is not None else self.groups(node.first("np"))
        first, *rest = [self.groups(pp) for pp in node.find("scope")]
        return self._with_scope(first, rest)

    def _measures(self, phrase: Phrase) -> bool:
        """Whether a phrase can be what is measured: words of the caption only where it opens with them."""
        if phrase.named:
            return True
        if phrase.kinds:
            return False
        return not (phrase.caption and phrase.aside) and not {"system", "place", "rival"} & set(phrase.nouns)

    def _with_scope(self, heads: list[Group], scopes: Sequence[list[Group]]) -> list[Group]:
        made = []
        for head, *places in _limited(product(heads, *scopes)):
            group: Group = head
            for place in places:
                group = tuple(m for one in group for other in place if (m := merged(one, other)) is not None)
            if group:
                made.append(group)
        return made

    def _pp(self, node: Node) -> list[Group]:
        parts = list(node.find("one"))
        if parts:
            ways = product(*(self.groups(part) for part in parts))
            strict = node.first("strict") is not None
            flat = [tuple(p for group in way for p in group) for way in _limited(ways)]
            return [tuple(replace(p, strict=True) for p in group) for group in flat] if strict else flat
        groups = self.groups(node.first("np"))
        number = node.first("num")
        if node.first("among") is not None:
            return [tuple(self._among(p) for p in g) for g in groups if all(p.quantifier or not p.named for p in g)]
        if node.rule != "place" and (node.first("after") is not None or node.first("prep", "num", "among") is None):
            groups = [g for g in groups if all(p.named and not p.caption for p in g)]
        if number is None:
            prep = node.first("prep")
            if prep is not None and transfers(self.index.lines):
                word = self.tokens[prep.start].folded
                groups = self._in_role(groups, "place" if word == "from" else "system" if word in TESTED else "")
            of = prep is not None and self.tokens[prep.start].folded == "of"
            return [g for g in groups if all(p.says_where or (of and p.kinds) for p in g)]
        return [
            (valued,)
            for group in groups
            if len(group) == 1
            for valued in self._valued(group[0], number.value)
        ]

    def _units_of(self, node: Node) -> list[Group]:
        """ "without attention", where that is what a line is called."""
        unit = node.first("np").first("one").first("unit")
        return [(way,) for way in _best_refs([_phrase(ref, ()) for ref in unit.first("name").value])]

    @staticmethod
    def _among(phrase: Phrase) -> Phrase:
        """ "among all models", "among the methods"."""
        return replace(phrase, among=True, quantifier=phrase.quantifier or "all")

    # ------------------------------------------------------------------------------ simple phrases

    def _simple(self, node: Node) -> list[Phrase]:
        quantified = node.first("quant")
        if quantified is not None:
            return self._quantified(quantified)
        ways = self._units(node.find("unit"))
        if node.first("that") is not None:
            ways = [replace(w, back=True) for w in ways]
        return ways

    def _quantified(self, node: Node) -> list[Phrase]:
        ways = self._units(node.find("unit"))
        q, other, number = node.first("q"), node.first("other") is not None, node.first("num")
        k, n = node.first("k"), node.first("n")
        quantifier = q.value["quantifier"] if q is not None else "all" if other else "count" if k is not None else ""
        bound = node.first("bound")
        if bound is not None:
            return self._bounded(ways, bound.value)
        count = _whole(number.value) if number is not None else q.value.get("n") if q is not None else None
        if number is not None and count is None:
            return []
        made = replace(
            Phrase(),
            quantifier=quantifier,
            other=other,
            k=_whole(k.value) if k is not None else None,
            n=_whole(n.value) if n is not None else count,
        )
        return [
            replace(w, quantifier=made.quantifier, other=other, k=made.k, n=made.n) for w in ways
        ]

    @staticmethod
    def _bounded(ways: list[Phrase], number: Number) -> list[Phrase]:
        """ "at least two data sets", "three systems"."""
        k = number.value
        if k != int(k) or number.upper is not None or number.unit or not ways:
            return []
        return [
            replace(w, quantifier="bound", k=int(k), relation=number.relation)
            for w in ways
            if w.nouns and not w.named and number.relation != "~"
        ]

    def _units(self, units: Iterable[Node]) -> list[Phrase]:
        ways = [Phrase()]
        for unit in units:
            options = self._unit(unit)
            ways = [m for way, option in _limited(product(ways, options)) if (m := merged(way, option)) is not None]
            ways = _best(ways)
        return ways

    def _unit(self, unit: Node) -> list[Phrase]:
        name, number, head = unit.first("name"), unit.first("num"), unit.first("head")
        if head is not None:
            return [Phrase(nouns=(head.value["noun"],), oriented=bool(head.value.get("oriented")))]
        if unit.first("mean") is not None:
            return [Phrase(mean=True)]
        if name is None:
            return [Phrase()]
        ways = [_phrase(ref, self._key(name)) for ref in name.value]
        if number is None:
            return _best_refs(ways)
        return [valued for way in ways for valued in self._valued(way, number.value)]

    def _key(self, name: Edge) -> Key:
        return tuple(word for word, _, _ in significant(self.tokens[name.start : name.end]))

    def _valued(self, phrase: Phrase, number: Number) -> list[Phrase]:
        """A phrase whose name has a number: lines whose label, or whose cell in the named column, is that number."""
        if number.relation != "=" or number.upper is not None:
            return []
        made: list[Phrase] = []
        for constraint in phrase.constraints:
            made += self._by_cells(phrase, constraint, number)
        kinds = phrase.kinds or (self._number_levels() if phrase.caption and not phrase.constraints else ())
        for axis, level in kinds:
            lines = self._labelled(axis, level, number)
            if lines:
                made.append(replace(phrase, kinds=(), constraints=(Constraint(axis, level, lines),), score=phrase.score + 1))
        return made

    def _by_cells(self, phrase: Phrase, constraint: Constraint, number: Number) -> Iterator[Phrase]:
        table = self.index.lines.table
        if constraint.axis != "column" or len(constraint.lines) != 1 or len(phrase.constraints) != 1:
            return
        column = next(iter(constraint.lines))
        if table.columns[column].kind not in BESIDE | {"unknown"}:
            return
        rows = frozenset(np.flatnonzero(self.index.lines.column(column) == float(number.value)).tolist())
        if rows:
            yield replace(phrase, constraints=(Constraint("row", -1 - column, rows),), score=phrase.score + 1)

    def _number_levels(self) -> tuple[tuple[str, int], ...]:
        """Levels whose labels are all numbers: what the caption names may be what they count."""
        table = self.index.lines.table
        found = []
        for axis, lines in (("row", table.rows), ("column", table.columns)):
            for level in range(len(lines[0].labels) if lines else 0):
                labels = [line.labels[level] for line in lines if line.kind != "aggregate"]
                if len(labels) > 1 and all(label.replace(".", "", 1).isdigit() for label in labels):
                    found.append((axis, level))
        return tuple(found)

    def _labelled(self, axis: str, level: int, number: Number) -> frozenset[int]:
        table = self.index.lines.table
        lines = table.rows if axis == "row" else table.columns
        return frozenset(line.index for line in lines if _is_number(line.labels[level], number))


def _is_number(label: str, number: Number) -> bool:
    try:
        return float(label.replace(",", "")) == float(number.value)
    except ValueError:
        return False


def _whole(number: Number) -> int | None:
    value = number.value
    return int(value) if value == int(value) and number.relation == "=" and number.upper is None else None


def _phrase(ref: Ref, words: Key) -> Phrase:
    if ref.kind == "caption":
        return Phrase(caption=True, aside=ref.share < 1, score=CAPTION)
    if ref.kind == "level":
        return Phrase(kinds=((ref.axis, ref.level),), score=LEVEL * ref.share)
    whole = ref.share >= WITHOUT_BRACKET
    score = 1.0 if ref.share == 1 else ref.share if whole else PART * ref.share
    return Phrase(constraints=(Constraint(ref.axis, ref.level, ref.lines, whole, words),), score=score)


def _best_refs(ways: Sequence[Phrase]) -> list[Phrase]:
    """The ways of one name: parts of labels that lie on one axis and level are one name of all those lines."""
    kept = [w for w in ways if not w.constraints or w.constraints[0].whole]
    by_place: dict[tuple[str, int], list[Phrase]] = {}
    for way in ways:
        if way.constraints and not way.constraints[0].whole:
            by_place.setdefault((way.constraints[0].axis, way.constraints[0].level), []).append(way)
    for (axis, level), parts in by_place.items():
        lines = frozenset(i for w in parts for i in w.constraints[0].lines)
        whole = frozenset(
            i for w in kept for c in w.constraints if (c.axis, c.level) == (axis, level) for i in c.lines
        )
        score = max(w.score for w in parts)
        words = parts[0].constraints[0].words
        kept.append(Phrase(constraints=(Constraint(axis, level, lines | whole, False, words),), score=score))
    return kept


def _best(ways: list[Phrase]) -> list[Phrase]:
    unique = list(dict.fromkeys(ways))
    unique.sort(key=lambda w: -w.score)
    return unique[:MOST]


def merged(one: Phrase, other: Phrase) -> Phrase | None:
    """Both phrases at once; None where their names have no line in common."""
    constraints = list(one.constraints)
    for new in other.constraints:
        same = next((i for i, c in enumerate(constraints) if (c.axis, c.level) == (new.axis, new.level)), None)
        if same is None:
            constraints.append(new)
            continue
        both = constraints[same].lines & new.lines
        if not both:
            return None
        held = constraints[same]
        words = (*held.words, *new.words)
        constraints[same] = Constraint(new.axis, new.level, both, held.whole or new.whole, words)
    for axis in ("row", "column"):
        sets = [c.lines for c in constraints if c.axis == axis]
        if sets and not frozenset.intersection(*sets):
            return None
    return Phrase(
        tuple(constraints),
        (*one.nouns, *other.nouns),
        (*one.kinds, *other.kinds),
        one.quantifier or other.quantifier,
        one.k if one.k is not None else other.k,
        one.n if one.n is not None else other.n,
        one.other or other.other,
        one.back or other.back,
        one.caption or other.caption,
        one.aside or other.aside,
        one.among or other.among,
        one.measured or other.measured,
        one.relation or other.relation,
        one.strict or other.strict,
        one.mean or other.mean,
        one.oriented or other.oriented,
        one.denied or other.denied,
        one.score + other.score,
    )


def _limited(ways: Iterable[Any]) -> Iterator[Any]:
    for count, way in enumerate(ways):
        if count >= MOST * 4:
            return
        yield way


def edges_of(node: Node) -> Iterator[Edge]:
    """The edges a parse used."""
    for _, edge in node.leaves():
        yield edge
