r"""Papers in LaTeX: `\input` brought in, macros written out, references to tables numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import InputError
from analysis.tables import latex as latex_tables
from analysis.tables.latex import closing
from analysis.tables.markup import plain as without_markup
from claims.library.markup import paper_of_blocks, ragged
from claims.library.model import Paper, PaperTable
from claims.library.pdf_lines import TABLE_LABEL
from claims.readers.html import html_blocks
from claims.readers.latex import to_html
from claims.readers.latex_macros import DEFINING, Macros

INPUT = re.compile(
    r"^(?P<before>(?:[^%\n]|\\%)*?)\\(?:input|include|subfile)\s*\{(?P<name>[^{}\n]{1,200})\}", re.MULTILINE
)
COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
DOCUMENT = re.compile(r"^[^%\n]*\\documentclass", re.MULTILINE)
COMMAND = re.compile(r"\\([A-Za-z@]+)")
CITED = re.compile(r"\\[Cc]ite[A-Za-z]*\*?\s*(?:\[[^\[\]]*\]\s*){0,2}\{(?P<keys>[^{}]{1,500})\}")
REFERRED = re.compile(r"\\(?P<how>ref|autoref|cref|Cref)\s*\{(?P<name>[^{}]{1,100})\}")
FLOAT = re.compile(
    r"\\begin\{(?P<kind>(?:wrap|side)?(?:table|figure))\*?\}(?P<inside>.*?)\\end\{(?P=kind)\*?\}", re.DOTALL
)
LABEL = re.compile(r"\\label\s*\{(?P<name>[^{}]{1,100})\}")
CAPTION = re.compile(r"\\caption\*?\s*(?:\[[^\]]*\])?\s*(?=\{)")
BIBITEM = re.compile(r"\\bibitem\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\])?\s*\{[^{}]*\}")
BIBLIOGRAPHY = re.compile(r"\\begin\{thebibliography\}.*?(?:\\end\{thebibliography\}|\Z)", re.DOTALL)
DEEPEST, MOST_CHARACTERS = 8, 20_000_000
MOST_MACROS = 200_000
"""Macros written out in one paper at most."""


def is_document(text: str) -> bool:
    """True if a LaTeX text is a document of its own, not a part of one."""
    return DOCUMENT.search(text) is not None


def read(path: Path, text: str) -> Paper:
    r"""A paper in LaTeX; lines are those of its text with all parts brought in.

    Raises:
        InputError: its parts include each other, or are too large together.
    """
    whole, used = assembled(path, text)
    bibliography = _bibliography(path, whole)
    plain = written_out(numbered(COMMENT.sub(r"\1%", whole)))
    cited = CITED.sub(lambda found: f"[{found['keys']}]", plain)
    blocks = html_blocks(to_html(BIBLIOGRAPHY.sub(lambda m: "\n" * m[0].count("\n"), cited)))
    return paper_of_blocks("tex", path.name, blocks, tuple(_tables(plain)), references=bibliography, parts=used)


def assembled(path: Path, text: str) -> tuple[str, tuple[str, ...]]:
    r"""A text with what `\input` names brought in, from its own folder or below, and the files it took.

    Raises:
        InputError: parts include each other too deeply, or are too large together.
    """
    folder = path.parent.resolve()
    used: dict[str, None] = {}
    size = 0

    def bring(text: str, depth: int) -> str:
        nonlocal size
        size += len(text)
        if depth > DEEPEST or size > MOST_CHARACTERS:
            raise InputError(
                str(path), "brings in its parts without end, or too many of them; write them into one file"
            )

        def one(found: re.Match[str]) -> str:
            part = _part(folder, found["name"].strip())
            if part is None:
                return found[0]
            used[str(part)] = None
            return found["before"] + bring(part.read_text(encoding="utf-8", errors="replace"), depth + 1)

        return INPUT.sub(one, text)

    return bring(text, 0), tuple(used)


def _part(folder: Path, name: str) -> Path | None:
    for ending in ("", ".tex"):
        part = (folder / (name + ending)).resolve()
        if part.is_file() and part.is_relative_to(folder):
            return part
    return None


def numbered(text: str) -> str:
    r"""A text with tables and figures numbered in their captions, which are counted, and where `\ref` names them."""
    counts: dict[str, int] = {}
    numbers: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        kind = "Table" if "table" in found["kind"] else "Figure"
        inside = found[0]
        if caption := CAPTION.search(inside):
            counts[kind] = counts.get(kind, 0) + 1
            inside = f"{inside[: caption.end() + 1]}{kind} {counts[kind]}: {inside[caption.end() + 1 :]}"
        for label in LABEL.finditer(inside):
            numbers[label["name"]] = f"{kind} {counts.get(kind, 0)}"
        return inside

    text = FLOAT.sub(name, text)

    def one(found: re.Match[str]) -> str:
        number = numbers.get(found["name"])
        if number is None:
            return found[0]
        return number.split()[1] if found["how"] == "ref" else number

    return REFERRED.sub(one, text)


def written_out(text: str) -> str:
    """A text with the macros it defines written out; definitions stay where they are."""
    macros = Macros()
    pieces: list[str] = []
    at = count = 0
    pending = [(text, 0)]
    while pending:
        text, at = pending.pop()
        while found := COMMAND.search(text, at):
            name = found[1]
            pieces.append(text[at : found.start()])
            if name in DEFINING:
                end = macros.define(name, text, found.end())
                pieces.append(text[found.start() : end])
                at = max(end, found.end())
            elif macros.knows(name) and count < MOST_MACROS:
                count += 1
                said, end = macros.expand(name, text, found.end())
                pending.append((text, end))
                text, at = said, 0
            else:
                pieces.append(found[0])
                at = found.end()
        pieces.append(text[at:])
    return "".join(pieces)


def _tables(text: str) -> Iterator[PaperTable]:
    for grid in latex_tables.grids(text):
        line = int(grid.pointer.removeprefix("line ") or 0)
        caption = without_markup(grid.caption, latex=True)
        label = TABLE_LABEL.match(caption)
        doubts = ragged(grid, may_end_early=True)
        yield PaperTable(label["label"] if label else "", caption, grid, 0, (line,) * len(grid.rows), doubts)


def _bibliography(path: Path, text: str) -> tuple[str, ...]:
    listed = BIBLIOGRAPHY.search(text)
    inside = listed[0] if listed else ""
    compiled = path.with_suffix(".bbl")
    if not inside and compiled.is_file():
        inside = compiled.read_text(encoding="utf-8", errors="replace")
    entries = BIBITEM.split(inside)[1:]
    return tuple(" ".join(_plain(entry).split()) for entry in entries)


def _plain(entry: str) -> str:
    text = COMMENT.sub("", entry).replace("\\newblock", " ").replace("\\end{thebibliography}", " ").replace("~", " ")
    while found := re.search(r"\\[A-Za-z]+\s*\{", text):
        end = closing(text, found.end() - 1)
        text = f"{text[: found.start()]}{text[found.end() : end]}{text[end + 1 :]}"
    return re.sub(r"[{}]|\\[A-Za-z]+", "", text)
