"""Numbers of a clause: differences, scores beside names, counts, and all others."""

from __future__ import annotations

from collections.abc import Sequence

from claims.tables.assertion import Quantity, Share
from claims.tables.clause import Clause
from claims.tables.lexicon import BOUNDS
from claims.tables.sentences import RELATIONS
from claims.tables.tokens import Token


def take_number(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> None:
    """Puts a number where it belongs in its clause."""
    token = tokens[i]
    assert token.number is not None
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if _labels(tokens, i) or (clause.share is not None and clause.share.out_of == token.number):
        return
    if clause.share is not None and clause.share.kind == "all-but" and before is not None and before.kind == "except":
        return
    if share := _count_of(tokens, i):
        clause.share = share
        return
    if token.text.casefold() in ("one", "two", "three") and (after is None or after.kind not in RELATIONS):
        return
    owner = next((t for t in reversed(tokens[:i]) if t.kind != "sign"), None)
    if (
        before is not None
        and before.text == "("
        and owner is not None
        and owner.mention is not None
        and _closed(tokens, i)
    ):
        clause.stated.append((owner.mention, Quantity(token.number, token.unit)))
        return
    bound = before.kind if before is not None and before.kind in BOUNDS else ""
    quantity = Quantity(token.number, token.unit, bound, _sense(tokens, i) if token.unit == "%" else "")
    if before is not None and before.text == "/" and clause.by:
        clause.by.append(quantity)
        return
    if _bracketed(tokens, i):
        clause.numbers.append((quantity, role))
        return
    led = next((t.text.casefold() for t in reversed(tokens[:i]) if not _colours(t)), "")
    follows = after.kind if after is not None else ""
    if (
        led == "by"
        or follows in RELATIONS
        or (after is not None and after.text.casefold() == "absolute")
        or _measures_gap(tokens, i)
    ):
        clause.by.append(quantity)
    else:
        clause.numbers.append((quantity, role))


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


def _count_of(tokens: Sequence[Token], i: int) -> Share | None:
    """The share in “3 out of 4 language pairs”, “3/5”, “three of the four datasets”."""
    own = tokens[i].number
    if own is None or own % 1 or tokens[i].unit:
        return None
    words = [t.text.casefold() for t in tokens[i + 1 : i + 5]]
    number = next((t.number for t in tokens[i + 1 : i + 5] if t.number is not None), None)
    if number is None or number % 1 or number < own:
        return None
    if words[:1] == ["/"] or words[:1] == ["of"] or words[:2] == ["out", "of"]:
        return Share("count", int(own), int(number))
    return None
