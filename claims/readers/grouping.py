"""Which lines of a wrapped table belong to one row.

Every row has one line that carries its values; whether that is the first, the last or the middle
line of the row depends on how the table was set. The way that fits is found by trying all three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.readers.values import Values


@dataclass(frozen=True, slots=True)
class TextRow:
    """A line of a table.

    Attributes:
        text: its part of the claim; empty on a line of values only.
        values: the marks and confidences it carries.
        line: where it stands in the file.
        apart: whether a blank line stands before it.
    """

    text: str
    values: Values = field(default_factory=dict)
    line: int = 0
    apart: bool = False


Group = Sequence[TextRow]


def group_lines(lines: Sequence[TextRow]) -> list[Group]:
    """The rows of a table, each with exactly one line of values; lines beyond the last row are left out."""
    carrying = [i for i, line in enumerate(lines) if line.values]
    if not carrying:
        return []
    apart = _by_blank_lines(lines)
    if apart:
        return apart
    ways = [way for way in (_top(lines, carrying), _bottom(lines, carrying), _middle(lines, carrying)) if way]
    return max(ways, key=_sentences) if ways else _bottom(lines, carrying)


def _by_blank_lines(lines: Sequence[TextRow]) -> list[Group]:
    """Rows as the blank lines part them; none where a part has several lines of values or none."""
    starts = [0, *(i for i, line in enumerate(lines) if line.apart and i)]
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    while parts and not any(line.values for line in parts[-1]):
        parts.pop()
    fits = all(sum(bool(line.values) for line in part) == 1 for part in parts)
    return list(parts) if fits and all(any(line.text for line in part) for part in parts) else []


def _top(lines: Sequence[TextRow], carrying: Sequence[int]) -> list[Group]:
    """Every row starts with its values; the last one ends at a blank line."""
    if carrying[0] != 0 or not all(lines[i].text for i in carrying):
        return []
    last = carrying[-1]
    end = next((i for i in range(last + 1, len(lines)) if lines[i].apart), len(lines))
    return [lines[a:b] for a, b in zip(carrying, [*carrying[1:], end], strict=True)]


def _bottom(lines: Sequence[TextRow], carrying: Sequence[int]) -> list[Group]:
    """Every row ends with its values."""
    starts = [0, *(i + 1 for i in carrying[:-1])]
    return [lines[a : b + 1] for a, b in zip(starts, carrying, strict=True)]


def _middle(lines: Sequence[TextRow], carrying: Sequence[int]) -> list[Group]:
    """Every row has as many lines above its values as below; that leaves no choice."""
    groups: list[Group] = []
    start = 0
    for i in carrying:
        end = i + (i - start) + 1
        if i < start or end > len(lines):
            return []
        groups.append(lines[start:end])
        start = end
    return groups


def _sentences(groups: Sequence[Group]) -> tuple[int, int]:
    """How well rows start and end where sentences do; of equals, the way that uses more lines."""
    score = 0
    for group in groups:
        text = " ".join(line.text for line in group if line.text)
        score += 1 if text[:1].isupper() or not text[:1].isalpha() else -2
        score += text[-1:] in ".!?"
    return score, sum(map(len, groups))
