"""What an association is with, as one token: "linguistic distance from English", "more target-task data".

Only sentences in which such an axis is named are touched; every other sentence is read as if this
module were not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from claims.reading.context import kinds_of, last_word, word_of
from claims.reading.linking import Token

ARTICLES = frozenset({"of", "the", "of the", "a", "an", "its", "their"})
SMALL_WORDS = ARTICLES | {"from", "to", "is", "are", "in", "it", "with", "for", "on", "that", "between", "and", "lies"}
"""Words inside the name of an axis that carry nothing there."""

DATA = frozenset({"data", "examples", "instances", "samples", "training data", "training examples"})
MORE_OF = frozenset({"increasing", "growing", "raising", "rising"})
LESS_OF = frozenset({"reducing", "decreasing", "shrinking", "lowering"})
MOVING = frozenset({"grows", "grow", "increases", "increase", "rises", "rise"})
SINKING = frozenset({"shrinks", "shrink", "decreases", "decrease", "falls", "fall", "declines"})
MARKERS = frozenset({"as", "when", "once"})

SHAPES = (
    r"(?P<as>wa?)?(?P<pre>[qk]a?)?(?P<noun>[ns])(?:[fa]{1,3}[LT])?(?:[fa]{1,2}E(?:[fa]{1,2}[LT])?)?(?P<post>[ud])?",
    r"(?P<far>[xy])(?:[fa]{0,2}L[fa]?)?[fa]{0,2}E|(?P<farther>z)",
    r"(?P<more>[qk])a?(?:(?P<side>[TIRX])?D|(?P<whole>J))",
    r"(?P<more>[qk])a?D[fa]{1,2}(?P<side>[TIRX])",
    r"(?P<order>o)",
    r"(?P<robust>b)(?:[fa]{1,2}b)?",
    r"(?P<hierarchy>h)",
)
"""Over one letter per token, as `_letter` gives them."""


def join_axes(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with every axis that an association can be with as a single token of class AXIS.

    Its values are the axis, the direction in which it is moved ("+", "-" or ""), how that is said ("moving" for
    "as the distance grows", "place" for "closer to English", "" otherwise) and the task whose data is spoken of.
    """
    letters = "".join(map(_letter, tokens))
    joined: list[Token] = []
    i = 0
    while i < len(tokens):
        axis = next(_axes_at(tokens, letters, i), None)
        joined.append(axis[0] if axis else tokens[i])
        i += axis[1] if axis else 1
    if "AXIS" not in kinds_of(joined):
        return tuple(tokens)
    return tuple(_in_association(joined, i) for i in range(len(joined)))


def _axes_at(tokens: Sequence[Token], letters: str, i: int) -> Iterator[tuple[Token, int]]:
    """The axis that starts at a token, with the number of tokens it takes."""
    for shape in SHAPES:
        match = re.compile(shape).match(letters, i)
        values = match and _values(match, tokens)
        if match and values:
            end = match.end()
            text = " ".join(t.text for t in tokens[i:end])
            yield Token("AXIS", text, tokens[i].start, tokens[end - 1].end, values), end - i


def _values(match: re.Match[str], tokens: Sequence[Token]) -> tuple[str, ...] | None:
    named = match.groupdict()
    if named.get("farther"):
        return "distance", "+", "place", ""
    if named.get("far"):
        return "distance", "+" if named["far"] == "x" else "-", "place", ""
    if named.get("more"):
        return _data(match, tokens)
    for axis in ("order", "hierarchy", "robust"):
        if named.get(axis):
            return axis, "", "", ""
    return _amount(match, tokens)


def _data(match: re.Match[str], tokens: Sequence[Token]) -> tuple[str, ...] | None:
    """As in "more target-task data", "fewer MNLI examples"; data of an unnamed side is no axis."""
    named = match.groupdict()
    side = named.get("side") or ("I" if named.get("whole") else "")
    if not side:
        return None
    axis = "target_examples" if side in "TX" else "intermediate_examples"
    task = tokens[match.start("side")].value if side in "RX" else ""
    return axis, "+" if named["more"] == "q" else "-", "", task


def _amount(match: re.Match[str], tokens: Sequence[Token]) -> tuple[str, ...] | None:
    """As in "distance from English", "growing similarity", "as the amount of target data increases"."""
    noun = tokens[match.start("noun")]
    if match["post"] and not match["as"]:
        return None
    moved = "+" if (match["pre"] or "").startswith("q") or match["post"] == "u" else "-"
    direction = moved if match["pre"] or match["post"] else ""
    if match["as"] and not direction:
        return None
    how = "moving" if direction else ""
    if match["noun"] == "s":
        return "distance", {"+": "-", "-": "+", "": "inverse"}[direction], how, ""
    return ("distance" if noun.kind == "DISTANCE" else noun.value), direction, how, ""


# --------------------------------------------------------------------------------- letters


def _letter(token: Token) -> str:
    """One letter for what a token can be inside the name of an axis; "." for anything else."""
    word = word_of(token)
    if word in MARKERS:
        return "w"
    if word in SMALL_WORDS:
        return "a" if word in ARTICLES else "f"
    by_word = {"q": MORE_OF, "k": LESS_OF, "u": MOVING, "d": SINKING, "D": DATA}
    for letter, words in by_word.items():
        if word in words:
            return letter
    if token.kind == "ITASK" and last_word(token) == "data":
        return "J"
    return LETTERS[token.kind](token) if token.kind in LETTERS else "."


