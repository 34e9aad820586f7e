"""Which parts of a page its style hides or strikes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

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
    """Whether the declarations of one style hide text or strike it out."""
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
