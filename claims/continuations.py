"""Continuations of a broken-off sentence in its source text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.repair import unwrap
from claims.sentences import sentence_end
from claims.words import HYPHENS, SOFT_HYPHEN, Words

_UNSEEN = HYPHENS + SOFT_HYPHEN + "—–−"
"""Signs that wrapping adds or eats; blanks are skipped as well."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_SHORTEST = 12
"""Letters a broken-off sentence must have to be looked for."""
_LONGEST = 1500
"""Characters a continuation may have; a longer one is no sentence."""
_MOST = 1000
"""Places looked at in one text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A source text made comparable.

    Attributes:
        text: unwrapped, paragraphs parted by blank lines.
        key: its letters, digits and punctuation without blanks and hyphens, quotes unified.
        places: the place in `text` of each character of `key`.
    """

    text: str
    key: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> Text:
        """Prepares a text; its lines may be wrapped and words broken at their ends."""
        words = Words(raw)
        lines = "\n".join(line.strip() for line in raw.replace("\f", "\n").split("\n"))
        text = "\n\n".join(unwrap(part, words) for part in lines.split("\n\n"))
        places = tuple(i for i, sign in enumerate(text) if not sign.isspace() and sign not in _UNSEEN)
        return cls(text, comparable(text), places)


def comparable(text: str) -> str:
    """A text as it is compared."""
    return "".join(sign for sign in text.translate(_ALIKE) if not sign.isspace() and sign not in _UNSEEN)


def continuations(source: Text, stem: str, *, in_word: bool) -> Iterator[tuple[str, str]]:
    """The continuations of a broken-off sentence at every place where the source holds it, up to the sentence's end.

    Args:
        source: a prepared text.
        stem: the broken-off sentence.
        in_word: True if its last word may be half a word.

    Yields:
        The continuation as compared, and as it is to be put behind `stem`.
    """
    wanted = comparable(stem)
    if len(wanted) < _SHORTEST:
        return
    at = -1
    for _ in range(_MOST):
        at = source.key.find(wanted, at + 1)
        if at < 0:
            return
        rest = _rest(source, source.places[at], source.places[at + len(wanted) - 1] + 1, in_word=in_word)
        if rest:
            yield comparable(rest), rest


def _rest(source: Text, start: int, broken: int, *, in_word: bool) -> str:
    """The text from where a sentence broke off to its end; "" where this is not the sentence."""
    text = source.text
    if (start and text[start - 1].isalnum()) or (not in_word and text[broken : broken + 1].isalnum()):
        return ""
    end = sentence_end(text[: broken + _LONGEST], broken)
    if end is None or end == broken:
        return ""
    rest = text[broken:end]
    return (" " if rest[:1].isspace() else "") + " ".join(rest.split())
