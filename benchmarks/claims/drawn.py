"""A sentence that a table makes true, with a test of its own of whether it still holds."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from shapes import Numbers, Place, Shape

Holds = Callable[[Numbers], "bool | None"]
Phrasings = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a table makes true.

    Attributes:
        form: its kind. template: before names were put in. text: with them.
        holds: whether it holds of given numbers; None where a reasonable reader could say either (ties, rounding).
        cells: where its numbers stand. false: the sentence with a number that is wrong.
    """

    form: str
    template: str
    text: str
    holds: Holds
    cells: tuple[Place, ...]
    false: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a sentence is drawn from: a table, chance, and a list of phrasings by key."""

    shape: Shape
    rng: Random
    phrasings: Phrasings

    def names(self, p: int | None = None, q: int | None = None, **systems: int) -> dict[str, str]:
        """Names for the letters of a phrasing."""
        found = {key: self.shape.systems[s] for key, s in systems.items()}
        found |= {"places": self.shape.noun, "place": self.shape.noun.removesuffix("s")}
        return found | {key: self.shape.places[x] for key, x in (("p", p), ("q", q)) if x is not None}

    def sentence(
        self,
        form: str,
        keys: tuple[str, ...],
        names: Mapping[str, str],
        holds: Holds,
        cells: list[Place],
        number: str = "",
        wrong: tuple[str, ...] = (),
    ) -> Sentence:
        """A sentence in one of the phrasings under some keys; `wrong` are numbers that make it false."""
        template = self.rng.choice([text for key in keys for text in self.phrasings[key]])
        said = (number, *wrong) if "{n}" in template else (number,)
        text, *false = (_capital(template.format(**names, n=n)) for n in said)
        return Sentence(form, template, text, holds, tuple(cells), tuple(false))


def phrasings(which: str) -> Phrasings:
    """One list of phrasings: "tuned" ones, "fresh" ones written later, or those kept back ("held-out")."""
    found: dict[str, Phrasings] = tomllib.loads(Path(__file__).with_name("phrasings.toml").read_text(encoding="utf-8"))
    return found[which]


def sign(value: Decimal) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def unanimous(signs: list[int]) -> bool | None:
    """Whether all signs are positive; None where one is zero and none is negative."""
    return min(signs) > 0 if min(signs) else None


def ulp(*values: Decimal) -> Decimal:
    """One unit of the last printed digit, the coarsest of several numbers'."""
    return max(Decimal(1).scaleb(int(v.as_tuple().exponent)) for v in values)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
