"""Every word of the lexicon is needed by a sentence: read with it, not read without it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from lexicon_table import LEXICON_TABLE

from claims.checking.cells import CellChecker
from claims.domains.table.reading import TableReader, TableSentence
from claims.language.lexicon import Lexicon, lexicon, spellings
from claims.language.reading import grammar
from claims.language.tokens import tokens_of

READER = TableReader(LEXICON_TABLE)
SLOT = re.compile(r"\{(\w*)\}")


class Use(NamedTuple):
    """A spelling of an entry in a sentence of the entry.

    Attributes:
        spelling: as in the lexicon. symbol: of the grammar. sentence: with a slot for it.
    """

    spelling: str
    symbol: str
    sentence: str

    @property
    def text(self) -> str:
        """The sentence with the spelling in it."""
        return SLOT.sub(lambda _: self.spelling, self.sentence)


def sentences(entry: Mapping[str, Any]) -> list[str]:
    said = entry.get("sentence", [])
    return [said] if isinstance(said, str) else list(said)


def uses(entry: Mapping[str, Any]) -> Iterator[Use]:
    """Every spelling that the grammar takes, in each sentence with a slot for its form."""
    known = grammar().symbols()
    for spelling, symbol in dict.fromkeys(spellings(entry)):
        form = symbol.rpartition(".")[2] if entry.get("inflect") else ""
        for sentence in sentences(entry):
            slot = SLOT.search(sentence)
            if slot is not None and slot[1] == form and symbol in known:
                yield Use(spelling, symbol, sentence)


def name(entry: Mapping[str, Any]) -> str:
    features = " ".join(map(str, entry.get("features", {}).values()))
    return f"{entry['class']} {features} {entry['forms'][0] if entry['forms'] else ''}".replace("  ", " ")


ENTRIES = [pytest.param(entry, id=name(entry)) for entry in lexicon().entries]


def without(spelling: str) -> Lexicon:
    """The lexicon without a spelling, in whatever entries it stands."""
    whole, words = lexicon(), tuple(token.folded for token in tokens_of(spelling))
    kept = [lexeme for lexeme in whole.by_first[words[0]] if lexeme.words != words]
    return Lexicon(whole.version, {**whole.by_first, words[0]: kept}, whole.entries)


def read(text: str, words: Lexicon) -> TableSentence:
    with patch("claims.language.reading.lexicon", lambda: words):
        return READER.read(text)


def took(found: TableSentence, use: Use) -> bool:
    """Whether it is read, and a parse takes the spelling for what it is."""
    words = tuple(token.folded for token in tokens_of(use.spelling))
    return bool(found.readings) and any(
        edge.symbol == use.symbol and tuple(t.folded for t in found.forest.tokens[edge.start : edge.end]) == words
        for parse in found.forest.parses
        for _, edge in parse.leaves()
    )


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_has_a_sentence_for_each_of_its_forms_that_the_grammar_takes(entry: Mapping[str, Any]) -> None:
    taken = {symbol for _, symbol in spellings(entry)} & grammar().symbols()
    assert taken, f"no rule of the grammar takes {entry['class']}"
    assert {use.symbol for use in uses(entry)} == taken


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_spelling_is_read_in_its_sentence_and_never_refuted(entry: Mapping[str, Any]) -> None:
    for use in uses(entry):
        found = read(use.text, lexicon())
        assert took(found, use), f"{use.text}: {found.reason or 'read by other words'}"
        truths = [CellChecker(READER.index.lines).truth(reading.formula) for reading in found.readings]
        assert not {"false", "mixed"} & set(truths), f"{use.text}: {found.readings[0].formula}"


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_word_can_be_taken_out_of_the_lexicon_without_losing_its_sentence(entry: Mapping[str, Any]) -> None:
    for use in uses(entry):
        kept = {reading.formula for reading in read(use.text, without(use.spelling)).readings}
        if kept and len(tokens_of(use.spelling)) > 1:  # its words may say one by one what they say together
            assert kept <= {reading.formula for reading in read(use.text, lexicon()).readings}, use.text
        else:
            assert not kept, f"{use.text}: still read"


def test_every_terminal_of_the_grammar_is_a_class_of_the_lexicon_or_made_elsewhere() -> None:
    classes = {symbol for entry in lexicon().entries for _, symbol in spellings(entry)}
    made = {symbol for symbol in grammar().symbols() if symbol.isupper() or symbol.startswith('"')}
    assert grammar().symbols() - made <= classes


def test_no_spelling_stands_twice_in_a_class() -> None:
    counted = Counter(
        (tuple(t.folded for t in tokens_of(spelling)), symbol, name)
        for entry in lexicon().entries
        for spelling, symbol in set(spellings(entry))
        for name in [str(sorted(entry.get("features", {}).items()))]
    )
    assert not [key for key, count in counted.items() if count > 1]
