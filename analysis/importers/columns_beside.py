"""Columns of a wide table that hold no scores: what counts or describes, and the errors of the column before."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analysis.importers.cells import MISSING
from analysis.importers.labels import ALSO, MEAN, PERCENT, EdgeLabels
from analysis.registry.vocabulary import Vocabulary
from analysis.results.result_names import surely_language
from analysis.results.spreads import SPREADS
from analysis.tables import Kind, table_of_grid
from analysis.tables.lexicon import lexicon
from analysis.tables.measures import measure_of

DESCRIBING: tuple[Kind, ...] = ("attribute", "rank")
"""Kinds of words that alone head a column of no scores."""
COUNTING: frozenset[Kind] = frozenset({"size", "time", "count", "rank", "index"})
"""Kinds of columns that count."""


def of_no_score(
    head: Sequence[str], body: Sequence[Sequence[str]], places: Sequence[int], registry: Vocabulary, *, means: bool
) -> dict[int, Kind]:
    """The columns, of some places, that count or describe what a row is, each with its kind.

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
    found: dict[int, Kind] = {
        j: kinds.get(head[j], "attribute")
        for j in places
        if (kinds.get(head[j]) in wanted or _describes(head[j]))
        and not (registry.find("target", head[j]) or surely_language(registry, head[j]))
    }
    return found if len(found) < len(places) else {}


def about_left_out(head: Sequence[str], aside: Mapping[int, Kind]) -> list[str]:
    """Notes that name columns left out: those that average others hold scores, but none of their own.

    Args:
        head: headings.
        aside: place → kind of the columns left out.
    """
    said: dict[str, list[str]] = {}
    for j, kind in aside.items():
        said.setdefault(LEFT.get(kind, "columns that hold no scores left out"), []).append(repr(head[j]))
    return [f"{what}: {', '.join(names)}" for what, names in said.items()]


LEFT: Mapping[Kind, str] = {
    "aggregate": "columns that average other columns left out",
    "error": "columns of errors left out, as no column of scores is clearly theirs",
}
"""Notes on columns left out, by their kind."""


def _describes(heading: str) -> bool:
    """True if a heading is a word for a place or a setting: "Rank", "Year"."""
    words, bare = lexicon().kinds, heading.strip().casefold()
    return len(bare) > 1 and any(bare in words[kind] for kind in DESCRIBING)


Errors = Mapping[int, Sequence[tuple[str, int]]]
"""Place of a column of scores → for each column of its errors, what it is called and its place."""


def spreads_beside(
    head: Sequence[str], scores: Sequence[int], named_after: Mapping[int, str], registry: Vocabulary
) -> dict[int, list[tuple[str, int]]]:
    """The columns of errors of each column of scores, see `Errors`.

    A column that repeats another's heading ("XNLI", "XNLI ±"; "XNLI acc", "XNLI std") is of that column. Of those that
    do not, there must be one right after every column of scores: a single one may belong to any of them.

    Args:
        head: headings.
        scores: places of columns of numbers, those of errors among them or not.
        named_after: place → column of the results table, for headings that name one.
        registry: the vocabulary, for "XNLI se" beside "XNLI de" is a language.
    """
    owners = {j: owner for j in scores if (owner := _owner(head, j, scores, registry)) is not None}
    names = {j: name for j in {*scores, *named_after} if (name := spread_name(head[j])) and name != "n_seeds"}
    plain = {j for j in scores if j not in names and j not in owners}
    alone = len(names) == 1 and all(surely_language(registry, head[j]) for j in {*plain, *names})
    found: dict[int, list[tuple[str, int]]] = {}
    for j, owner in owners.items():
        parted = error_heading(head[j])
        found.setdefault(owner, []).append((parted[1] if parted else "", j))
    if len(set(names.values())) == 1 and {j - 1 for j in names} == plain and not alone:
        for j, name in names.items():
            found.setdefault(j - 1, []).append((name, j))
    return found


