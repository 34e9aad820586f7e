"""Who plays which part in a clause: runs, targets, models, languages, and the scope they share.

The parts are told apart by what the names are, not by where they stand, so active and passive,
and any order of phrases, read alike. Only comparisons look at the order of their two sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from analysis.vocabulary import Vocabulary
from claims.assertion import Domain, Quantifier, Run
from claims.reading.parsing import Item

Category = Literal["run", "target", "model", "language"]


@dataclass(frozen=True, slots=True)
class Those:
    """What fills a role.

    Attributes:
        category: what kind of thing.
        members: the ones named; empty for all of a domain.
        domain: what is ranged over where none is named.
        quantifier: how many of the domain; None says it of the domain in general. "either" is
            the word "any": some under a negation, all otherwise.
        number: k of a counting quantifier.
        word: the quantifier as written.
        method: "mlm" or "translated" where intermediate training is done that way.
        added: the method is what changes ("adding MLM to A"), so the plain run is compared with.
        how: what stands for a domain said in general, its mean or ("the best single task") its maximum.
        place: position in the sentence.
    """

    category: Category
    members: tuple[str, ...] = ()
    domain: Domain | None = None
    quantifier: Quantifier | Literal["either"] | None = None
    number: Decimal | None = None
    method: str = "plain"
    place: int = 0
    word: str = ""
    added: bool = False
    how: Literal["mean", "max"] = "mean"

    @property
    def general(self) -> bool:
        """Neither named nor quantified."""
        return not self.members and self.quantifier is None

    def run(self, task: str) -> Run:
        """A member, or the variable, as a run with this method."""
        return Run(task, self.method)


@dataclass(slots=True)
class Bag:
    """The phrases of a clause that no part of the reading has used yet."""

    items: list[Item]
    words: Vocabulary
    used: list[Item] = field(default_factory=list)

    def take(self, *rules: str) -> list[Item]:
        """All unused phrases of these rules, marked used."""
        taken = [item for item in self.items if item.rule in rules]
        self.use(taken)
        return taken

    def use(self, items: Iterable[Item]) -> None:
        """Marks phrases used."""
        for item in list(items):
            self.items.remove(item)
            self.used.append(item)

    def has(self, *rules: str) -> bool:
        """Whether an unused phrase of one of these rules is there."""
        return any(item.rule in rules for item in self.items)

    def first(self, *rules: str) -> Item | None:
        """The first unused phrase of these rules, left unused."""
        return next((item for item in self.items if item.rule in rules), None)

    def adjoining(self, item: Item, heads: Sequence[Item]) -> bool:
        """Whether no separator stands between a phrase and the nearest of the heads it could belong to."""
        parted = [i.place for i in self.items if i.rule == "separator"]
        return any(
            not any(min(item.place, h.place) < place < max(item.place, h.place) for place in parted) for h in heads
        )

    def part(self, items: Sequence[Item]) -> Bag:
        """A bag of some of the phrases, to be read apart (a side of a comparison)."""
        return Bag(list(items), self.words, self.used)


# ------------------------------------------------------------------------------- quantifiers


def quantified_phrase(bag: Bag, noun: str, quantifiers: tuple[str, ...] = ()) -> Item | None:
    """The first unused phrase that counts or quantifies over this noun (with one of these quantifiers)."""
    for item in bag.items:
        if item.rule in {"quantified", "counted"} and noun_of(item) == noun:
            if quantifiers and (item.rule == "counted" or _quantifier_word(item) not in quantifiers):
                continue
            return item
    return None


def noun_of(item: Item) -> str:
    """The noun a counted or quantified phrase ends in."""
    return item.terminals[-1].type


def kind_of(item: Item) -> str | None:
    """The kind of task named inside a phrase."""
    return next((t.value for t in item.of("KIND")), None)


def benchmark_of(item: Item) -> str | None:
    """The benchmark named inside a phrase."""
    return next((t.value for t in item.of("BENCH")), None)


def _quantifier_word(item: Item) -> str:
    return next((t.value for t in item.of("QUANT")), "")


def count_of(item: Item) -> Decimal | None:
    """The number in a counted or quantified phrase."""
    counts = item.of("COUNT")
    return counts[0].token.number.value if counts and counts[0].token.number else None


def limit_of(item: Item) -> str:
    """The word before a number: "up to", ">=", ">", "<", "about" or ""."""
    return next((t.value for t in item.of("LIMIT")), "")


def quantifier_of(item: Item, category: Category, domain: Domain, method: str, words: Vocabulary) -> Those:
    """The quantifier a phrase such as "almost every target" or "7 of 9 targets" stands for."""
    word, count = _quantifier_word(item), count_of(item)
    written = next((t.token.text.casefold() for t in item.of("QUANT")), "")
    those = Those(category, domain=domain, method=method, place=item.place, word=written)
    if word in {"each", "all"}:
        return replace(those, quantifier="all")
    if word == "all-but-one":
        return replace(those, quantifier="count=", number=Decimal(_size(domain, words) - 1))
    if word:
        return replace(those, quantifier=word)  # type: ignore[arg-type]
    assert count is not None
    if limit_of(item) == "" and count == _size(domain, words):
        return replace(those, quantifier="all")
    quantifier, shift = {
        ">=": ("count>=", 0),
        ">": ("count>=", 1),
        "<": ("count<=", -1),
        "up to": ("count<=", 0),
        "<=": ("count<=", 0),
    }.get(limit_of(item), ("count=", 0))
    return replace(those, quantifier=quantifier, number=count + shift)  # type: ignore[arg-type]


def _size(domain: Domain, words: Vocabulary) -> int:
    """How many tasks a domain of intermediates or targets holds."""
    if domain.base == "targets":
        names = words.targets_of(domain.benchmark or "xtreme")
        kinds = {name: words.kinds_above(words["target"][name].facts["kind"]) for name in names}
        return sum(domain.kind in {None, *kinds[name]} and name not in domain.without for name in names)
    names = words.tasks_of_kind("intermediate", domain.kind) if domain.kind else tuple(words["intermediate"])
    return sum(name not in domain.without for name in names)
