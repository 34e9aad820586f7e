"""Which words may be passed over, and by which rule: neutral words are licensed by position, never everywhere.

A token that became no part of the parse carries nothing only where a rule says so: an article before its noun,
an auxiliary before its verb, a head noun behind the name it names. The rules are data (`data/neutral.toml`);
those that look farther than at the neighbours are functions here and in `claims.reading.asides`.
A token without a licence is unread, and an unread token withholds the verdict.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from claims.reading.asides import bracketed, clefts, conditional, questions, repeated, reported, signed
from claims.reading.context import word_of
from claims.reading.linking import Token
from claims.reading.terminals import EITHER

ENDS = frozenset({"STOPSIGN", "SEMI"})
"""Signs that end a sentence or a main clause."""
SIGN_LABELS = {"(": "open", "[": "open", ")": "close", "]": "close"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A position in which words carry nothing.

    Attributes:
        name: what the position is, as a sentence.
        of: classes it licenses. words: only these of them; empty for all.
        after, before: classes one of which must stand on that side; empty for anything.
    """

    name: str
    of: frozenset[str]
    words: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()

    def licenses(self, token: Token, own: Collection[str], left: Collection[str], right: Collection[str]) -> bool:
        """Whether a token with these classes may be passed over between these neighbours."""
        if self.of.isdisjoint(own) or (self.words and word_of(token) not in self.words):
            return False
        before = not self.after or not self.after.isdisjoint(left)
        return before and (not self.before or not self.before.isdisjoint(right))


@dataclass(frozen=True, slots=True)
class Neutral:
    """The rules with the word classes they speak of.

    Attributes:
        classes: spelling (folded) → its classes.
        rules: in the order of the file.
    """

    classes: Mapping[str, frozenset[str]]
    rules: tuple[Rule, ...]

    def labels(self, token: Token) -> frozenset[str]:
        """The classes of a token: that of the lexicon, and those of its word."""
        word = word_of(token)
        further = [SIGN_LABELS[word]] if word in SIGN_LABELS else []
        if token.kind == "GAINV" and word.removesuffix("s") in EITHER:
            further.append("GAINN")
        if token.kind in {"LIGHT", "STUDIES", "CONTINUE"} and word.split()[0].endswith("ing"):
            further.append("gerund")
        if token.upper is not None:
            further.append("RANGE")
        return frozenset({token.kind, *self.classes.get(word, ()), *further}) - {"FILLER"}


@cache
def neutral() -> Neutral:
    """The rules of `data/neutral.toml`, groups spelled out."""
    data = tomllib.loads((files("claims.reading") / "data" / "neutral.toml").read_text(encoding="utf-8"))
    classes: dict[str, set[str]] = {}
    for label, spellings in data["class"].items():
        for spelling in spellings:
            classes.setdefault(spelling.casefold(), set()).add(label)
    groups: dict[str, list[str]] = data["group"]

    def spelled(labels: Sequence[str]) -> frozenset[str]:
        within = chain.from_iterable(spelled(groups[label]) if label in groups else {label} for label in labels)
        return frozenset(within)

    rules = tuple(
        Rule(
            rule["name"],
            spelled(rule["of"]),
            frozenset(rule.get("words", ())),
            spelled(rule.get("after", ())),
            spelled(rule.get("before", ())),
        )
        for rule in data["rule"]
    )
    return Neutral({word: frozenset(labels) for word, labels in classes.items()}, rules)


def neutral_words() -> frozenset[str]:
    """All spellings that some rule may license."""
    return frozenset(neutral().classes)


def licences(tokens: Sequence[Token], silent: Collection[int], *, cut: bool = False) -> dict[int, str]:
    """For each token that may be passed over where it stands, the name of the rule that allows it.

    Args:
        tokens: the sentence.
        silent: places of the tokens that became no part of the parse.
        cut: the sentence is cut off, so that its end may hang in the air.
    """
    rules = neutral()
    labels = [rules.labels(token) for token in tokens]
    found = _by_structure(tokens, labels)
    for i in range(len(tokens)):
        if i in found or tokens[i].kind == "UNREAD":
            continue
        left = labels[i - 1] if i else frozenset({"start"})
        right = labels[i + 1] if i + 1 < len(tokens) else frozenset({"end"})
        right = right | {"end"} if right & ENDS else right
        name = next((r.name for r in rules.rules if r.licenses(tokens[i], labels[i], left, right)), None)
        if name is not None:
            found[i] = name
    return found | (_hanging(tokens, silent) if cut else {})


def _hanging(tokens: Sequence[Token], silent: Collection[int]) -> dict[int, str]:
    """The words at the end of a cut sentence that lead to what is lost."""
    found: dict[int, str] = {}
    for i in reversed(range(len(tokens))):
        open_end = i in silent or i == len(tokens) - 1 or tokens[i].kind in {"AND", "COMMA"}
        if not open_end or tokens[i].kind == "UNREAD":
            break
        found[i] = "the end of a cut sentence"
    return found


def _by_structure(tokens: Sequence[Token], labels: Sequence[frozenset[str]]) -> dict[int, str]:
    """Licences of brackets, conditions, reports and signs, which span more than a neighbour."""
    by_tokens = (signed, bracketed, clefts, questions, repeated)
    found = {i: name for rule in by_tokens for i, name in rule(tokens).items()}
    return {**found, **conditional(tokens, labels), **reported(tokens, labels)}
