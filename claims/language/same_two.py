"""What is said besides of the two that the clause before compares: "… but is slower", "… and has a better F1"."""

from __future__ import annotations

from claims.language.chart import ParseNode
from claims.language.following import NOTHING_SAID


def of_the_same_two(before: ParseNode, said: ParseNode, *, placed: bool) -> ParseNode:
    """A comparison without a rival, of the subject with the rival of the clause before; else nothing said.

    Args:
        before: the clause before.
        said: what is said besides: a comparative about a measure of its own, or with its measure or place.
        placed: whether it holds where the clause before does.
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
    kept = [("scope", scope) for scope in _places(body)] if placed else []
    parts = (("left", left), *kept, *said.parts, ("right", _untold(right)))
    return ParseNode("clause", (("compare", ParseNode("compare", parts)),))


def _places(body: ParseNode) -> list[ParseNode]:
    """Where a clause holds: its places and those of its tails."""
    return [*body.find("scope"), *(tail.first("scope") for tail in body.find("tail") if tail.first("scope"))]


def _untold(side: ParseNode) -> ParseNode:
    """A side without the number behind it in brackets, which is of the clause before."""
    return ParseNode(side.rule, tuple(part for part in side.parts if part[0] != "told"))
