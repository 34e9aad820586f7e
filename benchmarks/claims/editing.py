"""Edited evidence: does a verdict follow the one number that was changed? `python benchmarks/claims/editing.py SHARED`.

True sentences are generated over real tables, then one cell of the table (or the number in the sentence) is
changed so that the sentence becomes false. Both must be judged right. The headline is the number of wrong
verdicts among a thousand given.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

import forms
import wider
from drawn import Drawn, Phrasings, Sentence, phrasings, ulp
from shapes import Shape, shapes

from claims.tables.check import check_claim
from claims.tables.layout import Grid, laid_out

FORMS: tuple[Callable[[Drawn], Sentence | None], ...] = (
    forms.comparison,
    forms.contrast,
    forms.difference,
    forms.relative,
    forms.value,
    forms.threshold,
    wider.superlative,
    wider.rank,
    wider.count,
    wider.everywhere,
    wider.together,
    wider.average,
    wider.trend,
)
TRIES = 20_000
WORDS = {True: "supported", False: "refuted"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A true sentence and its false twin.

    Attributes:
        sentence: the true one. grid: its table. false_text, false_grid: what is false. edit: what was changed.
    """

    sentence: Sentence
    grid: Grid
    false_text: str
    false_grid: Grid
    edit: str


def pairs(shared: Path, each: int, rng: Random, words: Phrasings) -> Iterator[Pair]:
    """As many different pairs of each form as the tables give, up to a number."""
    tables = list(shapes(shared))
    made: dict[str, set[tuple[int, str]]] = {}
    for form in FORMS:
        for _ in range(TRIES):
            at = rng.randrange(len(tables))
            said = form(Drawn(tables[at], rng, words))
            if said is None or said.holds(tables[at].numbers) is not True:
                continue
            same = made.setdefault(said.form, set())
            if (at, said.text) in same or len(same) == each:
                continue
            if (pair := _falsified(said, tables[at], rng)) is not None:
                same.add((at, said.text))
                yield pair


def _falsified(said: Sentence, shape: Shape, rng: Random) -> Pair | None:
    if said.false and rng.random() < 0.5:
        text = rng.choice(said.false)
        return Pair(said, shape.grid, text, shape.grid, "number in the sentence")
    for _ in range(80):
        cell = rng.choice(said.cells)
        number = _other(shape, cell[1], shape.numbers[cell], rng)
        if number > 0 and said.holds({**shape.numbers, cell: number}) is False:
            edit = f"{shape.systems[cell[0]]} · {shape.places[cell[1]]}: {shape.numbers[cell]} → {number}"
            return Pair(said, shape.grid, said.text, shape.edited({cell: number}), edit)
    return None


def _other(shape: Shape, place: int, number: Decimal, rng: Random) -> Decimal:
    """A number that could stand there: another of the column, or the own one moved by a little."""
    unit = ulp(number)
    if rng.random() < 0.5:
        other = rng.choice(shape.column(place))[1] + rng.choice((-1, 1)) * rng.randint(1, 5) * unit
        return other.quantize(unit)
    return number + rng.choice((-1, 1)) * rng.randint(1, 60) * unit


@dataclass(slots=True)
class Tally:
    """What became of the sentences of a form."""

    pairs: int = 0
    given: int = 0
    wrong: int = 0
    both: int = 0


def judged(text: str, grid: Grid, threshold: float | None) -> tuple[str, str]:
    """The verdict on a sentence, and what was read."""
    verdict = check_claim(text, (laid_out(grid),), threshold)
    return verdict.verdict, f"{verdict.assertion}\n    {verdict.reason}"


@dataclass(slots=True)
class Samples:
    """What went wrong, by form, and how often by template."""

    by_form: dict[str, list[str]] = field(default_factory=dict)
    templates: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, pair: Pair, truth: bool, text: str, word: str, read: str) -> None:
        """Keeps a sentence that was not judged as it should have been."""
        said = pair.sentence
        self.templates[said.form, said.template] += 1
        self.by_form.setdefault(said.form, []).append(
            f"{text}\n    expected {WORDS[truth]}, got {word}; edit: {'none' if truth else pair.edit}\n"
            f"    {read}\n    table: {pair.grid.caption[:110]}"
        )

    def write(self, path: Path) -> None:
        """Writes the counts and twenty samples of each form."""
        rng = Random(0)
        lines = [f"{n:5} {form:14} {template}" for (form, template), n in self.templates.most_common()]
        for form, samples in self.by_form.items():
            lines += ["", f"== {form}: {len(samples)}", *rng.sample(samples, min(20, len(samples)))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Prints the table, and writes the samples where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--each", type=int, default=220, help="pairs of each form, at most")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--phrasings", choices=("tuned", "fresh", "held-out"), default="tuned")
    parser.add_argument("--threshold", type=float, default=None)
    parser.add_argument("--samples", type=Path, help="folder for editing_wrong.txt and editing_uncovered.txt")
    given = parser.parse_args()
    tallies: dict[str, Tally] = {}
    wrong, uncovered = Samples(), Samples()
    for pair in pairs(given.shared, given.each, Random(given.seed), phrasings(given.phrasings)):
        tally = tallies.setdefault(pair.sentence.form, Tally())
        right = 0
        for truth, text, grid in ((True, pair.sentence.text, pair.grid), (False, pair.false_text, pair.false_grid)):
            word, read = judged(text, grid, given.threshold)
            decided = word in WORDS.values()
            right += word == WORDS[truth]
            tally.given += decided
            tally.wrong += decided and word != WORDS[truth]
            if word != WORDS[truth]:
                (wrong if decided else uncovered).add(pair, truth, text, word, read)
        tally.pairs += 1
        tally.both += right == 2
    _print(tallies)
    if given.samples:
        wrong.write(given.samples / "editing_wrong.txt")
        uncovered.write(given.samples / "editing_uncovered.txt")


def _print(tallies: dict[str, Tally]) -> None:
    fields = ("pairs", "given", "wrong", "both")
    whole = Tally(*(sum(getattr(t, name) for t in tallies.values()) for name in fields))
    print(f"{'form':14}{'pairs':>7}{'given':>9}{'coverage':>10}{'wrong':>7}{'per 1,000':>11}{'both right':>12}")
    for name, t in (*tallies.items(), ("in all", whole)):
        rate = 1000 * t.wrong / t.given if t.given else float("nan")
        share = t.given / (2 * t.pairs)
        print(f"{name:14}{t.pairs:7}{t.given:9}{share:10.1%}{t.wrong:7}{rate:11.1f}{t.both / t.pairs:12.1%}")


if __name__ == "__main__":
    main()
