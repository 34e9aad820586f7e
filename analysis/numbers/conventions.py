"""Recognizes how a column writes its numbers, from all its cells together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.numbers.cells import LONGEST, unmarked
from analysis.numbers.folding import fold
from analysis.numbers.literals import grouped
from analysis.numbers.number import Convention, NumberError

NUMERIC = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*(?:[A-Za-z]{1,12}[^A-Za-z]*)?")
"""A cell of digits and signs with at most one word behind them, such as a unit: no name, no prose."""

RUN = re.compile(r"(?<![\w.,'])[.,]?\d+(?:[.,']\d+|[ \u00a0]\d{3}(?!\d))*(?![\w'])")
APART = re.compile(r"\d (?:\d{1,2}|\d{4,})(?!\d)")
"""Digits that a blank parts, but not into thousands."""

LONE_BRACKETS = re.compile(r"\(\s*[\d.,]+\s*%?\s*\)")


def convention_of(texts: Iterable[str]) -> Convention:
    """Recognizes how a column writes its numbers.

    A separator counts as certain where it stands before other than three digits, twice, or beside the
    other one. "38.015" alone is a decimal point, "392,702" alone thousands.

    Args:
        texts: all cells of the column.

    Raises:
        NumberError: the cells contradict each other; the message names examples of each kind.
    """
    cells = [unmarked(fold(text), set()) for text in texts if len(text) <= LONGEST]
    seen: dict[str, str] = {}
    for cell in cells:
        if not NUMERIC.fullmatch(cell):
            continue
        if APART.search(cell):
            seen.setdefault("list blank", cell)
        for run in RUN.findall(cell):
            for kind in _evidence(run):
                seen.setdefault(kind, run)
    _without_lists(seen)
    decimal = _decimal(seen)
    group = _group(seen, decimal)
    return Convention(decimal, group, _accounting(cells))


def _evidence(run: str) -> tuple[str, ...]:
    """Classifies a run of digits as "decimal", "group", "either" (of both) or "list", with the sign."""
    blank = next((sign for sign in (" ", "\u00a0") if sign in run), "")
    whole = re.split(r"[.,]", run)[0]
    if blank or "'" in run:
        sign = blank or "'"
        if not grouped(whole, sign):
            return ()
        rest = run[len(whole) :]
        return (f"group {'blank' if blank else sign}", *([f"decimal {rest[0]}"] if rest else []))
    points, commas = run.count("."), run.count(",")
    if points and commas:
        last = "." if run.rfind(".") > run.rfind(",") else ","
        other = "," if last == "." else "."
        proper = run.count(last) == 1 and grouped(run.rpartition(last)[0], other)
        return (f"decimal {last}", f"group {other}") if proper else ()
    sign = "." if points else ","
    if points + commas > 1:
        return (f"group {sign}",) if grouped(run, sign) else (f"list {sign}",)
    if points + commas == 0:
        return ()
    return (f"either {sign}",) if grouped(run, sign) else (f"decimal {sign}",)


def _without_lists(seen: dict[str, str]) -> None:
    """Takes out what a column of lists ("1,2" beside "1,2,3", "42 100" beside "37 95") does not show."""
    if "list ," in seen:
        seen.pop("decimal ,", None)
    if "list blank" in seen:
        seen.pop("group blank", None)
    for kind in [kind for kind in seen if kind.startswith("list")]:
        del seen[kind]


def _decimal(seen: dict[str, str]) -> str:
    if "decimal ." in seen and "decimal ," in seen:
        raise _mixed(seen, "decimal .", "decimal ,")
    for sign, other in ((".", ","), (",", ".")):
        if f"decimal {sign}" in seen and f"group {sign}" in seen:
            raise _mixed(seen, f"decimal {sign}", f"group {sign}")
        if f"decimal {sign}" in seen:
            return sign
        if f"group {sign}" in seen:
            return other
    if "either ." in seen and "either ," in seen:
        raise _mixed(seen, "either .", "either ,")
    return "."


def _group(seen: dict[str, str], decimal: str) -> str:
    """The sign between thousands; more than one is a contradiction."""
    other = "," if decimal == "." else "."
    marks = {"blank": " ", "'": "'", ",": ",", ".": "."}
    kinds: list[str] = [kind for kind in ("group blank", "group '", "group ,", "group .") if kind in seen]
    if f"either {other}" in seen and f"group {other}" not in seen:
        kinds.append(f"either {other}")
    # Beside thousands that are parted otherwise, "38.015" may be either.
    doubtful = f"either {decimal}"
    certain = any(f"decimal {sign}" in seen or f"group {sign}" in seen for sign in ".,")
    if kinds and doubtful in seen and not certain:
        kinds.append(doubtful)
    if len(kinds) > 1:
        raise _mixed(seen, *kinds)
    return marks[kinds[0].split()[1]] if kinds else other


def _mixed(seen: dict[str, str], *kinds: str) -> NumberError:
    shown = " and ".join(repr(seen[kind]) for kind in kinds)
    return NumberError(
        "column of numbers",
        f"{shown} follow different conventions; write all with a decimal point and commas between thousands, or none",
    )


def _accounting(cells: list[str]) -> bool:
    """True if brackets around a number alone mean minus.

    A bracketed number below a plain one may be its standard error; so one is wanted that stands below
    none, in a column that has other negatives.
    """
    alone = [bool(LONE_BRACKETS.fullmatch(cell)) for cell in cells]
    negative = any(re.match(r"[-−–]\s?[\d.]", cell) for cell in cells)
    below = [i > 0 and not alone[i - 1] and any(map(str.isdigit, cells[i - 1])) for i in range(len(cells))]
    return negative and any(lone and not under for lone, under in zip(alone, below, strict=True))
