"""A claim against typed tables → a verdict that opens down to the cell.

A verdict is given only where the sentence was read whole and every reading that is as good comes out the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.tables import Table
from analysis.tables.lexicon import lexicon
from analysis.tables.runs import means_over_runs
from claims.assertion import Formula, Ranked
from claims.checking.cells import CellChecker
from claims.checking.people_and_bounds import people_and_bounds
from claims.checking.stated_errors import ALPHA
from claims.definitions import Definitions, default_definitions
from claims.domains.table.choices import choices
from claims.domains.table.names_offered import names_counted, names_offered
from claims.domains.table.reading import MARGIN, TableReader, TableReading, TableSentence
from claims.domains.table.rewordings import rewordings
from claims.domains.table.spoken_names import SpokenNames
from claims.domains.table.suggestions import examples, suggestions
from claims.domains.table.summing import taken_otherwise
from claims.domains.table.two_numbers import by_each_number
from claims.hashed import replace
from claims.language.certificate import certificate
from claims.language.reading import LONGEST, Forest
from claims.notation import is_notation, parse_assertion
from claims.rewriting import nodes
from claims.verdict import VERDICT_OF, EvidenceItem, Level, Settle, Truth, Verdict, VerdictWord

MOST_LOOKED_AT = 8
"""Tables that are looked at for the names of a sentence that was not read."""
MOST_TOLD = 3
"""Cells that a reason tells."""
DECIDED = frozenset({"supported", "refuted", "mixed"})


@dataclass(frozen=True, slots=True)
class OverTable:
    """A claim over one table.

    Attributes:
        table: the table. read: the sentence over it. truths: of each reading, in order.
        verdict: the verdict.
    """

    table: Table
    read: TableSentence
    truths: tuple[Truth, ...]
    verdict: Verdict


class TableJudge:
    """Judges claims over some tables; readers and examples are made once.

    Attributes:
        level: significance level: largest p value of a significant difference.
    """

    def __init__(self, tables: Sequence[Table], definitions: Definitions | None = None) -> None:
        self.level = (definitions or default_definitions())["significant"]["level"]
        means = [means_over_runs(table) for table in tables]
        self.runs = [TableReader(t) if mean is not None else None for t, mean in zip(tables, means, strict=True)]
        tables = [mean or table for table, mean in zip(tables, means, strict=True)]
        self.readers = [TableReader(table) for table in tables]
        others = [taken_otherwise(table) for table in tables]
        self.twins = [TableReader(other) if other is not None else None for other in others]
        self.parts: dict[int, tuple[TableReader, ...]] = {}
        self.examples: dict[str, tuple[str, ...]] = {}

    def verdict(self, claim: str, *, hint: bool = True) -> Verdict:
        """The verdict on a sentence."""
        return self.judged(claim, hint=hint)[0].verdict

    def in_the_way(self, claim: str) -> tuple[str, ...]:
        """The words of a sentence that keep every table from reading it: unknown ones, else where all get stuck."""
        forests = [over.read.forest for over in self.judged(claim, hint=False)]
        words = [forest.unknown or _stuck_at(forest) for forest in forests]
        return tuple(word for word in words[0] if all(word in others for others in words)) if words else ()

    def judged(self, claim: str, *, hint: bool = True) -> list[OverTable]:
        """The sentence over every table, the deciding one first.

        Args:
            claim: a sentence.
            hint: True to search for the nearest sentence with a parse, where this one has none.
        """
        if not self.readers:
            return []
        if is_notation(claim):
            return [over_assertion(claim, self.readers, self.level)]
        found = [self._over(claim, i) for i in range(len(self.readers))]
        read = _whose_names_fit_best([o for o in found if o.truths])
        decided = [o for o in read if o.verdict.verdict in DECIDED]
        words = {o.verdict.verdict for o in decided}
        if len(words) > 1:
            return [disagreeing(decided), *found]
        first = (decided or read or found)[0]
        if hint and not read:
            place = self._most_named(claim, found)
            first = found[place] = self._hinted(claim, found[place], self.readers[place])
        return [first, *(o for o in found if o is not first)]

    def _over(self, claim: str, i: int) -> OverTable:
        """A sentence over one of the tables."""
        over = self._of_either_number(claim, over_either(claim, self.readers[i], self.twins[i], self.level), i)
        runs = self.runs[i]
        if runs is not None and not over.truths and any(t.folded in lexicon().runs for t in over.read.forest.tokens):
            return over_table(claim, runs, self.level)
        if runs is None or over.verdict.verdict not in DECIDED:
            return over
        return replace(over, verdict=of_means(over.verdict, over_table(claim, runs, self.level).verdict.verdict))

    def _of_either_number(self, claim: str, over: OverTable, i: int) -> OverTable:
        """A sentence left open over a table whose cells hold two numbers: decided where both say the same."""
        if not over.truths or over.verdict.verdict != "inconclusive" or self.twins[i] is not None:
            return over
        if i not in self.parts:
            self.parts[i] = tuple(map(TableReader, by_each_number(over.table) or ()))
        both = [over_table(claim, reader, self.level) for reader in self.parts[i]]
        words = {one.verdict.verdict for one in both}
        if len(words) != 1 or not words <= {"supported", "refuted"}:
            return over
        reason = f"Whichever of the two numbers in a cell is meant: {both[0].verdict.reason}"
        return replace(both[0], verdict=replace(both[0].verdict, reason=reason))

    def _most_named(self, claim: str, found: Sequence[OverTable]) -> int:
        """The place of the table, among the first, that has most of the names of a sentence that was not read."""
        named = [
            len(SpokenNames.of(claim, over.read.forest.tokens, reader.index).names)
            for over, reader in zip(found[:MOST_LOOKED_AT], self.readers, strict=False)
        ]
        return named.index(max(named)) if len(named) > 1 else 0

    def _hinted(self, claim: str, over: OverTable, reader: TableReader) -> OverTable:
        """A sentence without a parse, with hints: the nearest sentence that has one, else others on its names."""
        forest = over.read.forest
        if len(forest.tokens) >= LONGEST:
            return over

        def reads(text: str) -> bool:
            return reader.read(text).in_one_way

        found = rewordings(claim, forest, reader.index, reads)
        if found:
            return replace(over, verdict=replace(over.verdict, rewordings=found))
        chosen = choices(claim, forest, reader.index, lambda text: _decides(reader, text))
        chosen = chosen or choices(claim, forest, reader.index, reads)
        beside = tuple(suggestions(claim, forest, reader.index, lambda text: _bears_out(reader, text)))
        any_others = () if beside else self._examples(reader)
        offered = (*(one.text for one in chosen), *(one.text for one in beside), *any_others)
        counted = names_counted(reader.index, offered)
        told = (over.verdict.reason, names_offered(claim, forest.tokens, reader.index), counted)
        reason = " ".join(filter(None, told))
        verdict = replace(over.verdict, reason=reason, rewordings=chosen, suggestions=beside, examples=any_others)
        return replace(over, verdict=verdict)

    def _examples(self, reader: TableReader) -> tuple[str, ...]:
        """Sentences that a table supports, made on first use."""
        key = f"{reader.table.sha256} {reader.table.pointer}"
        if key not in self.examples:
            self.examples[key] = examples(reader.index, lambda text: _bears_out(reader, text))
        return self.examples[key]


def _decides(reader: TableReader, text: str) -> bool:
    """True if all readings of a sentence come out the same, and are decided."""
    return over_table(text, reader).verdict.verdict in DECIDED


def _bears_out(reader: TableReader, text: str) -> bool:
    """True if a sentence is read in one way and holds."""
    over = over_table(text, reader)
    return over.read.in_one_way and set(over.truths) == {"true"}


def _stuck_at(forest: Forest) -> tuple[str, ...]:
    """The word that no parse gets past."""
    word = forest.tokens[forest.stuck].text if forest.stuck is not None and forest.tokens[forest.stuck].word else ""
    return (word,) if word else ()


def _whose_names_fit_best(read: Sequence[OverTable]) -> list[OverTable]:
    """The tables whose best parse scores within a margin of the highest: names match headers rather than a caption."""
    best = max((o.read.readings[0].score for o in read), default=0.0)
    return [o for o in read if o.read.readings[0].score >= best - MARGIN]


def over_either(claim: str, reader: TableReader, twin: TableReader | None, level: float = ALPHA) -> OverTable:
    """A sentence over one table, and over the same with the lines taken otherwise that may sum up the rest."""
    over = over_table(claim, reader, level)
    if twin is None or over.verdict.verdict not in DECIDED:
        return over
    other = over_table(claim, twin, level).verdict
    if other.verdict == over.verdict.verdict:
        return over
    reason = "A line may sum up the others or be one of them, and that decides it, so no verdict is given."
    turned = f"{other.assertion} → {other.verdict}"
    verdict = replace(
        over.verdict,
        verdict="inconclusive",
        flags=("ambiguous",),
        level="none",
        reason=reason,
        alternatives=(*over.verdict.alternatives, turned),
    )
    return replace(over, verdict=verdict)


def over_table(claim: str, reader: TableReader, level: float = ALPHA) -> OverTable:
    """A sentence over one table; `level` is that of significance."""
    read = reader.read(claim)
    if not read.readings:
        why = f"Could not read the whole sentence: {read.reason}."
        verdict = Verdict("not-testable", (), "none", why, None)
        return OverTable(reader.table, read, (), verdict)
    checkers = [CellChecker(reader.index.lines, level) for _ in read.readings]
    truths = tuple(_truth(c, r) for c, r in zip(checkers, read.readings, strict=True))
    verdict = _verdict(reader, read, truths, checkers)
    used = certificate(read.readings[0].parse, read.forest.tokens)
    return OverTable(reader.table, read, truths, replace(verdict, certificate=used))


def _truth(checker: CellChecker, reading: TableReading) -> Truth:
    """The truth of a reading; "open" where a true statement is followed by an author's inference, never checked."""
    truth = checker.truth(reading.formula)
    if truth == "true" and any(edge.symbol == "OPINION" for _, edge in reading.parse.leaves()):
        checker.why["the statement holds, but what is inferred from it is not checked"] = None
        return "open"
    return truth


