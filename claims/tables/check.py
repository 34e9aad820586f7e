"""A claim against tables by others → a verdict that opens down to the cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.tables.certainty import calibration, certainty, features
from claims.tables.evidence import evidence_of
from claims.tables.findings import Found
from claims.tables.forms.part import Part
from claims.tables.judging import judge
from claims.tables.reading import Reading, read_claim
from claims.tables.table import Table
from claims.verdict import EvidenceItem, Verdict, VerdictWord


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim over one table.

    Attributes:
        table: the table. reading: of the claim in its words. findings: each part that was read, with what was found.
        truth: "true", "false", "mixed" or "unknown". certainty: of the reading, 0 where nothing was decided.
        decided_by: the features the certainty was computed from.
    """

    table: Table
    reading: Reading
    findings: tuple[tuple[Part, Found], ...]
    truth: str
    certainty: float
    decided_by: dict[str, float]


def check_table(claim: str, table: Table) -> Checked:
    """What one table says of a claim, before any threshold."""
    reading = read_claim(claim, table)
    findings = tuple((part, judge(part.formula, table)) for part in reading.parts if part.formula is not None)
    truth = _whole_truth(findings)
    if truth == "true" and not reading.counted:
        truth = "unknown"
    if truth not in ("true", "false"):
        return Checked(table, reading, findings, truth, 0.0, {})
    values = features(reading, [(p, f) for p, f in findings if f.truth == truth], truth)
    return Checked(table, reading, findings, truth, certainty(values), values)


def _whole_truth(findings: Sequence[tuple[Part, Found]]) -> str:
    """One false part makes the whole false; a change that no cell prints is an aside."""
    truths = [found.truth for part, found in findings if not (part.form == "change" and found.truth == "unknown")]
    if "false" in truths:
        return "false"
    if not truths:
        return "unknown"
    return "true" if set(truths) == {"true"} else "mixed" if "mixed" in truths else "unknown"


def check_claim(claim: str, tables: Sequence[Table], threshold: float | None = None) -> Verdict:
    """The verdict on a claim over one or several tables.

    Args:
        claim: a sentence.
        tables: where its names may stand.
        threshold: least certainty of the reading for supported or refuted; the shipped one where None.
    """
    least = calibration().threshold if threshold is None else threshold
    checked = [check_table(claim, table) for table in tables]
    decided = [c for c in checked if c.truth in ("true", "false")]
    sure = [c for c in decided if c.certainty >= least]
    if sure and len({c.truth for c in sure}) > 1:
        return _two_minds(sure)
    best = max(sure or decided or checked, key=lambda c: (c.certainty, len(c.findings)), default=None)
    if best is None:
        return Verdict("not-testable", (), "none", "No table was given.", None)
    return _verdict(best, least)


def _verdict(checked: Checked, least: float) -> Verdict:
    word, flags = _word(checked, least)
    formula = checked.reading.formula
    return Verdict(
        verdict=word,
        flags=flags,
        level="grounded" if word in ("supported", "refuted", "mixed") else "none",
        reason=_reason(checked, word, least),
        assertion=None if formula is None else str(formula),
        evidence=_evidence(checked),
        certainty=checked.certainty or None,
        parts=tuple((str(p.formula), _said(f)) for p, f in checked.findings) if len(checked.findings) > 1 else (),
    )


def _word(checked: Checked, least: float) -> tuple[VerdictWord, tuple[str, ...]]:
    partial = ("partial",) if checked.reading.told or not checked.reading.complete else ()
    if checked.truth in ("true", "false"):
        if checked.certainty < least:
            return "not-testable", ("ambiguous",)
        overstated = checked.truth == "true" and min(f.share for _, f in checked.findings) < 1
        return ("supported" if checked.truth == "true" else "refuted"), (
            ("overstated",) if overstated else ()
        ) + partial
    if checked.truth == "mixed":
        return "mixed", partial
    return "not-testable", ()


def _said(found: Found) -> str:
    return {"true": "supported", "false": "refuted", "mixed": "mixed", "unknown": "not-testable"}[found.truth]


def _reason(checked: Checked, word: VerdictWord, least: float) -> str:
    clauses = [f"{found.why}" for _, found in checked.findings]
    unread = [part.why for part in checked.reading.parts if part.formula is None and part.states and part.why]
    sentences = [f"In {checked.table.source or 'the table'}: {'; '.join(clauses)}." if clauses else ""]
    if checked.truth in ("true", "false"):
        sentences.append(f"Read with certainty {checked.certainty:.2f}.")
        if word == "not-testable":
            sentences.append(f"That is below {least:.2f}, so no verdict is given.")
    if unread:
        sentences.append(f"Not read: {'; '.join(dict.fromkeys(unread))}.")
    return " ".join(s[:1].upper() + s[1:] for s in sentences if s)


def _evidence(checked: Checked) -> tuple[EvidenceItem, ...]:
    return evidence_of(checked.table, (cell for _, found in checked.findings for cell in found.cells))


def _two_minds(sure: Sequence[Checked]) -> Verdict:
    """Tables that disagree on a claim decide nothing."""
    shown = "; ".join(
        f"{c.table.source or 'a table'} says {'supported' if c.truth == 'true' else 'refuted'}" for c in sure
    )
    evidence = tuple(item for c in sure for item in _evidence(c))
    return Verdict(
        "inconclusive",
        ("ambiguous",),
        "none",
        f"The tables disagree: {shown}.",
        str(sure[0].reading.formula),
        evidence=evidence,
    )
