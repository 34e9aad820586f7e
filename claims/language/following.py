"""Clauses that take their subject, measure or place from the clause before them."""

from __future__ import annotations

from claims.language.chart import Edge, ParseNode
from claims.language.places import is_placed, says

NOTHING_SAID = ParseNode("clause", (("compare", ParseNode("compare", ())),))
"""An empty clause, which no domain turns into an assertion."""


def beside(before: ParseNode, beating: ParseNode) -> ParseNode:
    """A comparison that continues a clause, with its subject and scopes: "scores 28.8 on X, outperforming B"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    left, odd = body.first("left"), body.first("pair", "alone", "more") is not None
    if left is None or label not in ("value", "compare", "superlative") or odd:
        return NOTHING_SAID
    sups = [one for sup in body.find("sups") for one in sup.find("one")]
    scopes = [scope for part in (body, *sups) for scope in part.find("measure", "scope")]
    scopes += [tail.first("scope") for tail in body.find("tail") if tail.first("scope") is not None]
    places = [("scope", scope) for scope in scopes] if not is_placed(beating) else []
    return ParseNode("clause", (("compare", ParseNode("compare", (("left", left), *places, *beating.parts))),))


def next_in_order(before: ParseNode, side: ParseNode) -> ParseNode:
    """A superlative for the second in a ranking whose first the clause before names: "…, followed by B"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    ranked = [part for _, part in body.leaves() if _counts_first(part)] if label == "superlative" else []
    who = [label for label, _ in body.parts if label in ("left", "winner")]
    if len(ranked) != 1 or len(who) != 1 or body.first("neg", "own", "holder") is not None:
        return NOTHING_SAID
    parts = ((label, side if label in who else _second(part)) for label, part in body.parts)
    return ParseNode("clause", (("superlative", ParseNode("superlative", tuple(parts))),))


def first_before(before: ParseNode, side: ParseNode) -> ParseNode:
    """A superlative for the first in a ranking whose second the clause before names: "A is second best, behind B".

    Nothing of "behind B on X", which is the place of both, nor of "next best after B", who need not be first.
    """
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    ranks = [part.value["rank"] for _, part in body.leaves() if part.symbol in ("rankword", "ranks")]
    who = [label for label, _ in body.parts if label in ("left", "winner")]
    odd = body.first("neg", "own", "holder") is not None or len(side.first("np").parts) > 1
    odd |= any(says(part, "next") for _, part in body.leaves()) or any(node.rule == "pp" for node in side.below())
    if label != "superlative" or ranks != [2] or len(who) != 1 or odd:
        return NOTHING_SAID
    parts = ((label, side if label in who else _first(part)) for label, part in body.parts)
    return ParseNode("clause", (("superlative", ParseNode("superlative", tuple(parts))),))


def _first(part: Edge | ParseNode) -> Edge | ParseNode:
    """A superlative with the first place for the second, and without its number."""
    if isinstance(part, Edge):
        return Edge(part.start, part.end, part.symbol, {**part.value, "rank": 1}) if part.symbol == "ranks" else part
    kept = tuple((label, _first(inner)) for label, inner in part.parts if label not in ("valued", "rankword"))
    return ParseNode(part.rule, kept)


def _counts_first(edge: Edge) -> bool:
    """True if a word names the first of an order: "highest", "ranks first"."""
    place = edge.symbol == "superlative_word" or (edge.symbol in ("ranks", "leads") and says(edge, "rank"))
    return place and edge.value.get("rank", 1) == 1


def _second(part: Edge | ParseNode) -> Edge | ParseNode:
    """A superlative with the second place for the first, and without the number of the first."""
    if isinstance(part, Edge):
        return Edge(part.start, part.end, part.symbol, {**part.value, "rank": 2}) if _counts_first(part) else part
    kept = tuple((label, _second(inner)) for label, inner in part.parts if label != "valued")
    counted = [inner for _, inner in kept if isinstance(inner, Edge) and inner.symbol == "superlative_word"]
    if part.rule != "sup" or not counted:
        return ParseNode(part.rule, kept)
    return ParseNode("sup", (*kept, ("rankword", counted[0])))


def of_the_value(before: ParseNode, related: ParseNode) -> ParseNode:
    """The comparison behind a number, "…, which is higher than that of B", by what that number is of."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    measure, left = body.first("measure"), body.first("left")
    odd = body.first("alone", "pair", "more", "neg", "span", "sup", "where") is not None
    if label != "value" or left is None or odd:
        return NOTHING_SAID
    if measure is None and left.first("scope") is None and related.first("amount") is None:
        return NOTHING_SAID  # of "A scores 70" it is not said what the 70 is of
    places = (("scope", tail.first("scope")) for tail in body.find("tail") if tail.first("scope") is not None)
    own = (("scope", scope) for scope in body.find("scope"))
    told = (("measure", measure),) if measure is not None else ()
    parts = (("left", left), *told, *places, *own, *related.parts)
    return ParseNode("clause", (("compare", ParseNode("compare", parts)),))


def topping(before: ParseNode, said: ParseNode) -> ParseNode:
    """The rank of the number just said, by what that number is of: "…, which is the highest among all models"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    left, odd = body.first("left"), body.first("rel", "neg", "sup", "alone", "pair", "more", "span", "where")
    if label != "value" or left is None or odd is not None:
        return NOTHING_SAID
    one = ParseNode("supone", (*(p for p in body.parts if p[0] == "measure"), *said.parts))
    verb = tuple(p for p in body.parts if isinstance(p[1], Edge) and p[1].symbol == "have")
    parts = (("left", left), *verb, ("sups", ParseNode("sups", (("one", one),))), *_places_of(body))
    return ParseNode("clause", (("superlative", ParseNode("superlative", parts)),))


