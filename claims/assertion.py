"""The assertion language: the meaning of a claim as a small typed expression.

Formulas are true or false, terms are numbers. Every node is frozen and hashable, prints in one
line (`str(node)`) and is read back by `claims.notation.parse_assertion`; docs/assertions.md lists
the forms.

Runs name what was trained before the target: `none`, an intermediate task, `a>b` (one after the
other), `a+b` or `multi` (together), `best_per_target`; `(mlm a)` with continued MLM, `(translated a)`
on translated data. A variable bound by an enclosing form may stand for a run, a target, a
language or a model.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from claims.hashed import Hashed, hashed

Quantifier: TypeAlias = Literal[
    "all", "each", "almost-all", "most", "many", "several", "few", "any", "none", "count=", "count>=", "count<=",
    "share>=",
]  # fmt: skip
Relation: TypeAlias = Literal["=", ">", "<", ">=", "<=", "~", "about", "better", "worse"]
Size: TypeAlias = Literal["large", "moderate", "small"]
Direction: TypeAlias = Literal["rising", "falling"]


BASELINE_RUN = "none"
"""The run without intermediate training."""


class Node(Hashed):
    """Any part of an assertion."""

    __slots__ = ()

    def __str__(self) -> str:
        from claims.notation import written

        return self.kept_text(written)


@hashed
class Scope(Node):
    """The scope that a number was measured in; None means that the sentence leaves it open.

    Attributes:
        model: a pretrained model. split: dev or test. language: a code, or "mean" over all.
        metric: a metric. version: the version of the study's text.
    """

    model: str | None = None
    split: str | None = None
    language: str | None = None
    metric: str | None = None
    version: str | None = None

    def under(self, inner: Scope) -> Scope:
        """The inner scope, its open fields filled from this one."""
        return inner.within(self)

    def within(self, outer: Scope) -> Scope:
        """This scope, its open fields filled from the enclosing one."""
        if outer == OPEN or self == outer:
            return self
        return Scope(
            self.model or outer.model,
            self.split or outer.split,
            self.language or outer.language,
            self.metric or outer.metric,
            self.version or outer.version,
        )


OPEN = Scope()
"""The empty scope: every field is open."""


@hashed
class Run(Node):
    """One way of training before the target: an intermediate run and its method."""

    task: str
    method: str = "plain"


@hashed
class Domain(Node):
    """The things a variable ranges over.

    Attributes:
        base: "intermediates", "runs" (intermediates and multi-task), "targets", "tasks" (of a leaderboard),
            "languages", "models", "rows" or "columns" (of a table), or "names" (just those listed).
        names: the members, where they are listed.
        kind: only tasks of this kind. benchmark: only targets of this benchmark.
        without: members left out. size: their number as the sentence states it, where it is not the usual number.
    """

    base: str
    names: tuple[str, ...] = ()
    kind: str | None = None
    benchmark: str | None = None
    without: tuple[str, ...] = ()
    size: int | None = None


# ------------------------------------------------------------------------------------ terms


@hashed
class StatedNumber(Node):
    """A stated number with its written precision; `unit` is "", "%" or, over a table, one such as "ms".

    8.2 stands for the interval [8.15, 8.25], 1.1E+6 for [1.05, 1.15] million; 8.20 is another statement than 8.2.
    """

    value: Decimal
    unit: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatedNumber) and self._written == other._written

    def __hash__(self) -> int:
        return hash(self._written)

    @property
    def _written(self) -> tuple[object, str]:
        return self.value.as_tuple(), self.unit

    @property
    def half_width(self) -> float:
        """Half a unit of the last written digit."""
        exponent = self.value.as_tuple().exponent
        assert isinstance(exponent, int)
        return 0.5 * 10.0**exponent


ZERO = StatedNumber(Decimal(0))


def is_zero(node: object) -> bool:
    """True if a term is the number 0, however it is written."""
    return isinstance(node, StatedNumber) and node.value == 0


@hashed
class Score(Node):
    """The score of a run on a target, in points."""

    run: Run
    target: str
    scope: Scope = OPEN


@hashed
class At(Node):
    """The cell of a table where two lines cross; each is a line's name or a variable such as "$c"."""

    row: str
    column: str


@hashed
class Gain(Node):
    """Score of the run minus score without intermediate training, in points."""

    run: Run
    target: str
    scope: Scope = OPEN


