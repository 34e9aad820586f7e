"""Words and signs around a number that make it a bound or an approximation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from analysis.numbers.lexicon import forms, one_of
from analysis.numbers.number import Relation

WINDOW = 40
"""Characters before a number in which such words are looked for; the longest takes fewer."""

BLANKS = " \u00a0"

TAG = re.compile(r"</?[A-Za-z][^<>]*>\Z")
"""A tag of HTML, whose end is no relation."""

NEGATION = re.compile(r"(?:\b(?:not|never|no|without|cannot|neither|nor|hardly)|n't)[ \u00a0]\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """A relation written at a number.

    Attributes:
        relation: what it says. at: where it begins (before a number) or ends (after one).
        near, reached: as in `Number`. sign: whether it is a sign, without which nothing can be read.
    """

    relation: Relation
    at: int
    near: bool = False
    reached: bool = False
    sign: bool = False


def before(text: str, start: int) -> Bound | None:
    """The relation written before a number of a folded text."""
    least = max(0, start - WINDOW)
    window = text[least:start]
    bare = window[:-1] if window[-1:] in BLANKS else window
    if bare.endswith(_signs()) and (found := _sign().search(window)) and not TAG.search(window):
        return Bound(meant(found[1], "relation_signs"), least + found.start(), sign=True)
    if bare is window or (bare.isascii() and not bare.lower().endswith(_last_words())):
        return None
    found = _words().search(window)
    if found is None or (found.start() == 0 and least > 0):
        return None
    if NEGATION.search(window, 0, found.start()):
        return None
    phrase = " ".join(found[1].lower().replace("\u00a0", " ").split())
    for name in ("relations_before", "near_before", "reached_before"):
        if phrase in forms(name):
            at = least + found.start(1)
            return Bound(meant(phrase, name), at, near=name.startswith("near"), reached=name.startswith("reached"))
    return None


def after(text: str, end: int) -> Bound | None:
    """The relation written after a number: "10+", "10 or more"."""
    if (
        text[end : end + 1] == "+"
        and not text[end + 1 : end + 2].isalnum()
        and text[end + 1 : end + 2] not in ("+", "/")
    ):
        return Bound(">=", end + 1, sign=True)
    found = _after().match(text, end)
    if found is None:
        return None
    return Bound(meant(found[1].lower().replace("\u00a0", " "), "relations_after"), found.end())


def meant(form: str, name: str) -> Relation:
    """The relation that a form of one of the tables stands for."""
    return cast(Relation, forms(name)[form])


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"(?<![=-])({one_of(forms('relation_signs'))})[ \u00a0]?\Z")


@cache
def _signs() -> tuple[str, ...]:
    return tuple(forms("relation_signs"))


@cache
def _last_words() -> tuple[str, ...]:
    """The last words of the phrases that stand before a number."""
    phrases = forms("relations_before", "near_before", "reached_before")
    return tuple({phrase.split()[-1].lower() for phrase in phrases})


@cache
def _words() -> re.Pattern[str]:
    phrases = one_of(forms("relations_before", "near_before", "reached_before"))
    return re.compile(rf"(?<![\w-])({phrases})[ \u00a0]\Z", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0]({one_of(forms('relations_after'))})(?!\w)", re.IGNORECASE)