def errors_of(head: Sequence[str], aside: Collection[int]) -> list[int]:
    """The columns of errors right after columns that hold no scores: "Average ±"."""
    return [
        j + 1
        for j in aside
        if j + 1 < len(head)
        and (spread_name(head[j + 1]) or ((parted := error_heading(head[j + 1])) and parted[0] == _folded(head[j])))
    ]


def is_stray(head: Sequence[str], j: int, registry: Vocabulary) -> bool:
    """True if a heading is, or ends in, a word for errors that is no language among others: "±", "XNLI std"."""
    parted = error_heading(head[j])
    word = _folded(head[j])[len(parted[0]) :].strip(SEPARATORS) if parted else _folded(head[j])
    if spread_name(word) is None:
        return False
    if not surely_language(registry, word) or head.count(head[j]) > 1:
        return True
    parts = (part for i, text in enumerate(head) if i != j for part in (text, *text.split(), *LAST.split(text)[-1:]))
    return not any(surely_language(registry, part.strip(SEPARATORS)) and not spread_name(part) for part in parts)


LAST = re.compile(r"[_.:(\[-]")


def _owner(head: Sequence[str], j: int, scores: Sequence[int], registry: Vocabulary) -> int | None:
    """The column whose errors the heading of column j says it holds, where it is one alone."""
    parted = error_heading(head[j])
    if parted is None:
        return None
    stem = parted[0]
    others = {i: _folded(head[i]) for i in scores if i != j}
    same = [i for i, text in others.items() if text == stem]
    rests = {i: text[len(stem) :].strip(SEPARATORS) for i, text in others.items() if text.startswith(stem)}
    own = _folded(head[j])[len(stem) :].strip(SEPARATORS)
    if any(surely_language(registry, rest) and not spread_name(rest) for rest in rests.values() if rest):
        return None if surely_language(registry, own) else next(iter(same), None)
    if j - 1 in same:
        return j - 1
    found = same or [i for i, rest in rests.items() if rest and _is_measure(rest)]
    return found[0] if len(found) == 1 else None


def _is_measure(text: str) -> bool:
    """True if a text is a measure or a word for a mean: what may follow a task's name over its scores."""
    return spread_name(text) is None and (text in MEAN or measure_of(text, (), {}) is not None)


def _folded(heading: str) -> str:
    return PERCENT.sub("", heading).strip().casefold()


SEPARATORS = " _.:()[]"
"""Signs between the name of a column and the word for its errors."""
CUT = re.compile(r"[\s_.:(\[-]+|(?=[±+])")
OF_ONE = ("sd", "se", "plus_minus")
"""Columns of errors of which a score has one."""


def error_heading(heading: str) -> tuple[str, str] | None:
    """The stem of a heading of errors, folded, and the column it names: "XNLI ±", "XNLI_std", "XNLI (sd)"."""
    text = _folded(heading)
    for cut in CUT.finditer(text, 1):
        name = spread_name(text[cut.start() :].strip(SEPARATORS).removeprefix("-"))
        if name in OF_ONE:
            return text[: cut.start()], name
    return None


def with_errors(place: EdgeLabels, row: Sequence[str], errors: Sequence[tuple[str, int]], number: int) -> EdgeLabels:
    """A place with the errors that columns beside its score state.

    Raises:
        ValueError: an error is not a number.
    """
    for name, j in errors:
        if row[j].casefold() in MISSING:
            continue
        try:
            place = replace(place, more={**place.more, name: float(SIGN.sub("", row[j]))})
        except ValueError:
            raise ValueError(f"row {number} column {j + 1}: {row[j]!r} is not a number") from None
    return place


SIGN = re.compile(r"^\s*(?:±|\+/-|\+-)|\s*%\s*$")
"""Signs around the number of an error."""


def spread_name(heading: str) -> str | None:
    """The column of errors that a heading names: "±" is `plus_minus`."""
    name = re.sub(r"[\s_.]+|(?<=\w)-(?=\w)", "_", _folded(heading)).strip("_") or heading
    name = ALSO.get(name, name)
    return name if name in SPREADS else None
