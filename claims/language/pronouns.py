"""Pronouns behind a verb, "… while B outperforms it on X", as what they stand for."""

from __future__ import annotations

from typing import Any

from claims.language.chart import Edge, ParseNode
from claims.language.following import NOTHING_SAID


def points_back(node: ParseNode) -> bool:
    """Whether a pronoun stands in the place of a name below a node."""
    return any(below.first("pro") is not None for below in node.below())


def resolved(clause: ParseNode, before: ParseNode | None, *, other: bool) -> ParseNode:
    """A clause with what its pronoun stands for, in one of two ways; one that says nothing where that is unclear.

    Args:
        clause: the clause.
        before: the clause before it; None for the first.
        other: whether the pronoun is what the clause before compares with, rather than its subject.
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
    """What a pronoun stands for: a phrase of the clause before that is not the subject of its own clause."""
    if pronoun is None or before is None:
        return None
    sides = [before.parts[0][1].first(label) for label in ("left", "right")]  # type: ignore[union-attr]
    phrases = [side.first("np") if isinstance(side, ParseNode) else None for side in sides]
    own = _names(body.first("left"))
    kept = [np for np in phrases if np is not None and _names(np) and not any(name in own for name in _names(np))]
    fitting = [np for np in kept if pronoun.value.get("several", False) == (len(list(np.find("one", "more"))) > 1)]
    return fitting[-1 if other else 0] if fitting else None


def _names(node: ParseNode | None) -> list[Any]:
    """The names below a node, by what they may be."""
    return [edge.value for _, edge in node.leaves() if edge.symbol == "NAME"] if node is not None else []
