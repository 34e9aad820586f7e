"""Words that make another system of a named one, or say in which cases something holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.phrases import each_word
from claims.tables.metrics import is_measure
from claims.tables.pieces import words_of
from claims.tables.table import OTHER, Table
from claims.tables.tokens import Token
from claims.tables.unplaced import UNDER, phrase_at

SIZES = each_word("small large big huge tiny minor modest")
"""Words of size: of a gap beside a relation, of a system beside its name ("A (large)")."""

SORTS = each_word("variant variants version versions ensemble ensembles combination combinations")
"""Words for another sort of a named thing ("a variant of A")."""

COSTS = each_word("loss cost costs time memory latency size speed")
"""What a name has besides scores; a table tells of it where it prints the word."""

LEFT_OUT = each_word("excluding besides omitting")
"""Words that leave out places behind a comparison, of systems or of data sets."""

TRAINED = frozenset(
    {"trained on", "training on", "tuned on", "fine tuned on", "finetuned on", "pre trained on", "pretrained on"}
)

CHOOSING = frozenset({"of", "that", "that use", "that uses", "that are", "with", "without", "using", "from"})
"""Words after which a property of systems stands."""

INSIDE = frozenset({"word", "context", "places", "filler"})
"""Kinds of tokens between the beginning of a group's name and its noun."""

RANKING = frozenset({"best", "worst", "highest", "lowest"})

ASIDE = frozenset({"which", "who", "whose"})
"""Words behind which a name is only explained."""


def narrowed(tokens: Sequence[Token], table: Table) -> Iterator[str]:
    """The words of a clause that narrow what it speaks of to something the table does not print.

    "Fine-tuned A", "A (large)", "the encoder of A" are not A; "A often outperforms B" is no statement
    about a line of scores. Words that stand in the caption or in a header are the table's own.
    """
    lines = (line.name for axis in OTHER for line in table.lines(axis))
    own = frozenset(words_of(" ".join([table.caption, *table.heads, *lines])))
    aside = (i for i, token in enumerate(tokens) if token.text.casefold() in ASIDE)
    clause = tokens[: next(aside, len(tokens))]
    for i, token in enumerate(clause):
        if token.kind == "name":
            yield from _belonging(clause, i)
        elif _narrows(clause, i, own):
            yield token.text
        else:
            yield from _of_a_group(clause, i) if token.kind == "systems" else ()
            yield from _of_a_name(clause, i, own)


def _narrows(tokens: Sequence[Token], i: int, own: frozenset[str]) -> bool:
    """Whether a word is no name and narrows by itself."""
    token, word = tokens[i], tokens[i].text.casefold()
    if token.kind == "narrowing":
        return not own.issuperset(words_of(word))
    if word in LEFT_OUT:
        return any(before.kind in ("better-than", "worse-than", "than") for before in tokens[:i])
    if token.kind == "number":
        return _numbers_a_name(tokens, i)
    if word == "up":
        return [t.text for t in tokens[i + 1 : i + 2]] == ["to"] and [t.kind for t in tokens[i + 2 : i + 3]] == ["name"]
    if token.kind == "word" and _joined(tokens, i):
        return True
    return word in SIZES - own and _beside_a_name(tokens, i)


def _beside_a_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word stands right before a name, or behind one in brackets or alone ("A (large)", "A large")."""
    after = tokens[i + 1].kind if i + 1 < len(tokens) else ""
    if after == "name":
        return True
    before = i - 2 if i > 1 and tokens[i - 1].text == "(" else i - 1
    behind = before >= 0 and tokens[before].kind == "name"
    return behind and after not in ("filler", "gap", "systems", "word", "rises", "falls")


def _joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word ends a list of names ("in BLEU, WER and speed"): it would name one more."""
    ends = not phrase_at(tokens, i + 1)
    return ends and i > 1 and tokens[i - 1].text.casefold() in ("and", "or") and tokens[i - 2].kind == "name"


def _numbers_a_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is part of a name ("A 2 outperforms B"), not an amount of what follows."""
    before, after = (tokens[k].kind if 0 <= k < len(tokens) else "" for k in (i - 1, i + 1))
    return before == "name" and not tokens[i].unit and after in ("better-than", "worse-than", "filler", "same")


def _of_a_name(tokens: Sequence[Token], i: int, own: frozenset[str]) -> Iterator[str]:
    """What a word joins to a name: "a variant of A" and "A trained on X", where the table scores on X, are not A."""
    token, word = tokens[i], tokens[i].text.casefold()
    if word in TRAINED and (name := _scored_on(tokens, i)) is not None:
        yield f"{token.text} {name.text}"
    another = word in SORTS or (word in COSTS and word not in own) or (token.kind == "word" and not is_measure(word))
    following = [token for token in tokens[i + 1 : i + 4] if token.kind != "function"]
    joined = len(following) > 1 and following[0].text.casefold() == "of" and following[1].kind == "name"
    if another and joined:
        yield f"{token.text} of {following[1].text}"


def _of_a_group(tokens: Sequence[Token], i: int) -> Iterator[str]:
    """Words that choose among systems: "recurrent models", "models of its size", "the best baseline"."""
    start = next((k for k in range(i, 0, -1) if tokens[k - 1].kind not in INSIDE and tokens[k - 1].text != "-"), 0)
    before = tokens[start - 1] if start else None
    if before is not None and (before.kind == "name" or before.text.casefold() in UNDER):
        return  # the name says which; or it is told with what a subject works
    if tokens[i].text.casefold().startswith("baseline") and _among_themselves(tokens, i):
        yield tokens[i].text
    if tokens[i - 1].kind == "word" and start < i and tokens[i - 1].text[0].isalpha():
        yield f"{tokens[i - 1].text} {tokens[i].text}"
    yield from _property(tokens, i)


def _among_themselves(tokens: Sequence[Token], i: int) -> bool:
    """Whether baselines are ranked among themselves; "our model beats the other baselines" sets it apart from them."""
    own = any(token.text.casefold() == "our" for token in tokens)
    return any(token.kind in RANKING or (token.text.casefold() == "other" and not own) for token in tokens[:i])


def _property(tokens: Sequence[Token], i: int) -> Iterator[str]:
    """What is said of systems behind their noun in words that the table does not know."""
    if i + 1 >= len(tokens) or tokens[i + 1].text.casefold() not in CHOOSING:
        return
    phrase = phrase_at(tokens, i + 2)
    if any(token.kind == "word" for token in phrase) and not any(token.kind == "name" for token in phrase):
        yield " ".join(token.text for token in (*tokens[i : i + 2], *phrase))


def _scored_on(tokens: Sequence[Token], i: int) -> Token | None:
    """A name after "trained on" whose axis crosses that of the name before: it is scored on, not trained on."""
    before = next((t for t in reversed(tokens[:i]) if t.mention is not None), None)
    after = next((t for t in tokens[i + 1 : i + 4] if t.mention is not None), None)
    if before is None or after is None:
        return None
    return None if _axes(before) & _axes(after) else after


def _axes(token: Token) -> set[str]:
    return set() if token.mention is None else {option.axis for option in token.mention.options}


def _belonging(tokens: Sequence[Token], i: int) -> Iterator[str]:
    """What a name is said to have ("A's training time"), where that is no score."""
    if i + 1 >= len(tokens) or tokens[i + 1].text not in ("'", "’"):
        return
    at = i + 2 + (i + 2 < len(tokens) and tokens[i + 2].text == "s")
    if at < len(tokens) and tokens[at].kind == "word" and not is_measure(tokens[at].text):
        yield f"{tokens[i].text}'s {tokens[at].text}"
