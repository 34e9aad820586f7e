"""Two sentences that say one thing of different lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from claims.audit import AuditFinding
from claims.library.model import Sentence
from claims.self_audit.names import named
from claims.self_audit.view import View, has_stem, word_lists, words_of


def exceptions(sentence: Sentence, views: Sequence[View]) -> Iterator[AuditFinding]:
    """Findings on one sentence: entries below zero where it says all gain."""
    text, words = sentence.text.lower(), words_of(sentence.text)
    lists = word_lists()
    always = any(word in text for word in lists["universal"]["always"])
    if not always or has_stem(words, lists["universal"]["hedges"] - {"no", "not", "if", "can", "may"}):
        return
    if {"not", "no", "if", "can", "may"} & _turning(words, text) or not has_stem(words, lists["stated"]["positive"]):
        return
    for view in views:
        columns = [c for c in named(view, sentence.text).columns if c.index not in view.averages]
        against = []
        for column in columns:
            cells = {r: view.cells.get((r.index, column.index)) for r in view.result_rows}
            signed = {r: cell for r, cell in cells.items() if cell and cell.signed}
            if len(signed) < 3:
                continue
            against += [
                f"{view.name_of(row)} on {view.name_of(column)}: {part.value:+}"
                for row, cell in signed.items()
                for part in cell.parts[:1]
                if part.value + part.half < 0
            ]
        if against:
            message = f"{place(sentence)}: “{sentence.text}” {view.label} prints {'; '.join(against)}."
            yield AuditFinding("exception-printed", message)


def _turning(words: list[str], text: str) -> set[str]:
    """The words of a clause that can turn it round; "no training data" beside the names does not."""
    before, _, after = text.partition("universally")
    clause = after or text
    near = words_of(before)[-3:] + words_of(clause)
    return set(near) & set(words)


LIST = re.compile(
    r"(?P<names>[A-Z][\w.+-]*(?:(?:, | and |, and )[A-Z][\w.+-]*)+)\s+"
    r"(?P<said>(?:do|does|did|have|has|are|is|were)\b[^.;]*)"
)
LEAST_SHARED = 3
"""Words that two statements must share to be about one thing."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A statement about a list of names."""

    sentence: Sentence
    names: tuple[str, ...]
    said: frozenset[str]
    negated: bool


def differing_lists(sentences: Iterable[Sentence], known: frozenset[str]) -> Iterator[AuditFinding]:
    """Findings on pairs of statements; `known` are the names that tables have for lines, in lower case."""
    found = [one for sentence in sentences for one in _listings(sentence, known)]
    groups: dict[tuple[str, ...], list[Listing]] = {}
    seen = set()
    for one, other in combinations(found, 2):
        if not _contradict(one, other):
            continue
        key = (tuple(sorted(one.names)), tuple(sorted(other.names)))
        if key not in seen:
            seen.add(key)
            groups[key[0] + key[1]] = [one, other]
    for one, other in groups.values():
        message = (
            f"{place(one.sentence)}: {_told(one.names)}; {place(other.sentence)}: {_told(other.names)}. "
            f"Both sentences say the same of them ({', '.join(sorted(one.said & other.said))}): “{one.sentence.text}” "
            f"“{other.sentence.text}”"
        )
        yield AuditFinding("lists-differ", message)


def place(sentence: Sentence) -> str:
    """Where a sentence stands."""
    where = {"caption": "a caption", "note": "a note"}.get(sentence.kind, sentence.section or "the text")
    return f"{where}, {f'p. {sentence.page}' if sentence.page else f'line {sentence.line}'}"


def _listings(sentence: Sentence, known: frozenset[str]) -> Iterator[Listing]:
    lists = word_lists()["lists"]
    for found in LIST.finditer(sentence.text):
        names = tuple(re.split(r", and | and |, ", found["names"]))
        if len(names) < 2 or not all(name.lower() in known for name in names):
            continue
        words = words_of(found["said"].replace("-", " "))
        said = frozenset(word.removesuffix("s") for word in words if word not in lists["skipped"])
        yield Listing(sentence, names, said, bool(lists["negations"] & set(words)))


def _contradict(one: Listing, other: Listing) -> bool:
    """Whether two statements say one thing of lists that overlap and differ, neither being a part of the other."""
    a, b = set(map(str.lower, one.names)), set(map(str.lower, other.names))
    if one.negated != other.negated or not one.negated or len(one.said & other.said) < LEAST_SHARED:
        return False
    return len(a & b) * 2 >= max(len(a), len(b)) and bool(a - b) and bool(b - a)


def _told(names: Sequence[str]) -> str:
    return ", ".join(names)
