r"""LaTeX documents: turned into HTML line by line, read as HTML."""

from __future__ import annotations

import re

from claims.readers import html
from claims.readers.draft import Draft, Layout, as_it_stands
from claims.readers.latex_commands import Converter
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.words import Words

_DOCUMENT = re.compile(r"^[^%\n]*\\(?:documentclass|begin\s*\{(?:document|tabular|itemize|enumerate)\})", re.MULTILINE)
_MARKDOWN = re.compile(r"^(?:#{1,6} |```|\|.*\|[ \t]*$)", re.MULTILINE)
_BODY = re.compile(r"\\begin\s*\{document\}")
_END = re.compile(r"\\end\s*\{document\}")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_CONDITION = re.compile(r"\\(?P<word>if[a-zA-Z]*|else|fi)(?![a-zA-Z])")
_NO_CONDITION = frozenset(("ifthenelse", "iff"))


def recognise(source: ReportFile, text: str, _: ReadOptions) -> bool:
    """Whether a text is a LaTeX document or a part of one."""
    if source.ending in {".tex", ".ltx"}:
        return True
    return _DOCUMENT.search(text) is not None and _MARKDOWN.search(text) is None


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads a LaTeX document.

    Raises:
        MalformedError: braces or macros nested too deeply.
    """
    return html.read(to_html(text), words, options)


def to_html(text: str) -> str:
    """A LaTeX text as HTML with the same lines; what is commented out is not there."""
    bare = _without_false(_COMMENT.sub(r"\1%", text))
    converter = Converter()
    start = _BODY.search(bare)
    above = ""
    if start:
        converter.convert(bare[: start.start()])
        above = "\n" * bare.count("\n", 0, start.end())
    end = _END.search(bare, start.end() if start else 0)
    body = converter.convert(bare[start.end() if start else 0 : end.start() if end else len(bare)])
    title = f"<h1>{converter.title}</h1>" if converter.title else ""
    return f"{title}{above}<p>{body}</p>"


def _without_false(text: str) -> str:
    r"""A text without what stands between `\iffalse` and its `\else` or `\fi`."""
    pieces: list[str] = []
    done = 0
    said: list[bool] = []
    for found in _CONDITION.finditer(text):
        word = found["word"]
        if word in _NO_CONDITION:
            continue
        pieces.append(_kept(text[done : found.start()], said))
        done = found.end()
        if word == "else" and said:
            said[-1] = not said[-1]
        elif word == "fi":
            said[-1:] = []
        elif word in {"iffalse", "iftrue"}:
            said.append(word == "iftrue")
        elif word != "else":
            said.append(True)
    return "".join(pieces) + _kept(text[done:], said)


def _kept(text: str, said: list[bool]) -> str:
    return text if all(said) else "\n" * text.count("\n")


LAYOUT = Layout("latex", recognise, as_it_stands, read)
