"""`claimgauge audit`: where a paper, or a published study, contradicts itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.wording import counted

if TYPE_CHECKING:
    from claims.audit import AuditFinding
    from claims.self_audit.auditing import SelfAudit

SCHEMA = "claimgauge.audit/1"


@click.command()
@click.argument("paper", metavar="PAPER | published:STUDY")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(paper: str, as_json: bool) -> int:
    """Hold a PAPER against itself: its tables against their averages, its text against its tables.

    PAPER is a file (PDF, LaTeX, HTML, JATS, Markdown, text, DOCX). Averages are computed again from
    the entries of their rows, stated numbers from the entries they speak of; what rounding can
    explain of an average is no finding. For published:STUDY the table that ships with this program
    is held against what the study states. See docs/audit.md for the codes.

    \b
    Examples:
      claimgauge audit paper.pdf
      claimgauge audit published:phang2020-v1 --json
    """
    from analysis.published.scores import PREFIX

    if paper.startswith(PREFIX):
        from claims.audit_study import audit_study

        study = paper.removeprefix(PREFIX)
        _print(audit_study(study), {"study": study}, as_json=as_json)
        return 0
    from claims.library.reading import read_paper
    from claims.self_audit.auditing import audit_paper

    read, sha256 = read_paper(Path(paper))
    audit = audit_paper(read)
    told = {"paper": paper, "sha256": sha256, "title": read.title, "version": read.version, "agree": _agree(audit)}
    refused = [{"table": label, "doubts": doubts} for label, doubts in audit.refused]
    _print(audit.findings, told | {"tables_not_used": refused}, as_json=as_json)
    if not as_json:
        _summary(audit)
    return 0


def _agree(audit: SelfAudit) -> dict[str, int]:
    return {
        "averages": audit.averages, "differences": audit.differences, "bold_marks": audit.marks,
        "numbers_in_text": audit.numbers,
    }  # fmt: skip


def _print(found: tuple[AuditFinding, ...], told: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        findings = [{"code": f.code, "message": f.message} for f in found]
        click.echo(json.dumps({"schema": SCHEMA} | told | {"findings": findings}, ensure_ascii=False, indent=2))
        return
    for finding in found:
        click.echo(f"{finding.code:22}  {finding.message}")
    if not found:
        click.echo("No contradiction was found.")


def _summary(audit: SelfAudit) -> None:
    counts = [
        (audit.averages, "average"), (audit.differences, "difference"), (audit.marks, "bold mark"),
        (audit.numbers, "number of the text"),
    ]  # fmt: skip
    told = [
        f"{n} {what.replace(' of', 's of') if n != 1 and ' of' in what else what + 's' * (n != 1)}"
        for n, what in counts
        if n
    ]
    agree = f"; {', '.join(told)} agree" if told else ""
    tables = counted(audit.tables, "table")
    click.echo(f"looked at {counted(audit.sentences, 'sentence')} and {tables}{agree}")
    for label, doubts in audit.refused:
        click.echo(f"not used: {label}: {'; '.join(doubts)}")
