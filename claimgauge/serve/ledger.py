"""Every report the page has seen, with its claims and verdicts, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError

if TYPE_CHECKING:
    from claimgauge.serve.tasks import CheckedFile

TABLES = """
create table if not exists report (
    id integer primary key, name text not null, title text not null, sha256 text not null, stored text not null,
    state text not null, message text not null default '', asked text not null, evidence text not null default '');
create table if not exists claim (
    report integer not null references report(id) on delete cascade, number integer not null, id text not null,
    text text not null, mark text not null, verdict text not null, reason text not null, assertion text not null,
    primary key (report, number));
create index if not exists claim_text on claim(text);
"""
SHOWN = 200


class Ledger:
    """The file; every call opens it anew, so that threads share nothing.

    Raises:
        InputError: it is no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with self._open() as database:
                database.executescript(TABLES)
        except sqlite3.DatabaseError as error:
            raise InputError(str(path), f"is no ledger of reports ({error}); move it away") from None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self.path, timeout=30)
        database.row_factory = sqlite3.Row
        database.execute("pragma foreign_keys = on")
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

    def finish(self, report: int, checked: CheckedFile, evidence: str) -> None:
        """Its claims and verdicts.

        Args:
            report: its number.
            checked: what was found.
            evidence: names of the files it was checked against.
        """
        with self._open() as database:
            database.execute(
                "update report set title = ?, state = 'done', message = '', evidence = ? where id = ?",
                (checked.title, evidence, report),
            )
            database.execute("delete from claim where report = ?", (report,))
            database.executemany(
                "insert into claim values (?, ?, ?, ?, ?, ?, ?, ?)",
                [(report, number, *claim) for number, claim in enumerate(checked.claims)],
            )

    def fail(self, report: int, message: str) -> None:
        """Why a report could not be checked."""
        self._set(report, "failed", message)

    def _set(self, report: int, state: str, message: str) -> None:
        with self._open() as database:
            database.execute("update report set state = ?, message = ? where id = ?", (state, message, report))

    def waiting(self) -> list[tuple[int, str, str]]:
        """(number, name, stored file) of the reports that wait, also from a run that was killed."""
        with self._open() as database:
            rows = database.execute("select id, name, stored from report where state = 'waiting' order by id")
            return [(int(row["id"]), str(row["name"]), str(row["stored"])) for row in rows]

    def reports(self) -> list[dict[str, Any]]:
        """All reports, the newest first, with the counts of their verdicts."""
        with self._open() as database:
            found = [dict(row) for row in database.execute("select * from report order by id desc")]
            counts = database.execute(
                "select report, verdict, count(*) n from claim group by report, verdict"
            ).fetchall()
        for report in found:
            report["verdicts"] = {row["verdict"]: row["n"] for row in counts if row["report"] == report["id"]}
        return found

    def state(self, report: int) -> dict[str, Any] | None:
        """One report, None where there is none of that number."""
        with self._open() as database:
            row = database.execute("select * from report where id = ?", (report,)).fetchone()
        return None if row is None else dict(row)

    def claims(self, words: str = "", verdicts: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Claims of all reports, the newest report first.

        Args:
            words: that a claim holds, all of them.
            verdicts: one of which it has; any where none is named.

        Returns:
            At most `SHOWN`: report, name, id, text, mark, verdict, reason, and `before`: the verdict the same words
            had in the report checked before, None where they had the same or stood in none.
        """
        found, values = "select c.*, r.name from claim c join report r on r.id = c.report where 1", list[str]()
        for word in words.split():
            found += " and c.text like ? escape '\\'"
            values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
        if verdicts:
            found += f" and c.verdict in ({', '.join('?' * len(verdicts))})"
            values += verdicts
        earlier = (
            "select e.verdict from claim e where e.text = k.text and e.report < k.report order by e.report desc limit 1"
        )
        query = f"select k.*, ({earlier}) before from ({found} order by c.report desc, c.number limit {SHOWN}) k"  # noqa: S608
        with self._open() as database:
            rows = [dict(row) for row in database.execute(query, values)]
        for row in rows:
            row["before"] = None if row["before"] == row["verdict"] else row["before"]
        return rows
