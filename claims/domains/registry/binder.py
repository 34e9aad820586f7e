"""Binds the phrases of a parse to names: single names here, whole phrases by the readers of their rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from analysis.registry.vocabulary import BASELINE, Vocabulary
from claims.assertion import Domain
from claims.domains.registry.bundles import NOTHING, PhraseBindings, together
from claims.domains.registry.parts import Category, NounPhrase
from claims.language.chart import Edge, ParseNode

Maybe = PhraseBindings | None
Reader = Callable[["Binder", ParseNode], Maybe]
NAMED: dict[str, Category] = {"RUN": "run", "TARGET": "target", "MODEL": "model", "LANG": "language"}
ROLES = {"run": "runs", "target": "targets", "model": "models", "language": "languages"}
SAID = {
    "avg": PhraseBindings(average=True),
    "averagesv": PhraseBindings(average=True),
    "onavg": PhraseBindings(average=True),
    "onavgw": PhraseBindings(average=True),
    "perf": PhraseBindings(measured=True),
    "mlm": PhraseBindings(method="mlm"),
    "withtrans": PhraseBindings(method="translated"),
}
"""Symbol of a word → the binding it makes by itself."""


@dataclass
class Binder:
    """Binds phrases to names of one vocabulary; None for a phrase whose names do not belong together.

    Attributes:
        words: the vocabulary.
        readers: rule of the grammar → its reader; a node of any other rule merges the bindings of its parts.
        done: bindings already made, by parse node.
    """

    words: Vocabulary
    readers: Mapping[str, Reader]
    done: dict[ParseNode, Maybe] = field(default_factory=dict)

    def of(self, nodes: Iterable[ParseNode | Edge]) -> Maybe:
        """The merged bindings of several phrases; None where they clash."""
        return together(*(self.bundle(node) for node in nodes))

    def bundle(self, node: ParseNode | Edge) -> Maybe:
        """The bindings of one phrase or name."""
        if isinstance(node, Edge):
            return of_edge(node)
        if node not in self.done:
            read = self.readers.get(node.rule)
            self.done[node] = read(self, node) if read is not None else self.of(part for _, part in node.parts)
        return self.done[node]


def of_edge(edge: Edge) -> PhraseBindings:
    """The bindings of a single name or word; empty where it binds nothing."""
    category = NAMED.get(edge.symbol)
    if category is not None:
        return PhraseBindings(**{ROLES[category]: NounPhrase(category, (edge.value,), place=edge.start)})  # type: ignore[arg-type]
    match edge.symbol:
        case "BENCH":
            return PhraseBindings(
                targets=NounPhrase("target", domain=targets_domain(benchmark=edge.value), place=edge.start)
            )
        case "METRIC":
            return PhraseBindings(metrics=(edge.value,), measured=True)
        case "split":
            return PhraseBindings(split=edge.value["split"])
        case "without":
            return PhraseBindings(runs=NounPhrase("run", (BASELINE,), place=edge.start))
    return SAID.get(edge.symbol, NOTHING)


def targets_domain(kind: str | None = None, benchmark: str | None = None, without: tuple[str, ...] = ()) -> Domain:
    """The targets of a benchmark; XTREME where none is named."""
    return Domain("targets", kind=kind, benchmark=None if benchmark == "xtreme" else benchmark, without=without)


def start_of(node: ParseNode | Edge) -> int:
    """Place of the first token of a phrase."""
    return node.start if isinstance(node, Edge) else min((e.start for _, e in node.leaves()), default=0)


def leaves_of(node: ParseNode | Edge) -> Iterator[Edge]:
    """The edges below a node, or the edge itself."""
    if isinstance(node, Edge):
        yield node
        return
    for _, edge in node.leaves():
        yield edge
