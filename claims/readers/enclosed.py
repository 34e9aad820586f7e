"""Which lines of a Markdown text stand between HTML tags that strike them out or hide them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

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
