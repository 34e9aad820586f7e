"""The changes from a sentence to its rewording, in words; numbers and comparisons are always kept.

Word lists: `rewording.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from itertools import takewhile

from claims.language.tokens import Token

WORD = re.compile(r"[^\s,;:()“”\"]+")
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class RewordingWords:
    """`denying` turn a sentence round, `comparing` say how things compare, `little` say nothing alone.

    `led` need a word behind them, `before_nouns` begin one. `doubting` claim nothing, `narrowing` take back a part of
    what stands before them, `joining` join clauses, `parting` statements of which each is claimed; `paired` need "and".
    `modifying` stand before a noun, `grading` before the word they grade, `prepositions`
    before their object. `restricting` say among which something holds, `counting` of how many, `choosing` of which.
    """

    denying: frozenset[str]
    comparing: frozenset[str]
    little: frozenset[str]
    led: frozenset[str]
    before_nouns: frozenset[str]
    doubting: frozenset[str]
    narrowing: frozenset[str]
    joining: frozenset[str]
    parting: frozenset[str]
    paired: frozenset[str]
    modifying: frozenset[str]
    grading: frozenset[str]
    prepositions: frozenset[str]
    restricting: frozenset[str]
    counting: frozenset[str]
    choosing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rewording:
    """A sentence that has a parse, in place of one that has none, for a person to accept or reject.

    Attributes:
        text: the reworded sentence.
        left_out: words of the original that it drops; neighbouring words are one entry.
        replaced: (name as written, nearest name in the table) of names that it replaces.
        chosen: words put in place of unknown ones, one of several choices offered side by side; empty where none were.
    """

    text: str
    left_out: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()

    @property
    def changes(self) -> str:
        """The words it leaves out, replaces and chooses, in one line; "" where there are none."""
        left = [f"left out: {'; '.join(self.left_out)}"] if self.left_out else []
        instead = [f"“{said}” instead of “{written}”" for written, said in self.replaced]
        words = ", ".join(f"“{word}”" for word in self.chosen)
        chosen = [f"chosen for what was not read: {words}"] if words else []
        return "; ".join([*left, *instead, *chosen])


@cache
def rewording_words() -> RewordingWords:
    """The shipped lists."""
    data = tomllib.loads((files("claims.language") / "rewording.toml").read_text(encoding="utf-8"))
    return RewordingWords(**{field.name: frozenset(data[field.name]) for field in fields(RewordingWords)})


def words_of(text: str) -> list[str]:
    """The words of a sentence as they stand between spaces, commas and brackets."""
    return [stripped for word in WORD.findall(text) if (stripped := word.strip(".'’/"))]


def left_out(sentence: str, offered: str, said: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Words of a sentence that do not stand in its rewording: those that follow each other together.

    Args:
        sentence: as written.
        offered: its rewording.
        said: words, folded, that the rewording says in others, each once.
    """
    there = Counter(word.casefold() for word in words_of(offered))
    there.update(said - there.keys())
    runs: list[list[str]] = [[]]
    for word in words_of(sentence):
        folded = word.casefold()
        if there[folded] > 0:
            there[folded] -= 1
            runs.append([])
        else:
            runs[-1].append(word)
    return tuple(" ".join(run) for run in runs if any(word.casefold() not in rewording_words().little for word in run))


def says_most(sentence: str, offered: str) -> bool:
    """True if a rewording leaves out at most half of the words of a sentence, little words not counted."""
    lost = [word for run in left_out(sentence, offered) for word in words_of(run)]
    told = [word for word in words_of(sentence) if word.casefold() not in rewording_words().little]
    return 2 * len([word for word in lost if word.casefold() not in rewording_words().little]) <= len(told)


def keeps_what_counts(sentence: str, offered: str) -> bool:
    """True if nothing with a digit, no denial, doubt or comparison is left out of a rewording, or added by it."""
    lists = rewording_words()
    before, after = (Counter(word.casefold() for word in words_of(text)) for text in (sentence, offered))
    lost = {word for word in before if before[word] > after[word]}
    added = {word for word in after if after[word] > before[word]}
    weighty = lists.denying | lists.doubting | lists.comparing | lists.restricting
    counts = {word for word in lost if DIGIT.search(word) or word in weighty}
    return not counts and not any(DIGIT.search(word) or word in lists.denying for word in added)


def leaves_phrases_whole(tokens: Sequence[Token], kept: Sequence[Token]) -> bool:
    """True if what is left out of a sentence is no part of a word or a name, and leaves no article without its noun."""
    there = {token.start for token in kept}
    for i, token in enumerate(tokens):
        if token.start in there:
            continue
        before = tokens[i - 1] if i and tokens[i - 1].start in there else None
        after = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].start in there else None
        if before is not None and (_one_word(before, token) or _cut_after(before, token)):
            return False
        lost = list(takewhile(lambda one: one.start not in there, tokens[i:]))
        follows = tokens[i + len(lost)] if i + len(lost) < len(tokens) else None
        if before is not None and (_loses_noun(before, lost, follows) or _leaves_object(lost, follows)):
            return False
        if after is not None and _one_word(token, after):
            return False
        if follows is not None and _lettered(follows) and _says_which(tokens[:i]):
            return False
    return not any(_dangles(one, other) for one, other in zip(kept, [*kept[1:], None], strict=True))


def _says_which(before: Sequence[Token]) -> bool:
    """True if a word restricts the things compared: "among the small models"."""
    return any(token.folded in rewording_words().restricting for token in before[-2:])


def _one_word(one: Token, other: Token) -> bool:
    return (
        other.glued and one.end == other.start and (_lettered(one) or one.text in "-/") and other.text not in ".,;:()"
    )


def _cut_after(before: Token, token: Token) -> bool:
    """True if a word that is left out stood at the end or in the middle of a name."""
    lists = rewording_words()
    begins = token.folded in lists.little or token.folded.endswith("ly") or not _lettered(token)
    return _lettered(before) and before.folded not in lists.little | lists.comparing and not begins


def _loses_noun(before: Token, lost: Sequence[Token], after: Token | None) -> bool:
    """True if what "most", "higher" or "of" belongs to is left out: the noun before or behind it."""
    lists = rewording_words()
    if after is not None and after.folded == "of" and _lettered(lost[-1]) and not lost[-1].folded.endswith("ly"):
        return True
    ends = after is None or after.folded in lists.little | {"compared"} - lists.before_nouns
    if before.folded in lists.choosing and not ends and any(map(_lettered, lost)):
        return True
    bare = ends or any(token.folded in lists.little for token in lost)
    return before.folded in lists.grading or (before.folded in lists.modifying and bare)


def _leaves_object(lost: Sequence[Token], after: Token | None) -> bool:
    """True if a preposition is left out and what stands behind it kept."""
    return after is not None and lost[-1].folded in rewording_words().prepositions


def _dangles(token: Token, after: Token | None) -> bool:
    lists = rewording_words()
    ends = after is None or not _lettered(after) or after.folded in lists.little - lists.before_nouns
    return ends and token.folded in lists.led


def _lettered(token: Token) -> bool:
    return any(sign.isalnum() for sign in token.text)
