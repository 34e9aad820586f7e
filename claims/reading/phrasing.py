"""Between linking and grammar: tokens become the terminals of `grammar.lark`.

Fillers are left out; a number learns whether it counts things ("nine tasks") or states a quantity
("8.7 points"); a quantifier whether it governs a noun; a separator whether it parts clauses; a word
such as "gains" whether it is a noun or a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.reading.context import (
    number_follows,
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


def phrase_terminals(tokens: Sequence[Token]) -> list[Terminal]:
    """The terminals of a sentence, in order."""
    made = (_terminal(tokens, i) for i in range(len(tokens)))
    return _trimmed(_merged([terminal for terminal in made if terminal is not None]))


def _terminal(tokens: Sequence[Token], i: int) -> Terminal | None:
    token = tokens[i]
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
