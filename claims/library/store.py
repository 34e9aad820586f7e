"""One SQLite file of papers: documents, sections, sentences, tables, references, and an index of words.

Layout (`SCHEMA`): every row of `units` is a sentence, or a row of a table, with its place (`more`: what
stands over a row); `words` is an FTS5 index of them by the same numbers. Tables keep their grid as
JSON with the line of every row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.tables.grid import TextGrid
from analysis.tables.markup import plain
from claims.library.model import Paper, PaperTable
from claims.library.words import indexed

FORMAT = "claimgauge.sources/1"
MAGIC = b"SQLite format 3\0"
Unit = tuple[int, int | None, str, str, int, int, str, str]
"""Document, table, kind, section, page, line, text, more."""
Found = tuple[int, str, int, int, str, str]
"""Document, kind, page, line, section, text."""
ROW = "row"
"""Kind of a unit that is a row of a table."""
SCHEMA = """
CREATE TABLE about (format TEXT NOT NULL);
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  arxiv TEXT NOT NULL, doi TEXT NOT NULL, version TEXT NOT NULL, pages INTEGER NOT NULL, empty_pages TEXT NOT NULL);
CREATE INDEX documents_by_hash ON documents (sha256);
CREATE TABLE sections (
  document INTEGER NOT NULL, title TEXT NOT NULL, level INTEGER NOT NULL, page INTEGER NOT NULL, line INTEGER NOT NULL);
CREATE INDEX sections_by_document ON sections (document);
CREATE TABLE tables (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, label TEXT NOT NULL, caption TEXT NOT NULL, page INTEGER NOT NULL,
  header_rows INTEGER, latex INTEGER NOT NULL, cells TEXT NOT NULL, lines TEXT NOT NULL, doubts TEXT NOT NULL);
CREATE INDEX tables_by_document ON tables (document);
CREATE TABLE units (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, in_table INTEGER, kind TEXT NOT NULL, section TEXT NOT NULL,
  page INTEGER NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL, more TEXT NOT NULL);
