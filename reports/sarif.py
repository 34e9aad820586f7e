"""verdicts.sarif: verdicts and findings as results of a static analysis (SARIF 2.1.0).

Editors and code hosts show them at the line of the report they speak of.
"""

from __future__ import annotations

import hashlib
import json
import ntpath
import posixpath
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from analysis.files.escapes import json_escaped
from claims.verdict import VERDICTS, VerdictWord
from reports.legend import VERDICT_MEANINGS, VERDICT_NAMES
from reports.output import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claims.audit import AuditFinding, CheckedClaim
    from claims.report import Claim, Report
    from claims.verify import CheckedReport
    from reports.tool import Tool

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

KINDS: dict[VerdictWord, tuple[str, str]] = {
    "supported": ("pass", "none"),
    "refuted": ("fail", "error"),
    "mixed": ("fail", "warning"),
    "inconclusive": ("open", "none"),
    "needs-data": ("open", "none"),
    "not-testable": ("notApplicable", "none"),
}
"""Verdict → kind and level; only a failure has a level (SARIF 2.1.0, 3.27.10)."""


class SarifOutput:
    """Writes verdicts.sarif."""

    file: ClassVar[str] = "verdicts.sarif"

    def __init__(self, tool: Tool, folder: Path, *, named: bool = False) -> None:
        self.tool = tool
        self.results = Spool(folder, self.file if named else "")
        self.spools = (self.results,)
        self.codes: set[str] = set()

    @staticmethod
    def rendered(checked: CheckedReport) -> tuple[str, ...]:
        """Its results."""
        return (",\n".join(map(_line, _results(checked))),)

    def put(self, texts: Sequence[str]) -> None:
        """Puts results aside."""
        self.results.put(texts[0], ",\n")

    def count(self, checked: CheckedReport) -> None:
        """Notes the codes of its findings."""
        self.codes.update(finding.code for finding in checked.findings)

    def text(self, across: Sequence[AuditFinding]) -> Iterator[str]:
        """The file in pieces."""
        self.codes.update(finding.code for finding in across)
        yield '{\n"$schema": ' + _line(SCHEMA) + ',\n"version": "2.1.0",\n"runs": [{\n'
        yield f'"tool": {_line({"driver": self._driver()})},\n'
        yield '"columnKind": "unicodeCodePoints",\n"results": [\n'
        yield from self.results.text()
        for n, finding in enumerate(across):
            yield (",\n" if n or self.results.size else "") + _line(_finding(finding, []))
        yield "\n]\n}]\n}\n"

    def _driver(self) -> dict[str, Any]:
        config = {"properties": {"configuration": str(self.tool.config)}} if self.tool.config is not None else {}
        return {
            "name": self.tool.name,
            "version": self.tool.version,
            **config,
            "rules": [
                *(_verdict_rule(verdict) for verdict in VERDICTS),
                *map(_code_rule, sorted(self.codes)),
            ],
        }


def _verdict_rule(verdict: VerdictWord) -> dict[str, Any]:
    level = KINDS[verdict][1]
    return {
        "id": f"verdict/{verdict}",
        "name": VERDICT_NAMES[verdict].title().replace(" ", ""),
        "shortDescription": {"text": f"{VERDICT_NAMES[verdict]}. {VERDICT_MEANINGS[verdict]}"},
        "defaultConfiguration": {"level": level},
    }


def _code_rule(code: str) -> dict[str, Any]:
    return {
        "id": f"finding/{code}",
        "name": code.title().replace("-", ""),
        "shortDescription": {"text": f"Finding about the report: {code.replace('-', ' ')}."},
        "defaultConfiguration": {"level": "note"},
    }


def _results(checked: CheckedReport) -> Iterator[dict[str, Any]]:
    report = checked.report
    for claim in checked.claims:
        yield _verdict(report, claim)
    by_id = {claim.id: claim for claim in report.claims}
    for finding in checked.findings:
        places = [_location(report, by_id[name]) for name in finding.claims if name in by_id]
        yield _finding(finding, places or [_location(report)])


def _verdict(report: Report, checked: CheckedClaim) -> dict[str, Any]:
    claim, verdict = checked.claim, checked.verdict
    kind, level = KINDS[verdict.verdict]
    said = f"{claim.id} is {VERDICT_NAMES[verdict.verdict].lower()}: {verdict.reason}"
    return {
        "ruleId": f"verdict/{verdict.verdict}",
        "kind": kind,
        "level": level,
        "message": {"text": said},
        "locations": [_location(report, claim)],
        "partialFingerprints": {"claimText/v1": _print_of(claim.text)},
        "properties": {
            "claim": claim.id,
            "text": claim.text,
            "verdictLevel": verdict.level,
            "tags": list(verdict.flags),
        },
    }


def _finding(finding: AuditFinding, locations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "ruleId": f"finding/{finding.code}",
        "kind": "fail",
        "level": "note",
        "message": {"text": finding.message},
        "locations": locations,
        "partialFingerprints": {"finding/v1": _print_of(finding.code + finding.message)},
    }


def _location(report: Report, claim: Claim | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(report.path)}}
    if claim is not None and claim.line > 0 and not claim.page:
        place["region"] = {"startLine": claim.line}
    return {"physicalLocation": place}


def uri(path: str) -> str:
    """A path as a URI reference: relative stays relative."""
    drive, rest = ntpath.splitdrive(path)
    if drive and rest.startswith(("/", "\\")):
        return "file:///" + quote(path.replace("\\", "/"), safe="/:", errors="replace")
    text = quote(posixpath.normpath(path), safe="/", errors="replace")
    return f"file://{text}" if path.startswith("/") else text


def _print_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _line(value: object) -> str:
    """A value as JSON on one line."""
    return json_escaped(_encoded(value))


_encoded = json.JSONEncoder(ensure_ascii=False).encode
