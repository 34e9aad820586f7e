"""Verdicts and answers as HTML for the output cell of a notebook: no script, no style sheet, all text escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from analysis.wording import counted
from reports.answers import SYNTHETIC, answer_lines, brief_lines
from reports.legend import VERDICT_NAMES
from reports.printed import number
from reports.style import GREEN, VERDICTS, VERMILION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analysis.answer import Answer
    from claims.audit import AuditFinding
    from claims.verdict import EvidenceItem, Verdict, VerdictWord
    from claims.verify import CheckedReport

CLAIMS_SHOWN, CELLS_SHOWN = 200, 12
"""Numbers of claims and cells that are shown; the frame of a verification holds all."""
SAYS = {"yes": GREEN, "no": VERMILION, "mixed": VERDICTS["mixed"][0], "cannot-tell": VERDICTS["inconclusive"][0]}
LEFT = Markup('style="text-align:left;vertical-align:top"')


def claims_table(reports: Sequence[CheckedReport], across: Sequence[AuditFinding]) -> str:
    """Every claim with its verdict and reason, one table a report, then the findings of the audit."""
    room = CLAIMS_SHOWN
    parts = []
    for checked in reports:
        rows = [
            (claim.claim.id, word(claim.verdict.verdict), claim.claim.text, why(claim.verdict))
            for claim in checked.claims[:room]
        ]
        parts.append(Markup("<p><b>{}</b>: {}</p>").format(checked.report.path, counted(len(checked.claims), "claim")))
        parts.append(table(("", "verdict", "claim", "why"), rows))
        if len(rows) < len(checked.claims):
            parts.append(Markup("<p>and {} more: see to_frame()</p>").format(len(checked.claims) - len(rows)))
        room -= len(rows)
        parts += [listed(finding.message for finding in checked.findings)]
    parts.append(listed(finding.message for finding in across))
    return Markup("").join(parts)


def one_claim(claim: str, verdict: Verdict) -> str:
    """A claim opened: verdict, reason, what each word became, the cells behind it."""
    rows: list[tuple[object, ...]] = [("claim", claim), ("verdict", word(verdict.verdict)), ("why", why(verdict))]
    if verdict.assertion:
        rows.append(("read as", Markup("<code>{}</code>").format(verdict.assertion)))
    used = [f"{u.text} → {u.role}" + (f" ({u.neutral})" if u.neutral else "") for u in verdict.certificate]
    if used:
        rows.append(("words", "; ".join(used)))
    if verdict.examples:
        rows.append(("this evidence can decide, for example", "; ".join(f"“{text}”" for text in verdict.examples)))
    cells = table(("cell", "value", "source"), [_cell(item) for item in verdict.evidence[:CELLS_SHOWN]])
    more = len(verdict.evidence) - CELLS_SHOWN
    rest = Markup("<p>and {} more: see evidence()</p>").format(more) if more > 0 else Markup("")
    return table((), rows) + (cells if verdict.evidence else Markup("")) + rest


def answer_table(answer: Answer) -> str:
    """The answer as the terminal prints it, its details folded below."""
    warning = Markup("<p><b>{}</b></p>").format(SYNTHETIC) if "synthetic" in answer.provenance else Markup("")
    (_, question), *lines = brief_lines(answer)
    says = Markup('<b style="color:{}">{}</b>').format(SAYS[answer.says], answer.says)
    brief = table((), [("asked", question), ("says", says), *lines])
    details = table((), answer_lines(answer)[1:])
    return warning + brief + Markup("<details><summary>details</summary>{}</details>").format(details)


def word(verdict: VerdictWord) -> Markup:
    """A verdict in its colour."""
    return Markup('<b style="color:{}">{}</b>').format(VERDICTS[verdict][0], VERDICT_NAMES[verdict])


def why(verdict: Verdict) -> Markup:
    """The reason, the flags, and the wording that would be read."""
    flags = Markup(" <small>[{}]</small>").format(", ".join(verdict.flags)) if verdict.flags else ""
    offer = Markup("<br><small>would be read: “{}”{}</small>")
    reworded = Markup("").join(
        offer.format(one.text, f" ({one.changes})" if one.changes else "") for one in verdict.rewordings
    )
    beside = Markup("<br><small>on its names the evidence shows: “{}” ({})</small>")
    related = Markup("").join(beside.format(one.text, one.changes) for one in verdict.suggestions)
    return Markup("{}{}{}{}").format(verdict.reason, flags, reworded, related)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """A table whose texts are escaped; without a header where `head` is empty."""
    names = Markup("").join(Markup("<th {}>{}</th>").format(LEFT, name) for name in head)
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td {}>{}</td>").format(LEFT, cell) for cell in row))
        for row in rows
    )
    top = Markup("<thead><tr>{}</tr></thead>").format(names) if head else Markup("")
    return Markup("<table>{}<tbody>{}</tbody></table>").format(top, lines)


def listed(texts: Iterable[str]) -> Markup:
    """Texts as a list, nothing where there are none."""
    items = Markup("").join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup("<ul>{}</ul>").format(items) if items else Markup("")


def _cell(item: EvidenceItem) -> tuple[str, str, str]:
    value = number(item.value) if isinstance(item.value, float) else str(item.value)
    span = f" [{number(item.low)}, {number(item.high)}]" if item.low is not None and item.high is not None else ""
    return item.what, value + span, f"{item.source} ({item.provenance})"