CREATE INDEX units_by_document ON units (document, page, line);
CREATE TABLE "references" (document INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX references_by_document ON "references" (document);
CREATE VIRTUAL TABLE words USING fts5 (
  text, content='', tokenize="unicode61 remove_diacritics 2 tokenchars '-.+%/''’'");
"""

RANKED = """
SELECT u.document, u.kind, u.page, u.line, u.section, u.text
FROM (SELECT rowid, rank AS r FROM words WHERE words MATCH ?1
      AND (?2 IS NULL OR rowid IN (SELECT rowid FROM words WHERE words MATCH ?2)) ORDER BY rank LIMIT ?3) w
JOIN units u ON u.id = w.rowid ORDER BY w.r, u.id"""
UNRANKED = """
SELECT u.document, u.kind, u.page, u.line, u.section, u.text
FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?) w JOIN units u ON u.id = w.rowid ORDER BY u.id"""
FREQUENCY = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is kept.

    Attributes:
        id: its number. path: as it was added. sha256: of its content. pages: 0 in kinds without pages.
        sentences, tables, doubtful, references: their numbers; `doubtful` tables are among `tables`.
        empty_pages: pages without text.
    """

    id: int
    path: str
    sha256: str
    kind: str
    title: str
    arxiv: str
    doi: str
    version: str
    pages: int
    empty_pages: tuple[int, ...]
    sentences: int
    tables: int
    doubtful: int
    references: int

    @property
    def name(self) -> str:
        """The name of its file."""
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table that is kept, and the document it is from."""

    id: int
    document: Document
    table: PaperTable


class PaperStore:
    """An open file of papers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @property
    def connection(self) -> sqlite3.Connection:
        """The open database, for tables of others in the same file."""
        return self._db

    def hashes(self) -> dict[str, str]:
        """Path → SHA-256 of every document."""
        return dict(self._db.execute("SELECT path, sha256 FROM documents"))

    def moved(self, old: str, new: str) -> None:
        """Gives a document another path."""
        self._db.execute("UPDATE documents SET path = ? WHERE path = ?", (new, old))

    def add(self, path: str, sha256: str, paper: Paper) -> None:
        """Stores a paper in place of the one stored under the same path."""
        self.remove(path)
        number = self._db.execute(
            "INSERT INTO documents (path, sha256, kind, title, arxiv, doi, version, pages, empty_pages) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                path, sha256, paper.kind, paper.title, paper.ids.get("arxiv", ""), paper.ids.get("doi", ""),
                paper.version, paper.pages, json.dumps(paper.empty_pages),
            ),
        ).lastrowid  # fmt: skip
        assert number is not None
        self._db.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?)",
            [(number, s.title, s.level, s.page, s.line) for s in paper.sections],
        )
        self._db.executemany(
            'INSERT INTO "references" VALUES (?, ?, ?)', [(number, n, r) for n, r in enumerate(paper.references, 1)]
        )
        units: list[Unit] = [(number, None, s.kind, s.section, s.page, s.line, s.text, "") for s in paper.sentences]
        for table in paper.tables:
            units += self._keep_table(number, table)
        first = 1 + int(self._db.execute("SELECT coalesce(max(id), 0) FROM units").fetchone()[0])
        self._db.executemany(
            "INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [(first + n, *unit) for n, unit in enumerate(units)]
        )
        self._db.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            [(first + n, indexed(" ".join(unit[-2:]))) for n, unit in enumerate(units)],
        )

    def _keep_table(self, document: int, table: PaperTable) -> Iterator[Unit]:
        grid = table.grid
        number = self._db.execute(
            "INSERT INTO tables (document, label, caption, page, header_rows, latex, cells, lines, doubts) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document, table.label, table.caption, table.page, grid.depth, grid.latex,
                json.dumps(grid.rows, ensure_ascii=False), json.dumps(table.lines),
                json.dumps(table.doubts, ensure_ascii=False),
            ),
        ).lastrowid  # fmt: skip
        shown = [" | ".join(plain(cell, grid.latex) for cell in row) for row in grid.rows]
        depth = min(grid.depth or 1, len(shown))
        over = " ".join(dict.fromkeys(" ".join(shown[:depth]).replace("|", " ").split()))
        for n, text in enumerate(shown):
            line = table.lines[n] if n < len(table.lines) else 0
            yield document, number, ROW, table.label, table.page, line, text, over if n >= depth else ""

    def remove(self, path: str) -> None:
        """Drops a document, if it is kept."""
        found = self._db.execute("SELECT id FROM documents WHERE path = ?", (path,)).fetchone()
        if found is None:
            return
        gone = self._db.execute("SELECT id, text || ' ' || more FROM units WHERE document = ?", found).fetchall()
        self._db.executemany(
            "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", [(n, indexed(text)) for n, text in gone]
        )
        for table in ("sections", "tables", "units", '"references"'):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", found)  # noqa: S608
        self._db.execute("DELETE FROM documents WHERE id = ?", found)

    def commit(self) -> None:
        """Writes the changes to the disk."""
        self._db.commit()

    def documents(self, ids: Iterable[int] | None = None) -> list[Document]:
        """Some documents, or all, in the order of their paths."""
        rows = self._db.execute(
            "SELECT d.*, (SELECT count(*) FROM units u WHERE u.document = d.id AND u.in_table IS NULL), "
            "(SELECT count(*) FROM tables t WHERE t.document = d.id), "
            "(SELECT count(*) FROM tables t WHERE t.document = d.id AND t.doubts != '[]'), "
            '(SELECT count(*) FROM "references" r WHERE r.document = d.id) FROM documents d '
            "WHERE ?1 IS NULL OR d.id IN (SELECT value FROM json_each(?1)) ORDER BY d.path",
            (None if ids is None else json.dumps(sorted(ids)),),
        )
        return [_document(row) for row in rows]

    def tables(self, documents: Iterable[Document] | None = None) -> Iterator[KeptTable]:
        """The tables of some documents, or of all, in order."""
        for document in self.documents() if documents is None else documents:
            rows = self._db.execute(
                "SELECT id, label, caption, page, header_rows, latex, cells, lines, doubts FROM tables "
                "WHERE document = ? ORDER BY id",
                (document.id,),
            )
            for number, label, caption, page, depth, latex, cells, lines, doubts in rows:
                texts = tuple(map(tuple, json.loads(cells)))
                grid = TextGrid(caption, texts, depth, f"page {page}" if page else "", bool(latex))
                table = PaperTable(label, caption, grid, page, tuple(json.loads(lines)), tuple(json.loads(doubts)))
                yield KeptTable(number, document, table)

    def page(self, document: int, page: int) -> list[tuple[str, int, str]]:
        """(kind, line, text) of the sentences on a page, or of all sentences where the kind has no pages."""
        rows = self._db.execute(
            "SELECT kind, line, text FROM units WHERE document = ? AND page = ? AND in_table IS NULL ORDER BY id",
            (document, page),
        )
        return rows.fetchall()

    def frequency(self, expression: str, most: int) -> int:
        """The number of units that match an FTS5 expression, counted up to `most`."""
        return int(self._db.execute(FREQUENCY, (expression, most)).fetchone()[0])

    def first(self, expression: str, limit: int) -> list[Found]:
        """Units that fit an FTS5 expression, so many at most, in the order they were added."""
        return self._db.execute(UNRANKED, (expression, limit)).fetchall()

    def best(self, ranking: str, limit: int, *, among: str | None = None) -> list[Found]:
        """The units that fit an FTS5 expression best, so many at most.

        Args:
            ranking: the expression that ranks them; every word of it costs a pass through the sentences it stands in.
            limit: so many at most.
            among: a further expression that they fit, without weight in the ranking.
        """
        return self._db.execute(RANKED, (ranking, among, limit)).fetchall()


def _document(row: tuple[Any, ...]) -> Document:
    return Document(*row[:9], tuple(json.loads(row[9])), *row[10:])  # type: ignore[call-arg]


def is_store(path: Path) -> bool:
    """True if a file is an SQLite database."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


@contextmanager
def opened(path: Path, *, new: bool = False) -> Iterator[PaperStore]:
    """An open file of papers, written to the disk at the end.

    Args:
        path: the file.
        new: True to create it where there is none.

    Raises:
        InputError: there is no such file, or it is no file of papers.
    """
    exists = path.is_file()
    if not exists and not new:
        raise InputError(str(path), "no such file; make it with `claimgauge sources add FOLDER`")
    if exists and path.stat().st_size and not is_store(path):
        raise InputError(str(path), "is no file of sources; name another with --db")
    try:
        connection = sqlite3.connect(path)
    except sqlite3.Error as error:
        raise InputError(str(path), f"cannot be opened ({error}); choose a folder you can write to with --db") from None
    try:
        _prepare(path, connection)
        yield PaperStore(connection)
        connection.commit()
    except sqlite3.DatabaseError as error:
        raise InputError(str(path), f"cannot be read or written ({error})") from None
    finally:
        connection.close()


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
    known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not known:
        connection.executescript(SCHEMA)
        connection.execute("INSERT INTO about VALUES (?)", (FORMAT,))
        connection.commit()
        known = {"about"}
    found = connection.execute("SELECT format FROM about").fetchone() if "about" in known else None
    if found != (FORMAT,):
        told = f"its format is {found[0]!r}, not {FORMAT!r}" if found else "it is another program's database"
        raise InputError(str(path), f"is no file of sources of this version ({told}); name another with --db")
