"""Choices for names that stand on both axes of a table: "Danish" may be the row Danish or the column Danish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from claims.domains.table.cell_facts import said_line, value_fact
from claims.domains.table.names import NameIndex
from claims.domains.table.one_sided import Choice, first_read
from claims.language.tokens import Token


class Crossing(NamedTuple):
    """A name as written, with the one row and the one column that it may stand for."""

    text: str
    row: int
    column: int


def crossings(tokens: Sequence[Token], index: NameIndex) -> list[Crossing]:
    """The names of a sentence that stand for a row and for a column, in their order, each once."""
    found: dict[str, Crossing] = {}
    for edge in index.edges(tokens):
        whole = [ref for ref in edge.value if ref.kind == "lines" and ref.share == 1] if edge.symbol == "NAME" else []
        on = {ref.axis: sorted(ref.lines) for ref in whole}
        if [len(on.get("row", ())), len(on.get("column", ()))] == [1, 1]:
            text = " ".join(token.text for token in tokens[edge.start : edge.end])
            found.setdefault(text, Crossing(text, on["row"][0], on["column"][0]))
    return list(found.values())


def crossed(
    index: NameIndex, names: Sequence[Crossing], numbers: Sequence[str], reads: Callable[[str], bool]
) -> Iterator[Choice]:
    """A number of the sentence as the value of one name's row on the other's column, in both ways; of one, on itself.

    Args:
        index: the names of the table.
        names: that stand on both axes.
        numbers: of the sentence, those that may be a value.
        reads: whether a sentence is read whole.
    """
    pairs = [(names[0], names[1]), (names[1], names[0])] if len(names) > 1 else [(one, one) for one in names]
    for one, other in pairs if numbers else ():
        row = said_line(index.lines, "row", one.row, one.text)
        column = said_line(index.lines, "column", other.column, other.text)
        text = first_read(value_fact(index.lines, "row", row, column, numbers[0]), reads)
        if text:
            yield text, (row.ways[0], column.ways[0])
