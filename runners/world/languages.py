"""The languages of the world, as the vocabulary states them, and their word forms.

Forms are inherited along the tree: a language keeps a stated share of its parent's forms and has
words of its own for the rest. Written forms follow from spoken ones letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Literal

import numpy as np

from analysis.registry.vocabulary import Entry, vocabulary
from runners.world.concepts import COUNTS, LOANED, SIGNS, WORDS

SOURCE = "lab-a"

CONSONANTS, VOWELS = "ptkbdgmnslrfvz", "aeiou"
LETTERS = CONSONANTS + VOWELS

ALPHABETS = {
    "Latn": "ptkbdgmnslrfvzaeiou",
    "Grek": "πτκβδγμνσλρφψζαεηοω",
    "Cyrl": "пткбдгмнслрфвзаеиоу",
    "Geor": "პტკბდგმნსლრფვზაეიოუ",
}
"""ISO 15924 script → one letter for each of `LETTERS`."""

NEW_LETTERS = "cxqhyjw"
"""Substitutes of Latin letters in languages that spell differently: t→c, l→x, g→q, …"""

RESPELLED = "tlgdnvm"
"""Letters in the order in which languages give them up."""

FUNCTIONS = ("plural", "past", "future", "subject", "object", "place")
"""Categories that a suffix marks. Nouns: number and role; verbs: time."""


@dataclass(frozen=True, slots=True)
class LaboratoryLanguage:
    """A language and how it differs from its parent; see `analysis/data/laboratory.toml`.

    Attributes:
        code: id in the vocabulary. parent: code, "" for the source.
        kept: share of the parent's word forms, 0..1.
        order: of subject, verb, object. adjective, adposition, negation: their places.
        script: ISO 15924. letters: Latin letters spelled differently (count).
        loans: share of words written as the source writes them, where the script is another.
        suffixes_kept: share of the parent's suffixes, 0..1. cases: roles marked by a suffix.
    """

    code: str
    parent: str
    kept: float
    order: str
    adjective: Literal["AN", "NA"]
    adposition: Literal["pre", "post"]
    negation: Literal["pre", "post"]
    script: str
    letters: int
    loans: float
    suffixes_kept: float
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """Grammar and spelling of a language for every concept.

    Attributes:
        spoken: shape (concepts,), roots in source letters. written: the same in its own script.
        suffixes: function → spoken suffix, "" where the language marks nothing.
        written_suffixes: function → written suffix.
        alphabet: written letter of each of `LETTERS`.
    """

    spoken: tuple[str, ...]
    written: tuple[str, ...]
    suffixes: dict[str, str]
    written_suffixes: dict[str, str]
    alphabet: str


@cache
def languages() -> dict[str, LaboratoryLanguage]:
    """All laboratory languages of the vocabulary, parents before children."""
    entries = [e for e in vocabulary()["language"].values() if e.facts.get("synthetic")]
    return {e.id: _language(e) for e in entries}


def _language(entry: Entry) -> LaboratoryLanguage:
    facts: dict[str, Any] = dict(entry.facts)
    return LaboratoryLanguage(
        entry.id, facts.get("parent", ""), facts.get("kept", 1.0), facts["order"], facts["adjective"],
        facts["adposition"], facts["negation"], facts["script"], facts.get("letters", 0),
        facts.get("loans", 0.0), facts.get("suffixes_kept", 1.0), tuple(facts["cases"]),
    )  # fmt: skip


@cache
def all_forms(seed: int) -> dict[str, Forms]:
    """Language → its forms, for the whole tree, from one seed.

    Roots have five letters (consonant, vowel, consonant, vowel, consonant) and suffixes two (vowel,
    consonant), so that a written word has one reading as root and suffix.
    """
    rng = np.random.default_rng([seed, 1])
    roots = _pool(rng, (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS))
    endings = _pool(rng, (VOWELS, CONSONANTS))
    found: dict[str, Forms] = {}
    for code, language in languages().items():
        parent = found.get(language.parent)
        spoken = _inherited(rng, parent.spoken if parent else None, language.kept, WORDS - 1, roots)
        suffixes = _suffixes(rng, parent.suffixes if parent else None, language, endings)
        found[code] = _forms(rng, language, spoken, suffixes, found)
    return found


def _pool(rng: np.random.Generator, shape: Sequence[str]) -> list[str]:
    """Every form of a shape once, shuffled; each use takes the last."""
    every = ["".join(letters) for letters in product(*shape)]
    return [every[i] for i in rng.permutation(len(every))]


def _inherited(
    rng: np.random.Generator, parent: tuple[str, ...] | None, kept: float, count: int, pool: list[str]
) -> tuple[str, ...]:
    """No form for nothing, then a root for each concept that has a word, then numbers and signs."""
    shared = (*map(str, COUNTS), *SIGNS)
    if parent is None:
        return ("", *(pool.pop() for _ in range(count)), *shared)
    stays = set(rng.permutation(count)[: round(kept * count)].tolist())
    return ("", *(parent[i + 1] if i in stays else pool.pop() for i in range(count)), *shared)


def _suffixes(
    rng: np.random.Generator, parent: dict[str, str] | None, language: LaboratoryLanguage, pool: list[str]
) -> dict[str, str]:
    marked = ("plural", "past", "future", *language.cases)
    order = rng.permutation(len(marked))
    stays = {marked[i] for i in order[: round(language.suffixes_kept * len(marked))]}
    inherited = {name: parent[name] for name in stays if parent[name]} if parent else {}
    return {name: inherited.get(name) or pool.pop() if name in marked else "" for name in FUNCTIONS}


def _forms(
    rng: np.random.Generator,
    language: LaboratoryLanguage,
    spoken: tuple[str, ...],
    suffixes: dict[str, str],
    found: dict[str, Forms],
) -> Forms:
    alphabet = _alphabet(language)
    spelling = str.maketrans(LETTERS, alphabet)
    written = [form.translate(spelling) for form in spoken]
    if language.loans:
        source = found[SOURCE].written
        candidates = LOANED
        for i in rng.permutation(candidates)[: round(language.loans * (WORDS - 1))]:
            written[i] = source[i]
    return Forms(spoken, tuple(written), suffixes, {k: v.translate(spelling) for k, v in suffixes.items()}, alphabet)


def _alphabet(language: LaboratoryLanguage) -> str:
    letters = list(ALPHABETS[language.script])
    if language.script == "Latn":
        for old, new in list(zip(RESPELLED, NEW_LETTERS, strict=True))[: language.letters]:
            letters[LETTERS.index(old)] = new
    return "".join(letters)
