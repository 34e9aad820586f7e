"""Sentences on names of one that was not read, or on any names of the table, that the table bears out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from claims.domains.table.axes import AXES, Axis, lines_along, other_axis
from claims.domains.table.cell_facts import CellFact, SaidLine, any_lines, cell_facts, fact_forms, said_line
from claims.domains.table.lines import Lines
from claims.domains.table.names import NameIndex
from claims.domains.table.nearest_names import is_alike, respelled
from claims.domains.table.roles import role_of
from claims.domains.table.spoken_names import SpokenNames
from claims.language.kept import DIGIT
from claims.language.reading import Forest
from claims.language.suggestion import Suggestion
from claims.language.tokens import tokens_of

MOST = 3
"""Sentences that are offered."""
TRIES, WORDINGS = 12, 3
"""Wordings that are tried: in all, and of one fact."""
LARGEST = 5_000
"""Lines of an axis; of a table with more nothing is offered, for looking through all takes long."""
MANY = 3
"""Lines that a name of many is taken for."""
SYSTEMS = frozenset({"system", "ablation", "addition"})


def suggestions(sentence: str, forest: Forest, index: NameIndex, holds: Callable[[str], bool]) -> Iterator[Suggestion]:
    """At most three sentences on the names of one that was not read, those with most of its names first.

    Args:
        sentence: that was not read.
        forest: its parses.
        index: the names of the table.
        holds: whether a sentence is read in one way and the table bears it out.
    """
    if is_vast(index.lines):
        return
    nearer = respelled(sentence, forest.tokens, forest.unknown, index)
    tokens = tokens_of(nearer.text) if nearer.replaced else forest.tokens
    said = lines_said(SpokenNames.of(nearer.text, tokens, index).joined())
    if not said["row"] and not said["column"]:
        return
    facts = [fact for axis in compared_first(index.lines, said) for fact in _facts(index.lines, axis, said)]
    words = frozenset(token.folded for token in tokens)
    facts.sort(key=lambda fact: (-len(fact.kept), not speaks(fact.kind, words, sentence)))
    for text, kept in _that_hold(facts, holds):
        taken = tuple(pair for pair in nearer.replaced if any(pair[1] in name for name in kept))
        as_written = any(not any(said in name for _, said in taken) for name in kept)
        if as_written or all(is_alike(*pair) for pair in taken):
            yield Suggestion(text, kept, taken)


def examples(index: NameIndex, holds: Callable[[str], bool]) -> tuple[str, ...]:
    """At most three sentences that a table bears out, of different kinds.

    Args:
        index: the names of the table.
        holds: whether a sentence is read in one way and the table bears it out.
    """
    lines = index.lines
    if is_vast(lines):
        return ()
    facts: dict[str, list[CellFact]] = {kind: [] for kind in ("highest", "higher", "lower", "value", "top", "bottom")}
    for axis in sorted(AXES, key=lambda axis: _rank(lines, axis)):
        on = any_lines(lines, other_axis(axis), 2)
        for fact in (*cell_facts(lines, axis, (), on), *cell_facts(lines, axis, any_lines(lines, axis, 2), on)):
            facts.setdefault(fact.kind, []).append(fact)
    of_each = [found for kind in facts.values() if (found := next(_that_hold(kind, holds), None)) is not None]
    return tuple(text for text, _ in of_each[:MOST])


def _that_hold(facts: Iterable[CellFact], holds: Callable[[str], bool]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first facts of which a wording holds, each in its first such wording; no two of the same names."""
    room, found = TRIES, 0
    told: set[frozenset[str]] = set()
    for fact in facts:
        if found == MOST or room <= 0:
            return
        if fact.kept and frozenset(fact.kept) in told:
            continue
        tried = fact.texts[: min(room, WORDINGS)]
        room -= len(tried)
        text = next(filter(holds, tried), "")
        if text:
            found += 1
            told.add(frozenset(fact.kept))
            yield text, fact.kept


def _facts(lines: Lines, axis: Axis, said: dict[Axis, list[SaidLine]]) -> Iterator[CellFact]:
    own, other = said[axis], said[other_axis(axis)]
    yield from cell_facts(lines, axis, own, other or any_lines(lines, other_axis(axis), 2))


def speaks(kind: str, words: frozenset[str], sentence: str) -> bool:
    """True if a sentence has words, or a number, of a kind of fact such as a highest value."""
    return bool(words & set(fact_forms()[kind]["speaks"])) or (kind == "value" and bool(DIGIT.search(sentence)))


def lines_said(names: SpokenNames) -> dict[Axis, list[SaidLine]]:
    """The lines that a sentence names, by axis."""
    return {axis: _lines_along(names, axis) for axis in AXES}


def compared_first(lines: Lines, said: Mapping[Axis, Sequence[SaidLine]]) -> list[Axis]:
    """Both axes, that of the lines compared first."""
    return sorted(AXES, key=lambda axis: (not _has_systems(lines, axis, said[axis]), _rank(lines, axis)))


def _lines_along(names: SpokenNames, axis: Axis) -> list[SaidLine]:
    """The lines that a sentence names, in its order, each once; of a name for many only those that another narrows.

    A name that only selects among the lines of another names none itself: "original" of "the original Alpha".
    """
    found: dict[int, SaidLine] = {}
    along = [one for one in names.names if one.axis == axis]
    for name in along:
        if any(other.lines < name.lines for other in along):
            continue
        narrowed = [other.lines for other in along if other.lines & name.lines]
        chosen = sorted(frozenset.intersection(name.lines, *narrowed) or name.lines)
        for at in islice(chosen, MANY):
            found.setdefault(at, said_line(names.lines, axis, at, name.text, alone=len(name.lines) == 1))
    return [one for one in found.values() if one.ways]


def is_vast(lines: Lines) -> bool:
    """True if looking through all lines of a table takes long."""
    return max(len(lines.table.rows), len(lines.table.columns)) > LARGEST


def _has_systems(lines: Lines, axis: Axis, said: Sequence[SaidLine]) -> bool:
    along = lines_along(lines.table, axis)
    return any(along[one.at].kind in SYSTEMS for one in said)


def _rank(lines: Lines, axis: Axis) -> int:
    """0 for an axis of systems, 2 for one of places or measures, 1 for one without a known role."""
    return {"system": 0, "": 1}.get(role_of(lines, axis), 2)
