"""Findings across several reports: marks against verdicts, and statements that reports mark differently."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING
from weakref import finalize

from analysis.registry.vocabulary import Vocabulary
from claims.audit import AuditFinding, CheckedClaim, parts_of, parts_surely, threshold_text
from claims.report import Report
from claims.wellformed import read_assertion

if TYPE_CHECKING:
    from claims.assertion import Formula

IN_MEMORY = 1 << 20
"""Bytes up to which nothing is put on disk."""
KEPT_PLACES = 20
"""Places of a statement with one mark that are named."""


class MarkedStatements:
    """Statements with the places at which reports mark them verified ("yes") and unverified ("no")."""

    def __init__(self) -> None:
        self._lines = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the object)
        self._digests = {"no": array("Q"), "yes": array("Q")}
        finalize(self, self._lines.close)

    def note(self, statement: Formula, mark: str, place: str) -> None:
        """Takes in a statement that is marked "yes" or "no" at a place."""
        text = str(statement)
        self._digests[mark].append(_digest(text))
        self._lines.seek(0, 2)
        self._lines.write(f"{self._digests[mark][-1]:016x}{json.dumps([text, mark, place])}\n".encode("ascii"))

    def marked_both_ways(self) -> Iterator[tuple[str, list[str]]]:
        """Statements (in notation) that are marked both, in the order in which they came, with places of "no" first."""
        denied = set(self._digests["no"])
        both = {b"%016x" % digest for digest in self._digests["yes"] if digest in denied}
        places: dict[str, dict[str, list[str]]] = {}
        self._lines.seek(0)
        for line in self._lines if both else ():
            if line[:16] in both:
                text, mark, place = json.loads(line[16:])
                named = places.setdefault(text, {"no": [], "yes": []})[mark]
                if len(named) < KEPT_PLACES:
                    named.append(place)
        for text, found in places.items():
            if found["no"] and found["yes"]:
                yield text, [*found["no"], *found["yes"]]


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


@dataclass(slots=True)
class Across:
    """Counts over several reports, and the statements they mark; many statements are kept on disk."""

    words: Vocabulary
    reports: int = 0
    questions: int = 0
    unanswered: int = 0
    highest_no: float = float("-inf")
    lowest_yes: float = float("inf")
    marked: MarkedStatements = field(default_factory=MarkedStatements)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    rated: dict[str, int] = field(default_factory=dict)

    def add(self, report: Report, checked: Sequence[CheckedClaim], findings: Sequence[AuditFinding]) -> None:
        """Takes in one report."""
        self.reports += 1
        self.questions += bool(report.question)
        self.unanswered += any(f.code == "question-unanswered" for f in findings)
        for c in checked:
            key = (c.claim.mark, c.verdict.verdict)
            self.rows[key] = self.rows.get(key, 0) + 1
            self.rated[c.claim.mark] = self.rated.get(c.claim.mark, 0) + (c.claim.confidence is not None)
            if c.claim.confidence is not None and c.claim.mark == "no":
                self.highest_no = max(self.highest_no, c.claim.confidence)
            if c.claim.confidence is not None and c.claim.mark == "yes":
                self.lowest_yes = min(self.lowest_yes, c.claim.confidence)
            if c.reading.complete:
                self._note_marks(report, c)

    def _note_marks(self, report: Report, c: CheckedClaim) -> None:
        if c.claim.mark not in {"yes", "no"}:
            return
        for part in parts_of(c.reading.assertion):
            self.marked.note(part, c.claim.mark, f"{report.path}#{c.claim.id}")

    def findings(self) -> tuple[AuditFinding, ...]:
        """The findings across all reports taken in."""
        return tuple(self._found()) if self.reports > 1 else ()

    def _found(self) -> Iterator[AuditFinding]:
        from claims.wording import words_for

        surely = parts_surely(self.rated.get("yes", 0), self.rated.get("no", 0))
        if surely and self.highest_no < self.lowest_yes:
            yield AuditFinding(
                "threshold-explains-marks",
                f"Over all reports: {threshold_text(self.highest_no, self.lowest_yes)}",
            )
        for statement, places in self.marked.marked_both_ways():
            said = words_for(read_assertion(statement, self.words, "a claim"))
            message = f"Marked verified in one place and unverified in another: {said}."
            yield AuditFinding("same-claim-marked-differently", message, tuple(places))
        if self.questions and self.unanswered == self.questions:
            message = f"None of the {self.questions} research questions is answered by the claims of its report."
            yield AuditFinding("no-question-answered", message)
        yield AuditFinding("marks-against-verdicts", _table_text(self.rows))


def _table_text(rows: dict[tuple[str, str], int]) -> str:
    lines = []
    for mark, label in (("yes", "marked verified"), ("no", "marked unverified"), ("none", "without a mark"),
                        ("partly", "marked partly"), ("unclear", "marked unclear")):  # fmt: skip
        counts = {verdict: n for (m, verdict), n in sorted(rows.items()) if m == mark}
        if counts:
            inside = ", ".join(f"{n} {verdict}" for verdict, n in counts.items())
            lines.append(f"{label}: {inside}")
    return "Marks against verdicts: " + "; ".join(lines) + "."
