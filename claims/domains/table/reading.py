"""A sentence over one table → every assertion it may make, with the parse behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.tables import Table
from analysis.tables.lexicon import lexicon
from claims.assertion import Formula, Not
from claims.domains.table.also_meant import also_meant
from claims.domains.table.averages_counted import averages_as_counted
from claims.domains.table.binder import PhraseBinder
from claims.domains.table.clauses import assertions
from claims.domains.table.context import ClauseContext
from claims.domains.table.filled import is_filled
from claims.domains.table.gains_of_sources import as_gains
from claims.domains.table.given import TableAssertion
from claims.domains.table.indexing import index_of
from claims.domains.table.joining import combined, joined
from claims.domains.table.names import NameIndex
from claims.domains.table.places_shared import at_the_last_place
from claims.domains.table.settings_kept import with_settings
from claims.domains.table.two_senses import Sense
from claims.domains.table.unsure_changes import unsure_change
from claims.domains.table.unsure_ranks import unsure_rank
from claims.language.chart import ParseNode
from claims.language.clauses import clauses_of
from claims.language.reading import Forest, read_forest
from claims.language.tokens import fold, stem


def speaks_of_spread(table: Table, words: Sequence[str]) -> bool:
    """True if a sentence speaks of a standard deviation or the like that no line is named after.

    Args:
        table: whose cells may print it beside their number, as in "70.1 ± 2.0".
        words: of the sentence, folded.
    """
    said = f" {' '.join(words)} {' '.join(map(stem, words))} "
    spoken = [word for word in lexicon().kinds["error"] if word.isascii() and f" {word} " in said]
    lines = (*table.rows, *table.columns)
    if not spoken or any(line.kind == "error" for line in lines):
        return False
    labelled = {part for line in lines for part in fold(line.own).split()}
    spoken = [
        word for word in spoken if " " not in word or word.split()[0] not in labelled
    ]  # "a P value" of a column P
    return bool(spoken) and not any(
        word in label.casefold() for word in spoken for line in lines for label in line.labels
    )


MARGIN = 0.25
"""Largest distance of a good reading's score from the best one."""
MOST = 64
"""Readings of a sentence that are compared."""
ONE_THING = ("won", "outdone", "runner_up")
"""Rules of the grammar that say one thing which is taken as two clauses."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """One reading of a sentence.

    Attributes:
        formula: the assertion. parse: behind it. score: fit of its names.
        beside: True if it differs from another reading only in what the sentence leaves unsaid.
    """

    formula: Formula
    parse: ParseNode
    score: float
    beside: bool = False


@dataclass(frozen=True, slots=True)
class TableSentence:
    """A sentence over one table.

    Attributes:
        forest: its parses. readings: those that fit nearly as well as the best, the best first.
        reason: cause of having no reading, else empty.
    """

    forest: Forest
    readings: tuple[TableReading, ...]
    reason: str = ""

    @property
    def in_one_way(self) -> bool:
        """True if its words are taken in one way only."""
        return sum(not reading.beside for reading in self.readings) == 1


class TableReader:
    """Reads sentences over one table; the index of its names is made once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.index: NameIndex = index_of(table)

    def read(self, sentence: str) -> TableSentence:
        """Every good reading of a sentence."""
        forest = read_forest(sentence, self.index.edges)
        if not forest.parses:
            return TableSentence(forest, (), forest.reason)
        if speaks_of_spread(self.table, [token.folded for token in forest.tokens]):
            return TableSentence(forest, (), "it speaks of a spread, which no line of the table gives")
        context = ClauseContext(self.index.lines, PhraseBinder(self.index, forest.tokens))
        made = [reading for parse in forest.parses for reading in _readings(context, parse)]
        if not made:
            return TableSentence(
                forest, (), "its words are known, but the names it has in this table do not fit what they say"
            )
        if not any(averages_as_counted(context, r.parse, r.formula) for r in _as_good(made)):
            return TableSentence(forest, (), "it averages over other lines than the table has, or not as a mean")
        made = [r for r in made if averages_as_counted(context, r.parse, r.formula)]
        good = _as_good(made)
        doubtful = [name for r in good if (name := self._doubtful(r, forest)) is not None]
        if doubtful:
            sure = _as_good([r for r in made if self._doubtful(r, forest) is None])
            if not sure and doubtful[0][1] == "either":
                return TableSentence(forest, (), f"“{doubtful[0][0]}” may be a line of the table or a word that counts")
            good = sorted({id(r): r for r in (*good, *sure)}.values(), key=lambda r: -r.score)
        good = [r for r in good if is_filled(self.index.lines, r.formula)] or good
        unique = {r.formula: r for r in reversed(good)}
        if unsure := unsure_change(context.lines, tuple(unique)):
            return TableSentence(forest, (), f"“{unsure}” may be a change or one of the lines it speaks of")
        if ranks := unsure_rank(context.lines, tuple(unique)):
            return TableSentence(forest, (), f"a higher “{ranks}” may be a better one or a larger number")
        return TableSentence(forest, tuple(reversed(unique.values()))[:MOST])

    def _doubtful(self, reading: TableReading, forest: Forest) -> tuple[str, Sense] | None:
        """The first name of a reading that may also be a word of the language, None where there is none."""
        for _, edge in reading.parse.leaves():
            if edge.symbol == "NAME" and any(ref.kind == "lines" for ref in edge.value):
                sense = self.index.sense(forest.tokens, edge)
                if sense in ("either", "number"):
                    return " ".join(t.text for t in forest.tokens[edge.start : edge.end]), sense
        return None


