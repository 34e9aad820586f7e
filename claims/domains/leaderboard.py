"""Statements about rows of a leaderboard: "A is significantly better than B on T", "A is ranked between 1 and 3".

A sentence is read whole or not at all; whether its names are rows and tasks, the table says.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias, cast, get_args

from claims.assertion import (
    BASELINE_RUN,
    Compare,
    Domain,
    Fold,
    Formula,
    Not,
    Or,
    Quantified,
    Ranked,
    Run,
    Scope,
    Score,
    Significant,
    Term,
)
from claims.language.certificate import TokenUse

Statement: TypeAlias = Literal["better", "not-better", "differ", "alike", "tied", "rank", "between"]
Extent: TypeAlias = Literal["", "average", "each"]


@dataclass(frozen=True, slots=True)
class BoardClaim:
    """What a sentence says of rows.

    Attributes:
        statement: what is said. a, b: names of rows as they stand; b is empty of a rank.
        task, language: names as they stand, or "". extent: "average" and "each" (of all tasks) where the sentence
            says so.
        low, high: the places of a rank, 0 where none is stated.
    """

    statement: Statement
    a: str
    b: str
    task: str
    language: str
    extent: Extent
    low: int
    high: int


def board_claims(sentence: str) -> tuple[BoardClaim, ...]:
    """Every way to take a sentence as a statement about rows of a leaderboard; its names are yet to be found."""
    text = " ".join(sentence.split()).removesuffix(".")
    found = [(statement, form.fullmatch(text)) for statement, form in _forms()]
    said = [(statement, match.groupdict("")) for statement, match in found if match]
    return tuple(dict.fromkeys(_claim(statement, names) for statement, names in said))


def certificate_of(sentence: str, claim: BoardClaim) -> tuple[TokenUse, ...]:
    """What each stretch of a sentence became that was read as a claim; together they are the whole sentence."""
    text = " ".join(sentence.split())
    said = text.removesuffix(".")
    matches = ((statement, form.fullmatch(said)) for statement, form in _forms())
    match = next(found for statement, found in matches if found and _claim(statement, found.groupdict("")) == claim)
    roles: dict[str, str] = _words()["roles"]
    spans = sorted((match.span(name), role) for name, role in roles.items() if match.groupdict().get(name))
    uses, reached = [], 0
    for (start, end), role in (*spans, ((len(said), len(said)), "")):
        uses += [TokenUse(said[reached:start].strip(), "statement"), TokenUse(said[start:end], role)]
        reached = end
    uses.append(TokenUse(text[len(said) :], "sign"))
    return tuple(use for use in uses if use.text)


def formula_of(claim: BoardClaim, models: tuple[str, ...], task: str, language: str) -> Formula:
    """The claim as an assertion.

    Args:
        claim: the statement.
        models: ids of what it calls a and b.
        task: id, or "" of the mean over tasks.
        language: code, or "".
    """
    if claim.statement in {"rank", "between"}:
        term = _term(VARIABLE, task, language)
        held = [
            Ranked("rank", models[:1], VARIABLE, Domain("models"), term, k) for k in range(claim.low, claim.high + 1)
        ]
        return held[0] if len(held) == 1 else Or(tuple(held))
    each = claim.extent == "each"
    a, b = (_term(model, "t" if each else task, language) for model in models)
    above, below = Significant(Compare(">", a, b)), Significant(Compare("<", a, b))
    said: dict[Statement, Formula] = {
        "better": above,
        "not-better": Not(above),
        "differ": Or((above, below)),
        "alike": Not(Or((above, below))),
        "tied": Compare("~", a, b),
    }
    return Quantified("all", "t", Domain("targets"), said[claim.statement]) if each else said[claim.statement]


VARIABLE = "m"


def _term(model: str, task: str, language: str) -> Term:
    if task:
        return Score(Run(BASELINE_RUN), task, Scope(model=model, language=language or None))
    mean = Score(Run(BASELINE_RUN), "t")
    return Fold("mean", mean, "t", Domain("targets"), Scope(model=model, language=language or None))


def _claim(statement: Statement, said: dict[str, str]) -> BoardClaim:
    place = said.get("k", "")
    low, high = (_place(said.get("low", "") or place), _place(said.get("high", "") or place))
    extent: Extent = "each" if said["each"] else "average" if said["averages"] else ""
    return BoardClaim(statement, said["a"], said.get("b", ""), said["task"], said["language"], extent, low, high)


def _place(text: str) -> int:
    if not text:
        return 0
    words = _words()["first"]
    return words.index(text.casefold()) + 1 if text.casefold() in words else int(text)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("claims.domains") / "leaderboard.toml").read_text(encoding="utf-8"))


@cache
def _forms() -> tuple[tuple[Statement, re.Pattern[str]], ...]:
    data = _words()
    some = {name: "|".join(map(re.escape, listed)) for name, listed in data.items() if isinstance(listed, list)}
    of_parts = r"(?:on (?P<task>.+?))?(?: ?in (?P<language>.+?))?"
    where = rf"(?P<averages>{some['averages']})|(?P<each>{some['each']})|{of_parts}"
    slots = {name: rf"(?:{words})" for name, words in some.items()}
    slots |= {name: rf"(?P<{name}>.+?)" for name in ("a", "b")}
    slots |= {name: rf"(?P<{name}>{some['first']}|[1-9]\d{{0,2}})" for name in ("k", "low", "high")}
    found = []
    for statement in get_args(Statement):
        for form in data["forms"][statement]:
            inside = form.format(**slots, where=rf"(?: (?:{where}))?")
            opening = rf"(?:{where}),? {form.format(**slots, where='')}"
            found += [(cast("Statement", statement), re.compile(text, re.IGNORECASE)) for text in (opening, inside)]
    return tuple(found)
