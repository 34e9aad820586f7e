"""report.md: the verdicts as Markdown, for pull requests, wikis and step summaries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from analysis.files.escapes import escaped as written_out
from analysis.wording import counted
from claims.verdict import VERDICTS
from reports.cited_sources import attribution_name
from reports.legend import LOUD, STANDING_NAMES, VERDICT_MEANINGS, VERDICT_NAMES, standing
from reports.output import Spool
from reports.tally import Tally
from reports.verdicts_json import read_verified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claims.audit import AuditFinding, CheckedClaim
    from claims.verify import CheckedReport
    from reports.tool import Tool

EXAMPLES = "For {} nothing nearer was found in the evidence; it can decide, for example (no rewordings): {}"
SPECIAL = re.compile(r"[\\`*_\[\]|~#$@]")


class MarkdownOutput:
    """Writes report.md."""

    file: ClassVar[str] = "report.md"

    def __init__(self, tool: Tool, folder: Path, *, named: bool = False) -> None:
        self.tool = tool
        self.tally = Tally()
        self.sections = Spool(folder, self.file if named else "")
        self.spools = (self.sections,)

    @staticmethod
    def rendered(checked: CheckedReport) -> tuple[str, ...]:
        """Its section."""
        return (section(checked),)

    def put(self, texts: Sequence[str]) -> None:
        """Puts a section aside."""
        self.sections.put(*texts)

    def count(self, checked: CheckedReport) -> None:
        """Counts its claims."""
        self.tally.add(checked)

    def text(self, across: Sequence[AuditFinding]) -> Iterator[str]:
        """The file in pieces."""
        yield f"# Verdicts\n\n{escaped(self.tally.lead())} {escaped(self.tally.worth())}\n\n"
        if self.tool.config is not None and self.tool.config.evidence:
            yield f"Mind the configuration: {escaped(str(self.tool.config))}.\n\n"
        yield _summary(self.tally)
        if across:
            yield f"\n## Across the reports\n\n{_findings(across)}"
        yield from self.sections.text()
        yield f"\n---\n\n{_made_by(self.tool)}\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line, also inside a table."""
    line = written_out(" ".join(text.split()))
    marked = SPECIAL.sub(lambda found: f"\\{found[0]}", line.replace("&", "&amp;"))
    return marked.replace("<", "&lt;").replace(">", "&gt;")


def section(checked: CheckedReport) -> str:
    """The part on one report."""
    report, stated = checked.report, checked.report.stated
    lines = [f"\n## {escaped(report.title or report.path)}\n", f"File: {escaped(report.path)}\n"]
    if report.question:
        lines.append(f"Question: {escaped(report.question)}\n")
    counts = [
        ["", "claims", "verified", "papers", "score"],
        ["stated", _known(stated.claims), _known(stated.verified), _known(stated.papers), stated.score or ""],
        ["read", str(len(report.claims)), str(read_verified(report)), "", ""],
    ]
    lines.append(_table(counts))
    if checked.examples:
        shown = "; ".join(f"“{text}”" for text in checked.examples)
        lines.append(f"{escaped(EXAMPLES.format(counted(checked.nameless, 'claim'), shown))}\n")
    if checked.findings:
        lines.append(_findings(checked.findings))
    if checked.claims:
        head = ["id", "claim", "mark", "confidence", "verdict", "flags", "reason"]
        lines.append(_table([head, *map(_row, checked.claims)]))
    else:
        lines.append("No claim was read.\n")
    return "\n".join(lines)


def _row(checked: CheckedClaim) -> list[str]:
    claim, verdict = checked.claim, checked.verdict
    text = claim.text if claim.cut == "no" else f"{claim.text} […cut]"
    if claim.completed:
        text += f" — completed: {claim.completed}"
    verdict_cell = VERDICT_NAMES[verdict.verdict]
    if verdict.level != "none":
        verdict_cell += f" ({verdict.level})"
    how = standing(claim.mark, verdict)
    remark = STANDING_NAMES[how] if how in LOUD else ""
    reason = f"{remark}. {verdict.reason}" if remark else verdict.reason
    for n, rewording in enumerate(verdict.rewordings):
        changes = f" ({rewording.changes})" if rewording.changes else ""
        led = " This would be read:" if verdict.rewording else " One of these may be meant:"
        reason += f"{'; or' if n else led} “{rewording.text}”{changes}"
    for n, suggestion in enumerate(verdict.suggestions):
        reason += f"{'; ' if n else ' On its names the evidence shows: '}“{suggestion.text}” ({suggestion.changes})"
    for found in checked.attributions:
        reason += f" Cited source, {attribution_name(found)}: {found.reason}"
    return [
        claim.id,
        text,
        claim.mark_raw,
        claim.confidence_raw,
        verdict_cell,
        ", ".join(verdict.flags),
        reason,
    ]


def _findings(findings: Sequence[AuditFinding]) -> str:
    lines = []
    for finding in findings:
        about = f" ({escaped(', '.join(finding.claims))})" if finding.claims else ""
        lines.append(f"- **{escaped(finding.code)}**: {escaped(finding.message)}{about}\n")
    return "".join(lines)


def _summary(tally: Tally) -> str:
    head = ["verdict", "claims", "what it means"]
    rows = [[VERDICT_NAMES[v], str(tally.verdicts[v]), VERDICT_MEANINGS[v]] for v in VERDICTS]
    return _table([head, *rows])


def _table(rows: list[list[str]]) -> str:
    head, *body = ["| " + " | ".join(escaped(cell) for cell in row) + " |\n" for row in rows]
    return head + "|" + " --- |" * len(rows[0]) + "\n" + "".join(body)


def _known(number: int | None) -> str:
    return "" if number is None else str(number)


def _made_by(tool: Tool) -> str:
    said = f"{tool.name} {tool.version}; definitions {tool.definitions}; lexicon {tool.lexicon}"
    files = "".join(f"\n- {escaped(f.path)}: {counted(f.rows, 'row')}, SHA-256 {f.sha256}" for f in tool.results)
    config = f"\n\nConfiguration: {escaped(str(tool.config))}." if tool.config is not None else ""
    return escaped(said) + (f"\n{files}" if files else "") + config
