"""Meaning of row and column labels: "XQuAD (F1 / EM)", "MNLI", "sw", "test", "avg."."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from analysis.importers.record import StatedScore
from analysis.registry.vocabulary import BASELINE, Vocabulary
from analysis.results.result_names import names_no_task, surely_language
from analysis.results.table import COLUMNS

ALSO = {
    "dataset": "target", "task": "target", "lang": "language", "system": "model", "value": "score",
    "target_task": "target", "base_model": "model", "intermediate_task": "intermediate",
    "source": "intermediate", "source_prompt": "intermediate", "source_task": "intermediate", "std": "sd",
    "stdev": "sd", "std_dev": "sd", "standard_deviation": "sd", "stderr": "se", "std_err": "se", "standard_error": "se",
    "sem": "se", "s_d": "sd", "s_e": "se", "s_e_m": "se", "±": "plus_minus", "+/-": "plus_minus",
    "half_width": "plus_minus", "num_seeds": "n_seeds", "n_runs": "n_seeds",
}  # fmt: skip
"""Headings that are read as such a column where none has its own name; of two, the first here."""

PLAIN = frozenset({"target_task", "base_model", "intermediate_task"})
"""Columns that are certain, whatever their cells hold."""

PERCENT = re.compile(r"\s*[(\[]?%[)\]]?$")
"""The unit in a heading: "Score (%)"."""

ROLES = ("target", "intermediate", "model", "language", "metric")
"""Kinds of rows and columns."""

MEAN = frozenset({"avg", "avg.", "average", "mean"})
RUN = re.compile(r"(?:seed|run)[ _#-]*(\d+)", re.IGNORECASE)
"""A heading over the scores of one run."""
SCORE = re.compile(r"\s+scores?$", re.IGNORECASE)
"""A word behind a split: "Test score"."""
SPLITS = {"dev": "dev", "development": "dev", "validation": "dev", "valid": "dev", "val": "dev", "test": "test"}


class UnknownLabelError(ValueError):
    """A label of which neither the vocabulary nor an option says what it is.

    Attributes:
        label: as it stands in the table.
    """

    def __init__(self, label: str) -> None:
        super().__init__(
            f"cannot tell what {label!r} is; say it with --assume rows=… or --assume columns=… ({', '.join(ROLES)})"
        )
        self.label = label


@dataclass(frozen=True, slots=True)
class EdgeLabels(StatedScore):
    """Facts about a cell from the labels of its row and column.

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

    def with_role(self, role: str, name: str) -> Self:
        """This with a name in one of `ROLES`; of a metric "F1 / EM" names two."""
        changes: dict[str, Any] = {role: name}
        if role == "metric":
            changes = {"metrics": tuple(part.strip() for part in name.split("/"))}
        return replace(self, **changes)


def fields_of(
    headings: Sequence[str], columns: Sequence[Sequence[str]], registry: Vocabulary, *, own: bool = False
) -> dict[int, str]:
    """Columns whose heading names a column of the results table: place → that column, each once.

    A synonym ("Task") counts only where the cells below it are not known to be something else. `source` counts in the
    project's own tables only: elsewhere it is the task of the training data.

    Args:
        headings: one per column.
        columns: the cells below each.
        registry: the vocabulary.
        own: whether the table is a results table of this project.
    """
    names = [PERCENT.sub("", heading).strip().casefold().replace(" ", "_") for heading in headings]
    found = {j: name for j, name in enumerate(names) if name in COLUMNS and (own or name != "source")}
    for synonym, column in ALSO.items():
        for j in (j for j, name in enumerate(names) if name == synonym and column not in found.values()):
            sure = column not in ROLES or synonym in PLAIN
            if j not in found and (sure or _stands_for(column, columns[j], registry)):
                found[j] = column
    return found


