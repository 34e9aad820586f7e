"""The clauses of a parse, each with its own subject and with what stands before the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.language.chart import Edge, Node


def clauses_of(parse: Node) -> list[list[Node]]:
    """The clauses of a sentence, in order, in each way of taking "it".

    A clause without a subject has that of the clause before; what opens the sentence ("On Dev, …") is said of every
    clause; a relative clause is a clause of its own. "It" is the subject of the clause before, or what that subject is
    compared with, unless the clause names it.
    """
    ways = [_clauses(parse, other=False), _clauses(parse, other=True)]
    return ways if any(joined.first("it") for joined in parse.first("body").find("rest")) else ways[:1]


def _clauses(parse: Node, *, other: bool) -> list[Node]:
    """The clauses where "it" is the subject of the clause before, or the other side of it."""
    body = parse.first("body")
    found: list[Node] = _parted(body.first("first"))
    for joined in body.find("rest"):
        whole, predicate, elided = joined.first("clause"), joined.first("predicate"), joined.first("elided")
        if whole is not None:
            found += [_at_the_same(found[-1], one) for one in _parted(whole)]
        elif joined.first("next") is not None:
            found.append(_next_in_order(found[-1], joined.first("next")))
        elif joined.first("doing") is not None:
            found.append(_beside(found[-1], joined.first("doing")))
        elif joined.first("related") is not None:
            found.append(_of_the_value(found[-1], joined.first("related")))
        elif elided is not None:
            found[-1], *later = _completed(elided, found[-1])
            found += later
        else:
            it = _compared_with(found[-1], predicate) if other and joined.first("it") is not None else None
            following = _with_subject(predicate, it or _subject(found[-1]))
            if joined.first("it") is None:
                found[-1] = _sharing(found[-1], following)
            found.append(following)
    front = list(_opening(parse))
    return [_with_tails(clause, front) for clause in found] if front else found


def _opening(parse: Node) -> Iterator[Node]:
    """What stands before the sentence and is said of every clause, as tails: "on Dev", "on average", "in total"."""
    for part in parse.find("front", ""):
        if isinstance(part, Node) and part.rule == "front":
            yield from (Node("tail", ((label, held),)) for label, held in part.parts if label in ("scope", "mean"))
            yield from (Node("tail", (("total", held),)) for _, held in part.parts if says(held, "total"))


def says(part: Edge | Node | None, feature: str) -> bool:
    """Whether a word has a feature of the lexicon."""
    return isinstance(part, Edge) and isinstance(part.value, Mapping) and bool(part.value.get(feature))


def _parted(clause: Node) -> list[Node]:
    if clause.first("coupled") is not None:
        return _with_one_rival(clause.first("coupled"))
    if clause.first("moved") is not None:
        return [_moved(clause.first("moved"))]
    if clause.first("shift") is not None:
        return [_shifted(clause.first("shift"))]
    aside = clause.first("aside")
    if aside is None:
        return [clause]
    left = clause.first("left")
    return [_with_subject(aside, left), _with_subject(clause.first("main"), left)]


def _with_one_rival(coupled: Node) -> list[Node]:
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


def _moved(moved: Node) -> Node:
    """A rise from one place to another, as a comparison of the two: "unemployment fell from 2010 to 2020"."""
    verb = moved.first("rel")
    rel = Edge(verb.start, verb.end, verb.symbol, {"relation": ">" if verb.value["direction"] == "rise" else "<"})
    after, before = (Node("place", (("np", moved.first(end)),)) for end in ("after", "before"))
    right = Node("contrast", (("scope", before),))
    kept = [part for part in moved.parts if part[0] == "tail"]
    parts = (("left", moved.first("left")), ("rel", rel), ("scope", after), ("right", right), *kept)
    return Node("clause", (("compare", Node("compare", parts)),))


def _shifted(shift: Node) -> Node:
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


def _beside(before: Node, beating: Node) -> Node:
    """What the subject does besides, at the places of the clause before: "scores 28.8 on X, outperforming B"."""
    label, body = before.parts[0]
    assert isinstance(body, Node)
    left, odd = body.first("left"), body.first("pair", "alone", "more") is not None
    if left is None or label not in ("value", "compare", "superlative") or odd:
        return Node("clause", (("compare", Node("compare", ())),))
    sups = [one for sup in body.find("sups") for one in sup.find("one")]
    scopes = [scope for part in (body, *sups) for scope in part.find("measure", "scope")]
    scopes += [tail.first("scope") for tail in body.find("tail") if tail.first("scope") is not None]
    places = [("scope", scope) for scope in scopes] if not _is_placed(beating) else []
    return Node("clause", (("compare", Node("compare", (("left", left), *places, *beating.parts))),))


def _next_in_order(before: Node, side: Node) -> Node:
    """Who stands second in the order whose first the clause before names: "…, followed by B"."""
    label, body = before.parts[0]
    assert isinstance(body, Node)
    ranked = [part for _, part in body.leaves() if _counts_first(part)] if label == "superlative" else []
    who = [label for label, _ in body.parts if label in ("left", "winner")]
    if len(ranked) != 1 or len(who) != 1 or body.first("neg", "own", "holder") is not None:
        return Node("clause", (("compare", Node("compare", ())),))
    parts = ((label, side if label in who else _second(part)) for label, part in body.parts)
    return Node("clause", (("superlative", Node("superlative", tuple(parts))),))


def _counts_first(edge: Edge) -> bool:
    """Whether a word names the first of an order: "highest", "ranks first"."""
    place = edge.symbol == "superlative_word" or (edge.symbol in ("ranks", "leads") and says(edge, "rank"))
    return place and edge.value.get("rank", 1) == 1


def _second(part: Edge | Node) -> Edge | Node:
    """A superlative with the second place for the first, and without the number of the first."""
    if isinstance(part, Edge):
        return Edge(part.start, part.end, part.symbol, {**part.value, "rank": 2}) if _counts_first(part) else part
    kept = tuple((label, _second(inner)) for label, inner in part.parts if label != "valued")
    counted = [inner for _, inner in kept if isinstance(inner, Edge) and inner.symbol == "superlative_word"]
    if part.rule != "sup" or not counted:
        return Node(part.rule, kept)
    return Node("sup", (*kept, ("rankword", counted[0])))


def _of_the_value(before: Node, related: Node) -> Node:
    """The comparison behind a number, "…, which is higher than that of B", by what that number is of."""
    label, body = before.parts[0]
    assert isinstance(body, Node)
    measure, left = body.first("measure"), body.first("left")
    if label != "value" or measure is None or left is None or body.first("alone", "pair", "more") is not None:
        return Node("clause", (("compare", Node("compare", ())),))
    places = (("scope", tail.first("scope")) for tail in body.find("tail") if tail.first("scope") is not None)
    own = (("scope", scope) for scope in body.find("scope"))
    parts = (("left", left), ("measure", measure), *places, *own, *related.parts)
    return Node("clause", (("compare", Node("compare", parts)),))


def _at_the_same(before: Node, later: Node) -> Node:
    """A number without a measure or place, at those of the clause before: "A scores 93 on X, while B scores 91"."""
    (label, body), (other, following) = before.parts[0], later.parts[0]
    assert isinstance(body, Node) and isinstance(following, Node)
    if label != "value" or other != "value" or _says_where(following) or body.first("more", "pair", "alone"):
        return later
    measure = [("measure", part) for part in body.find("measure")]
    scopes = [("scope", part) for part in body.find("scope")]
    tails = [("tail", tail) for tail in body.find("tail") if tail.first("scope") is not None]
    return Node("clause", (("value", Node("value", (*following.parts, *measure, *scopes, *tails))),))


def _says_where(body: Node) -> bool:
    """Whether a clause has a place or measure of its own, or one in its subject."""
    left = body.first("left")
    within = isinstance(left, Node) and left.first("scope") is not None
    return within or _is_placed(body) or body.first("measure", "sup", "alone", "pair", "more", "span") is not None


def _completed(elided: Node, before: Node) -> list[Node]:
    """The clause before, and a comparison such as "… but worse on Y" with what it leaves to that; else empty.

    In "better than B but worse than C on X" the place that ends the sentence is of both.
    """
    label, body = before.parts[0]
    assert isinstance(body, Node)
    if label != "compare":
        return [before, Node("clause", (("compare", Node("compare", ())),))]
    placed = _is_placed(body)
    if not placed and elided.first("right") is None:
        return [before, Node("clause", (("compare", Node("compare", ())),))]  # "better than B but worse on X"
    taken = {"left", "measure", "right"} - {label for label, _ in elided.parts}
    kept = tuple((label, _untold(part)) for label, part in body.parts if label in taken)
    told = (part if part[0] != "scope" else ("tail", Node("tail", (part,))) for part in elided.parts)
    places = [tail for tail in elided.find("tail") if tail.first("scope") is not None]
    if not placed:
        before = _with_tails(before, places)
    return [before, Node("clause", (("compare", Node("compare", (*kept, *told))),))]


def _sharing(before: Node, later: Node) -> Node:
    """A comparison without a place, with that of the one behind it: "beats B but trails C on X"."""
    bodies = [clause.first("compare") for clause in (before, later)]
    if None in bodies or _is_placed(bodies[0]) or bodies[1].first("scope") is not None:
        return before
    return _with_tails(before, [tail for tail in bodies[1].find("tail") if tail.first("scope") is not None])


def _is_placed(body: Node) -> bool:
    """Whether a clause says where it holds."""
    tails = (tail.first("scope") is not None for tail in body.find("tail"))
    return body.first("scope") is not None or any(tails)


def _untold(part: Edge | Node) -> Edge | Node:
    """A side without the number behind it in brackets, which is of its first comparison."""
    if isinstance(part, Edge):
        return part
    return Node(part.rule, tuple(one for one in part.parts if one[0] != "told"))


def _subject(clause: Node) -> Node | None:
    _, body = clause.parts[0]
    assert isinstance(body, Node)
    found = body.first("left")
    return found if isinstance(found, Node) else None


def _compared_with(clause: Node, predicate: Node) -> Node | None:
    """What a clause compares its subject with; None where it names nothing, or the predicate names it again."""
    _, body = clause.parts[0]
    assert isinstance(body, Node)
    right = body.first("right")
    if not isinstance(right, Node) or right.first("np") is None:
        return None
    named = [edge.value for _, edge in right.leaves() if edge.symbol == "NAME"]
    again = any(edge.value in named for _, edge in predicate.leaves() if edge.symbol == "NAME")
    return None if again or not named else Node("side", (("np", right.first("np")),))


def _with_subject(predicate: Node, left: Node | None) -> Node:
    label, body = predicate.parts[0]
    assert isinstance(body, Node)
    subject = (("left", left),) if left is not None else ()
    return Node("clause", ((label, Node(body.rule.rstrip("_"), (*subject, *body.parts))),))


def _with_tails(clause: Node, tails: list[Node]) -> Node:
    label, body = clause.parts[0]
    assert isinstance(body, Node)
    return Node("clause", ((label, Node(body.rule, (*body.parts, *(("tail", tail) for tail in tails)))),))
