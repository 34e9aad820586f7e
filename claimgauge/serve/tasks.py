"""Tasks of a worker process, in plain values."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import ClaimgaugeError, InputError
from claimgauge.explaining import explanation
from claimgauge.tool import tool_of
from claims.corrections import Corrections, load_corrections
from reports.bundle import Bundle
from reports.legend import LEVEL_MEANINGS, VERDICT_MEANINGS, VERDICT_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.registry.vocabulary import Vocabulary
    from claims.report import Report
    from claims.setup import ReportChecker


def check_claim(checker: ReportChecker, claim: str, readings: str = "") -> dict[str, Any]:
    """A claim opened: verdict, what each word became, cells, the wording that would be read.

    Args:
        checker: of reports.
        claim: a sentence.
        readings: the file of readings that were kept, if there is one; as of now.
    """
    checker.verifier.corrections = _kept(checker, readings)
    _, record = explanation(claim, checker.verifier)
    verdict = str(record["verdict"])
    return {
        **record,
        "verdict_name": VERDICT_NAMES[verdict],  # type: ignore[index]
        "meaning": VERDICT_MEANINGS[verdict],  # type: ignore[index]
        "level_meaning": LEVEL_MEANINGS[record["level"]],  # type: ignore[index]
        "words": words_of(claim, record),
    }


def words_of(claim: str, record: dict[str, Any]) -> list[dict[str, str]]:
    """The sentence in pieces: what each became, or which of them stood in the way.

    Returns:
        `text`, `role` and `state` ("read", "neutral", "unread" or "") of each piece; of a sentence that was not
        read, the texts together are the sentence.
    """
    if record["certificate"]:
        return [
            {
                "text": used["text"],
                "role": used["neutral"] or used["role"],
                "state": "neutral" if used["neutral"] else "read",
            }
            for used in record["certificate"]
        ]
    unread: Sequence[str] = sorted((text for text in record["unread"] if text), key=len, reverse=True)
    if not unread:
        return [{"text": claim, "role": "", "state": ""}]
    pieces = re.split(f"({'|'.join(map(re.escape, unread))})", claim)
    known = {text.casefold() for text in unread}
    return [
        {"text": piece, "role": "", "state": "unread" if piece.casefold() in known else ""} for piece in pieces if piece
    ]


def claims_in(checker: ReportChecker, path: str, name: str) -> int:
    """Counts the claims that a report holds.

    Raises:
        InputError: it cannot be read; by the name it was given under.
    """
    return len(_read(checker, path, name).claims)


def check_report(checker: ReportChecker, path: str, name: str, folder: str, readings: str) -> None:
    """Checks a report file, with the readings that were kept, and writes its outputs into a folder."""
    from dataclasses import replace

    checker.verifier.corrections = _kept(checker, readings)
    checked = checker.verifier.check(replace(_read(checker, path, name), path=name))
    with Bundle(Path(folder), tool=tool_of(checker)) as bundle:
        bundle.add(checked)
        bundle.finish()


def _kept(checker: ReportChecker, readings: str) -> Corrections:
    path = Path(readings)
    if not readings or not path.exists():
        return Corrections()
    return _loaded(path, path.stat().st_mtime_ns, checker.verifier.words)


@lru_cache(maxsize=1)
def _loaded(path: Path, _: int, registry: Vocabulary) -> Corrections:
    return load_corrections(path, registry)


def _read(checker: ReportChecker, path: str, name: str) -> Report:
    try:
        return checker.read(Path(path))
    except InputError as error:
        raise InputError(name, [fault.replace(path, name) for fault in error.faults]) from None


def kind_of(checker: ReportChecker, path: str, assume: tuple[str, ...]) -> dict[str, Any]:  # noqa: ARG001
    """Tells if a file holds results or a table by others, with what should be known of how it was read.

    Raises:
        InputError: neither.
    """
    from analysis.importers.opening import assumed, open_results
    from analysis.tables import read_tables

    place = Path(path)
    try:
        opened = open_results(place, given=assumed(assume))
        remarks = [_of_the_page(remark) for remark in opened.remarks(place)]
        return {"kind": "results", "rows": len(opened.table), "remarks": remarks}
    except ClaimgaugeError as error:
        why = _of_the_page(str(error).replace(str(place), place.name)).removeprefix(f"{place.name}: ")
    try:
        tables = read_tables(place)
    except ClaimgaugeError as error:
        raise InputError(place.name, [f"no results: {why}", f"no table: {error}"]) from None
    rows = sum(len(table.rows) for table in tables)
    remarks = ["claims may name its rows and columns", f"it is no table of results of known tasks: {why}"]
    return {"kind": "tables", "rows": rows, "remarks": remarks}


def _of_the_page(remark: str) -> str:
    """A remark that asks for an option of the command line, asking for what the page's field takes."""
    return remark.replace("give --assume ", "add it again with ").replace("--assume ", "")


def read_correction(checker: ReportChecker, reads: str) -> str:
    """A reading that a user supplies, as it will be checked: an assertion, or a sentence that is read.

    Raises:
        InputError: it is neither, or speaks of cells that no table here has.
    """
    from claims.checking.over_tables import over_formula
    from claims.corrections import is_of_cells
    from claims.notation import is_notation
    from claims.wellformed import read_assertion

    verifier = checker.verifier
    if not is_notation(reads):
        _, record = explanation(reads, verifier)
        if not record["assertion"]:
            raise InputError("reading", f"this sentence is not read either. {record['reason']}")
        reads = str(record["assertion"])
    formula = read_assertion(reads, verifier.words, "reading")
    if is_of_cells(formula):
        tables = verifier.judge_of_tables
        over_formula(formula, tables.readers if tables is not None else ())
    return str(formula)
