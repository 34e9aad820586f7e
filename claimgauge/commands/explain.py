"""`claimgauge explain`: one claim, opened down to the cell."""

from __future__ import annotations

import json
from pathlib import Path

import click

from analysis.errors import InputError, UsageError
from claimgauge.terminal import styled
from claims.checking.judging import judge
from claims.checking.weighing import Context
from claims.definitions import default_definitions, load_definitions
from claims.reading import Reading, read
from claims.verdict import Verdict
from claims.verify import Verifier, gather_evidence
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
@click.option("--definitions", type=click.Path(path_type=Path), help="What vague words mean to you.")
@click.option("--no-built-in", is_flag=True, help="Leave the built-in published scores out.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(claim: str, results: tuple[Path, ...], definitions: Path | None, no_built_in: bool, as_json: bool) -> int:
    """Show how CLAIM is read, checked and decided.

    CLAIM is a sentence, an assertion in parentheses, or REPORT#ID for a claim of a report.

    \b
    Examples:
      claimgauge explain "MNLI has 392,702 training examples"
      claimgauge explain "(> (gain best_per_target tydiqa) 5)"
      claimgauge explain report.md#C07
    """
    evidence, files = gather_evidence(results, built_in=not no_built_in)
    verifier = Verifier(
        evidence, load_definitions(definitions) if definitions else default_definitions(), results=files
    )
    sentence, reading, verdict = explained(claim, verifier)
    if as_json:
        click.echo(json.dumps(_record(sentence, reading, verdict), ensure_ascii=False, indent=2))
    else:
        click.echo(_text(sentence, reading, verdict))
    return 0


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
    return claim, reading, judge(reading, context)


def _from_report(path: Path, identifier: str, verifier: Verifier) -> tuple[str, Reading, Verdict]:
    from claims.readers import read_report

    checked = verifier.check(read_report(path))
    for c in checked.claims:
        if c.claim.id.casefold() == identifier.casefold():
            return c.claim.completed or c.claim.text, c.reading, c.verdict
    known = ", ".join(c.claim.id for c in checked.claims[:30])
    raise InputError(str(path), f"has no claim {identifier!r} (it has {known})")


def _text(sentence: str, reading: Reading, verdict: Verdict) -> str:
    lines = [sentence, "", f"verdict    {styled(verdict.verdict, verdict.verdict)}"]
    if verdict.level != "none":
        lines.append(f"level      {verdict.level}")
    if verdict.flags:
        lines.append(f"flags      {', '.join(verdict.flags)}")
    lines += [f"why        {verdict.reason}", f"assertion  {verdict.assertion or 'none'}"]
    if reading.assertion is not None and verdict.assertion:
        lines.append(f"in words   {words_for(reading.assertion)}")
    elif reading.assertion is not None:
        lines.append(f"so far     {reading.assertion}")
    lines += _list("aside", [str(a) for a in reading.asides])
    lines += _list("or read as", verdict.alternatives)
    lines += _list("definition", verdict.definitions)
    lines += _list("part", [f"{word}: {statement}" for statement, word in verdict.parts])
    lines += _list(
        "linked",
        [f"{t.text} → {t.kind.lower()} {' or '.join(t.values)}".rstrip() for t in reading.tokens if t.kind not in DULL],
    )
    lines += _list("unread", reading.unread)
    lines += _list("evidence", [_evidence(e) for e in verdict.evidence])
    if verdict.settle is not None:
        lines += _list("to settle", verdict.settle.runs)
        where, cells = ", ".join(verdict.settle.targets), len(verdict.settle.cells)
        lines.append(f"           on {where} ({verdict.settle.split}); {cells} cells")
    return "\n".join(lines)


DULL = frozenset({"FILLER", "LIGHT", "COMMA", "AND", "UNREAD", "COLON", "OUTOF", "CONTAIN", "SOURCED"})


def _list(label: str, values: tuple[str, ...] | list[str]) -> list[str]:
    return [f"{label if i == 0 else '':<10} {value}" for i, value in enumerate(values)]


def _evidence(item: object) -> str:
    from claims.verdict import EvidenceItem

    assert isinstance(item, EvidenceItem)
    span = f" [{item.low:g}, {item.high:g}]" if item.low is not None and item.high is not None else ""
    value = f"{item.value:g}" if isinstance(item.value, float) else item.value
    beside = "" if item.role == "decides" else " (beside)"
    return f"{item.what} = {value}{span}{beside}; {item.source} ({item.provenance})"


def _record(sentence: str, reading: Reading, verdict: Verdict) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "claim": sentence,
        **asdict(verdict),
        "in_words": words_for(reading.assertion) if reading.assertion is not None else None,
        "unread": list(reading.unread),
        "tokens": [{"text": t.text, "class": t.kind, "ids": list(t.values)} for t in reading.tokens],
    }
