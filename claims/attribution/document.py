"""What a document says: its sentences read to assertions, once, and its whole tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.published.studies import Studies
from analysis.registry.vocabulary import Vocabulary
from analysis.tables import Table
from claims.assertion import Formula
from claims.attribution.finding import Passage, Readable
from claims.checking.over_tables import TableJudge
from claims.citation_marks import without_marks
from claims.citations import NOTHING
from claims.continuations import comparable
from claims.domains.registry.citing import read_with_citations
from claims.library.store import Document
from claims.library.words import COMMON, tokens
from claims.reading import Reading
from claims.rewriting import canonical, conjunction

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
    """A sentence of a document that was read whole.

    Attributes:
        shared: whether a name in it has two bearers. second_hand: whether it tells what another work says.
    """

    line: DocumentSentence
    formulas: tuple[Formula, ...]
    shared: bool
    second_hand: bool


@dataclass
class SourceDocument:
    """A document, ready to be asked.

    Attributes:
        document: it is. lines: its sentences. tables: that are whole. doubtful: how many are not.
        words, studies: what sentences are read by.
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
        """How much of it was read."""
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
    """The assertions that a sentence may make, all as good, with what it says beside; none if it was not read whole."""
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
