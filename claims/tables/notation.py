"""Assertions over a table read back from the one line that `str` prints of them.

`parse_notation` knows the form only: a quoted name becomes a `Selection` that holds its words and
chooses no line, until `claims.tables.linking.linked` finds its lines in a table. The others of a
line's axis are `"the others"`. A name ends at the next quotation mark, so a header that holds one
cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn, cast, get_args

from analysis.errors import InputError
from claims.tables.assertion import (
    NOTHING,
    And,
    Change,
    Compare,
    Correlated,
    Formula,
    Gap,
    Not,
    Place,
    Quantity,
    Relation,
    Scope,
    Selection,
    Share,
    Stated,
    Superlative,
    Trend,
)

OTHERS = "the others"
BOUNDS = {"~": "about", ">=": "at-least", "<=": "up-to", ">": "over", "<": "under", "": ""}
SENSES = ("relative", "absolute", "error")
SHARES = ("all", "almost-all", "most", "any")
DEGREES = ("slight", "clear", "tested")
DEEPEST = 12
"""Forms inside forms; what people write and models propose stays far below."""

WORD = re.compile(r'\s*("[^"]*"|\(|\)|[^\s()"]+)')
NUMBER = re.compile(r"(~|>=|<=|>|<|)(-?\d+(?:\.\d+)?)(%?)")
COUNTED = re.compile(r"(at-least|at-most|all-but|all-of)-([1-9]\d*)")
COUNT = re.compile(r"(\d+)(?:/([1-9]\d*))?")


def parse_notation(text: str) -> Formula:
    """The assertion that a text writes down, its names not yet linked.

    Raises:
        InputError: the text is no well-formed assertion; says what was expected and what stands there.
    """
    reader = _Reader(text, _words(text))
    formula = reader.formula()
    if reader.here is not None:
        reader.fail("the end")
    return formula


def unlinked(words: str) -> Selection:
    """A name whose lines are not known yet: it chooses none, so that nothing can be decided by it."""
    return Selection(frozenset(), frozenset(), words)


def _words(text: str) -> tuple[str, ...]:
    words, at, whole = [], 0, text.rstrip()
    while at < len(whole):
        found = WORD.match(whole, at)
        if found is None:
            raise InputError(f"assertion {text!r}", "a quotation mark is not closed")
        words.append(found[1])
        at = found.end()
    return tuple(words)


@dataclass(slots=True)
class _Reader:
    """Reads words in their order; `at` is the next one."""

    text: str
    words: tuple[str, ...]
    at: int = 0
    depth: int = 0

    @property
    def here(self) -> str | None:
        """The next word; None at the end."""
        return self.words[self.at] if self.at < len(self.words) else None

    def fail(self, expected: str) -> NoReturn:
        got = "the text ends" if self.here is None else f"{self.here} stands there"
        raise InputError(f"assertion {self.text!r}", f"expected {expected} as word {self.at + 1}, but {got}")

    def next(self, expected: str) -> str:
        if self.here is None:
            self.fail(expected)
        self.at += 1
        return self.words[self.at - 1]

    def sign(self, sign: str) -> None:
        if self.here != sign:
            self.fail(repr(sign))
        self.at += 1

    # ------------------------------------------------------------------------------- forms

    def formula(self) -> Formula:
        self.sign("(")
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"at most {DEEPEST} forms inside each other")
        makes = FORMS.get(self.here or "")
        if makes is None:
            self.fail(f"a form ({', '.join(FORMS)})")
        head = self.next("a form")
        made = makes(self, head)
        self.sign(")")
        self.depth -= 1
        return made

    def compare(self, head: str) -> Formula:
        left, right = self.name(), self.name()
        scope = self.scope()
        by = self.quantity() if self.option(":by") else None
        degree = self.one_of(DEGREES) if self.option(":degree") else ""
        return Compare(cast("Relation", head), left, right, scope, by, degree)

    def superlative(self, head: str) -> Formula:
        left, scope = self.name(), self.scope()
        return Superlative(cast("Place", head), left, scope, self.rank() if self.option(":rank") else 1)

    def stated(self, _: str) -> Formula:
        left, value = self.name(), self.quantity()
        return Stated(left, value, self.scope())

    def change(self, head: str) -> Formula:
        left, scope = self.name(), self.scope()
        return Change("rise" if head == "rise" else "fall", left, scope)

    def trend(self, head: str) -> Formula:
        along, scope = self.name(), self.scope()
        return Trend("rise" if head == "rise-along" else "fall", along, scope)

    def gap(self, head: str) -> Formula:
        self.sign("(")
        self.sign("gap")
        first, second = self.name(), self.name()
        self.sign(")")
        self.sign(":at")
        at = self.name()
        than = self.name() if self.option(":than") else NOTHING
        return Gap("wider" if head == "wider" else "narrower", first, second, at, than)

    def correlated(self, head: str) -> Formula:
        left, right = self.name(), self.name()
        degree = self.one_of(DEGREES) if self.option(":degree") else ""
        return Correlated("rise" if head == "rise-with" else "fall", left, right, degree)

    def denied(self, _: str) -> Formula:
        return Not(self.formula())

    def joined(self, _: str) -> Formula:
        parts = [self.formula()]
        while self.here == "(":
            parts.append(self.formula())
        return And(tuple(parts))

    # ------------------------------------------------------------------------------ pieces

    def option(self, key: str) -> bool:
        if self.here != key:
            return False
        self.at += 1
        return True

    def one_of(self, words: tuple[str, ...]) -> str:
        if self.here not in words:
            self.fail(f"one of {', '.join(words)}")
        return self.next("a word")

    def scope(self) -> Scope:
        """Options in the order they are printed; each at most once."""
        where = self.name() if self.option(":on") else NOTHING
        but = self.name() if self.option(":but") else NOTHING
        share = self.share() if self.option(":share") else None
        return Scope(where, but, share, "mean" if self.option(":mean") else "each")

    def share(self) -> Share:
        if (count := COUNT.fullmatch(self.here or "")) is not None:
            self.at += 1
            return Share("count", int(count[1]), int(count[2]) if count[2] else None)
        if (counted := COUNTED.fullmatch(self.here or "")) is not None:
            self.at += 1
            number = int(counted[2])
            return Share("all", out_of=number) if counted[1] == "all-of" else Share(counted[1], number)
        return Share(self.one_of(SHARES))

    def quantity(self) -> Quantity:
        found = NUMBER.fullmatch(self.here or "")
        if found is None:
            self.fail("a number such as 2.1, ~3 or >=4%")
        self.at += 1
        unit = found[3]
        if not unit and self.here == "points":
            self.at += 1
            unit = "points"
        sense = self.one_of(SENSES) if self.here in SENSES else ""
        return Quantity(Decimal(found[2]), unit, BOUNDS[found[1]], sense)

    def rank(self) -> int:
        if not (self.here or "").isdecimal():
            self.fail("a whole number")
        return int(self.next("a whole number"))

    def name(self) -> Selection:
        if self.here is None or not self.here.startswith('"'):
            self.fail("a quoted name")
        words = self.next("a quoted name")[1:-1]
        return Selection(others=True) if words == OTHERS else unlinked(words)


FORMS: dict[str, Callable[[_Reader, str], Formula]] = {
    **dict.fromkeys(get_args(Relation), _Reader.compare),
    **dict.fromkeys(get_args(Place), _Reader.superlative),
    "value": _Reader.stated,
    **dict.fromkeys(("rise", "fall"), _Reader.change),
    **dict.fromkeys(("rise-along", "fall-along"), _Reader.trend),
    **dict.fromkeys(("wider", "narrower"), _Reader.gap),
    **dict.fromkeys(("rise-with", "fall-with"), _Reader.correlated),
    "not": _Reader.denied,
    "and": _Reader.joined,
}
