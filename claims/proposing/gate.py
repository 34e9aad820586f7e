"""Test of a rewording for equivalence with its claim.

A claim that is read, perhaps once phrases that carry nothing are taken out, has an assertion: its rewordings must have
the same one together. Of any other claim, one sentence with the same signs in the same order says the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from analysis.numbers import Number, scan_numbers
from claims.assertion import Formula
from claims.domains.table.names import NameIndex, Ref
from claims.domains.table.reading import TableReader
from claims.domains.table.words import key_of
from claims.language.lexicon import Lexeme, lexicon
from claims.language.reading import CITATION
from claims.language.tokens import Token, spelled, tokens_of
from claims.rewriting import canonical, conjunction

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateWords:
    """Words that a rewording may leave out, add or exchange; see `words.toml`.

    Attributes:
        function, neutral, telling, verbs, structural: classes of the lexicon, of verbs without their form.
        neutral_verbs: spellings. roots: class → the class it counts as.
        alike: structural spelling → the group it belongs to.
        at_start, anywhere: folded words of neutral phrases.
    """

    function: frozenset[str]
    neutral: frozenset[str]
    telling: frozenset[str]
    verbs: frozenset[str]
    structural: frozenset[str]
    neutral_verbs: frozenset[str]
    roots: Mapping[str, str]
    alike: Mapping[str, str]
    at_start: frozenset[Words]
    anywhere: frozenset[Words]


@cache
def gate_words() -> GateWords:
    """The shipped lists."""
    data = tomllib.loads((files("claims.proposing") / "words.toml").read_text(encoding="utf-8"))
    phrases = data["neutral_phrases"]
    return GateWords(
        frozenset(data["function_classes"]),
        frozenset(data["neutral_classes"]),
        frozenset(data["telling_classes"]) | data["same_class"].keys(),
        frozenset(data["verb_classes"]),
        frozenset(data["structural_classes"]),
        frozenset(data["neutral_verbs"]),
        data["same_class"],
        {spelling: group for group, spellings in data["alike"].items() for spelling in spellings},
        _folded(phrases["at_start"]),
        _folded(phrases["anywhere"]),
    )


def _folded(phrases: Iterable[str]) -> frozenset[Words]:
    return frozenset(tuple(token.folded for token in tokens_of(phrase)) for phrase in phrases)


Kind = Literal["name", "number", "class", "word"]
JOINTS = frozenset({",", "@and", "while", "whereas", ";", ".", "respectively"})
QUOTES = frozenset("\"'“”")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that a sentence says. Two signs are equal if they say the same.

    Attributes:
        kind: "name", "number", "class" of the lexicon, or "word" that stands for itself.
        value: the lines of the name, the number's parts, the classes with their features, or the word.
        text: as written. roots: of a class sign, its classes without features ("relation", "negation" ...).
        one_axis: of a name, whether it stands for rows only or columns only.
    """

    kind: Kind
    value: Hashable
    text: str = field(compare=False)
    roots: frozenset[str] = field(default=frozenset(), compare=False)
    one_axis: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.text

    @property
    def joins(self) -> bool:
        """True if it only joins clauses or names."""
        return self.kind == "word" and self.value in JOINTS


COMMA = Sign("word", ",", ",")

Span = tuple[int, int, "Sign | None"]


def signs_of(sentence: str, index: NameIndex) -> tuple[Sign, ...]:
    """The signs of a sentence over a table, in order; commas are kept, the full stop at the end is not."""
    tokens = tokens_of(sentence)
    while tokens and tokens[-1].folded == ".":
        tokens = tokens[:-1]
    known = _known(sentence, tokens, index)
    made: list[Sign] = []
    at = 0
    while at < len(tokens):
        end, sign = known.get(at) or (at + 1, _unknown(tokens[at]))
        if sign is not None:
            made.append(sign)
        at = end
    return tuple(_without_nouns(made))


