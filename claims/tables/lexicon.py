"""The words of result sentences, out of data/lexicon.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claims.tables.pieces import Piece, pieces_of


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the lexicon: its words, each with whether endings may follow, and what it is."""

    words: tuple[tuple[str, bool], ...]
    kind: str

    def matches(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether the phrase stands at a place of a sentence."""
        if at + len(self.words) > len(pieces):
            return False
        return all(_fits(pieces[at + k].text, word, endings) for k, (word, endings) in enumerate(self.words))


def _fits(word: str, wanted: str, endings: bool) -> bool:
    if word == wanted:
        return True
    return endings and word.startswith(wanted) and len(word) - len(wanted) <= 5 and word.isalpha()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first letters, metric words by direction, and the patterns that cut a sentence."""

    version: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    quality: Mapping[str, int]
    cuts: Mapping[str, tuple[str, ...]]

    def at(self, pieces: Sequence[Piece], at: int, names: Collection[int] = ()) -> Phrase | None:
        """The longest phrase that begins at a place of a sentence; bounds only before a number.

        Args:
            pieces: of the sentence.
            at: the place.
            names: places where names begin; a number that begins a name is none to bound.
        """
        for phrase in self.phrases.get(pieces[at].text[:2], ()):
            end = at + len(phrase.words)
            bounds = end not in names and _number_after(pieces, end)
            if phrase.matches(pieces, at) and (phrase.kind not in BOUNDS or bounds):
                return phrase
        return None


def _longest_first(phrase: Phrase) -> tuple[int, bool]:
    """Longer phrases before shorter ones; bounds, which need a number after them, before others of their length."""
    return -len(phrase.words), phrase.kind not in BOUNDS


BOUNDS = frozenset({"at-least", "up-to", "about", "over", "under"})


def _number_after(pieces: Sequence[Piece], at: int) -> bool:
    return any(
        piece.text[0].isdigit() or piece.text in {"two", "three", "half", "twice"} for piece in pieces[at : at + 2]
    )


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    text = resources.files("claims.tables").joinpath("data/lexicon.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    found: dict[str, list[Phrase]] = {}
    for kind, phrases in [*data["phrases"].items(), *data["groups"].items()]:
        for phrase in phrases:
            words = tuple(_word(w) for w in phrase.split())
            words = tuple(word for w in words for word in _pieces(w))
            found.setdefault(words[0][0][:2], []).append(Phrase(words, kind))
    ordered = {
        start: tuple(sorted(all_, key=lambda p: (-len(p.words), p.kind not in BOUNDS))) for start, all_ in found.items()
    }
    quality = {
        w: d
        for d, key in ((0, "neither"), (1, "higher-is-better"), (-1, "lower-is-better"))
        for w in data["quality"][key]
    }
    cuts = {name: tuple(patterns) for name, patterns in data["cuts"].items()}
    return Lexicon(data["version"], ordered, quality, cuts)


def _word(word: str) -> tuple[str, bool]:
    return word.removesuffix("*"), word.endswith("*")


def _pieces(word: tuple[str, bool]) -> tuple[tuple[str, bool], ...]:
    """A word as the pieces a sentence has of it ("w/o" is three)."""
    split = [p.text for p in pieces_of(word[0])]
    return tuple((piece, word[1] and i == len(split) - 1) for i, piece in enumerate(split))
