"""Made-up papers in DOCX, and printed by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from made_papers import Cell, Made, MadePaper

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:keepNext/></w:pPr>'
    f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    for n, size in ((1, 32), (2, 26))
)
SHEET = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="900" w:bottom="900" w:left="900" w:right="900"/>'
SIZE = 14
"""Half points of letters in tables."""
ALL = ["top", "left", "bottom", "right", "insideH", "insideV"]


def write_docx(paper: MadePaper, path: Path, *, columns: int = 1, framed: bool = True) -> None:
    """A paper as a DOCX file."""
    body, number = [_paragraph(paper.title, style="Heading1")], 0
    for head, paragraphs, tables in paper.sections:
        body += [_paragraph(head, style="Heading2"), _paragraph(paragraphs[0])]
        for table in tables:
            number += 1
            body += [_paragraph(f"Table {number}: {table.caption}", size=18), _table(table, framed), _paragraph("")]
        body += [_paragraph(text) for text in paragraphs[1:]]
    page = f'<w:sectPr>{SHEET}<w:cols w:num="{columns}" w:space="400"/></w:sectPr>'
    whole = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}{page}</w:body></w:document>'
    link = f'<Relationship Id="r1" Type="{OFFICES}/{{}}" Target="{{}}"/>'
    links = f'<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", links.format("officeDocument", "word/document.xml"))
        file.writestr("word/_rels/document.xml.rels", links.format("styles", "styles.xml"))
        file.writestr("word/styles.xml", f'<w:styles xmlns:w="{WORD}">{STYLES}</w:styles>')
        file.writestr("word/document.xml", whole)


def write(paper: MadePaper, folder: Path, *, columns: int, framed: bool) -> Path:
    """The paper as a PDF in a folder."""
    assert OFFICE is not None
    write_docx(paper, folder / "paper.docx", columns=columns, framed=framed)
    call = [OFFICE, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*call, str(folder), str(folder / "paper.docx")], capture_output=True, check=True, timeout=180)
    return folder / "paper.pdf"


def _run(said: str, *, bold: bool = False, size: int = 20, raised: bool = False) -> str:
    raising = '<w:vertAlign w:val="superscript"/>' if raised else ""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>{raising}'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(said)}</w:t></w:r>'


def _paragraph(said: str, *, style: str = "", size: int = 20) -> str:
    if style:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(said)}</w:t></w:r></w:p>'
    return f'<w:p><w:pPr><w:spacing w:after="80"/></w:pPr>{_run(said, size=size)}</w:p>'


def _borders(names: list[str]) -> str:
    return "".join(f'<w:{name} w:val="single" w:sz="6" w:space="0" w:color="000000"/>' for name in names)


def _table(table: Made, framed: bool) -> str:
    borders = f"<w:tblBorders>{_borders(ALL if framed else ['top', 'bottom'])}</w:tblBorders>"
    rows = []
    for n, header in enumerate(table.header):
        last = not framed and n == len(table.header) - 1
        cells = [_cell(Cell(name, bold=True), span, middle=True, ruled=last) for name, span in header]
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    for row in table.body:
        if len(row) == 1 and table.width > 1:
            rows.append(f"<w:tr>{_cell(row[0], table.width)}</w:tr>")
            continue
        cells = [_cell(cell, 1, middle=at >= table.words) for at, cell in enumerate(row)]
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    first = 2200 if framed else 1600
    each = ((10000 if framed else 4800) - first * table.words) // (table.width - table.words)
    widths = [first if n < table.words else each for n in range(table.width)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/>{borders}<w:tblLayout w:type="autofit"/></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell(cell: Cell, span: int, *, middle: bool = False, ruled: bool = False) -> str:
    look = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += f"<w:tcBorders>{_borders(['bottom'])}</w:tcBorders>" if ruled else ""
    side = '<w:pPr><w:jc w:val="center"/></w:pPr>' if middle else ""
    said = _run(cell.text, bold=cell.bold, size=SIZE) + (_run(cell.mark, size=SIZE, raised=True) if cell.mark else "")
    return f"<w:tc><w:tcPr>{look}</w:tcPr><w:p>{side}{said}</w:p></w:tc>"
