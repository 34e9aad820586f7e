"""Constructions whose words are all known and which still say something that no reading here states.

"10% of MNLI" is no gain of 10%, "among the best" is no first place, "XNLI improves MNLI" turns the parts around.
The places found are unread, whatever a licence says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.reading.context import kinds_of, word_of
from claims.reading.linking import Token
from claims.reading.terminals import EITHER

NAMES = frozenset({"RUN", "TARGET", "MODEL", "LANGUAGE", "MULTI"})
ARTICLES = frozenset({"the", "a", "an"})


def vetoed(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Places of tokens that take part in such a construction."""
    found = {i for rule in VETOES for i in rule(tokens)}
    return tuple(sorted(found))


def _next(tokens: Sequence[Token], i: int) -> Token | None:
    """The next token that is no article."""
    return next((t for t in tokens[i + 1 :] if word_of(t) not in ARTICLES), None)


def _parts(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "10% of MNLI", "two of MNLI, QQP and SQuAD": a number that takes a part of what is named."""
    for i, token in enumerate(tokens):
        if token.kind != "NUMBER":
            continue
        of = i + 2 if i + 1 < len(tokens) and tokens[i + 1].kind == "PERCENT" else i + 1
        after = _next(tokens, of) if of < len(tokens) and tokens[of].kind == "OUTOF" else None
        if after is not None and after.kind in NAMES:
            yield i


def _among_the_best(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "among the best tasks", which claims no first place."""
    for i, token in enumerate(tokens):
        after = _next(tokens, i)
        if word_of(token) in {"among", "one of"} and after is not None and after.kind in {"BEST", "WORST"}:
            yield i


def _turned_around(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "XNLI improves MNLI": the task that is trained on is what is said to improve."""
    for i, token in enumerate(tokens):
        after = _next(tokens, i)
        transitive = token.kind == "GAINV" and word_of(token).removesuffix("s") not in EITHER
        if transitive and word_of(token).endswith("s") and after is not None and after.kind == "RUN":
            yield i


def _set_apart(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "XLM-R Large, not mBERT, scores 79.2": what is denied is only the name."""
    for i, token in enumerate(tokens):
        before = tokens[i - 1].kind if i else ""
        named = i + 1 < len(tokens) and tokens[i + 1].kind in NAMES
        if token.kind == "NEG" and word_of(token) == "not" and before in {"COMMA", "AND", "WHEREAS"} and named:
            yield i


def _mean_of_a_size(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "an average of 392,702 training examples": a mean of sizes, which no registry holds."""
    counted = kinds_of(tokens) & {"EXAMPLES", "EXAMPLESBARE", "LANG"}
    measured = kinds_of(tokens) & {"POINTS", "PERCENT", "GAINV", "GAINN", "GAINADJ", "METRIC", "BEAT", "AXIS", "BEST"}
    if counted and not measured:
        yield from (i for i, token in enumerate(tokens) if token.kind == "AVG")


VETOES = (_parts, _among_the_best, _turned_around, _set_apart, _mean_of_a_size)
