"""How a clause says a number: as a bound, an average, of all together, or with a verb such as "reaches"."""

from __future__ import annotations

from dataclasses import dataclass

from claims.domains.table.phrase import Phrase
from claims.language.chart import Edge, ParseNode
from claims.language.places import says


@dataclass(frozen=True, slots=True)
class Manner:
    """How a number is said.

    Attributes:
        word: that bounds it ("exceeds"); None where it is the number itself.
        mean: whether it is an average. negated: whether it is denied.
        reaching: whether the verb may say that it is at least the number: "reaches 95".
        always: whether it is said of every cell: "stays above 90".
        never: whether it is denied of every cell: "never drops below 90", "no BERT model exceeds 90".
        total: whether it is said of all lines together: "overall, …".
        measured: whether it is of a measure that names no line.
        unit: of a number that states none itself: "from 120 to 540 ms".
        spared: what is left out of those it is said of, "all models except C".
        spared_differ: whether that says the number is not so of them.
    """

    word: Edge | None = None
    mean: bool = False
    negated: bool = False
    reaching: bool = False
    always: bool = False
    total: bool = False
    measured: bool = False
    unit: str = ""
    spared: tuple[Phrase, ...] = ()
    spared_differ: bool = False
    never: bool = False


PLAINLY = Manner()


def manner_of(node: ParseNode, word: Edge | None = None, *, mean: bool = False) -> Manner:
    """How a clause says a number."""
    words = [part for _, part in node.parts]
    never = any(isinstance(part, Edge) and part.symbol == "never" for part in words)
    return Manner(
        word,
        mean,
        negated=node.first("neg") is not None and not never,
        reaching=any(says(part, "reaching") for part in words),
        always=any(says(part, "always") for part in words),
        total=any(says(edge, "total") for _, edge in node.leaves()),
        never=never,
    )