def _comparing(more: str) -> Callable[[Token], str]:
    return lambda token: more if word_of(token) in {"more", "less", "fewer", "greater", "larger", "smaller"} else "."


NOUNS_OF_ROBUSTNESS = frozenset(
    {"robustness", "perturbation", "perturbations", "adversarial perturbation", "adversarial perturbations"}
)

LETTERS: Mapping[str, Callable[[Token], str]] = {
    "MORE": _comparing("q"),
    "LESS": _comparing("k"),
    "DISTANCE": lambda token: {"": "n", "-": "s", "+": "z"}.get(token.value, "."),
    "DATASIZE": lambda token: "n" if token.value else ".",
    "FARTHER": lambda token: "x" if token.value == "+" else "y",
    "LANGUAGE": lambda token: "E" if token.value == "en" else ".",
    "LANG": lambda _: "L",
    "TTASK": lambda _: "T",
    "ITASK": lambda _: "I",
    "RUN": lambda _: "R",
    "TARGET": lambda _: "X",
    "EXAMPLES": lambda _: "D",
    "TRAINDATA": lambda _: "D",
    "ORDER": lambda token: "o" if token.value else ".",
    "HIERARCHY": lambda token: "h" if token.value else ".",
    "ROBUST": lambda token: "b" if word_of(token) in NOUNS_OF_ROBUSTNESS else ".",
}


# ------------------------------------------------------------------- the words around an axis

CAUSES = frozenset(
    {"cause", "drive", "trigger", "induce", "prompt", "lead", "result", "make", "let", "enable", "attribute", "credit",
     "account", "contribute", "produce", "generate", "translate", "originate", "stem", "convert", "enabl", "caus",
     "driv", "mak", "produc", "generat", "attribut", "contribut", "induc"}
)  # fmt: skip
"""First words, cut of their endings, that say why: a claim of a cause is more than one of an association."""

SCORES = frozenset(
    {"performance", "performances", "score", "scores", "results", "transfer performance", "accuracy level"}
)
NAMING = frozenset({"between", "as", "of", "the", "a", "and", "that", "in", "smaller", "larger"})
MEASURES = frozenset({"gain", "benefit", "improvement", "boost"})


def _in_association(tokens: Sequence[Token], i: int) -> Token:
    """A token beside an axis: words of cause block the reading, words of result become scores, "gains" a noun."""
    token = tokens[i]
    before = next((t for t in reversed(tokens[:i]) if word_of(t) != "the"), None)
    if word_of(token) == "lower the":
        return replace(token, kind="LESS", values=())
    after = tokens[i + 1].kind if i + 1 < len(tokens) else ""
    if token.kind == "LIGHT" and _stem(word_of(token)) in CAUSES and after != "NOEFFECT":
        return replace(token, kind="HEDGE")
    unnamed = word_of(token) in DATA or (token.kind == "AND" and not _joins(tokens, i))
    if unnamed or token.kind == "BECAUSE":
        return replace(token, kind="HEDGE")
    if token.kind == "ZEROSHOT" and last_word(token) == "performance":
        return replace(token, kind="SCORES")
    if token.kind in {"RESULT", "SCOREN", "SCOREV"}:
        return replace(token, kind="SCORES" if word_of(token) in SCORES else "HEDGE")
    if (
        word_of(token) == "between"
        and before is not None
        and before.kind in {"ASSOCIATED", "RISING", "FALLING", "VARIES"}
    ):
        return replace(token, kind="FILLER")
    if token.kind in {"GAINV", "GAINN"}:
        measure = word_of(token).removesuffix("s") in MEASURES
        return _measure(token, before) if measure else _along(tokens, i)
    return token


def _joins(tokens: Sequence[Token], i: int) -> bool:
    """Whether an "and" stands between things understood, not as in "with distance and script"."""
    before = [t for t in tokens[:i] if word_of(t) not in SMALL_WORDS]
    after = [t for t in tokens[i + 1 :] if word_of(t) not in SMALL_WORDS]
    return all(t.kind not in {"FILLER", "STOPSIGN"} for t in (*before[-1:], *after[:1])) and bool(after)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|d)$", "", word.split()[0])


def _along(tokens: Sequence[Token], i: int) -> Token:
    """As in "goes down with distance from English": a change along the axis that follows."""
    following = [t for t in tokens[i + 1 : i + 4] if word_of(t) not in ARTICLES]
    along = [t.kind for t in following[1:2]] == ["AXIS"] and word_of(following[0]) == "with"
    if not along or following[1].values[1] in {"+", "-"}:
        return tokens[i]
    return replace(tokens[i], kind="RISING" if tokens[i].value == "+" else "FALLING")


def _measure(token: Token, before: Token | None) -> Token:
    """As in "Gains fall": at a start or after a small word the thing measured; elsewhere as it stands."""
    named = (
        before is None
        or before.kind in {"COMMA", "STOPSIGN", "SEMI", "WHEREAS", "ADVERSE"}
        or word_of(before) in NAMING
    )
    return replace(token, kind="GAINN") if named else token


__all__ = ["join_axes"]
