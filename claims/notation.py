"""Assertions as text, one line each, and back.

`parse_assertion(str(formula)) == formula` for every well-formed formula. A node is written as a head and its fields in
their order, each as its type is; `TERMS` and `FORMULAS` tell which head stands for which node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any, NoReturn, cast, get_args

import claims.assertion as forms
from analysis.errors import InputError
from claims.assertion import Difference, Domain, Fold, Formula, Node, Quantified, Ranked, Run, Scope, StatedNumber, Term

BASES = ("intermediates", "runs", "targets", "tasks", "languages", "models")
METHODS = ("mlm", "translated")
RELATIONS = get_args(forms.Relation)
DIRECTIONS = get_args(forms.Direction)
NUMBERED = ("count=", "count>=", "count<=", "share>=")
PLACES = ("best", "worst", "top", "bottom", "rank", "highest", "lowest")
LINES = ("rows", "columns")

TERMS: Mapping[str, type[Node]] = {
    "score": forms.Score, "gain": forms.Gain, "at": forms.At, "count": forms.Count, "fact": forms.Attribute,
    **dict.fromkeys(("mean", "max", "min"), Fold),
    **dict.fromkeys(("-", "-%", "-abs", "-better", "-better%", "/"), Difference),
}  # fmt: skip
"""Head → term."""
FORMULAS: Mapping[str, type[Node]] = {
    "and": forms.And, "or": forms.Or, "not": forms.Not, "whole": forms.Whole, "significant": forms.Significant,
    "consistent": forms.Consistent, "between": forms.Between, "along": forms.Along, "associated": forms.Associated,
    "state-of-the-art": forms.UniqueBest, "fact": forms.Fact,
    **dict.fromkeys(RELATIONS, forms.Compare), **dict.fromkeys(DIRECTIONS, forms.Trend),
    **dict.fromkeys(get_args(forms.Quantifier), Quantified), **dict.fromkeys(PLACES, Ranked),
    **dict.fromkeys(get_args(forms.Size), forms.Sized), **dict.fromkeys(("slight", "clear", "tested"), forms.Degree),
}  # fmt: skip
"""Head → formula."""
HEADS: Mapping[type[Node], str] = {kind: head for head, kind in (*TERMS.items(), *FORMULAS.items())}
"""Node → its only head."""
HEADED: Mapping[type[Node], str] = {
    forms.Compare: "relation", forms.Trend: "direction", Quantified: "quantifier", forms.Sized: "word",
    forms.Degree: "word", Fold: "how", Difference: "unit", Ranked: "place",
}  # fmt: skip
"""Node → the field that its head tells."""
ASKED = {"part": "formula", "parts": "formula", "left": "left term", "right": "right term", "values": "value"}
"""Field → what a message calls it, where that is not its own name; a body is called by its type."""

NUMBER = re.compile(r"(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)(%|ms|s|min|h|d|[KMGT]B|[$€])?")
WORD = re.compile(r'\(|\)|"(?:[^"\\]|\\.)*"|[^\s()]+')


@cache
def _slots(kind: Any) -> Mapping[str, str]:
    """The fields of a node that stand behind its head: name → type, "line" for the lines of a cell."""
    head, line = HEADED.get(kind), ("row", "column")
    slots = {f.name: "line" if f.name in line else str(f.type) for f in fields(kind) if f.name != head}
    if kind is Quantified:  # its number stands before the others
        del slots["number"]
    return slots


# --------------------------------------------------------------------------------- printing


def written(node: Any) -> str:
    """The text of a node, put together anew; `str` keeps it."""
    match node:
        case StatedNumber(value, unit):
            return f"{value}{unit}"
        case Run(task, method):
            return task if method == "plain" else f"({method} {task})"
        case Scope():
            return " ".join(f":{f.name} {v}" for f in fields(node) if (v := getattr(node, f.name)) is not None)
        case Domain():
            return _domain_text(node)
        case Ranked():
            return f"({' '.join(_ranked_words(node))})"
    return f"({' '.join(filter(None, _words(node)))})"


def quoted(name: str) -> str:
    """A line of a table as it stands in an assertion; variables stay bare."""
    return name if name.startswith("$") else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(node: Any) -> Iterator[str]:
    kind = type(node)
    if kind not in HEADS:
        raise TypeError(f"not part of an assertion: {node!r}")
    head = str(getattr(node, HEADED[kind])) if kind in HEADED else HEADS[kind]
    yield f"-{head}" if kind is Difference and head != "/" else head
    if kind is Quantified and node.number is not None:
        yield str(node.number)
    for name, sort in _slots(cast("Any", kind)).items():
        value = getattr(node, name)
        if kind is Fold and sort == "Domain":
            yield ":over"
        if isinstance(value, tuple):
            yield from map(str, value)
        else:
            yield quoted(value) if sort == "line" else str(value)


def _domain_text(domain: Domain) -> str:
    if domain.base == "names":
        return f"({' '.join(domain.names)})"
    spelled = quoted if domain.base in LINES else str
    options = [spelled(name) for name in domain.names]
    if domain.kind is not None:
        options.append(f":kind {domain.kind}")
    if domain.benchmark is not None:
        options.append(f":benchmark {domain.benchmark}")
    if domain.without:
        options.append(f":without ({' '.join(map(spelled, domain.without))})")
    if domain.size is not None:
        options.append(f":size {domain.size}")
    return f"({' '.join([domain.base, *options])})" if options else domain.base


def _ranked_words(node: Ranked) -> Iterator[str]:
    yield node.place
    if node.place in {"top", "bottom", "rank"}:
        yield str(node.k) if node.until is None else f"{node.k}-{node.until}"
    lines = node.domain.base in LINES
    if lines and node.k != 1:
        yield str(node.k)
    names = [quoted(name) if lines and isinstance(name, str) else str(name) for name in node.names]
    yield names[0] if len(names) == 1 else f"({' '.join(names)})"
    yield from (node.variable, str(node.domain), str(node.term))


# ---------------------------------------------------------------------------------- reading


def parse_assertion(text: str, where: str = "assertion") -> Formula:
    """Reads a formula from its text.

    Raises:
        InputError: the text is not a well-formed assertion; says what was expected where.
    """
    return _Reader(where, text).formula(_tree(text, where))


def is_notation(text: str) -> bool:
    """True if a text is meant as an assertion: it opens with a parenthesis that only its end closes, or nothing.

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
        raise InputError(where, f"{text!r} is not closed; add {')' * (len(stack) - 1)} at its end")
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
        if tree[0] not in FORMULAS:
            self.fail(f"a formula ({', '.join((*RELATIONS, 'and', 'not', 'all', 'best', 'fact', '…'))})", tree)
        return cast("Formula", self.node(FORMULAS[tree[0]], tree[0], tree[1:]))

    def term(self, tree: Any) -> Term:
        if isinstance(tree, str):
            return self.number(tree)
        if not tree or not isinstance(tree[0], str):
            self.fail("a term such as (gain mnli xnli)", tree)
        if tree[0] not in TERMS:
            self.fail("a term (score, gain, mean, max, min, -, count, fact or a number)", tree)
        return cast("Term", self.node(TERMS[tree[0]], tree[0], tree[1:]))

    def node(self, kind: type[Node], head: str, arguments: list[Any]) -> Node:
        """The node of a form."""
        if kind is Ranked:
            return self.ranked(head, arguments)
        given: dict[str, Any] = {}
        if kind in HEADED:
            given[HEADED[kind]] = head.removeprefix("-") if kind is Difference else head
        if kind is Quantified and head in NUMBERED and arguments:
            given["number"] = self.number(arguments.pop(0)).value
        slots = dict(_slots(cast("Any", kind)))
        if slots.pop("scope", None):
            arguments, options = self.options(arguments)
            if kind is Fold:
                if "over" not in options:
                    self.fail(f":over DOMAIN in {head!r}", arguments)
                given["domain"] = self.domain(options.pop("over"))
                del slots["domain"]
            given["scope"] = self.scope(options)
        last = list(slots)[-1]
        several = slots[last].startswith("tuple")
        if len(arguments) < len(slots) or (len(arguments) > len(slots) and not several):
            self.fail(f"{_asked(slots)} after {head!r}", arguments)
        for n, (name, sort) in enumerate(slots.items()):
            if several and name == last:
                member = sort.removeprefix("tuple[").removesuffix(", ...]")
                given[name] = tuple(self.read(member, tree) for tree in arguments[n:])
            else:
                given[name] = self.read(sort, arguments[n])
        return kind(**given)

    def read(self, sort: str, tree: Any) -> Any:
        """A field of a type."""
        match sort:
            case "Term":
                return self.term(tree)
            case "Formula":
                return self.formula(tree)
            case "Domain":
                return self.domain(tree)
            case "Run":
                return self.run(tree)
            case "line":
                return self.line(tree)
            case "StatedNumber":
                return self.number(tree)
            case "str | StatedNumber" if NUMBER.fullmatch(str(tree)):
                return self.number(tree)
            case "Direction" if tree not in DIRECTIONS:
                self.fail("rising or falling", tree)
        return self.name(tree)

    def ranked(self, head: str, arguments: list[Any]) -> Ranked:
        """A place in an order, which may be counted and shared."""
        lines = len(arguments) >= 3 and _base(arguments[-2]) in LINES
        counted = len(arguments) == 5 if lines else head in {"top", "bottom", "rank"} and bool(arguments)
        k, until = self.place(arguments.pop(0)) if counted else (1, None)
        if lines and until is not None:
            self.fail("one place in a table", f"{k}-{until}")
        if len(arguments) != 4:
            self.fail(f"names, variable, domain and term after {head!r}", arguments)
        names, variable, domain, term = arguments
        one = not isinstance(names, list) or (not lines and len(names) == 2 and names[0] in METHODS)
        members = tuple(self.line(n) if lines else self.member(n, domain) for n in ([names] if one else names))
        return Ranked(head, members, self.name(variable), self.domain(domain), self.term(term), k, until)  # type: ignore[arg-type]

    def member(self, tree: Any, domain: Any) -> Run | str:
        """A ranked run, or the name of a target, language or model."""
        run = self.run(tree)
        return run.task if run.method == "plain" and _base(domain) not in {"intermediates", "runs"} else run

    def place(self, tree: Any) -> tuple[int, int | None]:
        """A place, as "3", or the first and the last of several, as "3-4"."""
        low, sign, high = tree.partition("-") if isinstance(tree, str) else ("", "", "")
        if not low.isdecimal() or (sign and not (high.isdecimal() and 0 < int(low) < int(high))):
            self.fail("a place such as 3, or 3-4", tree)
        return int(low), int(high) if sign else None

    def line(self, tree: Any) -> str:
        """A line of a table in quotes, or a variable."""
        if isinstance(tree, str) and len(tree) > 1 and tree.startswith('"'):
            return re.sub(r"\\(.)", r"\1", tree[1:-1])
        if isinstance(tree, str) and tree.startswith("$"):
            return tree
        self.fail("a line of the table in quotes, or a variable such as $c", tree)

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
        if _base(tree) in LINES:
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
        return Domain(_base(tree), lines, without=tuple(self.line(name) for name in without))

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


def _base(domain: Any) -> Any:
    """The base of a domain that is still a tree."""
    return domain[0] if isinstance(domain, list) and domain else domain


def _asked(slots: Mapping[str, str]) -> str:
    """The fields of a form in words, as in "variable, domain and formula"."""
    *names, last = (sort.lower() if name == "body" else ASKED.get(name, name) for name, sort in slots.items())
    return f"{', '.join(names)} and {last}" if names else f"a {last}"


def _shown(tree: Any) -> str:
    if isinstance(tree, list):
        return "(" + " ".join(_shown(member) for member in tree) + ")"
    return repr(tree) if isinstance(tree, str) else str(tree)
