"""Between linking and grammar: tokens become the terminals of `grammar.lark`.

What becomes no terminal must be licensed by its place (`claims.reading.neutral`); a number learns
whether it counts things ("nine tasks") or states a quantity ("8.7 points"); a quantifier whether it
governs a noun; a separator whether it parts clauses; a word such as "gains" whether it is a noun or a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.reading.context import (
    noun_after,
    number_follows,
    share_of,
    word_of,
)
from claims.reading.linking import Token
from claims.reading.senses import SENSES, quantifier_sense
from claims.reading.terminals import (
    LEVELS,
    LIMITS,
    QUANTIFIERS,
    SILENT,
    Terminal,
)


@dataclass(frozen=True, slots=True)
class Phrased:
    """The tokens of a sentence as the grammar sees them.

    Attributes:
        made: the terminal of each token, None where it became none.
    """

    made: tuple[Terminal | None, ...]

    @property
    def silent(self) -> tuple[int, ...]:
        """Places of the tokens that became no terminal."""
        return tuple(i for i, terminal in enumerate(self.made) if terminal is None)

    @property
    def read(self) -> tuple[int, ...]:
        """Places of the tokens that became one."""
        return tuple(i for i, terminal in enumerate(self.made) if terminal is not None)

    def terminals(self, *, without: int | None = None) -> list[Terminal]:
        """The terminals in order, tidied up; without that of one token."""
        return _trimmed(_merged([t for i, t in enumerate(self.made) if t is not None and i != without]))


def phrased(tokens: Sequence[Token]) -> Phrased:
    """The terminal of each token."""
    return Phrased(tuple(_terminal(tokens, i) for i in range(len(tokens))))


def _terminal(tokens: Sequence[Token], i: int) -> Terminal | None:
    token = tokens[i]
    if token.kind in {"OVERNUM", "UNDERNUM"} and number_follows(tokens, i) and _spatial(tokens, i):
        return Terminal("HEDGE", token) if token.kind == "UNDERNUM" else None
    if token.kind in LIMITS and number_follows(tokens, i):
        if token.kind == "UPTO" and word_of(token) == "up to" and i > 1 and word_of(tokens[i - 2]) == "from":
            return Terminal("LIMIT", token, "to")
        return Terminal("LIMIT", token, LIMITS[token.kind])
    if token.kind in {"FILLER", "SOURCED"} and word_of(token) in LEVELS and number_follows(tokens, i):
        return Terminal("LIMIT", token, word_of(token))
    if token.kind in QUANTIFIERS:
        return quantifier_sense(tokens, i)
    if token.kind in SENSES:
        return SENSES[token.kind](tokens, i)
    if token.kind in SILENT:
        return None
    return Terminal(token.kind, token, token.value)


def _spatial(tokens: Sequence[Token], i: int) -> bool:
    """As in "under seven of the nine tasks", "the mean over nine targets": no bound of the number."""
    if word_of(tokens[i]) not in {"over", "under"} or not (noun_after(tokens, i + 1) or share_of(tokens, i + 1)):
        return False
    before = tokens[i - 1].kind if i else ""
    if word_of(tokens[i]) == "over":
        return before in {"AVG", "TRAIN", "ITASK", "MULTI", "RESULT"}
    return before in {"GAINV", "GAINN", "AVG", "TRAIN", "RESULT"}


# ------------------------------------------------------------------------------ tidying up

PARTING = ("SEP", "STOP", "BECAUSE")


def _merged(terminals: list[Terminal]) -> list[Terminal]:
    """Neighbouring separators as one, the strongest; neighbouring quantifiers as one."""
    merged: list[Terminal] = []
    for terminal in terminals:
        last = merged[-1] if merged else None
        if last is not None and last.type in PARTING and terminal.type in PARTING:
            strongest = max(last.type, terminal.type, key=PARTING.index)
            merged[-1] = replace(terminal, type=strongest)
        elif last is not None and last.type == terminal.type == "QUANT":
            merged[-1] = terminal if last.value in {"all", "each", "either"} else last
        elif last is not None and last.type == terminal.type == "GAINV" and last.value == terminal.value:
            merged[-1] = terminal
        elif terminal.type == "UNIT" and [t.type for t in merged[-2:]] == ["NUMBER", "GAINN"]:
            merged.insert(-1, terminal)
        else:
            merged.append(terminal)
    return merged


def _trimmed(terminals: list[Terminal]) -> list[Terminal]:
    """Without separators at either end, which part nothing from nothing."""
    start, end = 0, len(terminals)
    while start < end and terminals[start].type in {"SEP", "STOP"}:
        start += 1
    while end > start and terminals[end - 1].type in {*PARTING, "OUTOF"}:
        end -= 1
    return terminals[start:end]
