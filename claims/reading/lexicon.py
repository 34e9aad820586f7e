"""The words a sentence is read by: names from the vocabulary, trade words from `data/lexicon.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.vocabulary import MULTITASK, Entry, Vocabulary

WORD = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*|[^\W\d_]+(?:['’][a-z]+)?|[^\w\s]")
"""A word, a number or a sign; hyphens inside a word separate words."""

NAMED = {
    "intermediate": "RUN",
    "target": "TARGET",
    "benchmark": "BENCH",
    "model": "MODEL",
    "metric": "METRIC",
    "text_source": "SOURCE",
    "kind": "KIND",
}
"""Vocabulary category → class of the tokens its names become."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase stands for.

    Attributes:
        kind: the token class (a terminal of the grammar).
        values: ids, most likely first; more than one where the name is shared.
    """

    kind: str
    values: tuple[str, ...] = ()


Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases with what they stand for.

    Attributes:
        version: of the trade words.
        senses: phrase (folded words) → sense.
        by_first: first word → the phrases that start with it, longest first.
        fillers: words that carry nothing in some position (see `claims.reading.neutral`).
    """

    version: str
    senses: Mapping[Phrase, Sense]
    by_first: Mapping[str, tuple[Phrase, ...]]
    fillers: frozenset[str]


def split_words(text: str) -> list[re.Match[str]]:
    """Words, numbers and signs of a text; a hyphen between letters is left out."""
    matches = list(WORD.finditer(text))
    return [m for i, m in enumerate(matches) if not _inner_hyphen(text, m, i)]


def _inner_hyphen(text: str, match: re.Match[str], index: int) -> bool:
    if match.group() not in {"-", "‐", "‑", "–"} or index == 0:
        return False
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return before.isalnum() and after.isalnum()


def phrase(text: str) -> Phrase:
    """The folded words of a spelling."""
    return tuple(m.group().casefold().replace("’", "'") for m in split_words(text))


@cache
def lexicon(words: Vocabulary) -> Lexicon:
    """The lexicon over a vocabulary: trade words first, names on top of them."""
    data = tomllib.loads((files("claims.reading") / "data" / "lexicon.toml").read_text(encoding="utf-8"))
    passed = [phrase(spelling) for spelling in data_words("neutral.toml")]
    senses = {key: Sense("FILLER") for key in passed if len(key) > 1}
    senses |= _trade_words(data)
    for category, kind in NAMED.items():
        for entry in words[category].values():
            _add_names(senses, kind, entry)
    for entry in words["language"].values():
        for name in (entry.name, *entry.aliases):
            _add(senses, f"LANGUAGE.{entry.id}", (name, f"{name}-language"))
    for entry in words["multitask"].values():
        _add(senses, f"MULTI.{MULTITASK}", (entry.name, *entry.aliases))
    starts: dict[str, list[Phrase]] = {}
    for key in senses:
        starts.setdefault(key[0], []).append(key)
    by_first = {first: tuple(sorted(keys, key=len, reverse=True)) for first, keys in starts.items()}
    return Lexicon(str(data["version"]), senses, by_first, frozenset(key[0] for key in passed if len(key) == 1))


def data_words(name: str) -> list[str]:
    """The spellings of the word classes in a data file."""
    data = tomllib.loads((files("claims.reading") / "data" / name).read_text(encoding="utf-8"))
    return [spelling for spellings in data["class"].values() for spelling in spellings]


def _trade_words(data: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[Phrase, Sense]:
    senses: dict[Phrase, Sense] = {}
    for label, bases in data["verb"].items():
        _add(senses, label, (form for base in bases for form in _verb_forms(base)))
    for label, bases in data["noun"].items():
        _add(senses, label, (form for base in bases for form in (base, _plural(base))))
    for label, spellings in data["phrase"].items():
        _add(senses, label, spellings)
    return senses


def _add(senses: dict[Phrase, Sense], label: str, spellings: Iterable[str]) -> None:
    kind, _, value = label.partition(".")
    for spelling in spellings:
        if key := phrase(spelling):
            senses[key] = Sense(kind, (value,) if value else ())


def _add_names(senses: dict[Phrase, Sense], kind: str, entry: Entry) -> None:
    for spelling in entry.spellings:
        senses[phrase(spelling)] = Sense(kind, (entry.id,))
    for shared in entry.facts.get("unversioned", ()):
        others = senses.get(phrase(shared), Sense(kind)).values
        senses[phrase(shared)] = Sense(kind, (entry.id, *(o for o in others if o != entry.id)))
    for shared in entry.facts.get("also_read_as", ()):
        others = senses.get(phrase(shared), Sense(kind)).values
        senses[phrase(shared)] = Sense(kind, (*(o for o in others if o != entry.id), entry.id))


def _verb_forms(base: str) -> tuple[str, ...]:
    head, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    if head.endswith("e"):
        stems = (head, f"{head}s", f"{head}d", f"{head[:-1]}ing")
    elif re.search(r"[^aeiou]y$", head):
        stems = (head, f"{head[:-1]}ies", f"{head[:-1]}ied", f"{head}ing")
    elif re.search(r"(s|x|z|ch|sh|o)$", head):
        stems = (head, f"{head}es", f"{head}ed", f"{head}ing")
    else:
        stems = (head, f"{head}s", f"{head}ed", f"{head}ing")
    return tuple(stem + tail for stem in stems)


def _plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(s|x|ch|sh)$", noun) else f"{noun}s"