def over_assertion(text: str, readers: Sequence[TableReader], level: float = ALPHA) -> OverTable:
    """An assertion in parentheses, checked as it stands on the first table that has its lines.

    Raises:
        InputError: it is no assertion, or no table has its lines.
    """
    return over_formula(parse_assertion(text, "CLAIM"), readers, level)


def over_formula(formula: Formula, readers: Sequence[TableReader], level: float = ALPHA) -> OverTable:
    """A formula, checked as it stands on the first table that has its lines.

    Raises:
        InputError: no table has its lines.
    """
    faults: dict[str, None] = {}
    for reader in readers:
        checker = CellChecker(reader.index.lines, level)
        try:
            truth = checker.truth(formula)
        except InputError as error:
            faults[error.faults[0]] = None
            continue
        verdict = replace(_given(reader, truth, formula, checker), flags=("corrected",))
        return OverTable(reader.table, TableSentence(Forest((), ()), ()), (truth,), verdict)
    raise InputError("CLAIM", list(faults) or ["is about cells of a table, and none is given"])


def _verdict(
    reader: TableReader, read: TableSentence, truths: Sequence[Truth], checkers: Sequence[CellChecker]
) -> Verdict:
    """The verdict of all readings that are as good: none where they come out differently."""
    first = read.readings[0].formula
    others = tuple(f"{r.formula} → {VERDICT_OF[t]}" for r, t in zip(read.readings[1:], truths[1:], strict=True))
    beside = people_and_bounds(reader.index.lines, [r.formula for r in read.readings])
    if len(set(truths)) == 1:
        given = _given(reader, truths[0], first, checkers[0])
        told = f" {beside.told}" if beside.told and truths[0] != "open" else ""
        return replace(given, alternatives=others, reason=f"{given.reason}{told}")
    if beside.names and len({t for t, wide in zip(truths, beside.counted, strict=True) if not wide}) == 1:
        reason = f"Whether {beside.names} counts among those compared is not said and decides it: no verdict is given."
    else:
        reason = f"Read in {len(truths)} ways that fit as well and come out differently, so no verdict is given."
    evidence = _evidence(reader, checkers[0])
    return Verdict("inconclusive", ("ambiguous",), "none", reason, str(first), others, evidence=evidence)


