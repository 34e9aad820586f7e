"""All checks of a paper against itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from analysis.errors import InputError
from claims.audit import AuditFinding
from claims.checking.over_tables import TableJudge
from claims.domains.table.spoken_names import SpokenName, SpokenNames
from claims.domains.table.words import canonical
from claims.language.kept import rewording_words
from claims.language.tokens import folded_words, tokens_of
from claims.library.evidence import typed
from claims.library.model import CAPTION, Paper, Sentence
from claims.self_audit.averages import averages, best_marks, differences
from claims.self_audit.spoken import named_lines
from claims.self_audit.stated import StatedNumbersCheck, stated_numbers
from claims.self_audit.view import View, place, word_lists


@dataclass(frozen=True, slots=True)
class SelfAudit:
    """Result of checking a paper against its own tables.

    Attributes:
        findings: in the order of the checks. averages, differences, marks, numbers: counts of those that agree.
        tables: labels of the tables used. refused: (label, reasons) of the other tables.
        sentences: number of sentences checked.
    """

    findings: tuple[AuditFinding, ...]
    averages: int
    differences: int
    marks: int
    numbers: int
    tables: int
    refused: tuple[tuple[str, tuple[str, ...]], ...]
    sentences: int


def audit_paper(paper: Paper) -> SelfAudit:
    """The findings on a paper."""
    views, refused = _views(paper)
    means, changes = [averages(view) for view in views], [differences(view) for view in views]
    marks = [best_marks(view) for view in views]
    findings = [f for one in (*means, *changes) for f in one.findings] + [f for _, found in marks for f in found]
    stated: StatedNumbersCheck = stated_numbers(paper.sentences, views)
    findings += stated.findings
    findings += [f for sentence in paper.sentences for f in exceptions(sentence, views)]
    findings += differing_lists(paper.sentences, views)
    findings += _refuted(paper, views)
    return SelfAudit(
        tuple(findings), sum(m.right for m in means), sum(c.right for c in changes), sum(n for n, _ in marks),
        stated.agreeing, len(views), tuple(refused), len(paper.sentences),
    )  # fmt: skip


def _refuted(paper: Paper, views: list[View]) -> Iterator[AuditFinding]:
    """Sentences that the reader of claims reads whole and that the table they name, or the only one, refutes."""
    judges = {view.label: TableJudge([v.table for v in views if v.label == view.label]) for view in views}
    for sentence in paper.sentences:
        told = [label for label in judges if len(judges) == 1 or _names(sentence.text, label)]
        if len(told) != 1 or sentence.kind == CAPTION:
            continue
        verdict = judges[told[0]].verdict(sentence.text, hint=False)
        if verdict.verdict == "refuted":
            cells = "; ".join(f"{item.what}: {item.value:g}" for item in verdict.evidence[:6] if item.value is not None)
            yield AuditFinding(
                "sentence-refuted", f"{place(sentence)}: “{sentence.text}” {told[0]} says otherwise ({cells})."
            )


def _views(paper: Paper) -> tuple[list[View], list[tuple[str, tuple[str, ...]]]]:
    views: list[View] = []
    refused: list[tuple[str, tuple[str, ...]]] = []
    for table in paper.tables:
        label = table.label or table.caption[:40] or "a table"
        if table.doubts:
            refused.append((label, table.doubts))
            continue
        place = f"{label}, p. {table.page}" if table.page else label
        try:
            views += [View(one, label, place) for one in typed(table, label, "")]
        except InputError as error:
            refused.append((label, error.faults))
    return views, refused


def _names(text: str, label: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(label)}(?!\w|-\w)", text) is not None


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
    """A list of names in a sentence, and the words of a negated statement about them."""

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
    """True if two statements share their words and their lists overlap and differ, neither a part of the other."""
    a, b = set(map(str.lower, one.names)), set(map(str.lower, other.names))
    overlap = len(a & b) * 2 >= max(len(a), len(b)) and bool(a - b) and bool(b - a)
    return overlap and len(one.said & other.said) >= LEAST_SHARED
