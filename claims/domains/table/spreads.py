"""Sentences about the spread of results, which a table may print in no line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.tables import Table
from analysis.tables.lexicon import lexicon


def speaks_of_spread(table: Table, words: Sequence[str]) -> bool:
    """Whether a sentence speaks of a standard deviation or the like that no line is named after.

    Args:
        table: whose cells may print it beside their number, as in "70.1 ± 2.0".
        words: of the sentence, folded.
    """
    said = f" {' '.join(words)} "
    spoken = [word for word in lexicon().kinds["error"] if word.isascii() and f" {word} " in said]
    lines = (*table.rows, *table.columns)
    if not spoken or any(line.kind == "error" for line in lines):
        return False
    return not any(word in label.casefold() for word in spoken for line in lines for label in line.labels)
