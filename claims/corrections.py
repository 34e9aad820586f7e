"""Readings that a user supplies in place of the parser's: their author and day, and the reading they replace."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError
from analysis.files.unread import why_unread
from analysis.registry.vocabulary import Vocabulary
from claims.assertion import At, Formula
from claims.hashed import replace
from claims.report import Claim, Report
from claims.rewriting import canonical, nodes
from claims.verdict import Correction, Verdict
from claims.wellformed import read_assertion

if TYPE_CHECKING:
    from claims.checking.over_tables import TableJudge


@dataclass(frozen=True, slots=True)
class SuppliedReading:
    """An assertion supplied for a claim.

    Attributes:
        reads: the assertion. file: the file it stands in.
        by, on: its author and day (ISO); "" where the file gives none.
    """

    reads: Formula
    file: str
    by: str = ""
    on: str = ""

    def noted(self, verdict: Verdict, instead: str | None) -> Verdict:
        """A verdict on it, with the supplied reading noted in its reason and as its correction."""
        by, on = f" by {self.by}" if self.by else "", f" on {self.on}" if self.on else ""
        reason = f"{verdict.reason} (Its reading was supplied{by}{on}.)"
        return replace(verdict, reason=reason, correction=Correction(self.file, self.by, self.on, instead))


@dataclass(frozen=True, slots=True)
class Corrections:
    """Readings supplied by the user.

    Attributes:
        by_place: (report name or "", claim id) → reading.
        by_text: claim text → reading.
    """

    by_place: Mapping[tuple[str, str], SuppliedReading] = field(default_factory=dict)
    by_text: Mapping[str, SuppliedReading] = field(default_factory=dict)

    def for_claim(self, report: Report, claim: Claim) -> SuppliedReading | None:
        """The reading supplied for a claim, None where there is none."""
        if not self.by_place and not self.by_text:
            return None
        name = Path(report.path).name
        for place in ((name, claim.id), ("", claim.id)):
            if place in self.by_place:
                return self.by_place[place]
        return self.for_text(claim.text) or self.for_text(claim.completed or "")

    def for_text(self, text: str) -> SuppliedReading | None:
        """The reading supplied for a sentence, None where there is none."""
        return self.by_text.get(" ".join(text.split()))


def is_of_cells(formula: Formula) -> bool:
    """True if an assertion is about cells of a table by others."""
    return any(isinstance(node, At) for node in nodes(formula))


def over_cells(formula: Formula, tables: TableJudge | None) -> Verdict:
    """The verdict on a supplied assertion about cells; not testable where no table given has them."""
    from claims.checking.over_tables import over_formula

    try:
        return over_formula(formula, () if tables is None else tables.readers).verdict
    except InputError as error:
        reason = f"The reading supplied speaks of cells of a table that is not given here ({error.faults[0]})."
        return Verdict("not-testable", ("corrected",), "none", reason, str(formula))


def load_corrections(path: Path, registry: Vocabulary) -> Corrections:
    """Reads a file of supplied readings.

    The file is TOML: tables `[[assertion]]` with `reads` (an assertion) and either `claim` (an id
    such as "C07", with `report` where several are checked) or `text` (the claim's words), and, for the record,
    `by` (who) and `on` (the day).

    Raises:
        InputError: with every fault of the file.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("assertion", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), why_unread(error, "assertions (`claimgauge template assertions`)")) from None
    faults: list[str] = []
    by_place: dict[tuple[str, str], SuppliedReading] = {}
    by_text: dict[str, SuppliedReading] = {}
    for number, entry in enumerate(entries, 1):
        where = f"[[assertion]] {number}"
        if not isinstance(entry, dict) or "reads" not in entry or not {"claim", "text"} & set(entry):
            faults.append(f'{where} needs `reads = "(…)"` and `claim = "C01"` or `text = "…"`')
            continue
        try:
            formula = canonical(read_assertion(str(entry["reads"]), registry, where))
        except InputError as error:
            faults += [f"{where}: {fault}" for fault in error.faults]
            continue
        supplied = SuppliedReading(formula, path.name, str(entry.get("by", "")), _day(entry.get("on", "")))
        if "claim" in entry:
            by_place[(str(entry.get("report", "")), str(entry["claim"]))] = supplied
        else:
            by_text[" ".join(str(entry["text"]).split())] = supplied
    if not entries:
        faults.append("holds no [[assertion]] table (see `claimgauge template assertions`)")
    if faults:
        raise InputError(str(path), faults)
    return Corrections(by_place, by_text)


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
