"""One claim checked from Python: `check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from click import unstyle

from analysis.errors import UsageError
from analysis.files.escapes import escaped
from claimgauge.api.apart import results_apart, tables_of_frame
from claimgauge.api.arguments import checked
from claimgauge.api.given import Given, assumptions, several
from claimgauge.opened import behind_lines, evidence_line, found_lines, labelled, word_lines

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Table
    from claims.language.kept import Rewording
    from claims.language.suggestion import Suggestion
    from claims.verdict import Verdict

CELLS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict; shows itself in a notebook.

    Attributes:
        claim: the sentence. verdict: everything that was found, see `claims.verdict.Verdict`.
    """

    claim: str
    verdict: Verdict

    @property
    def reason(self) -> str:
        """Why, in one or two sentences."""
        return self.verdict.reason

    @property
    def rewording(self) -> str:
        """The nearest sentence that would be read, of one that was not; "" where there is none."""
        return self.verdict.rewording

    @property
    def rewordings(self) -> tuple[Rewording, ...]:
        """At most three sentences that would be read, for one that was not, with what each leaves out or replaces."""
        return self.verdict.rewordings

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """At most three true sentences on its names, if there is no rewording."""
        return self.verdict.suggestions

    @property
    def examples(self) -> tuple[str, ...]:
        """At most three sentences that the evidence can decide, if it names nothing known."""
        return self.verdict.examples

    def evidence(self) -> pd.DataFrame:
        """One row for each number the verdict rests on: what, value, low, high, source, provenance, role."""
        import pandas as pd

        rows = [(e.what, e.value, e.low, e.high, e.source, e.provenance, e.role) for e in self.verdict.evidence]
        return pd.DataFrame(rows, columns=["what", "value", "low", "high", "source", "provenance", "role"])

    def __repr__(self) -> str:
        return f"<{self.verdict.verdict}: {escaped(self.claim)}>"

    def __str__(self) -> str:
        return unstyle("\n".join(opened_lines(self.claim, self.verdict)))

    def _repr_html_(self) -> str:
        from reports.in_cell import one_claim

        return one_claim(self.claim, self.verdict)


def opened_lines(claim: str, verdict: Verdict) -> list[str]:
    """A claim opened down to the cell, line by line."""
    cells = [evidence_line(item) for item in verdict.evidence[:CELLS_SHOWN]]
    if len(verdict.evidence) > CELLS_SHOWN:
        cells.append(f"and {len(verdict.evidence) - CELLS_SHOWN} more cells (--json lists all)")
    return [
        escaped(claim),
        "",
        *found_lines(verdict),
        f"assertion  {escaped(verdict.assertion or 'none')}",
        *word_lines(verdict.certificate),
        *behind_lines(verdict),
        *labelled("cells", cells),
    ]


@checked
def check(
    claim: str,
    table: Given | Iterable[Given] | None = None,
    *,
    results: Given | Iterable[Given] | None = None,
    built_in: bool = True,
    assume: Mapping[str, object] | None = None,
) -> Checked:
    """Checks one sentence: against tables, as `claimgauge check`, or against results, as `claimgauge explain`.

    Args:
        claim: a sentence, or an assertion in parentheses.
        table: data frames or files with tables; the index of a frame, or else its first column, names its rows.
        results: results tables, where no table is given; beside the built-in scores.
        built_in: whether the published scores count, where no table is given.
        assume: what results of others do not say, such as `{"split": "test"}`.

    Raises:
        UsageError: the claim is empty, or both a table and results are given.
        InputError: a file or frame cannot be read, or holds no number.

    Examples:
        >>> import claimgauge as cg, pandas as pd
        >>> scores = pd.DataFrame({"model": ["Alpha", "Beta"], "NUS accuracy": [60.5, 58.4]})
        >>> cg.check("Alpha beats Beta on NUS by 2.1 points.", scores).verdict.verdict
        'supported'
    """
    if not claim.strip():
        raise UsageError("the claim is empty; give a sentence")
    if table is not None:
        if results is not None:
            raise UsageError("a claim is checked against a table or against results; give one of the two")
        if completed := assumptions(assume):
            raise UsageError(f"assume {', '.join(completed)} completes results; leave it out, or give results=…")
        from claims.checking.over_tables import TableJudge

        judged = TableJudge(_tables(table)).judged(claim)
        return Checked(claim, judged[0].verdict)
    from claimgauge.explaining import explained
    from claims.setup import ReportChecker, Setup

    said = assumptions(assume)
    apart = results_apart(results, said)
    setup = Setup(
        apart.files, apart.table_files, frames=apart.frames, typed=apart.tables, built_in=built_in, assume=said
    )
    return Checked(claim, explained(claim, ReportChecker(setup).verifier)[2])


def _tables(given: Given | Iterable[Given]) -> list[Table]:
    """The typed tables of files and frames.

    Raises:
        InputError: one holds no number.
    """
    from analysis.tables import read_tables

    found: list[Table] = []
    for number, thing in enumerate(several(given), 1):
        found += read_tables(thing) if isinstance(thing, Path) else tables_of_frame(thing, number)
    if not found:
        raise UsageError("no table given; give a file or a data frame")
    return found
