"""`claimgauge check`: one claim against tables by others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import UsageError
from claimgauge.opened import behind_lines, evidence_line, found_lines, labelled, table_lines, table_record
from claims.verdict import VERDICTS

if TYPE_CHECKING:
    from claims.tables.opening import Opened
    from claims.tables.table import Table

CELLS_SHOWN = 12


@click.command()
@click.argument("claim")
@click.option(
    "--table",
    "tables",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Table of results (CSV, TSV, Markdown, LaTeX, HTML, JSON); may be given several times.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Least certainty of the reading for supported or refuted.  [default: as fitted]",
)
@click.option(
    "--reader",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of a causal language model that reads what the built-in reader does not.  [default: none]",
)
@click.option(
    "--fail-on",
    default="",
    metavar="LIST",
    help=f"Exit with 1 if the claim gets one of these verdicts ({', '.join(VERDICTS)}).",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    claim: str, tables: tuple[Path, ...], threshold: float | None, reader: Path | None, fail_on: str, as_json: bool
) -> int:
    """Check CLAIM, a sentence in your own words, against tables of results.

    \b
    Examples:
      claimgauge check "Model A beats Model B by 2.1 points on X" --table results.csv
      claimgauge check "Ours is best on all datasets" --table paper.tex --fail-on refuted
    """
    from claims.verdict import verdict_list

    failing = verdict_list(fail_on)
    if not claim.strip():
        raise UsageError("the claim is empty; give a sentence about the table")
    loaded = tables_of(tables)
    opened = _opened(claim, loaded, threshold, reader)
    click.echo(_json(claim, opened) if as_json else "\n".join(_lines(claim, opened)))
    return 1 if opened.verdict.verdict in failing else 0


def tables_of(paths: tuple[Path, ...]) -> tuple[Table, ...]:
    """The tables of all files.

    Raises:
        InputError: a file cannot be read, or holds no table with a number in it.
    """
    from claims.tables.files import load_tables

    return tuple(table for path in paths for table in load_tables(path))


def _opened(claim: str, tables: tuple[Table, ...], threshold: float | None, reader: Path | None) -> Opened:
    from claims.tables.opening import open_claim, opened

    if reader is None:
        return open_claim(claim, tables, threshold)
    from claimgauge.running import need_run_extra

    need_run_extra()
    from claims.tables.proposals import check_with_reader
    from runners.proposing import load_reader

    return opened(check_with_reader(claim, tables, load_reader(reader), threshold), claim, tables)


def _lines(claim: str, opened: Opened) -> list[str]:
    verdict = opened.verdict
    cells = [evidence_line(item) for item in verdict.evidence[:CELLS_SHOWN]]
    if len(verdict.evidence) > CELLS_SHOWN:
        cells.append(f"and {len(verdict.evidence) - CELLS_SHOWN} more cells (--json lists all)")
    return [
        claim,
        "",
        *found_lines(verdict),
        f"assertion  {verdict.assertion or 'none'}",
        *table_lines(opened),
        *behind_lines(verdict),
        *labelled("cells", cells),
    ]


def _json(claim: str, opened: Opened) -> str:
    from dataclasses import asdict

    record = {"claim": claim, **asdict(opened.verdict), **table_record(opened)}
    return json.dumps(record, ensure_ascii=False, indent=2)
