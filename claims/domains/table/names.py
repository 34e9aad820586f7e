"""The words of a table as names: every stretch of its labels, its synonyms and abbreviations, its caption's words.

A name is a way from words to lines. The whole label names its lines outright; a part of a label names every line
that has it, which other words of the phrase must narrow down.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from analysis.tables import Line, Table
from analysis.tables.measures import measure_of
from analysis.vocabulary import vocabulary
from claims.domains.table.lines import Lines
from claims.domains.table.postings import MANY, Postings, is_plain_label
from claims.language.chart import Edge
from claims.language.lexicon import lexicon
from claims.language.tokens import Token, fold, stem, tokens_of

LONGEST_LABEL = 14
"""Words of a label that are indexed by parts; a longer one is prose and names nothing by a part."""
MOST_PARTS = 400_000
"""Parts of labels a table may have; beyond it only whole labels are names."""

Key = tuple[str, ...]
WITHOUT_BRACKET = 0.95
"""What a whole label counts without the bracket behind it."""
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
GLUE = frozenset("-_/.()[]{}'\":&|“”‘`")
"""Signs that tell no label from another; any other sign of a name must stand in it."""
FOOTNOTES = "†‡§¶*"


class Ref(NamedTuple):
    """What a name may stand for.

    Attributes:
        kind: "lines" (rows or columns), "level" (the header of a label column: a kind of thing), "caption" (words that
            hold for the whole table), "cells" (words that stand in cells of a column).
        axis: "row" or "column". level: of its labels. lines: indices.
        share: of the label that the words make up, 1 for the whole of it.
    """

    kind: Literal["lines", "level", "caption"]
    axis: Literal["row", "column"] = "row"
    level: int = 0
    lines: frozenset[int] = frozenset()
    share: float = 1.0


@cache
def synonyms() -> dict[Key, tuple[Key, ...]]:
    """Words of one thing → its other spellings."""
    data = tomllib.loads((files("claims.domains.table") / "synonyms.toml").read_text(encoding="utf-8"))
    made: dict[Key, list[Key]] = {}
    for row in data["same"]:
        keys = [key_of(spelling) for spelling in row]
        for one in keys:
            made.setdefault(one, []).extend(k for k in keys if k != one and k)
    return {one: tuple(dict.fromkeys(others)) for one, others in made.items()}


@cache
def _one_word() -> dict[str, str]:
    data = tomllib.loads((files("claims.domains.table") / "synonyms.toml").read_text(encoding="utf-8"))
    return {stem(fold(word)): stem(fold(row[0])) for row in data["word"] for word in row}


def canonical(folded: str) -> str:
    """A word's stem, abbreviations of one word written out ("acc" is "accuracy"), numbers without their commas."""
    if folded[0].isdigit():
        return folded.replace(",", "") if THOUSANDS.fullmatch(folded) else folded
    stemmed = stem(folded)
    return _one_word().get(stemmed, stemmed)


def key_of(text: str) -> Key:
    """The words of a label that tell it from others: no signs but "+" and a trailing "-", plurals as singulars."""
    return tuple(word for word, _, _ in significant(tokens_of(text)))


