"""What a sentence states beside its main statement: "the question answering task BUCC", "…, as it is now the best"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.assertion import Fact, Formula, UniqueBest
from claims.domains.registry.binder import leaves_of
from claims.language.chart import Edge, ParseNode

NAMED = ("RUN", "TARGET")


def asides(parse: ParseNode, *, kinds: bool = True) -> tuple[Formula, ...] | None:
    """The statements beside the main one, in order; None where one speaks of "it" and nobody can say of what.

    Args:
        parse: of the sentence.
        kinds: whether the sentence names a kind of task at all.
    """
    found: list[Formula] = list(dict.fromkeys(_kinds(parse))) if kinds else []
    reason = parse.first("body").first("reason")
    if reason is not None:
        models = {edge.value for edge in leaves_of(parse) if edge.symbol == "MODEL"}
        if len(models) != 1 or not _starts(parse):
            return None
        found.append(UniqueBest(str(models.pop())))
    return tuple(found)


def _starts(parse: ParseNode) -> bool:
    """Whether the only clause says which model a study starts from: then "it" is that model."""
    fact = parse.first("body").first("first").first("fact")
    return isinstance(fact, ParseNode) and isinstance(fact.parts[0][1], ParseNode) and fact.parts[0][1].rule == "start"


def _kinds(parse: ParseNode) -> Iterator[Formula]:
    """As in "the question answering task BUCC": BUCC is one of question answering."""
    for node in parse.below():
        kind = node.first("aside")
        if isinstance(kind, Edge) and kind.symbol == "KIND":
            yield from (Fact(n.value, "kind", (kind.value,)) for n in node.find("name") if n.symbol in NAMED)
