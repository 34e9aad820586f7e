"""One checked report as the outputs take it: the texts of each format, and the little that summaries count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.audit import CheckedClaim
from claims.hashed import replace
from claims.reading import Reading
from claims.verify import CheckedReport

if TYPE_CHECKING:
    from reports.output import Output


@dataclass(frozen=True, slots=True)
class Rendered:
    """A report rendered, by whichever process.

    Attributes:
        slim: the report without what only its own texts show (see `slimmed`).
        texts: format → what its output puts aside.
    """

    slim: CheckedReport
    texts: tuple[tuple[str, tuple[str, ...]], ...]


def rendered(checked: CheckedReport, formats: Sequence[str]) -> Rendered:
    """A report rendered for some formats, see `reports.bundle.FORMATS`."""
    return Rendered(slimmed(checked), tuple((name, _kind(name).rendered(checked)) for name in formats))


def slimmed(checked: CheckedReport) -> CheckedReport:
    """Reduces verdicts to what counts over many reports need: words, marks, verdicts, runs; no evidence."""
    report = replace(checked.report, claims=(), references=(), repairs=(), abstract=None)
    return CheckedReport(report, tuple(map(_slim, checked.claims)), checked.findings)


def _slim(checked: CheckedClaim) -> CheckedClaim:
    verdict, settle = checked.verdict, checked.verdict.settle
    verdict = replace(
        verdict,
        alternatives=(),
        definitions=(),
        evidence=(),
        parts=(),
        certificate=(),
        suggestions=(),
        correction=None,
        settle=None if settle is None else replace(settle, cells=(), plan=""),
    )
    assertion = checked.reading.assertion if checked.reading.complete else None
    return CheckedClaim(checked.claim, Reading(assertion), verdict, checked.attributions)


def _kind(name: str) -> type[Output]:
    from reports.bundle import output_of

    return output_of(name)
