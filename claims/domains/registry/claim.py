"""One claim read over the registry: its assertion, the rival assertions, and the certificate of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from analysis.numbers import scan_numbers
from analysis.published.studies import Studies
from analysis.registry.vocabulary import Vocabulary, vocabulary
from claims.assertion import Fact, Formula
from claims.citation_marks import without_marks
from claims.citations import Cited, cited_by_claim
from claims.domains.registry.names import SpellingIndex
from claims.domains.registry.reading import RegistryReader, RegistrySentence
from claims.domains.registry.words import transfer_lexicon
from claims.hashed import replace
from claims.language.certificate import NAME, TokenUse, certificate, plain_words
from claims.language.chart import Edge, ParseNode
from claims.language.lexicon import Lexicon
from claims.language.tokens import Token, spelled, tokens_of
from claims.phrases import each_word
from claims.reading import Linked, Reading
from claims.report import Cut

BOUNDARIES = frozenset({",", ";", ":", "and", "while", "whereas", "as", "("})
"""Signs and words that may follow a finished statement."""
TAKING_BACK = each_word(
    "except but only if unless not without provided although though excluding apart save than nor other"
)
"""Words after a boundary that may restrict or deny what stands before it."""
PREPOSITIONS = frozenset({"across", "on", "in", "over", "for", "from", "at", "with", "within"})
"""Words that begin a phrase restricting where, or for what, a statement holds."""
MOST_ENDING, MOST_COMPLETIONS, SHORTEST = 9, 80, 2
LEAST = 5
"""Words and signs that a part must have."""


def completions(sentence: str, cut: Cut, words: Lexicon) -> tuple[str, ...]:
    """The sentence with its last phrase completed to each one of the lexicon that begins so.

    Args:
        sentence: the text up to the cut.
        cut: whether its last word may be half a word.
        words: the lexicon.
    """
    bare = sentence.rstrip().rstrip("…").rstrip()
    tokens = tokens_of(bare)
    made: dict[str, None] = {}
    for count in range(min(MOST_ENDING, len(tokens) - 1), 0, -1):
        ending = [t.folded for t in tokens[-count:]]
        if _spelt_out(tokens[-count - 1]):
            continue  # "less than one po" may go on to "one point five"
        first = (
            [ending[0]] if count > 1 or cut == "after word" else [w for w in words.by_first if w.startswith(ending[0])]
        )
        for lexeme in (x for w in first for x in words.by_first.get(w, ())):
            if _begins(lexeme.words, ending, cut):
                made[f"{bare[: tokens[-count].start]}{' '.join(lexeme.words)}."] = None
    return tuple(made)[:MOST_COMPLETIONS]


def _spelt_out(token: Token) -> bool:
    """True if a token is a number in words."""
    return token.text.isalpha() and next(iter(scan_numbers(token.text)), None) is not None


def _is_number(token: Token) -> bool:
    """True if a token is a number, whose unit or remaining words may be lost."""
    return token.text[0].isdigit() or _spelt_out(token)


def _begins(whole: Sequence[str], ending: Sequence[str], cut: Cut) -> bool:
    """True if a phrase begins with the end of the sentence and goes on behind it."""
    n = len(ending)
    if len(whole) < n or tuple(whole[: n - 1]) != tuple(ending[: n - 1]):
        return False
    last = whole[n - 1]
    if last == ending[-1]:
        return len(whole) > n
    return cut == "in word" and last.startswith(ending[-1]) and (len(ending[-1]) >= SHORTEST or n > SHORTEST)


def finished_parts(sentence: str, cut: Cut, names: SpellingIndex) -> Iterator[str]:
    """The beginnings of a cut sentence that may be statements, the longest first.

    Args:
        sentence: the text up to the cut.
        cut: "after word", or "in word" where its last word may be half a word.
        names: spellings of the domain's names; the words left off must not make a statement of their own.
    """
    bare = sentence.rstrip().rstrip("…").rstrip()
    tokens = tokens_of(bare)
    end = len(tokens) - (cut == "in word")
    if end >= LEAST and not _is_number(tokens[end - 1]):
        yield _text(bare, tokens, end)
    for place in range(end - 1, LEAST - 1, -1):
        if _states(tokens[place:], names):
            return
        if tokens[place].folded in BOUNDARIES and not _takes_back(tokens[place : place + 3]):
            before = tokens[place - 1].folded
            if before not in BOUNDARIES:
                yield _text(bare, tokens, place)


def before_prepositions(sentence: str, cut: Cut) -> Iterator[str]:
    """The beginnings of a cut sentence that end before a prepositional phrase, the longest first.

    Such a phrase may restrict the statement before it, so only a statement that follows from each of its restrictions
    may be read from there.
    """
    bare = sentence.rstrip().rstrip("…").rstrip()
    tokens = tokens_of(bare)
    end = len(tokens) - (cut == "in word")
    for place in range(end - 1, LEAST - 1, -1):
        if tokens[place].folded in TAKING_BACK:
            return
        if tokens[place].folded in PREPOSITIONS:
            yield _text(bare, tokens, place)


def _states(lost: Sequence[Token], names: SpellingIndex) -> bool:
    """True if the words left off hold a name or a number, and so may state something more."""
    named = any(edge.symbol in ("RUN", "TARGET", "MODEL", "BENCH", "MULTI") for edge in names.edges(lost))
    return named or any(t.text[0].isdigit() for t in lost)


def _takes_back(following: Sequence[Token]) -> bool:
    return any(t.folded in TAKING_BACK for t in following)


def _text(sentence: str, tokens: Sequence[Token], end: int) -> str:
    return sentence[: tokens[end - 1].end].rstrip(" ,;:(")


TIME_BOUND = frozenset({"timebound", "sotaword"})
NAMES = frozenset({"RUN", "MULTI", "TARGET", "BENCH", "MODEL", "METRIC", "LANG", "KIND", "SOURCE", "FAMILY"})

STATING = frozenset({"exhibit", "shows", "finder", "finds", '"that"'})
"""Symbols of words that attribute a finding: "our results show that"."""
DULL = frozenset({"dt", "the", "art", "adv", "opener", "attributed", "be", "and", "using", *STATING})
"""Words that an explanation need not show."""


def read_claim(sentence: str, cut: Cut = "no", registry: Vocabulary | None = None) -> Reading:
    """Reads one claim; of one that is cut off, the longest beginning that is a statement of its own.

    Args:
        sentence: the claim's text.
        cut: whether it is cut off, and how.
        registry: the vocabulary; the built-in one by default.
    """
    return _read(sentence, cut, registry or vocabulary())


@lru_cache(maxsize=4)
def reader_over(registry: Vocabulary) -> RegistryReader:
    """The reader over a vocabulary."""
    return RegistryReader(registry)


@lru_cache(maxsize=4096)
def _read(sentence: str, cut: Cut, registry: Vocabulary) -> Reading:
    reader = reader_over(registry)
    found = reader.read(sentence) if cut == "no" else _beginning(reader, sentence, cut)
    if not found.readings:
        return _unread(found, cut)
    first = found.readings[0]
    formulas = [r.formula for r in found.readings]
    others: list[Formula] = []
    for choice in range(1, reader.names.shared(found.forest.tokens, found.forest.edges)):
        others += [r.formula for r in reader.read(found.text, choice).readings]
    rivals = others if reader.names.shared_in_tables(found.forest.tokens, found.forest.edges) else []
    edges = [edge for _, edge in first.parse.leaves()]
    return Reading(
        first.formula,
        asides=first.asides,
        alternatives=_distinct(others, formulas),
        rivals=_distinct([*formulas[1:], *rivals], formulas[:1]),
        tokens=_linked(found, edges),
        certificate=(*_words(first.parse, edges, found.forest.tokens), *_lost(sentence, found.text, cut)),
        time_bound=any(edge.symbol in TIME_BOUND for edge in edges) or (cut != "no" and _speaks_of_now(sentence)),
    )


LONGEST_CUT = 4_000
"""Characters of a cut sentence beyond which no statement is looked for in its beginnings."""


def _beginning(reader: RegistryReader, sentence: str, cut: Cut) -> RegistrySentence:
    """A cut sentence with its last phrase completed, if all completions say the same; else its finished part."""
    if len(sentence) > LONGEST_CUT:
        return reader.read(sentence)
    completed = [reader.read(whole) for whole in completions(sentence, cut, transfer_lexicon())]
    completed = [found for found in completed if found.readings]
    if completed and len({(r.formula, r.asides) for found in completed for r in found.readings}) == 1:
        return completed[0]
    for part in finished_parts(sentence, cut, reader.names):
        found = reader.read(part)
        if found.readings:
            return found
    for part in before_prepositions(sentence, cut):
        found = reader.read(part)
        if found.readings and all(_follows_from_its_restrictions(r.formula) for r in found.readings):
            return found
    return reader.read(sentence)


WIDER = frozenset({"setting", "kind"})
"""Attributes that hold of a thing if they hold of it under any restriction."""


def _follows_from_its_restrictions(formula: Formula) -> bool:
    """True if the fact follows from its restriction, such as "evaluates zero-shot transfer across …"."""
    return isinstance(formula, Fact) and formula.attribute in WIDER


def _words(parse: ParseNode, edges: Sequence[Edge], tokens: Sequence[Token]) -> tuple[TokenUse, ...]:
    """The use of each stretch of words; a role that is merely "name" is replaced by the kind of name."""
    symbols = plain_words().symbols
    return tuple(
        replace(used, role=symbols[edge.symbol]) if used.role == NAME and edge.symbol in symbols else used
        for used, edge in zip(certificate(parse, tokens), edges, strict=True)
    )


def _lost(sentence: str, read: str, cut: Cut) -> tuple[TokenUse, ...]:
    """The end of a cut sentence that no reading used."""
    rest = sentence.removeprefix(read).strip() if cut != "no" and sentence.startswith(read) else ""
    return (TokenUse(rest, "cut", "stands after the part that is a statement of its own"),) if rest else ()


def _speaks_of_now(sentence: str) -> bool:
    """True if a word of time stands anywhere in the sentence, even behind the part that was read."""
    folded = [t.folded for t in tokens_of(sentence)]
    return any(x.symbol in TIME_BOUND for place in range(len(folded)) for x in transfer_lexicon().at(folded, place))


def _distinct(found: Sequence[Formula], known: Sequence[Formula]) -> tuple[Formula, ...]:
    return tuple(dict.fromkeys(f for f in found if f not in known))


def _unread(found: RegistrySentence, cut: Cut) -> Reading:
    forest = found.forest
    if forest.unknown and cut == "no":
        return Reading(None, unread=forest.unknown, reason=found.reason, tokens=_linked(found, forest.edges))
    stuck = forest.stuck
    left = () if stuck is None or cut != "no" else (forest.tokens[stuck].text,)
    return Reading(None, left=left, reason=found.reason, tokens=_linked(found, forest.edges))


def _linked(found: RegistrySentence, edges: Sequence[Edge | ParseNode]) -> tuple[Linked, ...]:
    tokens = found.forest.tokens
    made = []
    for edge in edges:
        assert isinstance(edge, Edge)
        if edge.symbol in DULL or edge.symbol.startswith('"'):
            continue
        text = spelled(tokens[edge.start : edge.end])
        values = (edge.value,) if edge.symbol in NAMES else ()
        made.append(Linked(edge.symbol.partition(".")[0], text, values))
    return tuple(made)


def read_with_citations(
    sentence: str, cut: Cut, report: Cited, registry: Vocabulary, studies: Studies
) -> tuple[Reading, Cited]:
    """The reading of a sentence, tried again without its citations, and the source of its numbers."""
    sentence, marks = without_marks(sentence)
    found = cited_by_claim(sentence, report, registry, studies)
    reading = read_claim(sentence, cut, registry)
    if reading.assertion is not None or not found.citations:
        return _with(reading, marks), found.cited
    bare = read_claim(found.text, cut, registry)
    if bare.assertion is None:
        return reading, found.cited
    return _with(bare, (*found.citations, *marks)), found.cited


def _with(reading: Reading, citations: tuple[str, ...]) -> Reading:
    """The reading, its certificate extended by the citations taken out of the sentence."""
    if reading.assertion is None or not citations:
        return reading
    return replace(reading, certificate=(*reading.certificate, *(TokenUse(text, "citation") for text in citations)))
