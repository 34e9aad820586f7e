"""Session of the page: dropped files, corrections, workers, the ledger; all kept in one folder."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError, UsageError
from analysis.files.atomic import replacing
from claimgauge.serve.kept import SessionStore
from claimgauge.serve.readings import KeptReadings
from claimgauge.serve.worker import Worker

if TYPE_CHECKING:
    from claims.setup import Setup

NAME = re.compile(r"[^\w .()+-]")
ASSERTIONS = "assertions.toml"
LEDGER = "ledger.db"
GONE = "is gone from the folder, so that nothing rests on it; add it again, or remove it here"
LONGEST_CLAIM = 2_000
"""Characters of a claim that is pasted."""


class Session:
    """The state behind the page.

    Args:
        folder: where everything is kept; made where it is missing.
        setup: what was given on the command line; dropped files and corrections are added.

    Raises:
        UsageError: the folder cannot be made. InputError: what is kept in it cannot be read.
    """

    def __init__(self, folder: Path, setup: Setup) -> None:
        self.folder = folder
        try:
            for name in ("evidence", "reports", "pages"):
                (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"--folder {folder}: cannot be made ({error.strerror}); choose another") from None
        self.kept = SessionStore(folder / LEDGER)
        self.readings = KeptReadings(folder / ASSERTIONS)
        self._given = setup
        self._changing = Lock()
        setup = self._setup()
        self.claims = Worker(setup)
        self.reports = Worker(setup)

    @property
    def built_in(self) -> bool:
        """True if the published scores count."""
        return self._given.built_in

    def close(self) -> None:
        """Ends the workers."""
        self.claims.stop()
        self.reports.stop()

    # -------------------------------------------------------------------------------- evidence

    def evidence(self) -> list[dict[str, Any]]:
        """The files that verdicts rest on beside the built-in scores."""
        fixed = [{"name": str(path), "kind": "results", "fixed": True} for path in self._given.results]
        fixed += [{"name": str(path), "kind": "tables", "fixed": True} for path in self._given.tables]
        return [*fixed, *({**entry, **self._gone(entry), "fixed": False} for entry in self._entries())]

    def _gone(self, entry: dict[str, Any]) -> dict[str, Any]:
        """The remark on a dropped file that no longer exists."""
        return {} if self._place_of(entry).exists() else {"remarks": [GONE]}

    def _place_of(self, entry: dict[str, Any]) -> Path:
        return self.folder / "evidence" / str(entry["name"])

    def add_evidence(self, name: str, data: bytes, assume: Sequence[str]) -> dict[str, Any]:
        """Keeps a file of results or tables, and checks with it from now on.

        Raises:
            ClaimgaugeError: it holds neither.
        """
        with self._changing:
            place = self._place("evidence", name)
            former = place.read_bytes() if place.exists() else None
            with replacing(place) as part:
                part.write_bytes(data)
            try:
                found = self.claims.ask("kind_of", str(place), tuple(assume))
                entry = {"name": place.name, "assume": list(assume), **found}
                others = [other for other in self._entries() if other["name"] != place.name]
                self._replace_entries([*others, entry])
            except Exception:
                place.unlink(missing_ok=True)
                if former is not None:
                    place.write_bytes(former)
                raise
            return entry

    def drop_evidence(self, name: str) -> None:
        """Forgets a file that was dropped before.

        Raises:
            UsageError: there is none of that name.
        """
        with self._changing:
            entries = self._entries()
            if all(entry["name"] != name for entry in entries):
                raise UsageError(f"no file {name!r} was dropped here")
            self._replace_entries([entry for entry in entries if entry["name"] != name])
            (self.folder / "evidence" / name).unlink(missing_ok=True)

    def _entries(self) -> list[dict[str, Any]]:
        index = self.folder / "evidence.json"
        try:
            entries = json.loads(index.read_text(encoding="utf-8")) if index.exists() else []
            return [
                {**entry, "name": entry["name"], "kind": entry["kind"], "assume": entry["assume"]} for entry in entries
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(str(index), f"cannot be read ({error}); move it away, and add the files again") from None

    def _replace_entries(self, entries: Sequence[dict[str, Any]]) -> None:
        before = self._entries()
        self._write_index(entries)
        try:
            self._start_anew()
        except Exception:
            self._write_index(before)
            raise

    def _write_index(self, entries: Sequence[dict[str, Any]]) -> None:
        with replacing(self.folder / "evidence.json") as part:
            part.write_text(json.dumps(entries, indent=1), encoding="utf-8")

    def _start_anew(self) -> None:
        setup = self._setup()
        self.claims.replace_setup(setup)
        self.reports.renew(setup)

    def _setup(self) -> Setup:
        kinds: dict[str, list[Path]] = {"results": [], "tables": []}
        assume: list[str] = []
        for entry in [one for one in self._entries() if self._place_of(one).exists()]:
            kinds[entry["kind"]].append(self._place_of(entry))
            assume += entry["assume"]
        return replace(
            self._given,
            results=(*self._given.results, *kinds["results"]),
            tables=(*self._given.tables, *kinds["tables"]),
            assume=tuple(dict.fromkeys((*self._given.assume, *assume))),
        )

    # -------------------------------------------------------------------------------- claims

    def check(self, claim: str) -> dict[str, Any]:
        """A claim opened; a reading that was supplied for its words is the one that is checked.

        Raises:
            UsageError: it is empty or too long.
        """
        claim = " ".join(claim.split())
        if not claim:
            raise UsageError("the claim is empty; give a sentence")
        if len(claim) > LONGEST_CLAIM:
            raise UsageError(
                f"the claim has {len(claim):,} characters, more than {LONGEST_CLAIM:,}; paste it as a report"
            )
        found: dict[str, Any] = self.claims.ask("check_claim", claim, str(self.readings.path))
        return found

    def corrections(self) -> list[dict[str, Any]]:
        """The readings that are kept, the last first: `key`, `text`, `reads`, `by`, `on`."""
        return self.readings.entries()

    def correct(self, text: str, reads: str, by: str = "", on: str = "") -> str:
        """Keeps a reading for a claim's words; reports are checked with it from now on.

        Args:
            text: the claim's words.
            reads: an assertion, or a sentence that is read.
            by: who says so; "" for nobody named.
            on: the day, ISO; "" where it is not to be kept.

        Returns:
            The assertion as it was understood.

        Raises:
            ClaimgaugeError: it is neither, or speaks of cells of no table that was given; nothing is kept.
        """
        text = " ".join(text.split())
        if not text:
            raise UsageError("a correction needs the claim's words")
        understood = str(self.claims.ask("read_correction", reads))
        with self._changing:
            self.readings.keep(text, understood, by, on)
        return understood

    def undo(self, key: str) -> None:
        """Forgets a reading that was kept: its sentence is read as it stands from now on.

        Raises:
            UsageError: there is none of that key.
        """
        with self._changing:
            self.readings.forget(key)

    # -------------------------------------------------------------------------------- reports

    def take_report(self, name: str, data: bytes, now: str) -> int:
        """Keeps a report and lets it wait for its turn; its number in the ledger."""
        if not data.strip():
            raise UsageError("the report is empty")
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place("reports", f"{sha256[:12]}-{Path(name).name}")
        with replacing(place) as part:
            part.write_bytes(data)
        return self.kept.begin(Path(name).name, sha256, place.name, now)

    def check_report(self, number: int, name: str, stored: str) -> None:
        """Checks a report that waits; what goes wrong stands in the ledger.

        Raises:
            sqlite3.Error: the ledger cannot be written.
        """
        page = self.page(number)
        try:
            path = str(self.folder / "reports" / stored)
            claims = self.reports.ask("claims_in", path, name)
            self.reports.ask("check_report", path, name, str(page.parent), str(self.readings.path), pieces=claims + 1)
            day = datetime.now(UTC).date().isoformat()
            evidence = ", ".join(entry["name"] for entry in self.evidence())
            self.kept.finish(number, page.with_name("verdicts.json"), day, evidence)
        except sqlite3.Error:
            raise
        except Exception as error:  # noqa: BLE001 (one report's fault is no other's)
            self.kept.fail(number, str(error))

    def page(self, number: int) -> Path:
        """The file that a report's page is written to."""
        return self.folder / "pages" / str(number) / "report.html"

    def _place(self, kind: str, name: str) -> Path:
        """A file in the folder whose name holds nothing that could leave it.

        Raises:
            InputError: nothing of the name is left.
        """
        safe = NAME.sub("_", Path(name).name).strip(" .")[-120:]
        if not safe:
            raise InputError(name, "is no name for a file")
        return self.folder / kind / safe
