"""The ledger: which claim was made in which report, how it was marked there, how it stands, and since when.

It lives in the file of sources, in two tables of its own. A claim is the same one while its report's path and
its words are; when its mark or standing changes, the old entry is closed and a new one begins.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.errors import InputError
from claims.library.scoring import Standing, standing_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger_reports (
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, title TEXT NOT NULL, score TEXT NOT NULL, checked TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger (
  path TEXT NOT NULL, claim TEXT NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL, mark TEXT NOT NULL,
  standing TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, since TEXT NOT NULL, until TEXT);
CREATE INDEX IF NOT EXISTS ledger_by_path ON ledger (path, until);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in a report.

    Attributes:
        path: of the report. claim: its id there. line: 0 where there are none. text: whole.
        mark: the report's own. standing: see `claims.library.scoring`. verdict, reason: ours.
        since: the day (ISO) from which mark and standing were these.
        until: the day on which they no longer were, or the claim was gone; None while they are.
    """

    path: str
    claim: str
    line: int
    text: str
    mark: str
    standing: Standing
    verdict: str
    reason: str
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A report of the ledger.

    Attributes:
        path, sha256, title: of the report. score: that it gives itself, "" if none. checked: the day (ISO).
    """

    path: str
    sha256: str
    title: str
    score: str
    checked: str


class Ledger:
    """The ledger in an open file of sources."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.executescript(SCHEMA)
        self._db = connection

    def take(self, verdicts: Mapping[str, Any], day: str, name: str) -> int:
        """Takes in the reports of a verdicts.json.

        Args:
            verdicts: the document.
            day: of the check, ISO.
            name: of its file, for messages.

        Returns:
            How many entries are new or changed.

        Raises:
            InputError: it is no such document.
        """
        if not str(verdicts.get("schema", "")).startswith("claimgauge.verdicts/"):
            raise InputError(name, "is no verdicts.json; `claimgauge verify REPORT… --json` prints one")
        return sum(self._take_report(report, day) for report in verdicts["reports"])

    def _take_report(self, report: Mapping[str, Any], day: str) -> int:
        path = report["path"]
        stated = report["stated"]["score"] or ""
        self._db.execute(
            "INSERT OR REPLACE INTO ledger_reports VALUES (?, ?, ?, ?, ?)",
            (path, report["sha256"], report["title"] or "", stated, day),
        )
        held = {entry.text: entry for entry in self.entries(path) if entry.until is None}
        changed = 0
        for claim in {claim["text"]: claim for claim in report["claims"]}.values():
            old = held.pop(claim["text"], None)
            standing = standing_of(claim)
            now = (claim["id"], claim["line"], claim["verdict"], claim["reason"])
            if old and (old.mark, old.standing) == (claim["mark"], standing):
                self._db.execute(
                    "UPDATE ledger SET claim = ?, line = ?, verdict = ?, reason = ? "
                    "WHERE path = ? AND text = ? AND until IS NULL",
                    (*now, path, claim["text"]),
                )
                continue
            changed += 1
            self._close(old, day)
            self._db.execute(
                "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (path, now[0], now[1], claim["text"], claim["mark"], standing, now[2], now[3], day),
            )
        for gone in held.values():
            self._close(gone, day)
        return changed + len(held)

    def _close(self, entry: Entry | None, day: str) -> None:
        if entry:
            self._db.execute(
                "UPDATE ledger SET until = ? WHERE path = ? AND text = ? AND until IS NULL",
                (day, entry.path, entry.text),
            )

    def reports(self) -> list[CheckedPaper]:
        """The reports, in the order of their paths."""
        return [CheckedPaper(*row) for row in self._db.execute("SELECT * FROM ledger_reports ORDER BY path")]

    def entries(self, path: str | None = None) -> list[Entry]:
        """The entries of a report, or all, past ones among them, in order."""
        rows = self._db.execute(
            "SELECT * FROM ledger WHERE ?1 IS NULL OR path = ?1 ORDER BY path, line, claim, since, rowid", (path,)
        )
        return [Entry(*row) for row in rows]
