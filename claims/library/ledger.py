"""The ledger: which claim was made in which report, how it was marked there, how it stands, and since when.

It lives in a SQLite file, in two tables of its own: the file of sources, or that of the page. A claim is the same
one while its report's path and its words are; when its mark or standing changes, the old entry is closed and a new
one begins.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal, TypeAlias

from analysis.errors import InputError

Standing: TypeAlias = Literal["stated", "recomputed", "contradicted", "open", "unread"]
STANDINGS: tuple[Standing, ...] = ("stated", "recomputed", "contradicted", "open", "unread")
"""A source says so; it follows from printed or measured numbers; they say otherwise; the evidence does not decide;
the sentence was not read as a statement about results."""
NORMAL_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of claims.

    Attributes:
        count, of: number of claims in the share, and of all claims.
    """

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval, from 0 to 1 (Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953).

        It takes the claims as a sample of those that whoever made the report would make.
        """
        if not self.of:
            return 0.0, 1.0
        share, spread = self.count / self.of, NORMAL_95**2 / self.of
        middle = share + spread / 2
        half = NORMAL_95 * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
        return (0.0 if not self.count else low), (1.0 if self.count == self.of else high)

    def __str__(self) -> str:
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{self.count} of {self.of} ({low * 100:.0f} to {high * 100:.0f} %)"


def standing_of(claim: Mapping[str, Any]) -> Standing:
    """The standing of a claim of verdicts.json by its verdict and level.

    "stated" is a claim supported by a published statement, the cited source's own included.
    """
    verdict, level = claim["verdict"], claim["level"]
    if verdict in {"refuted", "mixed"}:
        return "contradicted"
    if verdict == "supported":
        return "stated" if level == "grounded" else "recomputed"
    return "unread" if claim["assertion"] is None and verdict == "not-testable" else "open"


def shares(standings: list[Standing]) -> dict[Standing, Share]:
    """The share of every standing."""
    return {one: Share(standings.count(one), len(standings)) for one in STANDINGS}


SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger_reports (
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, title TEXT NOT NULL, score TEXT NOT NULL, checked TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger (
  path TEXT NOT NULL, claim TEXT NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL, mark TEXT NOT NULL,
  standing TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, since TEXT NOT NULL, until TEXT);
CREATE INDEX IF NOT EXISTS ledger_by_path ON ledger (path, until);
CREATE INDEX IF NOT EXISTS ledger_by_text ON ledger (text);
"""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A claim in a report.

    Attributes:
        path: of the report. claim: its id there. line: 0 where there are none. text: whole.
        mark: the report's own. standing: see `claims.library.ledger`. verdict, reason: ours.
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
        path, sha256, title: of the report. score: its own quality score, "" if none. checked: the day (ISO).
    """

    path: str
    sha256: str
    title: str
    score: str
    checked: str


@dataclass(frozen=True, slots=True)
class Found:
    """A claim that was searched for.

    Attributes:
        entry: as it stands. before: the verdict that the same words had in the entry before, of this report or of
            another; None where it was the same or there is none.
    """

    entry: LedgerEntry
    before: str | None


class Ledger:
    """The ledger in an open file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.executescript(SCHEMA)
        self._db = connection

    def take(self, verdicts: Mapping[str, Any], day: str, name: str, path: str | None = None) -> int:
        """Takes in the reports of a verdicts.json.

        Args:
            verdicts: the document.
            day: of the check, ISO.
            name: of its file, for messages.
            path: the path to keep its report under, where it is one report; None for the report's own path.

        Returns:
            The number of new or changed entries.

        Raises:
            InputError: it is no such document.
        """
        if not str(verdicts.get("schema", "")).startswith("claimgauge.verdicts/"):
            raise InputError(name, "is no verdicts.json; `claimgauge verify REPORT… --json` prints one")
        return sum(self._take_report(report, path or report["path"], day) for report in verdicts["reports"])

    def _take_report(self, report: Mapping[str, Any], path: str, day: str) -> int:
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

    def _close(self, entry: LedgerEntry | None, day: str) -> None:
        if entry:
            self._db.execute(
                "UPDATE ledger SET until = ? WHERE path = ? AND text = ? AND until IS NULL",
                (day, entry.path, entry.text),
            )

    def reports(self) -> list[CheckedPaper]:
        """The reports, in the order of their paths."""
        return [CheckedPaper(*row) for row in self._db.execute("SELECT * FROM ledger_reports ORDER BY path")]

    def entries(self, path: str | None = None) -> list[LedgerEntry]:
        """The entries of a report, or all, past ones among them, in order."""
        rows = self._db.execute(
            "SELECT * FROM ledger WHERE ?1 IS NULL OR path = ?1 ORDER BY path, line, claim, since, rowid", (path,)
        )
        return [LedgerEntry(*row) for row in rows]

    def found(self, words: str, verdicts: Sequence[str], most: int) -> list[Found]:
        """Claims as they stand, those of the report that was checked last first.

        Args:
            words: words that a claim must all contain.
            verdicts: the verdicts it may have; empty for any.
            most: number of claims at most.
        """
        condition, values = "until IS NULL", list[str | int]()
        for word in words.split():
            condition += " AND text LIKE ? ESCAPE '\\'"
            values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
        if verdicts:
            condition += f" AND verdict IN ({', '.join('?' * len(verdicts))})"
            values += verdicts
        query = f"""
SELECT l.*, (SELECT e.verdict FROM ledger e WHERE e.text = l.text AND e.rowid < l.rowid ORDER BY e.rowid DESC LIMIT 1)
FROM (SELECT rowid, * FROM ledger WHERE {condition}) l JOIN ledger_reports r ON r.path = l.path
ORDER BY r.rowid DESC, l.line, l.claim LIMIT ?"""  # noqa: S608
        rows = [(LedgerEntry(*row[1:-1]), row[-1]) for row in self._db.execute(query, (*values, most))]
        return [Found(entry, None if before == entry.verdict else before) for entry, before in rows]

    def counts(self) -> dict[str, dict[str, int]]:
        """Path of a report → verdict → how many of its claims have it."""
        found: dict[str, dict[str, int]] = {}
        query = "SELECT path, verdict, count(*) FROM ledger WHERE until IS NULL GROUP BY path, verdict"
        for path, verdict, count in self._db.execute(query):
            found.setdefault(path, {})[verdict] = count
        return found
