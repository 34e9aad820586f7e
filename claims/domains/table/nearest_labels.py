"""Labels that a sentence spells with an extra word or other signs: "spatial feature fusion", "MoG=1"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from claims.domains.table.axes import AXES, lines_along
from claims.domains.table.names import NameIndex
from claims.domains.table.nearest_names import MOST_LABELS, Respelled
from claims.domains.table.part_words import part_words
from claims.language.kept import DIGIT, rewording_words
from claims.language.tokens import Token, tokens_of

SHORTEST = 2
"""Words of a label that is looked for."""
MORE = 2
"""Words that may stand between those of a label; one of them may say something."""
Span = tuple[int, int]


def relabelled(sentence: str, tokens: Sequence[Token], index: NameIndex) -> Respelled:
    """The sentence with labels in place of stretches that have a label's words, in its order, and little else."""
    labels = _labels(index)
    edges = [edge for edge in index.edges(tokens) if edge.symbol == "NAME"]
    named = {(edge.start, edge.end) for edge in edges}
    lines = [edge for edge in edges if any(ref.kind == "lines" for ref in edge.value)]
    own = frozenset(i for edge in lines for i in range(edge.start, edge.end))
    found: dict[Span, set[str]] = defaultdict(set)
    for start, token in enumerate(tokens):
        for words in labels.get(_stem(token), ()):
            end = _end(tokens, start, words, own)
            if end and (start, end) not in named:
                found[start, end] |= labels[words[0]][words]
    for span, label in _compounds(tokens, labels, named):
        found[span].add(label)
    chosen: list[tuple[Span, str]] = []
    for span, said in sorted(found.items(), key=lambda one: one[0][0] - one[0][1]):
        if len(said) == 1 and all(span[1] <= start or end <= span[0] for (start, end), _ in chosen):
            chosen.append((span, min(said)))
    text, reached, replaced = "", 0, []
    for (start, end), label in sorted(chosen):
        first, last = tokens[start].start, tokens[end - 1].end
        text += sentence[reached:first] + label
        replaced.append((sentence[first:last], label))
        reached = last
    return Respelled(text + sentence[reached:], tuple(replaced))


def _labels(index: NameIndex) -> Mapping[str, Mapping[tuple[str, ...], set[str]]]:
    """By first word, then by all words: the labels that have them."""
    made: dict[str, dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
    for axis in AXES:
        for line in lines_along(index.lines.table, axis)[:MOST_LABELS]:
            for label in {line.own, " ".join(filter(None, line.labels))}:
                every = tuple(_stem(token) for token in tokens_of(label) if _is_word(token))
                words = tuple(word for word in every if word not in rewording_words().little)
                if len(words) >= SHORTEST:
                    made[words[0]][words].add(label)
    return made


def _compounds(
    tokens: Sequence[Token], labels: Mapping[str, Mapping[tuple[str, ...], set[str]]], named: Collection[Span]
) -> Iterator[tuple[Span, str]]:
    """Two words with a hyphen that are no name, one of which only one label has: "full-word"."""
    by_word: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for group in labels.values():
        for words in group:
            for word in words:
                by_word[word].add(words)
    for start, (one, hyphen, other) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        glued = hyphen.text == "-" and hyphen.glued and other.glued
        if glued and not any(a < start + 3 and start < b and b - a > 1 for a, b in named):
            having = [by_word[_stem(part)] for part in (one, other) if _stem(part) in by_word]
            if one.text.isalpha() and other.text.isalpha() and len(having) == 1 and len(having[0]) == 1:
                (words,) = having[0]
                yield from (((start, start + 3), label) for label in labels[words[0]][words])


def _end(tokens: Sequence[Token], start: int, words: Sequence[str], own: Collection[int]) -> int:
    """The end of a stretch from a token on that has some words in order; 0 where there is none.

    No number and no name of a line (`own`) may stand between the words.
    """
    found = more = telling = 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if not _is_word(token):
            if token.folded in ".;":
                return 0
        elif _stem(token) == words[found]:
            found += 1
            if found == len(words):
                return place + 1
        else:
            if place in own or DIGIT.search(token.text):
                return 0
            more += 1
            telling += token.folded not in rewording_words().little
            if more > MORE or telling > 1 or token.folded in _parting():
                return 0
    return 0


def _parting() -> frozenset[str]:
    lists = rewording_words()
    return lists.denying | lists.doubting | lists.comparing | lists.restricting | part_words().than | part_words().over


def _is_word(token: Token) -> bool:
    return any(map(str.isalnum, token.text))


def _stem(token: Token) -> str:
    folded = token.folded
    return folded[:-1] if len(folded) > SHORTEST + 1 and folded.endswith("s") else folded
