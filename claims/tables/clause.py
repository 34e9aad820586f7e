"""A clause taken apart: its relation, its names by role, its numbers, and what else it says."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.tables.assertion import Quantity, Share
from claims.tables.mentions import Mention
from claims.tables.table import Axis
from claims.tables.tokens import Token


@dataclass(slots=True)
class Clause:
    """A clause taken apart.

    Attributes:
        relation: the relation token; None for a clause without one.
        names: role → (mention, whether it is joined to the one before) in order.
        groups: role → nouns that stand for many lines.
        negated, degree, share, overall: what the clause says besides.
        by: numbers stated as differences. numbers: all other numbers.
        unread: words that nothing explains. changed: "removing" or "adding" before the subject.
        than, pronoun: whether "than" or its like, and "it" or its like, stand in it.
        stated: scores in brackets behind a name. along: the axis a trend runs along.
        words, kinds: of its tokens. strangers: role → words written like names that name nothing here.
        rank: k of "k-th best", 0 where unsaid. neither: the role whose names "neither" denies one by one.
        nobody: whether the subject is "no (other) system". span: the numbers of "from 52.0 to 56.0".
        all_systems: whether "all" or its like bears on systems ("all other models").
        all_anywhere: whether the share is one of places although another "all" bears on systems.
        exclusive: the role in which "only" leaves out everything but what it names.
    """

    relation: Token | None = None
    names: dict[str, list[tuple[Mention, bool]]] = field(default_factory=dict)
    groups: dict[str, list[Token]] = field(default_factory=dict)
    negated: bool = False
    degree: str = ""
    share: Share | None = None
    overall: bool = False
    by: list[Quantity] = field(default_factory=list)
    numbers: list[tuple[Quantity, str]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    changed: str = ""
    than: bool = False
    pronoun: bool = False
    stated: list[tuple[Mention, Quantity]] = field(default_factory=list)
    along: Axis | None = None
    words: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    rank: int = 0
    neither: str = ""
    nobody: bool = False
    span: tuple[Quantity, Quantity] | None = None
    all_systems: bool = False
    all_anywhere: bool = False
    exclusive: str = ""
    strangers: dict[str, list[str]] = field(default_factory=dict)
