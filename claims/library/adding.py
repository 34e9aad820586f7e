"""Files and folders into a store: changed files are read, others are left alone, a broken file is one line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.errors import ClaimgaugeError, InputError
from claims.library import tex
from claims.library.model import Paper
from claims.library.reading import ENDINGS, PartError, opened_file, paper_of
from claims.library.store import PaperStore
from claims.readers.source import ReportFile

Outcome = Literal["added", "changed", "unchanged", "moved", "copy", "part", "failed"]
TOGETHER = 25
"""Number of added documents after which a store is written to the disk."""


@dataclass(frozen=True, slots=True)
class Added:
    """Result of adding a file.

    Attributes:
        path: of the file. outcome: "added", "failed" or another result. paper: the paper read from it, None without.
        why: the reason of a failure, or the path that a copy or a moved file is kept under.
    """

    path: Path
    outcome: Outcome
    paper: Paper | None = None
    why: str = ""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files that some paths name, those in folders by their endings, each once.

    Raises:
        InputError: a folder holds no file that is read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        inside = sorted(f for f in path.rglob("*") if f.suffix.lower() in ENDINGS and f.is_file())
        if not inside:
            raise InputError(str(path), f"holds no paper; files that are read end in {', '.join(sorted(ENDINGS))}")
        found |= dict.fromkeys(inside)
    return list(found)


def add_files(store: PaperStore, paths: Sequence[Path]) -> Iterator[Added]:
    """Adds files to a store, one by one; a fault in one stops no other."""
    known = store.hashes()
    by_hash = {sha256: path for path, sha256 in known.items()}
    for number, path in enumerate(paths, 1):
        added = _add(store, path, known, by_hash)
        if number % TOGETHER == 0:
            store.commit()
        yield added
    store.commit()


def _add(store: PaperStore, path: Path, known: dict[str, str], by_hash: dict[str, str]) -> Added:
    name = path.as_posix()
    try:
        source = opened_file(path)
        sha256 = _fingerprint(source)
        if known.get(name) == sha256:
            return Added(path, "unchanged")
        twin = by_hash.get(sha256)
        if twin and Path(twin).is_file() and known.get(twin) == sha256:
            return Added(path, "copy", why=twin)
        if twin and known.get(twin) == sha256 and name not in known:
            store.moved(twin, name)
            del known[twin]
            known[name], by_hash[sha256] = sha256, name
            return Added(path, "moved", why=twin)
        paper = paper_of(source)
    except PartError:
        return Added(path, "part")
    except ClaimgaugeError as error:
        return Added(path, "failed", why=_one_line(error).removeprefix(f"{path}: "))
    store.add(name, sha256, paper)
    outcome: Outcome = "changed" if name in known else "added"
    known[name], by_hash[sha256] = sha256, name
    return Added(path, outcome, paper)


def _fingerprint(source: ReportFile) -> str:
    """The SHA-256 of a file; of a LaTeX document, of its text with all parts brought in."""
    if source.ending not in {".tex", ".ltx"}:
        return source.sha256
    text = source.data.decode("utf-8", errors="replace")
    if not tex.is_document(text):
        return source.sha256
    return hashlib.sha256(tex.assembled(source.path, text)[0].encode("utf-8", errors="replace")).hexdigest()


def _one_line(error: ClaimgaugeError) -> str:
    text = "; ".join(error.faults) if isinstance(error, InputError) else str(error)
    return " ".join(text.split())
