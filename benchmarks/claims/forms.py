"""True sentences about one or two cells: comparisons, differences, values, thresholds.

A form draws systems and places of a table; it returns None where the drawn numbers give no true sentence.
"""

from __future__ import annotations

from decimal import Decimal

from drawn import Drawn, Sentence, sign, ulp, unanimous
from shapes import Numbers


def _pair(drawn: Drawn, quality: bool) -> tuple[int, int, int, int] | None:
    """Two systems and a place where the first is ahead (or only higher), with the direction."""
    shape = drawn.shape
    p = drawn.rng.randrange(len(shape.places))
    way, column = shape.better[p] if quality else 1, shape.column(p)
    if not way or len(column) < 2:
        return None
    (a, x), (b, y) = drawn.rng.sample(column, 2)
    if x == y:
        return None
    return (a, b, p, way) if sign(x - y) == way else (b, a, p, way)


def comparison(drawn: Drawn) -> Sentence | None:
    """A outperforms B on C."""
    quality = drawn.rng.random() < 0.6
    found = _pair(drawn, quality)
    if found is None:
        return None
    a, b, p, way = found
    key = "better" if quality else "higher-metric" if p in drawn.shape.metric else "higher-score"

    def holds(n: Numbers) -> bool | None:
        return unanimous([way * sign(n[a, p] - n[b, p])])

    return drawn.sentence("comparison", (key,), drawn.names(p, a=a, b=b), holds, [(a, p), (b, p)])


def contrast(drawn: Drawn) -> Sentence | None:
    """A is better on C, while B is better on D."""
    shape = drawn.shape
    found, q = _pair(drawn, True), drawn.rng.randrange(len(shape.places))
    if found is None or found[2] == q or not (other := shape.better[q]):
        return None
    a, b, p, way = found
    if not {(a, q), (b, q)} <= set(shape.numbers) or sign(shape.numbers[b, q] - shape.numbers[a, q]) != other:
        return None

    def holds(n: Numbers) -> bool | None:
        return unanimous([way * sign(n[a, p] - n[b, p]), other * sign(n[b, q] - n[a, q])])

    cells = [(a, p), (b, p), (a, q), (b, q)]
    return drawn.sentence("contrast", ("contrast",), drawn.names(p, q, a=a, b=b), holds, cells)


def difference(drawn: Drawn) -> Sentence | None:
    """A is 2.1 points better than B on C."""
    found = _pair(drawn, True)
    if found is None:
        return None
    a, b, p, way = found
    x, y = drawn.shape.numbers[a, p], drawn.shape.numbers[b, p]
    gap, unit = abs(x - y), ulp(x, y)
    if gap < 4 * unit:
        return None

    def holds(n: Numbers) -> bool | None:
        off = abs(way * (n[a, p] - n[b, p]) - gap)
        return True if off <= unit else False if off >= 4 * unit else None

    keys = ("difference",) if max(x, y) <= 1 else ("difference", "difference-points")
    steps = (drawn.rng.randint(4, 9), -drawn.rng.randint(4, 9), 30)
    wrong = tuple(str(gap + k * unit) for k in steps if gap + k * unit > 0)
    names = drawn.names(p, a=a, b=b)
    return drawn.sentence("difference", keys, names, holds, [(a, p), (b, p)], str(gap), wrong)


def relative(drawn: Drawn) -> Sentence | None:
    """A improves over B by 3.2 % relative; A reduces the error of B by 12 %."""
    found = _pair(drawn, True)
    if found is None:
        return None
    a, b, p, way = found
    x, y = drawn.shape.numbers[a, p], drawn.shape.numbers[b, p]
    errors = way == 1 and p in drawn.shape.metric and 1 < y < 100 and drawn.rng.random() < 0.4
    whole = 100 - y if errors else y
    if not whole or not x:
        return None

    def share(n: Numbers) -> Decimal:
        base = 100 - n[b, p] if errors else n[b, p]
        return 100 * way * (n[a, p] - n[b, p]) / base if base else Decimal("Infinity")

    said = share(drawn.shape.numbers).quantize(Decimal("0.1"))
    room = Decimal("0.05") + 200 * ulp(x, y) / whole
    if said < 3 * room or abs(said - abs(x - y)) < 3 * room:
        return None

    def holds(n: Numbers) -> bool | None:
        off = abs(share(n) - said)
        return True if off <= room else False if off > 3 * room else None

    factors = [factor for factor in (Decimal(2), Decimal("0.4")) if abs(said * (factor - 1)) > 4 * room]
    wrong = tuple(str((said * factor).quantize(Decimal("0.1"))) for factor in factors)
    key = "error-reduction" if errors else "relative"
    names = drawn.names(p, a=a, b=b)
    return drawn.sentence("relative", (key,), names, holds, [(a, p), (b, p)], str(said), wrong)


def value(drawn: Drawn) -> Sentence | None:
    """A scores 76.6 on C."""
    (a, p), v = drawn.rng.choice(list(drawn.shape.numbers.items()))
    key = "value-metric" if p in drawn.shape.metric else "value-score"
    steps = (1, -1, drawn.rng.randint(2, 40))
    wrong = tuple(str(v + k * ulp(v)) for k in steps if v + k * ulp(v) > 0)

    def holds(n: Numbers) -> bool | None:
        return n[a, p] == v

    return drawn.sentence("value", (key,), drawn.names(p, a=a), holds, [(a, p)], str(v), wrong)


def threshold(drawn: Drawn) -> Sentence | None:
    """A scores above 70 on C."""
    (a, p), v = drawn.rng.choice(list(drawn.shape.numbers.items()))
    over = drawn.rng.random() < 0.5
    said = Decimal(int(v)) if over else Decimal(int(v) + 1)
    if v < 2 or v == said:
        return None

    def holds(n: Numbers) -> bool | None:
        return None if n[a, p] == said else (n[a, p] > said) == over

    step = drawn.rng.randint(2, 10)
    wrong = (str(said + step),) if over else (str(said - step),) if said > step else ()
    key = "above" if over else "below"
    return drawn.sentence("threshold", (key,), drawn.names(p, a=a), holds, [(a, p)], str(said), wrong)
