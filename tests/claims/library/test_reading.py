"""Papers of every kind: the same table, the same sentences, the same contradictions."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from example_papers import SOURCES, writer

from analysis.errors import ClaimgaugeError, InputError
from analysis.tables.markup import plain
from claims.library.model import Paper
from claims.library.reading import PartError, read_paper
from claims.self_audit.auditing import audit_paper

MAKER = writer()
ROWS = [*MAKER.GAINS, *MAKER.SCORES]
SENTENCES = (
    "Counting as the warm-up task gives an average improvement of 1.3 points.",
    "Our best model gains 2.4 points on average over Drift.",
    "Reef, Shoal and Cape do not have separate validation sets.",
)
CAPTION = "Gains of one warm-up task, and test scores."


def html_rows(tag: str = "b") -> str:
    def row(cells: tuple[str, ...]) -> str:
        return "".join(f"<td>{f'<{tag}>{c[1:]}</{tag}>' if c.startswith('*') else c}</td>" for c in cells)

    head = "".join(f"<th>{name}</th>" for name in MAKER.HEADER[1])
    return f"<thead><tr>{head}</tr></thead><tbody>" + "".join(f"<tr>{row(cells)}</tr>" for cells in ROWS) + "</tbody>"


def html() -> str:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return (
        f"<!doctype html><html><body><h1>{MAKER.TITLE}</h1><h2>Abstract</h2>{text}<h2>Results</h2>"
        f"<figure><table>{html_rows()}</table><figcaption>Table 1: {CAPTION}</figcaption></figure>"
        f"<h2>References</h2><ul><li>A. Moor. 2021. Drift.</li></ul></body></html>"
    )


def jats() -> str:
    text = "".join(f"<p>{sentence}</p>\n" for sentence in SENTENCES)
    return (
        '<?xml version="1.0"?>\n<article><front><article-meta>'
        '<article-id pub-id-type="doi">10.1234/tides.1</article-id>'
        f"<title-group><article-title>{MAKER.TITLE}</article-title></title-group>\n"
        f"<abstract><title>Abstract</title>{text}</abstract></article-meta></front>\n<body><sec><title>Results</title>"
        f'<p>See <xref rid="t1">Table 1</xref>.</p>\n<table-wrap id="t1"><label>Table 1</label><caption><p>{CAPTION}</p></caption>'
        f"<table>{html_rows('bold')}</table></table-wrap></sec></body>\n"
        "<back><ref-list><title>References</title><ref><mixed-citation>A. Moor. 2021. Drift.</mixed-citation></ref></ref-list></back></article>"
    )


def markdown() -> str:
    head = "| " + " | ".join(MAKER.HEADER[1]) + " |\n|" + "---|" * 6
    rows = "\n".join("| " + " | ".join(f"**{c[1:]}**" if c.startswith("*") else c for c in row) + " |" for row in ROWS)
    text = "\n\n".join(SENTENCES)
    return f"# {MAKER.TITLE}\n\n## Abstract\n\n{text}\n\n## Results\n\nTable 1: {CAPTION}\n\n{head}\n{rows}\n\n## References\n\n- A. Moor. 2021. Drift.\n"


def mineru() -> str:
    """Markdown as MinerU writes it: tables in HTML, their captions in the line above."""
    text = "\n\n".join(SENTENCES)
    table = f"<html><body><table>{html_rows()}</table></body></html>"
    return f"# {MAKER.TITLE}\n\n# Abstract\n\n{text}\n\n# 1 Results\n\nTable 1: {CAPTION}\n\n{table}\n\n# References\n\nA. Moor. 2021. Drift.\n"


def nougat() -> str:
    """Markdown as nougat writes it: tables in LaTeX."""
    rows = "\\\\\n".join(" & ".join(f"\\textbf{{{c[1:]}}}" if c.startswith("*") else c for c in row) for row in ROWS)
    head = " & ".join(MAKER.HEADER[1])
    table = f"\\begin{{table}}\n\\begin{{tabular}}{{lrrrrr}}\n\\hline\n{head}\\\\\n\\hline\n{rows}\\\\\n\\hline\n\\end{{tabular}}\n\\end{{table}}"
    text = "\n\n".join(SENTENCES)
    return f"# {MAKER.TITLE}\n\n## Abstract\n\n{text}\n\n## 1 Results\n\n{table}\nTable 1: {CAPTION}\n\n## References\n\n* A. Moor. 2021. Drift.\n"


def text() -> str:
    lines = [f"{row[0]:22}" + "".join(f"{cell.lstrip('*'):>8}" for cell in row[1:]) for row in (MAKER.HEADER[1], *ROWS)]
    table = "\n".join([lines[0], "-" * 62, *lines[1:]])
    told = "\n".join(SENTENCES)
    return f"{MAKER.TITLE}\n\nAbstract\n\n{told}\n\nResults\n\nTable 1: {CAPTION}\n\n{table}\n\nReferences\n\n[1] A. Moor. 2021. Drift.\n"


def docx(path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def paragraph(said: str, style: str = "") -> str:
        look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{look}<w:r><w:t>{said}</w:t></w:r></w:p>"

    def cell(said: str) -> str:
        bold = "<w:rPr><w:b/></w:rPr>" if said.startswith("*") else ""
        return f"<w:tc><w:p><w:r>{bold}<w:t>{said.lstrip('*')}</w:t></w:r></w:p></w:tc>"

    rows = "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in (MAKER.HEADER[1], *ROWS))
    body = paragraph(MAKER.TITLE, "Heading1") + paragraph("Abstract", "Heading2") + "".join(map(paragraph, SENTENCES))
    body += paragraph("Results", "Heading2") + paragraph(f"Table 1: {CAPTION}") + f"<w:tbl>{rows}</w:tbl>"
    body += paragraph("References", "Heading2") + paragraph("A. Moor. 2021. Drift.")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2)
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        file.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        )
        file.writestr("word/styles.xml", f'<w:styles xmlns:w="{word}">{styles}</w:styles>')
        file.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>')


WRITTEN = {
    "page.html": html, "article.xml": jats, "paper.md": markdown, "mineru.md": mineru, "nougat.mmd": nougat, "paper.txt": text,
}  # fmt: skip
KINDS = {
    "page.html": "html", "article.xml": "jats", "paper.md": "markdown", "mineru.md": "markdown", "nougat.mmd": "markdown",
    "paper.txt": "text", "paper.docx": "docx",
}  # fmt: skip


def paper(tmp_path: Path, name: str) -> Paper:
    path = tmp_path / name
    if name in WRITTEN:
        path.write_text(WRITTEN[name](), encoding="utf-8")
    else:
        docx(path)
    return read_paper(path)[0]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_gives_the_same_table_sentences_and_references(tmp_path: Path, name: str) -> None:
    read = paper(tmp_path, name)
    assert read.kind == KINDS[name]
    assert read.title == MAKER.TITLE
    said = [sentence.text for sentence in read.sentences]
    assert [sentence for sentence in SENTENCES if sentence in said] == list(SENTENCES)
    assert "Abstract" in {s.section for s in read.sentences if s.text in SENTENCES}
    (table,) = read.tables
    assert table.label == "Table 1"
    assert CAPTION in table.caption
    assert table.doubts == ()
    cells = [tuple(plain(cell, table.grid.latex) for cell in row) for row in table.grid.rows]
    assert cells == [MAKER.HEADER[1], *(tuple(cell.lstrip("*") for cell in row) for row in ROWS)]
    assert len(read.references) == 1
    assert "Moor" in read.references[0]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_contradicts_itself_alike(tmp_path: Path, name: str) -> None:
    codes = [finding.code for finding in audit_paper(paper(tmp_path, name)).findings]
    assert codes == ["average-differs", "number-differs", "baseline-decides"]


def test_latex_brings_in_its_parts_writes_macros_out_and_numbers_references(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "results.tex").write_text(
        "\\section{Results}\n\\ours{} is best in Table~\\ref{t}.\n\\begin{table}\\caption{Scores.}\\label{t}\n"
        "\\begin{tabular}{lrr}\\toprule Model & \\multicolumn{2}{c}{Sets}\\\\ & A & B\\\\ \\midrule\n"
        "\\ours & \\textbf{81.2} & \\num{3.0}\\\\ Base & 78.1 & 2.9\\\\ \\bottomrule\\end{tabular}\\end{table}\n"
    )
    main = tmp_path / "main.tex"
    main.write_text(
        "\\documentclass{article}\\newcommand{\\ours}{OurNet}\\newcommand{\\num}[1]{#1}\n"
        "\\title{T}\\begin{document}\n% \\input{missing}\n\\input{parts/results}\n\\input{../outside}\\end{document}\n"
    )
    read = read_paper(main)[0]
    assert [s.text for s in read.sentences][:1] == ["OurNet is best in Table 1."]
    assert read.tables[0].label == "Table 1"
    assert [tuple(plain(c, latex=True) for c in row) for row in read.tables[0].grid.rows[2:]] == [
        ("OurNet", "81.2", "3.0"),
        ("Base", "78.1", "2.9"),
    ]


def test_the_version_is_told_by_the_stamp_on_the_first_page_before_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "paper_v1.txt"
    path.write_text("arXiv:2101.00001v3 [cs.CL] 1 Jan 2021\n\nA Title\n\nA sentence about arXiv:1910.11856v1.\n")
    read = read_paper(path)[0]
    assert (read.ids["arxiv"], read.version) == ("2101.00001", "v3")


def test_words_broken_at_line_ends_are_joined_and_compounds_keep_their_hyphen() -> None:
    said = [sentence.text for sentence in read_paper(SOURCES / "tides_v1.pdf")[0].sentences]
    assert "A model that reads tide tables is trained on a warm-up task first." in said
    assert "Quay and Reef benefit universally from a warm-up task." in said


def test_a_file_without_a_sentence_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    path.write_text("<html><body><table><tr><td></td></tr></table></body></html>")
    with pytest.raises(InputError, match="holds no sentence"):
        read_paper(path)


@pytest.mark.parametrize("name", ["tides_v1.pdf", "tides_v2.tex", "article.xml", "paper.md"])
def test_a_damaged_file_gives_a_paper_or_one_error_of_ours(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    whole = WRITTEN[name]().encode() if name in WRITTEN else (SOURCES / name).read_bytes()
    path = tmp_path / name
    refused: list[str] = []
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 40))):
            at = chance.randrange(len(data))
            if chance.random() < 0.6:
                data[at] = chance.randrange(256)
            else:
                del data[at : at + chance.randrange(60)]
        path.write_bytes(data)
        try:
            audit_paper(read_paper(path)[0])
        except (ClaimgaugeError, PartError) as error:
            refused.append(str(error))
    assert len(refused) < 25
    assert all(len(told.splitlines()) == 1 for told in refused)


@pytest.mark.parametrize("side", ["above", "below"])
@pytest.mark.parametrize("kind", ["md", "html"])
def test_captions_on_one_side_of_their_tables_go_with_them(tmp_path: Path, side: str, kind: str) -> None:
    parts = []
    for number, score in ((1, "71.2"), (2, "64.0")):
        caption = f"Table {number}: Scores."
        table = f"| Model | Quay |\n|---|---|\n| Alpha | {score} |\n| Beta | 1.0 |"
        if kind == "html":
            caption = f"<p>{caption}</p>"
            table = f"<table><tr><th>Model</th><th>Quay</th></tr><tr><td>Alpha</td><td>{score}</td></tr></table>"
        parts += [caption, table] if side == "above" else [table, caption]
    path = tmp_path / f"p.{kind}"
    head = "# A title\n" if kind == "md" else "<!doctype html><html><body><h1>A title</h1>"
    path.write_text("\n\n".join([head, *parts, "The end is here."]), encoding="utf-8")
    found = {table.label: table.grid.rows[1][1] for table in read_paper(path)[0].tables}
    assert found == {"Table 1": "71.2", "Table 2": "64.0"}
