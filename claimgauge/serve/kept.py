"""The reports that were given to the page, and what became of each: a queue beside the ledger of their claims."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from claims.library.ledger import Ledger

TABLES = """
create table if not exists report (
    id integer primary key, name text not null, title text not null, sha256 text not null, stored text not null,
    state text not null, message text not null default '', asked text not null, evidence text not null default '');
"""
EARLIER = """
update report set state = 'waiting' where state = 'done'; drop table claim;
"""
"""Migration from an earlier version, whose claims are no ledger; its reports are checked once more."""
SHOWN = 200


class SessionStore:
    """The file; every call opens it anew, so that threads share nothing.

    Raises:
        InputError: it is no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with self._open() as database:
                database.executescript(TABLES)
                if database.execute("select 1 from sqlite_master where name = 'claim'").fetchone():
                    database.executescript(EARLIER)
                Ledger(database)
        except sqlite3.DatabaseError as error:
            raise InputError(str(path), f"is no ledger of reports ({error}); move it away") from None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self.path, timeout=30)
        try:
            with database:
                yield database
        finally:
            database.close()

    def begin(self, name: str, sha256: str, stored: str, asked: str) -> int:
        """A report that waits to be checked; its number."""
        with self._open() as database:
            row = database.execute(
                "insert into report (name, title, sha256, stored, state, asked) values (?, '', ?, ?, 'waiting', ?)",
                (name, sha256, stored, asked),
            )
            return int(row.lastrowid or 0)

    def wait_again(self, report: int) -> None:
        """A report that is to be checked once more."""
        self._set(report, "waiting", "")

    def finish(self, report: int, verdicts: Path, day: str, evidence: str) -> None:
        """Its claims and verdicts.

        Args:
            report: its number.
            verdicts: verdicts.json of the report alone.
            day: of the check, ISO.
            evidence: names of the files it was checked against.
        """
        document = json.loads(verdicts.read_text(encoding="utf-8"))
        with self._open() as database:
            Ledger(database).take(document, day, str(verdicts), str(report))
            database.execute(
                "update report set title = ?, state = 'done', message = '', evidence = ? where id = ?",
                (document["reports"][0]["title"] or "", evidence, report),
            )

    def fail(self, report: int, message: str) -> None:
        """Why a report could not be checked."""
        self._set(report, "failed", message)

    def _set(self, report: int, state: str, message: str) -> None:
        with self._open() as database:
            database.execute("update report set state = ?, message = ? where id = ?", (state, message, report))

    def waiting(self) -> list[tuple[int, str, str]]:
        """(number, name, stored file) of the reports that wait, also from a run that was killed."""
        return [(r["id"], r["name"], r["stored"]) for r in self._reports("where state = 'waiting' order by id")]

    def reports(self) -> list[dict[str, Any]]:
        """All reports, the newest first, with the counts of their verdicts."""
        found = self._reports("order by id desc")
        with self._open() as database:
            counts = Ledger(database).counts()
        return [{**report, "verdicts": counts.get(str(report["id"]), {})} for report in found]

    def state(self, report: int) -> dict[str, Any] | None:
        """One report, None where there is none of that number."""
        return next(iter(self._reports("where id = ?", report)), None)

    def _reports(self, which: str, *values: int) -> list[dict[str, Any]]:
        with self._open() as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(f"select * from report {which}", values)]  # noqa: S608

    def claims(self, words: str = "", verdicts: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Claims of all reports, the newest report first.

        Args:
            words: that a claim holds, all of them.
            verdicts: one of which it has; any where none is named.

        Returns:
            At most `SHOWN`: report, name, id, text, mark, verdict, reason, and `before`: the verdict the same words
            had when they were checked before, None where they had the same or never were.
        """
        names = {str(report["id"]): report["name"] for report in self._reports("")}
        with self._open() as database:
            found = Ledger(database).found(words, verdicts, SHOWN)
        return [
            {
                "report": int(one.entry.path), "name": names[one.entry.path], "id": one.entry.claim,
                "text": one.entry.text, "mark": one.entry.mark, "verdict": one.entry.verdict,
                "reason": one.entry.reason, "before": one.before,
            }
            for one in found
        ]  # fmt: skip
