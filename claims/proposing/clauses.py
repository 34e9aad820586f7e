"""The signs of a sentence as clauses in one canonical form, so that two wordings of the same thing are equal.

Four things may differ between a claim and its rewording, each only where it cannot change what is said: coordinated
clauses may become sentences of their own; lists read "respectively" and amounts listed by place may be written out;
one phrase of place may stand in front or behind; a passive may be active. Anything else keeps its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.proposing.signs import COMMA, Sign

Signs = tuple[Sign, ...]
MOVABLE = frozenset(
    {"relation", "place", "rank", "change", "trend", "degree", "unit", "noun", "quantifier", "negation"}
)
"""Classes that reach no further than their own clause. Others ("it is not true that", "except", "or") may hold for
all that follows."""
BARE = Sign("word", "<comparative without than>", "")
JOINTS = frozenset({"@and", "while", "whereas", ";", "."})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in canonical form.

    Attributes:
        core: its signs in order. place: the phrase of place that was set apart from it, if one was.
    """

    core: Signs
    place: Signs = ()


def clauses(signs: Signs) -> tuple[Clause, ...]:
    """The clauses of a sentence in canonical form; a sentence with words of other classes keeps the order it has."""
    if any(s.kind == "class" and not s.roots <= MOVABLE for s in signs):
        return (Clause(tuple(s for s in signs if s != COMMA)),)
    return tuple(_normal(one) for part in _parted(signs) for one in _written_out(part))


def joins(sign: Sign) -> bool:
    """Whether it only joins clauses or names."""
    return sign == COMMA or _is(sign, *JOINTS, "respectively")


# ------------------------------------------------------------------ coordinated clauses


def _parted(signs: Signs) -> tuple[Signs, ...]:
    """Clauses joined by "and", "while" and the like; the sentence as one where a part could share what another says."""
    signs = _trimmed(signs)
    pieces: list[list[Sign]] = [[]]
    for i, sign in enumerate(signs):
        rest = _until_joint(signs[i + 1 :])
        if _is(sign, *JOINTS) and _says(pieces[-1]) and _says(rest):
            pieces.append([])
        else:
            pieces[-1].append(sign)
    if len(pieces) == 1:
        return (signs,)
    made = _completed([_trimmed(piece) for piece in pieces])
    shapes = {tuple(_shape(sign) for sign in part if sign != COMMA) for part in made}
    return tuple(made) if made and len(shapes) == 1 else (signs,)


def _completed(pieces: Sequence[Signs]) -> list[Signs]:
    """Every part with its subject and the phrase of place that stands in front of all; none where that is unclear."""
    front, first = _front(pieces[0])
    subject = _leading(first)
    made = [pieces[0]]
    for piece in pieces[1:]:
        own, rest = _front(piece)
        if not _leading(rest):
            if any("negation" in s.roots or "quantifier" in s.roots for p in pieces for s in p):
                return []
            rest = (*subject, *rest)
        place = own or front
        made.append((*place, COMMA, *rest) if place else rest)
    return made


def _leading(signs: Signs) -> Signs:
    """What stands before the first sign that says something."""
    return signs[: next((i for i, s in enumerate(signs) if s.predicate or s.kind == "number"), len(signs))]


def _until_joint(signs: Signs) -> Signs:
    return signs[: next((i for i, s in enumerate(signs) if _is(s, *JOINTS)), len(signs))]


def _says(signs: Sequence[Sign]) -> bool:
    return any(s.predicate or s.kind == "number" for s in signs)


def _trimmed(signs: Sequence[Sign]) -> Signs:
    while signs and signs[-1] == COMMA:
        signs = signs[:-1]
    while signs and signs[0] == COMMA:
        signs = signs[1:]
    return tuple(signs)


def _shape(sign: Sign) -> object:
    return sign.kind, sign.roots, sign.value if sign.kind == "word" else None


# ----------------------------------------------------------------------- lists written out


def _written_out(signs: Signs) -> tuple[Signs, ...]:
    """One clause for each member of lists that belong together; the clause itself where there are none."""
    if any(s.roots & {"negation", "quantifier", "place", "rank"} for s in signs):
        return (signs,)
    if any(_is(s, "respectively") for s in signs):
        return _by_order(tuple(s for s in signs if not _is(s, "respectively")), signs)
    return _by_place(signs)


def _by_order(signs: Signs, whole: Signs) -> tuple[Signs, ...]:
    """Writes out “A and B score 1 and 2, respectively” as “A scores 1” and “B scores 2”."""
    lists = [found for found in _lists(_trimmed(signs)) if len(found[1]) > 1]
    sizes = {len(members) for _, members in lists}
    if len(lists) < 2 or len(sizes) != 1:
        return (whole,)
    (size,) = sizes
    parts = _lists(_trimmed(signs))
    return tuple(tuple(members[i if len(members) > 1 else 0] for _, members in parts) for i in range(size))


