"""verdicts.json: everything that was found, for programs.

The schema ships as `schemas/verdicts-1.json`; every key is always present.
"""

from __future__ import annotations

import json
from importlib.resources import files
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar

from reports.cited_sources import attribution_record
from reports.json_text import indented
from reports.output import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claims.audit import CheckedClaim, Finding
    from claims.report import Report
    from claims.verdict import EvidenceItem, Settle
    from claims.verify import CheckedReport
    from reports.tool import Config, Tool

SCHEMA = "claimgauge.verdicts/1"


class JsonOutput:
    """Writes verdicts.json."""

    file: ClassVar[str] = "verdicts.json"

    def __init__(self, tool: Tool, folder: Path, *, named: bool = False) -> None:
        self.tool = tool
        self.records = Spool(folder, self.file if named else "")
        self.spools = (self.records,)

    @staticmethod
    def rendered(checked: CheckedReport) -> tuple[str, ...]:
        """Its record."""
        return (indented(report_record(checked), 4),)

    def put(self, texts: Sequence[str]) -> None:
        """Puts a record aside."""
        self.records.put(texts[0], ",\n")

    def count(self, checked: CheckedReport) -> None:
        """Nothing is counted."""

    def text(self, across: Sequence[Finding]) -> Iterator[str]:
        """The file in pieces."""
        head, foot = _around(self.tool, across, empty=not self.records.size)
        yield head
        yield from self.records.text()
        yield foot


def document(tool: Tool, records: Sequence[dict[str, Any]], across: Sequence[Finding]) -> str:
    """The text of verdicts.json, from the records of the reports."""
    head, foot = _around(tool, across, empty=not records)
    return head + ",\n".join(indented(record, 4) for record in records) + foot


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every verdicts.json fits."""
    text = (files("reports") / "schemas" / "verdicts-1.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def report_record(checked: CheckedReport) -> dict[str, Any]:
    """One entry of `reports`."""
    report = checked.report
    return {
        "path": report.path,
        "sha256": report.sha256,
        "title": report.title,
        "question": report.question,
        "stated": {
            "papers": report.stated.papers,
            "claims": report.stated.claims,
            "verified": report.stated.verified,
            "score": report.stated.score,
        },
        "read": {
            "claims": len(report.claims),
            "verified": read_verified(report),
            "passed_over": dict(report.passed_over),
        },
        "findings": [_finding(finding) for finding in checked.findings],
        "claims": [claim_record(claim) for claim in checked.claims],
    }


def read_verified(report: Report) -> int:
    """How many claims the report marks verified, as read."""
    return sum(claim.mark == "yes" for claim in report.claims)


def claim_record(checked: CheckedClaim) -> dict[str, Any]:
    """One entry of `claims`."""
    claim, verdict = checked.claim, checked.verdict
    return {
        "id": claim.id,
        "text": claim.text,
        "truncated": claim.cut != "no",
        "completed": claim.completed,
        "mark": claim.mark,
        "mark_raw": claim.mark_raw,
        "confidence": _number(claim.confidence),
        "confidence_raw": claim.confidence_raw,
        "line": claim.line,
        "assertion": verdict.assertion,
        "verdict": verdict.verdict,
        "flags": list(verdict.flags),
        "level": verdict.level,
        "reason": verdict.reason,
        "definitions": list(verdict.definitions),
        "alternatives": list(verdict.alternatives),
        "parts": [{"statement": statement, "verdict": word} for statement, word in verdict.parts],
        "evidence": [_evidence(item) for item in verdict.evidence],
        "settle": _settle(verdict.settle),
        "certificate": [{"text": u.text, "role": u.role, "neutral": u.neutral} for u in verdict.certificate],
        "rewording": verdict.rewording,
        "page": claim.page,
        "section": claim.section,
        "citations": list(claim.citations),
        "sources": [attribution_record(found) for found in checked.attributions],
    }


def _evidence(item: EvidenceItem) -> dict[str, Any]:
    return {
        "what": item.what,
        "value": item.value if isinstance(item.value, str) else _number(item.value),
        "low": _number(item.low),
        "high": _number(item.high),
        "spread": item.spread,
        "source": item.source,
        "provenance": item.provenance,
        "role": item.role,
    }


def _settle(settle: Settle | None) -> dict[str, Any] | None:
    if settle is None:
        return None
    return {
        "cells": list(settle.cells),
        "runs": list(settle.runs),
        "targets": list(settle.targets),
        "split": settle.split,
        "plan": settle.plan,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "message": finding.message, "claims": list(finding.claims)}


def _tool(tool: Tool) -> dict[str, Any]:
    return {
        "name": tool.name,
        "version": tool.version,
        "definitions": tool.definitions,
        "lexicon": tool.lexicon,
        "built_in": tool.built_in,
        "results": [{"path": f.path, "sha256": f.sha256, "rows": f.rows} for f in tool.results],
        "config": _config(tool.config),
    }


def _config(config: Config | None) -> dict[str, Any] | None:
    if config is None:
        return None
    return {"file": config.file, "options": dict(config.options), "evidence": list(config.evidence)}


def _number(value: float | None) -> float | None:
    """JSON has no NaN: a number that is none is missing."""
    return value if value is not None and isfinite(value) else None


def _around(tool: Tool, across: Sequence[Finding], *, empty: bool) -> tuple[str, str]:
    """What stands before and after the records."""
    maker = indented(_tool(tool), 2).lstrip()
    head = f'{{\n  "schema": "{SCHEMA}",\n  "tool": {maker},\n  "reports": ['
    findings = indented([_finding(finding) for finding in across], 2).lstrip()
    foot = f'],\n  "across": {findings}\n}}\n'
    return (head, foot) if empty else (head + "\n", "\n  " + foot)
