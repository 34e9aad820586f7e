"""Plain sentences for one comparison of a sentence, with its direction and the names on its two sides.

Where a denial, a doubt or an exception bears on the clause, it is kept or nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.domains.table.axes import AXES, Axis
from claims.domains.table.part_filling import ComparedNames, PartSaid, filled
from claims.domains.table.part_words import PartForms, part_words
from claims.domains.table.spoken_names import SpokenName, SpokenNames, comparing_verbs
from claims.domains.table.stated_parts import difference
from claims.language.kept import rewording_words
from claims.language.stance import bearing

DENIED = 5
"""Tokens from "not" to the word of comparison that it denies."""
Sides = tuple[dict[str, SpokenName], int]
"""Slot of a form → the compared name; and the token that parts one side from the other."""


def compared_parts(names: SpokenNames, group: PartForms, place: int) -> Iterator[PartSaid]:
    """The plain sentences for the names around one word of comparison.

    Args:
        names: of the sentence.
        group: the forms of plain sentence for the word.
        place: the word's token.
    """
    clause = names.clause(place)
    bears = bearing(names.tokens, *clause, names.named)
    denied = len(bears) == 1 and clause[0] <= bears[0] < place and _denies(names, bears[0], place)
    if (bears and not denied) or _turned(names, group, place) or _counts(names, *clause):
        return
    said = frozenset({names.tokens[place].folded, "than"})
    number = "" if "up" in names.said(*clause) else difference(names, *clause)
    for axis in AXES:
        for own, bound in _superlative(names, place, axis) if not group.rival else _sides(names, group, place, axis):
            crossed = _crossed(names, clause, bound, axis) if "A2" in own else {}
            forms = _forms(group, own, crossed, denied=denied, who=names.is_compared(axis))
            yield from filled(names, forms, ComparedNames(own | (crossed or {}), axis, place, number), said)


def _forms(
    group: PartForms,
    own: dict[str, SpokenName],
    crossed: dict[str, SpokenName] | None,
    *,
    denied: bool,
    who: bool,
) -> tuple[str, ...]:
    if denied:
        return group.denied if (who or not group.rival) and crossed == {} else ()
    if crossed is None:
        return ()
    if crossed:
        return group.crossed
    if group.rival and "A2" not in own:
        return group.others if who else ()
    return (*(group.forms if who or not group.rival else ()), *group.across)


def _crossed(names: SpokenNames, clause: tuple[int, int], bound: int, axis: Axis) -> dict[str, SpokenName] | None:
    """The crossing names of the two sides, where they differ; empty where they do not, None where it is unclear."""
    other = [one for one in names.names if one.axis != axis and clause[0] <= one.start < clause[1]]
    first, second = ([one for one in other if (one.start < bound) == before] for before in (True, False))
    alike = {one.text.casefold() for one in first} == {one.text.casefold() for one in second}
    if not first or not second or alike:
        return {}
    return {"B": first[0], "B2": second[0]} if len(first) == len(second) == 1 else None


def _around(names: SpokenNames, place: int, axis: Axis) -> tuple[list[SpokenName], list[SpokenName]]:
    """The names of an axis before a word of comparison and behind it; the one before its clause where it has none."""
    start, end = names.clause(place)
    own = names.rivals(axis)
    before = [one for one in own if start <= one.start and one.end <= place]
    behind = [one for one in own if place < one.start < end]
    earlier = [one for one in own if one.end <= start]
    if not before and len(earlier) == 1 and len(behind) < 2:
        before = earlier
    return before, behind


def _superlative(names: SpokenNames, place: int, axis: Axis) -> Iterator[Sides]:
    """The winner of a superlative: a name before the word, or behind it and a verb."""
    before, behind = _around(names, place, axis)
    if before:
        shared = len(before) > 1 and names.said(before[-2].end, before[-1].start) <= part_words().listing
        if not names.is_place(before[-1]) and not shared:
            yield {"A": before[-1]}, place
    elif len(behind) == 1 and names.said(place, behind[0].start) & part_words().links:
        start, _ = names.clause(place)
        other = [one for one in names.names if one.axis != axis and start <= one.start and one.end <= place]
        if all(names.is_measure(one) or names.is_place(one) for one in other):
            yield {"A": behind[0]}, place


def _sides(names: SpokenNames, group: PartForms, place: int, axis: Axis) -> Iterator[Sides]:
    """The two names that are compared; only the first where its rivals are "all others"."""
    before, behind = _around(names, place, axis)
    adjective = names.tokens[place].folded in group.adjectives
    _, end = names.clause(place)
    than = next((i for i in range(place + 1, end) if _is_than(names, i, place)), None)
    if adjective and than is None:
        return
    bound = than if than is not None and adjective else place
    rivals = [one for one in behind if one.start > bound]
    ones = [one for one in before if not _is_rival(names, one, place)] or [one for one in behind if one.end <= bound]
    said = names.said(bound, end)
    if ones and rivals and ones[-1].text != rivals[0].text:
        if names.is_place(rivals[0]) or not names.is_place(ones[-1]):
            yield {"A": ones[-1], "A2": rivals[0]}, bound
    elif ones and not rivals and said & part_words().others and not said & part_words().baselines:
        yield {"A": ones[-1]}, bound


def _is_than(names: SpokenNames, place: int, word: int) -> bool:
    folded, words = names.tokens[place].folded, part_words()
    by_degree = names.tokens[place - 1].folded in words.degrees
    parts = words.over if names.tokens[word].folded in words.improving and not by_degree else words.than
    return place not in names.named and (folded in parts or (folded == "to" and place == word + 1))


def _is_rival(names: SpokenNames, one: SpokenName, place: int) -> bool:
    """True if a name before a word of comparison is the rival in an earlier comparison."""
    start, _ = names.clause(place)
    return bool(names.said(start, one.start) & comparing_verbs()) and bool(
        names.said(one.end, place) & {"and", "or", "but"}
    )


def _turned(names: SpokenNames, group: PartForms, place: int) -> bool:
    """True if a word beside a word of comparison turns or weakens it: "outperformed by", "second best"."""
    words = part_words()
    passive = names.tokens[place].folded in words.passive and "by" in names.said(place + 1, place + 2)
    before = names.said(place - 3, place)
    leads = [t.folded for t in names.tokens[max(0, place - 2) : place] if t.folded not in ("the", "our", "their")]
    attributive = bool(leads) and leads[-1] in words.than | words.over | words.improving | {"of"} | comparing_verbs()
    if not group.rival and (attributive or {"one", "of"} <= before):
        return True
    return passive or bool(before & words.weakening or names.said(place + 1, place + 4) & words.changes)


def _counts(names: SpokenNames, start: int, end: int) -> bool:
    """True if a clause has a word that counts: "on half of the sets"."""
    said = {names.tokens[i].folded for i in range(start, end) if i not in names.named}
    return bool(said & rewording_words().counting)


def _denies(names: SpokenNames, denial: int, place: int) -> bool:
    """True if a denial is a "not" of the verb of a word of comparison."""
    if names.said(denial + 1, place) - rewording_words().little:
        return False  # "not significantly better" may still be better
    verbal = names.tokens[denial].folded in part_words().verbal_not and place - denial <= DENIED
    return verbal and "to" not in names.said(denial, place) and names.named.isdisjoint(range(denial, place))