def _stands_for(column: str, cells: Sequence[str], registry: Vocabulary) -> bool:
    """True if the cells may be names of this kind; a source is a task that others are compared after."""
    role = best_role(cells, registry)
    return role in ({None, "target", column} if column == "intermediate" else {None, column})


def best_role(labels: Sequence[str], registry: Vocabulary) -> str | None:
    """The role that most labels are known in, languages by at least half of them; None where none is known in any."""
    distinct = list(dict.fromkeys(labels))
    known = {role: sum(_known(role, label, registry) is not None for label in distinct) for role in ROLES}
    if 2 * known["language"] < len(distinct):
        known["language"] = 0
    best = max(ROLES, key=lambda role: known[role])
    return best if known[best] else None


def place_of(
    labels: Sequence[str],
    role: str | None,
    registry: Vocabulary,
    headings: list[str] | None,
    taken: Collection[str | None] = (),
) -> EdgeLabels:
    """Joins the labels of a row or column, in roles that are not taken.

    A label that is not known stands for the role, unless another label fills it: over a column it
    is then a heading over several, which a note in `headings` says.

    Raises:
        UnknownLabelError: a label is unknown and nothing says in which role it stands.
        ValueError: a label is unknown and its role is filled.
    """
    place, unknown = EdgeLabels(), []
    for label in labels:
        for piece in _split(label, role, registry):
            found = _read(piece, role, registry, place, taken)
            if found is None:
                unknown.append(piece)
            else:
                place = found
    for piece in unknown:
        if role is None:
            raise UnknownLabelError(piece)
        if (place.metrics if role == "metric" else getattr(place, role)) in (None, ()):
            place = place.with_role(role, piece)
        elif headings is None:
            raise ValueError(
                f"cannot tell what {piece!r} is beside {labels[0]!r}; head its column with a results column"
            )
        else:
            headings.append(f"{piece!r} was taken for a heading")
    return place


def _split(label: str, role: str | None, registry: Vocabulary) -> list[str]:
    """A label in its parts: before and in parentheses, and a known metric or language at its end."""
    label = PERCENT.sub("", label) or label
    if role is not None and _known(role, label, registry) is not None:
        return [label]
    inside = re.fullmatch(r"(.+?)\s*[(\[](.+?)[)\]]", label)
    parts = [inside[1], inside[2]] if inside else [label]
    split: list[str] = []
    for part in parts:
        head, _, tail = part.rpartition(" ")
        known = [_known(r, part, registry) for r in ROLES]
        if head and not any(known) and any(_known(r, tail, registry) for r in ("metric", "language")):
            split += [head, tail]
        else:
            split.append(part)
    return split


def _read(
    piece: str, role: str | None, registry: Vocabulary, place: EdgeLabels, taken: Collection[str | None]
) -> EdgeLabels | None:
    """The place with what a piece says, None where nothing is known of it."""
    if (split := SPLITS.get(SCORE.sub("", piece).casefold())) is not None:
        return replace(place, split=split)
    if (run := RUN.fullmatch(piece)) is not None:
        return replace(place, seed=int(run[1]))
    if piece.casefold() in MEAN:
        return replace(place, language="mean")
    order = [role, *ROLES] if role is not None else ROLES
    for name in (name for name in order if name not in taken):
        if (found := _known(name, piece, registry)) is not None:
            return place.with_role(name, found)
    return None


def _known(role: str, label: str, words: Vocabulary) -> str | None:
    """The label where it is a known name in a role (the baseline for "None"), else None."""
    if role == "intermediate":
        if names_no_task(label):
            return BASELINE
        known = words.find("intermediate", label) or words.find("multitask", label)
        return label if known else None
    if role == "metric":
        parts = [part.strip() for part in label.split("/")]
        return label if all(words.find("metric", part) for part in parts) else None
    if role == "language":
        return label if surely_language(words, label) else None
    if role == "target":
        return label if words.find("target", label) or words.find("benchmark", label) else None
    return label if words.find(role, label) else None
