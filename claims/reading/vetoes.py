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


def _in_place_of(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "MNLI instead of QQP": what is replaced takes no part."""
    for i, token in enumerate(tokens[:-1]):
        if token.kind == "ADVERSE" and word_of(token) == "instead" and tokens[i + 1].kind == "OUTOF":
            yield i


def _method_of_both(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "With MLM, A beats B": a method named apart from either run may be that of both."""
    pivots = [i for i, t in enumerate(tokens) if t.kind in {"BEAT", "THAN", "COMPARED", "EQUAL"}]
    runs = [i for i, t in enumerate(tokens) if t.kind == "RUN"]
    if not pivots or not runs or not (runs[0] < pivots[0] < runs[-1]):
        return
    for i, token in enumerate(tokens):
        if token.kind in {"MLM", "TRANS"} and not any(_together(tokens, i, run) for run in runs):
            yield i


def _together(tokens: Sequence[Token], one: int, other: int) -> bool:
    """Whether no sign, target or comparison stands between two places."""
    low, high = sorted((one, other))
    parted = {"COMMA", "TARGET", "BENCH", "TTASK", "BEAT", "THAN", "COMPARED", "EQUAL"}
    return not parted & kinds_of(tokens[low + 1 : high])


def _mean_over_languages(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "on average over all languages", which says nothing of each of them."""
    if not {"LANG", "FAMILY"} & kinds_of(tokens):
        return
    for i, token in enumerate(tokens):
        over = kinds_of(tokens[i + 1 : i + 5])
        if token.kind == "AVG" and over & {"LANG", "FAMILY"} and over & QUANTIFYING:
            yield i


QUANTIFYING = frozenset({"ALL", "EACHOF", "MOST", "MANY", "SEVERAL", "NUMBER", "SOME", "ALMOSTALL"})


def _change_of_a_change(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "reduces the harm", "increases the gain": the change changes, in which direction it went is not said."""
    for i, token in enumerate(tokens):
        if token.kind not in {"GAINV", "GAINN"} or not word_of(token).startswith(CHANGING):
            continue
        after = next((t for t in tokens[i + 1 : i + 5] if t.kind not in {"FILLER", *SIZES_BETWEEN}), None)
        if after is not None and after.kind in {"GAINN", "GAINV"} and word_of(after).removesuffix("s") in CHANGED:
            yield i


CHANGING = ("reduc", "lower", "decreas", "diminish", "worsen", "increas", "rais", "boost", "enhanc", "strengthen",
            "improv", "lift", "cut", "shrink", "limit")  # fmt: skip
CHANGED = frozenset({"gain", "improvement", "benefit", "harm", "loss", "drop", "damage", "degradation", "decline",
                     "deterioration", "increase", "decrease", "reduction"})  # fmt: skip
SIZES_BETWEEN = frozenset(
    {"LARGE", "SMALL", "MODERATE", "AVG", "CONSISTENT", "SIGNIFICANT", "TARGET", "TTASK", "METRIC"}
)


def _used_up(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "takes 79.2 on XNLI": a number that is used or taken is no score."""
    for i, token in enumerate(tokens[:-1]):
        number = tokens[i + 1]
        after = tokens[i + 2].kind if i + 2 < len(tokens) else ""
        plain = number.kind == "NUMBER" and after in {"", "FILLER", "STOPSIGN", "COMMA", "OUTOF", "TARGET", "METRIC"}
        if token.kind == "LIGHT" and word_of(token).removesuffix("s") in USED and plain:
            yield i


USED = frozenset({"use", "take", "run", "make", "apply", "do", "doe", "carry", "conduct", "keep", "work", "cause"})


def _own_best(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "its best score": the best of its own, not of all."""
    for i, token in enumerate(tokens[:-1]):
        at = i > 0 and word_of(tokens[i - 1]) == "at"
        of_a_run = kinds_of(tokens[:i]) & {"RUN", "MODEL"}
        own = word_of(token) in {"its", "their"} and tokens[i + 1].kind in {"BEST", "WORST"}
        if own and of_a_run and not at:
            yield i


def _mere_aims(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "MNLI aims to improve XNLI": no result; a benchmark that aims to evaluate something is one that does."""
    for i, token in enumerate(tokens):
        if token.kind != "STUDIES" or not word_of(token).startswith("aim"):
            continue
        before = tokens[i - 1] if i else None
        said_of = before is not None and (before.kind in {"BENCH", "STUDY"} or word_of(before) == "the")
        evaluates = kinds_of(tokens[i + 1 : i + 3]) & {"STUDIES", "METRICN", "OUTOF"}
        if not (said_of and evaluates):
            yield i


def _hardly_a_number(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "hardly improves it by 2 points": how much less than the number is not said."""
    if not {"POINTS", "PERCENT"} & kinds_of(tokens):
        return
    yield from (i for i, token in enumerate(tokens) if word_of(token) in {"hardly", "scarcely", "barely", "little"})


def _left_out(tokens: Sequence[Token]) -> Iterator[int]:
    """As in "on PAWS-X it does not", "lacks nine tasks": what is denied stands elsewhere, or is what is lacking."""
    numbered = "NUMBER" in kinds_of(tokens)
    for i, token in enumerate(tokens):
        after = tokens[i + 1].kind if i + 1 < len(tokens) else "STOPSIGN"
        if token.kind != "NEG":
            continue
        lacking = word_of(token).startswith(("lack", "absent", "devoid"))
        if after in {"STOPSIGN", "COMMA", "SEMI", "WHEREAS"} or (lacking and numbered):
            yield i


def _lone_plus(tokens: Sequence[Token]) -> Iterator[int]:
    """A plus sign that stands at no number."""
    for i, token in enumerate(tokens):
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if word_of(token) == "+" and token.kind == "PLUS" and (after is None or after.start != token.end):
            yield i


VETOES = (
    _parts, _among_the_best, _turned_around, _set_apart, _mean_of_a_size, _in_place_of, _method_of_both,
    _mean_over_languages, _change_of_a_change, _used_up, _own_best, _mere_aims, _hardly_a_number, _left_out, _lone_plus,
)  # fmt: skip
