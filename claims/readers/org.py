"""Org documents: turned into Markdown line by line, read as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.readers import markdown
from claims.readers.choose import MARKDOWN_ENDINGS
from claims.readers.draft import Layout
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile

_SIGNS = re.compile(
    r"^#\+(?:title|author|options|begin_\w+|startup)\b|^[ \t]*\|-+\+[-+]*\|[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_HEADING = re.compile(r"(\*{1,6})[ \t]+(?:(?:TODO|DONE)[ \t]+)?(.*?)(?:[ \t]+:[\w:@]+:)?[ \t]*")
_RULE = re.compile(r"[ \t]*\|(?:-+\+?)+\|?[ \t]*")
_KEYWORD = re.compile(r"[ \t]*#\+(\w+):?[ \t]*(.*)", re.IGNORECASE)
_COMMENT = re.compile(r"[ \t]*#(?:[ \t].*)?")
_DRAWER = re.compile(r"[ \t]*:[\w-]+:(?:[ \t].*)?")
_STRUCK = re.compile(r"(?<![\w+])\+(\S(?:[^+\n]*\S)?)\+(?![\w+])")
_BOLD = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])")
_LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]+)\])?\]")
_SCRIPT = re.compile(r"([\^_])\{([^{}]*)\}")
_UNSAID_BLOCKS = frozenset(("comment", "src", "example", "export"))


def recognise(source: ReportFile, text: str, _: ReadOptions) -> bool:
    """True if a text is Org: by a keyword, the rule of a table, or its name."""
    return source.ending == ".org" or (source.ending not in MARKDOWN_ENDINGS and _SIGNS.search(text) is not None)


def texts(_: ReportFile, text: str) -> Iterator[str]:
    """The text as Markdown with the same lines."""
    yield "\n".join(_lines(text.split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    inside = ""
    for line in lines:
        keyword = _KEYWORD.fullmatch(line)
        word = keyword[1].lower() if keyword else ""
        if word in {"begin_" + kind for kind in _UNSAID_BLOCKS}:
            inside = word.replace("begin", "end")
        if word and word == inside:
            inside = ""
        elif inside or (word and word != "title") or _COMMENT.fullmatch(line) or _DRAWER.fullmatch(line):
            yield ""
            continue
        yield _line(line, keyword[2] if keyword and word == "title" else None if not keyword else "")


def _line(line: str, title: str | None) -> str:
    if title is not None:
        return f"# {title}" if title else ""
    if heading := _HEADING.fullmatch(line):
        return f"{'#' * len(heading[1])} {_inline(heading[2])}"
    return line.replace("+", "|") if _RULE.fullmatch(line) else _inline(line)


def _inline(text: str) -> str:
    """A line with what Org strikes out, sets bold, raises and links as Markdown writes it."""
    text = _BOLD.sub(r"**\1**", _STRUCK.sub(r"<del>\1</del>", text))
    text = _SCRIPT.sub(lambda m: f"<{'sup' if m[1] == '^' else 'sub'}>{m[2]}</{'sup' if m[1] == '^' else 'sub'}>", text)
    return _LINK.sub(lambda m: m[2] or m[1], text)


LAYOUT = Layout("org", recognise, texts, markdown.read)