def _given(reader: TableReader, truth: Truth, formula: Formula, checker: CellChecker) -> Verdict:
    """The verdict of one reading."""
    where = reader.table.source or "the table"
    evidence = _evidence(reader, checker)
    empty = tuple(item.what for item in evidence if item.value is None)
    lacks = f"{_listed(empty)} {'hold' if len(empty) > 1 else 'holds'} no number" if empty else ""
    why = "; ".join(filter(None, (*checker.why, lacks)))
    cells = _told(evidence)
    reasons: dict[Truth, str] = {
        "true": f"In {where} every cell it speaks of bears it out{cells}.",
        "false": f"In {where} the cells it speaks of say otherwise{cells}.",
        "mixed": f"In {where} it holds for some of the cells it speaks of and not for others{cells}.",
        "open": f"In {where} the cells it speaks of do not decide it{f': {why}' if why else cells}.",
    }
    reason = reasons[truth]
    level: Level = "none" if truth == "open" else "grounded"
    if checker.tests and truth != "open":
        reason = f"{reason} {'; '.join(checker.tests)}."
    if lacks and truth != "open":
        ranked = any(isinstance(node, Ranked) for node in nodes(formula))
        reason = f"{reason} {lacks}{', so it is decided among the others' if ranked else ''}."
    settle = Settle(empty, (), (), "") if empty and truth == "open" else None
    return Verdict(VERDICT_OF[truth], (), level, reason, str(formula), evidence=evidence, settle=settle)


