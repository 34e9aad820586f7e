"""The manner of a stated number: as a bound, an average, of all together, or with a verb such as "reaches"."""

from __future__ import annotations

from dataclasses import dataclass

from claims.domains.table.phrase import Phrase
from claims.language.chart import Edge, ParseNode
from claims.language.places import says


@dataclass(frozen=True, slots=True)
class Manner:
    """The manner in which a clause states its number.

    Attributes:
        word: that bounds it ("exceeds"); None where it is the value itself.
        mean: True for an average. negated: True if it is denied.
        reaching: True if the verb allows more than the number: "reaches 95".
        always: True if it holds of every cell: "stays above 90".
        never: True if it is denied of every cell: "never drops below 90", "no BERT model exceeds 90".
        total: True if it is of all lines together: "overall, …".
        measured: True if the clause names its measure by a word that is no line.
        unit: of a number that states none itself: "from 120 to 540 ms".
        spared: phrases of the exception, "all models except C".
        spared_differ: True if the number does not hold of the exception.
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
    """The manner in which a clause states its number."""
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
