"""Changed sentences, and which verdicts each may get.

A base sentence has a form of its own (subject, verb, object, amount, tail), so that a change goes where a person would
put it. What a change means is written beside it in `mutations.toml`; where that depends on the table it is computed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from made_clauses import made_up
from made_kind import Wording
from made_logic import relates
from made_sentences import Sentence, sentence
from made_table import Place
from made_tables import NAMES

CHANGES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("mutations.toml").read_text(encoding="utf-8")
)["mutation"]  # fmt: skip
BASES = {
    "compare": Wording("{a} outperforms {b} {at}.", "compare", {"rel": "better"}),
    "worse": Wording("{a} underperforms {b} {at}.", "compare", {"rel": "worse"}),
    "higher": Wording("{a} has a higher {noun} than {b}.", "compare", {"rel": "higher"}),
    "difference": Wording("{a} outperforms {b} by {n}{unit} {at}.", "difference", {"rel": "better"}),
    "value": Wording("{a} has {am} of {n}{where}.", "value"),
    "best": Wording("{a} achieves the best result {at}.", "best"),
    "all": Wording("{a} outperforms {b} on all {places}.", "quantified", {"q": "all"}),
    "others": Wording("{a} outperforms all other systems {at}.", "best"),
    "behind": Wording("Every other system outperforms {a} {at}.", "best", {"rel": "worst"}),
}
BARE = {"outperforms": "outperform", "underperforms": "underperform", "has": "have", "achieves": "achieve"}
PLACES = ("adverb", "subject", "object", "tail", "behind")
"""Positions of a made-up word."""


@dataclass(frozen=True, slots=True)
class Base:
    """A sentence in its parts.

    Attributes:
        kind: Which of `BASES`.
        made: The sentence with its table and slots.
        subject, verb, object, amount, tail: Its parts; `object` has a slot {b} where there is a rival.
    """

    kind: str
    made: Sentence
    subject: str
    verb: str
    object: str
    amount: str
    tail: str

    def text(self, **changes: str) -> str:
        """The sentence without its full stop, with some parts replaced."""
        parts = replace(self, **changes) if changes else self  # type: ignore[arg-type]
        words = (parts.subject, parts.verb, parts.object, parts.amount, parts.tail)
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed sentence.

    Attributes:
        base: What was changed.
        name: The kind of change.
        rule: As in `mutations.toml`.
        claim: The changed sentence.
        allowed: Which of supported and refuted it may get; every other verdict is always allowed.
    """

    base: Base
    name: str
    rule: str
    claim: str
    allowed: frozenset[str]


def base(kind: str, rng: Random) -> Base:
    """A base sentence of a kind, true or false but nothing between."""
    while True:
        made = sentence(BASES[kind], rng)
        # a number with fewer digits than the table leaves open what “over 61” would be
        exact = Decimal(made.drawn.slots.get("n", made.table.unit)).as_tuple().exponent == -made.table.decimals
        if made.truth in ("true", "false") and exact:
            break
    slots = made.drawn.slots
    at, b = slots.get("at", ""), slots.get("b", "")
    verb, object_, amount, tail = {
        "compare": ("outperforms", b, "", at),
        "worse": ("underperforms", b, "", at),
        "higher": ("has", f"a higher {slots.get('noun')} than {b}", "", ""),
        "difference": ("outperforms", b, f"by {slots.get('n')}{slots.get('unit')}", at),
        "value": ("has", f"{slots.get('am')} of", str(slots.get("n")), slots.get("where", "").strip()),
        "best": ("achieves", "the best result", "", at),
        "all": ("outperforms", b, "", f"on all {slots.get('places')}"),
        "others": ("outperforms", "all other systems", "", at),
        "behind": ("outperforms", slots["a"], "", at),
    }[kind]
    subject = "every other system" if kind == "behind" else slots["a"]
    return Base(kind, made, subject, verb, object_, amount, tail)


def mutants(of: Base, rng: Random) -> Iterator[Mutant]:
    """All changes of a base sentence but those by a made-up word."""
    for change in CHANGES:
        if change.get("base", of.made.truth) == of.made.truth and of.kind in change.get("only", (of.kind,)):
            for words in change["words"]:
                text = _changed(of, change["slot"], words)
                said_already = "(base)" in words and "-base" in str(of.made.table)
                if text and not said_already:
                    yield _mutant(of, change["name"], change["rule"], text)
    yield from _computed(of, rng)


def with_word(of: Base, place: str, rng: Random) -> Mutant | None:
    """A base sentence with a made-up word at one of `PLACES`, None where it has no such place."""
    text = _with_word(of, place, made_up(rng))
    return _mutant(of, f"made-up word, {place}", "withhold", text) if text else None