def _listed(cells: Sequence[str]) -> str:
    """Some cells in words, and how many more there are."""
    more = len(cells) - MOST_TOLD
    return " and ".join([*cells[:MOST_TOLD], *([f"{more} more"] if more > 0 else [])])


def _told(evidence: Sequence[EvidenceItem]) -> str:
    """The cells behind a verdict, in words; "" where they are too many to list."""
    said = [f"{item.what} is {round(item.value, 4):.12g}" for item in evidence if isinstance(item.value, float)]
    return f": {', '.join(said)}" if 0 < len(said) == len(evidence) <= MOST_TOLD else ""


def _evidence(reader: TableReader, checker: CellChecker) -> tuple[EvidenceItem, ...]:
    table, lines = reader.table, reader.index.lines
    items = []
    for row, column in checker.used:
        value = table.values.get((row, column))
        what = f"{lines.names['row'][row]} · {lines.names['column'][column]}"
        if value is None:
            items.append(EvidenceItem(what, None, None, None, table.source, "imported"))
            continue
        number = float(value.number.value)
        half = float(value.number.half_width)
        low, high = (round(number - half, 9), round(number + half, 9)) if half else (None, None)
        place = f"{table.source or 'table'}, {source_rows(table, row)}, column {column + 1}"
        stated = value.number.plus_minus
        spread = "" if stated is None else f"± {float(stated):g}, not explained"
        items.append(EvidenceItem(what, number, low, high, place, "imported", spread=spread))
    return tuple(items)


def disagreeing(decided: Sequence[OverTable]) -> OverTable:
    """Tables that disagree on a claim decide nothing."""
    shown = "; ".join(f"{o.table.source or 'a table'} says {o.verdict.verdict}" for o in decided)
    evidence = tuple(item for o in decided for item in o.verdict.evidence)
    reason, assertion = f"The tables disagree: {shown}.", decided[0].verdict.assertion
    verdict = Verdict("inconclusive", ("ambiguous",), "none", reason, assertion, evidence=evidence)
    return replace(decided[0], verdict=verdict)


UNLIKE_RUNS = frozenset({"refuted", "not-testable"})
"""Verdicts over single runs beside which one over their means stands."""


def of_means(found: Verdict, over_runs: VerdictWord) -> Verdict:
    """A decided verdict over means; withdrawn where they contradict a claim that a single run may bear out.

    Args:
        found: over the means.
        over_runs: the verdict where every run is a line of its own.
    """
    if found.verdict == "supported" or over_runs in UNLIKE_RUNS:
        return replace(found, reason=f"{found.reason} Its rows are runs, of which the mean is taken.")
    reason = "The means over runs do not bear it out, single runs may, so no verdict is given."
    return replace(found, verdict="inconclusive", flags=("ambiguous",), level="none", reason=reason)


def source_rows(table: Table, row: int) -> str:
    """The number of a row in its source, from 1; for a mean over runs, the numbers of its rows."""
    of = [r + 1 for r in table.runs[row]] if table.runs else [row + 1]
    return f"row {of[0]}" if len(of) == 1 else f"mean of rows {', '.join(map(str, of))}"
