"""All checks of a paper against itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.errors import InputError
from claims.audit import AuditFinding
from claims.checking.over_tables import TableJudge
from claims.library.evidence import typed
from claims.library.model import CAPTION, Paper
from claims.self_audit.averages import averages, best_marks, differences
from claims.self_audit.lists import differing_lists, exceptions
from claims.self_audit.stated import StatedNumbersCheck, stated_numbers
from claims.self_audit.view import View, place


@dataclass(frozen=True, slots=True)
class SelfAudit:
    """Result of checking a paper against its own tables.

    Attributes:
        findings: in the order of the checks. averages, differences, marks, numbers: how many agree.
        tables: that were used. refused: (label, reasons) of those that were not.
        sentences: how many were looked at.
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
