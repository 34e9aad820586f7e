"""One claim, opened down to the cell: how it is read, checked and decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError, UsageError
from analysis.files.escapes import escaped
from analysis.time_limit import TimeLimitError, time_limit
from analysis.wording import counted
from claimgauge.opened import behind_lines, evidence_line, found_lines, labelled, word_lines
from claims.checking.context import Context
from claims.checking.judging import judge
from claims.checking.over_leaderboards import with_leaderboard
from claims.guarding import guarded_file, stopped
from claims.hashed import replace
from claims.notation import is_notation
from claims.reading import Linked, Reading
from claims.verdict import Verdict
from claims.verify import Verifier
from claims.wellformed import read_assertion
from claims.wording import words_for

if TYPE_CHECKING:
    from claims.checking.over_tables import TableJudge


def explanation(claim: str, verifier: Verifier) -> tuple[str, dict[str, object]]:
    """The claim opened, as text and as a record for JSON; errors as of `explained`."""
    sentence, reading, verdict = explained(claim, verifier)
    over = _by_table(reading, verdict)
    return _text(sentence, reading, verdict, over=over), _record(sentence, reading, verdict)


def _by_table(reading: Reading, verdict: Verdict) -> bool:
    """True if the assertion that was checked is one about a table by others."""
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
    try:
        with time_limit(verifier.seconds):
            return _of_sentence(claim, verifier)
    except TimeLimitError as error:
        return claim, Reading(None), stopped(error.seconds)


def _of_sentence(claim: str, verifier: Verifier) -> tuple[str, Reading, Verdict]:
    study = next(iter(verifier.words["study"]), None)
    context = Context(verifier.evidence, verifier.definitions, verifier.words, study)
    if is_notation(claim):
        reading = Reading(read_assertion(claim, verifier.words, "CLAIM"))
        verdict = judge(reading, context)
        return claim, reading, with_leaderboard(verdict, reading, verifier.evidence, verifier.definitions)
    if not claim.strip():
        raise UsageError("the claim is empty; give a sentence, an assertion in parentheses, or REPORT#ID")
    supplied = verifier.corrections.for_text(claim)
    reading, _, verdict = verifier.judged_text(claim, context, verifier.judge_of_tables, supplied=supplied)
    return claim, _in_the_way(claim, reading, verdict, verifier.judge_of_tables), verdict


def _in_the_way(claim: str, reading: Reading, verdict: Verdict, tables: TableJudge | None) -> Reading:
    """The reading of a sentence that nothing reads, its unread words those that no table knows either."""
    if tables is None or not tables.readers or verdict.verdict != "not-testable" or verdict.assertion:
        return reading
    return replace(reading, unread=tables.in_the_way(claim))


def _from_report(path: Path, identifier: str, verifier: Verifier) -> tuple[str, Reading, Verdict]:
    from claims.readers import read_report

    checked = verifier.check(guarded_file(lambda: read_report(path), path, verifier.seconds))
    for c in checked.claims:
        if c.claim.id.casefold() == identifier.casefold():
            return c.claim.completed or c.claim.text, c.reading, c.verdict
    known = ", ".join(c.claim.id for c in checked.claims[:30])
    raise InputError(str(path), f"has no claim {identifier!r} (it has {known})")


def _text(sentence: str, reading: Reading, verdict: Verdict, *, over: bool) -> str:
    lines = [escaped(sentence), "", *found_lines(verdict), f"assertion  {escaped(verdict.assertion or 'none')}"]
    if not over and reading.assertion is not None:
        known = f"in words   {words_for(reading.assertion)}" if verdict.assertion else f"so far     {reading.assertion}"
        lines.append(escaped(known))
    lines += labelled("aside", reading.asides)
    lines += word_lines(verdict.certificate)
    lines += behind_lines(verdict)
    if not over:
        if not verdict.certificate:
            lines += labelled("linked", [_linked(token) for token in reading.tokens if token.values])
        lines += labelled("unread", reading.unread)
    lines += labelled("evidence", [evidence_line(item) for item in verdict.evidence])
    if verdict.settle is not None and not verdict.settle.runs:
        lines += labelled("to settle", verdict.settle.cells)
    elif verdict.settle is not None:
        lines += labelled("to settle", verdict.settle.runs)
        where, cells = ", ".join(verdict.settle.targets), len(verdict.settle.cells)
        lines.append(f"           on {where} ({verdict.settle.split}); {counted(cells, 'cell')}")
    return "\n".join(lines)


def _linked(token: Linked) -> str:
    return f"{token.text} → {token.kind.lower()} {' or '.join(token.values)}".rstrip()


def _record(sentence: str, reading: Reading, verdict: Verdict) -> dict[str, object]:
    from claims.verdict import verdict_record

    return {
        "claim": sentence,
        **verdict_record(verdict),
        "in_words": words_for(reading.assertion) if reading.assertion is not None else None,
        "unread": list(reading.unread),
        "tokens": [{"text": t.text, "class": t.kind, "ids": list(t.values)} for t in reading.tokens],
    }
