"""The vocabulary that a table brings: every header piece with the ways a sentence may write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.phrases import each_word
from claims.tables.ablations import ABLATED
from claims.tables.captions import abbreviations
from claims.tables.layout import SECTION
from claims.tables.pieces import CITATION, TAGGED, squashed, without_citation, words_of
from claims.tables.table import Axis, Table

GENERIC = each_word(
    "model models method methods system systems approach approaches dataset datasets data set sets task "
    "tasks baseline baselines score scores result results performance metric metrics setting settings the "
    "a an of our network networks loss configuration variant variants version language languages"
)
"""Words that tell no two names of a table apart."""

CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
MARKS = re.compile(r"[‡†*§¶∗]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One header piece and where it stands.

    Attributes:
        text: as printed. axis: of its lines. lines: their indices. head: see `Part`.
        level: depth in the path. spellings: words → how surely a sentence with these words means it.
    """

    text: str
    axis: Axis
    lines: frozenset[int]
    head: str
    level: int
    spellings: dict[tuple[str, ...], float]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name as printed."""
        return words_of(MARKS.sub("", self.text))


def names_of(table: Table) -> tuple[Name, ...]:
    """The names of a table, those with the same text at the same level of an axis taken together."""
    short = abbreviations(table.caption)
    lines: dict[tuple[Axis, int, str, str], set[int]] = {}
    for axis in ("row", "column"):
        for variable, indices in _variables(table, axis).items():
            lines[axis, 9, "variable", variable] = indices
    for line in table.all_lines():
        for level, part in enumerate(line.path):
            depth = -1 if part.head == SECTION else level
            lines.setdefault((line.axis, depth, part.head, part.text), set()).add(line.index)
    return tuple(
        Name(text, axis, frozenset(indices), head, level, dict(_spellings(text, short)))
        for (axis, level, head, text), indices in lines.items()
    )


VARIABLE = re.compile(r"^\s*([A-Za-z][\w ]*?)\s*=\s*-?\d")


def _variables(table: Table, axis: Axis) -> dict[str, set[int]]:
    """What lines are values of: "d" for "d=32", the heading of a label column that holds numbers."""
    found: dict[str, set[int]] = {}
    for line in table.lines(axis):
        for part in line.path:
            if match := VARIABLE.match(part.text):
                found.setdefault(match[1], set()).add(line.index)
            elif part.head and part.head != SECTION and re.fullmatch(r"[\d.,]+", part.text):
                found.setdefault(part.head, set()).add(line.index)
    return {name: indices for name, indices in found.items() if len(indices) > 2}


def _spellings(text: str, short: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], float]]:
    """Ways to write a name, the least sure first so that the surest stays."""
    plain = MARKS.sub("", text)
    forms = {
        words_of(ABLATED.sub("", plain)): 0.9,
        words_of(without_citation(PARENTHESES.sub(" ", plain))): 0.92,
        words_of(without_citation(plain)): 0.95,
        words_of(plain): 1.0,
    }
    yield from _of_authors(plain)
    yield from _of_ours(plain)
    yield words_of(CAMEL.sub(" ", plain)), 0.9
    for words, sure in forms.items():
        telling = tuple(word for word in words if word not in GENERIC)
        if telling:
            yield telling, sure - 0.04
        yield _spelled_out(words, short), sure - 0.03
    for words, sure in forms.items():
        if words:
            yield words, sure


def _of_authors(plain: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """A citation in a name, by its authors and year."""
    for cited in CITATION.findall(plain):
        authors = tuple(word for word in words_of(cited) if word not in {"et", "al", "and"})
        if len(authors) > 1:
            yield authors, 0.85
    for tagged in TAGGED.findall(plain):
        author, _, year = tagged.partition(":")
        yield (author, f"20{year}"), 0.8


def _of_ours(plain: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """“Our model” and its like, for a name that says it is the authors' own."""
    for inside in re.findall(r"\(([^()]*)\)", plain):
        if {"our", "ours"} & set(words_of(inside)):
            yield words_of(inside), 0.9
    if set(words_of(plain)) & {"ours", "our", "proposed"} and len(words_of(plain)) <= 3:
        for noun in ("model", "method", "approach", "system", "models", "framework", "network"):
            yield ("our", noun), 0.9
            yield ("our", "proposed", noun), 0.9
        yield ("ours",), 0.9


def _spelled_out(words: tuple[str, ...], short: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A name with each abbreviation of the caption written in full."""
    whole = squashed(words)
    for abbreviation, meant in short.items():
        if squashed(words_of(abbreviation)) == whole:
            return meant
    return tuple(word for w in words for word in short.get(w, (w,)))


def looks_like_a_name(word: str) -> bool:
    """Whether a word is written as names are: capitals inside, letters with digits, or a compound of a name."""
    mixed = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return any(sign.isupper() for sign in word[1:]) or mixed or "-" in word or "–" in word
