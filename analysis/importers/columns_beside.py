"""Columns of a wide table that hold no scores: what counts or describes, and the errors of the column before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.importers.labels import ALSO, PERCENT
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import surely_language
from analysis.results.spreads import SPREADS
from analysis.tables import Kind, table_of_grid
from analysis.tables.lexicon import lexicon

DESCRIBING: tuple[Kind, ...] = ("attribute", "rank")
"""Kinds of words that alone head a column of no scores."""
COUNTING: frozenset[Kind] = frozenset({"size", "time", "count", "rank", "index"})
"""Kinds of columns that count."""


def of_no_score(
    head: Sequence[str], body: Sequence[Sequence[str]], places: Sequence[int], registry: Vocabulary, *, means: bool
) -> list[int]:
    """The columns, of some places, that count or describe what a row is.

    Args:
        head: headings.
        body: rows of cells.
        places: columns of numbers.
        registry: the vocabulary; what it knows as a task is one.
        means: whether columns of means over the others are such columns, too.
    """
    tables = table_of_grid(list(head), [list(row) for row in body]) if body and len(set(head)) == len(head) else ()
    kinds = {line.own: line.kind for table in tables for line in table.columns}
    wanted = COUNTING | {"aggregate"} if means else COUNTING
    found = [
        j
        for j in places
        if (kinds.get(head[j]) in wanted or _describes(head[j]))
        and not (registry.find("target", head[j]) or surely_language(registry, head[j]))
    ]
    return found if len(found) < len(places) else []


def _describes(heading: str) -> bool:
    """True if a heading is a word for a place or a setting: "Rank", "Year"."""
    words, bare = lexicon().kinds, heading.strip().casefold()
    return len(bare) > 1 and any(bare in words[kind] for kind in DESCRIBING)


def spreads_beside(
    head: Sequence[str], scores: Sequence[int], named_after: Mapping[int, str]
) -> dict[int, tuple[str, int]]:
    """Place of each column of scores → what the column of errors right after it is called, and its place.

    A column that repeats the heading before it ("XNLI", "XNLI ±") is of that column. Of those that do not, there
    must be one after every column of scores: a single one may belong to any of them.

    Args:
        head: headings.
        scores: places of columns of numbers, those of errors among them or not.
        named_after: place → column of the results table, for headings that name one.
    """
    repeated = {j: name for j in scores if j - 1 in scores and (name := _repeated(head[j - 1], head[j]))}
    places = {*scores, *named_after} - {*repeated}
    errors = {j: name for j in places if (name := spread_name(head[j])) and name != "n_seeds"}
    plain = {j for j in scores if j not in errors and j not in repeated}
    if len(set(errors.values())) != 1 or len(plain) < 2 or {j - 1 for j in errors} != plain:
        errors = {}
    return {j - 1: (name, j) for j, name in {**repeated, **errors}.items()}


def _repeated(before: str, heading: str) -> str | None:
    """The column of errors that a heading names behind the one before it: "XNLI ±", "XNLI_std", "XNLI (sd)"."""
    if not before or not heading.casefold().startswith(before.casefold()):
        return None
    rest = heading[len(before) :]
    name = spread_name(rest.strip(" _.:()[]").removeprefix("-")) if rest[:1] in {*" _-.:([±+"} else None
    return name if name in {"sd", "se", "plus_minus"} else None


def spread_name(heading: str) -> str | None:
    """The column of errors that a heading names: "±" is `plus_minus`."""
    name = PERCENT.sub("", heading).strip().casefold().replace(" ", "_")
    name = ALSO.get(name, name)
    return name if name in SPREADS else None
