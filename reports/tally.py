"""Counts over all reports of a page: the summary comes first, the claims follow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.wording import counted
from claims.verdict import VERDICTS, Verdict, VerdictWord
from reports.legend import DECIDED, IN_WORDS, MARK_NAMES, Standing, standing
from reports.printed import listed

if TYPE_CHECKING:
    from claims.report import Mark
    from claims.verify import CheckedReport

MARK_CODES = frozenset({"all-marked-verified", "threshold-explains-marks", "confidence-against-verdicts"})
"""Findings on the rule behind a report's marks; the others about marks name claims, which are called out."""


@dataclass(slots=True)
class Tally:
    """Counts over claims; a few numbers, however many reports there are.

    Attributes:
        reports, claims: how many.
        verdicts: verdict → claims. marks: (mark, verdict) → claims. flags: flag → claims.
        standings: how marks stand to verdicts → claims.
        codes: finding code → reports. messages: its sentence in the first report that has it.
    """

    reports: int = 0
    claims: int = 0
    verdicts: Counter[VerdictWord] = field(default_factory=Counter)
    marks: Counter[tuple[Mark, VerdictWord]] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    standings: Counter[Standing] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    messages: dict[str, str] = field(default_factory=dict)

    def add(self, checked: CheckedReport) -> None:
        """Takes in one report."""
        self.reports += 1
        for claim in checked.claims:
            self.add_claim(claim.claim.mark, claim.verdict)
        for code in dict.fromkeys(finding.code for finding in checked.findings):
            self.codes[code] += 1
        for finding in checked.findings:
            self.messages.setdefault(finding.code, finding.message)

    def add_claim(self, mark: Mark, verdict: Verdict) -> None:
        """Takes in one claim."""
        self.claims += 1
        self.verdicts[verdict.verdict] += 1
        self.marks[(mark, verdict.verdict)] += 1
        self.flags.update(verdict.flags)
        self.standings[standing(mark, verdict)] += 1

    @property
    def marked(self) -> tuple[Mark, ...]:
        """The marks that occur, in their order."""
        return tuple(mark for mark in MARK_NAMES if self.with_mark(mark))

    def with_mark(self, mark: Mark) -> int:
        """Claims with a mark."""
        return sum(self.marks[(mark, verdict)] for verdict in VERDICTS)

    def lead(self) -> str:
        """The outcome in one or two sentences."""
        if not self.claims:
            return "No claim was read."
        decided = [v for v in VERDICTS if v in DECIDED and self.verdicts[v]]
        rest = [self._said(v) for v in VERDICTS if v not in DECIDED and self.verdicts[v]]
        n = sum(self.verdicts[v] for v in decided)
        share = "all" if n == self.claims > 1 else f"{n:,} of" if n else "none of"
        head = f"The evidence decides {share} {counted(self.claims, 'claim')}"
        if not decided:
            return f"{head}: {listed(rest)}."
        one = decided[0] if len(decided) == 1 < n else None
        head += f", all of them {one}." if one else f": {listed([self._said(v) for v in decided])}."
        return f"{head} Of the rest, {listed(rest)}." if rest else head

    def _said(self, verdict: VerdictWord) -> str:
        """Words the verdicts of claims: "1 is refuted", "3 wait for measurements"."""
        n = self.verdicts[verdict]
        return f"{n:,} {IN_WORDS[verdict][n != 1]}"

    def worth(self) -> str:
        """Words the agreement of the marks with the verdicts."""
        verified, unverified = self.with_mark("yes"), self.with_mark("no")
        if not verified and not unverified:
            return "The reports mark no claim as verified or unverified."
        said = [self._worth_of("yes", verified), self._worth_of("no", unverified)]
        return " ".join(sentence for sentence in said if sentence)

    def _worth_of(self, mark: Mark, total: int) -> str:
        if not total:
            return "No claim is marked unverified." if mark == "no" else "No claim is marked verified."
        supported = self.marks[(mark, "supported")]
        against = self.marks[(mark, "refuted")] + self.marks[(mark, "mixed")]
        unread = self.marks[(mark, "not-testable")]
        left = total - supported - against - unread
        said = (
            f"Of {counted(total, 'claim')} {MARK_NAMES[mark]}, the evidence supports {supported or 'none'}, "
            f"speaks against {against or 'none'} and leaves {left or 'none'} open"
        )
        return f"{said}; {unread} {'was' if unread == 1 else 'were'} not read here." if unread else f"{said}."
