"""Struck and hidden parts of Markdown and HTML, taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag
from markdown_it import MarkdownIt

from analysis.files.markup import parsable_sections
from claims.readers.controls import GAP
from claims.readers.scripts import lowered, raised

_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration(?:-line)?\s*:[^;]*line-through"
    r"|(?:opacity|font-size)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|\Z))",
    re.IGNORECASE,
)
_SHOWING = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_AT_RULE = re.compile(r"@(?:media\s+(?:screen|all)\s*)?[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]*)\}")
_PLAIN_SELECTOR = re.compile(r"[\w.#*>+~\s,\-\[\]=\"']+")
_MOST_RULES = 50
"""Hiding rules of one page that are looked at."""


def hides(style: str) -> bool:
    """True if the declarations of one style hide text or strike it out."""
    return bool(style) and _HIDING.search(style) is not None


def hidden_by_rules(soup: BeautifulSoup) -> Iterator[Tag]:
    """The tags that a page's own style sheet hides or strikes out, unless they show themselves."""
    for selector in _hiding_selectors(soup):
        for tag in soup.select(selector):
            if not _SHOWING.search(str(tag.get("style", ""))):
                yield tag


def _hiding_selectors(soup: BeautifulSoup) -> list[str]:
    sheets = [_COMMENT.sub("", tag.get_text()) for tag in soup.find_all("style")]
    rules = [rule for sheet in sheets for rule in _RULE.findall(_AT_RULE.sub("", sheet))]
    selectors = dict.fromkeys(selector.strip() for selector, declared in rules if hides(declared))
    return [selector for selector in selectors if _PLAIN_SELECTOR.fullmatch(selector)][:_MOST_RULES]


_STRUCK = frozenset(("del", "s", "strike"))
_SCRIPTS = {"sup": raised, "sub": lowered}
_LOST = frozenset(("math", "object", "canvas", "audio", "video", "iframe"))
"""Elements whose content is no text here though their author says something by it."""
_FIGURE = re.compile(r"[\d.,%+−±-]+")
_WIDEST = 40
_ONE_TILDE = re.compile(r"(?<![~\w\\])~(?![~\s\d])[^~\n]*(?<![~\s])~(?![~\w])")


def without_markup(text: str) -> str:
    """The text of inline Markdown or HTML that is said; line breaks stay."""
    html = str(inline_parser().renderInline(_ONE_TILDE.sub(GAP, text)))
    if "<" not in html and "&" not in html:
        return html.strip()
    # a tag around it, or a lone URL is warned of
    soup = BeautifulSoup(f"<p>{parsable_sections(html)}</p>", "html.parser")
    assert_only(soup)
    for br in soup.find_all("br"):
        br.replace_with("\n")
    return "".join(str(part) for part in soup.find_all(string=True) if not isinstance(part, Comment)).strip()


@cache
def inline_parser() -> MarkdownIt:
    """Markdown with strikethrough; URLs are left alone."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def assert_only(soup: BeautifulSoup) -> None:
    """Takes out of an HTML tree what is struck, deleted or hidden, and puts raised text in its place."""
    hidden = {id(tag) for tag in hidden_by_rules(soup)}
    pending: list[Tag] = [soup]
    while pending:
        tag = pending.pop()
        if id(tag) in hidden or unsaid(tag.name, tag.attrs):
            tag.extract()
        elif (text := _in_place(tag)) is not None:
            tag.replace_with(text)
        else:
            pending += [child for child in reversed(tag.contents) if isinstance(child, Tag)]


def _in_place(tag: Tag) -> str | None:
    """The text that takes the place of a tag; None where the tag stays."""
    if tag.name in _SCRIPTS:
        return _SCRIPTS[tag.name](_before(tag), tag.get_text())
    if tag.name == "img":
        alt = tag.get("alt")
        return GAP if alt is None else str(alt)
    if tag.name in _LOST:
        figure = tag.get_text().strip()
        return figure if tag.name == "math" and _FIGURE.fullmatch(figure) else GAP
    return None


def unsaid(name: str, attributes: dict[str, object]) -> bool:
    """True if a tag strikes out or hides what stands in it."""
    if name in _STRUCK or "hidden" in attributes:
        return True
    return hides(str(attributes.get("style", "")))


def _before(tag: Tag) -> str:
    """The text in front of a tag, as far as it stands on the same line."""
    pieces: list[str] = []
    for element in _backwards(tag):
        pieces.append(element)
        if sum(map(len, pieces)) >= _WIDEST:
            break
    return "".join(reversed(pieces))


def _backwards(tag: Tag) -> Iterator[str]:
    element = tag.previous_element
    while element is not None:
        if isinstance(element, NavigableString) and not isinstance(element, Comment):
            yield str(element)
        elif isinstance(element, Tag) and element.name in {"td", "th", "li", "p", "div", "br", "tr"}:
            return
        element = element.previous_element
