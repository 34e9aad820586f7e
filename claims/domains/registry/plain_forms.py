"""A plain sentence made of the names of one that was not read, for a person to take or leave."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from importlib.resources import files
from itertools import islice
from typing import Any

from analysis.numbers import Number, scan_numbers
from analysis.registry.vocabulary import Vocabulary
from claims.domains.registry.claim import reader_over
from claims.hashed import replace
from claims.language.clause_kept import clauses_kept
from claims.language.kept import Rewording, keeps_what_counts, left_out, says_most, words_of
from claims.language.rewording import denying_words, joined, rewording
from claims.language.tokens import tokens_of
from claims.reading import Reading
from claims.verdict import Verdict

SLOT = re.compile(r"\{([A-Z]+\d?)\}")
POINTS = frozenset({"points", "%"})
"""Units of a number of points."""
MANY = 1000
"""A whole number without a unit from here on counts something; scores lie below."""


@cache
def plain_forms() -> tuple[str, ...]:
    """The shipped sentences with places for names."""
    return tuple(_shipped()["forms"])


@cache
def fact_forms() -> tuple[str, ...]:
    """The shipped sentences of which those are offered that the evidence bears out."""
    return tuple(_shipped()["facts"])


@cache
def _shipped() -> Mapping[str, Any]:
    return tomllib.loads((files("claims.domains.registry") / "plain_forms.toml").read_text(encoding="utf-8"))


def filled_form(form: str, names: Mapping[str, str]) -> str:
    """A sentence with names in its places; "" where one is missing."""
    return SLOT.sub(lambda slot: names[slot[1]], form) if all(slot in names for slot in SLOT.findall(form)) else ""


def plain_form(sentence: str, reading: Reading, reads: Callable[[str], bool]) -> str:
    """The plain sentence with most of the names of another, "" where no form takes them.

    It may say less, or something else, than the sentence: it is a suggestion, and decides nothing.

    Args:
        sentence: that was not read.
        reading: its names.
        reads: whether a sentence is read whole, in one way.
    """
    names = named_slots(sentence, reading) | _numbers(sentence)
    if "METRIC" in names:
        return ""  # no form says by what it is measured
    for form in (form for form in _fitting(names) if _says_as_much(form, sentence)):
        text = filled_form(form, names)
        if reads(text):
            return text
    return ""


def _says_as_much(form: str, sentence: str) -> bool:
    """True if a sentence has a word for each telling word of a form, and none for its opposite."""
    words = [word.casefold() for word in words_of(sentence)]
    said, against = _shipped()["says"], _shipped()["against"]

    def has(beginnings: Iterable[str]) -> bool:
        return any(word.startswith(tuple(beginnings)) for word in words)

    told = [word for word in words_of(form) if word in said]
    return all(has(said[word]) for word in told) and not any(has(against.get(word, ())) for word in told)


def either_form(sentence: str, reading: Reading, reads: Callable[[str], bool]) -> tuple[Rewording, ...]:
    """Two sentences on the names of another that go opposite ways, for a person to choose; none where none is read.

    Args:
        sentence: that was not read.
        reading: its names.
        reads: whether a sentence is read whole, in one way.
    """
    names = named_slots(sentence, reading)
    for pair in _shipped()["either"]:
        texts = [filled_form(form, names) for form in pair["forms"]]
        if all(text and reads(text) for text in texts):
            told = zip(texts, pair["chosen"], strict=True)
            return tuple(Rewording(text, left_out(sentence, text), chosen=(word,)) for text, word in told)
    return ()


def named_slots(sentence: str, reading: Reading) -> dict[str, str]:
    """Slot → name as written, in the order of the sentence: RUN, RUN2 and so on."""
    found: dict[str, list[str]] = {}
    for token in reading.tokens:
        seen = found.setdefault(token.kind, [])
        if token.values and token.text not in seen:
            seen.append(token.text)
    names: dict[str, str] = {}
    for kind, texts in found.items():
        ordered = sorted(texts, key=sentence.find)
        names |= {f"{kind}{n if n > 1 else ''}": text for n, text in enumerate(ordered, 1)}
    return names


def _numbers(sentence: str) -> dict[str, str]:
    """NUMBER: the first number of points, else the first score; COUNT: the first count; no bounds, no ranges."""
    exact: list[Number] = []
    reached = 0
    for start, end, number in scan_numbers(sentence):
        if start >= reached:  # the longest reading at this place
            reached = end
            exact += [number] if number.relation == "=" and number.upper is None else []
    points = [n for n in exact if n.unit in POINTS]
    scores = [n for n in exact if not n.unit and n.value < MANY and n.half_width < 1]
    counts = [n for n in exact if not n.unit and n.value >= MANY and n.value == int(n.value)]
    found = {}
    if points or scores:
        found["NUMBER"] = f"{(points or scores)[0].value:f}"
    if counts:
        found["COUNT"] = f"{int(counts[0].value):,}"
    return found


def _fitting(names: Mapping[str, str]) -> Iterator[str]:
    """The forms whose places can all be filled, those with most places first."""
    places = [(form, SLOT.findall(form)) for form in plain_forms()]
    fitting = [(form, slots) for form, slots in places if all(slot in names for slot in slots)]
    yield from (form for form, slots in sorted(fitting, key=lambda pair: -len(pair[1])))


HINTED = 40
"""Tokens of a sentence for which a nearest one is looked for; of a longer one each try takes long."""

KEPT = frozenset({"MODEL", "RUN", "TARGET", "METRIC", "LANG"})
"""Kinds of name of which a shorter sentence leaves none out."""
CLAUSES = 12
"""Clauses of a sentence that are tried alone."""


def with_hint(verdict: Verdict, reading: Reading, sentence: str, registry: Vocabulary) -> Verdict:
    """The verdict on a claim, of one that was not read with the nearest sentence that would be."""
    if reading.complete or verdict.rewording:
        return verdict
    offered = nearest(sentence, registry)
    if not offered and not denying_words(tokens_of(sentence)):
        plain = plain_form(sentence, reading, partial(_reads, registry))
        offered = plain if keeps_what_counts(sentence, plain) and says_most(sentence, plain) else ""
    found = (Rewording(offered, left_out(sentence, offered)),) if offered else ()
    return replace(verdict, rewordings=found) if found else with_choices(verdict, reading, sentence, registry)


def with_choices(verdict: Verdict, reading: Reading, sentence: str, registry: Vocabulary) -> Verdict:
    """The verdict on a claim, of one without any rewording with two that go opposite ways."""
    if reading.complete or verdict.rewordings:
        return verdict
    return replace(verdict, rewordings=either_form(sentence, reading, partial(_reads, registry)))


@lru_cache(maxsize=1024)
def nearest(sentence: str, registry: Vocabulary) -> str:
    """The sentence with the fewest words left out that is read, else its longest clause that is; "" where none is."""
    reader = reader_over(registry)
    forest = reader.read(sentence).forest
    if not 0 < len(forest.tokens) <= HINTED:
        return ""
    reads = partial(_reads, registry)
    names = [joined(forest.tokens[edge.start : edge.end]).casefold() for edge in forest.edges if edge.symbol in KEPT]

    def reads_with_names(text: str) -> bool:
        return all(name in text.casefold() for name in names) and reads(text)

    return rewording(forest, reads_with_names) or next(filter(reads, islice(clauses_kept(forest), CLAUSES)), "")


def _reads(registry: Vocabulary, text: str) -> bool:
    return len(reader_over(registry).read(text).readings) == 1
