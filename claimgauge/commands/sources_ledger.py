"""`claimgauge sources ledger`: how the claims of a folder of reports stand, on one page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.errors import InputError
from analysis.files.unread import why_unread

if TYPE_CHECKING:
    from claims.library.ledger import CheckedPaper, LedgerEntry

SCHEMA = "claimgauge.ledger/1"


@click.command()
@click.argument("verdicts", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("sources.db"),
    show_default=True,
    help="The file of sources that holds the ledger; made where there is none.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, with entries that no longer hold.")
def ledger(verdicts: tuple[Path, ...], db: Path, as_json: bool) -> int:
    """Keep which claim was made where, marked how, standing how, since when; print it as one page (Markdown).

    VERDICTS are files that `claimgauge verify --json` or `--out` wrote; without one the ledger is only shown.
    Shares have 95 % intervals (Wilson) and stand beside the score that a report gives itself.

    \b
    Examples:
      claimgauge sources ledger out/verdicts.json
      claimgauge sources ledger
      claimgauge sources ledger --json
    """
    from claims.library.ledger import Ledger
    from claims.library.store import opened

    documents = [(path, _read(path)) for path in verdicts]
    day = datetime.now(UTC).date().isoformat()
    with opened(db, new=bool(verdicts)) as store:
        kept = Ledger(store.connection)
        changed = sum(kept.take(document, day, str(path)) for path, document in documents)
        reports, entries = kept.reports(), kept.entries()
    if verdicts:
        click.echo(f"{db}: {changed} entries new or changed", err=True)
    if as_json:
        click.echo(json.dumps(_record(reports, entries), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_page(reports, [entry for entry in entries if entry.until is None])))
    return 0


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(str(path), why_unread(error, "a verdicts.json of `claimgauge verify`")) from None
    if not isinstance(found, dict):
        raise InputError(str(path), "is no verdicts.json; `claimgauge verify REPORT… --json` prints one")
    return found


def _page(reports: Sequence[CheckedPaper], entries: Sequence[LedgerEntry]) -> Iterator[str]:
    from claims.library.ledger import STANDINGS, shares

    yield f"| report | {' | '.join(STANDINGS)} | its own score | checked |"
    yield "|---" * (len(STANDINGS) + 3) + "|"
    for report in reports:
        told = shares([entry.standing for entry in entries if entry.path == report.path])
        cells = " | ".join(str(told[one]) for one in STANDINGS)
        yield f"| {report.path} | {cells} | {report.score or '–'} | {report.checked} |"
    if len(reports) > 1:
        told = shares([entry.standing for entry in entries])
        yield f"| all {len(reports)} | {' | '.join(str(told[one]) for one in STANDINGS)} | | |"
    yield from _listed("Contradicted", [entry for entry in entries if entry.standing == "contradicted"])
    yield from _listed("Marked differently by different reports", _marked_differently(entries))


def _marked_differently(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    marks: dict[str, set[str]] = {}
    for entry in entries:
        marks.setdefault(entry.text, set()).add(entry.mark)
    return sorted((entry for entry in entries if len(marks[entry.text]) > 1), key=lambda entry: entry.text)


def _listed(title: str, entries: Sequence[LedgerEntry]) -> Iterator[str]:
    if not entries:
        return
    yield f"\n{title}:\n"
    for entry in entries:
        place = entry.path + (f":{entry.line}" if entry.line else "")
        yield f"- {place} {entry.claim}, marked {entry.mark}, since {entry.since}: {entry.text}"
        if entry.standing == "contradicted":
            yield f"  {entry.reason}"


def _record(reports: Sequence[CheckedPaper], entries: Sequence[LedgerEntry]) -> dict[str, object]:
    from dataclasses import asdict

    from claims.library.ledger import shares

    told = []
    for report in reports:
        own = [entry for entry in entries if entry.path == report.path]
        counted = shares([entry.standing for entry in own if entry.until is None])
        scores = {
            one: {"count": share.count, "of": share.of, "low": share.interval[0], "high": share.interval[1]}
            for one, share in counted.items()
        }
        told.append({**asdict(report), "shares": scores, "entries": [asdict(entry) for entry in own]})
    return {"schema": SCHEMA, "reports": told}