def _lists(signs: Signs) -> list[tuple[int, Signs]]:
    """Every sign with its place; names or numbers in a row, parted by commas and "and", as one list."""
    made: list[tuple[int, Signs]] = []
    at = 0
    while at < len(signs):
        members, end = [signs[at]], at + 1
        while signs[at].kind in ("name", "number"):
            following = end
            while following < len(signs) and (signs[following] == COMMA or _is(signs[following], "@and")):
                following += 1
            if following == end or following == len(signs) or signs[following].kind != signs[at].kind:
                break
            members.append(signs[following])
            end = following + 1
        made.append((at, tuple(members)))
        at = end
    return made


def _by_place(signs: Signs) -> tuple[Signs, ...]:
    """Writes out “A scores 1 on X and 2 on Y” as “A scores 1 on X” and “A scores 2 on Y”."""
    groups: list[Signs] = []
    end = len(signs)
    while end >= 3 and _amount_at_place(signs[end - 3 : end]):
        groups.insert(0, signs[end - 3 : end])
        end -= 3
        before = end
        while end > 0 and (signs[end - 1] == COMMA or _is(signs[end - 1], "@and")):
            end -= 1
        if end == before:
            break
    prefix = signs[:end]
    if len(groups) < 2 or not any(s.kind == "name" for s in prefix) or any(s.kind == "number" for s in prefix):
        return (signs,)
    return tuple((*prefix, *group) for group in groups)


def _amount_at_place(signs: Signs) -> bool:
    return signs[0].kind == "number" and _is(signs[1], "@place") and signs[2].kind == "name"


# ------------------------------------------------------------------------- one clause


def _normal(signs: Signs) -> Clause:
    core, place = _without_place(signs)
    core = _than_behind(core)
    core = tuple(s for s in core if s != COMMA)
    core = _without_than(core)
    return Clause(_active(core), place)


def _front(signs: Signs) -> tuple[Signs, Signs]:
    """A phrase of place in front, up to its comma, and the rest."""
    if signs and _is(signs[0], "@place") and COMMA in signs:
        comma = signs.index(COMMA)
        if comma > 1 and all(_in_phrase(s) for s in signs[1:comma]):
            return signs[:comma], signs[comma + 1 :]
    return (), signs


def _without_place(signs: Signs) -> tuple[Signs, Signs]:
    """The one phrase of place set apart, where it holds for the whole clause wherever it stands."""
    if sum(_is(s, "@place") for s in signs) != 1:
        return signs, ()
    place, rest = _front(signs)
    if not place:
        place, rest = _behind(signs)
    # "On every set, a model beats X" has another meaning with the set behind.
    shifting = any(s.roots & {"quantifier", "noun", "negation"} for s in rest)
    if any("quantifier" in s.roots for s in place) and shifting:
        return signs, ()
    return rest, place


def _behind(signs: Signs) -> tuple[Signs, Signs]:
    """A phrase of place behind what is said, at the end or before the other side or the amount."""
    start = next(i for i, s in enumerate(signs) if _is(s, "@place"))
    if not _says(signs[:start]):
        return (), signs
    end = start + 1
    while end < len(signs) and _in_phrase(signs[end]):
        end += 1
    if end == start + 1 or _is(signs[end - 1], "@and"):
        return (), signs
    if end < len(signs) and not _is(signs[end], "@than", "by"):
        return (), signs
    before = signs[: start - 1] if signs[start - 1] == COMMA else signs[:start]
    return signs[start:end], (*before, *signs[end:])


def _in_phrase(sign: Sign) -> bool:
    return sign.kind == "name" or bool(sign.roots & {"quantifier", "noun"}) or _is(sign, "@and")


def _than_behind(signs: Signs) -> Signs:
    """Turns “compared to B, A is better” into “A is better than B”."""
    if len(signs) < 5 or not _is(signs[0], "@than") or signs[1].kind != "name" or signs[2] != COMMA:
        return signs
    rest = signs[3:]
    if sum(s.predicate for s in rest) != 1 or "relation" not in rest[-1].roots or any(_is(s, "@than") for s in rest):
        return signs
    return (*rest, signs[0], signs[1])


def _without_than(signs: Signs) -> Signs:
    """A comparative with its "than" as a verb with its object; a comparative without one is marked."""
    made: list[Sign] = []
    for i, sign in enumerate(signs):
        compares = i > 0 and "relation" in signs[i - 1].roots and not signs[i - 1].verb
        if compares and _is(sign, "@than", "to"):
            continue
        if compares:
            made.append(BARE)
        made.append(sign)
    return tuple(made)


def _active(signs: Signs) -> Signs:
    """Turns “B is beaten by A” into “A beats B”, where there is one name on either side."""
    at = next((i for i, s in enumerate(signs) if s.passive and _is_at(signs, i + 1, "by")), None)
    if at is None or sum(s.kind == "name" for s in signs[:at]) != 1 or signs[0].kind != "name":
        return signs
    behind = signs[at + 2 :]
    if not behind or behind[0].kind != "name" or (len(behind) > 1 and not _is(behind[1], "by", "@place")):
        return signs
    if any(s.kind != "class" or s.roots - {"negation", "degree"} for s in signs[1:at]):
        return signs
    return (behind[0], *signs[1 : at + 1], signs[0], *behind[1:])


def _is_at(signs: Signs, place: int, *values: str) -> bool:
    return place < len(signs) and _is(signs[place], *values)


def _is(sign: Sign, *values: str) -> bool:
    return sign.kind == "word" and sign.value in values
