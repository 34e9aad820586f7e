"""`claimgauge check`: one claim against tables by others."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from analysis.errors import ClaimgaugeError, InputError, UsageError
from analysis.files.escapes import escaped, json_text
from analysis.files.unread import why_unread
from claimgauge.config import config_record
from claimgauge.moved import moved
from claims.verdict import VERDICTS

if TYPE_CHECKING:
    from claimgauge.proposer import Judges
    from claims.checking.over_tables import OverTable, TableJudge


@click.command()
@click.argument("claim", required=False)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Table of results (CSV, TSV, Markdown, LaTeX, HTML, JSON); may be given several times.",
)
@click.option(
    "--batch",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Check many claims: JSON lines {id, claim, table}, a table being a path or {caption, columns, rows}.",
)
@click.option(
    "--reader",
    metavar="DIR | URL",
    help="Model asked to reword a claim that is not read: a local folder (Hugging Face layout), or the address of an "
    "OpenAI-compatible server (key in CLAIMGAUGE_API_KEY).  [default: none]",
)
@click.option("--reader-model", default="", metavar="NAME", help="Model of the server.  [default: its only one]")
@click.option(
    "--reader-timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Seconds the server may take for an answer.  [default: 120]",
)
@click.option("--reader-sees-numbers", is_flag=True, help="Show the model the table's numbers, not only its names.")
@click.option(
    "--accept",
    is_flag=True,
    help="Where CLAIM is not read, check the nearest rewording that is; the verdict is the rewording's.",
)
@moved("--time-limit", type=click.FloatRange(0), default=60.0, metavar="SECONDS")
@click.option(
    "--fail-on",
    default="",
    metavar="LIST",
    help=f"Exit with 1 if the claim gets one of these verdicts ({', '.join(VERDICTS)}).",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    claim: str | None,
    tables: tuple[Path, ...],
    batch: Path | None,
    reader: str | None,
    reader_model: str,
    reader_timeout: float | None,
    reader_sees_numbers: bool,
    accept: bool,
    time_limit: float,
    fail_on: str,
    as_json: bool,
) -> int:
    """Check CLAIM, a sentence in your own words, against tables of results.

    \b
    Examples:
      claimgauge check "Model A beats Model B by 2.1 points on X" --table results.csv
      claimgauge check "Ours is best on all datasets" --table paper.tex --fail-on refuted
      claimgauge check --batch claims.jsonl > answers.jsonl
      claimgauge check "On X, Model A is the better one" --table results.csv --reader http://localhost:8080
      claimgauge check "On X, Model A is the better one" --table t.csv --reader http://localhost:8080 \\
          --reader-model qwen --reader-timeout 300 --reader-sees-numbers
      claimgauge check "On X, A is the better one" --table t.csv --accept --json
    """
    from claimgauge.proposer import judges_with
    from claims.verdict import verdict_list

    failing = verdict_list(fail_on)
    if batch is not None:
        if claim:
            raise UsageError("give a claim or --batch FILE, not both")
        judges = judges_with(reader, reader_model, reader_timeout, numbers=reader_sees_numbers)
        return _batch(batch, tables, failing, judges, time_limit or None)
    if not claim or not claim.strip():
        raise UsageError("the claim is empty; give a sentence about the table, or --batch FILE")
    if not tables:
        raise UsageError("a claim needs a table: --table FILE")
    from claimgauge.api.checking import opened_lines

    judges = judges_with(reader, reader_model, reader_timeout, numbers=reader_sees_numbers)
    judge = _judge(tables, judges, time_limit or None)
    over = _judged(judge, claim, time_limit or None)
    rewording = over[0].verdict.rewording if over else ""
    if rewording and accept:
        changes = over[0].verdict.rewordings[0].changes
        left = f"; {changes}" if changes else ""
        click.echo(escaped(f"note: judged is the rewording “{rewording}”, not the claim “{claim}”{left}"), err=True)
        claim, over = rewording, _judged(judge, rewording, time_limit or None)
    click.echo(_json(claim, over) if as_json else "\n".join(opened_lines(claim, over[0].verdict)))
    if rewording and not accept and not as_json and _answers(f"Check “{rewording}” instead?"):
        over = _judged(judge, rewording, time_limit or None)
        click.echo("\n".join(["", *opened_lines(rewording, over[0].verdict)]))
    return 1 if over[0].verdict.verdict in failing else 0


def _batch(path: Path, tables: tuple[Path, ...], failing: frozenset[str], judges: Judges, seconds: float | None) -> int:
    """Answers every line as it comes; what is wrong with one line is said in its answer."""
    from claimgauge.batch import BatchAnswerer

    worst = status = 0
    with _opened(path) as lines:
        for answer in BatchAnswerer(path.parent, tables, judges, seconds).answers(iter(lines), path.name):
            click.echo(json.dumps(answer, ensure_ascii=True))
            worst |= answer["verdict"] in failing
            status = 5 if "failed" in answer.get("flags", ()) else status
    return status or int(worst)


def _opened(path: Path) -> IO[str]:
    """The lines of a batch; "-" is the standard input.

    Raises:
        InputError: the file is not there or cannot be read.
    """
    try:
        return click.open_file(str(path), encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(str(path), why_unread(error, "a file of JSON lines")) from None


def _judge(paths: tuple[Path, ...], judges: Judges, seconds: float | None) -> TableJudge:
    from functools import partial

    from analysis.tables import read_tables
    from claims.guarding import guarded_file

    notes: list[str] = []
    found = [guarded_file(partial(read_tables, path, notes.append), path, seconds) for path in paths]
    for note in notes:
        click.echo(f"note: {escaped(note)}", err=True)
    return judges.over([table for tables in found for table in tables])


def _judged(judge: TableJudge, claim: str, seconds: float | None) -> list[OverTable]:
    from claims.guarding import guarded_verdict

    over = guarded_verdict(lambda: judge.judged(claim), seconds)
    if isinstance(over, list):
        return over
    raise ClaimgaugeError(over.reason) if "failed" in over.flags else InputError("the claim", over.reason)


def _answers(question: str) -> bool:
    """True if somebody at a terminal says yes, with one key; nobody is asked elsewhere."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    click.echo(f"{question} [y/N] ", nl=False)
    answer = click.getchar()
    click.echo()
    return answer in ("y", "Y")


def _json(claim: str, over: list[OverTable]) -> str:
    from claims.verdict import verdict_record

    return json_text({"claim": claim, **verdict_record(over[0].verdict), **config_record()})
