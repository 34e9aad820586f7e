"""Papers whose text is laid out as blocks: HTML, JATS, Markdown, Word, LaTeX turned into HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from analysis.files.markup import parsable_sections
from analysis.tables import latex as latex_tables
from analysis.tables import markdown as markdown_tables
from analysis.tables import webpage
from analysis.tables.grid import TextGrid
from claims.library.flowing import Hyphens, PrintedParagraph, TextLine, is_reference_heading, sentences_of
from claims.library.model import BODY, CAPTION, Paper, PaperTable, Section
from claims.library.naming import identified
from claims.library.pdf_lines import TABLE_LABEL, is_caption
from claims.readers.blocks import Block, Heading, TableBlock
from claims.readers.controls import GAP
from claims.readers.html import html_blocks
from claims.readers.markdown import markdown_blocks, plain
from claims.readers.options import DEFAULT_OPTIONS
from claims.readers.sections import section_name

ARTICLE = re.compile(r"<article\b[^<>]*>|<!DOCTYPE\s+article\b", re.IGNORECASE)
JATS_ONLY = re.compile(r"<(?:article-meta|front|journal-meta|table-wrap|sec)\b")
GONE = re.compile(
    r"<(journal-meta|contrib-group|aff|author-notes|permissions|history|kwd-group|funding-group|counts|pub-date|object-id|"
    r"disp-formula|inline-formula|alternatives-graphic|graphic|supplementary-material|custom-meta-group|related-article)\b"
    r"[^<>]*(?:/>|>.*?</\1\s*>)",
    re.DOTALL,
)
DOI = re.compile(r"<article-id\b[^<>]*pub-id-type=[\"']doi[\"'][^<>]*>\s*([^<\s]+)\s*</article-id>")
OWN_TITLE = re.compile(r"(?P<open><(?:abstract|ref-list)\b[^<>]*>)\s*<title>[^<>]*</title>")
"""The title of an abstract or of a list of references, in whose place their kind stands."""
ARTICLE_ID = re.compile(r"<article-id\b[^<>]*>.*?</article-id>", re.DOTALL)
TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>[^<>]*)>")
SAME = {
    "bold": "b", "italic": "i", "p": "p", "list": "ul", "list-item": "li", "def-list": "ul", "sup": "sup", "sub": "sub",
    "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td", "th": "th", "table-wrap": "figure",
    "fig": "figure", "break": "br", "table-wrap-foot": "p", "body": "div", "strike": "s",
}  # fmt: skip
"""Tags of JATS → the tag of HTML in their place."""
KEPT = re.compile(r"\s(?:col|row)span=[\"']\d+[\"']")


APART = frozenset({"label", "title", "p"})
"""Tags behind whose content a blank stands, where they have none in HTML."""
CAPTION_NEXT, LABEL_BEFORE = re.compile(r"\s*<caption\b"), re.compile(r"</label>\s*\Z")


def is_jats(text: str) -> bool:
    """True if a text is an article in JATS."""
    head = text[:20_000]
    return ARTICLE.search(head) is not None and JATS_ONLY.search(head) is not None


def read_jats(name: str, text: str) -> Paper:
    """A paper in JATS."""
    doi = DOI.search(text)
    body = OWN_TITLE.sub(lambda m: m["open"] + _blank(m), ARTICLE_ID.sub(_blank, GONE.sub(_blank, text)))
    paper = read_html("jats", name, jats_html(body))
    return replace(paper, ids=paper.ids | {"doi": doi[1]}) if doi else paper


def jats_html(text: str) -> str:
    """JATS as HTML on the same lines."""
    above: list[str] = []

    def one(found: re.Match[str]) -> str:
        name, lines = found["name"].lower(), "\n" * found[0].count("\n")
        closes = bool(found["close"])
        tag = _tag(name, above)
        if closes:
            if name in above:
                del above[len(above) - 1 - above[::-1].index(name) :]
            if name == "label" and tag:
                return f": {lines}" if CAPTION_NEXT.match(text, found.end()) else f"</{tag}>{lines}"
            return f"</{tag}>{lines}" if tag else f"{' ' if name in APART else ''}{lines}"
        opened = f"<{tag}{''.join(KEPT.findall(found['rest']))}>" if tag else ""
        if name == "caption" and LABEL_BEFORE.search(text, max(0, found.start() - 40), found.start()):
            opened = ""
        before = {"abstract": "<h2>Abstract</h2>", "ref-list": "<h2>References</h2>", "ref": "<li>"}.get(name, "")
        if found["rest"].endswith("/"):
            return f"{before}{opened}{'</' + tag + '>' if tag and tag != 'br' else ''}{lines}"
        above.append(name)
        return f"{before}{opened}{lines}"

    return TAG.sub(one, text)


def _tag(name: str, above: list[str]) -> str:
    """The tag of HTML in place of one of JATS; "" for one that only its content counts of."""
    inside = {"table-wrap", "fig"} & set(above)
    if name == "article-title":
        return "h1" if "ref" not in above and "title-group" in above else ""
    if name == "title":
        if {"abstract", "ref-list"} & set(above) and "sec" not in above:
            return ""
        depth = min(1 + above.count("sec"), 6)
        return "" if inside else f"h{depth}"
    if name in {"label", "caption"}:
        return "figcaption" if inside else ""
    if name == "p" and inside and "caption" in above:
        return ""
    return SAME.get(name, "")


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


MOST_TOLD = 3


def ragged(grid: TextGrid, *, may_end_early: bool = False) -> tuple[str, ...]:
    """Doubts about rows of a table that may not be whole.

    Args:
        grid: the table.
        may_end_early: True if a row may omit cells at its end, as in LaTeX.
    """
    if not grid.rows:
        return ("it has no rows",)
    depth = grid.depth or 1
    width = max(map(len, grid.rows[:depth]))
    doubts = []
    for number, row in enumerate(grid.rows[depth:], depth + 1):
        heading = sum(bool(cell.strip()) for cell in row) < 2
        longer = any(cell.strip() for cell in row[width:])
        shorter = len(row) < width and not heading and not may_end_early
        if longer or shorter:
            doubts.append(f"row {number} has {len(row)} cells below {width} names")
    return tuple(doubts[:MOST_TOLD])


CAPTIONED = ("figcaption", "caption", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li")
"""Tags that may hold the caption of a table beside them."""
LONGEST_TABLE = 500
"""Lines of a table at most, of which the end is looked for."""
NEAREST = 3
"""Blocks or lines on either side of a table in which its caption is looked for."""
DECLARED = re.compile(r"<\?xml\b[^<>]*>?")
SPACED = re.compile(r"\s+")


def as_is(text: str) -> str:
    """A text as it stands."""
    return text


def paper_of_blocks(
    kind: str,
    name: str,
    blocks: Sequence[Block],
    tables: tuple[PaperTable, ...],
    *,
    plain: Callable[[str], str] = as_is,
    references: tuple[str, ...] = (),
    parts: tuple[str, ...] = (),
) -> Paper:
    """A paper made of blocks.

    Args:
        kind: of the file.
        name: of the file.
        blocks: in order.
        tables: as read apart from the blocks.
        plain: takes the markup out of a text.
        references: entries found elsewhere.
        parts: further files the paper took.
    """
    title, section = "", ""
    sections: list[Section] = []
    paragraphs: list[PrintedParagraph] = []
    listed: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            text = _one_line(plain(block.text))
            if block.level == 1 and not title and not sections:
                title = text
                continue
            section = section_name(text)
            sections.append(Section(section, block.level, 0, block.line))
        elif not isinstance(block, TableBlock):
            text = _shown(plain(block.text))
            if not text:
                continue
            if is_reference_heading(section):
                listed.append(text)
                continue
            lines = tuple(
                TextLine(_shown(line), 0, block.line + n if block.line else 0)
                for n, line in enumerate(plain(block.text).split("\n"))
            )
            paragraphs.append(PrintedParagraph(lines, section, CAPTION if is_caption(text) else BODY))
    hyphens = Hyphens(line.text for p in paragraphs for line in p.lines)
    first = "\n".join([title, *(line.text for p in paragraphs[:6] for line in p.lines)])
    ids, version = identified(name, first)
    sentences = tuple(s for p in paragraphs for s in sentences_of(p, hyphens))
    return Paper(
        kind, title, ids, version, 0, tuple(sections), sentences, tables, references or tuple(listed), parts=parts
    )


def read_html(kind: str, name: str, text: str) -> Paper:
    """A paper in HTML; `kind` is what the file itself is."""
    text = DECLARED.sub(" ", text)
    return paper_of_blocks(kind, name, html_blocks(text), tuple(html_tables(text)))


def html_tables(text: str) -> Iterator[PaperTable]:
    """The tables of an HTML text, with the captions that stand in, around or beside them."""
    text = DECLARED.sub(" ", text)
    page = BeautifulSoup(parsable_sections(text), "html.parser")
    tags = [table for table in page.find_all("table") if table.find("table") is None]
    captions = _captions(tags)
    starts = [table.sourceline or 0 for table in tags]
    grids = {grid.pointer: grid for grid in webpage.grids(text)}
    numbers = [n for n, table in enumerate(page.find_all("table"), 1) if table.find("table") is None]
    for number, caption, line in zip(numbers, captions, starts, strict=True):
        grid = grids.get(f"table {number} of the page")
        if grid and any(cell.strip() for row in grid.rows for cell in row):
            caption = caption or grid.caption
            yield _table(replace(grid, caption=caption), line)


def read_markdown(name: str, text: str) -> Paper:
    """A paper in Markdown, also as converters write it: pipe tables, HTML tables, LaTeX tables."""
    blocks = markdown_blocks(text, DEFAULT_OPTIONS)
    return paper_of_blocks("markdown", name, blocks, tuple(_markdown_tables(text)), plain=plain)


def _markdown_tables(text: str) -> Iterator[PaperTable]:
    rows = text.splitlines()
    found: list[tuple[int, int, TextGrid]] = []
    for grid in markdown_tables.grids(text):
        at = int(grid.pointer.removeprefix("line "))
        told = "" if TABLE_LABEL.match(_one_line(grid.caption)) else grid.caption
        found.append((at, at + len(grid.rows), replace(grid, caption=told)))
    for table in html_tables(text):
        at = table.lines[0] if table.lines else 0
        found.append((at, _end(rows, at, "</table"), replace(table.grid, caption=table.caption)))
    for grid in latex_tables.grids(text):
        at = int(grid.pointer.removeprefix("line "))
        end = _end(rows, at, "\\end{table}") or _end(rows, at, "\\end{tab") or at
        found.append((at, end, grid))
    found.sort(key=lambda one: one[0])
    ends = [0, *(max(at, end) for at, end, _ in found)]
    begins = [*(at for at, _, _ in found), len(rows) + 1]
    beside = captions_beside(
        [
            (
                _labelled(rows, range(begins[n] - 1, max(ends[n], begins[n] - 1 - 2 * NEAREST), -1)),
                _labelled(rows, range(ends[n + 1] + 1, min(begins[n + 1], ends[n + 1] + 1 + 2 * NEAREST))),
            )
            for n in range(len(found))
        ]
    )
    for (at, _, grid), caption in zip(found, beside, strict=True):
        own = grid.latex and grid.caption
        yield _table(replace(grid, caption=own or caption or grid.caption), at)


Place = tuple[int, str]
"""A number that tells a text from others (its line, or the id of its tag), and the text."""


def captions_beside(near: Sequence[tuple[Place | None, Place | None]]) -> list[str]:
    """The captions of tables, all above or all below, whichever finds more; then those that are left.

    Args:
        near: for every table, the text that begins with a table's name above it, and the one below it.
    """
    side = 0 if sum(above is not None for above, _ in near) >= sum(below is not None for _, below in near) else 1
    chosen: list[Place | None] = []
    for pair in near:
        chosen.append(pair[side] if pair[side] not in chosen else None)
    for n, pair in enumerate(near):
        if chosen[n] is None and pair[1 - side] not in chosen:
            chosen[n] = pair[1 - side]
    return [place[1] if place else "" for place in chosen]


def _labelled(rows: Sequence[str], lines: Iterable[int]) -> Place | None:
    """The first of some lines that begins with a table's name."""
    for number in lines:
        if 1 <= number <= len(rows):
            text = _one_line(plain(rows[number - 1]).lstrip("#*_> "))
            if TABLE_LABEL.match(text):
                return number, text
    return None


