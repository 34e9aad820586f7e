"""Cell and header texts without the markup of their source: HTML, Markdown, converters' words.

Struck text is gone with its strike; raised text is a footnote mark and never a digit of the number
before it, unless it is the exponent of a ten. LaTeX is in `latex_text`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from analysis.tables.latex import LATEX, without_latex

NOTHING_TO_DO = re.compile(r"[^<>\[\]\\${}^_*~`&⁰¹²³⁴⁵⁶⁷⁸⁹\u00a0\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff\n\r\t]*")
MARKUP = b"<>[]\\${}^_*~`&"
"""ASCII signs that may be markup, as above."""
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SURROGATE = re.compile("[\ud800-\udfff]")
CONVERTED = re.compile(r"\[(BOLD|ITALIC|UNDERLINE|EMPTY|CONTINUE|BOLD UNDERLINE)\]", re.IGNORECASE)
RULERS = re.compile(r"^(?:\d+-\d+)?\[\d*\.?\d+pt(?:/\d*\.?\d+pt)?\](?:\d+-\d+(?:\[[^\]]*pt[^\]]*\])?)*")
ATTRIBUTES = r"""(?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'|[^\s<>"']+))?)*\s*/?"""
STRUCK = re.compile(r"<(del|s|strike)(?:\s[^<>]*)?>.*?</\1\s*>|~~(?=\S).+?(?<=\S)~~", re.IGNORECASE | re.DOTALL)
RAISED = re.compile(rf"<sup{ATTRIBUTES}>(.*?)</sup\s*>", re.IGNORECASE | re.DOTALL)
LOWERED = re.compile(r"(?<=\d)<sub>", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>|</?(?:p|div|li)\s*/?>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:b|bold|strong|i|italic|em|u|underline|a|abbr|span|font|small|big|mark|code|tt|sc|sub|sup|ref|xref|ext-link|"
    rf"monospace|roman|styled-content|center|math|img|ins){ATTRIBUTES}>",
    re.IGNORECASE,
)
BOLD = re.compile(
    r"<(?:b|bold|strong)>|\*\*(?=\S).+?(?<=\S)\*\*|\[BOLD|\\(?:text|math)bf\b|\\bf(?:series)?\b", re.IGNORECASE
)
UNDERLINED = re.compile(r"<(?:u|underline)>|\\u(?:nder)?line\b|\[(?:BOLD )?UNDERLINE\]", re.IGNORECASE)
EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
WHOLE = re.compile(r"^([*_])(?=\S)((?:(?!\1).)+)(?<=\S)\1$")
LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]+)\)")
NOTE = re.compile(r"\[\^[^\[\]]+\]")
ESCAPED = re.compile(r"\\([|*_\\`#~<>\[\]])")
RAISED_DIGITS = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
AFTER_TEN = re.compile(r"(?:^|[^\d.,])10$")
TO_ASCII = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


@lru_cache(maxsize=65_536)
def plain(text: str, latex: bool = False) -> str:
    """A text as a reader of the printed table sees it, on one line.

    Args:
        text: of a cell, a header or a caption.
        latex: whether the source is LaTeX; elsewhere only what is clearly LaTeX is taken for it.
    """
    if not latex and NOTHING_TO_DO.fullmatch(text):
        return " ".join(text.split())
    text = SURROGATE.sub("\ufffd", INVISIBLE.sub("", text))
    text = RULERS.sub(" ", CONVERTED.sub(" ", text).strip())
    if "<" in text or "~~" in text:
        text = _without_tags(text)
    if "&" in text and not latex:
        text = html.unescape(text)
    if latex or LATEX.search(text):
        text = without_latex(text, strict=latex)
    if not latex:
        text = _without_markdown(text)
    return " ".join(text.split())


def is_tidy(rows: Sequence[Sequence[str]]) -> bool:
    """True if rows surely hold no markup and no blank too many, so that all texts can be taken as they are."""
    joined = f"|{'|'.join('|'.join(row) for row in rows)}|"
    if not joined.isprintable() or any(blanks in joined for blanks in ("  ", "| ", " |")):
        return False
    if joined.isascii():
        return len(joined.encode("ascii").translate(None, MARKUP)) == len(joined)
    return NOTHING_TO_DO.fullmatch(joined) is not None


def is_plain(row: Iterable[str]) -> bool:
    """True if no cell of a row holds markup, so that all can be taken as they are."""
    return NOTHING_TO_DO.fullmatch("".join(row)) is not None


def marks_of(text: str) -> frozenset[str]:
    """Emphasis in a text's markup: "bold", "underline"."""
    if NOTHING_TO_DO.fullmatch(text):
        return frozenset()
    found = {name for name, pattern in (("bold", BOLD), ("underline", UNDERLINED)) if pattern.search(text)}
    return frozenset(found)


@lru_cache(maxsize=65_536)
def cell_text(text: str) -> str:
    """A plain text as a cell: raised digits at the end of a number are a footnote, not digits."""
    if text.count("{") != text.count("}"):
        text = text.strip("{} ")  # a brace drawn beside several rows
    if not RAISED_DIGITS.search(text):
        return text

    def lowered(found: re.Match[str]) -> str:
        exponent = AFTER_TEN.search(text[: found.start()])
        return f"^{found[0].translate(TO_ASCII)}" if exponent else ""

    return RAISED_DIGITS.sub(lowered, text).strip()


def _without_tags(text: str) -> str:
    text = STRUCK.sub(" ", text)
    text = RAISED.sub(lambda found: _raised(text[: found.start()], TAG.sub("", found[1])), text)
    text = BREAK.sub(" ", LOWERED.sub(" ", text))
    return TAG.sub("", text)


def _raised(before: str, inside: str) -> str:
    """Raised text: the exponent of a ten, a spread, a sign of a footnote, or nothing."""
    inside = inside.strip()
    if AFTER_TEN.search(TAG.sub("", before)) and re.fullmatch(r"[-−–+]?\d+", inside):
        return f"^{inside}"
    if inside.startswith(("±", "+/-")):
        return f" {inside}"
    return inside if inside and not any(sign.isalnum() for sign in inside) and len(inside) <= 3 else ""


def _without_markdown(text: str) -> str:
    text = NOTE.sub("", LINK.sub(r"\1", text))
    while (smaller := EMPHASIS.sub(r"\2", text)) != text:
        text = smaller
    text = WHOLE.sub(r"\2", text.strip())
    return ESCAPED.sub(r"\1", text)
