"""Journal of a run on disk: an interrupted run resumes where it stopped.

The folder `unfinished` beside the outputs holds the texts of the reports that were checked, one file per
output, and `reports.jsonl`, one line per report: its path and SHA-256, its verdicts, and how long the other
files were when it was written. A line that was not written to its end, and all behind it, does not count.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from analysis.errors import ClaimgaugeError, UsageError
from analysis.files.atomic import locked
from analysis.registry.vocabulary import Vocabulary
from claims.audit import AuditFinding, CheckedClaim
from claims.reading import Reading
from claims.report import Claim, Report, StatedTotals
from claims.verdict import Settle, Verdict
from claims.verify import CheckedReport
from claims.wellformed import read_assertion

UNFINISHED = "unfinished"
"""Name of the folder."""
LINES = "reports.jsonl"
SCHEMA = "claimgauge.unfinished/1"


class Journal:
    """The unfinished outputs of a run.

    Attributes:
        folder: where they lie, once the journal is open.

    Args:
        key: of all that decides what is written; what another key has left is not gone on with.
        words: the vocabulary, for assertions.
    """

    folder: Path
    _lines: IO[bytes]

    def __init__(self, key: str, words: Vocabulary) -> None:
        self.key, self.words = key, words
        self._left: list[tuple[int, int, bytes]] = []

    def open(self, out: Path) -> None:
        """Opens what an earlier run with the same key has left in the folder of the outputs, or begins anew.

        Raises:
            UsageError: another run is at work here.
        """
        self.folder = out / UNFINISHED
        self.folder.mkdir(exist_ok=True)
        self._lines = (self.folder / LINES).open("a+b")
        if not locked(self._lines.fileno()):
            self._lines.close()
            raise UsageError(f"another run is writing into {out}; wait for it, or choose another --out")
        self._left = list(self._read())
        if not self._left:
            self._empty()

    def taken_up(self, paths: Sequence[str], digests: Iterator[str]) -> Iterator[tuple[CheckedReport, list[int]]]:
        """The reports at the head of the journal that are still the same, each with the sizes behind it.

        Args:
            paths: of the reports of this run, in order.
            digests: their SHA-256, in order.
        """
        places = iter(zip(paths, digests, strict=True))
        end = self._left[0][0] if self._left else 0
        try:
            for _, behind, line in self._left:
                record = json.loads(line)
                if (record["path"], record["sha256"]) not in places:  # those before it could not be read
                    break
                yield restored(record, self.words), record["sizes"]
                end = behind
        except ClaimgaugeError:
            pass
        finally:
            if self._left:
                self._lines.truncate(end)
            self._left = []

    def note(self, slim: CheckedReport, sizes: Sequence[int]) -> None:
        """Notes one report whose texts are on disk."""
        line = json.dumps({**plain(slim), "sizes": list(sizes)}, default=_record)
        self._lines.write(line.encode("ascii") + b"\n")
        self._lines.flush()

    def close(self, *, keep: bool) -> None:
        """Leaves the folder for a later run, or removes it."""
        self._lines.close()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self) -> Iterator[tuple[int, int, bytes]]:
        """Yields the start and end of each line of a report, and the line."""
        self._lines.seek(0)
        head = self._lines.readline()
        if head != _head(self.key):
            return
        end = len(head)
        for line in self._lines:
            if not _is_whole(line):
                return
            yield end, end + len(line), line
            end += len(line)

    def _empty(self) -> None:
        for path in self.folder.iterdir():
            if path.name != LINES:
                path.unlink()
        self._lines.truncate(0)
        self._lines.write(_head(self.key))
        self._lines.flush()


def _head(key: str) -> bytes:
    return json.dumps({"schema": SCHEMA, "key": key}).encode() + b"\n"


def _is_whole(line: bytes) -> bool:
    try:
        return line.endswith(b"\n") and isinstance(json.loads(line)["sizes"], list)
    except (ValueError, TypeError, KeyError):
        return False


def plain(slim: CheckedReport) -> dict[str, Any]:
    """A slim report as a record; what lies in it becomes one by `_record`."""
    claims = []
    for one in slim.claims:
        assertion = None if one.reading.assertion is None else str(one.reading.assertion)
        claims.append({"claim": one.claim, "assertion": assertion, "verdict": one.verdict})
    return {**_record(slim.report), "claims": claims, "findings": slim.findings}


def _record(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def restored(record: dict[str, Any], registry: Vocabulary) -> CheckedReport:
    """The slim report of a record.

    Raises:
        ClaimgaugeError: it is none.
    """
    try:
        names = Report.__dataclass_fields__.keys() - {"claims", "stated"}
        report = Report(
            claims=(), stated=StatedTotals(**record["stated"]), **{name: _tuples(record[name]) for name in names}
        )
        claims = tuple(_claim(one, registry) for one in record["claims"])
        return CheckedReport(report, claims, tuple(AuditFinding(**_each(finding)) for finding in record["findings"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ClaimgaugeError(f"{UNFINISHED}/{LINES} holds no report ({error}); remove the folder") from None


def _claim(record: dict[str, Any], words: Vocabulary) -> CheckedClaim:
    said, verdict = record["assertion"], Verdict(**_each(record["verdict"]))
    if verdict.settle is not None:
        verdict = replace(verdict, settle=Settle(**_each(record["verdict"]["settle"])))
    assertion = None if said is None else read_assertion(said, words, UNFINISHED)
    return CheckedClaim(Claim(**record["claim"]), Reading(assertion), verdict)


def _each(record: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuples(value) for name, value in record.items()}


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
