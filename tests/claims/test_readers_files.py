"""Files as they lie on disk: encodings, binary kinds, and everything a reader must refuse."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from analysis.errors import InputError, MissingDataError, UsageError
from claims.readers import ReadOptions, read_report
from claims.report import Report

TEXT = "Größe – “and” order\n\nClaim\tVerified\tConfidence\nGröße matters.\t✓\t0.18\n\nEnd.\n"


def read(tmp_path: Path, data: bytes, name: str = "report.txt", **options: int) -> Report:
    path = tmp_path / name
    path.write_bytes(data)
    return read_report(path, options=ReadOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_with_a_mark_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    report = read(tmp_path, TEXT.replace("\n", end).encode(encoding))
    assert [(c.text, c.mark_raw, c.confidence, c.line) for c in report.claims] == [("Größe matters.", "✓", 0.18, 4)]
    assert report.title == "Größe – “and” order"


def test_western_single_bytes_are_read_where_nothing_speaks_against_them(tmp_path: Path) -> None:
    report = read(tmp_path, TEXT.replace("✓", "yes").encode("cp1252"))
    assert report.claims[0].text == "Größe matters."


def test_the_digest_and_the_path_are_kept_as_they_are(tmp_path: Path) -> None:
    report = read(tmp_path, TEXT.encode())
    assert report.path == str(tmp_path / "report.txt")
    assert len(report.sha256) == 64


def test_a_first_line_that_tells_the_source_is_no_part_of_the_report(tmp_path: Path) -> None:
    report = read(tmp_path, b"SOURCE: a public file @abc\nid,text\n1,It holds.\n")
    assert (report.layout, report.claims[0].text, report.claims[0].line) == ("table", "It holds.", 3)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "is empty"),
        (b" \n\n\t ", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a PNG image, which no reader reads; save it as text"),
        (b"PK\x03\x04rest", "is a ZIP archive that is no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1", "is an old Office file"),
        (bytes(range(32)) * 40, "is binary: .* controls"),
        (
            b"Claim\tVerified\nIt \x81\xe4 holds.\tyes\n",
            "cannot be decoded: byte 0x81 at offset 18 is not UTF-8, and no other encoding fits",
        ),
        (b"\xff\xfeC\x00l\x00a", "cannot be decoded: .* is not UTF-16"),
        (
            b"Just some words, and no claim at all.\n",
            r"holds no claim \(read as text\); looked for .* map = 'claim=NAME'",
        ),
        (b"# Title\n\n| Count | Status |\n|---|---|\n| 3 | done |\n", "read as markdown.*it has 'Count', 'Status'"),
        (b'{"a": [1, 2, 3]}', "holds no claim .read as json"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, data: bytes, fault: str) -> None:
    with pytest.raises(InputError, match=fault) as caught:
        read(tmp_path, data)
    assert caught.value.exit_code == 3
    assert caught.value.where == str(tmp_path / "report.txt")
    assert len(caught.value.faults) == 1


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file; check the path"):
        read_report(tmp_path / "gone.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_report(tmp_path)
    with pytest.raises(InputError, match="cannot be opened"):
        read_report(tmp_path / "a\0b")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("was read"))
    path = tmp_path / "large.txt"
    path.touch()
    with path.open("wb") as file:
        file.truncate(10_000_001)
    with pytest.raises(InputError, match="has 10,000,001 bytes, more than the 10,000,000 allowed"):
        read_report(path)


def test_a_role_that_does_not_exist_is_a_mistake_in_the_call() -> None:
    with pytest.raises(UsageError, match="unknown role 'verdict'; the roles are claim, mark, confidence"):
        ReadOptions(columns={"verdict": "x"})


# ------------------------------------------------------------------------------------ PDF


def pdf(*pages: list[str]) -> bytes:
    """A PDF of lines, set one below the other."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, lines in enumerate(pages):
        shown = "".join(f"1 0 0 1 72 {720 - 14 * n} Tm ({line}) Tj " for n, line in enumerate(lines))
        stream = f"BT /F1 11 Tf {shown}ET"
        page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R"
        objects += [
            f"<< {page} /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    body, places = b"%PDF-1.4\n", []
    for n, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{n} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return body + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


FIRST = [
    "On Order",
    "Abstract",
    "It works.",
    "2 Extracted Claims",
    "Claim Verified Confidence",
    "Order mat-",
    "ters much.",
]
SECOND = ["Yes 0.30", "Size does not.", "Refuted 0.20", "References", "arXiv:2005.13013v2"]


def test_a_pdf_is_read_over_its_pages(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    report = read(tmp_path, pdf(FIRST, SECOND), "report.bin")
    assert report.layout == "pdf"
    assert report.title == "On Order"
    assert {c.line for c in report.claims} == {0}
    assert [(c.text, c.mark_raw, c.confidence_raw) for c in report.claims] == [
        ("Order matters much.", "Yes", "0.30"),
        ("Size does not.", "Refuted", "0.20"),
    ]
    assert [reference.arxiv for reference in report.references] == ["2005.13013"]


def test_a_pdf_without_text_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(InputError, match="PDF without text, perhaps a scan"):
        read(tmp_path, pdf([]))
    with pytest.raises(InputError, match="PDF that cannot be read"):
        read(tmp_path, b"%PDF-1.4\nnothing else")


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    (tmp_path / "open.pdf").write_bytes(pdf(FIRST))
    writer = pypdf.PdfWriter(clone_from=tmp_path / "open.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(InputError, match="locked by a password"):
        read_report(tmp_path / "locked.pdf")


def test_without_pypdf_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingDataError, match=r'pip install "claimgauge\[pdf\]"') as caught:
        read(tmp_path, pdf(FIRST))
    assert caught.value.exit_code == 4


# ------------------------------------------------------------------------------------ DOCX


def docx(path: Path, *rows: tuple[str, ...]) -> Path:
    """A Word document with a heading and a table."""

    def paragraph(text: str, style: str = "") -> str:
        return (
            f"<w:p>{f'<w:pPr><w:pStyle w:val={style!r}/></w:pPr>' if style else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"
        )

    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(c)}</w:tc>' for c in row)}</w:tr>" for row in rows)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        body = f"{paragraph('On Order', 'Heading1')}<w:tbl>{cells}</w:tbl>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return path


def test_a_word_document_is_read(tmp_path: Path) -> None:
    pytest.importorskip("mammoth")
    report = read_report(docx(tmp_path / "a", ("Claim", "Verdict"), ("It holds.", "✓"), ("It does not.", "✗")))
    assert (report.layout, report.title) == ("docx", "On Order")
    assert [(claim.text, claim.mark) for claim in report.claims] == [("It holds.", "yes"), ("It does not.", "no")]


def test_without_mammoth_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    with pytest.raises(MissingDataError, match=r'pip install "claimgauge\[docx\]"'):
        read_report(docx(tmp_path / "a.docx", ("Claim", "Verdict")))
