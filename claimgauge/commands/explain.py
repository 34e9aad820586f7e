"""`claimgauge explain`: one claim, opened down to the cell."""

from __future__ import annotations

import json
from pathlib import Path

import click

from analysis.errors import InputError, UsageError
from claimgauge.opened import behind_lines, evidence_line, found_lines, labelled, table_lines, table_record
from claims.checking.judging import judge
from claims.checking.weighing import Context
from claims.definitions import default_definitions, load_definitions
from claims.reading import Reading, read
from claims.reading.linking import Token
from claims.tables.consulting import with_tables
from claims.tables.opening import Opened, opened
from claims.verdict import Verdict
from claims.verify import Verifier, gather_evidence, gather_tables
from claims.wellformed import read_assertion
from claims.wording import words_for


@click.command()
@click.argument("claim")
@click.option(
    "--results",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Results table; may be given several times.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Table by others, asked where no evidence here decides; may be given several times.",
)
@click.option("--definitions", type=click.Path(path_type=Path), help="What vague words mean to you.")
@click.option("--no-built-in", is_flag=True, help="Leave the built-in published scores out.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    claim: str,
    results: tuple[Path, ...],
    tables: tuple[Path, ...],
    definitions: Path | None,
    no_built_in: bool,
    as_json: bool,
) -> int:
    """Show how CLAIM is read, checked and decided.

    CLAIM is a sentence, an assertion in parentheses, or REPORT#ID for a claim of a report.

    \b
    Examples:
      claimgauge explain "MNLI has 392,702 training examples"
      claimgauge explain "(> (gain best_per_target tydiqa) 5)"
      claimgauge explain report.md#C07
    """
    evidence, files = gather_evidence(results, built_in=not no_built_in)
    words = load_definitions(definitions) if definitions else default_definitions()
    verifier = Verifier(evidence, words, results=files, tables=gather_tables(tables)[0])
    sentence, reading, verdict = explained(claim, verifier)
    over = opened(verdict, sentence, verifier.tables) if _by_table(reading, verdict) else None
    if as_json:
        click.echo(json.dumps(_record(sentence, reading, verdict, over), ensure_ascii=False, indent=2))
    else:
        click.echo(_text(sentence, reading, verdict, over))
    return 0


def _by_table(reading: Reading, verdict: Verdict) -> bool:
    """Whether the assertion that was checked is one about a table by others."""
    return verdict.assertion is not None and verdict.assertion != str(reading.assertion)


def explained(claim: str, verifier: Verifier) -> tuple[str, Reading, Verdict]:
    """The sentence, its reading and its verdict.

    Args:
        claim: a sentence, an assertion in parentheses, or REPORT#ID.
        verifier: with the evidence.

    Raises:
        UsageError: the claim is empty.
        InputError: the report cannot be read or has no such claim.
    """
    path, sign, identifier = claim.rpartition("#")
    if sign and Path(path).is_file():
        return _from_report(Path(path), identifier, verifier)
    study = next(iter(verifier.words["study"]), None)
    context = Context(verifier.evidence, verifier.definitions, verifier.words, study)
    if claim.lstrip().startswith("("):
        reading = Reading(read_assertion(claim, verifier.words, "CLAIM"))
    elif not claim.strip():
        raise UsageError("the claim is empty; give a sentence, an assertion in parentheses, or REPORT#ID")
    else:
        reading = read(claim, words=verifier.words)
        return claim, reading, with_tables(judge(reading, context), claim, verifier.tables)
    return claim, reading, judge(reading, context)


def _from_report(path: Path, identifier: str, verifier: Verifier) -> tuple[str, Reading, Verdict]:
    from claims.readers import read_report

    checked = verifier.check(read_report(path))
    for c in checked.claims:
        if c.claim.id.casefold() == identifier.casefold():
            return c.claim.completed or c.claim.text, c.reading, c.verdict
    known = ", ".join(c.claim.id for c in checked.claims[:30])
    raise InputError(str(path), f"has no claim {identifier!r} (it has {known})")


def _text(sentence: str, reading: Reading, verdict: Verdict, over: Opened | None) -> str:
    lines = [sentence, "", *found_lines(verdict), f"assertion  {verdict.assertion or 'none'}"]
    if over is not None:
        lines += table_lines(over)
    elif reading.assertion is not None and verdict.assertion:
        lines.append(f"in words   {words_for(reading.assertion)}")
    elif reading.assertion is not None:
        lines.append(f"so far     {reading.assertion}")
    lines += labelled("aside", reading.asides)
    lines += behind_lines(verdict)
    if over is None:
        lines += labelled("linked", [_linked(token) for token in reading.tokens if token.kind not in DULL])
        lines += labelled("unread", reading.unread)
    lines += labelled("evidence", [evidence_line(item) for item in verdict.evidence])
    if verdict.settle is not None:
        lines += labelled("to settle", verdict.settle.runs)
        where, cells = ", ".join(verdict.settle.targets), len(verdict.settle.cells)
        lines.append(f"           on {where} ({verdict.settle.split}); {cells} cells")
    return "\n".join(lines)


DULL = frozenset({"FILLER", "LIGHT", "COMMA", "AND", "UNREAD", "COLON", "OUTOF", "CONTAIN", "SOURCED"})


def _linked(token: Token) -> str:
    return f"{token.text} → {token.kind.lower()} {' or '.join(token.values)}".rstrip()


def _record(sentence: str, reading: Reading, verdict: Verdict, over: Opened | None) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "claim": sentence,
        **asdict(verdict),
        "in_words": words_for(reading.assertion) if reading.assertion is not None else None,
        "unread": list(reading.unread),
        "tokens": [{"text": t.text, "class": t.kind, "ids": list(t.values)} for t in reading.tokens],
        "over_table": None if over is None else table_record(over),
    }
