"""Terminal output: colours where they are wanted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from analysis.files.escapes import escaped

if TYPE_CHECKING:
    from analysis.answer import Answer
    from claims.verify import CheckedReport

COLOURS = {
    "supported": "green",
    "refuted": "red",
    "mixed": "magenta",
    "inconclusive": "yellow",
    "needs-data": "blue",
    "not-testable": "white",
}


def styled(text: str, verdict: str) -> str:
    """The text in the colour of a verdict, unless NO_COLOR is set."""
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=COLOURS[verdict])


def summary_of(checked: CheckedReport, *, brief: bool) -> str:
    """A report's verdicts in a few lines."""
    from analysis.wording import counted

    counts = Counter(c.verdict.verdict for c in checked.claims)
    shown = ", ".join(styled(f"{n} {verdict}", verdict) for verdict, n in counts.most_common())
    head = f"{escaped(checked.report.path)}: {counted(len(checked.claims), 'claim')}: {shown}"
    if brief:
        return head
    return "\n".join([head, *_claims(checked), *_prose(checked), *_examples(checked), *_findings(checked), ""])


def _claims(checked: CheckedReport) -> Iterable[str]:
    from reports.cited_sources import attribution_name

    for c in checked.claims:
        flags = f" [{', '.join(c.verdict.flags)}]" if c.verdict.flags else ""
        word = styled(f"{c.verdict.verdict:<13}", c.verdict.verdict)
        yield f"  {c.claim.id} {word} {shorten(escaped(c.claim.text), 84, placeholder=' …')}{flags}"
        for found in c.attributions:
            yield f"      source  {attribution_name(found)}: {shorten(escaped(found.reason), REASON, placeholder=' …')}"
            if found.nearby:
                near = f"{found.nearby.where}: “{found.nearby.text}”"
                yield f"              nearby, not the same: {shorten(escaped(near), REASON, placeholder=' …')}"


def _prose(checked: CheckedReport) -> Iterable[str]:
    from claims.report import UNREAD

    passed = dict(checked.report.passed_over)
    if beside := passed.pop(UNREAD, 0):
        yield f"  prose  beside the claims, sentences that state something to check: {beside} ({HOW_TO_READ})"
    elif passed:
        yield f"  prose  no claims: {', '.join(f'{n} {kind}' for kind, n in passed.items())}"


def _examples(checked: CheckedReport) -> Iterable[str]:
    from analysis.wording import counted

    if checked.examples:
        shown = "; ".join(f"“{escaped(text)}”" for text in checked.examples)
        bare = counted(checked.nameless, "claim")
        yield f"  examples  nothing nearer to {bare} was found; the evidence can decide, for example: {shown}"


def _findings(checked: CheckedReport) -> Iterable[str]:
    for finding in checked.findings:
        yield f"  audit  {escaped(finding.message)}"


HOW_TO_READ = "prose = true below [verify] in claimgauge.toml reads them; in Python cg.verify(…, prose=True)"
REASON = 260
"""Characters of what a source says that the terminal shows."""
SAYS = {"yes": "green", "no": "red", "mixed": "magenta", "cannot-tell": "yellow"}


def answer_shown(answer: Answer, *, details: bool, colours: bool = True) -> str:
    """The answer of an analysis in at most 12 lines, or with its details; what is synthetic said first."""
    from reports.answers import SYNTHETIC, answer_lines, brief_lines, laid_out

    plain = not colours or bool(os.environ.get("NO_COLOR"))
    (_, question), *lines = answer_lines(answer) if details else brief_lines(answer)
    word = answer.says if plain else click.style(answer.says, fg=SAYS[answer.says], bold=True)
    text = "\n".join([laid_out([("asked", question)]), f"{'says':<10} {word}", laid_out(lines)])
    if "synthetic" not in answer.provenance:
        return text
    return f"{SYNTHETIC if plain else click.style(SYNTHETIC, fg='black', bg='yellow')}\n{text}"
