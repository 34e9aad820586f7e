"""Numbers of a clause: differences, scores beside names, counts, and all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.tables.assertion import Quantity
from claims.tables.clause import Clause
from claims.tables.lexicon import BOUNDS
from claims.tables.mentions import Mention
from claims.tables.sentences import RELATIONS
from claims.tables.shares import share_at
from claims.tables.tokens import Token


def take_number(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> None:
    """Puts a number where it belongs in its clause."""
    token = tokens[i]
    assert token.number is not None
    if _labels(tokens, i) or _said_before(clause, tokens, i):
        return
    if (start := _start_of_span(tokens, i)) is not None:
        clause.span = (start, Quantity(token.number, token.unit))
        return
    if (share := share_at(tokens, i, role)) is not None:
        clause.share = share
        return
    if token.text.casefold() in ("one", "two", "three") and _kind_at(tokens, i + 1) not in RELATIONS:
        return
    if (owner := _owner(tokens, i)) is not None:
        clause.stated.append((owner, Quantity(token.number, token.unit)))
        return
    bound = _kind_at(tokens, i - 1) if _kind_at(tokens, i - 1) in BOUNDS else ""
    quantity = Quantity(token.number, token.unit, bound, _sense(tokens, i) if token.unit == "%" else "")
    if not _joins_difference(clause, tokens, i) and (_bracketed(tokens, i) or not _is_difference(tokens, i)):
        clause.numbers.append((quantity, role))
        return
    if clause.by and quantity.unit and not clause.by[-1].unit:
        clause.by[-1] = replace(clause.by[-1], unit=quantity.unit)
    clause.by.append(quantity)


def _said_before(clause: Clause, tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is part of what another token has brought already."""
    share = clause.share
    counted = share is not None and share.out_of == tokens[i].number
    excepted = share is not None and share.kind == "all-but" and _kind_at(tokens, i - 1) == "except"
    return counted or excepted or _start_of_span(tokens, i + 2) is not None


def _kind_at(tokens: Sequence[Token], i: int) -> str:
    """The kind of the token at a place, empty outside the clause."""
    return tokens[i].kind if 0 <= i < len(tokens) else ""


def _owner(tokens: Sequence[Token], i: int) -> Mention | None:
    """The name in whose brackets a number stands alone: "A (70.5)"."""
    owner = next((t for t in reversed(tokens[:i]) if t.kind != "sign"), None)
    alone = i > 0 and tokens[i - 1].text == "(" and _closed(tokens, i)
    return owner.mention if alone and owner is not None else None


def _joins_difference(clause: Clause, tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is joined to a difference before it ("by 4.0 and 8.0 points", "0.4/0.3")."""
    if not clause.by or i < 2 or tokens[i - 2].number is None:
        return False
    return tokens[i - 1].text.casefold() in ("/", "and")


def _is_difference(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number says by how much: "by 2 points", "2 points better", "a gain of 2"."""
    led = next((t.text.casefold() for t in reversed(tokens[:i]) if not _colours(t)), "")
    absolute = i + 1 < len(tokens) and tokens[i + 1].text.casefold() == "absolute"
    return led == "by" or absolute or _kind_at(tokens, i + 1) in RELATIONS or _measures_gap(tokens, i)


def _start_of_span(tokens: Sequence[Token], i: int) -> Quantity | None:
    """The first number of "from 52.0 to 56.0", for the place of the second."""
    if not 3 <= i < len(tokens) or tokens[i].number is None:
        return None
    opened, start, to = tokens[i - 3 : i]
    if opened.text.casefold() != "from" or to.text.casefold() != "to" or start.number is None:
        return None
    return Quantity(start.number, start.unit or tokens[i].unit)


def _colours(token: Token) -> bool:
    """Whether a token between "by" and a number says nothing of its own ("by a relative 2 %", "by about 2")."""
    kinds = {"clear", "slight", "filler", *BOUNDS}
    return token.kind in kinds or token.text.casefold() in ("a", "an", "the", "only", "just", "up", "to")


def _labels(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is a table's, a section's or a year's, not a result."""
    before = tokens[i - 1].text.casefold() if i else ""
    number = tokens[i].number
    year = number is not None and number % 1 == 0 and 1950 <= number <= 2100 and not tokens[i].unit
    return before in ("table", "tables", "section", "figure", "fig", "footnote") or (year and _bracketed(tokens, i))


def _sense(tokens: Sequence[Token], i: int) -> str:
    """Of what a percentage is, where the words around it say so."""
    alone = sum(token.number is not None for token in tokens) == 1
    near = [t.text.casefold() for t in (tokens if alone else tokens[max(0, i - 3) : i + 4])]
    if "error" in near or "errors" in near:
        return "error"
    return next((word for word in ("relative", "absolute") if word in near or f"{word}ly" in near), "")


def _closed(tokens: Sequence[Token], i: int) -> bool:
    """Whether a bracket closes right after a number."""
    return i + 1 < len(tokens) and tokens[i + 1].text == ")"


def _bracketed(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number stands in brackets, as a score beside a name does."""
    depth = 0
    for token in tokens[:i]:
        depth += (token.text == "(") - (token.text == ")")
    return depth > 0


def _measures_gap(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is the size of a gap or gain: "a gap of 10.5", "0.9 BLEU gain", "3.66% better"."""
    window = [t for t in tokens[i + 1 : i + 4] if t.kind != "sign"]
    if window[:1] and window[0].number is not None and tokens[i + 1].text == "/":
        return _measures_gap(tokens, i + 2)
    if any(t.number is not None for t in window):
        return False
    if window[:1] and window[0].kind == "than":
        return True
    if any(t.kind in RELATIONS - {"same"} for t in window[:3]) and not any(
        t.kind in ("scope", "modifier") for t in window[:2]
    ):
        return True
    before = [t for t in tokens[max(0, i - 3) : i] if t.kind != "sign"]
    return (
        bool(before)
        and before[-1].text.casefold() in ("of", "only", "with")
        and any(t.kind in ("gap", "better-than", "rises", "falls", "helps") for t in before)
    )