def _known(sentence: str, tokens: Sequence[Token], index: NameIndex) -> dict[int, tuple[int, Sign | None]]:
    """At each place the longest stretch that something knows; names go before numbers, numbers before words."""
    longest: dict[int, tuple[int, Sign | None]] = {}
    for spans in (_names(tokens, index), _numbers(sentence, tokens), _phrases(sentence, tokens), _lexemes(tokens)):
        for start, end, sign in spans:
            if start not in longest or end > longest[start][0]:
                longest[start] = (end, sign)
    return longest


def _names(tokens: Sequence[Token], index: NameIndex) -> Iterator[Span]:
    found: dict[tuple[int, int], list[Ref]] = {}
    for edge in index.edges(tokens):
        found.setdefault((edge.start, edge.end), []).extend(edge.value)
    for (start, end), refs in found.items():
        text = spelled(tokens[start:end])
        if all(r.kind == "level" for r in refs) and _is_noun(tokens[start:end]):
            continue  # "model" where a column of labels is headed "Model" is a noun like any other
        caption = any(r.kind == "caption" for r in refs)
        # Two spellings are one name if they stand for the same lines and cover as much of each label.
        value: Hashable = key_of(text) if caption else frozenset(refs)
        one_axis = not caption and len({r.axis for r in refs}) == 1
        yield start, end, Sign("name", value, text, one_axis=one_axis)


def _is_noun(tokens: Sequence[Token]) -> bool:
    folded = [t.folded for t in tokens]
    return any(x.symbol == "noun" and len(x.words) == len(folded) for x in lexicon().at(folded, 0))


def _numbers(sentence: str, tokens: Sequence[Token]) -> Iterator[Span]:
    starts = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(tokens)}
    for start, end, number in scan_numbers(sentence):
        if start in starts and end in ends:
            yield starts[start], ends[end], Sign("number", _parts(number), sentence[start:end])


def _parts(number: Number) -> Hashable:
    return (
        number.value, number.half_width, number.relation, number.upper, number.plus_minus, number.unit, number.signed,
        number.near, number.reached,
    )  # fmt: skip


def without_phrases(sentence: str) -> str:
    """A sentence without the phrases of the word list that carry nothing."""
    tokens = tokens_of(sentence)
    for start, end in sorted(_neutral(tokens), reverse=True):
        sentence = sentence[: tokens[start].start] + sentence[tokens[end - 1].end :]
    return sentence.strip(" ,")


def _neutral(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of neutral phrases, the longest at each place."""
    words, folded = gate_words(), [t.folded for t in tokens]
    longest, at = max(map(len, words.at_start | words.anywhere)), 0
    while at < len(tokens):
        allowed = words.at_start | words.anywhere if at == 0 else words.anywhere
        ends = range(min(len(tokens), at + longest), at, -1)
        end = next((end for end in ends if tuple(folded[at:end]) in allowed), None)
        if end is not None:
            yield at, end
        at = end or at + 1


def _phrases(sentence: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Neutral phrases and citations."""
    yield from ((start, end, None) for start, end in _neutral(tokens))
    starts = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(tokens)}
    for match in CITATION.finditer(sentence):
        if match.start() in starts and match.end() in ends:
            yield starts[match.start()], ends[match.end()], None


def _lexemes(tokens: Sequence[Token]) -> Iterator[Span]:
    folded = [t.folded for t in tokens]
    for start in range(len(tokens)):
        by_end: dict[int, list[Lexeme]] = {}
        for lexeme in lexicon().at(folded, start):
            by_end.setdefault(start + len(lexeme.words), []).append(lexeme)
        for end, lexemes in by_end.items():
            if _opens(lexemes, tokens, start, end):
                yield start, end, None
            else:
                yield start, end, _of_class(lexemes, spelled(tokens[start:end]))


def _opens(lexemes: Sequence[Lexeme], tokens: Sequence[Token], start: int, end: int) -> bool:
    """True if it opens the sentence: at its start, and set apart by a comma or by its length."""
    if start > 0 or not any(x.symbol == "opener" for x in lexemes):
        return False
    following = tokens[end].folded if end < len(tokens) else ""
    return following == "," or tokens[end - 1].folded == "that" or end - start >= 3


