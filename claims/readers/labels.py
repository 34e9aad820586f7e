"""Labels in bold before a claim: "**Size of MNLI.** MNLI contains …"."""

from __future__ import annotations

import re

from claims.marks import is_mark
from claims.phrases import each_word
from claims.readers.columns import TOLD

_LABEL = re.compile(
    r"(?:(?P<a>\*\*|__)(?P<label_a>[^*_\n]{1,60}[^\W_])\s?[.:](?P=a)|(?P<b>\*\*|__)(?P<label_b>[^*_\n]{1,60}[^\W_])(?P=b)\s?:)"
    r"\s+(?=[\"“'‘(\[]?[A-Z0-9+−-])"
)
_PLAIN = each_word(TOLD["labels"]["topics"]) | each_word(TOLD["labels"]["joining"])
_WORD = re.compile(r"\w[\w+'-]*")


def without_label(entry: str) -> str:
    """An entry of a list, as Markdown writes it, without the label before it.

    A label goes only if it can neither limit nor doubt what follows: each of its words names a topic
    or stands in the claim as well.
    """
    found = _LABEL.match(entry)
    if found is None:
        return entry
    label, claim = found["label_a"] or found["label_b"], entry[found.end() :]
    said = {word.casefold() for word in _WORD.findall(claim)}
    topical = all(word in _PLAIN or word in said for word in map(str.casefold, _WORD.findall(label)))
    return claim if topical and not is_mark(label) else entry
