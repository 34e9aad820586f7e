"""The direction, negation, degree words and numbers of a clause of gain."""

from __future__ import annotations

from collections.abc import Iterator

from claims.domains.registry.amounts import StatedAmount, amounts_of, bounded, degrees_fit
from claims.domains.registry.binder import start_of
from claims.hashed import record
from claims.language.chart import Edge, ParseNode

RISING = {"better": True, ">": True, "worse": False, "<": False}


@record
class Frame:
    """The direction, negation, degree words and numbers of a clause of gain.

    Attributes:
        falling: True for a loss. negation: token of a negation. degrees: "large", "consistent" …
        amounts: stated changes. before, after: stated scores. never: token of a "never".
    """

    falling: bool
    negation: int | None
    degrees: tuple[str, ...]
    amounts: tuple[StatedAmount, ...] = ()
    before: StatedAmount | None = None
    after: StatedAmount | None = None
    never: int | None = None


def frame_of(node: ParseNode) -> Frame | None:
    """The frame of a clause; None where its words contradict one another or leave it open."""
    noun = node.first("noun")
    sign = _sign(node, noun)
    if sign is None:
        return None
    negations = [e for e in (node.first("neg"), noun.first("neg") if noun is not None else None, node.first("nothing"))
                 if e is not None]  # fmt: skip
    twice = any(isinstance(p, ParseNode) and p.rule == "notfail" for _, p in node.parts)
    if len(negations) > 1:
        return None
    place = None if not negations or twice else start_of(negations[0])
    signs = {t.first("valued").first("noun").value["sign"] == "+" for t in node.find("tail") if t.first("valued")}
    if signs - {sign}:
        return None
    degrees = tuple(dict.fromkeys(e.value["deg"] for e in _degrees(node, noun)))
    numbers = _numbers(node, noun)
    if numbers is None:
        return None
    amounts, before, after = numbers
    if not degrees_fit(degrees, amounts) or (degrees and (before is not None or after is not None)):
        return None
    never = node.first("never")
    return Frame(not sign, place, degrees, amounts, before, after, None if never is None else start_of(never))


def _sign(node: ParseNode, noun: ParseNode | None) -> bool | None:
    """True if the clause is one of gain, False if of loss."""
    if noun is not None:
        return bool(noun.first("noun").value["sign"] == "+")
    verb = node.first("improve", "improving", "move")
    if verb is not None:
        features = verb.value
        if "relation" in features:
            return RISING[features["relation"]]
        return bool(features.get("direction", "rise") == "rise")
    word = node.first("gains", "up")
    return bool(word.value.get("sign", "+") == "+") if word is not None else True


def _degrees(node: ParseNode, noun: ParseNode | None) -> Iterator[Edge]:
    yield from node.find("deg")
    if noun is not None:
        yield from noun.find("deg")
    for tail in node.find("tail"):
        yield from tail.find("deg")


Numbers = tuple[tuple[StatedAmount, ...], StatedAmount | None, StatedAmount | None]


def _numbers(node: ParseNode, noun: ParseNode | None) -> Numbers | None:
    """Stated changes and levels."""
    tail = list(node.find("tail"))
    found = [*node.find("amount"), *(a for t in tail for a in t.find("amount"))]
    if noun is not None:
        found += [*noun.find("amount"), *(a for of in noun.find("of") for a in of.find("amount"))]
    valued = [t.first("valued") for t in tail if t.first("valued") is not None]
    found += [a for v in valued for a in (*v.find("amount"), *(x for of in v.find("of") for x in of.find("amount")))]
    if any(v.first("neg", "what") is not None for v in valued) or (valued and not found):
        return None
    points = node.first("points")
    if points is not None:
        found.append(points.first("amount"))
    lows = [*node.find("lowamount"), *(t.first("lowamount") for t in tail if t.first("lowamount") is not None)]
    highs = [*node.find("high"), *(t.first("high") for t in tail if t.first("high") is not None)]
    if len(found) > 1 or len(lows) > 1 or len(highs) > 1:
        return None
    read = [amounts_of(n) for n in (*found, *lows, *highs)]
    if any(r is None for r in read):
        return None
    amounts = tuple(read[0] or ()) if found else ()
    bound = node.first("bound")
    if bound is not None:
        stated = bounded(amounts, bound)
        if stated is None:
            return None
        amounts = tuple(stated)
    rest = [r[0] for r in read[len(found) :] if r]
    if points is not None and amounts and amounts[0].unit != "points":
        return None
    before = rest[0] if lows else None
    after = rest[-1] if highs else None
    return amounts, before, after
