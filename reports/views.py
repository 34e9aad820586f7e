"""What the page's templates are given: claims and reports with their anchors and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.verdict import VERDICTS, Verdict, VerdictWord
from reports.legend import Standing, standing
from reports.next_runs import Place
from reports.verdicts_json import read_verified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.attribution.finding import Attribution
    from claims.audit import CheckedClaim, Finding
    from claims.report import Claim
    from claims.verify import CheckedReport

UNSAFE = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: x and width in percent."""

    verdict: VerdictWord
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Count:
    """What a report states of itself and what was read; `differs` where they disagree."""

    label: str
    stated: str | None
    read: str | None
    differs: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with links to the claims it speaks of."""

    code: str
    message: str
    places: tuple[Place, ...]


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
    """A report of the page, `number` counted from 1."""

    number: int
    name: str
    checked: CheckedReport
    counts: tuple[Count, ...]
    findings: tuple[FindingView, ...]
    claims: tuple[ClaimView, ...]
    bar: tuple[Segment, ...]


def anchor(number: int, claim: str) -> str:
    """The id of a claim on the page: "C07" in the first report, "r2-C07" in the second."""
    name = UNSAFE.sub("-", claim)
    return name if number == 1 else f"r{number}-{name}"


def report_view(checked: CheckedReport, number: int) -> ReportView:
    """The view of one report."""
    counts = {v: sum(c.verdict.verdict == v for c in checked.claims) for v in VERDICTS}
    return ReportView(
        number,
        checked.report.title or _file_name(checked.report.path),
        checked,
        _counts(checked),
        tuple(_finding(finding, number) for finding in checked.findings),
        tuple(claim_view(claim, number) for claim in checked.claims),
        segments(counts),
    )


def _file_name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1] or path


def claim_view(checked: CheckedClaim, number: int) -> ClaimView:
    """The view of one claim."""
    claim, verdict = checked.claim, checked.verdict
    return ClaimView(
        anchor(number, claim.id),
        claim,
        verdict,
        standing(claim.mark, verdict),
        _continuation(claim),
        checked.attributions,
    )


def across_views(findings: Sequence[Finding], numbers: Mapping[str, int], *, names: bool) -> tuple[FindingView, ...]:
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
                places.append(Place(anchor(number, claim), f"{number}·{claim}" if names else claim))
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
    return f"{100 * n / total:.3f}%"


def _counts(checked: CheckedReport) -> tuple[Count, ...]:
    report, stated = checked.report, checked.report.stated
    pairs = (
        ("claims", stated.claims, len(report.claims)),
        ("verified", stated.verified, read_verified(report)),
        ("papers", stated.papers, len(report.references)),
    )
    counts = [
        Count(label, None if said is None else f"{said:,}", f"{read:,}", said is not None and said != read)
        for label, said, read in pairs
    ]
    if stated.score is not None:
        counts.append(Count("score", stated.score, None, differs=False))
    return tuple(counts)


def _finding(finding: Finding, number: int) -> FindingView:
    return FindingView(
        finding.code, finding.message, tuple(Place(anchor(number, name), name) for name in finding.claims)
    )


def _continuation(claim: Claim) -> str | None:
    """What follows the cut text in the completed one; None where they do not begin alike."""
    if claim.completed is None:
        return None
    begun = claim.text.rstrip(" .…")
    return claim.completed[len(begun) :] if claim.completed.startswith(begun) else None
