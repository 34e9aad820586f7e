"""Truth values over whole lines of a table, and how they go together.

Besides true and false: unknown where a cell is missing, the rounding hides the answer or nobody knows which way is
better, and mixed where parts that nobody quantified disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from claims.assertion import Quantified
from claims.verdict import Truth

TRUE, FALSE, UNKNOWN, MIXED = np.int8(1), np.int8(0), np.int8(-1), np.int8(2)
Truths: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_] | np.bool_ | bool
WORDS: dict[int, Truth] = {1: "true", 0: "false", 2: "mixed", -1: "open"}


def word_of(truths: Truths) -> Truth:
    """The word of a single truth value; "open" where it is unknown."""
    return WORDS[int(np.asarray(truths).reshape(-1)[0])]


def decided(yes: Flags, no: Flags, known: Flags = True) -> Truths:
    """True where yes, false where no, unknown elsewhere and where nothing is known; all of one shape."""
    return np.where(~np.asarray(known), UNKNOWN, np.where(yes, TRUE, np.where(no, FALSE, UNKNOWN))).astype(np.int8)


def unknown(shape: tuple[int, ...] | Sequence[int]) -> Truths:
    """Unknown everywhere."""
    return np.full(shape, UNKNOWN)


def negated(truths: Truths) -> Truths:
    """True for false and the reverse."""
    return np.where(truths == TRUE, FALSE, np.where(truths == FALSE, TRUE, truths)).astype(np.int8)


def any_of(ways: Sequence[Truths]) -> Truths:
    """True where one way is, false where all are."""
    found = np.stack(np.broadcast_arrays(*ways))
    return decided((found == TRUE).any(axis=0), (found == FALSE).all(axis=0))


def one_statement(parts: Sequence[Truths]) -> Truths:
    """One statement in parts: false where one part is."""
    found = np.stack(np.broadcast_arrays(*parts))
    false, true, mixed = (found == FALSE).any(axis=0), (found == TRUE).all(axis=0), (found == MIXED).any(axis=0)
    return np.where(false, FALSE, np.where(mixed, MIXED, np.where(true, TRUE, UNKNOWN))).astype(np.int8)


def several_statements(parts: Sequence[Truths]) -> Truths:
    """Several statements at once: mixed where some are true and some are false, false only where all are."""
    found = np.stack(np.broadcast_arrays(*parts))
    false, true = found == FALSE, found == TRUE
    torn = (found == MIXED).any(axis=0) | (false.any(axis=0) & true.any(axis=0))
    return np.where(torn, MIXED, decided(true.all(axis=0), false.all(axis=0))).astype(np.int8)


def of_members(formula: Quantified, found: Truths) -> Truths:
    """The truth of a quantified formula, from the truths of its members along the last axis; at least one member."""
    n = found.shape[-1]
    no, mixed = (found == FALSE).sum(axis=-1), (found == MIXED).sum(axis=-1)
    return _counted(formula, (found == TRUE).sum(axis=-1), n - no - mixed, n, mixed > 0)


def _counted(formula: Quantified, sure: Any, most: Any, n: int, mixed: Any) -> Truths:
    """The truth of a quantifier over n members: `sure` of them are true, and at most `most` may be."""
    k = float(formula.number) if formula.number is not None else 0.0
    match formula.quantifier:
        case "each":
            torn = mixed | ((sure > 0) & (most < n))
            return np.where(torn, MIXED, decided(sure == n, most == 0)).astype(np.int8)
        case "all":
            return decided(sure == n, most < n)
        case "any":
            return decided(sure > 0, most == 0)
        case "none":
            return decided(most == 0, sure > 0)
        case "most":
            return decided(sure > n / 2, most <= n / 2)
        case "count=":
            return decided((sure == k) & (most == k), (sure > k) | (most < k))
        case "count>=":
            return decided(sure >= k, most < k)
        case "count<=":
            return decided(most <= k, sure > k)
    return unknown(np.shape(sure))