@hashed
class Fold(Node):
    """Mean, greatest or least value of a term over a domain."""

    how: Literal["mean", "max", "min"]
    body: Term
    variable: str
    domain: Domain
    scope: Scope = OPEN


@hashed
class Difference(Node):
    """Left minus right, in points; with unit "%" relative to the right side, in percent.

    Over a table "abs" is without sign, "better" and "better%" by how much the left is better; "/" is left by right.
    """

    left: Term
    right: Term
    unit: str = ""


@hashed
class Attribute(Node):
    """A number the registry holds of an entry, such as the training examples of a task."""

    entity: str
    name: str


@hashed
class Count(Node):
    """The number of members of a domain."""

    domain: Domain


# --------------------------------------------------------------------------------- formulas


@hashed
class Compare(Node):
    """A relation between two terms; `~` is "comparable", `about` is "roughly equal"."""

    relation: Relation
    left: Term
    right: Term


@hashed
class Sized(Node):
    """A vague size word for a gain or difference; see `claims.definitions`."""

    word: Size
    term: Term


@hashed
class Quantified(Node):
    """A formula quantified over the members of a domain: all, most, at least k.

    Attributes:
        number: k for "count=", "count>=", "count<="; the share (0 to 1) for "share>=".
    """

    quantifier: Quantifier
    variable: str
    domain: Domain
    body: Formula
    number: Decimal | None = None


@hashed
class Ranked(Node):
    """Members that hold a place in the order of a term over a domain.

    Attributes:
        place: "best" or "worst" (each name ahead of, or behind, every other member), "top" or
            "bottom" (the names are the k extreme members), "rank" (a single name stands k-th); over
            a table "highest" and "lowest" besides, which know no better or worse, each with k as
            the place counted from that end.
        k: for "top", "bottom" and "rank", and over a table for all.
        until: of a "rank" somewhere between two places, the last of them.
    """

    place: Literal["best", "worst", "top", "bottom", "rank", "highest", "lowest"]
    names: tuple[Run | str, ...]
    variable: str
    domain: Domain
    term: Term
    k: int = 1
    until: int | None = None


@hashed
class Fact(Node):
    """A registry fact: the attribute of the entity has these values (all of them, maybe more)."""

    entity: str
    attribute: str
    values: tuple[str | StatedNumber, ...]


@hashed
class Trend(Node):
    """A term rises or falls along an axis (distance, intermediate_examples, flops …)."""

    direction: Direction
    term: Term
    axis: str


@hashed
class Along(Node):
    """A term rises or falls from each member of a domain to the next, in the order of the domain's numbers."""

    direction: Direction
    variable: str
    domain: Domain
    term: Term


@hashed
class Degree(Node):
    """A comparison over a table with a degree: slightly, clearly, or beyond chance ("tested")."""

    word: Literal["slight", "clear", "tested"]
    body: Formula


@hashed
class Associated(Node):
    """A term depends on an axis, in whichever direction."""

    term: Term
    axis: str


@hashed
class Significant(Node):
    """The comparison holds beyond chance at the level of `claims.definitions`."""

    body: Formula


@hashed
class Consistent(Node):
    """The comparison holds in every part of its scope, not only on average."""

    body: Formula


@hashed
class UniqueBest(Node):
    """The model is the state of the art: nothing anywhere does better."""

    model: str


@hashed
class And(Node):
    """All parts hold."""

    parts: tuple[Formula, ...]


@hashed
class Whole(Node):
    """Parts of one statement: it is false where one of them is ("from 65 to 79", "everywhere except C")."""

    parts: tuple[Formula, ...]


@hashed
class Between(Node):
    """A term lies in a range, ends included."""

    term: Term
    low: StatedNumber
    high: StatedNumber


@hashed
class Or(Node):
    """At least one part holds."""

    parts: tuple[Formula, ...]


@hashed
class Not(Node):
    """The part does not hold."""

    part: Formula


Term: TypeAlias = StatedNumber | Score | At | Gain | Fold | Difference | Attribute | Count
Formula: TypeAlias = (
    Compare | Sized | Quantified | Ranked | Fact | Trend | Along | Degree | Associated | Significant | Consistent
    | UniqueBest | And | Whole | Between | Or | Not
)  # fmt: skip
