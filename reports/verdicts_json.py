"""verdicts.json: everything that was found, for programs; one claim a line.

What many claims share stands once, behind the reports: evidence, what would settle a claim, and what a stretch of a
sentence became; of what would settle claims, missing cells and paragraphs of plans. Claims name them by their places in
those lists (`reports.verdicts_read` puts them back). The schema ships as `schemas/verdicts-2.json`; every key is always
present, but for `suggestions` of a claim and `examples` of a report, which stand where there are any.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar

from analysis.files.escapes import json_escaped
from reports.cited_sources import attribution_record
from reports.output import SIGN, Shared, Spool, with_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claims.audit import AuditFinding, CheckedClaim
    from claims.language.certificate import TokenUse
    from claims.report import Report
    from claims.verdict import EvidenceItem, Settle
    from claims.verify import CheckedReport
    from reports.tool import Tool, UsedConfig

SCHEMA = "claimgauge.verdicts/2"
SHARED = ("evidence", "settle", "certificate")
"""Keys of a claim that name entries of the lists of the same names."""
IN_SETTLE = ("cells", "paragraphs")
"""Lists that entries of `settle` name their cells and the paragraphs of their plan in."""
LISTS = (*SHARED, *IN_SETTLE)
PARAGRAPH = "\n\n"
"""Stands between two paragraphs of a plan."""
KEPT = 8192
"""Entries of one kind whose text is kept."""


class JsonOutput:
    """Writes verdicts.json.

    In memory stays a digest of each entry that claims share, with its place.
    """

    file: ClassVar[str] = "verdicts.json"

    def __init__(self, tool: Tool, folder: Path, *, named: bool = False) -> None:
        self.tool = tool
        self.records = Spool(folder, self.file if named else "")
        self.shared = tuple(
            Shared(folder, f"{name}.json" if named else "", between=",\n", margin="    ") for name in LISTS
        )
        self.spools = (self.records, *(one.spool for one in self.shared))

    @staticmethod
    def rendered(checked: CheckedReport) -> tuple[str, ...]:
        """Its record, with signs where the places of shared entries will stand, and these entries, one a line."""
        shared: tuple[dict[str, int], ...] = tuple({} for _ in LISTS)
        claims = ",\n".join([f"      {_claim(claim, shared)}" for claim in checked.claims])
        head = _dumped(_about(checked))[:-1]
        record = f'    {head},"claims":[\n{claims}\n    ]}}' if claims else f'    {head},"claims":[]}}'
        return (record, *("\n".join(entries) for entries in shared))

    def put(self, texts: Sequence[str]) -> None:
        """Puts a record aside, and of the entries those that no report before had."""
        places: dict[str, str] = {}
        for kind in reversed(range(len(LISTS))):  # entries name entries of later lists
            entries = with_places(texts[1 + kind], places).split("\n") if texts[1 + kind] else []
            places |= {f"{kind}{n}": str(self.shared[kind].place(entry)) for n, entry in enumerate(entries)}
        self.records.put(with_places(texts[0], places), ",\n")

    def count(self, checked: CheckedReport) -> None:
        """Nothing is counted."""

    def text(self, across: Sequence[AuditFinding]) -> Iterator[str]:
        """The file in pieces."""
        yield f'{{\n  "schema": "{SCHEMA}",\n  "tool": {_dumped(_tool(self.tool))},\n  "reports": '
        yield "[\n" if self.records.size else "["
        yield from self.records.text()
        yield "\n  ]" if self.records.size else "]"
        findings = ",\n".join(f"    {_dumped(_finding(finding))}" for finding in across)
        yield f',\n  "across": [\n{findings}\n  ]' if findings else ',\n  "across": []'
        for name, one in zip(LISTS, self.shared, strict=True):
            yield f',\n  "{name}": '
            yield from one.text("[\n", "\n  ]", "[]")
        yield "\n}\n"


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _dumped(record: object) -> str:
    return json_escaped(_encode(record))


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every verdicts.json fits."""
    text = (files("reports") / "schemas" / "verdicts-2.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _about(checked: CheckedReport) -> dict[str, Any]:
    """An entry of `reports` without its claims."""
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
        **({"examples": checked.examples} if checked.examples else {}),
        "findings": [_finding(finding) for finding in checked.findings],
    }


def read_verified(report: Report) -> int:
    """Counts the claims that the report marks verified, as read."""
    return sum(claim.mark == "yes" for claim in report.claims)


def _claim(checked: CheckedClaim, shared: tuple[dict[str, int], ...]) -> str:
    """One entry of `claims`; what it shares with others is added to the entries of its report."""
    claim, verdict = checked.claim, checked.verdict
    record = {
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
        "flags": verdict.flags,
        "level": verdict.level,
        "reason": verdict.reason,
        "definitions": verdict.definitions,
        "alternatives": verdict.alternatives,
        "parts": [{"statement": statement, "verdict": word} for statement, word in verdict.parts],
        "rewording": verdict.rewording,
        "left_out": verdict.left_out,
        "rewordings": [asdict(one) for one in verdict.rewordings],
        **({"suggestions": [asdict(one) for one in verdict.suggestions]} if verdict.suggestions else {}),
        **({"correction": asdict(verdict.correction)} if verdict.correction else {}),
        "page": claim.page,
        "section": claim.section,
        "citations": claim.citations,
        "sources": [attribution_record(found) for found in checked.attributions],
    }
    evidence = ",".join([_place(0, _evidence(item), shared) for item in verdict.evidence])
    settle = "null" if verdict.settle is None else _place(1, _settle(verdict.settle, shared), shared)
    words = ",".join([_place(2, _word(used), shared) for used in verdict.certificate])
    return f'{_dumped(record)[:-1]},"evidence":[{evidence}],"settle":{settle},"certificate":[{words}]}}'


def _place(kind: int, entry: str, shared: tuple[dict[str, int], ...]) -> str:
    entries = shared[kind]
    return f"{SIGN}{kind}{entries.setdefault(entry, len(entries))}{SIGN}"


@lru_cache(maxsize=KEPT)
def _evidence(item: EvidenceItem) -> str:
    return _dumped(
        {
            "what": item.what,
            "value": item.value if isinstance(item.value, str) else _number(item.value),
            "low": _number(item.low),
            "high": _number(item.high),
            "spread": item.spread,
            "source": item.source,
            "provenance": item.provenance,
            "role": item.role,
        }
    )


@lru_cache(maxsize=KEPT)
def _word(used: TokenUse) -> str:
    return _dumped({"text": used.text, "role": used.role, "neutral": used.neutral})


def _settle(settle: Settle, shared: tuple[dict[str, int], ...]) -> str:
    cells = ",".join([_place(3, _text(cell), shared) for cell in settle.cells])
    plan = ",".join([_place(4, _text(part), shared) for part in settle.plan.split(PARAGRAPH)])
    record = _dumped({"runs": settle.runs, "targets": settle.targets, "split": settle.split})
    return f'{{"cells":[{cells}],{record[1:-1]},"plan":[{plan}]}}'


@lru_cache(maxsize=KEPT)
def _text(text: str) -> str:
    return _dumped(text)


def _finding(finding: AuditFinding) -> dict[str, Any]:
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


def _config(config: UsedConfig | None) -> dict[str, Any] | None:
    if config is None:
        return None
    return {"file": config.file, "options": dict(config.options), "evidence": list(config.evidence)}


def _number(value: float | None) -> float | None:
    """JSON has no NaN: a number that is none is missing."""
    return value if value is not None and isfinite(value) else None
