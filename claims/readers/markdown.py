"""Markdown: pipe tables, HTML tables, tab-separated tables, headings, fields and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from claims.readers import text as plain_text
from claims.readers.blocks import Block, Heading, ListItem, Paragraph, TableBlock, TableRow
from claims.readers.choose import MARKDOWN_ENDINGS
from claims.readers.draft import Draft, Layout, as_it_stands
from claims.readers.head import reference
from claims.readers.markup import without_comments
from claims.readers.options import ReadOptions
from claims.readers.prose import read_blocks
from claims.readers.source import ReportFile
from claims.readers.text import take_tabbed
from claims.words import Words

_DEFINED = re.compile(r"^[ ]{0,3}\[\^?(?P<number>\d{1,3})\]:[ \t]+(?P<text>\S.*)$", re.MULTILINE)
_ENTRY = re.compile(r"\[\^?(?P<number>\d{1,3})\]")


def with_footnotes(draft: Draft, text: str) -> Draft:
    """A draft whose references hold the numbered footnotes of its text, too, in the order of their numbers."""
    found = {int(d["number"]): reference(f"[{d['number']}] {d['text'].strip(' <>')}") for d in _DEFINED.finditer(text)}
    if not found:
        return draft
    others = []
    for entry in draft.head.references:
        numbered = _ENTRY.match(entry.raw)
        if numbered is None:
            others.append(entry)
        else:
            found.setdefault(int(numbered["number"]), entry)
    references = (*(found[number] for number in sorted(found)), *others)
    return replace(draft, head=replace(draft.head, references=references))


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")


def unsaid_lines(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The lines that block tags such as `<div hidden>` enclose, from 1, the last excluded.

    Args:
        tokens: the blocks of a Markdown text.
    """
    enclosing: list[str] = []
    start = 0
    for token in tokens:
        if token.type != "html_block" or not token.map:
            continue
        before = bool(enclosing)
        for tag in _TAG.finditer(token.content):
            _follow(tag, enclosing)
        if enclosing and not before:
            start = token.map[1] + 1
        elif before and not enclosing:
            yield start, token.map[0] + 1
    if enclosing:
        yield start, max((token.map[1] for token in tokens if token.map), default=start) + 1


def _follow(tag: re.Match[str], enclosing: list[str]) -> None:
    """Keeps the names of the open tags from the outermost that leaves text unsaid."""
    closes, name = bool(tag[1]), tag[2].lower()
    if closes:
        if enclosing and enclosing[-1] == name:
            enclosing.pop()
    elif enclosing:
        enclosing += [name] * (name == enclosing[0])
    elif not tag[3].endswith("/"):
        from bs4 import BeautifulSoup
        from bs4.element import Tag

        from claims.readers.struck import unsaid

        opened = BeautifulSoup(tag.group(), "html.parser").find()
        if isinstance(opened, Tag) and unsaid(name, opened.attrs):
            enclosing.append(name)


_SIGNS = re.compile(
    r"^#{1,6}[ \t]+\S|^[ \t]{0,3}(?:```|~~~)|^={3,}[ \t]*$|\*\*\w|^[ \t]{0,3}\|.*\|[ \t]*$"
    r"|<table[\s>]|\]\(https?:",
    re.MULTILINE | re.IGNORECASE,
)
_MARKUP = re.compile(r"[*_`\[\]<>&\\~$]")
_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]{1,40}\]")
_MATH = re.compile(r"(?<![\\$\w])\$(?=[^\s$])([^$\n]{1,300}?)(?<=\S)\$(?![\d$])")
_FORMULA = re.compile(r"[\\^_={}]|\A[-+−≈~<>]?\s?\d[\d.,]*\s?%?\Z")
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["inline"])


