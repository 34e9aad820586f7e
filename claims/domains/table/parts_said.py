"""Plain sentences for parts of a sentence that was not read over a table: one comparison or number with its names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.domains.table.compared_parts import compared_parts
from claims.domains.table.names import NameIndex
from claims.domains.table.part_filling import PartSaid
from claims.domains.table.part_words import part_forms
from claims.domains.table.spoken_names import SpokenNames
from claims.domains.table.stated_parts import bracketed_parts, stated_parts
from claims.language.tokens import Token


def parts_said(sentence: str, tokens: Sequence[Token], index: NameIndex) -> Iterator[PartSaid]:
    """The plain sentences for parts of a sentence.

    Args:
        sentence: that was not read.
        tokens: its words.
        index: the names of the table.
    """
    found = SpokenNames.of(sentence, tokens, index)
    yield from _parts(found)
    wider = found.joined()
    if len(wider.names) < len(found.names):
        yield from _parts(wider)


def _parts(names: SpokenNames) -> Iterator[PartSaid]:
    for group in part_forms():
        for place, token in enumerate(names.tokens):
            if token.folded in group.words and place not in names.named:
                yield from compared_parts(names, group, place)
        if not group.words:
            yield from stated_parts(names, group)
            yield from bracketed_parts(names, group)
