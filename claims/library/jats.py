"""Papers in JATS, the XML of journals: turned into HTML tag by tag, so that lines stay where they are."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.library.markup import read_html
from claims.library.model import Paper

ARTICLE = re.compile(r"<article\b[^<>]*>|<!DOCTYPE\s+article\b", re.IGNORECASE)
JATS_ONLY = re.compile(r"<(?:article-meta|front|journal-meta|table-wrap|sec)\b")
GONE = re.compile(
    r"<(journal-meta|contrib-group|aff|author-notes|permissions|history|kwd-group|funding-group|counts|pub-date|object-id|"
    r"disp-formula|inline-formula|alternatives-graphic|graphic|supplementary-material|custom-meta-group|related-article)\b"
    r"[^<>]*(?:/>|>.*?</\1\s*>)",
    re.DOTALL,
)
DOI = re.compile(r"<article-id\b[^<>]*pub-id-type=[\"']doi[\"'][^<>]*>\s*([^<\s]+)\s*</article-id>")
OWN_TITLE = re.compile(r"(?P<open><(?:abstract|ref-list)\b[^<>]*>)\s*<title>[^<>]*</title>")
"""The title of an abstract or of a list of references, in whose place their kind stands."""
ARTICLE_ID = re.compile(r"<article-id\b[^<>]*>.*?</article-id>", re.DOTALL)
TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>[^<>]*)>")
SAME = {
    "bold": "b", "italic": "i", "p": "p", "list": "ul", "list-item": "li", "def-list": "ul", "sup": "sup", "sub": "sub",
    "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td", "th": "th", "table-wrap": "figure",
    "fig": "figure", "break": "br", "table-wrap-foot": "p", "body": "div", "strike": "s",
}  # fmt: skip
"""Tags of JATS → the tag of HTML in their place."""
KEPT = re.compile(r"\s(?:col|row)span=[\"']\d+[\"']")


APART = frozenset({"label", "title", "p"})
"""Tags behind whose content a blank stands, where they have none in HTML."""
CAPTION_NEXT, LABEL_BEFORE = re.compile(r"\s*<caption\b"), re.compile(r"</label>\s*\Z")


def is_jats(text: str) -> bool:
    """Whether a text is an article in JATS."""
    head = text[:20_000]
    return ARTICLE.search(head) is not None and JATS_ONLY.search(head) is not None


def read(name: str, text: str) -> Paper:
    """A paper in JATS."""
    doi = DOI.search(text)
    body = OWN_TITLE.sub(lambda m: m["open"] + _blank(m), ARTICLE_ID.sub(_blank, GONE.sub(_blank, text)))
    paper = read_html("jats", name, to_html(body))
    return replace(paper, ids=paper.ids | {"doi": doi[1]}) if doi else paper


def to_html(text: str) -> str:
    """JATS as HTML on the same lines."""
    above: list[str] = []

    def one(found: re.Match[str]) -> str:
        name, lines = found["name"].lower(), "\n" * found[0].count("\n")
        closes = bool(found["close"])
        tag = _tag(name, above)
        if closes:
            if name in above:
                del above[len(above) - 1 - above[::-1].index(name) :]
            if name == "label" and tag:
                return f": {lines}" if CAPTION_NEXT.match(text, found.end()) else f"</{tag}>{lines}"
            return f"</{tag}>{lines}" if tag else f"{' ' if name in APART else ''}{lines}"
        opened = f"<{tag}{''.join(KEPT.findall(found['rest']))}>" if tag else ""
        if name == "caption" and LABEL_BEFORE.search(text, max(0, found.start() - 40), found.start()):
            opened = ""
        before = {"abstract": "<h2>Abstract</h2>", "ref-list": "<h2>References</h2>", "ref": "<li>"}.get(name, "")
        if found["rest"].endswith("/"):
            return f"{before}{opened}{'</' + tag + '>' if tag and tag != 'br' else ''}{lines}"
        above.append(name)
        return f"{before}{opened}{lines}"

    return TAG.sub(one, text)


def _tag(name: str, above: list[str]) -> str:
    """The tag of HTML in place of one of JATS; "" for one that only its content counts of."""
    inside = {"table-wrap", "fig"} & set(above)
    if name == "article-title":
        return "h1" if "ref" not in above and "title-group" in above else ""
    if name == "title":
        if {"abstract", "ref-list"} & set(above) and "sec" not in above:
            return ""
        depth = min(1 + above.count("sec"), 6)
        return "" if inside else f"h{depth}"
    if name in {"label", "caption"}:
        return "figcaption" if inside else ""
    if name == "p" and inside and "caption" in above:
        return ""
    return SAME.get(name, "")


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
