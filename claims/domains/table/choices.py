"""Sentences on the names of one that was not read, one for each way it may be meant: a person chooses.

The direction of a comparison, or a line that was not read, is never guessed: every way is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from claims.domains.table.axes import Axis, other_axis
from claims.domains.table.both_axes import crossed, crossings
from claims.domains.table.cell_facts import CellFact, SaidLine, any_lines, fact_forms, has_numbers, opposite_facts
from claims.domains.table.lines import Lines
from claims.domains.table.names import NameIndex
from claims.domains.table.nearest_labels import relabelled
from claims.domains.table.nearest_names import respelled
from claims.domains.table.one_sided import LOOKED_THROUGH, TRIES, Said, first_read, likeness, numbers_of, one_sided
from claims.domains.table.spoken_names import SpokenNames
from claims.domains.table.suggestions import MOST, compared_first, is_vast, lines_said, speaks
from claims.language.kept import Rewording, left_out, words_of
from claims.language.reading import Forest
from claims.language.tokens import Token, tokens_of

Replaced = tuple[tuple[str, str], ...]


def choices(sentence: str, forest: Forest, index: NameIndex, reads: Callable[[str], bool]) -> tuple[Rewording, ...]:
    """The names of a sentence compared in each direction; else the named lines with lines that may cross them.

    That in the direction of the sentence's own words comes first. Empty where nothing is read, or named.

    Args:
        sentence: that was not read, nor any part of it.
        forest: its parses.
        index: the names of the table.
        reads: whether a sentence is read whole, in one way.
    """
    if is_vast(index.lines):
        return ()
    spelled = respelled(sentence, forest.tokens, forest.unknown, index)
    nearer = relabelled(spelled.text, tokens_of(spelled.text), index)
    replaced: Replaced = (*spelled.replaced, *nearer.replaced)
    tokens = tokens_of(nearer.text)
    words = frozenset(token.folded for token in tokens)
    names = SpokenNames.of(nearer.text, tokens, index).joined()
    said = {axis: _with_numbers(index.lines, axis, lines) for axis, lines in lines_said(names).items()}
    axes = compared_first(index.lines, said)
    named = tuple(islice(_with_names(nearer.text, tokens, forest.unknown, index, said[axes[0]], axes[0], reads), MOST))
    if named:
        used = tuple(pair for pair in replaced if all(pair[1] in one.text for one in named))
        return tuple(Rewording(one.text, (), (*used, *one.replaced), one.chosen) for one in named)
    for pair in _pairs(index, axes, said):
        texts = [first_read(fact, reads) for fact in pair]
        if all(texts):
            told = sorted(zip(pair, texts, strict=True), key=lambda one: not speaks(one[0].kind, words, sentence))
            return tuple(_choice(sentence, text, replaced, (fact.kind,)) for fact, text in told)
    numbers = numbers_of(tokens, names.named)
    both = crossings(tokens, index) if not any(said.values()) else []
    meant = one_sided(index.lines, Said(sentence, words, numbers, said), axes, reads)
    found = crossed(index, both, numbers, reads) if both else meant
    return tuple(_choice(sentence, text, replaced, chosen) for text, chosen in found)


def _with_names(
    text: str,
    tokens: Sequence[Token],
    unknown: Sequence[str],
    index: NameIndex,
    said: Sequence[SaidLine],
    axis: Axis,
    reads: Callable[[str], bool],
) -> Iterator[Rewording]:
    """The sentence with a name of the table in place of an unnamed subject, the most similar name first."""
    words, there = frozenset(token.folded for token in tokens), {one.at for one in said}
    own = [one for one in any_lines(index.lines, axis, LOOKED_THROUGH) if one.at not in there]
    near = sorted(own, key=lambda one: -likeness(one, words))[:MOST]
    for start, end in islice(_unnamed(tokens, frozenset(unknown)), MOST):
        for one in near:
            before, after = text[: tokens[start].start], text[tokens[end - 1].end :]
            offered = f"{before}{one.ways[0]}{after}"
            if reads(offered):
                written = text[tokens[start].start : tokens[end - 1].end]
                yield Rewording(offered, (), ((written, one.ways[0]),), (one.ways[0],))


def _unnamed(tokens: Sequence[Token], unknown: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The token spans of subjects without a name of the table: "our full model", "the zorgly method", "zorg"."""
    who = fact_forms()["who"]
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and (tokens[end].folded in who["begins"] or tokens[end].text in unknown):
            end += 1
        noun = at < end < len(tokens) and tokens[end].folded in who["nouns"]
        if noun or any(token.text in unknown for token in tokens[at:end]):
            yield at, end + noun
        at = max(end, at + 1)


def _pairs(
    index: NameIndex, axes: Sequence[Axis], said: dict[Axis, list[SaidLine]]
) -> Iterator[tuple[CellFact, CellFact]]:
    """The pairs of opposite facts on the named lines, those with most of the names first."""
    found = [pair for axis in axes for pair in opposite_facts(index.lines, axis, said[axis], said[other_axis(axis)])]
    return islice(sorted(found, key=lambda pair: -len(pair[0].kept)), TRIES)


def _with_numbers(lines: Lines, axis: Axis, said: list[SaidLine]) -> list[SaidLine]:
    """The named lines that have a number in some cell; of cells in words no fact is made."""
    return [one for one in said if has_numbers(lines, axis, one.at)]


def _choice(sentence: str, text: str, replaced: Replaced, chosen: tuple[str, ...]) -> Rewording:
    used = tuple(pair for pair in replaced if pair[1] in text)
    for written, taken in used:
        sentence = sentence.replace(written, taken)
    said = {word.casefold() for word in words_of(sentence)}
    added = tuple(word for word in chosen if word not in said)
    return Rewording(text, left_out(sentence, text), used, added or chosen)
