"""From report files to verdicts: the main job, one report at a time so that memory stays flat."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.registry.vocabulary import Vocabulary, vocabulary
from claims.across import Across
from claims.audit import AuditFinding, CheckedClaim, audit, models_named, study_of
from claims.checking.consulting import with_tables
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.checking.over_leaderboards import with_leaderboard
from claims.checking.registry_suggestions import with_suggestions
from claims.citation_marks import without_marks
from claims.citations import Cited, cited_by_report
from claims.corrections import Corrections, SuppliedReading, is_of_cells, over_cells
from claims.definitions import Definitions, default_definitions
from claims.domains.registry.claim import read_with_citations
from claims.domains.registry.plain_forms import with_choices, with_hint
from claims.domains.registry.words import transfer_lexicon
from claims.gathering import ResultsFile
from claims.guarding import guarded_verdict
from claims.hashed import replace
from claims.reading import Reading
from claims.report import Claim, Cut, Report
from claims.verdict import Verdict

if TYPE_CHECKING:
    from analysis.tables import Table
    from claims.attribution.attributor import Attributor
    from claims.checking.over_tables import TableJudge

KEPT = 4096
"""Verdicts that are kept; memory stays flat."""


@dataclass(slots=True)
class JudgedReadings:
    """The verdicts given last, for one body of evidence and one set of definitions.

    Attributes:
        kept: (reading, context of its judgement) → the verdict.
        tables: number of tables in the evidence when they were given; they are dropped when it changes.
    """

    kept: OrderedDict[object, Verdict] = field(default_factory=OrderedDict)
    tables: int = 0

    def verdict(
        self, reading: Reading, context: Context, *, truncated: bool = False, corrected: bool = False
    ) -> Verdict:
        """The verdict of `claims.checking.judging.judge`."""
        tables = sum(map(len, context.evidence.tables.values())) + context.evidence.published
        if self.tables != tables:
            self.kept.clear()
            self.tables = tables
        if reading.assertion is None:
            return judge(reading, context, truncated=truncated, corrected=corrected)
        said = (reading.assertion, reading.asides, reading.alternatives, reading.rivals, reading.unread, reading.left)
        key = (said, reading.time_bound, context.study, context.cited, context.models, truncated, corrected)
        found = self.kept.get(key)
        if found is not None:
            self.kept.move_to_end(key)
            return replace(found, certificate=reading.certificate)
        verdict = judge(reading, context, truncated=truncated, corrected=corrected)
        self.kept[key] = verdict
        if len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return verdict


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report with a verdict on every claim and the findings of its audit."""

    report: Report
    claims: tuple[CheckedClaim, ...]
    findings: tuple[AuditFinding, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """At most three sentences that the evidence supports, where claims name nothing that it has; else none."""
        return tuple(dict.fromkeys(text for one in self.claims for text in one.verdict.examples))[:3]

    @property
    def nameless(self) -> int:
        """The number of claims whose verdicts carry examples."""
        return sum(bool(one.verdict.examples) for one in self.claims)


@dataclass(slots=True)
class Verifier:
    """Checks reports against evidence.

    Attributes:
        evidence: the cells. definitions: of vague words. words: the registry.
        corrections: readings supplied by the user.
        results: the results files in the evidence.
        tables: tables by others, for claims that the evidence leaves open.
        sources: documents that are compared with the claims that cite them.
        seconds: longest time for one claim; None for no limit.
        across: counts and findings over the reports checked so far.
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
        self.judge_of_tables = _judge_of(self.tables, self.definitions)
        self.judge_of_results = _judge_of(self.evidence.as_printed, self.definitions)

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
        study = study_of(report, self.words)
        models = models_named(report, self.words) if self.results else frozenset()
        context = Context(self.evidence, self.definitions, self.words, study, cited, models=models)
        judge = self._judge_for(report)
        checked = tuple(self._guarded(report, claim, context, judge) for claim in report.claims)
        findings = audit(report, checked, self.words)
        return CheckedReport(report, checked, findings)

    def _judge_for(self, report: Report) -> TableJudge | None:
        """The judge of the tables by others; a report's own tables are no evidence for it."""
        if all(table.sha256 != report.sha256 for table in self.tables):
            return self.judge_of_tables
        return _judge_of([table for table in self.tables if table.sha256 != report.sha256], self.definitions)

    def _guarded(self, report: Report, claim: Claim, context: Context, judge: TableJudge | None) -> CheckedClaim:
        found = guarded_verdict(lambda: self._check_claim(report, claim, context, judge), self.seconds)
        return found if isinstance(found, CheckedClaim) else CheckedClaim(claim, Reading(None), found)

    def judged_text(
        self,
        text: str,
        context: Context,
        judge: TableJudge | None,
        cut: Cut = "no",
        supplied: SuppliedReading | None = None,
        *,
        truncated: bool = False,
    ) -> tuple[Reading, Context, Verdict]:
        """A sentence parsed and judged: its reading, the context of the judgement, and the verdict.

        Args:
            text: the sentence.
            context: the evidence and citation that claims of its report are judged by.
            judge: of the tables by others.
            cut: the cut of the text.
            supplied: the reading supplied by the user.
            truncated: True if the verdict is to be flagged as on a sentence that is cut off.
        """
        reading, cited = read_with_citations(text, cut, context.cited, self.words, self.evidence.studies)
        context = replace(context, cited=cited)
        if supplied is not None:
            return self._of_supplied(text, reading, context, judge, supplied, truncated=truncated)
        verdict = self.judged.verdict(reading, context, truncated=truncated)
        if cut == "no":
            verdict = with_tables(verdict, without_marks(text)[0], judge)
            verdict = with_leaderboard(verdict, reading, self.evidence, self.definitions)
            if self.judge_of_results is not None:
                from claims.checking.printed_results import with_printed

                verdict = with_printed(verdict, without_marks(text)[0], self.judge_of_results)
        if verdict.assertion is None:
            verdict = (with_hint if cut == "no" else with_choices)(verdict, reading, text, self.words)
        return reading, context, with_suggestions(verdict, reading, text, context)

    def _of_supplied(
        self,
        text: str,
        own: Reading,
        context: Context,
        judge: TableJudge | None,
        supplied: SuppliedReading,
        *,
        truncated: bool,
    ) -> tuple[Reading, Context, Verdict]:
        """The reading supplied for a sentence, its context and its verdict; tables judge a reading of cells."""
        instead = None if own.assertion is None else str(own.assertion)
        if instead is None and judge is not None and judge.readers:
            instead = judge.verdict(without_marks(text)[0], hint=False).assertion
        reading = Reading(supplied.reads, tokens=own.tokens, time_bound=own.time_bound)
        if is_of_cells(supplied.reads):
            verdict = over_cells(supplied.reads, judge)
        else:
            verdict = self.judged.verdict(reading, context, truncated=truncated, corrected=True)
            verdict = with_leaderboard(verdict, reading, self.evidence, self.definitions)
        return reading, context, supplied.noted(verdict, instead)

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


def _judge_of(tables: Sequence[Table], definitions: Definitions) -> TableJudge | None:
    """A judge of some tables, None of none: most runs give no table and need no reader of them."""
    if not tables:
        return None
    from claims.library.evidence import LibraryJudge

    return LibraryJudge(tables, definitions)


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
