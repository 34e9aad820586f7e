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
_DOUBTING = each_word(TOLD["labels"]["doubting"])
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def without_label(entry: str) -> str:
    """An entry of a list, as Markdown writes it, without the label before it.

    A label stays that is a mark, or that may say that the author does not assert what follows.
    """
    found = _LABEL.match(entry)
    if found is None:
        return entry
    label = (found["label_a"] or found["label_b"]).replace("’", "'")
    words = {word.lower() for word in _WORD.findall(label)}
    return entry if is_mark(label) or words & _DOUBTING or "?" in label else entry[found.end() :]