def _mutant(of: Base, name: str, rule: str, text: str) -> Mutant:
    stays = "supported" if of.made.truth == "true" else "refuted"
    turned = "refuted" if of.made.truth == "true" else "supported"
    allowed = {"withhold": (), "flip": (turned,), "stay": (stays,), "not-true": ("refuted",)}[rule]
    claim = text if text.endswith((".", "?")) else f"{text}."
    return Mutant(of, name, rule, claim[0].upper() + claim[1:], frozenset(allowed))


def _changed(of: Base, slot: str, words: str) -> str:
    """The base with one part changed, empty where it has no such part."""
    slots = of.made.drawn.slots
    if slot == "frame":
        return words.format(s=of.text())
    if slot == "adverb":
        return of.text(verb=f"{words} {of.verb}")
    if slot == "verb":
        return of.text(verb=words.format(bare=BARE[of.verb], s3=of.verb))
    if slot == "tail":
        return f"{of.text()} {words}"
    if slot == "subject":
        return of.text(subject=words.format(a=slots["a"]))
    if slot == "object":
        return _rival(of, words.format(b=slots["b"])) if "b" in slots else ""
    if slot == "amount":
        return of.text(amount=words.format_map(slots)) if of.amount else ""
    if slot == "best":
        return of.text(object=words) if of.kind == "best" else ""
    return of.text(tail=f"on {words.format_map(slots)}") if of.kind == "all" else ""


def _rival(of: Base, name: str) -> str:
    rival = of.made.drawn.slots["b"]
    # the rival stands last in the object; its name may also be part of what is before it
    return of.text(object=of.object.removesuffix(rival) + name)


def _with_word(of: Base, place: str, word: str) -> str:
    if place == "adverb":
        return of.text(verb=f"{word} {of.verb}")
    if place == "subject":
        return of.text(subject=f"the {word} {of.subject}")
    if place == "object":
        return _rival(of, f"the {word} {of.made.drawn.slots['b']}") if "b" in of.made.drawn.slots else ""
    return f"{of.text()} {'under' if place == 'tail' else ''} {word}".replace("  ", " ")


def _computed(of: Base, rng: Random) -> Iterator[Mutant]:
    slots = of.made.drawn.slots
    yield _mutant(of, "subject no table knows", "withhold", of.text(subject=rng.choice(NAMES["unknown_systems"])))
    if "at" in slots and of.tail:
        tail = f"on {rng.choice(NAMES['unknown_datasets'])}"
        yield _mutant(of, "place no table knows", "withhold", of.text(tail=tail))
        if of.made.truth == "true":
            yield _mutant(of, "place no table knows, beside", "withhold", f"{of.text()} and {tail}")
    if "b" in slots:
        strange = rng.choice(NAMES["unknown_systems"])
        yield _mutant(of, "rival no table knows", "withhold", _rival(of, strange))
        if of.made.truth == "true":
            yield _mutant(of, "rival no table knows, beside", "withhold", _rival(of, f"{slots['b']} and {strange}"))
        yield from _exchanged(of)
    if of.amount and of.made.truth == "true":
        digits = _another(slots["n"], rng)
        yield _mutant(of, "another number", "flip", of.text(amount=of.amount.replace(slots["n"], digits, 1)))


def _exchanged(of: Base) -> Iterator[Mutant]:
    """Subject and rival exchanged: the truth of that is computed where it does not follow."""
    a, b = of.made.drawn.slots["a"], of.made.drawn.slots["b"]
    text = replace(of, subject=b).text(object=of.object.removesuffix(b) + a)
    if of.made.truth == "true":
        yield _mutant(of, "subject and rival exchanged", "flip", text)
    elif of.kind in ("compare", "worse", "higher"):
        table, rel = of.made.table, of.made.wording.option("rel")
        tied = [place for place in _places(of) if not relates(table, rel, b, a, place)]
        yield _mutant(of, "subject and rival exchanged", "stay" if tied else "flip", text)


def _places(of: Base) -> list[Place]:
    """The place of a comparison, found by the words that name it."""
    slots = of.made.drawn.slots
    fits = [
        place
        for place in of.made.table.places
        if slots["x"] == (place.where or place.measure.name) and slots["m"] == place.measure.name
    ]
    assert len(fits) == 1
    return fits


def _another(number: str, rng: Random) -> str:
    """The number with its first digit changed."""
    digit = int(number[0])
    return str(rng.choice([other for other in range(1, 10) if abs(other - digit) > 1])) + number[1:]
