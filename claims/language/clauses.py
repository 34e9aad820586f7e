"""The clauses of a parse, each with its own subject and with what stands before the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from claims.language.chart import Edge, ParseNode
from claims.language.following import (
    NOTHING_SAID,
    at_the_same,
    beside,
    holding,
    next_in_order,
    of_another,
    of_the_value,
)
from claims.language.implied import moved, seen_to_change, shifted, with_one_rival
from claims.language.places import is_placed, says
from claims.language.pronouns import points_back, resolved


def clauses_of(parse: ParseNode) -> list[list[ParseNode]]:
    """The clauses of a sentence, in order, in each way of taking "it".

    A clause without a subject has that of the clause before; what opens the sentence ("On Dev, …") is said of every
    clause; a relative clause is a clause of its own. "It" is the subject of the clause before, or what that subject is
    compared with, unless the clause names it.
    """
    ways = [_clauses(parse, other=False), _clauses(parse, other=True)]
    pronouns = any(joined.first("it") for joined in parse.first("body").find("rest")) or points_back(parse)
    return ways if pronouns else ways[:1]


def _clauses(parse: ParseNode, *, other: bool) -> list[ParseNode]:
    """The clauses where "it" is the subject of the clause before, or the other side of it."""
    body = parse.first("body")
    found: list[ParseNode] = _parted(body.first("first"))
    for joined in body.find("rest"):
        whole, predicate, elided = joined.first("clause"), joined.first("predicate"), joined.first("elided")
        if whole is not None:
            found += [at_the_same(found[-1], one) for one in _parted(whole)]
        elif joined.first("next") is not None:
            found.append(next_in_order(found[-1], joined.first("next")))
        elif joined.first("doing") is not None:
            found.append(beside(found[-1], joined.first("doing")))
        elif joined.first("related") is not None:
            found.append(of_the_value(found[-1], joined.first("related")))
        elif joined.first("beside") is not None:
            found.append(of_another(found[-1], joined.first("beside")))
        elif joined.first("holding") is not None:
            found.append(holding(found[-1], joined.first("holding")))
        elif elided is not None:
            found[-1], *later = _completed(elided, found[-1])
            found += later
        else:
            it = _compared_with(found[-1], predicate) if other and joined.first("it") is not None else None
            following = _with_subject(predicate, it or _subject(found[-1]))
            if joined.first("it") is None:
                found[-1] = _sharing(found[-1], following)
            found.append(following)
    found = [resolved(clause, found[i - 1] if i else None, other=other) for i, clause in enumerate(found)]
    front = list(_opening(parse))
    return [_with_tails(clause, front) for clause in found] if front else found


def _opening(parse: ParseNode) -> Iterator[ParseNode]:
    """What stands before the sentence and is said of every clause, as tails: "on Dev", "on average", "in total"."""
    for part in parse.find("front", ""):
        if isinstance(part, ParseNode) and part.rule == "front":
            yield from (ParseNode("tail", ((label, held),)) for label, held in part.parts if label in ("scope", "mean"))
            yield from (ParseNode("tail", (("total", held),)) for _, held in part.parts if says(held, "total"))


def _parted(clause: ParseNode) -> list[ParseNode]:
    if clause.first("cleft") is not None:
        return [_with_subject(clause.first("cleft").first("predicate"), clause.first("cleft").first("left"))]
    if clause.first("coupled") is not None:
        return with_one_rival(clause.first("coupled"))
    if clause.first("moved") is not None:
        return [moved(clause.first("moved"))]
    if clause.first("shift") is not None:
        return [shifted(clause.first("shift"))]
    if clause.first("seen") is not None:
        return seen_to_change(clause.first("seen"))
    aside = clause.first("aside")
    if aside is None:
        return [clause]
    left = clause.first("left")
    return [_with_subject(aside, left), _with_subject(clause.first("main"), left)]


def _completed(elided: ParseNode, before: ParseNode) -> list[ParseNode]:
    """The clause before, and a comparison such as "… but worse on Y" with what it leaves to that; else empty.

    In "better than B but worse than C on X" the place that ends the sentence is of both.
    """
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    if label != "compare":
        return [before, NOTHING_SAID]
    placed = is_placed(body)
    if not placed and elided.first("right") is None:
        return [before, NOTHING_SAID]  # "better than B but worse on X"
    taken = {"left", "measure", "right"} - {label for label, _ in elided.parts}
    kept = tuple((label, _untold(part)) for label, part in body.parts if label in taken)
    told = (part if part[0] != "scope" else ("tail", ParseNode("tail", (part,))) for part in elided.parts)
    places = [tail for tail in elided.find("tail") if tail.first("scope") is not None]
    if not placed:
        before = _with_tails(before, places)
    return [before, ParseNode("clause", (("compare", ParseNode("compare", (*kept, *told))),))]


def _sharing(before: ParseNode, later: ParseNode) -> ParseNode:
    """A comparison without a place, with that of the one behind it: "beats B but trails C on X"."""
    bodies = [clause.first("compare") for clause in (before, later)]
    if None in bodies or is_placed(bodies[0]) or bodies[1].first("scope") is not None:
        return before
    return _with_tails(before, [tail for tail in bodies[1].find("tail") if tail.first("scope") is not None])


def _untold(part: Edge | ParseNode) -> Edge | ParseNode:
    """A side without the number behind it in brackets, which is of its first comparison."""
    if isinstance(part, Edge):
        return part
    return ParseNode(part.rule, tuple(one for one in part.parts if one[0] != "told"))


def _subject(clause: ParseNode) -> ParseNode | None:
    _, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    found = body.first("left")
    return found if isinstance(found, ParseNode) else None


def _compared_with(clause: ParseNode, predicate: ParseNode) -> ParseNode | None:
    """What a clause compares its subject with; None where it names nothing, or the predicate names it again."""
    _, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    right = body.first("right")
    if not isinstance(right, ParseNode) or right.first("np") is None:
        return None
    named = [edge.value for _, edge in right.leaves() if edge.symbol == "NAME"]
    again = any(edge.value in named for _, edge in predicate.leaves() if edge.symbol == "NAME")
    return None if again or not named else ParseNode("side", (("np", right.first("np")),))


def _with_subject(predicate: ParseNode, left: ParseNode | None) -> ParseNode:
    label, body = predicate.parts[0]
    assert isinstance(body, ParseNode)
    subject = (("left", left),) if left is not None else ()
    return ParseNode("clause", ((label, ParseNode(body.rule.rstrip("_"), (*subject, *body.parts))),))


def _with_tails(clause: ParseNode, tails: list[ParseNode]) -> ParseNode:
    label, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    return ParseNode("clause", ((label, ParseNode(body.rule, (*body.parts, *(("tail", tail) for tail in tails)))),))
