"""A source document: its sentences parsed to assertions, once, and its whole tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.published.studies import Studies
from analysis.registry.vocabulary import Vocabulary
from analysis.tables import Table
from claims.assertion import Compare, Formula, StatedNumber
from claims.attribution.finding import Passage, Readable
from claims.attribution.relation import ORDER, Related, Said, parts_of, related
from claims.checking.over_tables import TableJudge
from claims.citation_marks import without_marks
from claims.citations import NOTHING
from claims.continuations import comparable
from claims.domains.registry.claim import read_with_citations
from claims.domains.table.reading import TableReader
from claims.library.store import Document
from claims.library.words import COMMON, tokens
from claims.notation import parse_assertion
from claims.reading import Reading
from claims.report import Claim
from claims.rewriting import canonical, conjunction
from claims.self_audit.spoken import stated_results
from claims.sentences import without_ellipsis
from claims.verdict import Verdict

_NEAR = 0.4
"""Share of a claim's words that a sentence must hold to be shown as nearby."""
_FEWEST = 3
"""Words that it must hold at least."""
_BULLET = re.compile(r"\A[•▪‣◦●■►–·*]\s+")
_DECIMAL = re.compile(r"(?<=\s)[+\-−]?\d{1,4}\.\d{1,3}(?=[\s,;:)%]|\.(?!\d)|\Z)")
_NAME = re.compile(r"[A-Z\d]|\A(?:version|section|table|figure|python)\Z")


@dataclass(frozen=True, slots=True)
class DocumentSentence:
    """A sentence of a document, its place, and its words."""

    where: str
    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """A sentence of a document that was parsed whole.

    Attributes:
        shared: True if a name in it has two bearers. second_hand: True if it reports another work.
    """

    line: DocumentSentence
    formulas: tuple[Formula, ...]
    shared: bool
    second_hand: bool


@dataclass
class SourceDocument:
    """A document of a library, parsed once so that many claims can be compared with it.

    Attributes:
        document: its record in the store. lines: its sentences. tables: its whole tables. doubtful: number of others.
        words, studies: the registry and the studies that its sentences are parsed by.
    """

    document: Document
    lines: Sequence[DocumentSentence]
    tables: Sequence[Table]
    doubtful: int
    words: Vocabulary = field(repr=False)
    studies: Studies = field(repr=False)

    @cached_property
    def statements(self) -> tuple[ParsedStatement, ...]:
        """The sentences that were read whole."""
        found = []
        for line in self.lines:
            bare, _ = without_marks(line.text)
            reading, cited = read_with_citations(bare, "no", NOTHING, self.words, self.studies)
            if formulas := formulas_of(reading):
                found.append(ParsedStatement(line, formulas, bool(reading.alternatives), cited.by == "claim"))
        return tuple(found)

    @cached_property
    def judge(self) -> TableJudge:
        """The judge of its tables."""
        return TableJudge(self.tables)

    @cached_property
    def readable(self) -> Readable:
        """Numbers of its sentences, of those parsed to an assertion, and of its tables and empty pages."""
        counts = len(self.lines), len(self.statements), len(self.tables)
        return Readable(*counts, self.doubtful, len(self.document.empty_pages))

    @cached_property
    def by_words(self) -> dict[str, list[DocumentSentence]]:
        """Sentences by their letters, digits and signs, and by those with every number left out."""
        found: dict[str, list[DocumentSentence]] = {}
        for line in self.lines:
            for key in {comparable(line.text), without_numbers(line.text)}:
                found.setdefault(key, []).append(line)
        return found

    def nearest(self, text: str, count: int) -> list[DocumentSentence]:
        """The sentences that hold most of a claim's words, the fullest first; they decide nothing."""
        wanted = frozenset(tokens(text)) - COMMON
        least = max(_FEWEST, _NEAR * len(wanted))
        scored = [(len(wanted & line.words), n) for n, line in enumerate(self.lines)]
        best = sorted(((-score, n) for score, n in scored if score >= least))[:count]
        return [self.lines[n] for _, n in best]


def formulas_of(reading: Reading) -> tuple[Formula, ...]:
    """The parses of a sentence as assertions, asides included, none better than another; empty if not parsed whole."""
    if reading.assertion is None or not reading.complete:
        return ()
    whole = (conjunction((formula, *reading.asides)) for formula in (reading.assertion, *reading.rivals))
    return tuple(dict.fromkeys(map(canonical, whole)))


