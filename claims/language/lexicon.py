"""The lexicon: every known word with its grammatical class and features; read from `lexicon.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from claims.language.tokens import folded_words

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A spelling and what it does.

    Attributes:
        words: the folded tokens. symbol: its class, of a verb with its form ("beat.fin").
        features: of the entry.
    """

    words: Words
    symbol: str
    features: Mapping[str, Any] = field(hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lexemes by their first word.

    Attributes:
        version: of the word list. entries: as they stand in the file.
        following: first word → the lexemes that it is alone, and second word → these and those that go on with it;
            of the words that were asked for.
        blocked: words that no caption makes part of a name.
    """

    version: str
    by_first: Mapping[str, Sequence[Lexeme]]
    entries: Sequence[Mapping[str, Any]]
    blocked: frozenset[str] = frozenset()
    following: dict[str, tuple[Sequence[Lexeme], Mapping[str, Sequence[Lexeme]]]] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )

    def at(self, folded: Sequence[str], place: int) -> Sequence[Lexeme]:
        """The lexemes that start at a place."""
        first = folded[place]
        if first not in self.by_first:
            return ()
        if first not in self.following:
            self.following[first] = _by_second(self.by_first[first])
        alone, longer = self.following[first]
        possible = longer.get(folded[place + 1]) if longer and place + 1 < len(folded) else None
        if possible is None:
            return alone
        return [
            lexeme
            for lexeme in possible
            if len(lexeme.words) <= 2 or tuple(folded[place : place + len(lexeme.words)]) == lexeme.words
        ]

    def knows(self, word: str) -> bool:
        """True if a folded word stands alone in the lexicon."""
        return any(len(lexeme.words) == 1 for lexeme in self.by_first.get(word, ()))


def _by_second(found: Sequence[Lexeme]) -> tuple[Sequence[Lexeme], Mapping[str, Sequence[Lexeme]]]:
    """The one-word lexemes among lexemes with one first word, and a map from each second word to those it allows."""
    alone = [one for one in found if len(one.words) == 1]
    if len(alone) == len(found):
        return alone, {}
    seconds = dict.fromkeys(one.words[1] for one in found if one.words[1:])
    return alone, {word: [one for one in found if one.words[1:2] in ((), (word,))] for word in seconds}


@cache
def word_list() -> Mapping[str, Any]:
    """The shipped word list, as it stands in its file."""
    return tomllib.loads((files("claims.language") / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return made_lexicon(word_list())


def made_lexicon(data: Mapping[str, Any]) -> Lexicon:
    """A lexicon from the entries of a file."""
    by_first: dict[str, list[Lexeme]] = {}
    for entry in data["entry"]:
        for spelling, symbol in spellings(entry):
            words = folded_words(spelling)
            by_first.setdefault(words[0], []).append(Lexeme(words, symbol, entry.get("features", {})))
    return Lexicon(str(data["version"]), by_first, tuple(data["entry"]), frozenset(data.get("blocked", ())))


def spellings(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every spelling of an entry with its symbol."""
    for form in entry["forms"]:
        if entry.get("inflect") == "verb":
            for spelling, kind in verb_forms(form):
                yield spelling, f"{entry['class']}.{kind}"
        else:
            yield form, entry["class"]


def verb_forms(base: str) -> Iterator[tuple[str, str]]:
    """The forms of a verb: base, third person, past, -ing and participle, each finite, "inf", "ing" or "en"."""
    parts = base.split()
    if len(parts) >= 5 and len(parts) % 5 == 0:
        size = len(parts) // 5
        whole = [" ".join(parts[i * size : (i + 1) * size]) for i in range(5)]
    else:
        whole = regular(base)
    first, third, past, ing, participle = whole
    yield from ((first, "inf"), (first, "fin"), (third, "fin"), (past, "fin"), (ing, "ing"), (participle, "en"))


def regular(base: str) -> list[str]:
    """Base, third person, past, -ing and participle of a regular verb; words after the verb stay."""
    verb, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    if verb.endswith("e"):
        third, past, ing = f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    elif re.search(r"[^aeiou]y$", verb):
        third, past, ing = f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    elif re.search(r"(s|x|z|ch|sh)$", verb):
        third, past, ing = f"{verb}es", f"{verb}ed", f"{verb}ing"
    else:
        third, past, ing = f"{verb}s", f"{verb}ed", f"{verb}ing"
    return [base, third + tail, past + tail, ing + tail, past + tail]
