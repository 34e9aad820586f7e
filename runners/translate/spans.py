"""Answers in translated contexts: found as they are, or marked before translation and recovered.

A span that cannot be placed with certainty is not placed.
"""

from __future__ import annotations

import re

MARKERS = (("[", "]"), ("{", "}"), ("«", "»"), ("<", ">"))
"""Tried in order; a pair is free where the context holds neither of its signs."""

UNSPACED = frozenset({"Hans", "Hant", "Hani", "Jpan", "Kore", "Hang", "Thai", "Khmr", "Laoo", "Mymr"})
"""Scripts (ISO 15924) in which a word's neighbours may touch it."""


def found_once(answer: str, context: str, *, spaced: bool = True) -> tuple[str, int] | None:
    """The one place where the answer stands in the context, as (text, first character).

    Args:
        answer: capitals do not count, nor does a full stop that the translator added.
        context: searched.
        spaced: the answer must not be part of a longer word.
    """
    wanted = answer.strip().rstrip(".。").strip()
    if not wanted:
        return None
    pattern = re.escape(wanted)
    if spaced:
        pattern = (r"(?<!\w)" if _of_word(wanted[0]) else "") + pattern + (r"(?!\w)" if _of_word(wanted[-1]) else "")
    places = list(re.finditer(pattern, context, re.IGNORECASE))
    return (places[0].group(), places[0].start()) if len(places) == 1 else None


def marked(context: str, start: int, length: int) -> str | None:
    """The context with signs around a span; None where no pair of signs is free."""
    pair = markers(context)
    if pair is None:
        return None
    end = start + length
    return f"{context[:start]}{pair[0]}{context[start:end]}{pair[1]}{context[end:]}"


def markers(context: str) -> tuple[str, str] | None:
    """The first pair of signs that the context does not hold."""
    return next((pair for pair in MARKERS if not any(sign in context for sign in pair)), None)


def recovered(translated: str, pair: tuple[str, str]) -> tuple[str, str, int] | None:
    """Context, answer and its first character where both signs came through once, in order."""
    if any(translated.count(sign) != 1 for sign in pair):
        return None
    before, _, rest = translated.partition(pair[0])
    inside, closed, after = rest.partition(pair[1])
    answer = inside.strip()
    if not closed or not answer:
        return None
    if inside[0].isspace() and before and not before[-1].isspace():
        before += " "
    if inside[-1].isspace() and after and not after[0].isspace():
        after = " " + after
    return before + answer + after, answer, len(before)


def _of_word(sign: str) -> bool:
    return re.match(r"\w", sign) is not None