def lines_of(pages: Iterator[tuple[int, Sequence[tuple[str, int, str]]]]) -> list[DocumentSentence]:
    """The sentences of a document's pages; page 0 stands for kinds without pages."""
    return [
        DocumentSentence(f"p. {page}, line {line}" if page else f"line {line}", bare, frozenset(tokens(bare)) - COMMON)
        for page, sentences in pages
        for _, line, text in sentences
        if (bare := _BULLET.sub("", text))
    ]


def without_numbers(text: str) -> str:
    """A sentence with a sign in place of each decimal: two that are the same say the same but for those.

    A number behind a name ("SQuAD 2.0", "Table 2.1") may be a part of it and stays.
    """
    return comparable(_DECIMAL.sub(lambda found: found[0] if _of_a_name(text, found) else "#", text))


def numbers_in(text: str) -> list[str]:
    """The decimals of a sentence that are no part of a name, as written."""
    return [found[0] for found in _DECIMAL.finditer(text) if not _of_a_name(text, found)]


def _of_a_name(text: str, found: re.Match[str]) -> bool:
    words = text[: found.start()].split()
    return not words or bool(_NAME.search(words[-1]))


def place(line: DocumentSentence) -> Passage:
    """A sentence as it is shown."""
    return Passage(line.where, line.text)


AGAINST: frozenset[Said] = frozenset({"other-number", "says-otherwise"})
"""Relations that do not count in a sentence by which the source reports another work."""
_CANDIDATES = 8
"""Sentences that are read over a table beside a claim."""
_MOST = 4
"""Readings of a sentence over a table that are compared."""
_SHORTEST = 30
"""Letters that a claim that is cut off must have to be looked for word by word."""


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """The answer of one document on a claim.

    Attributes:
        related: relation of the document's assertion to the claim's. said: the passages that make it.
        missing: statements of the claim that the document does not make.
    """

    related: Related
    said: tuple[Passage, ...]
    missing: tuple[Formula, ...] = ()


def ask(
    document: SourceDocument, claim: Claim, text: str, formulas: Sequence[Formula], *, shared: bool
) -> DocumentAnswer | None:
    """The answer of one document on a claim; None where no sentence or table that was parsed makes its assertion.

    Args:
        document: the source document.
        claim: the claim.
        text: the text of the claim without its citations.
        formulas: its parses, none better than another; empty where the claim was not parsed whole.
        shared: True if a name in the claim has two bearers.
    """
    found = list(_by_words(document, claim, text))
    if formulas and (answer := _by_assertion(document, formulas, shared=shared)) is not None:
        found.append(answer)
    if claim.cut == "no":
        found += _by_tables(document, text)
    return min(found, key=lambda a: (ORDER.index(a.related.said), bool(a.missing)), default=None)


def _by_words(document: SourceDocument, claim: Claim, text: str) -> Iterator[DocumentAnswer]:
    """The sentence itself, word by word, or with another gain only."""
    key = comparable(text)
    if claim.cut != "no":
        stem = comparable(without_ellipsis(text))
        if len(stem) >= _SHORTEST:
            begun = [line for line in document.lines if comparable(line.text).startswith(stem)]
            yield from (DocumentAnswer(Related("stated"), (place(line),)) for line in begun[:1])
        return
    same = [line for line in document.by_words.get(key, ()) if comparable(line.text) == key]
    if same:
        yield DocumentAnswer(Related("stated"), tuple(map(place, same[:1])))
        return
    own = numbers_in(text)
    if len(own) != 1 or not _states_a_gain(text):
        return
    for line in document.by_words.get(without_numbers(text), ()):
        other = numbers_in(line.text)
        if len(other) == 1 and other != own:
            yield DocumentAnswer(Related("other-number", own[0], other[0]), (place(line),))


def _states_a_gain(text: str) -> bool:
    """True if the one number of a sentence is a gain that it states, not a condition under which it holds."""
    return [stated.gain for stated in stated_results(text)] == [True]


