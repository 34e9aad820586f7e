"""What a clause says of its subject before it: "with a Dev accuracy of 71.0, A beats B", "at 71.0, A leads"."""

from __future__ import annotations

from claims.language.chart import ParseNode
from claims.language.following import NOTHING_SAID
from claims.language.places import says


def with_its_front(held: ParseNode, main: list[ParseNode], *, placed: bool) -> list[ParseNode]:
    """The number of the subject, and the clause; either is said at the places of the other where it has none.

    Args:
        held: the number before the clause.
        main: the statements of the clause.
        placed: whether the number is said at the places of the clause although it has a measure of its own.
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
    """Whether a word such as "faster" or "largest" says what is compared."""
    return any(says(edge, "about") or says(edge, "bare") for _, edge in body.leaves())


def _measures(body: ParseNode) -> bool:
    """Whether a clause says what it measures."""
    return any(node.first("measure") is not None for node in (body, *body.find("sups"), *body.find("sups", "one")))


def _places(body: ParseNode) -> list[ParseNode]:
    """What a clause says of where it holds and of what it measures."""
    sups = [one for held in body.find("sups") for one in held.find("one")]
    own = [part for node in (body, *sups) for part in node.find("measure", "scope")]
    return own + [tail.first("scope") for tail in body.find("tail") if tail.first("scope") is not None]
