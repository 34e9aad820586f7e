"""Comparisons that one clause makes without saying each: with one rival, of two settings, of two places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from claims.language.chart import Edge, ParseNode
from claims.language.following import NOTHING_SAID
from claims.language.places import says


def with_one_rival(coupled: ParseNode) -> list[ParseNode]:
    """The comparisons of "A has a higher M and a lower L than B": each with the subject, the rival and what follows.

    In "A beats B with more layers" A may have them, or B.
    """
    if any(says(edge, "loose") for _, edge in coupled.parts):
        words = [part.first("rel") for part in coupled.find("part")]
        if words[-1] is None or words[-1].value.get("relation") != "<":
            return [NOTHING_SAID]
    left = ("left", coupled.first("left"))
    held = [part for part in coupled.parts if part[0] in ("right", "tail")]
    rivals = [("right", part.first("right")) for part in coupled.find("part") if part.first("right") is not None]
    made = []
    for part in coupled.find("part"):
        lacking = rivals if coupled.first("right") is None and part.first("right") is None else []
        about_time = part.first("rel") is not None and part.first("rel").value.get("about") == "time"
        elsewhere = (
            about_time or part.first("scope") is not None
        )  # "faster, and more accurate on X", "higher on X but …"
        shared = [one for one in held if not (elsewhere and _says_where(one[1]))]
        made.append(ParseNode("clause", (("compare", ParseNode("compare", (left, *part.parts, *lacking, *shared))),)))
    return made


def _says_where(part: Edge | ParseNode) -> bool:
    return isinstance(part, ParseNode) and part.rule == "tail" and part.first("scope") is not None


def moved(move: ParseNode) -> ParseNode:
    """A rise from one place to another, as a comparison of the two: "unemployment fell from 2010 to 2020"."""
    verb = move.first("rel")
    rel = Edge(verb.start, verb.end, verb.symbol, {"relation": ">" if verb.value["direction"] == "rise" else "<"})
    after, before = (ParseNode("place", (("np", move.first(end)),)) for end in ("after", "before"))
    right = ParseNode("contrast", (("scope", before),))
    kept = [part for part in move.parts if part[0] in ("tail", "amount")]
    parts = (("left", move.first("left")), ("rel", rel), ("scope", after), ("right", right), *kept)
    return ParseNode("clause", (("compare", ParseNode("compare", parts)),))


def shifted(shift: ParseNode) -> ParseNode:
    """A change of a measure as a setting goes from one number to another, as a comparison of the two settings."""
    fall, low, high = (shift.first(label) for label in ("fall", "low", "high"))
    verb = shift.first("beat", "change")
    way = (shift.first("moves").value or {}).get("direction")
    if way is not None and (way == "rise") != (low.value.value < high.value.value):
        return NOTHING_SAID  # nothing rises from 50 to 5
    if fall is not None:
        relation = ">" if fall.value["direction"] == "rise" else "<"
        verb = Edge(fall.start, fall.end, fall.symbol, {"relation": relation})
    after, before = (_set_to(shift.first("set").first("name"), number) for number in (high, low))
    sides = (
        ("left", ParseNode("side", (("np", after),))),
        ("beat", verb),
        ("right", ParseNode("rival", (("np", before),))),
    )
    rest = [part for part in shift.parts if part[0] in ("object", "tail", "amount")]
    measures = [("measure", np) for measure in shift.find("measure") for np in measure.find("np")]
    return ParseNode("clause", (("compare", ParseNode("compare", (*sides, *measures, *rest))),))


def won(parse: ParseNode) -> list[ParseNode]:
    """A superlative with its winner and its number, as the two statements it makes."""
    winner, shown = parse.first("winner"), parse.first("shown")
    amount = parse.first("amount") or shown.first("amount") or shown.first("valued").first("amount")
    named = shown.first("valued").find("measure") if shown is not None and shown.first("valued") is not None else ()
    where = [part for part in parse.parts if part[0] in ("measure", "scope", "tail")]
    best = [part for part in parse.parts if part[0] not in ("shown", "amount")]
    value = (("left", winner), *(("measure", one) for one in named), *where, ("amount", amount))
    return [
        ParseNode("clause", (("superlative", ParseNode("superlative", tuple(best))),)),
        ParseNode("clause", (("value", ParseNode("value", value)),)),
    ]


def each_at(parse: ParseNode) -> list[ParseNode]:
    """A comparison with an amount of its own in each place, or with each rival, as one of each."""
    if parse.first("rivals") is not None:
        return _with_each_rival(parse)
    shared = tuple(part for part in parse.parts if part[0] in ("left", "beat", "right"))
    pairs = parse.first("in_pair")
    parts = list(parse.find("at"))
    measures = [("measure", measure) for part in parts for measure in part.find("measure")]
    said: list[tuple[tuple[str, ParseNode | Edge], ...]] = []
    for part in parts:
        own = [("measure", measure) for measure in part.find("measure")] or measures
        said.append((("amount", part.first("amount")), *own[:1], ("tail", _placed_tail(part.first("scope")))))
    if pairs is not None:
        places = _members(parse.first("on_pair"))
        amounts = list(pairs.find("amount"))
        if len(places) != len(amounts):
            return [NOTHING_SAID]
        measure = [("measure", one) for one in pairs.find("measure")]
        said = [
            (("amount", amount), *measure, ("tail", _placed_tail(place)))
            for amount, place in zip(amounts, places, strict=True)
        ]
    return [ParseNode("clause", (("compare", ParseNode("compare", (*shared, *own))),)) for own in said]


def _with_each_rival(parse: ParseNode) -> list[ParseNode]:
    """A comparison with each of several rivals, with its own amount: "beats B and C by 2 and 3 points"."""
    rivals, pairs = parse.first("rivals"), parse.first("in_pair")
    members = (
        [] if rivals.first("strict", "deny") else [more.first("one") or more for more in rivals.find("one", "more")]
    )
    amounts = list(pairs.find("amount"))
    if len(members) != len(amounts):
        return [NOTHING_SAID]
    kept = [part for part in parse.parts if part[0] in ("left", "beat", "tail")]
    kept += [("measure", measure) for measure in pairs.find("measure")]
    sides = (ParseNode("rival", (("np", ParseNode("np", (("one", one),))),)) for one in members)
    made = ((*kept, ("right", side), ("amount", amount)) for side, amount in zip(sides, amounts, strict=True))
    return [ParseNode("clause", (("compare", ParseNode("compare", parts)),)) for parts in made]


def _members(place: ParseNode) -> list[ParseNode]:
    """Each of the places that one preposition lists."""
    np = place.first("np")
    plain = place.first("prep") is not None and place.first("num") is None
    if np is None or not plain or np.first("more", "strict", "deny") is not None:
        return []
    kept = tuple(part for part in place.parts if part[0] != "np")
    return [ParseNode(place.rule, (*kept, ("np", ParseNode("np", (("one", one),))))) for one in np.find("one")]


def _placed_tail(scope: ParseNode) -> ParseNode:
    return ParseNode("tail", (("scope", scope),))


def outdone(parse: ParseNode) -> list[ParseNode]:
    """A change that one step makes more than another, as two clauses: the change, and the comparison of the two."""
    verb = parse.first("improve")
    rel = Edge(verb.start, verb.end, verb.symbol, {"relation": verb.value.get("relation"), "one_base": True})
    left, kept = ("left", parse.first("left")), [one for one in parse.parts if one[0] in ("object", "tail")]
    done = ParseNode("change", (left, ("improve", verb), *kept))
    more = ParseNode("compare", (left, ("rel", rel), ("right", parse.first("right")), *kept))
    return [ParseNode("clause", (("change", done),)), ParseNode("clause", (("compare", more),))]


def at_settings(parse: ParseNode) -> list[ParseNode]:
    """Numbers at both ends of a setting, as a comparison of the two settings and the number at each."""
    name = parse.first("set").first("name")
    low, high, moves = (parse.first(label) for label in ("low", "high", "moves"))
    fall, verb = parse.first("fall"), parse.first("beat")
    way = (moves.value or {}).get("direction")
    if way is not None and (way == "rise") != (low.value.value < high.value.value):
        return [NOTHING_SAID]
    word = fall or verb
    relation = word.value.get("relation")
    if fall is not None:
        relation = ">" if fall.value["direction"] == "rise" else "<"
    rel = Edge(word.start, word.end, word.symbol, {"relation": relation})
    left = ("left", parse.first("left"))
    ends = [ParseNode("place", (("np", _set_to(name, number)),)) for number in (low, high)]
    right = ParseNode("contrast", (("scope", ends[0]),))
    compared = ParseNode("compare", (left, ("rel", rel), ("scope", ends[1]), ("right", right)))
    values = (
        ParseNode("value", (left, ("amount", amount), ("scope", end)))
        for amount, end in zip((parse.first("vlow"), parse.first("vhigh")), ends, strict=True)
    )
    return [
        ParseNode("clause", (("compare", compared),)),
        *(ParseNode("clause", (("value", value),)) for value in values),
    ]


def _set_to(name: Edge, number: Edge) -> ParseNode:
    """A name with its number as a phrase: "K = 10"."""
    unit = ParseNode("nameunit", (("name", name), ("num", number)))
    return ParseNode("np", (("one", ParseNode("simple", (("unit", unit),))),))


def seen_to_change(seen: ParseNode) -> list[ParseNode]:
    """A change that an author sees, as what is compared: "we observe a drop in M between A and B", "… when removing A".

    What goes from A to B is of B against A; what happens as a part is removed is of the line without it.
    """
    parts = [*seen.find("part")]
    parts = [parts[0], *(part.first("part") for part in parts[1:])]
    return [_between(seen, part) if seen.first("cause") is None else _caused(seen, part) for part in parts]


def _between(seen: ParseNode, part: ParseNode) -> ParseNode:
    """A change from one side to another: the second compared with the first."""
    after, before = (ParseNode("np", (("one", seen.first(end)),)) for end in ("after", "before"))
    verb = part.first("change")
    rel = Edge(verb.start, verb.end, "comparative", verb.value)
    kept = [one for one in seen.parts if one[0] in ("scope", "tail")]
    said = [one for one in part.parts if one[0] in ("deg", "measure")]
    sides = (
        ("left", ParseNode("side", (("np", after),))),
        ("rel", rel),
        ("right", ParseNode("contrast", (("np", before),))),
    )
    return ParseNode("clause", (("compare", ParseNode("compare", (*sides, *said, *kept))),))


def _caused(seen: ParseNode, part: ParseNode) -> ParseNode:
    """A change that is seen when something is done, as a change that the step brings about."""
    left = ParseNode("side", (("np", seen.first("cause")),))
    kept = [one for one in seen.parts if one[0] == "tail"]
    said = [one for one in part.parts if one[0] in ("deg", "change", "measure")]
    return ParseNode("clause", (("change", ParseNode("change", (("left", left), *said, *kept))),))


def runner_up(parse: ParseNode) -> list[ParseNode]:
    """The two superlatives of "A is second only to B": the second place of one, and the first place of the other."""
    word = parse.first("rank")
    tails = [part for part in parse.parts if part[0] == "tail"]
    second, first = parse.first("left"), parse.first("right")
    return [
        ParseNode("clause", (("superlative", _ranking(side, other, replace(word, value={"rank": k}), tails)),))
        for side, other, k in ((second, first, 2), (first, second, 1))
    ]


def _ranking(side: ParseNode, other: ParseNode, rank: Edge, tails: list[tuple[str, Any]]) -> ParseNode:
    return ParseNode("superlative", (("left", side), ("rank", rank), ("rival", other), *tails))


def doubled(parse: ParseNode) -> list[ParseNode]:
    """Changes of several measures, each with its own amount or both its ends, as one of each."""
    shared = [part for part in parse.parts if part[0] in ("left", "improve")]
    tails = [part for part in parse.parts if part[0] == "tail"]
    made = []
    for each in parse.find("each"):
        by = [("tail", ParseNode("tail", (("amount", amount),))) for amount in each.find("amount")]
        ends = tuple(part for part in each.parts if part[0] in ("low", "high"))
        how = [("how", ParseNode("how", ends))] if ends else []
        parts = (*shared, ("object", each.first("object")), *how, *by, *tails)
        made.append(ParseNode("clause", (("change", ParseNode("change", parts)),)))
    return made


def sole(parse: ParseNode) -> list[ParseNode]:
    """A comparison or number that holds in one scope of its kind alone, with a tail "only on X"."""
    place = ParseNode("pp", (("np", parse.first("here")),))
    alone = ("tail", ParseNode("tail", (("only", parse.first("only")), ("scope", place))))
    kept = [part for part in parse.parts if part[0] in ("left", "beat", "right", "amount", "measure")]
    kept += [("of_kind", kind) for kind in parse.find("kind")]
    label = "compare" if parse.first("right") is not None else "value"
    return [ParseNode("clause", ((label, ParseNode(label, (*kept, alone))),))]
