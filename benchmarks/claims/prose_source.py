"""Claims over invented tables in the wording of papers: reads `prose/*.md`, checks every label, writes `prose.jsonl`.

```
python benchmarks/claims/prose_source.py           refuses a label that its check contradicts, then writes prose.jsonl
```

A file holds tables, each under a heading of level two: lines `labels: N` (leading columns that name a row, one where
none is given) and `header: N` (lines of the header), `Caption: ...`, the table, then its claims. `+` marks a claim
that the table supports, `-` one that it refutes, `?` one that it cannot decide; a `-` right under a `+` is a
minimal change of it. The line in backquotes under a claim is its check, a Python expression over the cells: true for
`+`, false for `-`, and for `?` true where what the claim needs is absent. Systems, data sets and numbers are made up.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import InputError

FOLDER = Path(__file__).with_name("prose")
WRITTEN = Path(__file__).with_name("prose.jsonl")
LABELS = {"+": "supports", "-": "refutes", "?": "not enough info"}
NUMBER = re.compile(r"[-−–]?\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(slots=True)
class Grid:
    """One table of a source file, with its claims as (mark, sentence, check)."""

    name: str
    caption: str = ""
    labels: int = 1
    header: int = 1
    lines: list[list[str]] = field(default_factory=list)
    claims: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def table(self) -> dict[str, Any]:
        """The table as the batch door takes it."""
        return {"caption": self.caption, "columns": self.lines[0], "rows": self.lines[1:]}

    def columns(self) -> list[str]:
        """Names of the columns that are no labels; levels of the header are joined by a slash."""
        return [
            "/".join(parts) for parts in zip(*(line[self.labels :] for line in self.lines[: self.header]), strict=True)
        ]

    def cells(self) -> dict[str, dict[str, str]]:
        """Row label to column to text; an empty first label is that of the row above."""
        found: dict[str, dict[str, str]] = {}
        above = ""
        for line in self.lines[self.header :]:
            above = line[0] or above
            label = "/".join([above, *line[1 : self.labels]])
            if label in found:
                raise InputError(self.name, f"two rows are called {label!r}")
            found[label] = dict(zip(self.columns(), line[self.labels :], strict=True))
        return found


def number(text: str) -> float:
    """The first number of a cell.

    Raises:
        ValueError: the cell holds none.
    """
    found = NUMBER.search(text)
    if found is None:
        raise ValueError(f"no number in {text!r}")
    return float(found[0].replace(",", "").replace("−", "-").replace("–", "-"))


def names(grid: Grid) -> dict[str, Any]:
    """The names that a check may speak of."""
    cells = grid.cells()
    text = json.dumps(grid.table, ensure_ascii=False).casefold()

    def v(row: str, column: str) -> float:
        return number(cells[row][column])

    def col(column: str, *without: str) -> dict[str, float]:
        return {r: number(c[column]) for r, c in cells.items() if r not in without and NUMBER.search(c[column])}

    def row(label: str, *without: str) -> dict[str, float]:
        return {c: number(t) for c, t in cells[label].items() if c not in without and NUMBER.search(t)}

    def top(values: dict[str, float]) -> str:
        best = [k for k, value in values.items() if value == max(values.values())]
        return best[0] if len(best) == 1 else ""

    def low(values: dict[str, float]) -> str:
        return top({k: -value for k, value in values.items()})

    def near(left: float, right: float, by: float = 1e-6) -> bool:
        return abs(left - right) <= by

    def absent(*words: str) -> bool:
        return not any(word.casefold() in text for word in words)

    def t(row: str, column: str) -> str:
        return cells[row][column]

    return {
        **{f.__name__: f for f in (v, t, col, row, top, low, near, absent)},
        "rows": list(cells),
        "cols": grid.columns(),
    }


def read(path: Path) -> Iterator[Grid]:
    """The tables of one source file."""
    for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = part.splitlines()
        grid = Grid(f"{path.name}: {name}")
        for line in lines:
            if told := re.match(r"(labels|header): (\d)$", line):
                setattr(grid, told[1], int(told[2]))
            elif line.startswith("Caption: "):
                grid.caption = line.removeprefix("Caption: ")
            elif line.startswith("|"):
                if set(line) - set("|- "):
                    grid.lines.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            elif line[:2] in ("+ ", "- ", "? "):
                grid.claims.append((line[0], line[2:].strip(), ""))
            elif line.startswith("  `"):
                mark, sentence, _ = grid.claims.pop()
                grid.claims.append((mark, sentence, line.strip().strip("`")))
            elif line.strip():
                raise InputError(grid.name, f"cannot read the line {line!r}")
        yield grid


def faults(grid: Grid) -> Iterator[str]:
    """Labels that a check contradicts, and claims that lack one."""
    known = names(grid)
    for mark, sentence, check in grid.claims:
        try:
            truth = eval(check, dict(known)) if check else None
        except (KeyError, ValueError, NameError, SyntaxError, TypeError) as error:
            yield f"{grid.name}: {sentence}: the check fails with {error!r}"
            continue
        if truth is not (mark != "-"):
            yield f"{grid.name}: {sentence}: marked {mark} and the check gives {truth}"


def records(grids: list[Grid]) -> Iterator[dict[str, Any]]:
    """Lines of the set; a refuted claim and the supported one it was made from share `pair`."""
    for grid in grids:
        pair = ""
        for place, (mark, sentence, _) in enumerate(grid.claims):
            if mark != "-":
                pair = f"{grid.name} {place}" if mark == "+" else ""
            yield {"claim": sentence, "label": LABELS[mark], "pair": pair, "table": grid.table}


def main() -> None:
    grids = [grid for path in sorted(FOLDER.glob("*.md")) for grid in read(path)]
    wrong = [fault for grid in grids for fault in faults(grid)]
    if wrong:
        raise SystemExit("\n".join(wrong))
    written = list(records(grids))
    WRITTEN.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in written), encoding="utf-8")
    print(f"{len(grids)} tables, {len(written)} claims: {dict(Counter(r['label'] for r in written))}")


if __name__ == "__main__":
    main()
