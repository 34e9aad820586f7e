"""The words of a table as names: every stretch of its labels, its synonyms and abbreviations, its caption's words.

A name is a way from words to lines. The whole label names its lines outright; a part of a label names every line
that has it, which other words of the phrase must narrow down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal, NamedTuple

from analysis.tables.measures import measure_of
from claims.domains.table.adjectives import Features, adjective_edges
from claims.domains.table.axes import AXES, Axis, lines_along
from claims.domains.table.lines import Lines
from claims.domains.table.nouns_behind import caption_names, machine_nouns, task_names
from claims.domains.table.postings import Postings
from claims.domains.table.spellings import is_abbreviation
from claims.domains.table.two_senses import Sense, folds_what_follows, number_word, sense_of
from claims.domains.table.word_forms import WordForms
from claims.domains.table.word_lists import word_lists
from claims.domains.table.words import (
    WITHOUT_BRACKET,
    Key,
    bare,
    canonical,
    function_words,
    significant,
    synonyms,
    telling,
)
from claims.language.chart import Edge
from claims.language.tokens import Token, fold

LONGEST_LABEL = 14
"""Words of a label that are indexed by parts; a longer one is prose and names nothing by a part."""
INITIALS = 0.9
"""Share of a label that spelt-out words are given where the table prints only their abbreviation."""
QUOTES = {"'": "'", '"': '"', "“": "”"}
REMOVING_OR_ADDING = frozenset({"without", "w", "with", "adding"})
"""First words of a name that may stand behind a sentence as a place: "without attention"."""


class Ref(NamedTuple):
    """A referent of a name: lines, the header of a label level, or words of the caption.

    Attributes:
        kind: "lines" (rows or columns), "level" (the header of a label column: a kind of thing), "caption" (words that
            hold for the whole table).
        axis: of the lines. level: of the labels that have the name. lines: indices.
        share: part of the label that the words make up, 1 for the whole label.
    """

    kind: Literal["lines", "level", "caption"]
    axis: Axis = "row"
    level: int = 0
    lines: frozenset[int] = frozenset()
    share: float = 1.0


@dataclass(slots=True)
class NameIndex:
    """The names in one table: words → referents.

    Attributes:
        lines: the table's lines.
        whole: words of a whole label → its lines. parts: words of a part of a label → the lines with that part.
        caption: words of the caption. measured: words for the table's measure.
        initials: an abbreviation → its lines. shortened: initials of labels that print the words → their lines.
        longest: number of words in the longest name.
        postings: the labels of an axis with very many, kept by word.
        forms: printed forms of the words of all other labels. things: plural nouns of the caption, as singulars.
        compounds: hyphenated words of the caption.
        removed: the words of a part → the lines that lack it.
        adjectives: words that headers license → class of the lexicon, and features.
    """

    lines: Lines
    whole: dict[Key, list[Ref]] = field(default_factory=dict)
    parts: dict[Key, list[Ref]] = field(default_factory=dict)
    caption: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    initials: dict[str, list[Ref]] = field(default_factory=dict)
    shortened: dict[str, list[Ref]] = field(default_factory=dict)
    longest: int = 1
    postings: dict[Axis, Postings] = field(default_factory=dict)
    forms: WordForms = field(default_factory=WordForms)
    things: frozenset[str] = frozenset()
    compounds: frozenset[str] = frozenset()
    removed: dict[Key, list[Ref]] = field(default_factory=dict)
    adjectives: dict[tuple[str, ...], tuple[tuple[str, Features], ...]] = field(default_factory=dict)

    def edges(self, tokens: Sequence[Token]) -> Iterator[Edge]:
        """The names in a sentence."""
        yield from adjective_edges(self.adjectives, tokens)
        yield from machine_nouns(self, tokens)
        labels = list(self._label_edges(tokens))
        labels += [*_joined_by_hyphen(tokens, labels), *self._built_on(tokens, labels)]
        labels += [*task_names(self, tokens, labels), *caption_names(self, tokens, labels)]
        found = [(edge, self.sense(tokens, edge)) for edge in labels]
        kept = list(_uncovered([(edge, sense) for edge, sense in found if sense != "word"]))
        yield from kept
        for edge in kept:
            if tokens[edge.start].folded in REMOVING_OR_ADDING:
                yield Edge(edge.start, edge.end, "WITHOUT", edge.value)
        yield from self._part_edges(tokens)
        headed = [e for e in kept if any(ref.kind != "level" or ref.share == 1 for ref in e.value)]
        taken = {i for e in headed for i in range(e.start, e.end)}
        lines = {i for e in headed if any(r.kind != "level" for r in e.value) for i in range(e.start, e.end)}
        yield from self._caption_edges(tokens, {i for i in taken if i in lines or i + 1 in taken})

    def _part_edges(self, tokens: Sequence[Token]) -> Iterator[Edge]:
        """The names of parts that lines lack: "gate" where a row is called "w/o gate", and no line is called gate."""
        words = list(significant(tokens)) if self.removed else []
        for i in range(len(words)):
            for j in range(i + 1, min(len(words), i + self.longest) + 1):
                key = tuple(word for word, _, _ in words[i:j])
                refs = () if self.wholes_of(key) else tuple(self.removed.get(key, ()))
                if refs:
                    yield Edge(words[i][1], words[j - 1][2], "PART", refs)

    def _built_on(self, tokens: Sequence[Token], labels: Sequence[Edge]) -> Iterator[Edge]:
        """The names of a line by its base: "the BERT-based model" is the only line with BERT in its name."""
        for edge in labels:
            behind = [t.folded if t.glued else "" for t in tokens[edge.end : edge.end + 2]]
            if len(behind) < 2 or behind[0] != "-" or behind[1] not in word_lists().made_of - self.forms.printed:
                continue
            named: dict[tuple[Axis, int], list[Ref]] = {}
            for ref in edge.value:
                if ref.kind == "lines" and not any(self._is_measured(ref.axis, line) for line in ref.lines):
                    named.setdefault((ref.axis, ref.level), []).append(ref)
            refs = tuple(
                Ref("lines", axis, level, frozenset().union(*(ref.lines for ref in found)), min(r.share for r in found))
                for (axis, level), found in named.items()
            )
            refs = tuple(ref for ref in refs if len(ref.lines) == 1)
            if refs:
                yield Edge(edge.start, edge.end + 2, "NAME", refs)

    def _is_measured(self, axis: Axis, line: int) -> bool:
        return lines_along(self.lines.table, axis)[line].kind in ("measure", "size", "time", "count", "rank", "error")

    def sense(self, tokens: Sequence[Token], edge: Edge) -> Sense:
        """The sense of a name in a sentence: a name, a word of the language, a number, or either."""
        own = {ref.axis: ref.lines for ref in edge.value if ref.kind == "lines"}

        def named(start: int) -> bool:
            others = self.refs(tuple(word for word, _, _ in significant(tokens[start : edge.end])))
            return any(ref.kind == "lines" and not ref.lines <= own.get(ref.axis, frozenset()) for ref in others)

        if edge.end == edge.start + 1 and folds_what_follows(tokens, edge.start) and self._pools():
            return "either"
        return sense_of(tokens, (edge.start, edge.end), self.labels_of(edge), named)

    def _pools(self) -> bool:
        """True if lines are called after ways of pooling: "Mean" beside "Max"."""
        names = [{fold(line.own) for line in lines_along(self.lines.table, axis)} for axis in AXES]
        return any(len(own & word_lists().folding) > 1 for own in names)

    def labels_of(self, edge: Edge) -> Iterator[str]:
        """The labels, as printed, of the lines that a name may stand for."""
        for ref in edge.value:
            if ref.kind == "lines":
                yield from (lines_along(self.lines.table, ref.axis)[i].labels[ref.level] for i in ref.lines)

    def refs(self, key: Key) -> tuple[Ref, ...]:
        """The referents of words: as printed, by a synonym, as a part of a label, and as initials."""
        refs = _exact_first(self.wholes_of(key))
        others = synonyms().get(bare(key), ())
        refs += [ref for other in others for ref in self.wholes_of(other)]
        refs += self._parts_of(key) or ([] if refs else self._by_initials(key))
        if not refs:
            refs = [ref for other in others for ref in self._parts_of(other)]
        return tuple(dict.fromkeys(refs))

    def wholes_of(self, key: Key) -> list[Ref]:
        """The referents of words as a whole label."""
        kept = [
            Ref("lines", axis, level, lines)
            for axis, postings in self.postings.items()
            for level, lines in postings.wholes(key)
        ]
        return kept + self.whole.get(key, [])

    def add_whole(self, key: Key, ref: Ref) -> None:
        """Adds a referent of words as a whole label."""
        self._add(self.whole, key, ref)

    def add_part(self, key: Key, ref: Ref) -> None:
        """Adds a referent of words as a part of a label."""
        self._add(self.parts, key, ref)

    def _add(self, where: dict[Key, list[Ref]], key: Key, ref: Ref) -> None:
        where.setdefault(key, []).append(ref)
        self.longest = max(self.longest, len(key), *map(len, synonyms().get(bare(key), ())))

    def _label_edges(self, tokens: Sequence[Token]) -> Iterator[Edge]:
        words = self.forms.of(tokens)
        for i in range(len(words)):
            for j in range(i + 1, min(len(words), i + self.longest) + 1):
                key = tuple(word for word, _, _ in words[i:j])
                refs = self.refs(key) or self._shortened(key, tokens[words[i][1]])
                if refs:
                    start, end = _closed(tokens, words[i][1], words[j - 1][2])
                    edge = Edge(start, end, "NAME", refs)
                    yield edge
                    if self._prints_a_stop(tokens, edge) or self._prints_a_slash(tokens, edge):
                        yield Edge(start, end + 1, "NAME", refs)

    def _shortened(self, key: Key, token: Token) -> tuple[Ref, ...]:
        """The referents of an abbreviation that neither label nor caption has; empty where it is ambiguous."""
        if len(key) > 1 or not is_abbreviation(token.text) or key[0] in self.forms.caption:
            return ()
        found = tuple(dict.fromkeys(self.shortened.get(token.folded, ())))
        return found if len({(ref.axis, ref.level) for ref in found}) == len(found) else ()

    def _prints_a_stop(self, tokens: Sequence[Token], edge: Edge) -> bool:
        """True if a stop behind a name in mid-sentence is its own: "Lee et al.", "Acc."."""
        if [t.folded for t in tokens[edge.end : edge.end + 1]] != ["."] or edge.end + 1 == len(tokens):
            return False
        stopped = f"{tokens[edge.end - 1].folded}."
        return any(stopped in fold(label) for label in self.labels_of(edge))

    def _prints_a_slash(self, tokens: Sequence[Token], edge: Edge) -> bool:
        """True if a slash behind a name is its end: "https://example.org/"."""
        if [t.folded for t in tokens[edge.end : edge.end + 1]] != ["/"] or not tokens[edge.end].glued:
            return False
        ended = f"{tokens[edge.end - 1].folded}/"
        return any(fold(label).endswith(ended) for label in self.labels_of(edge))

    def _parts_of(self, key: Key) -> list[Ref]:
        """The referents of words as a part of labels."""
        refs: list[Ref] = []
        for axis, postings in self.postings.items() if telling(key) else ():
            found = postings.parts(key, LONGEST_LABEL)
            refs += [Ref("lines", axis, level, lines, share) for level, share, lines in found]
        return refs + self.parts.get(key, [])

    def _by_initials(self, key: Key) -> list[Ref]:
        """The referents that the table prints as the initials of words."""
        if len(key) < 2 or not all(len(w) > 2 and w.isalpha() for w in key) or function_words().intersection(key[:-1]):
            return []
        initials = "".join(word[0] for word in key)
        return [] if initials in key else [ref._replace(share=INITIALS) for ref in self.initials.get(initials, ())]

    def _caption_edges(self, tokens: Sequence[Token], taken: set[int]) -> Iterator[Edge]:
        """Words of the caption that name no line."""
        run: list[int] = []
        for i, token in enumerate([*tokens, None]):
            if token is not None and i not in taken and self._of_caption(tokens, i):
                run.append(i)
                continue
            if token is not None and run and token.folded in "-/" and token.glued:
                continue
            if self._measures_otherwise(" ".join(tokens[i].folded for i in run)):
                run = []
            ends = [b for b in range(len(run)) if not _is_adverb(tokens[run[b]].folded)]
            for a in range(len(run)):
                for b in (b for b in ends if b >= a):
                    heads = any(canonical(tokens[i].folded) in self.measured for i in run[a : b + 1])
                    heads |= b > a and tokens[run[b]].folded in word_lists().scores  # "p-value"
                    yield Edge(run[a], run[b] + 1, "NAME", (Ref("caption", share=1.0 if heads else 0.5),))
            run = []

    def _of_caption(self, tokens: Sequence[Token], i: int) -> bool:
        """True if a word stands in the caption; one that is also a number only as part of another: "zero-shot"."""
        word = tokens[i].folded
        if tokens[i].word and canonical(word) not in self.caption:
            return self._of_compound(tokens, i)
        if not tokens[i].word:
            return False
        return not number_word(word) or (tokens[i + 1 : i + 2] != () and tokens[i + 1].folded == "-")

    def _of_compound(self, tokens: Sequence[Token], i: int) -> bool:
        """True if a word is a part of a compound of the caption with a letter or number in it: of "P-value"."""
        start, end = i, i + 1
        while start > 0 and tokens[start].glued:
            start -= 1
        while end < len(tokens) and tokens[end].glued and (tokens[end].word or tokens[end].folded == "-"):
            end += 1
        parts = [t.folded for t in tokens[start:end]]
        short = any((len(part) == 1 and part != "-") or part.isdigit() for part in parts)
        return short and "-" in parts and "".join(parts) in self.compounds

    def _measures_otherwise(self, said: str) -> bool:
        """True if words of the caption name a measure, and every line of an axis has another."""
        measure = measure_of(said, (), {}) if said else None
        axes = (self.lines.table.columns, self.lines.table.rows)
        ours = [{line.measure.name if line.measure else "" for line in lines} for lines in axes]
        return measure is not None and any(all(name and measure.name not in name for name in names) for names in ours)


def _uncovered(found: Sequence[tuple[Edge, Sense]]) -> Iterator[Edge]:
    """Names that are not just a piece of a longer whole label, unless that may be no name."""
    sure = [edge for edge, sense in found if sense == "name"]
    wholes = [(e.start, e.end) for e in sure if any(ref.share >= WITHOUT_BRACKET for ref in e.value)]
    for edge, _ in found:
        size = edge.end - edge.start
        if not any(a <= edge.start and edge.end <= b and b - a > size for a, b in wholes):
            yield edge


def _joined_by_hyphen(tokens: Sequence[Token], labels: Sequence[Edge]) -> Iterator[Edge]:
    """Labels of two levels over one line that a hyphen makes one name: "Support-Accuracy", "Val-ESIM"."""
    after = {edge.start: [e for e in labels if e.start == edge.start] for edge in labels}
    for one in labels:
        hyphen = tokens[one.end : one.end + 2]
        if len(hyphen) == 2 and hyphen[0].folded == "-" and hyphen[0].glued and hyphen[1].glued:
            for two in after.get(one.end + 1, ()):
                refs = tuple(dict.fromkeys(_crossed(one, two)))
                if refs:
                    yield Edge(one.start, two.end, "NAME", refs)


def _crossed(one: Edge, two: Edge) -> Iterator[Ref]:
    """The lines that have whole labels of two names on different levels of one axis."""
    for a, b in product(one.value, two.value):
        whole = a.kind == b.kind == "lines" and min(a.share, b.share) >= WITHOUT_BRACKET
        if whole and a.axis == b.axis and a.level != b.level and a.lines & b.lines:
            yield Ref("lines", a.axis, max(a.level, b.level), a.lines & b.lines, min(a.share, b.share))


def _exact_first(refs: Sequence[Ref]) -> list[Ref]:
    """Referents by whole labels; on one level, labels as printed replace those that match only without a bracket."""
    exact = {(r.axis, r.level) for r in refs if r.share == 1}
    return [r for r in refs if r.share == 1 or (r.axis, r.level) not in exact]


def _closed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The stretch with the bracket that closes one opened in it, and with quotes around it."""
    opened = sum(t.folded in "([" for t in tokens[start:end]) - sum(t.folded in ")]" for t in tokens[start:end])
    behind = [t.folded for t in tokens[end : end + 2]]
    if opened == 1 and behind and (behind[0] in ")]" or behind in ([".", ")"], [".", "]"])):
        end += 1 if behind[0] in ")]" else 2
    elif opened == -1 and start > 0 and tokens[start - 1].folded in "([":
        start -= 1
    marks = [t.folded for t in tokens[start:end] if t.folded in QUOTES]
    if len(marks) == 1 and end < len(tokens) and QUOTES[marks[0]] == tokens[end].folded:
        return start, end + 1
    if start > 0 and end < len(tokens) and QUOTES.get(tokens[start - 1].folded) == tokens[end].folded:
        return start - 1, end + 1
    return start, end


def _is_adverb(folded: str) -> bool:
    """True if a word ends as adverbs do, so that no name ends with it: "BI beats Single badly"."""
    return folded.endswith("ly") and folded not in word_lists().things_in_ly
