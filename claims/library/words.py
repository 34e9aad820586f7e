"""Words as they are looked up: names and numbers whole ("XLM-R", "SQuAD2.0", "8.2"), compounds by their parts, too."""

from __future__ import annotations

import re

from claims.phrases import each_word

TOKEN = re.compile(r"[^\W_]+(?:[-.,+/'’][^\W_]+)*[+%]?")
PART = re.compile(r"[^\W\d_]{3,}")
COMMON = each_word(
    "a an and are as at be been by can do does for from has have in is it its of on or our than that the their there "
    "these they this to was we were which with"
)
"""Words too common to tell one sentence from another; they are not looked for beside others."""


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, dashes and minus signs as hyphens."""
    plain = text.lower().replace("‐", "-").replace("‑", "-").replace("−", "-").replace("–", "-")
    return [token.replace(",", "") if token[0].isdigit() else token.replace(",", " ") for token in TOKEN.findall(plain)]


def parts(token: str) -> list[str]:
    """The parts of a compound of words ("intermediate-task"); none of a name or number ("xlm-r", "8.2")."""
    found = re.split(r"[-/]", token)
    return found if len(found) > 1 and all(map(PART.fullmatch, found)) else []


def indexed(text: str) -> str:
    """A text as it is indexed."""
    return " ".join(word for token in tokens(text) for word in (token, *parts(token)))


def looked_for(query: str) -> list[str]:
    """The words of a query that tell sentences apart; all of them where none does."""
    found = list(dict.fromkeys(tokens(query)))
    return [token for token in found if token not in COMMON] or found


def all_of(words: list[str]) -> str:
    """An FTS5 expression for sentences with every one of some words; a compound may be written apart."""
    return " AND ".join(map(_term, words))


def any_of(words: list[str]) -> str:
    """An FTS5 expression for sentences with one of some words, or more."""
    return " OR ".join(map(_term, words))


def _term(token: str) -> str:
    both = " AND ".join(f'"{part}"' for part in parts(token))
    return f'("{token}" OR ({both}))' if both else f'"{token}"'
