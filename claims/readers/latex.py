r"""LaTeX documents: turned into HTML line by line, read as HTML."""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from analysis.tables.latex import closing
from claims.readers.controls import GAP
from claims.readers.draft import Draft, Layout, MalformedError, as_it_stands
from claims.readers.html import read as read_html
from claims.readers.latex_macros import DEFINING, Macros, environment_body, take
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
    """True if a text is a LaTeX document or a part of one."""
    if source.ending in {".tex", ".ltx"}:
        return True
    return _DOCUMENT.search(text) is not None and _MARKDOWN.search(text) is None


def read(text: str, words: Words, options: ReadOptions) -> Draft:
    """Reads a LaTeX document.

    Raises:
        MalformedError: braces or macros nested too deeply.
    """
    return read_html(to_html(text), words, options)


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


@cache
def commands() -> dict[str, dict[str, str]]:
    """Kind of command → command → its arguments, or what it prints."""
    told: dict[str, dict[str, str]] = tomllib.loads((files("claims.readers") / "latex.toml").read_text("utf-8"))
    return told


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The names under one key of one kind."""
    return frozenset(commands()[table][key].split())


_WITH_ARGUMENT = frozenset(("thebibliography", "minipage", "multicols"))
_WITH_WIDTH = frozenset(("tabular*", "tabularx", "tabulary", "xltabular"))


def environment_html(converter: Converter, name: str, body: str, *, math: bool) -> str:
    """The text inside an environment as HTML with the same lines; a gap for a formula set apart."""
    lines = "\n" * body.count("\n")
    if name in words("environments", "hidden"):
        return lines
    if name in words("environments", "formulas"):
        return GAP + lines
    if name in words("environments", "tables"):
        return _table(converter, name, body)
    _, at = take(body, 0, "om" if name in _WITH_ARGUMENT else "o")
    inside = "\n" * body.count("\n", 0, at) + converter.convert(body[at:], math=math)
    if name in words("environments", "lists"):
        return f"<ul>{inside}</ul>"
    if name == "thebibliography":
        return f"<h2>References</h2><ul>{inside}</ul>"
    head = "<h2>Abstract</h2>" if name == "abstract" else ""
    return f"{head}<p>{inside}</p>"


def _table(converter: Converter, name: str, body: str) -> str:
    _, at = take(body, 0, "omm" if name in _WITH_WIDTH else "om")
    rest = body[at:].lstrip()
    above = "\n" * body.count("\n", 0, len(body) - len(rest))
    inside = converter.convert(rest, cells=True, math=name == "array")
    return f"<table>{above}<tr><td>{inside}</td></tr></table>"


_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z@]+)|\\(?P<sign>.)|(?P<paragraph>\n[ \t]*\n\s*)|(?P<comment>%[ \t]*\n?[ \t]*)"
    r"|(?P<math>\$\$?)|(?P<group>\{)|(?P<script>[\^_])|(?P<plain>[&~}<>]|-{2,3}|``|'')",
    re.DOTALL,
)
_PLAIN = {"~": " ", "}": "", "<": "&lt;", ">": "&gt;", "--": "–", "---": "—", "``": "“", "''": "”"}
_SIGNS = {" ": " ", "\n": "\n", ",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "(": "", ")": ""}
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_THOUSANDS = re.compile(r"(?<=\d)\\,(?=\d{3}(?!\d))")
_LINE_END = re.compile(r"\s*")
_SUSPECT = re.compile(r"del|strik|cancel|remove|old|hid|ignore|todo|note|comment|iffalse|drop|omit", re.IGNORECASE)
_DEEPEST = 60


class Converter:
    r"""Turns LaTeX into HTML; keeps the macros it meets.

    Attributes:
        macros: the macros defined so far.
        title: the argument of `\title` as HTML; "" before it is met.
    """

    def __init__(self) -> None:
        self.title = ""
        self.macros = Macros()
        self._depth = 0

    def convert(self, text: str, *, cells: bool = False, math: bool = False) -> str:
        r"""A text as HTML.

        Args:
            text: LaTeX without comments.
            cells: True if `&` and `\\` part the cells and rows of a table.
            math: True if the text stands in a formula.

        Raises:
            MalformedError: nested too deeply.
        """
        self._depth += 1
        if self._depth > _DEEPEST:
            raise MalformedError(f"nests braces or macros deeper than {_DEEPEST}; no report needs that")
        passage = _Passage(self, _THOUSANDS.sub(",", text), cells=cells, math=math)
        passage.read()
        self._depth -= 1
        return "".join(passage.pieces)


class _Passage:
    """One text on its way to HTML: `pieces` so far, `at` where it goes on."""

    def __init__(self, converter: Converter, text: str, *, cells: bool, math: bool) -> None:
        self.pieces: list[str] = []
        self._converter = converter
        self._text = text
        self._at = 0
        self._cells = cells
        self._math = math
        self._item_open = False

    def read(self) -> None:
        """Reads to the end."""
        for_each = {
            "name": self._command,
            "sign": self._sign,
            "math": self._formula,
            "script": self._script,
        }
        while found := _TOKEN.search(self._text, self._at):
            self.pieces.append(html.escape(self._text[self._at : found.start()], quote=False))
            self._at = found.end()
            kind = str(found.lastgroup)
            if kind in for_each:
                for_each[kind](found[kind])
            elif kind == "group":
                self._group(found.start())
            else:
                self._blank_or_plain(kind, found[kind])
        self.pieces.append(html.escape(self._text[self._at :], quote=False))
        if self._item_open:
            self.pieces.append("</li>")

    def _blank_or_plain(self, kind: str, sign: str) -> None:
        if kind == "plain" and sign == "&":
            self.pieces += ("</td>", "<td>") if self._cells else ("&amp;",)
        elif kind == "plain":
            self.pieces.append(_PLAIN[sign])
        else:
            gap = "</p>" + "\n" * sign.count("\n") + "<p>"
            self.pieces.append(gap if kind == "paragraph" and not self._cells else "\n" * sign.count("\n"))

    def _group(self, start: int) -> None:
        end = closing(self._text, start)
        self.pieces.append(self._inner(self._text[start + 1 : end]))
        self._at = end + 1

    def _inner(self, text: str) -> str:
        return self._converter.convert(text, math=self._math)

    def _sign(self, sign: str) -> None:
        if sign == "\\":
            _, self._at = take(self._text, self._at, "so")
            blank = _LINE_END.match(self._text, self._at) if self._cells else None
            self._at = blank.end() if blank else self._at
            self.pieces += ("</td></tr>", blank.group(), "<tr>", "<td>") if blank else ("<br>",)
        elif sign == "[":
            end = self._text.find("\\]", self._at)
            self._skip(len(self._text) if end < 0 else end + 2)
            self.pieces.append(GAP)
        elif sign in _ACCENTS and not self._math:
            (letter,), self._at = take(self._text, self._at, "m")
            self.pieces.append(unicodedata.normalize("NFC", self._inner(letter or "") + _ACCENTS[sign]))
        else:
            self.pieces.append(_SIGNS.get(sign, html.escape(sign, quote=False)))

    def _skip(self, end: int) -> None:
        """Leaves out the text up to a place, but not its line ends."""
        self.pieces.append("\n" * self._text.count("\n", self._at, end))
        self._at = end

    def _formula(self, fence: str) -> None:
        end = self._text.find(fence, self._at)
        end = len(self._text) if end < 0 else end
        if fence == "$$":
            self._skip(end + 2)
            self.pieces.append(GAP)
            return
        self.pieces.append(self._converter.convert(self._text[self._at : end], math=True))
        self._at = end + 1

    def _script(self, sign: str) -> None:
        if not self._math:
            self.pieces.append(sign)
            return
        (inside,), self._at = take(self._text, self._at, "m")
        text = self._inner(inside or "")
        based = any(piece.strip() for piece in self.pieces) and "".join(self.pieces).rstrip()[-1:].isdigit()
        if sign == "^" and based and text.strip().isdecimal():
            times_ten = re.search(r"[×·*]\s*10\s*\Z", "".join(self.pieces))
            self.pieces.append(f"^{text.strip()}" if times_ten else GAP)
        else:
            tag = "sup" if sign == "^" else "sub"
            self.pieces.append(f"<{tag}>{text}</{tag}>")

    def _command(self, name: str) -> None:
        if self._converter.macros.knows(name):
            body, self._at = self._converter.macros.expand(name, self._text, self._at)
            self.pieces.append(self._inner(body))
        elif name in DEFINING:
            self._definition(name)
        elif name == "begin":
            self._environment()
        elif name in {"item", "bibitem"}:
            self._item(name)
        elif name == "title":
            (_, title), self._at = take(self._text, self._at, "om")
            self._converter.title = " ".join(self._inner(title or "").split())
        else:
            self._known(name)

    def _known(self, name: str) -> None:
        told = commands()
        if name in told["signs"]:
            self.pieces.append(html.escape(told["signs"][name], quote=False))
            self._swallow_blank()
        elif name in told["gaps"]:
            self._arguments(told["gaps"][name])
            self.pieces.append(GAP)
        elif name in told["struck"]:
            self.pieces.append(f"<del>{self._arguments(told['struck'][name])}</del>")
        elif name in told["tags"]:
            tag = told["tags"][name]
            self.pieces.append(f"<{tag}>{self._arguments('soM')}</{tag}>")
        elif name in told["arguments"]:
            self._set(name, told["arguments"][name])
        else:
            self._unknown(name)

    def _set(self, name: str, signature: str) -> None:
        before = self._at
        said = self._arguments(signature)
        if name == "multicolumn" and self._cells:
            (n,), _ = take(self._text, before, "m")
            self._widen(n or "1")
        self.pieces.append(said)

    def _widen(self, columns: str) -> None:
        for i in range(len(self.pieces) - 1, -1, -1):
            if self.pieces[i] == "<td>":
                self.pieces[i] = f'<td colspan="{html.escape(columns)}">'
            if self.pieces[i].strip():
                return

    def _unknown(self, name: str) -> None:
        silent = name in words("silent", "words")
        has_argument = self._text[self._at : self._at + 1] in {"{", "["}
        if silent or (has_argument and not _SUSPECT.search(name)):
            if has_argument:
                self.pieces.append(self._arguments("oM"))
            else:
                self._swallow_blank()
            return
        if has_argument:
            self._arguments("om")
        self.pieces.append(GAP)

    def _swallow_blank(self) -> None:
        while not self._math and self._text[self._at : self._at + 1] in {" ", "\t"}:
            self._at += 1

    def _arguments(self, signature: str) -> str:
        """The said arguments of a command as HTML; the line ends of the others are kept."""
        start = self._at
        given, self._at = take(self._text, start, signature)
        said = [self._inner(a) for a, sort in zip(given, signature, strict=True) if sort == "M" and a is not None]
        told = " ".join(filter(None, said))
        return told + "\n" * (self._text.count("\n", start, self._at) - told.count("\n"))

    def _definition(self, name: str) -> None:
        start = self._at
        self._at = self._converter.macros.define(name, self._text, start)
        self.pieces.append("\n" * self._text.count("\n", start, self._at))

    def _item(self, name: str) -> None:
        (label, *_), self._at = take(self._text, self._at, "om" if name == "bibitem" else "o")
        self.pieces.append("</li><li>" if self._item_open else "<li>")
        self._item_open = True
        if label and name == "item":
            self.pieces.append(f"{self._inner(label)} ")

    def _environment(self) -> None:
        (name,), start = take(self._text, self._at, "m")
        name = (name or "").strip()
        body, end = environment_body(self._text, start, name)
        self.pieces.append(environment_html(self._converter, name, body, math=self._math))
        self._at = end
