"""The clauses of a parse, each with its own subject and with what stands before the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from claims.language.chart import Edge, ParseNode
from claims.language.following import (
    NOTHING_SAID,
    again,
    at_the_same,
    beside,
    first_before,
    holding,
    in_the_same,
    next_in_order,
    of_another,
    of_the_value,
    topping,
    turned,
)
from claims.language.implied import (
    at_settings,
    doubled,
    each_at,
    moved,
    outdone,
    runner_up,
    seen_to_change,
    shifted,
    sole,
    with_one_rival,
    won,
)
from claims.language.places import is_placed, says


def with_its_front(held: ParseNode, main: list[ParseNode], *, placed: bool) -> list[ParseNode]:
    """The number of the subject, and the clause; each takes the scope of the other where it has none.

    Args:
        held: the number before the clause.
        main: the statements of the clause.
        placed: True if the number takes the scope of the clause although it has a measure of its own.
    """
    label, body = main[0].parts[0]
    assert isinstance(body, ParseNode)
    left = body.first("left")
    if len(main) > 1 or label not in ("compare", "superlative", "multiples") or not isinstance(left, ParseNode):
        return [NOTHING_SAID]
    number = held.first("value")
    bounded = any(edge.symbol == "NUM" and edge.value.relation != "=" for _, edge in number.leaves())
    if label == "superlative" and bounded:
        return [NOTHING_SAID]  # "with at most 18 ms, A is the best": of all, or of those
    theirs = _places(body)
    ours = [part for label, part in number.parts if label in ("measure", "scope")]
    where = [("scope", place) for place in theirs] if placed or not ours else []
    said = ParseNode("value", (("left", left), *number.parts, *where))
    beside = not theirs or (placed and not _measures(body))
    if beside and left.first("scope") is None and not _says_what(body):
        said_of = number.find("measure") if theirs else ours
        tails = (("tail", ParseNode("front_tail", (("scope", place),))) for place in said_of)
        body = ParseNode(body.rule, (*body.parts, *tails))
    return [ParseNode("clause", (("value", said),)), ParseNode("clause", ((label, body),))]


def _says_what(body: ParseNode) -> bool:
    """True if a word such as "faster" or "largest" names the measure compared."""
    return any(says(edge, "about") or says(edge, "bare") for _, edge in body.leaves())


def _measures(body: ParseNode) -> bool:
    """True if a clause names its measure."""
    return any(node.first("measure") is not None for node in (body, *body.find("sups"), *body.find("sups", "one")))


def _places(body: ParseNode) -> list[ParseNode]:
    """The measures and scopes of a clause, those of its tails included."""
    sups = [one for held in body.find("sups") for one in held.find("one")]
    own = [part for node in (body, *sups) for part in node.find("measure", "scope")]
    return own + [tail.first("scope") for tail in body.find("tail") if tail.first("scope") is not None]


def of_the_same_two(before: ParseNode, said: ParseNode, *, placed: bool) -> ParseNode:
    """A comparison without a rival, completed with the subject and rival of the clause before; else an empty clause.

    Args:
        before: the clause before.
        said: the comparison: a comparative about a measure of its own, or with its measure or scope.
        placed: True if it takes the scope of the clause before.
    """
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    rel = said.first("rel")
    left, right = body.first("left"), body.first("right")
    plain = label == "compare" and body.first("neg", "same", "apart", "kind") is None
    odd = any(tail.first("only", "butnot", "except", "leaving", "mean", "sum") for tail in body.find("tail"))
    told = said.first("measure", "scope") is not None or bool(rel.value.get("about") or rel.value.get("bare"))
    if not (plain and told) or odd or left is None or not isinstance(right, ParseNode):
        return NOTHING_SAID
    if right.first("np") is None:
        return NOTHING_SAID  # "better on X than on Y but slower"
    kept = [("scope", scope) for scope in _named_places(body)] if placed else []
    parts = (("left", left), *kept, *said.parts, ("right", _unnamed(right)))
    return ParseNode("clause", (("compare", ParseNode("compare", parts)),))


def _named_places(body: ParseNode) -> list[ParseNode]:
    """The scopes of a clause: its own and those of its tails."""
    return [*body.find("scope"), *(tail.first("scope") for tail in body.find("tail") if tail.first("scope"))]


def _unnamed(side: ParseNode) -> ParseNode:
    """A side without the number behind it in brackets, which is of the clause before."""
    return ParseNode(side.rule, tuple(part for part in side.parts if part[0] != "told"))


def points_back(node: ParseNode) -> bool:
    """True if a pronoun stands in the place of a name below a node."""
    return any(below.first("pro") is not None for below in node.below())


def resolved(clause: ParseNode, before: ParseNode | None, *, other: bool) -> ParseNode:
    """A clause with its pronoun replaced by the antecedent, in one of two ways; an empty clause where that is unclear.

    Args:
        clause: the clause.
        before: the clause before it; None for the first.
        other: True if the pronoun stands for the rival in the clause before, rather than for its subject.
    """
    if not points_back(clause):
        return clause
    label, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    right = body.first("right")
    meant = _antecedent(body, before, right.first("pro"), other=other) if isinstance(right, ParseNode) else None
    if (
        right is None
        or meant is None
        or sum(points_back(part) for _, part in body.parts if isinstance(part, ParseNode)) > 1
    ):
        return NOTHING_SAID
    named = ParseNode(right.rule, tuple(("np", meant) if part[0] == "pro" else part for part in right.parts))
    return ParseNode(
        "clause", ((label, ParseNode(body.rule, tuple((k, named if v is right else v) for k, v in body.parts))),)
    )


def _antecedent(body: ParseNode, before: ParseNode | None, pronoun: Edge | None, *, other: bool) -> ParseNode | None:
    """The antecedent of a pronoun: a phrase of the clause before that fits its number and is not its own subject."""
    if pronoun is None or before is None:
        return None
    sides = [before.parts[0][1].first(label) for label in ("left", "right")]  # type: ignore[union-attr]
    phrases = [side.first("np") if isinstance(side, ParseNode) else None for side in sides]
    own = _names(body.first("left"))
    kept = [np for np in phrases if np is not None and _names(np) and not any(name in own for name in _names(np))]
    fitting = [np for np in kept if pronoun.value.get("several", False) == (len(list(np.find("one", "more"))) > 1)]
    return fitting[-1 if other else 0] if fitting else None


def _names(node: ParseNode | None) -> list[Any]:
    """The names below a node, each as its possible referents."""
    return [edge.value for _, edge in node.leaves() if edge.symbol == "NAME"] if node is not None else []


def clauses_of(parse: ParseNode) -> list[list[ParseNode]]:
    """The clauses of a sentence, in order, in each way of taking "it".

    A clause without a subject has that of the clause before; what opens the sentence ("On Dev, …") is said of every
    clause; a relative clause is a clause of its own. "It" is the subject of the clause before, or what that subject is
    compared with, unless the clause names it or adds ("also") to what speaks for the subject.
    """
    if parse.first("denied") is not None and any(joined.first("ended") for joined in parse.first("body").find("rest")):
        return []  # which sentences are denied is not said
    rest = list(parse.first("body").find("rest"))
    its = [False, True] if any(joined.first("it") for joined in rest) or points_back(parse) else [False]
    open_places = any(joined.first("own", "slower", "front") for joined in rest)
    open_places |= any(node.rule in ("described", "fronted") for node in parse.below())
    return [
        _clauses(parse, other=it, placed=placed) for it in its for placed in ([True, False] if open_places else [True])
    ]


def _clauses(parse: ParseNode, *, other: bool, placed: bool) -> list[ParseNode]:
    """The clauses of a parse, with pronouns and open scopes resolved in one way.

    Args:
        parse: of a claim.
        other: True if "it" is the rival in the clause before rather than its subject.
        placed: True if clauses without a scope take the one before them.
    """
    body = parse.first("body")
    if _narrows_a_group(parse):
        return [NOTHING_SAID]
    found: list[ParseNode] = _parted(body.first("first"), placed=placed)
    fronts = [list(_opening(parse))] * len(found)
    for joined in body.find("rest"):
        own = list(_opening(joined))
        opened = own if joined.first("ended") else [*fronts[-1], *own] if not own or placed else own
        found += _joined(found, joined, other=other, placed=placed)
        fronts += [opened] * (len(found) - len(fronts))
    found = [resolved(clause, found[i - 1] if i else None, other=other) for i, clause in enumerate(found)]
    return [_with_tails(clause, front) if front else clause for clause, front in zip(found, fronts, strict=True)]


def _narrows_a_group(parse: ParseNode) -> bool:
    """True if "with" may say which are meant, and not what the subject has: "among the systems with X, A leads"."""
    fronts = [part for part in parse.find("front", "") if isinstance(part, ParseNode) and part.rule == "front"]
    if not fronts or parse.first("body").first("first").first("held") is None or fronts[-1].first("scope") is None:
        return False
    return not any(isinstance(part, Edge) and part.symbol == "," for _, part in fronts[-1].parts)


def _joined(found: list[ParseNode], joined: ParseNode, *, other: bool, placed: bool) -> list[ParseNode]:
    """The clauses of what is joined to those before, the last of which it may complete in its place."""
    before = found[-1]
    for label, follow in FOLLOWING.items():
        if joined.first(label) is not None:
            return [follow(before, joined.first(label))]
    whole, predicate, elided = joined.first("clause"), joined.first("predicate"), joined.first("elided")
    besides = joined.first("slower", "own")
    if whole is not None:
        return [in_the_same(before, at_the_same(before, one)) for one in _parted(whole, placed=placed)]
    if besides is not None:
        return [of_the_same_two(before, besides, placed=placed)]
    if elided is not None:
        found[-1], *later = _completed(elided, before)
        return later
    rival = other and joined.first("it") is not None and not _adds_praise(before, predicate)
    it = _compared_with(before, predicate) if rival else None
    following = _with_subject(predicate, it or _subject(before))
    if joined.first("it") is None:
        found[-1] = _sharing(before, following)
    return [following]


def _adds_praise(before: ParseNode, predicate: ParseNode) -> bool:
    """True if "it" goes on with a subject that is said to be ahead: "A beats B. It also has the lowest latency"."""
    label, body = before.parts[0]
    assert isinstance(body, ParseNode)
    word = body.first("beat", "rel")
    ahead = isinstance(word, Edge) and word.symbol != "beat.en" and word.value.get("relation") in ("better", ">")
    adds = any(
        says(part, "adding") for _, said in predicate.parts if isinstance(said, ParseNode) for _, part in said.parts
    )
    return label == "compare" and ahead and body.first("neg") is None and adds


IMPLIED: dict[str, Callable[[ParseNode], list[ParseNode]]] = {
    "coupled": with_one_rival,
    "moved": lambda node: [moved(node)],
    "shift": lambda node: [shifted(node)],
    "seen": seen_to_change,
    "won": won,
    "each": each_at,
    "settings": at_settings,
    "outdone": outdone,
    "runner_up": runner_up,
    "doubled": doubled,
    "sole": sole,
    "cleft": lambda node: [_with_subject(node.first("predicate"), node.first("left"))],
}
"""Label of a node that makes several statements at once → the function that splits it into clauses."""
FOLLOWING: dict[str, Callable[[ParseNode, ParseNode], ParseNode]] = {
    "again": again,
    "next": next_in_order,
    "prior": first_before,
    "doing": beside,
    "related": of_the_value,
    "beside": of_another,
    "holding": holding,
    "topping": topping,
    "turned": turned,
}
"""Label of a node that continues a clause → the function that makes a clause of its own of it."""


def _opening(parse: ParseNode) -> Iterator[ParseNode]:
    """The opening phrases of a sentence that apply to each of its clauses, as tails: "on Dev", "on average"."""
    for part in parse.find("front", ""):
        if isinstance(part, ParseNode) and part.rule == "front":
            yield from (ParseNode("tail", ((label, held),)) for label, held in part.parts if label in ("scope", "mean"))
            if part.first("except", "leaving") is not None:
                yield ParseNode("tail", tuple(held for held in part.parts if held[0] in ("except", "leaving", "np")))
            yield from (ParseNode("tail", (("total", held),)) for _, held in part.parts if says(held, "total"))


def _parted(clause: ParseNode, *, placed: bool) -> list[ParseNode]:
    """The statements that a clause makes; if `placed`, a description of its subject takes the clause's scope."""
    for label, parts in IMPLIED.items():
        if clause.first(label) is not None:
            return parts(clause.first(label))
    aside, held = clause.first("aside"), clause.first("held")
    if held is not None:
        return with_its_front(held, _parted(clause.first("main"), placed=placed), placed=placed)
    if aside is None:
        return [clause]
    left = clause.first("left")
    said, main = _with_subject(aside, left), _with_subject(clause.first("main"), left)
    if placed and aside.rule == "described":
        said = _with_tails(said, _places_behind(main))
    return [said, main]


def _places_behind(clause: ParseNode) -> list[ParseNode]:
    """The tails of a clause that say where it holds."""
    _, body = clause.parts[0]
    assert isinstance(body, ParseNode)
    return [tail for tail in body.find("tail") if tail.first("scope") is not None]


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
    if not placed and not _says_what(body):
        before = _with_tails(before, places)
    return [before, ParseNode("clause", (("compare", ParseNode("compare", (*kept, *told))),))]


def _sharing(before: ParseNode, later: ParseNode) -> ParseNode:
    """A comparison without a place, with that of the one behind it: "beats B but trails C on X".

    "Smaller than B and better than C on X" is of its own measure first.
    """
    bodies = [clause.first("compare") for clause in (before, later)]
    if None in bodies or is_placed(bodies[0]) or _says_what(bodies[0]) or bodies[1].first("scope") is not None:
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
    """The rival in a clause, as a side; None where it has no name, or the predicate names it again."""
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
