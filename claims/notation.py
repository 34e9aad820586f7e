"""Assertions as text, one line each, and back.

`parse_assertion(str(formula)) == formula` for every well-formed formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

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
    Domain,
    Fact,
    Fold,
    Gain,
    Not,
    Or,
    Quantified,
    Ranked,
    Run,
    Scope,
    Score,
    Significant,
    Sized,
    StatedNumber,
    Trend,
    UniqueBest,
    Whole,
)  # fmt: skip

# --------------------------------------------------------------------------------- printing


def notation(node: Any) -> str:
    """The one-line text of a formula, term, run, domain or scope."""
    return str(node)


def written(node: Any) -> str:
    """The text of a node, put together anew; `str` keeps it."""
    return " ".join(_words(node))


def _words(node: Any) -> Iterator[str]:
    match node:
        case str():
            yield node
        case StatedNumber(value, unit):
            yield f"{value}{unit}"
        case Run(task, "plain"):
            yield task
        case Run(task, method):
            yield f"({method} {task})"
        case Scope():
            for f in fields(node):
                if (value := getattr(node, f.name)) is not None:
                    yield f":{f.name} {value}"
        case Domain():
            yield _domain_text(node)
        case _:
            yield "(" + " ".join(_form(node)) + ")"


def quoted(name: str) -> str:
    """A line of a table as it stands in an assertion; variables stay bare."""
    return name if name.startswith("$") else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _domain_text(domain: Domain) -> str:
    if domain.base == "names":
        return f"({' '.join(domain.names)})"
    spelled = quoted if domain.base in {"rows", "columns"} else str
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


def _form(node: Any) -> Iterator[str]:  # noqa: C901 (one line a form)
    match node:
        case Score(run, target, scope):
            yield from ("score", notation(run), target, *_words(scope))
        case At(row, column):
            yield from ("at", quoted(row), quoted(column))
        case Along(direction, variable, domain, term):
            yield from ("along", direction, variable, notation(domain), notation(term))
        case Degree(word, body):
            yield from (word, notation(body))
        case Gain(run, target, scope):
            yield from ("gain", notation(run), target, *_words(scope))
        case Fold(how, body, variable, domain, scope):
            yield from (how, notation(body), variable, ":over", notation(domain), *_words(scope))
        case Difference(left, right, unit):
            yield from ("/" if unit == "/" else f"-{unit}", notation(left), notation(right))
        case Attribute(entity, name):
            yield from ("fact", entity, name)
        case Count(domain):
            yield from ("count", notation(domain))
        case Compare(relation, left, right):
            yield from (relation, notation(left), notation(right))
        case Sized(word, term):
            yield from (word, notation(term))
        case Quantified(quantifier, variable, domain, body, number):
            yield quantifier
            if number is not None:
                yield str(number)
            yield from (variable, notation(domain), notation(body))
        case Ranked():
            yield from _ranked_words(node)
        case Fact(entity, attribute, values):
            yield from ("fact", entity, attribute, *(notation(value) for value in values))
        case Trend(direction, term, axis):
            yield from (direction, notation(term), axis)
        case Associated(term, axis):
            yield from ("associated", notation(term), axis)
        case And(parts) | Or(parts):
            yield from ("and" if isinstance(node, And) else "or", *(notation(part) for part in parts))
        case Whole(parts):
            yield from ("whole", *(notation(part) for part in parts))
        case Between(term, low, high):
            yield from ("between", notation(term), notation(low), notation(high))
        case Significant(part) | Consistent(part) | Not(part) | UniqueBest(part):
            yield from (WRAPPERS[type(node)], notation(part))
        case _:
            raise TypeError(f"not part of an assertion: {node!r}")


WRAPPERS: dict[type[Any], str] = {
    Significant: "significant", Consistent: "consistent", Not: "not", UniqueBest: "state-of-the-art",
}  # fmt: skip


def _ranked_words(node: Ranked) -> Iterator[str]:
    yield node.place
    if node.place in {"top", "bottom", "rank"}:
        yield str(node.k) if node.until is None else f"{node.k}-{node.until}"
    lines = node.domain.base in {"rows", "columns"}
    if lines and node.k != 1:
        yield str(node.k)
    names = [quoted(name) if lines and isinstance(name, str) else notation(name) for name in node.names]
    yield names[0] if len(names) == 1 else f"({' '.join(names)})"
    yield from (node.variable, notation(node.domain), notation(node.term))
