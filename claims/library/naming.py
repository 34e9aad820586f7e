"""Identifiers of a paper: arXiv number, DOI and version, from its first page or its file's name."""

from __future__ import annotations

import re

ARXIV = re.compile(
    r"(?:arXiv[:\s./]*(?:org/(?:abs|pdf)/)?|\b)(?P<id>\d{4}\.\d{4,5})(?P<version>v\d{1,2})?(?!\d)", re.IGNORECASE
)
STATED = re.compile(r"arXiv:\s?(?P<id>\d{4}\.\d{4,5})(?P<version>v\d{1,2})?\s*\[[a-z-]+", re.IGNORECASE)
"""The stamp that arXiv prints on the first page; other numbers there may be those of cited papers."""
DOI = re.compile(r"\bdoi(?:\.org/|:\s?)\s*(?P<id>10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]])", re.IGNORECASE)
VERSION = re.compile(r"(?:^|[_\-. ])(?P<version>v\d{1,2})(?=$|[_\-. ])", re.IGNORECASE)


def identified(name: str, first_page: str) -> tuple[dict[str, str], str]:
    """The ids and the version of a paper; what its own page says goes before its file's name.

    Args:
        name: of its file.
        first_page: text of its first page, or its first lines.
    """
    ids: dict[str, str] = {}
    stem = (
        name.rsplit(".", 1)[0]
        if name.lower().endswith((".pdf", ".tex", ".html", ".xml", ".md", ".txt", ".docx"))
        else name
    )
    stamp, named = STATED.search(first_page), ARXIV.search(stem)
    version = ""
    for found in (named, stamp):
        if found:
            ids["arxiv"] = found["id"]
            version = (found["version"] or version).lower()
    if doi := DOI.search(first_page[:4000]):
        ids["doi"] = doi["id"]
    if not version and (told := VERSION.search(stem)):
        version = told["version"].lower()
    return ids, version
