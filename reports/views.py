"""Values for the page's templates: claims and reports with their anchors and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.verdict import VERDICTS, Verdict, VerdictWord
from reports.legend import Standing, standing
from reports.next_runs import ClaimLink
from reports.verdicts_json import read_verified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.attribution.finding import Attribution
    from claims.audit import AuditFinding, CheckedClaim
    from claims.report import Claim, Report
    from claims.verify import CheckedReport

UNSAFE = re.compile(r"[^\w.-]")
NUMBER, BEFORE = "\ufdd0#", "\ufdd0-"
"""Placeholder of a report's number, and of the prefix of anchors, until it is known; no character has this code."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: x and width in percent."""

    verdict: VerdictWord
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A stated count and the count read; `differs` where they disagree."""

    label: str
    stated: str | None
    read: str | None
    differs: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with links to the claims it speaks of."""

    code: str
    message: str
    places: tuple[ClaimLink, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim of the page.

    Attributes:
        anchor: its id on the page. continuation: what a source adds to the cut text.
        sources: what the sources it cites say of it.
    """

    anchor: str
    claim: Claim
    verdict: Verdict
    standing: Standing
    continuation: str | None
    sources: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report of the page, `number` the sign that stands for it until it is known."""

    number: str
    name: str
    checked: CheckedReport
    counts: tuple[StatedCount, ...]
    findings: tuple[FindingView, ...]
    claims: tuple[ClaimView, ...]
    bar: tuple[Segment, ...]


def anchor(number: int | None, claim: str) -> str:
    """The id of a claim on the page: "C07" in the first report, "r2-C07" in the second.

    Where the number is not known yet, a sign stands for it (see `numbered`).
    """
    name = UNSAFE.sub("-", claim)
    return f"{BEFORE if number is None else _before(number)}{name}"


def numbered(text: str, number: int) -> str:
    """Inserts the report's number on the page into its rendering."""
    return text.replace(BEFORE, _before(number)).replace(NUMBER, str(number))


def _before(number: int) -> str:
    return "" if number == 1 else f"r{number}-"


def report_view(checked: CheckedReport) -> ReportView:
    """The view of one report, whose number on the page is not known yet."""
    counts = {v: sum(c.verdict.verdict == v for c in checked.claims) for v in VERDICTS}
    return ReportView(
        NUMBER,
        report_name(checked.report),
        checked,
        _counts(checked),
        tuple(map(_finding, checked.findings)),
        tuple(map(claim_view, checked.claims)),
        segments(counts),
    )


def report_name(report: Report) -> str:
    """Its title, or the name of its file."""
    return report.title or re.split(r"[/\\]", report.path)[-1] or report.path


def claim_view(checked: CheckedClaim) -> ClaimView:
    """The view of one claim."""
    claim, verdict = checked.claim, checked.verdict
    return ClaimView(
        anchor(None, claim.id),
        claim,
        verdict,
        standing(claim.mark, verdict),
        _continuation(claim),
        checked.attributions,
    )


def across_views(
    findings: Sequence[AuditFinding], numbers: Mapping[str, int], *, names: bool
) -> tuple[FindingView, ...]:
    """Findings on several reports; claims are named as path#id.

    Args:
        findings: as the audit gives them.
        numbers: path → number of the report on the page.
        names: whether links name the report.
    """
    views = []
    for finding in findings:
        places = []
        for name in finding.claims:
            path, _, claim = name.rpartition("#")
            if path in numbers:
                number = numbers[path]
                places.append(ClaimLink(anchor(number, claim), f"{number}·{claim}" if names else claim))
        views.append(FindingView(finding.code, finding.message, tuple(places)))
    return tuple(views)


def segments(counts: Mapping[VerdictWord, int]) -> tuple[Segment, ...]:
    """The bar of some counts."""
    total = sum(counts.values())
    found, before = [], 0
    for verdict in VERDICTS:
        n = counts.get(verdict, 0)
        if n:
            found.append(Segment(verdict, _percent(before, total), _percent(n, total)))
        before += n
    return tuple(found)


def _percent(n: int, total: int) -> str:
    return f"{round(100 * n / total, 3):g}%"


def _counts(checked: CheckedReport) -> tuple[StatedCount, ...]:
    report, stated = checked.report, checked.report.stated
    pairs = (
        ("claims", stated.claims, len(report.claims)),
        ("verified", stated.verified, read_verified(report)),
        ("papers", stated.papers, len(report.references)),
    )
    counts = [
        StatedCount(label, None if said is None else f"{said:,}", f"{read:,}", said is not None and said != read)
        for label, said, read in pairs
    ]
    if stated.score is not None:
        counts.append(StatedCount("score", stated.score, None, differs=False))
    return tuple(counts)


def _finding(finding: AuditFinding) -> FindingView:
    return FindingView(
        finding.code, finding.message, tuple(ClaimLink(anchor(None, name), name) for name in finding.claims)
    )


def _continuation(claim: Claim) -> str | None:
    """Text that follows the cut text in the completed one; None where they do not begin alike."""
    if claim.completed is None:
        return None
    begun = claim.text.rstrip(" .…")
    return claim.completed[len(begun) :] if claim.completed.startswith(begun) else None
