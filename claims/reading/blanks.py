"""What is blanked before a sentence is linked: citations, list marks, pointers into the report, possessives."""

from __future__ import annotations

import re

BRACKET = re.compile(r"\(([^()]*)\)")
NUMBERED = re.compile(r"\[\d+(?:,\s*\d+)*\]")
YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
CITING = re.compile(r"(?:et|al|and|see|cf|e|g|in|STILTs|van|von|de|der|la)\Z")
ENUMERATION = re.compile(r"(?<![\w.,])\(?(i{1,3}|iv|v|vi|[1-9]|[a-f])\)(?=\s)")
COUNTS = (("i", "ii", "iii", "iv", "v", "vi"), tuple("123456789"), tuple("abcdef"))
"""How the items of a list in a sentence are counted."""
POINTER = re.compile(
    r"\(?\b(?:[Ss]ee |[Ii]n |of |[Ff]rom )?"
    r"(?:Tables?|Tab\.|Figures?|Fig\.|Sections?|Sec\.|Appendix|Equations?|Eq\.)\s*(?:\d+(?:\.\d+)*|[A-Z]\b)\)?"
)
"""Pointers into the report itself, such as "Table 2": their numbers state nothing."""
POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s)")


def blanked(sentence: str) -> str:
    """The sentence, at the same length, with blanks for what states nothing."""
    masked = NUMBERED.sub(_blank, BRACKET.sub(_citation, sentence))
    marks = [match.group(1) for match in ENUMERATION.finditer(masked)]
    if any(tuple(marks) == count[: len(marks)] and (len(marks) > 1 or marks == ["i"]) for count in COUNTS):
        masked = ENUMERATION.sub(_blank, masked)
    for pattern in (POINTER, POSSESSIVE):
        masked = pattern.sub(_blank, masked)
    return masked


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _citation(match: re.Match[str]) -> str:
    """Blanks for a bracket of authors and years and nothing else; any other bracket as it stands."""
    inside = match.group(1)
    if not YEAR.search(inside) and "et al" not in inside:
        return match.group()
    words = re.findall(r"[^\W\d_][\w'’-]*", YEAR.sub(" ", inside))
    rest = re.sub(r"[^\W\d_][\w'’-]*|[\s.,;&-]", "", YEAR.sub(" ", inside))
    authors = all(CITING.match(word) or (word.istitle() and len(word) > 1) for word in words)
    return _blank(match) if authors and not rest else match.group()