def significant(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """The telling words of tokens, each with the places it starts and ends at."""
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        ends = following is None or not following.glued or not (following.text[0].isalnum() or following.folded in "-_/")
        if token.word or token.folded == "@":
            yield canonical(token.folded), i, i + 1
        elif token.folded == "+" or (token.folded in f"-{FOOTNOTES}" and token.glued and ends) or token.folded not in GLUE:
            yield token.folded, i, i + 1


@dataclass
class NameIndex:
    """Words → what they may stand for in one table.

    Attributes:
        lines: the table's lines.
        whole: the words of a whole label → its lines. parts: of a part of a label.
        caption: words of the caption.
    """

    lines: Lines
    whole: dict[Key, list[Ref]] = field(default_factory=dict)
    parts: dict[Key, list[Ref]] = field(default_factory=dict)
    caption: frozenset[str] = frozenset()
    headline: frozenset[str] = frozenset()
    initials: dict[str, list[Ref]] = field(default_factory=dict)
    longest: int = 1
    postings: dict[str, Postings] = field(default_factory=dict)

    def edges(self, tokens: Sequence[Token]) -> Iterator[Edge]:
        """The names in a sentence."""
        words = list(significant(tokens))
        found: list[Edge] = []
        for i in range(len(words)):
            for j in range(i + 1, min(len(words), i + self.longest) + 1):
                key = tuple(w for w, _, _ in words[i:j])
                refs = self._refs(key)
                if refs:
                    start, end = _closed(tokens, words[i][1], words[j - 1][2])
                    found.append(Edge(start, end, "NAME", refs))
        kept = list(self._uncovered(found))
        yield from kept
        yield from (Edge(e.start, e.end, "WITHOUT", e.value) for e in kept if tokens[e.start].folded in ("without", "w", "with", "adding"))
        yield from self._caption_edges(tokens, {i for e in kept for i in range(e.start, e.end)})

    @staticmethod
    def _uncovered(found: Sequence[Edge]) -> Iterator[Edge]:
        """Names that are not just a piece of a longer whole label."""
        wholes = [e for e in found if any(r.share >= WITHOUT_BRACKET for r in e.value)]
        for edge in found:
            if not any(w.start <= edge.start and edge.end <= w.end and (w.end - w.start) > (edge.end - edge.start)
                       for w in wholes):  # fmt: skip
                yield edge

    def _refs(self, key: Key) -> tuple[Ref, ...]:
        refs = _exact_first(self.wholes_of(key))
        for other in synonyms().get(key, ()):
            refs += self.wholes_of(other)
        refs += self._parts_of(key)
        if not refs and len(key) > 1 and all(len(w) > 2 and w.isalpha() and w not in _function_words() for w in key):
            initials = "".join(w[0] for w in key)
            refs += [r._replace(share=0.9) for r in self.initials.get(initials, ()) if initials not in key]
        if not refs:
            for other in synonyms().get(key, ()):
                refs += self._parts_of(other)
        return tuple(dict.fromkeys(refs))

    def wholes_of(self, key: Key) -> list[Ref]:
        """What words name as a whole label."""
        refs: list[Ref] = []
        for axis, postings in self.postings.items():
            refs += [Ref("lines", axis, level, lines) for level, lines in postings.wholes(key)]  # type: ignore[arg-type]
        return refs + self.whole.get(key, [])

    def _parts_of(self, key: Key) -> list[Ref]:
        """What words name as a part of labels."""
        refs: list[Ref] = []
        for axis, postings in self.postings.items() if telling(key) else ():
            found = postings.parts(key, LONGEST_LABEL)
            refs += [Ref("lines", axis, level, lines, share) for level, share, lines in found]  # type: ignore[arg-type]
        return refs + self.parts.get(key, [])

    def _caption_edges(self, tokens: Sequence[Token], taken: set[int]) -> Iterator[Edge]:
        """Words of the caption that name no line."""
        run: list[int] = []
        for i, token in enumerate([*tokens, None]):
            if token is not None and token.word and i not in taken and canonical(token.folded) in self.caption:
                run.append(i)
                continue
            if token is not None and run and token.folded in "-/" and token.glued:
                continue
            for a in range(len(run)):
                for b in range(a, len(run)):
                    first = all(canonical(tokens[i].folded) in self.headline for i in run[a : b + 1])
                    yield Edge(run[a], run[b] + 1, "NAME", (Ref("caption", share=1.0 if first else 0.5),))
            run = []


def _exact_first(refs: Sequence[Ref]) -> list[Ref]:
    """Whole labels; those that are so only without their bracket yield to those that are so as printed."""
    exact = {(r.axis, r.level) for r in refs if r.share == 1}
    return [r for r in refs if r.share == 1 or (r.axis, r.level) not in exact]


def index_of(table: Table) -> NameIndex:
    """The name index of a table."""
    index = NameIndex(Lines(table))
    budget = MOST_PARTS
    for axis, lines in (("row", table.rows), ("column", table.columns)):
        groups: dict[tuple[int, str], list[int]] = {}
        heads = frozenset(key_of(name) for name in table.row_levels) if axis == "column" else frozenset()
        for line in lines:
            if line.kind in ("attribute", "index") and key_of(line.own) in heads:
                continue  # the label column itself, which is a level
            for level, label in enumerate(line.labels):
                if label:
                    groups.setdefault((level, label), []).append(line.index)
        for (level, label), members in _kept_by_word(index, axis, groups):
            budget -= _add_label(index, axis, level, label, frozenset(members), budget)
        _add_marked(index, axis, lines)
        _add_languages(index, axis, lines)
    _add_levels(index, table)
    _add_measure(index, table)
    index.caption = _caption_words(table.caption)
    index.headline = _caption_words(re.split(r"(?<!\bal)(?<!\bvs)(?<!\bcf)\.\s+(?=[A-Z])", table.caption, maxsplit=1)[0])
    return index


def _kept_by_word(
    index: NameIndex, axis: str, groups: dict[tuple[int, str], list[int]]
) -> Iterable[tuple[tuple[int, str], list[int]]]:
    """Keeps the plain labels of many rows by their words; what is left has spellings of its own."""
    if axis != "row" or len(groups) < MANY:
        return groups.items()
    aliased = {fold(short) for short in index.lines.table.aliases}
    left, plain = [], []
    for (level, label), members in groups.items():
        if is_plain_label(label) and label.lower() not in aliased and label.rpartition(" ")[2] not in LAST:
            plain.append((level, label, members))
        else:
            left.append(((level, label), members))
    postings = index.postings[axis] = Postings(canonical)
    postings.add(plain)
    index.longest = max(index.longest, postings.longest)
    return left


def _add_label(index: NameIndex, axis: str, level: int, label: str, members: frozenset[int], budget: int) -> int:
    spent = 0
    for spelling in _spellings(label, index.lines.table.aliases):
        words = key_of(spelling)
        if not words:
            continue
        share = WITHOUT_BRACKET if spelling == label.split("(")[0].split("[")[0].strip() != label else 1.0
        _put(index, index.whole, words, Ref("lines", axis, level, members, share))  # type: ignore[arg-type]
        if 2 <= len(spelling) <= 6 and spelling.isalpha() and (spelling.isupper() or spelling[:-1].isupper()):
            index.initials.setdefault(fold(spelling.rstrip("s")), []).append(Ref("lines", axis, level, members))  # type: ignore[arg-type]
            index.longest = max(index.longest, len(spelling))
        n = len(words)
        if (label[0] in "-−–+" and len(label) > 1) or REMOVED.match(label) or n == 1 or n > LONGEST_LABEL or budget <= 0:
            continue
        for i in range(n):
            for j in range(i + 1, n + 1):
                part = words[i:j]
                if j - i < n and telling(part):
                    share = round((j - i) / n, 2)
                    _put(index, index.parts, part, Ref("lines", axis, level, members, share))  # type: ignore[arg-type]
                    spent += 1
    return spent


def _put(index: NameIndex, where: dict[Key, list[Ref]], key: Key, ref: Ref) -> None:
    where.setdefault(key, []).append(ref)
    index.longest = max(index.longest, len(key))


def _closed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The stretch with the bracket that closes one opened in it, and with quotes around it."""
    opened = sum(t.folded in "([" for t in tokens[start:end]) - sum(t.folded in ")]" for t in tokens[start:end])
    if opened == 1 and end < len(tokens) and tokens[end].folded in ")]":
        end += 1
    quotes = {"'": "'", '"': '"', "“": "”"}
    if start > 0 and end < len(tokens) and quotes.get(tokens[start - 1].folded) == tokens[end].folded:
        return start - 1, end + 1
    return start, end


CLOSED_CLASSES = frozenset(
    {"det", "the", "art", "be", "prep", "than", "and", "or", "not", "quant", "other", "noun", "degree", "comparative",
     "superlative_word", "by", "to", "from", "as", "of", "in", "on", "over", "both", "while", "but", "when", "versus",
     "agent", "same", "mid", "its", "have", "have.inf", "having", "opener", "attain.en"}
)  # fmt: skip


@cache
def _function_words() -> frozenset[str]:
    return frozenset(
        canonical(word)
        for word, lexemes in lexicon().by_first.items()
        if any(len(x.words) == 1 and x.symbol in CLOSED_CLASSES for x in lexemes)
    ) | frozenset(map(canonical, lexicon().blocked))


def telling(part: Key) -> bool:
    """Whether words tell a line from others: not only numbers, single letters and words of the language."""
    if len(part) == 1 and len(part[0]) == 1:
        return False
    return part in synonyms() or any(w.isalpha() and len(w) > 1 and w not in _function_words() for w in part)


REMOVING = ("without", "w/o", "no", "removing", "without the", "removing the", "ablating", "excluding", "removal of")
ADDING = ("with", "adding", "with the", "using", "adding the", "addition of")
REMOVED = re.compile(r"(?:w/o|without|no|[-−–])\s*(?=\w)", re.IGNORECASE)


def _spellings(label: str, aliases: dict[str, str]) -> Iterable[str]:
    """A label, without its bracket and its commas, and its expansion.

    A label that removes or adds something ("− gate", "+ fog") is not called by what it removes or adds.
    """
    removed = REMOVED.match(label)
    if removed is not None and (label[0] in "-−–" or label[: removed.end()].strip().casefold() != "no"):
        yield from (f"{lead} {label[removed.end() :]}" for lead in REMOVING)
        return
    if label.startswith("+") and len(label) > 1:
        yield from (f"{lead} {label[1:].strip()}" for lead in ADDING)
        return
    yield label
    if "," in label:
        yield label.replace(",", " ")
    if label.startswith("#") and len(label) > 1:
        yield label[1:]
    plain = label.split("(")[0].split("[")[0].strip()
    if plain and plain != label:
        yield plain
    last = LAST.get(label.split()[-1]) if len(label.split()) > 1 else None
    if last is not None:
        yield f"{label.rsplit(None, 1)[0]} {last}"
    for short, long in aliases.items():
        if fold(short) == fold(label):
            yield long
    if removed is not None:
        yield from (f"{lead} {label[removed.end() :]}" for lead in REMOVING)


LAST = {"P": "precision", "R": "recall", "F": "f1", "Acc": "accuracy"}
"""What a single letter stands for at the end of a longer header."""


def _add_marked(index: NameIndex, axis: str, lines: Sequence[Line]) -> None:
    """"Our method", "the proposed model", "the baseline" for the lines the table marks so."""
    spoken = {
        "ours": ("our method", "our model", "our approach", "our system", "ours", "our proposed method", "our proposed model",
                 "our framework", "our algorithm", "our network", "our full model",
                 "our final model", "our proposed approach", "our best model", "proposed method", "proposed model", "proposed approach", "proposed system",
                 "proposed algorithm", "proposed network", "proposed framework", "proposed technique"),
        "baseline": ("baseline", "baseline model", "baseline method", "baseline system", "baseline approach"),
    }  # fmt: skip
    for mark, spellings in spoken.items():
        members = frozenset(line.index for line in lines if mark in line.marks or (mark == "ours" and "proposed" in line.marks))
        if not members:
            continue
        level = max(0, len(lines[0].labels) - 1)
        for spelling in spellings:
            _put(index, index.whole, key_of(spelling), Ref("lines", axis, level, members))  # type: ignore[arg-type]


def _add_languages(index: NameIndex, axis: str, lines: Sequence[Line]) -> None:
    """ "German" for a line called "de", where several lines are called by codes of languages."""
    codes = languages()
    for level in range(len(lines[0].labels) if lines else 0):
        coded = [line for line in lines if _folded(line.labels[level]) in codes]
        if len(coded) < 2:
            continue
        for line in coded:
            for name in codes[fold(line.labels[level])]:
                _put(index, index.whole, key_of(name), Ref("lines", axis, level, frozenset((line.index,)), 0.9))  # type: ignore[arg-type]


def _folded(label: str) -> str:
    return label.lower() if label.isascii() and "`" not in label else fold(label)


@cache
def languages() -> dict[str, tuple[str, ...]]:
    """Code or name of a language → its names and codes."""
    made: dict[str, tuple[str, ...]] = {}
    for entry in vocabulary()["language"].values():
        spellings = (entry.id, entry.name, *entry.aliases)
        made.update(dict.fromkeys(map(fold, spellings), spellings))
    return made


@cache
def direction_of(words: Key) -> int:
    """1 or −1 where words name a measure of which more, or less, is better; else 0."""
    measure = measure_of(" ".join(words), (), {}) if words else None
    return 0 if measure is None else {"higher": 1, "lower": -1}.get(measure.direction or "", 0)


def _add_measure(index: NameIndex, table: Table) -> None:
    """The caption's only measure, by its names: it holds for the whole table."""
    if table.measure is None:
        return
    key = key_of(table.measure.name)
    for words in (key, *synonyms().get(key, ())):
        for behind in ((), ("score",), ("value",)):
            whole = (*words, *behind)
            if not index.wholes_of(whole):
                _put(index, index.whole, whole, Ref("caption"))


def _add_levels(index: NameIndex, table: Table) -> None:
    for axis, names in (("row", table.row_levels), ("column", table.column_levels)):
        for level, name in enumerate(names):
            for words in dict.fromkeys(key_of(n) for n in (name, name.split("(")[0])):
                if not words:
                    continue
                every = frozenset(range(len(table.rows if axis == "row" else table.columns)))
                _put(index, index.whole, words, Ref("level", axis, level, every))  # type: ignore[arg-type]
                for word in words if len(words) > 1 else ():
                    if telling((word,)):
                        _put(index, index.parts, (word,), Ref("level", axis, level, every, 0.5))  # type: ignore[arg-type]


def _caption_words(caption: str) -> frozenset[str]:
    own = [canonical(t.folded) for t in tokens_of(caption) if t.word]
    return frozenset(w for w in own if len(w) > 1 and w not in _function_words() and not w.isdigit())
