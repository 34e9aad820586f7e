"""Statements that something gains without exception, held against the changes a table prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.audit import AuditFinding
from claims.library.model import Sentence
from claims.self_audit.lists import place
from claims.self_audit.names import named
from claims.self_audit.view import View, has_stem, word_lists, words_of


def exceptions(sentence: Sentence, views: Sequence[View]) -> Iterator[AuditFinding]:
    """Findings on one sentence: entries below zero where it says all gain."""
    text, words = sentence.text.lower(), words_of(sentence.text)
    lists = word_lists()
    always = any(word in text for word in lists["universal"]["always"])
    if not always or has_stem(words, lists["universal"]["hedges"] - {"no", "not", "if", "can", "may"}):
        return
    if {"not", "no", "if", "can", "may"} & _told(words, text) or not has_stem(words, lists["stated"]["positive"]):
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


def _told(words: list[str], text: str) -> set[str]:
    """The words of a clause that can turn it round; "no training data" beside the names does not."""
    before, _, after = text.partition("universally")
    clause = after or text
    near = words_of(before)[-3:] + words_of(clause)
    return set(near) & set(words)
