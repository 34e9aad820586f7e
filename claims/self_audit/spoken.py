"""Parts of a paper's sentence, by the parser's lexicon: the results it states, and the lines of a table it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.numbers import Number
from analysis.published.printed import RoundedNumber
from analysis.tables.model import TableLine
from claims.domains.table.spoken_names import SpokenName, SpokenNames
from claims.domains.table.words import key_of
from claims.language.chart import Edge
from claims.language.reading import Forest, read_forest
from claims.self_audit.view import View, word_lists

CHANGES = frozenset({"changenoun", "win", "improve", "rise", "beat", "comparative"})
"""Classes of the lexicon that say of a number beside them that it is a difference."""
MOST_PLACES = 3
LEAST_COUNT = 1000
"""From here on a number counts something; results lie below."""


@dataclass(frozen=True, slots=True)
class StatedResult:
    """A number that a sentence states.

    Attributes:
        number: with the interval of its digits. gain: True if it is a difference, not a score.
        order: its place among the sentence's numbers of its kind, from 0. count: the number of those.
        relative: True if the difference may be a share of a score rather than points.
    """

    number: RoundedNumber
    gain: bool
    order: int
    count: int
    relative: bool


def stated_results(text: str) -> list[StatedResult]:
    """The numbers with decimals that a text states; ones with a bound or a hedge are left out."""
    forest = read_forest(text, lambda _: ())
    told: list[tuple[Edge, bool]] = []
    found = [(edge, _is_gain(forest, edge)) for edge in _exact(forest.edges)]
    for n, (edge, gain) in enumerate(found):
        shared = n + 1 < len(found) and found[n + 1][1] and _and(forest, edge, found[n + 1][0])  # "5.9 and 25.5 points"
        listed = bool(told) and told[-1][1] and _lists_on(forest, told[-1][0], edge)  # "gains of 0.6 for A, 0.7 for B"
        told.append((edge, gain or shared or listed))
    relative = any(t.folded in word_lists()["stated"]["relative"] for t in forest.tokens)
    results = []
    for kind in (True, False):
        same: list[Number] = [edge.value for edge, gain in told if gain is kind]
        for n, number in enumerate(same):
            rounded = RoundedNumber(abs(number.value), number.half_width)
            results.append(StatedResult(rounded, kind, n, len(same), relative or number.unit == "%"))
    return results


def _exact(edges: Sequence[Edge]) -> Iterator[Edge]:
    """The numbers of one to three decimals that nothing hedges, bounds or cites; each with its unit."""
    read = [edge for edge in edges if edge.symbol == "NUM"]
    cited = [edge for edge in edges if edge.symbol == "CITE"]
    plain = [e for e in read if e.value.relation == "=" and e.value.upper is None]
    hedged = [e for e in read if e not in plain or e.value.near or e.value.reached]
    for edge in {e.start: e for e in sorted(plain, key=lambda e: e.end)}.values():
        number, places = edge.value, edge.value.value.as_tuple().exponent
        bound = any(_within(edge, other) and other.value.value == number.value for other in hedged)
        bound = bound or any(_within(edge, other) for other in cited)
        if -MOST_PLACES <= places < 0 and abs(number.value) < LEAST_COUNT and not bound:
            yield edge


def _within(edge: Edge, other: Edge) -> bool:
    return other.start <= edge.start and edge.end <= other.end


def _is_gain(forest: Forest, edge: Edge) -> bool:
    """True if a word of change stands right beside a number, or it is so many points."""
    changes = [e for e in forest.edges if e.symbol.partition(".")[0] in CHANGES]
    words, units = [token.folded for token in forest.tokens], word_lists()["stated"]["units"]
    behind = next((i for i in range(edge.end, len(words)) if words[i] not in units), len(words))
    lead = next((i for i in range(edge.start, 0, -1) if words[i - 1] not in ("a", "an", "+", "-")), 0)
    by = lead > 0 and words[lead - 1] == "by"
    of = lead > 0 and words[lead - 1] == "of" and any(e.end == lead - 1 for e in changes)
    return edge.value.unit == "points" or by or of or any(e.start == behind for e in changes)


def _and(forest: Forest, one: Edge, other: Edge) -> bool:
    between = {token.folded for token in forest.tokens[one.end : other.start]}
    return bool(between & {"and", "or"}) and between <= {"and", "or", ","}


def _lists_on(forest: Forest, one: Edge, other: Edge) -> bool:
    between = [token.folded for token in forest.tokens[one.end : other.start]]
    return len(between) < 10 and "," in between and not {";", "score", "to", "from", "with", "of"}.intersection(between)


@dataclass(frozen=True, slots=True)
class NamedLines:
    """The lines of a table that a sentence names, in its order.

    Attributes:
        rows: rows that it is about. bases: rows that it compares them with ("over", "than", "compared to").
        either: bases that share one name, where the sentence does not tell which is meant.
        columns: indices of the columns of each name together, but for averages and names of many.
        average: True if it names an average. ours: True if it speaks of its authors.
    """

    rows: tuple[TableLine, ...]
    bases: tuple[TableLine, ...]
    either: tuple[TableLine, ...]
    columns: tuple[tuple[int, ...], ...]
    average: bool
    ours: bool


def named_lines(view: View, text: str) -> NamedLines:
    """The lines of a table that a sentence names."""
    forest = read_forest(text, view.reader.index.edges)
    names = SpokenNames.of(text, forest.tokens, view.reader.index).names
    rows = _rows(view, [name for name in names if name.axis == "row"])
    against = {name: settled for name, _ in rows if (settled := _as_base(forest, name)) is not None}
    bases = tuple(line for name, lines in rows if name in against for line in lines)
    columns = [name.lines for name in names if name.axis == "column"]
    few = [lines for lines in columns if len(lines) * 3 <= max(3, len(view.table.columns))]
    return NamedLines(
        tuple(line for _, lines in rows for line in lines if line not in bases),
        bases,
        bases if list(against.values()) == [False] else (),
        tuple(dict.fromkeys(tuple(sorted(found)) for lines in few if (found := lines - view.averages))),
        any(lines <= view.averages for lines in columns),
        any(token.folded in word_lists()["people"]["ours"] for token in forest.tokens),
    )


def _rows(view: View, names: Sequence[SpokenName]) -> list[tuple[SpokenName, list[TableLine]]]:
    """Names of rows with those whose own label they share a word with; a name that another narrows is left out."""
    kept = [name for name in names if not any(other.lines < name.lines for other in names)]
    lines = [
        [row for row in view.table.rows if row.index in name.lines and _share(name.text, row.own)] for name in kept
    ]
    return [(name, rows) for name, rows in zip(kept, lines, strict=True) if rows]


def _share(one: str, other: str) -> bool:
    return not set(key_of(one)).isdisjoint(key_of(other))


def _as_base(forest: Forest, name: SpokenName) -> bool | None:
    """True if the words around a baseline ("over the best reported …") tell which is meant; None for other names."""
    words = [token.folded for token in forest.tokens]
    leads = [e.end for e in forest.edges if e.symbol in ("over", "than") and e.end <= name.start]
    lead = max(leads, default=len(words))
    if {",", ";", "."}.intersection(words[lead : name.start]) or not leads:
        return None
    end = next((i for i in range(name.end, len(words)) if words[i] in (",", ";", ".")), len(words))
    cited = any(edge.symbol == "CITE" and lead <= edge.start < end for edge in forest.edges)
    return cited or bool(word_lists()["stated"]["settling"].intersection(words[lead:end]))
