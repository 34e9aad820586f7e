"""Reports checked from Python: `verify`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from click import unstyle

from analysis.errors import ClaimgaugeError, InputError, UsageError
from claimgauge.api.apart import results_apart
from claimgauge.api.arguments import checked
from claimgauge.api.given import Given, assumptions, paths, texts_or_paths
from claimgauge.outputs import check_writable
from claimgauge.terminal import summary_of
from claimgauge.tool import tool_of

if TYPE_CHECKING:
    import pandas as pd

    from claims.audit import AuditFinding, CheckedClaim
    from claims.setup import ReportChecker
    from claims.verify import CheckedReport
    from reports.tool import Tool

TEXT = "text"
"""Name of a report that is given as text."""


@dataclass(frozen=True, slots=True, eq=False)
class Verification:
    """Reports with a verdict on every claim; shows itself as a table in a notebook.

    Attributes:
        reports: each with its claims and the findings of its audit, in order.
        across: findings on all reports beside each other.
        tool: what made the verdicts: version, results files, whether the built-in scores count.
    """

    reports: tuple[CheckedReport, ...]
    across: tuple[AuditFinding, ...]
    tool: Tool

    @property
    def claims(self) -> tuple[CheckedClaim, ...]:
        """All claims with their readings and verdicts."""
        return tuple(claim for report in self.reports for claim in report.claims)

    @property
    def findings(self) -> tuple[AuditFinding, ...]:
        """The findings of the audit: of each report, then across them."""
        return (*(finding for report in self.reports for finding in report.findings), *self.across)

    def to_frame(self) -> pd.DataFrame:
        """One row a claim: report, id, text, mark, verdict, flags, level, reason, assertion, rewording."""
        import pandas as pd

        return pd.DataFrame(list(self._rows()), columns=list(COLUMNS))

    def _rows(self) -> Iterator[tuple[object, ...]]:
        for report in self.reports:
            for one in report.claims:
                claim, verdict = one.claim, one.verdict
                flags = ", ".join(verdict.flags)
                yield (
                    report.report.path, claim.id, claim.text, claim.mark, verdict.verdict, flags, verdict.level,
                    verdict.reason, verdict.assertion, verdict.rewording,
                )  # fmt: skip

    def evidence(self) -> pd.DataFrame:
        """One row for each number a verdict rests on: report, id, what, value, low, high, source, provenance, role."""
        import pandas as pd

        rows = [
            (r.report.path, c.claim.id, e.what, e.value, e.low, e.high, e.source, e.provenance, e.role)
            for r in self.reports
            for c in r.claims
            for e in c.verdict.evidence
        ]
        return pd.DataFrame(
            rows, columns=["report", "id", "what", "value", "low", "high", "source", "provenance", "role"]
        )

    def to_json(self) -> str:
        """The JSON that `claimgauge verify --json` prints (schema `claimgauge.verdicts/2`)."""
        with TemporaryDirectory(prefix="claimgauge-") as folder:
            (file,) = self._written(Path(folder), ("json",))
            return file.read_text(encoding="utf-8")

    def to_html(self) -> str:
        """The page report.html as one text."""
        with TemporaryDirectory(prefix="claimgauge-") as folder:
            (page,) = self._written(Path(folder), ("html",))
            return page.read_text(encoding="utf-8")

    @checked
    def write(self, folder: str | PathLike[str]) -> tuple[Path, ...]:
        """Writes what `claimgauge verify --out` writes, whole or not at all.

        Returns:
            The files.

        Raises:
            InputError: nothing can be written there.
        """
        from reports.bundle import FORMATS

        check_writable(Path(folder), folder=True)

        return self._written(Path(folder), FORMATS)

    def _written(self, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
        from reports.bundle import Bundle, output_of

        with Bundle(folder, tool=self.tool, formats=formats) as bundle:
            for checked in self.reports:
                bundle.add(checked)
            bundle.finish(self.across)
        return tuple(folder / output_of(name).file for name in formats)

    def __repr__(self) -> str:
        """The counts."""
        from analysis.wording import counted

        counts = Counter(claim.verdict.verdict for claim in self.claims)
        said = ", ".join(f"{n} {word}" for word, n in counts.most_common())
        reports, claims = counted(len(self.reports), "report"), counted(len(self.claims), "claim")
        return f"<{reports}, {claims}: {said}>"

    def __str__(self) -> str:
        """The text that the terminal prints, without colours."""
        return unstyle("\n".join(summary_of(checked, brief=False) for checked in self.reports))

    def _repr_html_(self) -> str:
        from reports.in_cell import claims_table

        return claims_table(self.reports, self.across)


COLUMNS = ("report", "id", "text", "mark", "verdict", "flags", "level", "reason", "assertion", "rewording")


@checked
def verify(
    reports: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    results: Given | Iterable[Given] | None = None,
    tables: str | PathLike[str] | Iterable[str | PathLike[str]] | None = None,
    sources: str | PathLike[str] | Iterable[str | PathLike[str]] | None = None,
    definitions: str | PathLike[str] | None = None,
    assertions: str | PathLike[str] | None = None,
    built_in: bool = True,
    assume: Mapping[str, object] | None = None,
    columns: Mapping[str, str] | None = None,
    strict: bool = False,
    prose: bool = False,
) -> Verification:
    """Checks reports against published and measured results, as `claimgauge verify` does.

    Args:
        reports: files of any kind that `verify` reads, or the text of a report: a string with a line break is a
            text, every other one a path.
        results: results tables or files of others, or data frames; what cannot be read as results, but holds a
            table with numbers, is asked as a table by others.
        tables: files with tables by others.
        sources: files of sources (`claimgauge sources add`), or texts that complete cut-off claims.
        definitions: file that says what vague words mean.
        assertions: file of readings you supply.
        built_in: whether the published scores count.
        assume: what results of others do not say, such as `{"split": "test"}`.
        columns: of a table report, such as `{"claim": "Statement"}`.
        strict: whether unknown names and wrong counts are errors.
        prose: whether sentences of prose that state a result are claims beside those listed.

    Raises:
        ClaimgaugeError: a file cannot be read or is inconsistent; nothing is checked then.

    Examples:
        >>> import claimgauge as cg
        >>> text = '''# Claims
        ...
        ... - MNLI has 392,702 training examples.
        ... - MNLI has 500 training examples.
        ... '''
        >>> cg.verify(text).to_frame()[["id", "verdict"]].values.tolist()
        [['C01', 'supported'], ['C02', 'refuted']]
    """
    from claims.setup import ReportChecker, Setup

    named = texts_or_paths(reports, "reports")
    said = assumptions(assume)
    apart = results_apart(results, said)
    setup = Setup(
        results=apart.files,
        frames=apart.frames,
        typed=apart.tables,
        tables=(*apart.table_files, *paths(tables, "tables")),
        sources=paths(sources, "sources"),
        definitions=None if definitions is None else Path(definitions),
        assertions=None if assertions is None else Path(assertions),
        built_in=built_in,
        columns=tuple((columns or {}).items()),
        strict=strict,
        assume=said,
        prose=prose,
    )
    if not named:
        raise UsageError("no report given: name a file, or give the text of one")
    checker = ReportChecker(setup)
    checked = tuple(_checked(checker, report) for report in named)
    return Verification(checked, tuple(checker.verifier.across.findings()), tool_of(checker))


def _checked(checker: ReportChecker, report: str | PathLike[str]) -> CheckedReport:
    with ExitStack() as stack:
        is_text = isinstance(report, str) and "\n" in report
        path = stack.enter_context(_text_file(str(report))) if is_text else Path(report)
        try:
            read = checker.read(path)
        except ClaimgaugeError as error:
            raise _renamed(error, str(path)) if is_text else error from None
    if is_text:
        from dataclasses import replace

        read = replace(read, path=TEXT)
    return checker.verifier.check(read)


@contextmanager
def _text_file(text: str) -> Iterator[Path]:
    with TemporaryDirectory(prefix="claimgauge-") as folder:
        path = Path(folder) / f"{TEXT}.md"
        path.write_text(text, encoding="utf-8", errors="replace")
        yield path


def _renamed(error: ClaimgaugeError, path: str) -> ClaimgaugeError:
    if not isinstance(error, InputError):
        return error
    return InputError(TEXT, [fault.replace(path, TEXT) for fault in error.faults])