def _as_good(made: Sequence[TableReading]) -> list[TableReading]:
    """Readings whose names fit as well as any, the best first."""
    best = max((r.score for r in made), default=0.0)
    return sorted((r for r in made if r.score >= best - MARGIN), key=lambda r: -r.score)


def _readings(context: ClauseContext, parse: ParseNode) -> Iterator[TableReading]:
    """The readings of one parse: an assertion of each clause, in every combination."""
    denied = parse.first("denied") is not None
    for clauses in clauses_of(parse):
        if _wins_a_duel(clauses):
            return
        for chosen, score in _in_each_setting(context, clauses):
            said = joined([made.formula for made in chosen], strict=_states_one_thing(parse, clauses))
            ends = at_the_last_place(context, parse, said)
            for whole in (said, *also_meant(context, said), *as_gains(context, parse, said), *ends):
                yield TableReading(Not(whole) if denied else whole, parse, score, beside=whole is not said)


def _in_each_setting(
    context: ClauseContext, clauses: Sequence[ParseNode]
) -> Iterator[tuple[tuple[TableAssertion, ...], float]]:
    """Assertions of clauses and how well their names fit; settings that a clause takes over from another count once."""
    least: float | None = None
    for way in with_settings(context, clauses):
        made = list(combined(*(assertions(context, clause) for clause in way), most=MOST))
        scores = [sum(one.score for one in chosen) for chosen in made]
        least = max(scores, default=None) if least is None else least
        more = max(scores) - least if scores and least is not None else 0.0
        yield from zip(made, [score - more for score in scores], strict=True)


def _states_one_thing(parse: ParseNode, clauses: Sequence[ParseNode]) -> bool:
    """True if two clauses are one statement: "the highest F1, 93, is that of A", "A hurts more than B"."""
    return len(clauses) == 2 and any(node.rule in ONE_THING for node in parse.below())


def _wins_a_duel(clauses: Sequence[ParseNode]) -> bool:
    """True if a clause beside a comparison says "leads": in "A beats B on X, B leads on Y" its rivals are open."""
    bodies = [body for clause in clauses for _, body in clause.parts if isinstance(body, ParseNode)]
    leads = any(body.first("rank", "ranker") is not None for body in bodies)
    return leads and any(body.rule == "compare" for body in bodies)
