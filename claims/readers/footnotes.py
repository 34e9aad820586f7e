"""Definitions of footnotes in Markdown ("[^1]: https://…"), which its own rules take for the targets of links."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.readers.draft import Draft
from claims.readers.head import reference

_DEFINED = re.compile(r"^[ ]{0,3}\[\^?(?P<number>\d{1,3})\]:[ \t]+(?P<text>\S.*)$", re.MULTILINE)
_ENTRY = re.compile(r"\[\^?(?P<number>\d{1,3})\]")


def with_footnotes(draft: Draft, text: str) -> Draft:
    """A draft whose references hold the numbered footnotes of its text, too, in the order of their numbers."""
    found = {int(d["number"]): reference(f"[{d['number']}] {d['text'].strip(' <>')}") for d in _DEFINED.finditer(text)}
    if not found:
        return draft
    others = []
    for entry in draft.head.references:
        numbered = _ENTRY.match(entry.raw)
        if numbered is None:
            others.append(entry)
        else:
            found.setdefault(int(numbered["number"]), entry)
    references = (*(found[number] for number in sorted(found)), *others)
    return replace(draft, head=replace(draft.head, references=references))
