"""Comparisons that one clause makes without saying each: with one rival, of two settings, of two places."""

from __future__ import annotations

from claims.language.chart import Edge, Node
from claims.language.places import says


def with_one_rival(coupled: Node) -> list[Node]:
    """The comparisons of "A has a higher M and a lower L than B": each with the subject, the rival and what follows.

    In "A beats B with more layers" A may have them, or B.
    """
    if any(says(edge, "loose") for _, edge in coupled.parts):
        words = [part.first("rel") for part in coupled.find("part")]
        if words[-1] is None or words[-1].value.get("relation") != "<":
            return [Node("clause", (("compare", Node("compare", ())),))]
    shared = [part for part in coupled.parts if part[0] in ("left", "right", "tail")]
    return [
        Node("clause", (("compare", Node("compare", (shared[0], *part.parts, *shared[1:]))),))
        for part in coupled.find("part")
    ]


def moved(move: Node) -> Node:
    """A rise from one place to another, as a comparison of the two: "unemployment fell from 2010 to 2020"."""
    verb = move.first("rel")
    rel = Edge(verb.start, verb.end, verb.symbol, {"relation": ">" if verb.value["direction"] == "rise" else "<"})
    after, before = (Node("place", (("np", move.first(end)),)) for end in ("after", "before"))
    right = Node("contrast", (("scope", before),))
    kept = [part for part in move.parts if part[0] in ("tail", "amount")]
    parts = (("left", move.first("left")), ("rel", rel), ("scope", after), ("right", right), *kept)
    return Node("clause", (("compare", Node("compare", parts)),))


def shifted(shift: Node) -> Node:
    """What happens as a setting goes from one number to another, as a comparison of the two settings."""
    fall, verb, low, high = (shift.first(label) for label in ("fall", "beat", "low", "high"))
    way = (shift.first("moves").value or {}).get("direction")
    if way is not None and (way == "rise") != (low.value.value < high.value.value):
        return Node("clause", (("compare", Node("compare", ())),))  # nothing rises from 50 to 5
    if fall is not None:
        relation = ">" if fall.value["direction"] == "rise" else "<"
        verb = Edge(fall.start, fall.end, fall.symbol, {"relation": relation})
    after, before = (_set_to(shift.first("name"), number) for number in (high, low))
    sides = (("left", Node("side", (("np", after),))), ("beat", verb), ("right", Node("rival", (("np", before),))))
    rest = [part for part in shift.parts if part[0] in ("object", "tail")]
    return Node("clause", (("compare", Node("compare", (*sides, *rest))),))


def _set_to(name: Edge, number: Edge) -> Node:
    """A name with its number as a phrase: "K = 10"."""
    unit = Node("nameunit", (("name", name), ("num", number)))
    return Node("np", (("one", Node("simple", (("unit", unit),))),))
