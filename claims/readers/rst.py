"""reStructuredText: its tables as tables, the rest turned into Markdown line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from claims.readers import markdown
from claims.readers.blocks import Block, Heading, TableBlock, TableRow
from claims.readers.choose import MARKDOWN_ENDINGS
from claims.readers.controls import GAP
from claims.readers.draft import Draft, Layout, as_it_stands
from claims.readers.markdown import markdown_blocks, plain
from claims.readers.options import ReadOptions
from claims.readers.prose import read_blocks
from claims.readers.source import ReportFile
from claims.words import Words

_SIGNS = re.compile(
    r"^[ \t]*=+(?:[ \t]+=+)+[ \t]*$|^[ \t]*\+=+(?:\+=+)+\+"
    r"|^\.\. [\w-]+::|^\.\. _[^:\n]+:|:(?:ref|cite|eq|sup|sub|numref):`",
    re.MULTILINE,
)
_RULE = re.compile(r"[ \t]*=+(?:[ \t]+=+)+[ \t]*")
_GRID_RULE = re.compile(r"[ \t]*\+[-=]+(?:\+[-=]+)*\+[ \t]*")
_SPAN_RULE = re.compile(r"[ \t]*-+(?:[ \t]+-+)*[ \t]*")
_UNDERLINE = re.compile(r"([=\-`:'\"~^_*+#<>.])\1{2,}[ \t]*")
_COMMENT = re.compile(r"\.\.(?:[ \t].*)?")
_SAID_DIRECTIVE = re.compile(
    r"\.\. (?:note|important|table|rubric|admonition|epigraph|tip|hint|warning|attention)::[ \t]*(.*)"
)
_ROLE = re.compile(r":([a-z:]+):`([^`]*)`")
_LITERAL = re.compile(r"``([^`\n]+)``")
_LINK = re.compile(r"`([^`<\n]+?)[ \t]*<[^>`\n]*>`__?")
_FOOTNOTE = re.compile(r"\s?\[(?:#\w*|\*|\d{1,3})\]_")
_MARKS = {"sup": "sup", "sub": "sub", "superscript": "sup", "subscript": "sub", "del": "del", "strike": "del"}
_TEXT_ROLES = frozenset(("strong", "emphasis", "code", "literal", "title", "math"))


def recognise(source: ReportFile, text: str, _: ReadOptions) -> bool:
    """True if a text is reStructuredText: by a directive, a role, a table's rule, or its name."""
    if source.ending in {".rst", ".rest"}:
        return True
    return source.ending not in MARKDOWN_ENDINGS and _SIGNS.search(text) is not None


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads reStructuredText; as Markdown or plain text if that finds claims where this finds none."""
    lines = text.split("\n")
    tables = list(_take_tables(lines))
    levels: list[str] = []
    blocks: list[Block] = [*tables, *_take_headings(lines, levels)]
    blocks += markdown_blocks("\n".join(_said(lines)), options)
    draft = read_blocks(sorted(blocks, key=lambda block: block.line), words, options, plain)
    return draft if draft.claims else markdown.read(text, words, options)


def _take_tables(lines: list[str]) -> Iterator[TableBlock]:
    """The simple and grid tables, their lines emptied."""
    at = 0
    while at < len(lines):
        simple = _RULE.fullmatch(lines[at]) is not None
        if not simple and not _GRID_RULE.fullmatch(lines[at]):
            at += 1
            continue
        end = _simple_end(lines, at) if simple else _grid_end(lines, at)
        rows = _rows(lines[at:end], at, simple=simple)
        if len(rows) > 1:
            yield TableBlock(tuple(plain(_inline(cell)) for cell in rows[0].cells), tuple(rows[1:]))
            lines[at:end] = [""] * (end - at)
        at = max(end, at + 1)


def _simple_end(lines: Sequence[str], start: int) -> int:
    """Behind the last rule of a simple table: one that no line follows."""
    rules = list(islice((i for i in range(start, len(lines)) if _RULE.fullmatch(lines[i])), 3))
    return (rules[-1] if len(rules) > 1 else start) + 1


def _grid_end(lines: Sequence[str], start: int) -> int:
    return next((i for i in range(start, len(lines)) if lines[i].strip()[:1] not in {"+", "|"}), len(lines))


def _rows(lines: Sequence[str], above: int, *, simple: bool) -> list[TableRow]:
    """The rows of a table; a line without its first cell continues the row above it."""
    sign = "=" if simple else "-="
    places = [m.span() for m in re.finditer(f"[{sign}]+", lines[0])]
    rows: list[TableRow] = []
    fresh = True
    for n, line in enumerate(lines, above + 1):
        if _RULE.fullmatch(line) or _GRID_RULE.fullmatch(line) or (simple and _SPAN_RULE.fullmatch(line)):
            fresh = True
            continue
        ends = [end for _, end in places[:-1]] + [len(line) if simple else places[-1][1]]
        cells = [line[start:end].strip() for (start, _), end in zip(places, ends, strict=True)]
        if rows and ((simple and not cells[0]) or (not simple and not fresh)):
            old = rows.pop()
            rows.append(
                TableRow(
                    tuple(f"{a}\n{b}".strip() for a, b in zip(old.cells, map(_inline, cells), strict=True)), old.line
                )
            )
        elif any(cells):
            rows.append(TableRow(tuple(map(_inline, cells)), n))
        fresh = False
    return rows


def _take_headings(lines: list[str], levels: list[str]) -> Iterator[Heading]:
    """The underlined titles, their lines emptied; levels in the order in which their signs come."""
    for i in range(1, len(lines)):
        under, title = _UNDERLINE.fullmatch(lines[i]), lines[i - 1].strip()
        if not under or not title or _UNDERLINE.fullmatch(title) or len(lines[i].strip()) < len(title):
            continue
        over = i > 1 and lines[i - 2].strip() == lines[i].strip()
        kind = under[1] * (2 if over else 1)
        if kind not in levels:
            levels.append(kind)
        yield Heading(_inline(title), levels.index(kind) + 1, i)
        lines[i - 1 - over : i + 1] = [""] * (2 + over)


def _said(lines: Sequence[str]) -> Iterator[str]:
    """The lines without comments and directives; what stands inside a note stays."""
    hidden = -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent <= hidden:
            hidden = -1
        if hidden >= 0:
            yield ""
        elif said := _SAID_DIRECTIVE.fullmatch(line.strip()):
            yield _inline(said[1])
        elif _COMMENT.fullmatch(line.strip()):
            hidden = indent
            yield ""
        else:
            yield _inline(line)


def _inline(text: str) -> str:
    """A line with its roles, literals and links as Markdown writes them; what Sphinx looks up is a gap."""

    def role(found: re.Match[str]) -> str:
        name, inside = found[1].rpartition(":")[2], found[2]
        if name in _MARKS:
            return f"<{_MARKS[name]}>{inside}</{_MARKS[name]}>"
        return (f"${inside}$" if name == "math" else inside) if name in _TEXT_ROLES else GAP

    text = _LITERAL.sub(r"`\1`", _ROLE.sub(role, _FOOTNOTE.sub("", text)))
    return _LINK.sub(r"\1", text)


LAYOUT = Layout("rst", recognise, as_it_stands, read)
