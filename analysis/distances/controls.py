"""Facts of languages that are held constant beside a distance, such as the size of the pretraining text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.distances.importing import language_code, read_table, to_numbers
from analysis.errors import InputError
from analysis.registry.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Controls:
    """Facts of languages, one number each.

    Attributes:
        values: name of the fact → language → value; a language without a value is absent.
        left_out: languages that are not used, and why.
    """

    values: Mapping[str, Mapping[str, float]]
    left_out: tuple[str, ...] = ()


def load_controls(path: Path, *, registry: Vocabulary | None = None) -> Controls:
    """Reads a table with a language in the first column and one fact in each other column.

    Args:
        path: .csv or .tsv; an empty cell, NA or -- is a missing value.
        registry: the vocabulary that languages are looked up in, with the world's; built-in by default.

    Raises:
        InputError: the file cannot be read, has no such columns, holds a cell that is no number,
            a language twice, or no language of the vocabulary.
    """
    frame = read_table(path)
    if frame.shape[1] < 2:
        raise InputError(str(path), "needs a column of languages and at least one column of numbers")
    known = registry or vocabulary()
    labels = frame.iloc[:, 0].astype(str)
    codes = labels.map({label: language_code(known, label) for label in labels.unique()})
    unknown = sorted(set(labels[codes.isna()]))
    if codes.isna().all():
        raise InputError(str(path), f"no language of the vocabulary in column {frame.columns[0]!r}")
    if (twice := codes[codes.notna() & codes.duplicated()]).size:
        raise InputError(str(path), f"language {twice.iloc[0]!r} stands in two rows")
    values = {}
    for name in frame.columns[1:]:
        numbers = to_numbers(path, frame[name], missing=MISSING)
        both = numbers.notna() & codes.notna()
        values[str(name)] = {str(c): float(v) for c, v in zip(codes[both], numbers[both], strict=True)}
    notes = [f"languages of {path.name} outside the vocabulary: {', '.join(unknown)}"] if unknown else []
    return Controls(values, tuple(notes))


MISSING = ("", "--", "nan", "NaN", "NA")
"""Spellings of a missing value; −1 is a number here."""
