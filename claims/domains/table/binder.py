"""A phrase of the sentence → the lines of the table it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from analysis.numbers import Number
from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.called import all_rivals, calls_one, is_definite_plural, names_rivals
from claims.domains.table.captions import has_behind
from claims.domains.table.joining import combined
from claims.domains.table.kinds_said import is_a_narrower_kind, is_a_number, is_any_kind, is_the_model, names_systems
from claims.domains.table.names import NameIndex
from claims.domains.table.naming import one_name, ways_of
from claims.domains.table.numbered import numbered, whole_number
from claims.domains.table.phrase import Constraint, Group, Phrase, merged, shared
from claims.domains.table.phrase_kinds import (
    counts_its_lines,
    has_measure,
    is_a_step,
    is_origin,
    is_said_aside,
    listed_rivals,
    may_be_measured,
    numeric,
    of_the_kind_beside,
    one_condition,
    one_line,
)
from claims.domains.table.phrase_uses import TRIED, apart, counted, each_of, how_many, rivals, says_exactly, scoped
from claims.domains.table.roles import Role, role_of, transfers
from claims.domains.table.two_senses import counts_runs, is_amount
from claims.domains.table.units import follows_its_unit, kind_of_cost
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import canonical, key_of
from claims.language.chart import Edge, ParseNode
from claims.language.places import says
from claims.language.tokens import Token, stem, tokens_of

MOST = 48
"""Ways of binding one phrase that are kept."""
MEASURES = frozenset({"measure", "size", "time", "count", "rank", "error", "attribute"})
"""Kinds of line that are measured rather than compared."""
COSTS = frozenset({"time"})
"""Nouns that give the kind of the lines that a phrase names."""


@dataclass(slots=True)
class PhraseBinder:
    """Binds phrases over one table.

    Attributes:
        index: names of the table. tokens: of the sentence. done: bindings already made, by parse node.
    """

    index: NameIndex
    tokens: Sequence[Token] = ()
    done: dict[ParseNode, list[Group]] = field(default_factory=dict)

    def groups(self, node: ParseNode) -> list[Group]:
        """Every way of binding a np, side, measure or pp."""
        if node not in self.done:
            self.done[node] = self._groups(node)[:MOST]
        return self.done[node]

    def speaks_of_a_measure(self, phrase: Phrase) -> bool:
        """True if a phrase names a measure rather than a line that is measured."""
        for c in phrase.constraints:
            lines = lines_along(self.index.lines.table, c.axis)
            if any(lines[i].kind not in MEASURES for i in c.lines):
                return False
        return bool(phrase.constraints or phrase.heads or "measure" in phrase.nouns)

    def names_a_kind(self, node: ParseNode) -> bool:
        """True if words name a kind of thing and no line: "the best model", "the best transfer approach"."""
        units = list(node.find("unit"))
        ways = self._units(units) if self._ends_in_a_kind(units[-1]) else []
        return any(not w.named and {"system", "place"} & set(w.nouns) and "rival" not in w.nouns for w in ways)

    def names_places(self, node: ParseNode | None) -> bool:
        """True if words name a kind of place and no system, or there are none: "the only set on which A beats B"."""
        ways = self._units(list(node.find("unit"))) if node is not None else []
        return node is None or any(
            not w.named and not names_systems(self.index, w) and (w.kinds or w.nouns) for w in ways
        )

    def _ends_in_a_kind(self, unit: ParseNode) -> bool:
        """True if the last word is a noun or heads a column of labels: "label noise" is no kind of label."""
        return unit.first("name") is None or any(ref.kind == "level" for ref in unit.first("name").value)

    def _groups(self, node: ParseNode) -> list[Group]:
        match node.rule:
            case "rival" | "contrast":
                return self._rival(node)
            case "measure":
                told = follows_its_unit(self.index.lines, self.tokens, [edge for _, edge in node.leaves()])
                return [g for g in self.groups(node.first("np")) if all(may_be_measured(p) or told for p in g)]
            case "side":
                return self._side(node)
            case "removed" | "removed_first":
                return self._removed(node)
            case "pp" | "onepp" | "place" | "amongst":
                return self._pp(node)
            case "np":
                return self._np(node)
            case "acted":
                return self.groups(node.first("np"))
        return [(way,) for way in self._simple(node)]

    def _np(self, node: ParseNode) -> list[Group]:
        members = [part.first("one") or part for part in node.find("one", "more")]
        listed = combined(*(self._simple(member) for member in members), most=TRIED)
        groups = [way for group in listed for way in shared(group)]
        denied = node.first("deny") is not None
        if node.first("strict") is None and not denied:
            return groups
        return [tuple(replace(p, strict=True, denied=denied) for p in group) for group in groups]

    def _side(self, node: ParseNode) -> list[Group]:
        """The bindings of a side: "the score of A on T". A kind with a name behind it ("a variant of A") is not A."""
        scopes = [self.groups(pp) for pp in node.find("scope")]
        heads: list[Group] = []
        for head in self._source(node) if node.first("via") is not None else self.groups(node.first("np")):
            if scopes and any(not p.named and {"system", "place", "rival"} & set(p.nouns) for p in head):
                continue
            if any(is_said_aside(p) or self._counts(p, scopes) for p in head):
                continue
            if len(head) == 1 and is_the_model(self.index, head[0]):
                heads.append((Phrase(score=head[0].score),))
                continue
            if any(is_any_kind(self.index, p) or (scopes and is_a_number(self.index, p)) for p in head):
                continue
            heads.append(
                tuple(replace(p, measured=True) if self.speaks_of_a_measure(p) or has_measure(p) else p for p in head)
            )
        return scoped(heads, scopes)

    def _counts(self, phrase: Phrase, scopes: Iterable[Sequence[Group]]) -> bool:
        """True if a phrase is a count of systems, "the number of models", which no cell holds."""
        if phrase.named or phrase.heads or "measure" not in phrase.nouns:
            return False
        kinds = (p for groups in scopes for group in groups for p in group if not p.named)
        return any(names_systems(self.index, p) for p in kinds)

    def _rival(self, node: ParseNode) -> list[Group]:
        """The bindings of the right side: a phrase with its own places, or places set against others."""
        top = node.first("top")
        if top is not None:
            ways = self._units(top.find("unit"))
            return [(replace(w, quantifier="all", other=True, strongest=True),) for w in ways if not w.named]
        scopes = [self.groups(pp) for pp in node.find("scope")]
        if node.first("np") is None:
            first, *rest = scopes
            return scoped(first, rest)
        heads = self._source(node) if node.first("via") is not None else self.groups(node.first("np"))
        if names_rivals(self.tokens, node.first("np")):
            heads = [tuple(all_rivals(p) for p in h) for h in heads]
        heads = [h for h in heads if not any(is_any_kind(self.index, p) for p in h)]
        return scoped([h for h in heads if not scopes or all(p.named or p.heads for p in h)], scopes)

    def _source(self, node: ParseNode) -> list[Group]:
        """The bindings of A in "training on A" or "transfer from A" as a source, not as a target."""
        return self._outside(self.groups(node.first("np")), "place")

    def sources(self, groups: list[Group]) -> list[Group]:
        """Groups as sources, where a table tells sources from targets: "A transfers to B"."""
        return self._outside(groups, "place") if transfers(self.index.lines) else groups

    def _outside(self, groups: list[Group], role: Role | None) -> list[Group]:
        """Groups whose names lie on no axis of a role; all groups where there are none."""
        if role is None:
            return groups
        axes = {axis for axis in AXES if role_of(self.index.lines, axis) == role}
        return [g for g in groups if not any(c.axis in axes for p in g for c in p.constraints)] or groups

    def _pp(self, node: ParseNode) -> list[Group]:
        parts = list(node.find("one"))
        if parts:
            return self._several_places(node, parts)
        groups = self.groups(node.first("np"))
        over_all = node.rule == "place" or says(node.first("prep"), "throughout")
        if over_all and is_definite_plural(self.tokens, node.first("np")):
            groups = [tuple(each_of(p) for p in group) for group in groups]
        if self._word_before(node) in word_lists().first_words["joining"] - {"of"}:
            groups = [one_condition(group) for group in groups]
        among = node.first("among")
        if among is not None and self._follows_a_count(among):
            return []
        if among is not None:
            meant = [g for g in groups if all((p.quantifier or not p.named) and not is_said_aside(p) for p in g)]
            return [tuple(rivals(p) for p in g) for g in meant] + [g for group in groups for g in listed_rivals(group)]
        if node.rule != "place" and (node.first("after") is not None or node.first("prep", "num", "among") is None):
            groups = [g for g in groups if all(p.named and not p.caption and not numeric(p) for p in g)]
        number = node.first("num")
        if number is None:
            return self._place(node, groups + [each for group in groups for each in self._each_label(group)])
        single = [group[0] for group in groups if len(group) == 1]
        return [(way,) for phrase in single for way in numbered(self.index.lines, phrase, number.value)]

    def _follows_a_count(self, among: Edge) -> bool:
        """True if the phrase behind "of" is counted, "the highest number of sets", and does not name rivals."""
        before = self.tokens[among.start - 1].folded if among.start else ""
        return self.tokens[among.start].folded == "of" and before in word_lists().counted

    def _each_label(self, group: Group) -> Iterator[Group]:
        """The labels of "both datasets", one phrase each, where data sets are one of several levels of labels."""
        phrase = group[0]
        if len(group) > 1 or phrase.quantifier != "all" or phrase.named or phrase.other or phrase.among:
            return
        for axis, level in phrase.kinds:
            labels: dict[str, set[int]] = {}
            for line in lines_along(self.index.lines.table, axis):
                if len(line.labels) > 1 and line.labels[level]:
                    labels.setdefault(line.labels[level], set()).add(line.index)
            if len(labels) > 1 and phrase.n in (None, len(labels)) and max(map(len, labels.values())) > 1:
                found = (
                    Constraint(axis, level, frozenset(lines), words=key_of(text)) for text, lines in labels.items()
                )
                yield tuple(Phrase(constraints=(one,), score=phrase.score, strict=True) for one in found)

    def _several_places(self, node: ParseNode, parts: Sequence[ParseNode]) -> list[Group]:
        """The bindings of "on A and on B", with a phrase for each place."""
        ways = combined(*(self.groups(part) for part in parts), most=TRIED)
        flat = [tuple(p for group in way for p in group) for way in ways]
        strict = node.first("strict") is not None
        return [tuple(replace(p, strict=True) for p in group) for group in flat] if strict else flat

    def _place(self, node: ParseNode, groups: list[Group]) -> list[Group]:
        prep, word, first = node.first("prep"), self._word_before(node), word_lists().first_words
        if prep is not None and transfers(self.index.lines):
            groups = self._outside(
                groups, "place" if word in first["moving"] else "system" if word in first["tested"] else None
            )
        elif word in first["moving"]:
            groups = [
                g for g in groups if all(p.quantifier or not p.named or is_origin(self.index.lines, p) for p in g)
            ]
        if prep is not None and any(t.folded in first["trained"] for t in self.tokens[prep.start : prep.end]):
            groups = [g for g in groups if all(self._is_trained_on(c) for p in g for c in p.constraints)]
        if word not in first["joining"]:
            groups = [tuple(apart(p) for p in g) for g in groups]
        if word == "of":
            groups = [g for g in groups if not any(is_said_aside(p) for p in g)]
        sets = self._sets_a_number(node)
        return [g for g in groups if all(p.says_where or sets or (word == "of" and p.kinds) for p in g)]

    def _sets_a_number(self, node: ParseNode) -> bool:
        """True if a place is a setting that the caption names, with its number behind: "at a threshold of 0.6"."""
        edges = sorted((edge for _, edge in node.leaves()), key=lambda edge: edge.end)
        last = edges[-1]
        behind = self.tokens[last.end : last.end + 2]
        numbered = len(behind) == 2 and behind[0].folded == "of" and behind[1].text[0].isdigit()
        told = (canonical(token.folded) for token in tokens_of(self.index.lines.table.caption))
        return numbered and canonical(self.tokens[last.end - 1].folded) in told

    def _word_before(self, node: ParseNode) -> str:
        """The first word of the preposition of a place; "" where it has none."""
        prep = node.first("prep")
        return self.tokens[prep.start].folded if prep is not None else ""

    def _is_trained_on(self, constraint: Constraint) -> bool:
        """True if a name is that of a source: it lies on an axis of sources, or under a header of training."""
        if constraint.level < 0:
            return True
        table = self.index.lines.table
        levels = table.row_levels if constraint.axis == "row" else table.column_levels
        header = key_of(levels[constraint.level]) if constraint.level < len(levels) else ()
        headed = {"training", "source", "trained", "pretraining"}.intersection(header)
        return bool(headed) or role_of(self.index.lines, constraint.axis) == "system"

    def _removed(self, node: ParseNode) -> list[Group]:
        """The bindings of a place such as "without attention", where a line has that name."""
        phrase = node.first("np").first("one")
        kind = phrase.first("kind")
        if kind is not None and not any(not way.named and (way.kinds or way.nouns) for way in self._unit(kind)):
            return []
        return [(way,) for way in one_name(self.index, (), phrase.first("unit").first("name"))]

    def _simple(self, node: ParseNode) -> list[Phrase]:
        quantified = node.first("quant")
        if quantified is not None:
            ways = self._quantified(quantified)
            return [replace(w, back=True) for w in ways] if node.first("that") is not None else ways
        ways = self._units(node.find("unit"))
        first = next((part for _, part in node.parts if isinstance(part, Edge)), None)
        if first is not None and self.tokens[first.start].folded in word_lists().first_words["own"]:
            ways = [way for way in ways if not is_said_aside(way)]
        return [replace(w, back=True) for w in ways] if node.first("that") is not None else ways

    def _quantified(self, node: ParseNode) -> list[Phrase]:
        ways = self._units(node.find("unit"))
        bound, k = node.first("bound"), node.first("k")
        many = bound if bound is not None else k
        exactly = node.first("exact") is not None or (many is not None and says_exactly(self.tokens[many.start]))
        if bound is not None:
            return counted(self.index, ways, bound.value, exactly=exactly)
        word, other, number = node.first("q"), node.first("other") is not None, node.first("num")
        if word is None and number is not None and not other:
            ways = [way for way in ways if self._are_several(way, node)]
        n = node.first("n")
        whole = "all" if other or number is not None else "count" if k is not None else ""
        quantifier = word.value["quantifier"] if word is not None else whole
        count = whole_number(number.value) if number is not None else word.value.get("n") if word is not None else None
        if number is not None and count is None:
            return []
        total = whole_number(n.value) if n is not None else count
        counts = how_many(k.value, exactly=exactly) if k is not None else [(None, "")]
        made = [
            replace(w, quantifier=quantifier, other=other, k=first, n=total, relation=how)
            for w in ways
            for first, how in counts
        ]
        return [way for way in made if counts_its_lines(way) and not is_a_narrower_kind(self.index, self.tokens, node)]

    def _are_several(self, phrase: Phrase, node: ParseNode) -> bool:
        """True if "the two data sets" counts a kind of thing: "the 2 layer model" and "the 5% drops" do not."""
        number: Number = node.first("num").value
        last = self.tokens[max(edge.end for _, edge in node.leaves()) - 1].folded
        return not phrase.named and not number.unit and not number.signed and stem(last) != last

    def _units(self, units: Iterable[ParseNode]) -> list[Phrase]:
        """The bindings of all words of a phrase together, best first."""
        units = list(units)
        if len(units) > 1 and any(self._is_a_label(unit) for unit in units):
            return []
        ways = [Phrase()]
        for unit in units:
            pairs = combined(ways, self._unit(unit), most=TRIED)
            both = [way for one, other in pairs if (way := merged(one, other)) is not None]
            ways = sorted(dict.fromkeys(both), key=lambda way: -way.score)[:MOST]
        plain = [way for way in ways if not (way.plural and one_line(way)) or is_a_step(self.index.lines, way)]
        kept = of_the_kind_beside([way for way in plain if self._is_of_its_kind(way)])
        told = self._ends_in_things(units[1:]) or self._is_called_so(units)
        return [way for way in kept if told or self._adds_no_kind(way)]

    def _adds_no_kind(self, phrase: Phrase) -> bool:
        """True if words of the caption belong to a head: "the small models", not "small BERT" where all are small."""
        if not (phrase.caption and phrase.named) or phrase.heads or phrase.nouns or phrase.kinds:
            return True
        return self.speaks_of_a_measure(phrase)

    def _ends_in_things(self, units: Sequence[ParseNode]) -> bool:
        """True if the last word is in the plural in the caption: "shear transformation" of "transformations"."""
        name = units[-1].first("name") if units else None
        if name is None or name.end - name.start > 1 or any(ref.kind != "caption" for ref in name.value):
            return False
        return canonical(self.tokens[name.start].folded) in self.index.things

    def _is_a_label(self, unit: ParseNode) -> bool:
        """True if a noun beside a name is also the name of a line, which would be lost: "signal features"."""
        head = unit.first("head")
        word = canonical(self.tokens[head.end - 1].folded) if head is not None else ""
        return bool(word) and any(ref.kind == "lines" for ref in self.index.wholes_of((word,)))

    def _is_called_so(self, units: Sequence[ParseNode]) -> bool:
        """True if the caption puts the last word behind the name of a line, too."""
        names = [unit.first("name") for unit in units[-2:]]
        if len(names) < 2 or any(name is None for name in names) or names[1].end - names[1].start > 1:
            return False
        line, word = (any(ref.kind == "lines" for ref in name.value) for name in names)
        said = (self.tokens[name.end - 1].folded for name in names)
        return line and not word and has_behind(self.index.lines.table.caption, *said)

    def _is_of_its_kind(self, phrase: Phrase) -> bool:
        """True if a phrase that ends in "time" names lines of that kind."""
        kinds = COSTS.intersection(phrase.nouns)
        lines = self.index.lines.table
        measured = [{kind_of_cost(lines_along(lines, c.axis)[i]) for i in c.lines} for c in phrase.constraints]
        return not kinds or any(found <= kinds for found in measured)

    def _unit(self, unit: ParseNode) -> list[Phrase]:
        name, number, head = unit.first("name"), unit.first("num"), unit.first("head")
        if unit.rule == "called" and not calls_one(self.index.lines.table, self.tokens, unit):
            return []
        if head is not None:
            last = self.tokens[head.end - 1].folded
            several = head.value["noun"] == "system" and last.endswith("s") and not head.value.get("many")
            nouns = (head.value["noun"], *([head.value["of"]] if "of" in head.value else []))
            oriented = bool(head.value.get("oriented"))
            heads = oriented or last in word_lists().scores
            return [Phrase(nouns=nouns, oriented=oriented, heads=heads, plural=several)]
        mean = unit.first("mean")
        if mean is not None:
            averages = canonical(self.tokens[mean.start].folded) in self.index.forms.caption
            return [Phrase(mean=True), *([Phrase()] if averages else [])]
        if name is None:
            return [Phrase()]
        if number is None:
            return one_name(self.index, self.tokens, name)
        if is_amount(self.tokens, number.start) or counts_runs(self.tokens, number, name):
            return []
        ways = ways_of(self.index, self.tokens, name)
        return [
            valued
            for way in ways
            for valued in numbered(self.index.lines, way, number.value, counted=number.start < name.start)
        ]