def recognise(source: ReportFile, text: str, _: ReadOptions) -> bool:
    """True if a text has headings, tables, emphasis or links as Markdown writes them."""
    return source.ending in MARKDOWN_ENDINGS or _SIGNS.search(text) is not None


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads Markdown; as plain text if that finds claims where Markdown finds none, and prose last."""
    blocks = markdown_blocks(text, options)
    draft = read_blocks(blocks, words, options, plain)
    if not draft.listed:
        as_text = plain_text.read(text, words, replace(options, prose="never"))
        if as_text.claims:
            return as_text
    return with_footnotes(draft, text)


def markdown_blocks(text: str, options: ReadOptions) -> list[Block]:
    """The blocks of a Markdown text.

    HTML tables and tab-separated tables are taken out first, for Markdown's own rules break them at
    blank lines and at cells that look like markup.
    """
    lines = without_comments(text.replace("\0", "\ufffd")).split("\n")
    _blank_front_matter(lines)
    tables, lines = _take_html_tables(lines)
    tabbed, lines = take_tabbed(lines, options)
    tokens = _parser().parse("\n".join(lines))
    unsaid = list(unsaid_lines(tokens))
    blocks = [*tables, *tabbed, *_blocks(tokens)]
    said = (block for block in blocks if not any(first <= block.line < last for first, last in unsaid))
    return sorted(said, key=lambda block: block.line)


def plain(text: str) -> str:
    """The text of inline Markdown that is said, without emphasis, links, HTML tags and footnote marks."""
    if not _MARKUP.search(text):
        return text.strip()
    from claims.readers.struck import without_markup

    return without_markup(_MATH.sub(_formula, _FOOTNOTE.sub("", text)))


def _formula(found: re.Match[str]) -> str:
    """A formula between dollar signs as HTML; as written where it is none, such as two prices."""
    inside = found[1]
    if not _FORMULA.search(inside):
        return found.group()
    from claims.readers.latex import Converter

    return Converter().convert(inside, math=True)


def _blank_front_matter(lines: list[str]) -> None:
    """Empties a YAML block at the top, except that its title becomes a heading."""
    if not lines or lines[0].strip() != "---":
        return
    end = next((i for i in range(1, min(len(lines), 200)) if lines[i].strip() in {"---", "..."}), None)
    if end is None or any(line.strip() and ":" not in line and line[0] not in " -#" for line in lines[1:end]):
        return
    title = next((line.split(":", 1)[1].strip(" \"'") for line in lines[:end] if line.startswith("title:")), "")
    lines[: end + 1] = [f"# {title}" if title else ""] + [""] * end


def _take_html_tables(lines: Sequence[str]) -> tuple[list[Block], list[str]]:
    """The outermost HTML tables, and the lines with those blanked."""
    blocks: list[Block] = []
    rest = list(lines)
    depth, start = 0, 0
    for i, line in enumerate(lines):
        for tag in _TABLE.finditer(line):
            start = start if depth else i
            depth = max(0, depth - 1) if tag.group(1) else depth + 1
            if tag.group(1) and not depth:
                from claims.readers.html import html_blocks

                blocks += [b for b in html_blocks("\n".join(rest[start : i + 1]), start) if isinstance(b, TableBlock)]
                rest[start : i + 1] = [""] * (i + 1 - start)
    return blocks, rest


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Markdown's block tokens as blocks."""
    kind, depth, at = "", -1, 0
    while at < len(tokens):
        token = tokens[at]
        line = token.map[0] + 1 if token.map else 0
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type == "table_open":
            at, table = _table(tokens, at)
            yield table
        elif token.type in {"heading_open", "list_item_open"}:
            kind = token.type
        elif token.type == "inline":
            yield _inline(token, kind, tokens[at - 1].tag, depth)
            kind = ""
        elif token.type == "html_block":
            from claims.readers.html import html_blocks

            yield from html_blocks(token.content, line - 1)
        at += 1


def _inline(token: Token, kind: str, tag: str, depth: int) -> Block:
    line = token.map[0] + 1 if token.map else 0
    if kind == "heading_open":
        return Heading(token.content, int(tag[1:]), line)
    lines = tuple(token.content.split("\n"))
    return ListItem(lines, line, depth) if kind == "list_item_open" else Paragraph(lines, line)


def _table(tokens: Sequence[Token], at: int) -> tuple[int, TableBlock]:
    """A pipe table; its cells stay as written."""
    rows: list[TableRow] = []
    cells: list[str] = []
    line = 0
    while tokens[at].type != "table_close":
        token = tokens[at]
        if token.type == "tr_open":
            cells, line = [], token.map[0] + 1 if token.map else 0
        elif token.type == "inline":
            cells.append(token.content)
        elif token.type == "tr_close":
            rows.append(TableRow(tuple(cells), line))
        at += 1
    return at, TableBlock(tuple(plain(cell) for cell in rows[0].cells), tuple(rows[1:]))


LAYOUT = Layout("markdown", recognise, as_it_stands, read)
