"""PDF and Word: raised figures, page numbers, bullets, tracked changes, hidden text, formulas."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from report_files import pdf_of, read_text, texts

from claims.readers.controls import GAP

pytest.importorskip("pypdf", reason="reading PDF needs pypdf (claimgauge[pdf])")
pytest.importorskip("mammoth", reason="reading DOCX needs mammoth (claimgauge[docx])")

HEAD = "BT /F1 10 Tf 72 700 Td (Claims) Tj 0 -14 Td "


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ("(- It gains 0.9) Tj /F1 7 Tf 70 3.6 Td (1) Tj /F1 10 Tf 4 -3.6 Td ( points.) Tj ET", "It gains 0.9 points."),
        ("(- It gains 0.9) Tj /F1 7 Tf 3.6 Ts (1) Tj 0 Ts /F1 10 Tf ( points.) Tj ET", "It gains 0.9 points."),
        ("(- The 4) Tj /F1 7 Tf 40 3.6 Td (th) Tj /F1 10 Tf 9 -3.6 Td ( task.) Tj ET", "The 4th task."),
        ("(- F) Tj /F1 7 Tf 20 -2 Td (1) Tj /F1 10 Tf 4 2 Td ( falls.) Tj ET", "F1 falls."),
        ("(- It has 10) Tj /F1 7 Tf 70 3.6 Td (6) Tj /F1 10 Tf 4 -3.6 Td ( items.) Tj ET", f"It has 10{GAP} items."),
        ("(- X) Tj /F1 8 Tf (TREME) Tj /F1 10 Tf ( is large.) Tj ET", "XTREME is large."),
    ],
)
def test_text_of_a_pdf_that_is_off_the_line_is_no_part_of_a_number(tmp_path: Path, drawn: str, said: str) -> None:
    assert texts(read_text(tmp_path, pdf_of(HEAD + drawn), "r.pdf")) == [said]


def test_text_that_is_off_the_line_is_told_from_it_where_columns_are_kept_too() -> None:
    import pypdf

    from claims.readers.pdf import page_text

    once = "(It gains 0.9) Tj /F1 7 Tf 44 3.6 Td (1) Tj /F1 10 Tf 4 -3.6 Td ( points.) Tj"
    page = pypdf.PdfReader(io.BytesIO(pdf_of(f"{HEAD}{once} ET"))).pages[0]
    assert "0.9 points." in " ".join(page_text(page, "layout").split())
    twice = f"{HEAD}{once} -48 -14 Td (A loss of 0.91 points.) Tj ET"
    page = pypdf.PdfReader(io.BytesIO(pdf_of(twice))).pages[0]
    assert page_text(page, "layout").count(f"0.9{GAP}") == 2


def lines(*told: str) -> str:
    return "BT /F1 10 Tf 72 700 Td " + " 0 -14 Td ".join(f"({line}) Tj" for line in told) + " ET"


def test_page_numbers_join_no_claim_and_part_none(tmp_path: Path) -> None:
    pages = (
        lines("Claims", "1. It holds for all tasks, which", "1"),
        lines("are nine in number.", "2. It ends.", "2"),
        lines("3. It goes on.", "3"),
    )
    report = read_text(tmp_path, pdf_of(*pages), "r.pdf")
    assert texts(report) == ["It holds for all tasks, which are nine in number.", "It ends.", "It goes on."]


def test_page_numbers_at_the_top_join_no_claim(tmp_path: Path) -> None:
    pages = (lines("Claims", "- It holds for"), lines("2", "all tasks."), lines("3", "- It ends."))
    assert texts(read_text(tmp_path, pdf_of(*pages), "r.pdf")) == ["It holds for all tasks.", "It ends."]


def test_bullets_of_symbol_fonts_are_bullets(tmp_path: Path) -> None:
    text = "Claims\n\n\x88 It holds\nfor all.\n\uf0b7 It ends.\n"
    assert texts(read_text(tmp_path, text, "r.txt")) == ["It holds for all.", "It ends."]


def test_a_line_that_a_note_strikes_out_is_not_taken_at_its_word(tmp_path: Path) -> None:
    note = "<< /Type /Annot /Subtype /StrikeOut /Rect [100 684 120 696] >>"
    drawn = pdf_of(lines("Claims", "- It does not help.", "- It holds."), annotation=note)
    struck, whole = texts(read_text(tmp_path, drawn, "r.pdf"))
    assert struck.endswith(GAP)
    assert whole == "It holds."


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
STYLES = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:strike/></w:rPr></w:style></w:styles>'
)


def word(*paragraphs: str) -> bytes:
    """A Word document: a heading "Claims" and paragraphs of runs, with the claims parted by a table's rows."""
    rows = "".join(f"<w:tr><w:tc><w:p>{p}</w:p></w:tc><w:tc><w:p>{run('yes')}</w:p></w:tc></w:tr>" for p in paragraphs)
    head = f"<w:tr><w:tc><w:p>{run('Claim')}</w:p></w:tc><w:tc><w:p>{run('Verdict')}</w:p></w:tc></w:tr>"
    body = f"<w:document {NAMESPACES}><w:body><w:tbl>{head}{rows}</w:tbl></w:body></w:document>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        relation = f'<Relationship Id="r1" Type="{OFFICE}officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>')
        styles = f'<Relationship Id="r1" Type="{OFFICE}styles" Target="styles.xml"/>'
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONS}">{styles}</Relationships>')
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/document.xml", body)
    return written.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (run("It does ") + run("not ", "<w:strike/>") + run("help."), "It does help."),
        (run("It does ") + run("not ", "<w:dstrike/>") + run("help."), "It does help."),
        (run("It does ") + run("not ", '<w:strike w:val="0"/>') + run("help."), "It does not help."),
        (run("It does ") + run("not ", '<w:rStyle w:val="Old"/>') + run("help."), "It does help."),
        (run("It does ") + run("not ", "<w:vanish/>") + run("help."), "It does help."),
        (run("It ") + "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>" + run("helps."), "It helps."),
        (run("It ") + f"<w:ins>{run('really ')}</w:ins>" + run("helps."), "It really helps."),
        (run("It ") + f"<w:moveFrom>{run('not ')}</w:moveFrom>" + run("helps."), "It helps."),
        (run("It ") + f"<w:moveTo>{run('really ')}</w:moveTo>" + run("helps."), "It really helps."),
        (run("By 0.9") + run("1", '<w:vertAlign w:val="superscript"/>') + run(" points."), "By 0.9 points."),
        (run("By ") + "<m:oMath><m:r><m:t>8.2</m:t></m:r></m:oMath>" + run(" points."), "By 8.2 points."),
        (
            run("By ")
            + "<m:oMath><m:f><m:num><m:r><m:t>8</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
            + run(" points."),
            f"By {GAP} points.",
        ),
        (run("See ") + f'<w:fldSimple w:instr=" REF t1 ">{run("Table 1")}</w:fldSimple>' + run("."), "See Table 1."),
    ],
)
def test_a_word_document_says_what_is_neither_deleted_nor_hidden(tmp_path: Path, runs: str, said: str) -> None:
    assert texts(read_text(tmp_path, word(runs), "r.docx")) == [said]
