"""True sentences about many cells: superlatives, ranks, counts, quantifiers, averages, trends."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from drawn import Drawn, Holds, Sentence, sign, ulp, unanimous
from shapes import BOUND, Numbers, Place, Shape

ORDINALS = ("first", "second", "third", "fourth", "fifth")
SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _ordered(drawn: Drawn) -> tuple[int, int, list[int]] | None:
    """A place of known direction with all systems of the table, the best first; None where two are alike."""
    shape = drawn.shape
    p = drawn.rng.randrange(len(shape.places))
    way, column = shape.better[p], shape.column(p)
    bounded = any(set(name.casefold().split()) & BOUND for name in shape.systems)
    whole = shape.complete and len(column) == len(shape.systems) and not bounded
    if not way or not whole or len(column) < 3 or len({v for _, v in column}) < len(column):
        return None
    return p, way, [s for s, _ in sorted(column, key=lambda pair: -way * pair[1])]


def superlative(drawn: Drawn) -> Sentence | None:
    """A achieves the best score on C."""
    found = _ordered(drawn)
    if found is None:
        return None
    p, way, order = found
    worst = drawn.rng.random() < 0.25
    a, turned = (order[-1], -way) if worst else (order[0], way)

    def holds(n: Numbers) -> bool | None:
        return unanimous([turned * sign(n[a, p] - n[b, p]) for b in order if b != a])

    keys = ("worst",) if worst else ("best",)
    if way == 1 and not worst:
        keys += ("highest-metric",) if p in drawn.shape.metric else ("highest-score",)
    return drawn.sentence("superlative", keys, drawn.names(p, a=a), holds, [(s, p) for s in order])


def rank(drawn: Drawn) -> Sentence | None:
    """A ranks second on C."""
    found = _ordered(drawn)
    if found is None or len(found[2]) < 4:
        return None
    p, way, order = found
    k = drawn.rng.randint(1, min(4, len(order) - 1))
    a = order[k]

    def holds(n: Numbers) -> bool | None:
        ahead = [way * sign(n[b, p] - n[a, p]) for b in order if b != a]
        return None if 0 in ahead else sum(x > 0 for x in ahead) == k

    wrong = tuple(word for i, word in enumerate(ORDINALS) if i not in (0, k) and i < len(order))
    cells = [(s, p) for s in order]
    return drawn.sentence("rank", ("rank",), drawn.names(p, a=a), holds, cells, ORDINALS[k], wrong)


def _won(shape: Shape, n: Numbers, a: int, b: int) -> frozenset[int] | None:
    """The places where a is ahead of b; None where two numbers are alike."""
    signs = [way * sign(n[a, p] - n[b, p]) for p, way in enumerate(shape.better)]
    return None if 0 in signs else frozenset(p for p, x in enumerate(signs) if x > 0)


def _two(drawn: Drawn) -> tuple[int, int, frozenset[int]] | None:
    """Two systems with the places where the first is ahead; None where places cannot be counted."""
    shape = drawn.shape
    if not shape.alike or len(shape.places) > 12:
        return None
    a, b = drawn.rng.sample(range(len(shape.systems)), 2)
    won = _won(shape, shape.numbers, a, b)
    return None if won is None else (a, b, won)


def _rows(shape: Shape, *systems: int) -> list[Place]:
    return [(s, p) for s in systems for p in range(len(shape.places))]


def _holds(shape: Shape, a: int, b: int, test: Callable[[frozenset[int]], bool | None]) -> Holds:
    """A test of the places where a is ahead of b."""

    def holds(n: Numbers) -> bool | None:
        won = _won(shape, n, a, b)
        return None if won is None else test(won)

    return holds


def count(drawn: Drawn) -> Sentence | None:
    """A outperforms B on 3 of the 4 datasets."""
    found = _two(drawn)
    total = len(drawn.shape.places)
    if found is None or not 0 < len(found[2]) < total:
        return None
    a, b, won = found
    k = len(won)
    spelled = drawn.rng.random() < 0.5
    said, *wrong = (SPELLED[i] if spelled else str(i) for i in (k, *(i for i in range(1, total) if i != k)))
    names = drawn.names(a=a, b=b) | {"total": str(total), "spelled": SPELLED[total]}
    holds = _holds(drawn.shape, a, b, lambda now: len(now) == k)
    return drawn.sentence("count", ("count",), names, holds, _rows(drawn.shape, a, b), said, tuple(wrong))


def everywhere(drawn: Drawn) -> Sentence | None:
    """A outperforms B on all datasets, on all but C, on all but one, or on both C and D."""
    found = _two(drawn)
    if found is None:
        return None
    a, b, won = found
    shape, total = drawn.shape, len(drawn.shape.places)
    cells = _rows(shape, a, b)
    if len(won) == total:
        holds = _holds(shape, a, b, lambda now: len(now) == total)
        names = drawn.names(a=a, b=b) | {"total": str(total)}
        return drawn.sentence("everywhere", ("everywhere",), names, holds, cells)
    if len(won) < total - 1 or total < 4:
        return _both(drawn, a, b, won)
    if drawn.rng.random() < 0.3:
        holds = _holds(shape, a, b, lambda now: None if len(now) == total else len(now) == total - 1)
        return drawn.sentence("all but one", ("all-but-one",), drawn.names(a=a, b=b), holds, cells)
    (p,) = set(range(total)) - won
    holds = _holds(shape, a, b, lambda now: None if len(now) == total else now == won)
    return drawn.sentence("except", ("except",), drawn.names(p, a=a, b=b), holds, cells)


def _both(drawn: Drawn, a: int, b: int, won: frozenset[int]) -> Sentence | None:
    if len(won) < 2:
        return None
    p, q = drawn.rng.sample(sorted(won), 2)
    way = drawn.shape.better

    def holds(n: Numbers) -> bool | None:
        return unanimous([way[x] * sign(n[a, x] - n[b, x]) for x in (p, q)])

    cells = [(s, x) for s in (a, b) for x in (p, q)]
    return drawn.sentence("both", ("both",), drawn.names(p, q, a=a, b=b), holds, cells)


def together(drawn: Drawn) -> Sentence | None:
    """Both A and B outperform C on D."""
    p = drawn.rng.randrange(len(drawn.shape.places))
    way, column = drawn.shape.better[p], drawn.shape.column(p)
    if not way or len(column) < 3:
        return None
    (a, x), (b, y), (c, z) = drawn.rng.sample(column, 3)
    if min(way * (x - z), way * (y - z)) <= 0:
        return None

    def holds(n: Numbers) -> bool | None:
        return unanimous([way * sign(n[s, p] - n[c, p]) for s in (a, b)])

    names = drawn.names(p, a=a, b=b, c=c)
    return drawn.sentence("together", ("together",), names, holds, [(s, p) for s in (a, b, c)])


def average(drawn: Drawn) -> Sentence | None:
    """On average, A outperforms B (by 2.1 points)."""
    found, shape = _two(drawn), drawn.shape
    if found is None or shape.noun == "metrics":
        return None
    a, b, _ = found
    way, total = shape.better[0], len(shape.places)

    def mean(n: Numbers) -> Decimal:
        return way * sum((n[a, p] - n[b, p] for p in range(total)), Decimal(0)) / total

    gap, unit = mean(shape.numbers), ulp(*(shape.numbers[a, p] for p in range(total)))
    if gap < 3 * unit:
        return None
    said, cells = gap.quantize(unit), _rows(shape, a, b)

    def holds(n: Numbers) -> bool | None:
        return None if abs(mean(n)) < unit else mean(n) > 0

    def exactly(n: Numbers) -> bool | None:
        off = abs(mean(n) - said)
        return True if off <= unit else False if off > 3 * unit else None

    if drawn.rng.random() < 0.5 and max(shape.numbers.values()) > 1:
        wrong = tuple(str(said + k * unit) for k in (5, 17))
        return drawn.sentence("average by", ("average-by",), drawn.names(a=a, b=b), exactly, cells, str(said), wrong)
    words = {"higher": "higher" if way > 0 else "lower", "lower": "lower" if way > 0 else "higher"}
    return drawn.sentence("average", ("average",), drawn.names(a=a, b=b) | words, holds, cells)


def trend(drawn: Drawn) -> Sentence | None:
    """C increases with d."""
    shape = drawn.shape
    if shape.along is None:
        return None
    name, values = shape.along
    p = drawn.rng.randrange(len(shape.places))
    order = sorted(range(len(values)), key=values.__getitem__)
    if any((s, p) not in shape.numbers for s in order):
        return None
    way = sign(shape.numbers[order[-1], p] - shape.numbers[order[0], p])

    def holds(n: Numbers) -> bool | None:
        return unanimous([way * sign(n[t, p] - n[s, p]) for s, t in pairwise(order)])

    words = {
        "name": name,
        "increases": "increases" if way > 0 else "decreases",
        "higher": "higher" if way > 0 else "lower",
    }
    return drawn.sentence("trend", ("trend",), drawn.names(p) | words, holds, [(s, p) for s in order])