def of_another(before: ParseNode, other: ParseNode) -> ParseNode:
    """The number of another subject, with the measure and scope before: "A scores 93 on X, compared to 91 for B"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    if label != "value" or body.first("rel", "beat", "neg", "where", "sup") is not None:
        return NOTHING_SAID
    left = ParseNode("side", (("np", other.first("np")),))
    said = ParseNode("clause", (("value", ParseNode("value", (("left", left), ("amount", other.first("amount"))))),))
    return at_the_same(before, said) if body.first("left") is not None else NOTHING_SAID


def holding(before: ParseNode, held: ParseNode) -> ParseNode:
    """A number or rank of the subject of a comparison, at its scopes: "A beats B on X, achieving an F1 of 93"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    left = body.first("left")
    if label != "compare" or left is None or body.first("neg", "apart") is not None:
        return NOTHING_SAID
    places = [] if is_placed(held) else _places_of(body)
    rule = "superlative" if held.first("sups") is not None else "value"
    return ParseNode("clause", ((rule, ParseNode(rule, (("left", left), *held.parts, *places))),))


def _places_of(body: ParseNode) -> list[tuple[str, ParseNode]]:
    """The scopes of a clause, its own and those of its tails, as labelled tails."""
    own = [ParseNode("tail", (("scope", scope),)) for scope in body.find("scope")]
    tails = [ParseNode("tail", (("scope", tail.first("scope")),)) for tail in body.find("tail") if tail.first("scope")]
    return [("tail", tail) for tail in (*own, *tails)]


def at_the_same(before: ParseNode, later: ParseNode) -> ParseNode:
    """A number without a measure or place, at those of the clause before: "A scores 93 on X, while B scores 91"."""
    (label, body), (other, following) = before.parts[0], later.parts[0]
    assert isinstance(body, ParseNode)
    assert isinstance(following, ParseNode)
    if label != "value" or other != "value" or _says_where(following) or body.first("more", "pair", "alone"):
        return later
    measure = [("measure", part) for part in body.find("measure")]
    scopes = [("scope", part) for part in body.find("scope")]
    tails = [("tail", tail) for tail in body.find("tail") if tail.first("scope") is not None]
    return ParseNode("clause", (("value", ParseNode("value", (*following.parts, *measure, *scopes, *tails))),))


def _says_where(body: ParseNode) -> bool:
    """True if a clause has a place or measure of its own, or one in its subject."""
    left = body.first("left")
    within = isinstance(left, ParseNode) and left.first("scope") is not None
    return within or is_placed(body) or body.first("measure", "sup", "alone", "pair", "more", "span") is not None


def again(before: ParseNode, said: ParseNode) -> ParseNode:
    """A second change of the same object by the same subject, elsewhere: "improves F1 on X but hurts it on Y"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    left, thing = body.first("left"), body.first("object")
    if label != "change" or left is None or thing is None or body.first("neg", "how", "amount", "deg") is not None:
        return NOTHING_SAID
    plain = ParseNode(thing.rule, tuple(part for part in thing.parts if part[0] != "scope"))
    tails = tuple(("tail", ParseNode("tail", (("scope", scope),))) for scope in said.find("scope"))
    parts = (("left", left), ("improve", said.first("improve")), ("object", plain), *tails)
    return ParseNode("clause", (("change", ParseNode("change", parts)),))


def in_the_same(before: ParseNode, later: ParseNode) -> ParseNode:
    """A superlative without a measure, in that of the clause before: "A has the highest F1, while B has the lowest"."""
    (label, body), (other, following) = before.parts[0], later.parts[0]
    assert isinstance(body, ParseNode)
    assert isinstance(following, ParseNode)
    ours, theirs = _only_superlative(body), _only_superlative(following)
    if (label, other) != ("superlative", "superlative") or ours is None or theirs is None:
        return later
    has = any(isinstance(part, Edge) and part.symbol == "have" for _, part in following.parts)
    bare = theirs.first("measure", "kind", "scope", "valued") is None and following.first("tail") is None
    if not has or not bare or ours.first("measure") is None or body.first("own", "neg") is not None:
        return later
    said = ParseNode(theirs.rule, (*theirs.parts, *(part for part in ours.parts if part[0] in ("measure", "scope"))))
    parts = [(k, ParseNode("sups", (("one", said),)) if k == "sups" else part) for k, part in following.parts]
    tails = [part for part in body.parts if part[0] == "tail"]
    return ParseNode("clause", (("superlative", ParseNode("superlative", (*parts, *tails))),))


def _only_superlative(body: ParseNode) -> ParseNode | None:
    """The one superlative of a clause; None where it has none, or several."""
    sups = body.first("sups")
    ones = list(sups.find("one")) if isinstance(sups, ParseNode) else []
    return ones[0] if len(ones) == 1 else None


def turned(before: ParseNode, said: ParseNode) -> ParseNode:
    """The reverse comparison, of the rival in the clause before with its subject: "…, whereas B is better on Y"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    sides = [body.first("left"), body.first("right")]
    plain = label == "compare" and body.first("neg", "same", "kind", "amount") is None
    if not plain or any(not isinstance(side, ParseNode) or side.first("np") is None for side in sides):
        return NOTHING_SAID
    names = [_named(side) for side in (said.first("left"), *sides)]
    if not names[0] or names[0] != names[2] or names[0] == names[1]:
        return NOTHING_SAID
    rival = ParseNode("rival", (("np", sides[0].first("np")),))
    return ParseNode("clause", (("compare", ParseNode("compare", (*said.parts, ("right", rival)))),))


def _named(side: ParseNode) -> list[object]:
    """The referents that each name of a phrase may have."""
    return [edge.value for _, edge in side.first("np").leaves() if edge.symbol == "NAME"]
