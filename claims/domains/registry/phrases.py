"""Phrases of a parse → what they name: runs, targets, models, languages, metrics and splits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from analysis.numbers import Number as Written
from analysis.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary
from claims.assertion import Domain
from claims.domains.registry.bundles import NOTHING, Bundle, together
from claims.domains.registry.parts import Category, Those
from claims.language.chart import Edge, Node

Maybe = Bundle | None


@dataclass
class Binder:
    """Reads phrases over one vocabulary; None is a phrase whose names do not belong together."""

    words: Vocabulary
    done: dict[Node, Maybe] = field(default_factory=dict)

    def of(self, nodes: Iterable[Node | Edge]) -> Maybe:
        """What several phrases name together."""
        return together(*(self.bundle(node) for node in nodes))

    def bundle(self, node: Node | Edge) -> Maybe:
        """What one phrase names."""
        if isinstance(node, Edge):
            return self._edge(node)
        if node not in self.done:
            read = READERS.get(node.rule)
            self.done[node] = read(self, node) if read is not None else self.of(part for _, part in node.parts)
        return self.done[node]

    def _edge(self, edge: Edge) -> Bundle:
        place = edge.start
        match edge.symbol:
            case "RUN":
                return Bundle(runs=Those("run", (edge.value,), place=place))
            case "TARGET":
                return Bundle(targets=Those("target", (edge.value,), place=place))
            case "BENCH":
                return Bundle(targets=Those("target", domain=_targets(benchmark=edge.value), place=place))
            case "MODEL":
                return Bundle(models=Those("model", (edge.value,), place=place))
            case "LANG":
                return Bundle(languages=Those("language", (edge.value,), place=place))
            case "METRIC":
                return Bundle(metrics=(edge.value,), measured=True)
            case "split":
                return Bundle(split=edge.value["split"])
            case "avg" | "onavg":
                return Bundle(average=True)
            case "perf":
                return Bundle(measured=True)
            case "without":
                return Bundle(runs=Those("run", (BASELINE,), place=place))
            case "mlm":
                return Bundle(method="mlm")
        return NOTHING

    # ------------------------------------------------------------------------------ lists

    def _list(self, node: Node) -> Maybe:
        """As in "A, B and C": one phrase with all its members; a metric must be that of the last or of all."""
        nodes = [*node.find("one"), *(m.first("one") for m in node.find("more"))]
        nodes.sort(key=_start)
        bundles = [self.bundle(n) for n in nodes]
        if len(bundles) == 1:
            return bundles[0]
        if any(b is None for b in bundles):
            return None
        whole = _joined([b for b in bundles if b is not None])
        neither = node.first("neither")
        return whole if neither is None or whole is None else replace(whole, negated=neither.start)

    def _only(self, node: Node) -> Maybe:
        inner = self.bundle(node.first("runs", "what"))
        if inner is None or node.first("only") is None:
            return inner
        return replace(inner, only="run" if node.rule == "who" else "target")

    # ------------------------------------------------------------------------------- runs

    def _named(self, node: Node) -> Maybe:
        """A named intermediate task, alone or "A, then B"; "English" before it says nothing, another language does."""
        names = list(node.find("name"))
        if not self._in_english(node):
            return None
        place = names[0].start
        return Bundle(runs=Those("run", (">".join(n.value for n in names),), place=place))

    def _in_english(self, node: Node) -> bool:
        return all(e.value == "en" for _, e in node.leaves() if e.symbol == "LANG")

    def _base(self, node: Node) -> Maybe:
        return Bundle(runs=Those("run", (BASELINE,), place=_start(node)))

    def _multi(self, node: Node) -> Maybe:
        if not self._all_of_them(node):
            return None
        return Bundle(runs=Those("run", (MULTITASK,), place=_start(node)))

    def _all_of_them(self, node: Node) -> bool:
        counts = [e.value for _, e in node.leaves() if e.symbol == "NUM"]
        nine = len(self.words["intermediate"])
        return all(n.relation == "=" and whole_number(n) == nine for n in counts)

    def _best(self, node: Node) -> Maybe:
        rest = self.of(n for n in node.find("bench"))
        return rest and replace(rest, runs=Those("run", (BEST_PER_TARGET,), place=_start(node)))

    def _method(self, node: Node) -> Maybe:
        """MLM or translation: of the tasks in general, or of a named one."""
        symbols = [e.symbol for _, e in node.leaves()]
        method = "mlm" if "mlm" in symbols else "translated"
        named = node.first("name")
        added = "adding" in symbols
        if named is not None:
            return Bundle(runs=Those("run", (named.value,), method=method, place=named.start, added=added))
        if not self._in_english(node):
            return None
        return Bundle(runs=Those("run", domain=Domain("intermediates"), method=method, place=_start(node)))

    def _general(self, node: Node) -> Maybe:
        if not self._in_english(node):
            return None
        return Bundle(runs=Those("run", domain=Domain("intermediates"), place=_start(node)))

    def _topone(self, node: Node) -> Maybe:
        return Bundle(runs=Those("run", domain=Domain("intermediates"), how="max", place=_start(node)))

    def _somerun(self, node: Node) -> Maybe:
        kind = node.first("kind")
        without = self._without(node, "runs")
        if without is None or not self._in_english(node):
            return None
        domain = Domain("intermediates", kind=kind.value if kind is not None else None, without=without)
        those = self._quantified(node, "run", domain)
        return None if those is None else Bundle(runs=those, negated=_denied_at(those))

    # ---------------------------------------------------------------------------- targets

    def _target(self, node: Node) -> Maybe:
        some = node.first("some")
        if some is not None:
            return self.bundle(some)
        rest = self.of(part for label, part in node.parts if label not in ("general", "kind", "bench"))
        if rest is None:
            return None
        kind, bench = node.first("kind"), node.first("bench")
        if node.first("general") is None and bench is None:
            return rest
        domain = _targets(kind.value if kind is not None else None, bench.value if bench is not None else None)
        place = node.first("general", "bench").start
        return replace(rest, targets=Those("target", domain=domain, place=place))

    def _sometarget(self, node: Node) -> Maybe:
        kind, bench = node.first("kind"), node.first("bench")
        without = self._without(node, "names")
        if without is None:
            return None
        domain = _targets(kind.value if kind is not None else None, bench.value if bench is not None else None, without)
        those = self._quantified(node, "target", domain)
        return None if those is None else Bundle(targets=those, negated=_denied_at(those))

    def _without(self, node: Node, label: str) -> tuple[str, ...] | None:
        """The names left out; None where they are no plain names."""
        left_out = node.first("exc")
        if left_out is None:
            return ()
        inner = self.bundle(left_out.first(label))
        those = None if inner is None else inner.runs if label == "runs" else inner.targets
        if inner is None or those is None or inner.metrics or those.method != "plain" or not those.members:
            return None
        return tuple(sorted(those.members))

    def _somelang(self, node: Node) -> Maybe:
        those = self._quantified(node, "language", Domain("languages"))
        return None if those is None or node.first("n") is not None else Bundle(languages=those)

    def _quantified(self, node: Node, category: Category, domain: Domain) -> Those | None:
        """The quantifier of a phrase such as "almost every target" or "7 of 9 targets"."""
        q, k, n = node.first("q"), node.first("k", "bare", "all"), node.first("n")
        size = None if category == "language" else self.size(domain)
        whole = node.first("all") or n
        if whole is not None and (whole.value.relation != "=" or whole_number(whole.value) != size):
            return None
        place = _start(node)
        if node.first("allbut") is not None:
            return Those(category, domain=domain, quantifier="count=", number=Decimal((size or 0) - 1), place=place)
        if q is not None:
            word = q.value["quantifier"]
            if word == "not-all":
                return Those(category, domain=domain, quantifier="all", place=place + 1, denied=True)
            literal = any(e.symbol == "q" and _literal(e, self) for _, e in node.leaves())
            return Those(category, domain=domain, quantifier=word, place=place, literal=literal)
        return None if k is None else _counted(k, size, Those(category, domain=domain, place=place))

    def size(self, domain: Domain) -> int:
        """How many tasks a domain of intermediates or targets holds."""
        words = self.words
        if domain.base == "targets":
            names = words.targets_of(domain.benchmark or "xtreme")
            kinds = {name: words.kinds_above(words["target"][name].facts["kind"]) for name in names}
            return sum(domain.kind in {None, *kinds[name]} and name not in domain.without for name in names)
        names = words.tasks_of_kind("intermediate", domain.kind) if domain.kind else tuple(words["intermediate"])
        return sum(name not in domain.without for name in names)

    # -------------------------------------------------------------------------- adjuncts

    def _adj(self, node: Node) -> Maybe:
        symbols = {part.symbol for _, part in node.parts if isinstance(part, Edge)}
        if "overbase" in symbols:
            return Bundle(over=True)
        metrics = [e for _, e in node.leaves() if e.symbol == "METRIC"]
        if "metricin" in symbols and metrics:
            return Bundle(metrics=tuple(dict.fromkeys(e.value for e in metrics)), measured=True)
        return self.of(part for _, part in node.parts)


def _denied_at(those: Those) -> int | None:
    """Where "not all" denies."""
    return those.place - 1 if those.denied else None


def _counted(k: Edge, size: int | None, those: Those) -> Those | None:
    number: Written = k.value
    count = whole_number(number)
    relations = {
        "=": ("count=", 0),
        ">=": ("count>=", 0),
        ">": ("count>=", 1),
        "<": ("count<=", -1),
        "<=": ("count<=", 0),
    }
    bounded = number.upper is not None or number.plus_minus is not None or number.near or number.reached or number.unit
    if count is None or bounded or number.relation not in relations:
        return None
    if number.relation == "=" and count == size:
        return replace(those, quantifier="all")
    quantifier, shift = relations[number.relation]
    return replace(those, quantifier=quantifier, number=Decimal(count + shift))  # type: ignore[arg-type]


def whole_number(number: Written) -> int | None:
    """The value of a whole number, None of another."""
    plain = number.upper is None and number.plus_minus is None and not number.unit and not number.near
    return int(number.value) if plain and number.value == int(number.value) else None


def _targets(kind: str | None = None, benchmark: str | None = None, without: Sequence[str] = ()) -> Domain:
    return Domain("targets", kind=kind, benchmark=None if benchmark == "xtreme" else benchmark, without=tuple(without))


def _literal(edge: Edge, binder: Binder) -> bool:
    return edge.end - edge.start >= 1 and edge.value.get("each", False)


def _joined(bundles: Sequence[Bundle]) -> Maybe:
    """Coordinated phrases as one: members of one role, the rest shared."""
    metrics = {b.metrics for b in bundles}
    last = bundles[-1].metrics
    if len(metrics) > 1 and not (metrics == {(), last} and all(not b.metrics for b in bundles[:-1])):
        return None
    if len({b.split for b in bundles}) > 1 or any(b.negated is not None or b.only for b in bundles):
        return None
    filled = {}
    for role in ("runs", "targets", "languages", "models"):
        those = [getattr(b, role) for b in bundles]
        if not any(those):
            continue
        if not all(t is not None and t.members for t in those) or len({t.method for t in those}) > 1:
            return None
        members = tuple(dict.fromkeys(m for t in those for m in t.members))
        filled[role] = replace(those[0], members=members)
    if len(filled) != 1 or any(b.average for b in bundles):
        return None
    return replace(bundles[-1], **filled)


def _start(node: Node | Edge) -> int:
    return node.start if isinstance(node, Edge) else min((e.start for _, e in node.leaves()), default=0)


Reader = Callable[[Binder, Node], Maybe]
READERS: dict[str, Reader] = {
    "runs": Binder._list, "whats": Binder._list, "langs": Binder._list, "models": Binder._list,
    "targetnames": Binder._list, "who": Binder._only, "whatonly": Binder._only, "named": Binder._named,
    "base": Binder._base, "multi": Binder._multi, "best": Binder._best, "method": Binder._method,
    "general": Binder._general, "somerun": Binder._somerun, "target": Binder._target,
    "sometarget": Binder._sometarget, "somelang": Binder._somelang, "topone": Binder._topone, "adj": Binder._adj,
}  # fmt: skip


def start_of(node: Node | Edge) -> int:
    """Place of the first token of a phrase."""
    return _start(node)


def leaves_of(node: Any) -> Iterator[Edge]:
    """The edges below a node, or the edge itself."""
    if isinstance(node, Edge):
        yield node
        return
    for _, edge in node.leaves():
        yield edge
