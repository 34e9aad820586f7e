"""Assertions read back from their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any, NoReturn, cast, get_args

from analysis.errors import InputError
from claims.assertion import (
    Along,
    And,
    Associated,
    At,
    Attribute,
    Between,
    Compare,
    Consistent,
    Count,
    Degree,
    Difference,
    Direction,
    Domain,
    Fact,
    Fold,
    Formula,
    Gain,
    Not,
    Or,
    Quantified,
    Quantifier,
    Ranked,
    Relation,
    Run,
    Scope,
    Score,
    Significant,
    Size,
    Sized,
    StatedNumber,
    Term,
    Trend,
    UniqueBest,
    Whole,
)  # fmt: skip

BASES = ("intermediates", "runs", "targets", "tasks", "languages", "models")

METHODS = ("mlm", "translated")

RELATIONS = get_args(Relation)

QUANTIFIERS = get_args(Quantifier)

NUMBERED = ("count=", "count>=", "count<=", "share>=")

PLACES = ("best", "worst", "top", "bottom", "rank", "highest", "lowest")

LINES = ("rows", "columns")


NUMBER = re.compile(r"(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)(%|ms|s|min|h|d|[KMGT]B|[$€])?")

WORD = re.compile(r'\(|\)|"(?:[^"\\]|\\.)*"|[^\s()]+')


def parse_assertion(text: str, where: str = "assertion") -> Formula:
    """Reads a formula from its text.

    Raises:
        InputError: the text is not a well-formed assertion; says what was expected where.
    """
    tree = _tree(text, where)
    return _Reader(where, text).formula(tree)


def is_notation(text: str) -> bool:
    """Whether a text is meant as an assertion: it opens with a parenthesis that only its end closes, or nothing.

    "(2017) A beats B." is a sentence.
    """
    depth = 0
    words = WORD.findall(text)
    for i, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if depth <= 0:
            return i > 0 and i == len(words) - 1
    return bool(words)


def _tree(text: str, where: str) -> Any:
    stack: list[list[Any]] = [[]]
    for word in WORD.findall(text):
        if word == "(":
            stack.append([])
        elif word == ")":
            if len(stack) == 1:
                raise InputError(where, f"a closing parenthesis too many in {text!r}")
            closed = stack.pop()
            stack[-1].append(closed)
        else:
            stack[-1].append(word)
    if len(stack) > 1:
        raise InputError(where, f"{len(stack) - 1} parentheses are not closed in {text!r}")
    if len(stack[0]) != 1:
        raise InputError(where, f"expected one parenthesised form, got {text!r}")
    return stack[0][0]


class _Reader:
    """Turns the nested lists of one assertion into nodes."""

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self.text = text

    def fail(self, expected: str, got: Any) -> NoReturn:
        raise InputError(self.where, f"expected {expected}, got {_shown(got)} in {self.text!r}")

    def formula(self, tree: Any) -> Formula:
        if not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
            self.fail("a formula such as (> A B)", tree)
        head, arguments = tree[0], tree[1:]
        for reads in (self._relation, self._quantified, self._ranked, self._word_formula):
            formula = reads(head, arguments)
            if formula is not None:
                return formula
        self.fail(f"a formula ({', '.join((*RELATIONS, 'and', 'not', 'all', 'best', 'fact', '…'))})", tree)

    def _relation(self, head: str, arguments: list[Any]) -> Formula | None:
        if head not in RELATIONS:
            return None
        left, right = self.take(arguments, 2, f"two terms after {head!r}")
        return Compare(cast("Relation", head), self.term(left), self.term(right))

    def _quantified(self, head: str, arguments: list[Any]) -> Formula | None:
        if head not in QUANTIFIERS:
            return None
        number = self.number(arguments.pop(0)).value if head in NUMBERED and arguments else None
        variable, domain, body = self.take(arguments, 3, f"variable, domain and formula after {head!r}")
        return Quantified(
            cast("Quantifier", head), self.name(variable), self.domain(domain), self.formula(body), number
        )

    def _ranked(self, head: str, arguments: list[Any]) -> Formula | None:
        if head not in PLACES:
            return None
        lines = len(arguments) >= 3 and self.base(arguments[-2]) in LINES
        counted = len(arguments) == 5 if lines else head in {"top", "bottom", "rank"} and bool(arguments)
        k, until = self.place(arguments.pop(0)) if counted else (1, None)
        if lines and until is not None:
            self.fail("one place in a table", f"{k}-{until}")
        names, variable, domain, term = self.take(arguments, 4, f"names, variable, domain and term after {head!r}")
        one = not isinstance(names, list) or (not lines and len(names) == 2 and names[0] in METHODS)
        members = tuple(self.line(n) if lines else self.member(n, domain) for n in ([names] if one else names))
        return Ranked(head, members, self.name(variable), self.domain(domain), self.term(term), k, until)  # type: ignore[arg-type]

    def member(self, tree: Any, domain: Any) -> Run | str:
        """A ranked run, or the name of a target, language or model."""
        run = self.run(tree)
        return run.task if run.method == "plain" and self.base(domain) not in {"intermediates", "runs"} else run

    def place(self, tree: Any) -> tuple[int, int | None]:
        """A place, as "3", or the first and the last of several, as "3-4"."""
        low, sign, high = tree.partition("-") if isinstance(tree, str) else ("", "", "")
        if not low.isdecimal() or (sign and not (high.isdecimal() and 0 < int(low) < int(high))):
            self.fail("a place such as 3, or 3-4", tree)
        return int(low), int(high) if sign else None

    @staticmethod
    def base(domain: Any) -> Any:
        """The base of a domain that is still a tree."""
        return domain[0] if isinstance(domain, list) and domain else domain

    def line(self, tree: Any) -> str:
        """A line of a table in quotes, or a variable."""
        if isinstance(tree, str) and len(tree) > 1 and tree.startswith('"'):
            return re.sub(r"\\(.)", r"\1", tree[1:-1])
        if isinstance(tree, str) and tree.startswith("$"):
            return tree
        self.fail("a line of the table in quotes, or a variable such as $c", tree)

    def _word_formula(self, head: str, arguments: list[Any]) -> Formula | None:
        if head in get_args(Size):
            return Sized(cast("Size", head), self.term(self.take(arguments, 1, f"a term after {head!r}")[0]))
        if head in get_args(Direction):
            term, axis = self.take(arguments, 2, f"a term and an axis after {head!r}")
            return Trend(cast("Direction", head), self.term(term), self.name(axis))
        if head == "associated":
            term, axis = self.take(arguments, 2, "a term and an axis after 'associated'")
            return Associated(self.term(term), self.name(axis))
        if head == "fact":
            return self._fact(arguments)
        if head in {"and", "or"}:
            if not arguments:
                self.fail(f"at least one formula after {head!r}", arguments)
            parts = tuple(self.formula(argument) for argument in arguments)
            return And(parts) if head == "and" else Or(parts)
        if head == "state-of-the-art":
            return UniqueBest(self.name(self.take(arguments, 1, "a model")[0]))
        wrappers: dict[str, Callable[[Formula], Formula]] = {
            "not": Not, "significant": Significant, "consistent": Consistent,
        }  # fmt: skip
        if head in wrappers:
            return wrappers[head](self.formula(self.take(arguments, 1, f"one formula after {head!r}")[0]))
        return self._cell_formula(head, arguments)

    def _cell_formula(self, head: str, arguments: list[Any]) -> Formula | None:
        """The forms that are about cells of a table."""
        match head:
            case "along":
                direction, variable, domain, term = self.take(arguments, 4, "direction, variable, domain and term")
                if direction not in get_args(Direction):
                    self.fail("rising or falling", direction)
                return Along(direction, self.name(variable), self.domain(domain), self.term(term))
            case "slight" | "clear" | "tested":
                return Degree(head, self.formula(self.take(arguments, 1, f"one formula after {head!r}")[0]))
            case "between":
                term, low, high = self.take(arguments, 3, "a term and two numbers after 'between'")
                return Between(self.term(term), self.number(low), self.number(high))
            case "whole" if arguments:
                return Whole(tuple(self.formula(argument) for argument in arguments))
        return None

    def _fact(self, arguments: list[Any]) -> Formula:
        if len(arguments) < 3:
            self.fail("entity, attribute and value after 'fact'", ["fact", *arguments])
        values = tuple(self.number(v) if NUMBER.fullmatch(str(v)) else self.name(v) for v in arguments[2:])
        return Fact(self.name(arguments[0]), self.name(arguments[1]), values)

    def term(self, tree: Any) -> Term:
        if isinstance(tree, str):
            return self.number(tree)
        if not tree or not isinstance(tree[0], str):
            self.fail("a term such as (gain mnli xnli)", tree)
        head, arguments = tree[0], tree[1:]
        match head:
            case "score" | "gain":
                return self._measured(head, arguments)
            case "at":
                row, column = self.take(arguments, 2, "row and column after 'at'")
                return At(self.line(row), self.line(column))
            case "mean" | "max" | "min":
                return self._fold(head, arguments)
            case "-" | "-%" | "-abs" | "-better" | "-better%" | "/":
                left, right = self.take(arguments, 2, f"two terms after {head!r}")
                return Difference(self.term(left), self.term(right), head.removeprefix("-"))
            case "count":
                return Count(self.domain(self.take(arguments, 1, "a domain after 'count'")[0]))
            case "fact":
                entity, name = self.take(arguments, 2, "entity and attribute after 'fact'")
                return Attribute(self.name(entity), self.name(name))
        self.fail("a term (score, gain, mean, max, min, -, count, fact or a number)", tree)

    def _measured(self, head: str, arguments: list[Any]) -> Term:
        positional, options = self.options(arguments)
        run, target = self.take(positional, 2, f"run and target after {head!r}")
        make = Score if head == "score" else Gain
        return make(self.run(run), self.name(target), self.scope(options))

    def _fold(self, head: str, arguments: list[Any]) -> Term:
        positional, options = self.options(arguments)
        body, variable = self.take(positional, 2, f"a term and a variable after {head!r}")
        if "over" not in options:
            self.fail(f":over DOMAIN in {head!r}", arguments)
        domain = self.domain(options.pop("over"))
        return Fold(head, self.term(body), self.name(variable), domain, self.scope(options))  # type: ignore[arg-type]

    def options(self, arguments: list[Any]) -> tuple[list[Any], dict[str, Any]]:
        positional: list[Any] = []
        options: dict[str, Any] = {}
        rest = iter(arguments)
        for argument in rest:
            if isinstance(argument, str) and argument.startswith(":"):
                value = next(rest, None)
                if value is None:
                    self.fail(f"a value after {argument!r}", arguments)
                options[argument[1:]] = value
            else:
                positional.append(argument)
        return positional, options

    def scope(self, options: dict[str, Any]) -> Scope:
        known = [f.name for f in fields(Scope)]
        for key, value in options.items():
            if key not in known or not isinstance(value, str):
                self.fail(f"one of :{' :'.join(known)} with a name", f":{key} {_shown(value)}")
        return Scope(**options)

    def domain(self, tree: Any) -> Domain:
        if self.base(tree) in LINES:
            return self._lines(tree)
        if isinstance(tree, str):
            if tree not in BASES:
                self.fail(f"a domain ({', '.join(BASES)} or a list of names)", tree)
            return Domain(tree)
        if tree and tree[0] in BASES:
            _, options = self.options(tree[1:])
            without = tuple(self.name(name) for name in options.pop("without", ()))
            size = str(options.pop("size", ""))
            if not set(options) <= {"kind", "benchmark"} or not (size.isdecimal() or not size):
                self.fail("a domain's :kind, :benchmark, :without or :size (a whole number)", tree)
            chosen = (options.get("kind"), options.get("benchmark"))
            return Domain(tree[0], (), *chosen, without, int(size) if size else None)
        return Domain("names", tuple(self.name(name) for name in tree))

    def _lines(self, tree: Any) -> Domain:
        names, options = self.options([] if isinstance(tree, str) else tree[1:])
        without = options.pop("without", [])
        if options or not isinstance(without, list):
            self.fail("lines of a table, or :without (lines)", tree)
        lines = tuple(self.line(name) for name in names)
        return Domain(self.base(tree), lines, without=tuple(self.line(name) for name in without))

    def run(self, tree: Any) -> Run:
        if isinstance(tree, list):
            if len(tree) != 2 or tree[0] not in METHODS:
                self.fail("a run: a task or (mlm TASK) or (translated TASK)", tree)
            return Run(self.name(tree[1]), tree[0])
        return Run(self.name(tree))

    def number(self, tree: Any) -> StatedNumber:
        match = NUMBER.fullmatch(tree) if isinstance(tree, str) else None
        if match is None:
            self.fail("a number", tree)
        return StatedNumber(Decimal(match[1]), match[2] or "")

    def name(self, tree: Any) -> str:
        if not isinstance(tree, str) or tree.startswith((":", '"')):
            self.fail("a name", tree)
        return tree

    def take(self, arguments: list[Any], count: int, what: str) -> list[Any]:
        if len(arguments) != count:
            self.fail(what, arguments)
        return arguments


def _shown(tree: Any) -> str:
    if isinstance(tree, list):
        return "(" + " ".join(_shown(member) for member in tree) + ")"
    return repr(tree) if isinstance(tree, str) else str(tree)
