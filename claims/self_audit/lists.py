"""Sentences against the names of tables: all gain where one loses, one thing said of two lists of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from claims.audit import AuditFinding
from claims.domains.table.spoken_names import SpokenName, SpokenNames
from claims.domains.table.words import canonical
from claims.language.kept import rewording_words
from claims.language.tokens import folded_words, tokens_of
from claims.library.model import Sentence
from claims.self_audit.spoken import named_lines
from claims.self_audit.view import View, place, word_lists


def exceptions(sentence: Sentence, views: Sequence[View]) -> Iterator[AuditFinding]:
    """Findings on one sentence: entries below zero where it says all gain."""
    text, lists = f" {' '.join(folded_words(sentence.text))} ", word_lists()["universal"]
    always = next((f" {word} " for word in lists["always"] if f" {word} " in text), None)
    if always is None or lists["hedges"].intersection(text.split()):
        return
    before, _, after = text.partition(always)
    turned = lists["turning"].intersection((*before.split()[-3:], *after.split()))
    if turned or not any(word.startswith(stem) for word in text.split() for stem in lists["positive"]):
        return
    for view in views:
        against = []
        for c in (c for columns in named_lines(view, sentence.text).columns for c in columns):
            cells = {r: view.cells.get((r.index, c)) for r in view.result_rows}
            signed = {r: cell.parts[0] for r, cell in cells.items() if cell and cell.signed}
            if len(signed) > 2:
                name = view.name_of(view.table.columns[c])
                below = ((row, part) for row, part in signed.items() if part.value + part.half < 0)
                against += [f"{view.name_of(row)} on {name}: {part.value:+}" for row, part in below]
        if against:
            message = f"{place(sentence)}: “{sentence.text}” {view.label} prints {'; '.join(against)}."
            yield AuditFinding("exception-printed", message)


LEAST_SHARED = 3
"""Words that two statements must share to be about one thing."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a sentence denies of a list of names."""

    sentence: Sentence
    names: tuple[str, ...]
    said: frozenset[str]


def differing_lists(sentences: Iterable[Sentence], views: Sequence[View]) -> Iterator[AuditFinding]:
    """Findings on pairs of statements that deny one thing of lists of a table's names, which overlap and differ."""
    found = [one for sentence in sentences for view in views for one in _listings(sentence, view)]
    seen = set()
    for one, other in combinations(found, 2):
        key = (frozenset(one.names), frozenset(other.names))
        if key in seen or not _contradict(one, other):
            continue
        seen.add(key)
        message = (
            f"{place(one.sentence)}: {', '.join(one.names)}; {place(other.sentence)}: {', '.join(other.names)}. "
            f"Both sentences say the same of them ({', '.join(sorted(one.said & other.said))}): “{one.sentence.text}” "
            f"“{other.sentence.text}”"
        )
        yield AuditFinding("lists-differ", message)


def _listings(sentence: Sentence, view: View) -> Iterator[Listing]:
    tokens = tokens_of(sentence.text)
    words = [token.folded for token in tokens]
    group: list[SpokenName] = []
    spoken = SpokenNames.of(sentence.text, tokens, view.reader.index)
    for name, following in pairwise((*spoken.names, None)):
        assert name is not None
        group.append(name)
        if following is not None and {",", "and"}.issuperset(words[name.end : following.start]):
            continue
        end = next((i for i in range(name.end, len(words)) if words[i] in (".", ";")), len(words))
        said = words[name.end : end]
        if len(group) > 1 and rewording_words().denying.intersection(said):
            told = frozenset(map(canonical, filter(str.isalpha, said))) - word_lists()["lists"]["skipped"]
            yield Listing(sentence, tuple(one.text for one in group), told)
        group = []


def _contradict(one: Listing, other: Listing) -> bool:
    """Whether two statements say one thing of lists that overlap and differ, neither being a part of the other."""
    a, b = set(map(str.lower, one.names)), set(map(str.lower, other.names))
    overlap = len(a & b) * 2 >= max(len(a), len(b)) and bool(a - b) and bool(b - a)
    return overlap and len(one.said & other.said) >= LEAST_SHARED
