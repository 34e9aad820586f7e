"""Texts and pairs of texts as rows of pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from runners.model.features import RaggedArray, ragged

if TYPE_CHECKING:
    from runners.model.subwords import Tokenizer


def paired(
    texts: Sequence[tuple[str, str | None]], tokenizer: Tokenizer, longest: int
) -> tuple[list[list[int]], RaggedArray | None]:
    """Rows of single texts (second is None) and pairs; each distinct text is encoded once.

    Returns:
        The rows, and the segments of their pieces where the model wants them.
    """
    distinct = list(dict.fromkeys(text for pair in texts for text in pair if text is not None))
    pieces = dict(zip(distinct, tokenizer.encode(distinct), strict=True))
    rows, segments = [], []
    for first, second in texts:
        if second is None:
            row = tokenizer.single(pieces[first], longest)
            begin = len(row)
        else:
            row, begin = tokenizer.pair(pieces[first], pieces[second], longest)
        rows.append(row)
        if tokenizer.segments:
            segments.append([0] * begin + [1] * (len(row) - begin))
    return rows, ragged(segments) if tokenizer.segments else None


def windows(length: int, room: int, step: int) -> list[tuple[int, int]]:
    """Parts of a long text that cover it, each beginning `step` after the one before.

    Args:
        length: pieces of the text.
        room: pieces of a part, 1 or more.
        step: 1 or more; of more than a part only the part is taken, so that nothing is left out.

    Returns:
        First piece and the piece after the last one, of each part.
    """
    found = [(0, min(room, length))]
    while found[-1][1] < length:
        first = found[-1][0] + min(step, room)
        found.append((first, min(first + room, length)))
    return found