def _of_class(lexemes: Sequence[Lexeme], text: str) -> Sign | None:
    """The sign of a stretch the lexicon knows; None if it carries nothing.

    A class that no list names says something that nothing here understands: it is kept, and moves nowhere.
    """
    words = gate_words()
    folded = text.casefold()
    classes = {_class(x) for x in lexemes}
    if telling := [x for x in lexemes if _class(x) in words.telling]:
        return _telling(telling, text)
    if classes & words.structural:
        return Sign("word", words.alike.get(folded, folded), text)
    if classes & words.function or folded in words.neutral_verbs:
        return None
    others = classes - words.neutral - words.verbs - {"opener"}
    if others:
        return _telling([x for x in lexemes if _class(x) in others], text)
    return None if classes & words.neutral else Sign("word", folded, text)


def _class(lexeme: Lexeme) -> str:
    return lexeme.symbol.partition(".")[0]


def _telling(lexemes: Sequence[Lexeme], text: str) -> Sign:
    roots = gate_words().roots
    named = [(roots.get(_class(x), _class(x)), x) for x in lexemes]
    value = frozenset((root, *sorted(map(str, x.features.items()))) for root, x in named)
    return Sign("class", value, text, frozenset(root for root, _ in named))


def _unknown(token: Token) -> Sign | None:
    if token.text in QUOTES and not (token.text == "'" and token.glued):
        return None
    return COMMA if token.folded == "," else Sign("word", token.folded, token.text)


def _without_nouns(signs: Sequence[Sign]) -> Iterator[Sign]:
    """Leaves out "model" in "the BERT model": a noun beside a name that can stand for one axis only.

    After a quantifier or a superlative a noun says which lines are meant, and stays.
    """
    for i, sign in enumerate(signs):
        if sign.roots == {"noun"}:
            before, after = signs[i - 1 : i], signs[i + 1 : i + 2]
            bound = any(s.roots & {"quantifier", "place", "rank"} or s.kind == "number" for s in before)
            if not bound and any(s.kind == "name" and s.one_axis for s in (*before, *after)):
                continue
        yield sign


def objections(claim: str, rewordings: Sequence[str], reader: TableReader) -> tuple[str, ...]:
    """Objections to a rewording: the signs it loses, adds or reorders; empty where it is equivalent to the claim.

    Args:
        claim: the sentence as stated.
        rewordings: the sentences that together are meant to be equivalent to it.
        reader: parser of sentences over the table that both are about.
    """
    said = signs_of(claim, reader.index)
    stated = _assertion([claim], reader) or _assertion([without_phrases(claim)], reader)
    meant = [signs_of(text, reader.index) for text in rewordings]
    same = (
        [_in_order(said)] == list(map(_in_order, meant)) if stated is None else stated == _assertion(rewordings, reader)
    )
    if same:
        return ()
    told = [sign for signs in meant for sign in signs]
    found = [*(f"loses “{sign}”" for sign in _beyond(said, told)), *(f"adds “{sign}”" for sign in _beyond(told, said))]
    return tuple(found) or ("its names, numbers or relations stand to each other in another way",)


def _assertion(texts: Sequence[str], reader: TableReader) -> Formula | None:
    """The joint assertion of sentences; None unless each of them has exactly one parse."""
    read = [reader.read(text).readings for text in texts]
    if any(len(readings) != 1 for readings in read):
        return None
    return canonical(conjunction([readings[0].formula for readings in read]))


def _in_order(signs: Sequence[Sign]) -> list[Sign]:
    return [sign for sign in signs if sign != COMMA]


def _beyond(those: Sequence[Sign], others: Sequence[Sign]) -> list[Sign]:
    """Signs of one wording that the other lacks, each once; what only joins clauses is left out."""
    known = set(others)
    return [sign for sign in dict.fromkeys(those) if sign not in known and not sign.joins]
