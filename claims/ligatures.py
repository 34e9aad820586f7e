r"""Recovery of ligatures lost from damaged words: words are indexed by their damaged forms.

A word such as "effective" becomes "e\0ective" once its ligature "ff" is lost; the index maps such a form to the
ligatures that known words lose in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from claims.words import Words, word_list

LOST = "\0"
"""Stands for every damaged sign in a key of the index."""

LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")
RARE = ("tti", "tt", "ti", "ft", "fj")
"""Ligatures of some office fonts; asked only when the common ones do not fit."""

BEFORE = ("non", "pre", "re", "un", "over", "under", "out", "sub", "multi", "mis", "inter", "de")
AFTER = ("s", "es", "d", "ed", "er", "ers", "ing", "ly", "ness", "able", "ation", "al")
"""Affixes a word list may not have put to every word."""

Losses = tuple[str, ...]
Index = Mapping[str, Mapping[Losses, int]]

_MARGIN = 2
"""Least ratio of a word's frequency to that of the next word that fits."""
_SHORTEST = 4
"""Letters a stem must have, lost signs included, to be asked for without its affix."""
_MOST_IN_WORD = 4
"""Ligatures in one word beyond which its damaged forms are not indexed."""


def index(words: Mapping[str, int], ligatures: tuple[str, ...]) -> Index:
    """Damaged form → the ligatures it may have lost → frequency of the word."""
    found: dict[str, dict[Losses, int]] = {}
    for word, n in words.items():
        if not any(ligature in word for ligature in ligatures):
            continue
        for left, lost in damaged_forms(word, ligatures):
            options = found.setdefault(left, {})
            options[lost] = max(n, options.get(lost, 0))
    return found


def damaged_forms(word: str, ligatures: tuple[str, ...]) -> Iterator[tuple[str, Losses]]:
    """Every way a word can lose at least one of its ligatures."""
    pieces = _pieces(word, ligatures)
    if sum(len(piece) > 1 for piece in pieces) > _MOST_IN_WORD:
        return
    for choice in product(*pieces):
        lost = tuple(loss for _, losses in choice for loss in losses)
        if lost:
            yield "".join(left for left, _ in choice), lost


def _pieces(word: str, ligatures: tuple[str, ...]) -> list[list[tuple[str, Losses]]]:
    """A word in pieces, each with what may be left of it and what it lost then."""
    pieces: list[list[tuple[str, Losses]]] = []
    at = 0
    while at < len(word):
        whole = next((ligature for ligature in ligatures if word.startswith(ligature, at)), "")
        if not whole:
            pieces.append([(word[at], ())])
            at += 1
            continue
        pieces.append([(whole, ()), *_broken(whole, ligatures)])
        at += len(whole)
    return pieces


def _broken(whole: str, ligatures: tuple[str, ...]) -> list[tuple[str, Losses]]:
    """The damaged forms of one ligature, with the signs lost: "ffi" may be lost whole, or its "ff", or its "fi"."""
    shorter = [part for part in ligatures if len(part) < len(whole) and part in whole]
    return [(LOST, (whole,)), *((whole.replace(part, LOST, 1), (part,)) for part in shorter)]


@cache
def _listed(ligatures: tuple[str, ...]) -> Index:
    return index(word_list(), ligatures)


@cache
def _sorted(ligatures: tuple[str, ...]) -> list[str]:
    return sorted(_listed(ligatures))


class Ligatures:
    """Finds the ligatures that a damaged word has lost, from one document's words and the word list."""

    def __init__(self, words: Words) -> None:
        self._own = {kind: index(words.single, kind) for kind in (LIGATURES, RARE)}
        self._own_sorted = sorted(self._own[LIGATURES])

    def lost(self, left: str, hints: Losses = ()) -> Losses | None:
        """The ligatures that a damaged word has lost, one per lost sign.

        Args:
            left: the damaged word in lower case, every lost sign as `LOST`.
            hints: the ligatures that the signs' codes stand for; they decide between equals.

        Returns:
            None where no word fits, or several fit and none is much more frequent.
        """
        for kind in (LIGATURES, RARE):
            options = self._own[kind].get(left)
            lost = _clear(options, hints) if options else None
            if lost is None:
                options = _listed(kind).get(left)
                lost = _clear(options, hints) if options else self._by_stem(left, kind)
            if lost is not None:
                return lost
        return None

    def lost_at_end(self, left: str) -> Losses | None:
        """The ligatures that the beginning of a word has lost; None unless all words that begin so agree."""
        own = self._own[LIGATURES]
        for found, forms in ((own, self._own_sorted), (_listed(LIGATURES), _sorted(LIGATURES))):
            at = bisect_left(forms, left)
            fits: set[Losses] = set()
            while at < len(forms) and forms[at].startswith(left) and len(fits) <= 1:
                fits |= {lost[: left.count(LOST)] for lost in found[forms[at]]}
                at += 1
            if len(fits) == 1:
                return fits.pop()
        return None

    @staticmethod
    def _by_stem(left: str, kind: tuple[str, ...]) -> Losses | None:
        """Looks a word up in the list without an affix; the list does not hold every word with every affix."""
        stems = [left.removesuffix(affix) for affix in AFTER if left.endswith(affix)]
        stems += [left.removeprefix(affix) for affix in BEFORE if left.startswith(affix)]
        found = _listed(kind)
        fits = {lost for stem in stems if len(stem) >= _SHORTEST and (lost := _clear(found.get(stem, {})))}
        return fits.pop() if len(fits) == 1 else None


def _clear(options: Mapping[Losses, int], hints: Losses = ()) -> Losses | None:
    """The option that is clearly the most frequent, or the hinted one."""
    if hints in options:
        return hints
    ranked = sorted(options.items(), key=lambda pair: -pair[1])
    if len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] >= _MARGIN * ranked[1][1]):
        return ranked[0][0]
    return None
