"""junit.xml: one test suite per report, one test case per claim, for continuous integration.

Refuted and mixed claims are failures; what could not be decided is skipped, with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, ClassVar

from analysis.files.escapes import escaped as written_out
from reports.output import Spool
from reports.printed import interval, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claims.audit import AuditFinding, CheckedClaim
    from claims.verdict import Verdict
    from claims.verify import CheckedReport
    from reports.tool import Tool

OUTCOME = {
    "supported": "passed",
    "refuted": "failures",
    "mixed": "failures",
    "inconclusive": "skipped",
    "needs-data": "skipped",
    "not-testable": "skipped",
}
TURNING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that XML may hold and a terminal obeys."""
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold."""


class JUnitOutput:
    """Writes junit.xml."""

    file: ClassVar[str] = "junit.xml"

    def __init__(self, tool: Tool, folder: Path, *, named: bool = False) -> None:
        self.tool = tool
        self.suites = Spool(folder, self.file if named else "")
        self.spools = (self.suites,)
        self.counts: Counter[str] = Counter()

    @staticmethod
    def rendered(checked: CheckedReport) -> tuple[str, ...]:
        """Its suite."""
        return (suite(checked),)

    def put(self, texts: Sequence[str]) -> None:
        """Puts a suite aside."""
        self.suites.put(*texts)

    def count(self, checked: CheckedReport) -> None:
        """Counts its claims."""
        self.counts += _counts(checked)

    def text(self, across: Sequence[AuditFinding]) -> Iterator[str]:
        """The file in pieces."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f"<testsuites {_attributes(name=self.tool.name, **_totals(self.counts))}>\n"
        if self.tool.config is not None:
            head, said = _attributes(name="configuration", **_totals(Counter())), _xml(str(self.tool.config))
            yield f"  <testsuite {head}>\n    <system-out>{said}</system-out>\n  </testsuite>\n"
        yield from self.suites.text()
        if across:
            head = _attributes(name="across the reports", **_totals(Counter()))
            yield f"  <testsuite {head}>\n{_said(across)}  </testsuite>\n"
        yield "</testsuites>\n"


def suite(checked: CheckedReport) -> str:
    """The test suite of one report."""
    path = checked.report.path
    head = _attributes(name=path, **_totals(_counts(checked)))
    cases = "".join(_case(path, claim) for claim in checked.claims)
    return f"  <testsuite {head}>\n{cases}{_said(checked.findings)}  </testsuite>\n"


def _case(path: str, checked: CheckedClaim) -> str:
    claim, verdict = checked.claim, checked.verdict
    place = {"line": str(claim.line)} if claim.line and not claim.page else {}
    head = _attributes(classname=path, name=f"{claim.id} {claim.text}", file=path, **place, time="0")
    match OUTCOME[verdict.verdict]:
        case "failures":
            attributes = _attributes(type=verdict.verdict, message=f"{verdict.verdict}: {verdict.reason}")
            inside = f"      <failure {attributes}>{_xml(_details(verdict))}</failure>\n"
        case "skipped":
            inside = f"      <skipped {_attributes(message=f'{verdict.verdict}: {verdict.reason}')}/>\n"
        case _:
            return f"    <testcase {head}/>\n"
    return f"    <testcase {head}>\n{inside}    </testcase>\n"


def _details(verdict: Verdict) -> str:
    lines = [f"reads: {verdict.assertion}"] if verdict.assertion else []
    lines += [f"{word}: {statement}" for statement, word in verdict.parts]
    for item in verdict.evidence:
        if item.role == "decides":
            value = f"{number(item.value)} {interval(item.low, item.high)}".rstrip()
            spread = f"; {item.spread}" if item.spread else ""
            lines.append(f"{item.what} = {value}{spread} ({item.source})")
    return "\n".join(lines)


def _said(findings: Sequence[AuditFinding]) -> str:
    if not findings:
        return ""
    lines = "\n".join(f"{finding.code}: {finding.message}" for finding in findings)
    return f"    <system-out>{_xml(lines)}</system-out>\n"


def _counts(checked: CheckedReport) -> Counter[str]:
    counts = Counter(OUTCOME[claim.verdict.verdict] for claim in checked.claims)
    counts["tests"] = len(checked.claims)
    return counts


def _totals(counts: Counter[str]) -> dict[str, str]:
    return {
        "tests": str(counts["tests"]),
        "failures": str(counts["failures"]),
        "errors": "0",
        "skipped": str(counts["skipped"]),
    }


def _attributes(**values: str) -> str:
    return " ".join(f'{key}="{_xml(value, " ")}"' for key, value in values.items())


def _xml(text: str, line_end: str = "\n") -> str:
    text = TURNING.sub(lambda found: written_out(found.group()), text)
    return escape(FORBIDDEN.sub("\ufffd", text)).replace("\r", "\n").replace("\n", line_end)
