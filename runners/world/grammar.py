"""Realisation of clauses as sentences: word order, suffixes, spelling; whole arrays at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from runners.world.concepts import CONCEPT, COUNT_NAMES, NOTHING, SIZE, Numbers
from runners.world.languages import Forms, LaboratoryLanguage, all_forms, languages
from runners.world.meaning import BE, Clauses

COLUMNS = (
    "lead", "time_first", "subject_quality", "subject", "negation", "verb", "count", "object_quality",
    "object", "predicate", "adposition", "place", "time_last",
)  # fmt: skip
"""The places of a clause, in the source's order."""

COLUMN = {name: number for number, name in enumerate(COLUMNS)}

PARTS_OF_SPEECH = {
    "lead": "CONJ", "time_first": "ADV", "subject_quality": "ADJ", "subject": "NOUN", "negation": "PART",
    "verb": "VERB", "count": "NUM", "object_quality": "ADJ", "object": "NOUN", "predicate": "ADJ",
    "adposition": "ADP", "place": "NOUN", "time_last": "ADV",
}  # fmt: skip

INFLECTIONS = (
    "", "subject", "object", "place", "plural", "plural+subject", "plural+object", "plural+place", "past", "future",
)  # fmt: skip
INFLECTED = len(INFLECTIONS)
"""A word form is concept × INFLECTED + inflection; form 0 is no word."""

Strings = NDArray[np.object_]


def order_of(language: LaboratoryLanguage) -> Numbers:
    """The columns in the order in which the language says them, shape (columns,)."""
    subject = _phrase(language, "", "subject_quality", "subject")
    things = (*_phrase(language, "count", "object_quality", "object"), "predicate")
    verb = ("negation", "verb") if language.negation == "pre" else ("verb", "negation")
    place = ("adposition", "place") if language.adposition == "pre" else ("place", "adposition")
    blocks = {"S": subject, "V": verb, "O": things}
    said: list[str] = ["lead", "time_first"]
    verb_last = language.order.index("V") > language.order.index("O")
    for block in language.order:
        if block == "O" and verb_last:
            said += ["time_last", *place]
        said += blocks[block]
    if not verb_last:
        said += [*place, "time_last"]
    return np.array([COLUMN[name] for name in said])


def _phrase(language: LaboratoryLanguage, count: str, quality: str, noun: str) -> tuple[str, ...]:
    inner = (quality, noun) if language.adjective == "AN" else (noun, quality)
    return (count, *inner) if count else inner


@dataclass(frozen=True, slots=True, eq=False)
class GrammarTables:
    """Lexicon and rules of one language, for realising sentences.

    Attributes:
        forms: shape (concepts × INFLECTED,), each word with a space after it, "" for no word.
        lengths: characters of each, the space included.
        order: columns as said.
    """

    forms: Strings
    lengths: Numbers
    order: Numbers


@cache
def lexicon(seed: int, code: str) -> GrammarTables:
    """The lexicon of one language of the world."""
    forms = all_forms(seed)[code]
    words = [_inflected(forms, concept, inflection) for concept in range(SIZE) for inflection in INFLECTIONS]
    table = np.array(words, dtype=object)
    return GrammarTables(table, np.array([len(w) for w in words]), order_of(languages()[code]))


def _inflected(forms: Forms, concept: int, inflection: str) -> str:
    if concept == NOTHING:
        return ""
    return (
        forms.written[concept] + "".join(forms.written_suffixes[name] for name in inflection.split("+") if name) + " "
    )


def columns(clauses: Clauses) -> Numbers:
    """Word forms of clauses, shape (clauses, columns), columns in the source's order."""
    said = np.zeros((len(clauses), len(COLUMNS)), dtype=np.int64)
    event = clauses.verb != BE
    plural = np.isin(clauses.count, COUNT_NAMES)
    past, future = clauses.time == CONCEPT["yesterday"], clauses.time == CONCEPT["tomorrow"]
    values = {
        "lead": clauses.lead * INFLECTED,
        "time_first": np.where(clauses.fronted, clauses.time, 0) * INFLECTED,
        "subject_quality": clauses.subject_quality * INFLECTED,
        "subject": _noun(clauses.subject, INFLECTIONS.index("subject")),
        "negation": np.where(clauses.negated, CONCEPT["not"], 0) * INFLECTED,
        "verb": clauses.verb * INFLECTED
        + np.where(event & past, INFLECTIONS.index("past"), np.where(event & future, INFLECTIONS.index("future"), 0)),
        "count": clauses.count * INFLECTED,
        "object_quality": clauses.object_quality * INFLECTED,
        "object": _noun(clauses.object, INFLECTIONS.index("object") + np.where(plural, 4, 0)),
        "predicate": clauses.predicate * INFLECTED,
        "adposition": np.where((clauses.place > 0) & (clauses.place != CONCEPT["where"]), CONCEPT["in"], 0) * INFLECTED,
        "place": _noun(clauses.place, INFLECTIONS.index("place")),
        "time_last": np.where(clauses.fronted, 0, clauses.time) * INFLECTED,
    }
    for name, value in values.items():
        said[:, COLUMN[name]] = value
    return said


QUESTION_WORDS = np.array([CONCEPT[w] for w in ("who", "what", "where", "when", "how many")])


def _noun(concept: Numbers, inflection: Numbers | int) -> Numbers:
    plain = (concept == 0) | np.isin(concept, QUESTION_WORDS)
    return np.where(plain, concept * INFLECTED, concept * INFLECTED + inflection)


def spoken(clauses: Clauses, words: GrammarTables, sign: str = ".") -> Numbers:
    """Word forms in the language's order with the closing sign, shape (clauses, columns + 1)."""
    ordered = columns(clauses)[:, words.order]
    closing = np.full((len(clauses), 1), CONCEPT[sign] * INFLECTED if sign else 0)
    return np.concatenate([ordered, closing], axis=1)


def texts(said: Numbers, words: GrammarTables) -> list[str]:
    """Sentences of word forms, shape (n, any): one text each."""
    lines = words.forms[said].sum(axis=1) if said.size else np.array([], dtype=object)
    return [line[:-1] for line in lines.tolist()]


def offsets(said: Numbers, words: GrammarTables) -> Numbers:
    """First character of each word form in its text, shape of `said`."""
    lengths = words.lengths[said]
    starts: Numbers = np.cumsum(lengths, axis=1) - lengths
    return starts
