"""From report files to verdicts: the main job, one report at a time so that memory stays flat."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.registry.vocabulary import Vocabulary, vocabulary
from claims.across import Across
from claims.assertion import Formula
from claims.audit import AuditFinding, CheckedClaim, audit, study_of
from claims.checking.consulting import with_tables
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judged import JudgedReadings
from claims.checking.over_leaderboards import with_leaderboard
from claims.checking.printed_results import with_printed
from claims.checking.registry_suggestions import with_suggestions
from claims.citation_marks import without_marks
from claims.citations import Cited, cited_by_report
from claims.definitions import Definitions, default_definitions
from claims.domains.registry.citing import read_with_citations
from claims.domains.registry.hints import with_hint
from claims.domains.registry.words import transfer_lexicon
from claims.gathering import ResultsFile
from claims.guarding import guarded_verdict
from claims.hashed import replace
from claims.reading import Reading
from claims.report import Claim, Cut, Report
from claims.rewriting import canonical
from claims.verdict import Verdict
from claims.wellformed import read_assertion

if TYPE_CHECKING:
    from analysis.tables import Table
    from claims.attribution.attributor import Attributor
    from claims.checking.over_tables import TableJudge


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report with a verdict on every claim and the findings of its audit."""

    report: Report
    claims: tuple[CheckedClaim, ...]
    findings: tuple[AuditFinding, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """At most three sentences that the evidence bears out, where claims name nothing that it has; else none."""
        return tuple(dict.fromkeys(text for one in self.claims for text in one.verdict.examples))[:3]

    @property
    def nameless(self) -> int:
        """How many claims these examples stand beside."""
        return sum(bool(one.verdict.examples) for one in self.claims)


@dataclass(frozen=True, slots=True)
class Corrections:
    """Readings supplied by the user.

    Attributes:
        by_place: (report name or "", claim id) → formula.
        by_text: claim text → formula.
    """

    by_place: Mapping[tuple[str, str], Formula] = field(default_factory=dict)
    by_text: Mapping[str, Formula] = field(default_factory=dict)

    def for_claim(self, report: Report, claim: Claim) -> Formula | None:
        """The reading supplied for a claim, None where there is none."""
        if not self.by_place and not self.by_text:
            return None
        name = Path(report.path).name
        for place in ((name, claim.id), ("", claim.id)):
            if place in self.by_place:
                return self.by_place[place]
        return self.by_text.get(claim.text) or self.by_text.get(claim.completed or "")


@dataclass(slots=True)
class Verifier:
    """Checks reports against evidence.

    Attributes:
        evidence: the cells. definitions: of vague words. words: the vocabulary.
        corrections: readings supplied by the user.
        results: the results files in the evidence.
        tables: by others, for claims that the evidence leaves open.
        sources: whose documents are asked what they say of the claims that cite them.
        seconds: that one claim may take; None for as long as it takes.
        across: what the reports checked so far show beside each other.
    """

    evidence: Evidence
    definitions: Definitions = field(default_factory=default_definitions)
    words: Vocabulary = field(default_factory=vocabulary)
    corrections: Corrections = field(default_factory=Corrections)
    results: tuple[ResultsFile, ...] = ()
    tables: tuple[Table, ...] = ()
    sources: Attributor | None = None
    seconds: float | None = None
    across: Across = field(init=False)
    judge_of_tables: TableJudge | None = field(init=False)
    judge_of_results: TableJudge | None = field(init=False)
    judged: JudgedReadings = field(init=False, default_factory=JudgedReadings)

    def __post_init__(self) -> None:
        self.across = Across(self.words)
        self.judge_of_tables = _judge_of(self.tables)
        self.judge_of_results = _judge_of(self.evidence.as_printed)

    @property
    def lexicon_version(self) -> str:
        """Version of the trade words that sentences are read by."""
        return transfer_lexicon().version

    def check(self, report: Report) -> CheckedReport:
        """The verdicts and the audit of one report, which is counted across reports."""
        checked = self.checked(report)
        self.across.add(checked.report, checked.claims, checked.findings)
        return checked

    def checked(self, report: Report) -> CheckedReport:
        """The verdicts and the audit of one report."""
        cited = cited_by_report(report, self.words, self.evidence.studies)
        context = Context(self.evidence, self.definitions, self.words, study_of(report, self.words), cited)
        judge = self._judge_for(report)
        checked = tuple(self._guarded(report, claim, context, judge) for claim in report.claims)
        findings = audit(report, checked, self.words)
        return CheckedReport(report, checked, findings)

    def _judge_for(self, report: Report) -> TableJudge | None:
        """The judge of the tables by others; a report's own tables are no evidence for it."""
        if all(table.sha256 != report.sha256 for table in self.tables):
            return self.judge_of_tables
        return _judge_of([table for table in self.tables if table.sha256 != report.sha256])

    def _guarded(self, report: Report, claim: Claim, context: Context, judge: TableJudge | None) -> CheckedClaim:
        found = guarded_verdict(lambda: self._check_claim(report, claim, context, judge), self.seconds)
        return found if isinstance(found, CheckedClaim) else CheckedClaim(claim, Reading(None), found)

    def judged_text(
        self,
        text: str,
        context: Context,
        judge: TableJudge | None,
        cut: Cut = "no",
        supplied: Formula | None = None,
        *,
        truncated: bool = False,
    ) -> tuple[Reading, Context, Verdict]:
        """A sentence read and judged: its reading, what that is judged by, and the verdict.

        Args:
            text: the sentence.
            context: what claims around it are judged by.
            judge: of the tables by others.
            cut: whether the text is cut off, and how.
            supplied: the reading supplied by the user.
            truncated: the sentence is said to be cut off.
        """
        reading, cited = read_with_citations(text, cut, context.cited, self.words, self.evidence.studies)
        context = replace(context, cited=cited)
        if supplied is not None:
            reading = Reading(supplied, tokens=reading.tokens, time_bound=reading.time_bound)
        verdict = self.judged.verdict(reading, context, truncated=truncated, corrected=supplied is not None)
        if supplied is None and cut == "no":
            verdict = with_tables(verdict, without_marks(text)[0], judge)
        if supplied is not None or cut == "no":
            verdict = with_leaderboard(verdict, reading, self.evidence, self.definitions)
        if supplied is None and cut == "no" and self.judge_of_results is not None:
            verdict = with_printed(verdict, without_marks(text)[0], self.judge_of_results)
        if supplied is None and cut == "no" and verdict.assertion is None:
            verdict = with_hint(verdict, reading, text, self.words)
        if supplied is None:
            verdict = with_suggestions(verdict, reading, text, context)
        return reading, context, verdict

    def _check_claim(self, report: Report, claim: Claim, context: Context, judge: TableJudge | None) -> CheckedClaim:
        cut = claim.cut != "no"
        supplied = self.corrections.for_claim(report, claim)
        text, ending = claim.completed or claim.text, "no" if claim.completed else claim.cut
        reading, context, verdict = self.judged_text(text, context, judge, ending, supplied, truncated=cut)
        cited = context.cited
        if self.sources is None or supplied is not None:
            return CheckedClaim(claim, reading, verdict)

        def judged(other: Cited) -> Verdict:
            return self.judged.verdict(reading, replace(context, cited=other), truncated=cut)

        return CheckedClaim(claim, reading, verdict, self.sources.attributions(report, claim, reading, cited, judged))


def _judge_of(tables: Sequence[Table]) -> TableJudge | None:
    """A judge of some tables, None of none: most runs give no table and need no reader of them."""
    if not tables:
        return None
    from claims.library.consulted import LibraryJudge

    return LibraryJudge(tables)


def gather_tables(paths: Sequence[Path]) -> tuple[tuple[Table, ...], tuple[ResultsFile, ...]]:
    """The tables of files by others, and the files.

    Raises:
        InputError: a file cannot be read, or holds no table with a number in it.
    """
    if not paths:
        return (), ()
    from analysis.tables import read_tables

    tables: list[Table] = []
    files = []
    for path in paths:
        remarks: list[str] = []
        found = read_tables(path, remarks.append)
        tables += found
        files.append(ResultsFile(str(path), found[0].sha256, sum(len(t.rows) for t in found), tuple(remarks)))
    return tuple(tables), tuple(files)


def gather_libraries(paths: Sequence[Path]) -> tuple[tuple[Table, ...], tuple[ResultsFile, ...]]:
    """The whole tables of files of sources (`claimgauge sources add`), and the files.

    Raises:
        InputError: a file cannot be read, or is no file of sources.
    """
    if not paths:
        return (), ()
    from claims.library.evidence import usable
    from claims.library.store import opened

    tables: list[Table] = []
    files = []
    for path in paths:
        with opened(path) as store:
            found = usable(store.tables()).tables
        tables += found
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        files.append(ResultsFile(str(path), sha256, sum(len(table.rows) for table in found)))
    return tuple(tables), tuple(files)


def load_corrections(path: Path, registry: Vocabulary) -> Corrections:
    """Reads a file of supplied readings.

    The file is TOML: tables `[[assertion]]` with `reads` (an assertion) and either `claim` (an id
    such as "C07", with `report` where several are checked) or `text` (the claim's words).

    Raises:
        InputError: with every fault of the file.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("assertion", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), f"cannot be read as assertions ({error})") from None
    faults: list[str] = []
    by_place: dict[tuple[str, str], Formula] = {}
    by_text: dict[str, Formula] = {}
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
        if "claim" in entry:
            by_place[(str(entry.get("report", "")), str(entry["claim"]))] = formula
        else:
            by_text[str(entry["text"])] = formula
    if not entries:
        faults.append("holds no [[assertion]] table (see `claimgauge template assertions`)")
    if faults:
        raise InputError(str(path), faults)
    return Corrections(by_place, by_text)