def _end(rows: Sequence[str], at: int, sign: str) -> int:
    """The number of the line, at or below a line, that holds a sign; 0 where none near does."""
    return next((n for n in range(at, min(len(rows), at + LONGEST_TABLE) + 1) if sign in rows[n - 1].lower()), 0)


def _table(grid: TextGrid, line: int) -> PaperTable:
    caption = _one_line(grid.caption)
    found = TABLE_LABEL.match(caption)
    return PaperTable(found["label"] if found else "", caption, grid, 0, (line,) * len(grid.rows), ragged(grid))


def _captions(tables: Sequence[Tag]) -> list[str]:
    """The captions of tables: their own, their figures', or texts beside them that begin with a table's name."""
    own = [_own_caption(table) for table in tables]
    open_ones = [table for table, caption in zip(tables, own, strict=True) if not caption]
    beside = iter(
        captions_beside(
            [
                (
                    _first_labelled(table.find_all_previous(CAPTIONED, limit=NEAREST)),
                    _first_labelled(table.find_all_next(CAPTIONED, limit=40)),
                )
                for table in open_ones
            ]
        )
    )
    return [caption or next(beside) for caption in own]


def _own_caption(table: Tag) -> str:
    own = table.find("caption")
    if own is not None:
        return _one_line(own.get_text(" ", strip=True))
    figure = table.find_parent(["figure", "table-wrap"])
    if figure is not None:
        return " ".join(_one_line(tag.get_text(" ", strip=True)) for tag in figure.find_all("figcaption"))
    return ""


def _first_labelled(tags: Iterable[object]) -> Place | None:
    outside = [tag for tag in tags if isinstance(tag, Tag) and tag.find_parent("table") is None]
    for tag in outside[:NEAREST]:
        text = _one_line(tag.get_text(" ", strip=True))
        if TABLE_LABEL.match(text):
            return id(tag), text
    return None


def _one_line(text: str) -> str:
    return SPACED.sub(" ", text).strip()


def _shown(text: str) -> str:
    return _one_line(text.replace(GAP, "[…]"))