def _by_assertion(document: SourceDocument, formulas: Sequence[Formula], *, shared: bool) -> DocumentAnswer | None:
    """The statement of every part of a claim; all readings of both sides must relate alike."""
    answers = []
    for formula in formulas:
        parts = [_part(document, part, shared=shared) for part in parts_of(formula)]
        answers.append(_together(parts_of(formula), parts))
    first = answers[0]
    return first if all(a is not None and first is not None and a.related == first.related for a in answers) else None


def _part(document: SourceDocument, part: Formula, *, shared: bool) -> DocumentAnswer | None:
    """The answer of a document's sentences on one statement: the relation first in `ORDER`, and where it is found."""
    found: dict[Said, list[tuple[Related, Passage]]] = {}
    for statement in document.statements:
        if statement.shared != shared:
            continue
        relations = {related(part, formula) for formula in statement.formulas}
        relation = relations.pop() if len(relations) == 1 else None
        if relation is not None and not (statement.second_hand and relation.said in AGAINST):
            found.setdefault(relation.said, []).append((relation, place(statement.line)))
    best = min(found, key=ORDER.index, default=None)
    if best is None:
        return None
    besides = [] if best == "other-number" else found.get("other-number", [])
    said = dict.fromkeys(where for _, where in (*found[best], *besides))
    return DocumentAnswer(found[best][0][0], tuple(said))


def _together(parts: Sequence[Formula], answers: Sequence[DocumentAnswer | None]) -> DocumentAnswer | None:
    """The answers on the parts of a claim as one: the worst of them; parts without one are missing."""
    found = [a for a in answers if a is not None]
    if not found:
        return None
    missing = tuple(part for part, a in zip(parts, answers, strict=True) if a is None)
    severe: tuple[Said, ...] = ("other-number", "says-otherwise", "says-less", "says-more", "stated")
    worst = min(found, key=lambda a: severe.index(a.related.said))
    if missing and worst.related.said in {"stated", "says-more"}:
        worst = DocumentAnswer(Related("says-less"), worst.said)
    said = dict.fromkeys(where for a in (worst, *found) for where in a.said)
    return DocumentAnswer(worst.related, tuple(said), missing)


def _by_tables(document: SourceDocument, text: str) -> Iterator[DocumentAnswer]:
    """The answers of the cells of a document's tables, and of sentences parsed over the same tables as the claim."""
    if not document.tables:
        return
    over = document.judge.judged(text, hint=False)
    verdict = over[0].verdict
    if (answer := _of_cells(verdict)) is not None:
        yield answer
    lines = document.nearest(text, _CANDIDATES)
    for one in (one for one in over if one.read.readings):
        reader = next(r for r in document.judge.readers if r.table is one.table)
        own = [canonical(r.formula) for r in one.read.readings[:_MOST]]
        for line in lines:
            relations = set(_over(reader, own, line.text))
            relation = relations.pop() if len(relations) == 1 else None
            if relation is not None:
                yield DocumentAnswer(relation, (place(line),))


def _over(reader: TableReader, own: Sequence[Formula], sentence: str) -> Iterator[Related | None]:
    """The relation of each reading of a sentence over a table to each of a claim's."""
    for reading in reader.read(sentence).readings[:_MOST]:
        yield from (related(formula, canonical(reading.formula)) for formula in own)


def _of_cells(verdict: Verdict) -> DocumentAnswer | None:
    """The answer of a document's cells, from the verdict on the claim over its tables; None unless that decides it."""
    if verdict.verdict not in {"supported", "refuted"} or not verdict.evidence or verdict.assertion is None:
        return None
    where = dict.fromkeys(item.source.partition(", row ")[0] for item in verdict.evidence)
    cells = "; ".join(f"{i.what}: {i.value:g}" for i in verdict.evidence[:6] if isinstance(i.value, float))
    said = tuple(Passage(source, cells) for source in where)
    if verdict.verdict == "supported":
        return DocumentAnswer(Related("stated"), said)
    return DocumentAnswer(_denied(verdict), said)


def _denied(verdict: Verdict) -> Related:
    formula = parse_assertion(verdict.assertion or "", "CLAIM")
    numbers = [item.value for item in verdict.evidence if isinstance(item.value, float)]
    if (
        isinstance(formula, Compare)
        and formula.relation == "="
        and isinstance(formula.right, StatedNumber)
        and len(numbers) == 1
    ):
        return Related("other-number", str(formula.right), f"{numbers[0]:g}")
    return Related("says-otherwise")
