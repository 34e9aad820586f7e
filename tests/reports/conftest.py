"""Checked reports to write, made by the verifier from claims written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from claims.audit import AuditFinding, CheckedClaim
from claims.gathering import ResultsFile, gather_evidence
from claims.reading import Reading
from claims.report import Claim, Reference, Report, StatedTotals
from claims.verdict import EvidenceItem, Settle, Verdict
from claims.verify import CheckedReport, Verifier
from reports.bundle import Bundle
from reports.tool import Tool

HOSTILE = "<script>alert(1)</script> \"quoted\" 'single' | pipe & <b>bold</b> `tick` </title> " + "long" * 60
CLAIMS = (
    Claim("C01", "MNLI has 392,702 training examples.", "yes", "✓", 0.42, "0.42", 11),
    Claim("C02", "MNLI has 40,000 training examples.", "yes", "✓", 0.61, "0.61", 12),
    Claim("C03", "There are nine intermediate tasks.", "no", "×", 0.12, "12 %", 13),
    Claim(
        "C04", "MNLI has 392,702 train", "yes", "✓", 0.33, "0.33", 14, "in word",
        "MNLI has 392,702 training examples.", "sources/mnli.txt",
    ),
    Claim("C05", "Multi-task training on all nine tasks improves the target tasks by 8.7 points.", "yes", "✓", 0.25, "0.25", 15),
    Claim("C06", "Everyone loves intermediate training.", "none", "", None, "High", 16),
    Claim("C07", "HellaSwag training improves the target tasks by 7.0 points.", "yes", "✓", 0.20, "0.20", 17),
    Claim("C08", "MNLI has 392,702 training examples, and HellaSwag has 12 training examples.", "yes", "✓", 0.5, "0.5", 18),
)  # fmt: skip


@pytest.fixture(scope="session")
def verifier() -> Callable[[], Verifier]:
    evidence, _ = gather_evidence([])
    return lambda: Verifier(evidence)


@pytest.fixture(scope="session")
def tool() -> Tool:
    return Tool("claimgauge", "1.2.3", "4", "5", (ResultsFile("runs.csv", "ab" * 32, 120),))


@pytest.fixture(scope="session")
def report() -> Report:
    return Report(
        "reports/one.md",
        "01" * 32,
        "markdown",
        CLAIMS,
        title="Does intermediate training help?",
        question="How does linguistic distance relate to the gain?",
        stated=StatedTotals(4, 9, 6, "8.1/10"),
        references=(Reference("arXiv 2005.13013", "2005.13013"),),
    )


@pytest.fixture(scope="session")
def checked(verifier: Callable[[], Verifier], report: Report) -> CheckedReport:
    """One report whose claims get several verdicts."""
    return verifier().check(report)


@pytest.fixture(scope="session")
def pair(
    verifier: Callable[[], Verifier], report: Report
) -> tuple[tuple[CheckedReport, CheckedReport], tuple[AuditFinding, ...]]:
    """Two reports and the findings on both."""
    both = verifier()
    marked = tuple(replace(claim, mark="yes", mark_raw="✓") for claim in CLAIMS[:3])
    other = replace(report, path="reports/two.md", title=None, question=None, claims=marked, stated=StatedTotals())
    return (both.check(report), both.check(other)), both.across.findings()


@pytest.fixture(scope="session")
def judged() -> Callable[..., CheckedClaim]:
    """A claim with a verdict written by hand."""

    def make(claim: Claim, verdict: str, reason: str = "Because.", **other: object) -> CheckedClaim:
        return CheckedClaim(
            claim,
            Reading(None),
            Verdict(verdict, other.pop("flags", ()), other.pop("level", "none"), reason, None, **other),  # type: ignore[arg-type]
        )

    return make


@pytest.fixture(scope="session")
def hostile(judged: Callable[..., CheckedClaim]) -> CheckedReport:
    """A report in which every text is hostile."""
    claim = Claim("C01", HOSTILE, "yes", HOSTILE, 0.5, HOSTILE, 3, "in word", HOSTILE + "more", HOSTILE)
    verdict = judged(
        claim,
        "mixed",
        HOSTILE,
        flags=("truncated", "partial"),
        alternatives=(HOSTILE,),
        definitions=(HOSTILE,),
        evidence=(
            EvidenceItem(HOSTILE, HOSTILE, None, None, HOSTILE, HOSTILE),
            EvidenceItem(HOSTILE, 1.5, 1.0, 2.0, HOSTILE, "measured", "besides"),
        ),
        settle=Settle((HOSTILE,), (f"{HOSTILE}: {HOSTILE}",), (HOSTILE,), HOSTILE),
        parts=((HOSTILE, "supported"), ("beside it: " + HOSTILE, "not-testable")),
    )
    report = Report(HOSTILE, HOSTILE, "text", (claim,), HOSTILE, None, HOSTILE, stated=StatedTotals(score=HOSTILE))
    return CheckedReport(report, (verdict,), (AuditFinding(HOSTILE, HOSTILE, ("C01", HOSTILE)),))


@pytest.fixture
def written(tmp_path: Path, tool: Tool) -> Callable[..., Path]:
    """Writes reports into a new folder."""

    def write(*reports: CheckedReport, across: tuple[AuditFinding, ...] = (), name: str = "out") -> Path:
        with Bundle(tmp_path / name, tool=tool) as bundle:
            for one in reports:
                bundle.add(one)
            bundle.finish(across)
        return tmp_path / name

    return write
