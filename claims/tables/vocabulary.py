"""What a reader other than ours is told of a table: its names, the notation, and the notation's grammar.

The grammar is data, so that a reader that writes letter by letter can be held to it without knowing
the notation: rule → alternatives, each a sequence of rules and of texts that stand as they are.
Every alternative is finite, so whatever follows the grammar comes to an end. It holds all names of
the table, not only those the sentence mentions: a reader that means a line the sentence does not
name must be able to say so, because that proposal is then refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, get_args

from claims.tables.assertion import Place, Relation
from claims.tables.names import names_of
from claims.tables.notation import BOUNDS, DEGREES, OTHERS, SENSES, SHARES
from claims.tables.table import OTHER, Axis, Table

Grammar: TypeAlias = Mapping[str, tuple[tuple[str, ...], ...]]

START = "<start>"
NOTHING_READ = "(nothing)"
"""What a reader writes that finds nothing of the table in a sentence."""

LONGEST_LIST, MOST_PARTS, DIGITS, DECIMALS = 3, 3, 5, 4

GUIDE = """\
Write what the sentence says of the table as one assertion. Quote the table's names as they are.
(better "A" "B" :on "C" :by 2.1 points)  A is better than B on C, by 2.1; also worse, higher, lower, same
(better "A" "the others" :share all)  also most, almost-all, any, 3/4; :but "C" leaves C out; :mean on average
(better "A" "B" :degree tested)  significantly so; also clear, slight
(best "A" :on "C")  also worst, highest, lowest; :rank 2 second
(value "A" 76.6 :on "C")  the score of A on C is 76.6; ~ about, >= at least, <= up to, > over, < under; 5% relative
(rise "A") (fall "A")  the printed change of A is above or below zero
(rise-along "" :on "A") (fall-along "" :on "A")  the numbers of A rise or fall from line to line
(rise-with "A" "B") (fall-with "A" "B")  where A is high, B is high, or low: they are correlated
(wider (gap "A" "B") :at "C")  the gap between A and B is wider at C than elsewhere; :than "D" than at D; also narrower
(not (better "A" "B"))  (and (best "A") (worse "B" "C"))  (nothing)  where it says nothing of these names
"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a reader may say of a table.

    Attributes:
        caption: of the table. rows, columns: its names on each axis, header pieces and whole lines.
        guide: the notation in words. grammar: every assertion over these names, from `start`.
        start: the first rule.
    """

    caption: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    guide: str
    grammar: Grammar
    start: str = START


def vocabulary_of(table: Table) -> Vocabulary:
    """The names and the notation of a table."""
    rows, columns = _names(table, "row"), _names(table, "column")
    variables = {axis: _variables(table, axis) for axis in OTHER}
    layered = frozenset(axis for axis in OTHER if any(len(line.path) > 1 for line in table.lines(axis)))
    grammar = _grammar({"row": rows, "column": columns}, variables, layered)
    return Vocabulary(table.caption, rows, columns, GUIDE, grammar)


def _names(table: Table, axis: Axis) -> tuple[str, ...]:
    pieces = [name.text for name in names_of(table) if name.axis == axis and name.head != "variable"]
    lines = [line.name for line in table.lines(axis) if len(line.path) > 1]
    return tuple(dict.fromkeys(_writable([*pieces, *lines])))


def _variables(table: Table, axis: Axis) -> tuple[str, ...]:
    return tuple(_writable(name.text for name in names_of(table) if name.axis == axis and name.head == "variable"))


def _writable(texts: Iterable[str]) -> list[str]:
    """Names that stand between two quotation marks on one line."""
    plain = (" ".join(text.split()) for text in texts)
    return [text for text in plain if text and '"' not in text and text != OTHERS]


# ---------------------------------------------------------------------------------- grammar


def _grammar(
    names: Mapping[Axis, tuple[str, ...]], variables: Mapping[Axis, tuple[str, ...]], layered: frozenset[Axis]
) -> Grammar:
    """The rules; lines of a `layered` axis, whose headers have several levels, may narrow their own axis."""
    rules = dict(_numbers())
    axes: list[Axis] = [axis for axis in OTHER if names[axis]]
    for axis in axes:
        rules |= _lists(axis, names[axis])
    for axis in axes:
        rules |= _scopes(axis, names, own=axis in layered)
    both = all(axis in axes for axis in OTHER)
    plain = [form for axis in axes for form in _forms(axis, variables[axis], crossed=both)]
    rules["<plain>"] = tuple(plain)
    rules["<form>"] = (("<plain>",), ("(not ", "<plain>", ")"))
    whole: list[tuple[str, ...]] = [("<form>",)]
    whole += [("(and ", *(["<form>", " "] * count)[:-1], ")") for count in range(2, MOST_PARTS + 1)]
    rules[START] = ((NOTHING_READ,), *(whole if plain else ()))
    return rules


def _forms(axis: Axis, variables: tuple[str, ...], *, crossed: bool) -> list[tuple[str, ...]]:
    one, where = f"<{axis}>", f"<{axis} where>"
    shared, averaged = (where, "<share>"), (where, "<mean>")
    relations = [head for head in get_args(Relation) if head != "same"]
    forms: list[tuple[str, ...]] = []
    for head in relations:
        for right in ((" ", one), (f' "{OTHERS}"',)):
            forms.append((f"({head} ", one, *right, *shared, "<degree>", ")"))
            forms.append((f"({head} ", one, *right, *averaged, "<by>", "<degree>", ")"))
    forms += [("(same ", one, " ", one, where, ")")]
    forms += [(f"({head} ", one, *shared, "<rank>", ")") for head in get_args(Place)]
    forms += [("(value ", one, " ", "<quantity>", f"<{axis} on>", ")")]
    forms += [(f"({head} ", one, f"<{axis} on>", "<share>", ")") for head in ("rise", "fall")]
    if crossed:
        across = f"<{OTHER[axis]}>"
        for size in ("wider", "narrower"):
            gap = (f"({size} (gap ", one, " ", one, ") :at ", across)
            forms += [(*gap, ")"), (*gap, " :than ", across, ")")]
        forms += [(f"({head} ", one, " ", one, "<degree>", ")") for head in ("rise-with", "fall-with")]
        for head in ("rise-along", "fall-along"):
            forms.append((f'({head} ""', " :on ", one, "<share>", ")"))
            forms += [(f'({head} "{name}"', " :on ", across, "<share>", ")") for name in variables]
    return forms


def _lists(axis: Axis, names: tuple[str, ...]) -> Grammar:
    """A quoted list of one or more names."""
    rules: dict[str, tuple[tuple[str, ...], ...]] = {f"<{axis}>": (('"', f"<{axis} list {LONGEST_LIST}>"),)}
    for left in range(LONGEST_LIST, 0, -1):
        ends = [(f'{name}"',) for name in names]
        goes_on = [(f"{name}, ", f"<{axis} list {left - 1}>") for name in names] if left > 1 else []
        rules[f"<{axis} list {left}>"] = (*ends, *goes_on)
    return rules


def _scopes(axis: Axis, names: Mapping[Axis, tuple[str, ...]], *, own: bool) -> Grammar:
    """What may follow the sides of a form whose lines stand on an axis."""
    across = [f"<{OTHER[axis]}>"] if names[OTHER[axis]] else []
    spoken = [*across, f"<{axis}>"] if own else across
    return {
        f"<{axis} on>": ((), *((" :on ", name) for name in across)),
        f"<{axis} where>": (
            (), *((" :on ", name) for name in spoken), *((" :but ", name) for name in spoken),
            *((" :on ", name, " :but ", other) for name in spoken for other in spoken),
        ),
    }  # fmt: skip


def _numbers() -> Grammar:
    digits = tuple((digit,) for digit in "0123456789")
    ranks = ((), *((f" :rank {place}",) for place in range(2, 10)))
    units = ("", " points", "%", *(f"% {sense}" for sense in SENSES))
    counts = tuple(("<first>", *["<digit>"] * count) for count in range(DIGITS))
    return {
        "<digit>": digits,
        "<first>": digits[1:],
        "<whole>": (("0",), *counts),
        "<number>": (("<whole>",), *(("<whole>", ".", *["<digit>"] * count) for count in range(1, DECIMALS + 1))),
        "<quantity>": tuple((bound, "<number>", unit) for bound in BOUNDS for unit in units),
        "<by>": ((), (" :by ", "<quantity>")),
        "<rank>": ranks,
        "<count>": (("<whole>",), *(("<whole>", "/", *count) for count in counts)),
        "<share>": ((), *((f" :share {share}",) for share in SHARES), (" :share ", "<count>")),
        "<mean>": ((), (" :mean",)),
        "<degree>": ((), *((f" :degree {degree}",) for degree in DEGREES)),
    }
