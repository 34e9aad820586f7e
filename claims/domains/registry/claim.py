"""One claim read over the registry: its assertion, what it could just as well mean, and what became of each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.vocabulary import Vocabulary, vocabulary
from claims.assertion import Formula
from claims.domains.registry.cutoff import completions, finished_parts
from claims.domains.registry.reading import ReadSentence, RegistryReader
from claims.domains.registry.words import transfer_lexicon
from claims.language.chart import Edge, Node
from claims.language.tokens import tokens_of
from claims.report import Cut
from claims.rewriting import canonical

TIME_BOUND = frozenset({"timebound", "sotaword"})
NAMES = frozenset({"RUN", "MULTI", "TARGET", "BENCH", "MODEL", "METRIC", "LANG", "KIND", "SOURCE", "FAMILY"})

DULL = frozenset({"dt", "the", "art", "adv", "opener", "attributed", "be", "and", "using"})
"""Words that an explanation need not show."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A stretch of the sentence and what it stands for: its class and, of a name, its ids."""

    kind: str
    text: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says.

    Attributes:
        assertion: the main statement; None where none was read.
        asides: statements that stand beside it.
        alternatives: what it would say if a shared name stood for its other bearer.
        rivals: readings that are just as good; a verdict needs all of them to agree.
        unread: words that link to nothing; they withhold a verdict.
        left: where no reading gets past; it withholds a verdict.
        tokens: the linked words, for explanations. time_bound: the sentence speaks of a "now".
        passed: words that carry nothing where they stand, each with why.
    """

    assertion: Formula | None
    asides: tuple[Formula, ...] = ()
    alternatives: tuple[Formula, ...] = ()
    rivals: tuple[Formula, ...] = ()
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    tokens: tuple[Linked, ...] = ()
    time_bound: bool = False
    passed: tuple[tuple[str, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every word was understood and used."""
        return self.assertion is not None and not self.unread and not self.left


def read_claim(sentence: str, cut: Cut = "no", words: Vocabulary | None = None) -> Reading:
    """Reads one claim; of one that is cut off, the longest beginning that is a statement of its own.

    Args:
        sentence: the claim's text.
        cut: whether it is cut off, and how.
        words: the vocabulary; the built-in one by default.
    """
    return _read(sentence, cut, words or vocabulary())


@lru_cache(maxsize=4)
def _reader(words: Vocabulary) -> RegistryReader:
    return RegistryReader(words)


@lru_cache(maxsize=4096)
def _read(sentence: str, cut: Cut, words: Vocabulary) -> Reading:
    reader = _reader(words)
    found = reader.read(sentence) if cut == "no" else _beginning(reader, sentence, cut)
    if not found.readings:
        return _unread(found, cut)
    formulas = [r.formula for r in found.readings]
    others: list[Formula] = []
    for choice in range(1, reader.names.shared(found.forest.tokens)):
        others += [r.formula for r in reader.read(found.text, choice).readings[:1]]
    edges = [edge for _, edge in found.readings[0].parse.leaves()]
    return Reading(
        canonical(formulas[0]),
        alternatives=_distinct(others, formulas),
        rivals=_distinct(formulas[1:], formulas[:1]),
        tokens=_linked(found, edges),
        time_bound=any(edge.symbol in TIME_BOUND for edge in edges) or (cut != "no" and _speaks_of_now(sentence)),
    )


def _beginning(reader: RegistryReader, sentence: str, cut: Cut) -> ReadSentence:
    """A cut sentence with its last phrase completed, if all completions say the same; else its finished part."""
    completed = [reader.read(whole) for whole in completions(sentence, cut, transfer_lexicon())]
    completed = [found for found in completed if found.readings]
    if completed and len({r.formula for found in completed for r in found.readings}) == 1:
        return completed[0]
    for part in finished_parts(sentence, cut, reader.names):
        found = reader.read(part)
        if found.readings:
            return found
    return reader.read(sentence)


def _speaks_of_now(sentence: str) -> bool:
    """Whether a word of time stands anywhere, also in what a cut leaves unread."""
    folded = [t.folded for t in tokens_of(sentence)]
    return any(x.symbol in TIME_BOUND for place in range(len(folded)) for x in transfer_lexicon().at(folded, place))


def _distinct(found: Sequence[Formula], known: Sequence[Formula]) -> tuple[Formula, ...]:
    return tuple(dict.fromkeys(f for f in found if f not in known))


def _unread(found: ReadSentence, cut: Cut) -> Reading:
    forest = found.forest
    if forest.unknown and cut == "no":
        return Reading(None, unread=forest.unknown, tokens=_linked(found, forest.edges))
    stuck = forest.stuck
    left = () if stuck is None or cut != "no" else (forest.tokens[stuck].text,)
    return Reading(None, left=left, tokens=_linked(found, forest.edges))


def _linked(found: ReadSentence, edges: Sequence[Edge | Node]) -> tuple[Linked, ...]:
    tokens = found.forest.tokens
    made = []
    for edge in edges:
        assert isinstance(edge, Edge)
        if edge.symbol in DULL or edge.symbol.startswith('"'):
            continue
        words = tokens[edge.start : edge.end]
        text = "".join(w.text if w.glued or i == 0 else f" {w.text}" for i, w in enumerate(words))
        values = (edge.value,) if edge.symbol in NAMES else ()
        made.append(Linked(edge.symbol.partition(".")[0], text, values))
    return tuple(made)
