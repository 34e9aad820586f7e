"""What the words on a table's edges mean: "XQuAD (F1 / EM)", "MNLI", "sw", "test", "avg."."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.importers.record import Stated
from analysis.results import COLUMNS
from analysis.vocabulary import BASELINE, Vocabulary, fold

ALSO = {
    "task": "target", "dataset": "target", "lang": "language", "value": "score", "std": "sd", "stdev": "sd",
    "std_dev": "sd", "standard_deviation": "sd", "stderr": "se", "std_err": "se", "standard_error": "se", "sem": "se",
    "±": "plus_minus", "+/-": "plus_minus", "half_width": "plus_minus", "num_seeds": "n_seeds", "n_runs": "n_seeds",
}  # fmt: skip
"""Headings that are read as a column of the results table, beside its own name."""

ROLES = ("target", "intermediate", "model", "language", "metric")
"""What rows and columns can be."""

NO_TASK = frozenset({"none", "baseline", "nointermediate", "nointermediatetask", "nointermediatetraining"})
MEAN = frozenset({"avg", "avg.", "average", "mean"})
SPLITS = {"dev": "dev", "development": "dev", "validation": "dev", "valid": "dev", "val": "dev", "test": "test"}


@dataclass(frozen=True, slots=True)
class Place(Stated):
    """What the edges of a table say of a cell.

    Attributes:
        n_items, intermediate_examples, target_examples: columns of the results table.
        more: its other columns, by name.
        metrics: one for each number in the cell.
    """

    n_items: int | None = None
    intermediate_examples: int | None = None
    target_examples: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()


def field_of(heading: str, cells: Sequence[str], words: Vocabulary, *, own: bool = False) -> str | None:
    """The column of the results table a heading is named after, None for another heading.

    A synonym ("Task") counts only where the cells below it are not known to be something else. `source`
    counts in the project's own tables only: elsewhere it is the task or language of the training data.
    """
    name = heading.strip().casefold().replace(" ", "_")
    if name in ALSO and ALSO[name] in ROLES and best_role(cells, words) not in {None, ALSO[name]}:
        return None
    name = ALSO.get(name, name)
    return name if name in COLUMNS and (own or name != "source") else None


def best_role(labels: Sequence[str], words: Vocabulary) -> str | None:
    """The role that most labels are known in; None where none is known in any."""
    known = {role: sum(_known(role, label, words) is not None for label in dict.fromkeys(labels)) for role in ROLES}
    best = max(ROLES, key=lambda role: known[role])
    return best if known[best] else None


def place_of(labels: Sequence[str], role: str | None, words: Vocabulary, headings: list[str] | None) -> Place:
    """What the labels of a row or column say together.

    A label that is not known stands for the role, unless another label fills it: over a column it
    is then a heading over several, which a note in `headings` says.

    Raises:
        ValueError: a label is unknown and no role is left for it.
    """
    place, unknown = Place(), []
    for label in labels:
        for piece in _split(label, role, words):
            found = _read(piece, role, words, place)
            if found is None:
                unknown.append(piece)
            else:
                place = found
    for piece in unknown:
        if role is None:
            raise ValueError(f"cannot tell what {piece!r} is; say it with --rows or --columns ({', '.join(ROLES)})")
        if (place.metrics if role == "metric" else getattr(place, role)) in (None, ()):
            place = _with(place, role, piece)
        elif headings is None:
            raise ValueError(
                f"cannot tell what {piece!r} is beside {labels[0]!r}; head its column with a results column"
            )
        else:
            headings.append(f"{piece!r} was taken for a heading")
    return place


def _split(label: str, role: str | None, words: Vocabulary) -> list[str]:
    """A label in its parts: before and in parentheses, and a known metric or language at its end."""
    if role is not None and _known(role, label, words) is not None:
        return [label]
    inside = re.fullmatch(r"(.+?)\s*[(\[](.+?)[)\]]", label)
    parts = [inside[1], inside[2]] if inside else [label]
    split: list[str] = []
    for part in parts:
        head, _, tail = part.rpartition(" ")
        known = [_known(r, part, words) for r in ROLES]
        if head and not any(known) and any(_known(r, tail, words) for r in ("metric", "language")):
            split += [head, tail]
        else:
            split.append(part)
    return split


def _read(piece: str, role: str | None, words: Vocabulary, place: Place) -> Place | None:
    """The place with what a piece says, None where nothing is known of it."""
    if piece.casefold() in SPLITS:
        return replace(place, split=SPLITS[piece.casefold()])
    if piece.casefold() in MEAN:
        return replace(place, language="mean")
    order = [role, *ROLES] if role is not None else ROLES
    for name in order:
        if (found := _known(name, piece, words)) is not None:
            return _with(place, name, found)
    return None


def _with(place: Place, role: str, name: str) -> Place:
    if role == "metric":
        return replace(place, metrics=tuple(part.strip() for part in name.split("/")))
    said: dict[str, Any] = {role: name}
    return replace(place, **said)


def _known(role: str, label: str, words: Vocabulary) -> str | None:
    """The label where it is a known name in a role (the baseline for "None"), else None."""
    if role == "intermediate":
        if fold(label) in NO_TASK:
            return BASELINE
        known = words.find("intermediate", label) or words.find("multitask", label)
        return label if known else None
    if role == "metric":
        parts = [part.strip() for part in label.split("/")]
        return label if all(words.find("metric", part) for part in parts) else None
    if role == "language":
        return label if words.language(label) or words.find("language", label) else None
    if role == "target":
        return label if words.find("target", label) or words.find("benchmark", label) else None
    return label if words.find(role, label) else None
