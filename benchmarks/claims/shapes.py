"""Real tables of results, as the benchmark of edited evidence needs them: named lines, numbers, directions.

Numbers, names and directions are read here by code of its own, not by the code under test, so
that the answers the benchmark expects do not come from what it measures.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from claims.tables.layout import Grid, laid_out
from claims.tables.table import Line, Table

Place = tuple[int, int]
Numbers = Mapping[Place, Decimal]

TAG = re.compile(r"\[[A-Z ]+\]|<[^<>]+>")
NUMBER = re.compile(r"(?:\+ ?|- ?|− ?)?(\d+(?:\.\d+)?)(?=\s*%?\s*(?:\(?±\s*[\d.]+\)?)?$)")
HIGHER = frozenset(
    {
        "accuracy",
        "acc",
        "f1",
        "bleu",
        "rouge",
        "meteor",
        "recall",
        "precision",
        "auc",
        "map",
        "mrr",
        "cider",
        "spice",
        "nist",
        "ndcg",
        "correlations",
        "correlation",
        "exact_match",
    }
)
LOWER = frozenset({"perplexity", "ppl", "wer", "ser", "error", "errors", "rep↓", "missing", "wrong"})
SUMMED = frozenset({"average", "avg", "avg.", "mean", "overall", "total", "all"})
BOUND = frozenset({"human", "oracle", "upper", "gold"})
PLAIN = frozenset(
    {
        "a",
        "am",
        "an",
        "and",
        "as",
        "at",
        "be",
        "both",
        "by",
        "do",
        "for",
        "from",
        "he",
        "i",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "so",
        "than",
        "the",
        "to",
        "was",
        "we",
        "with",
    }
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table with what sentences may be made of.

    Attributes:
        grid: its texts. systems, places: names of the compared lines and of the lines that cross them.
        numbers: (system, place) → number. where: (system, place) → row and column of the grid.
        better: place → 1 higher is better, -1 lower is better, 0 not known.
        alike: whether all places print one measure, so that they may be counted and averaged.
        noun: what the places are, in the plural. metric: places whose name is a metric.
        complete: whether every system of the table is among them, as superlatives need.
        along: what the systems are values of ("Batch size"), with those values; None where they are none.
    """

    grid: Grid
    systems: tuple[str, ...]
    places: tuple[str, ...]
    numbers: Numbers
    where: Mapping[Place, tuple[int, int]]
    better: tuple[int, ...]
    alike: bool
    noun: str
    metric: frozenset[int]
    complete: bool
    along: tuple[str, tuple[float, ...]] | None

    def column(self, place: int) -> list[tuple[int, Decimal]]:
        """Systems with their numbers at one place."""
        return [(s, v) for (s, p), v in self.numbers.items() if p == place]

    def edited(self, changes: Mapping[Place, Decimal]) -> Grid:
        """The grid with some numbers replaced."""
        rows = [list(row) for row in self.grid.rows]
        for place, number in changes.items():
            row, column = self.where[place]
            plain = " ".join(TAG.sub(" ", rows[row][column]).split())
            rows[row][column] = NUMBER.sub(str(abs(number)), plain)
        return Grid(self.grid.caption, tuple(map(tuple, rows)), self.grid.depth)


def shape_of(grid: Grid) -> Shape | None:
    """What sentences may be made of a grid; None where fewer than two named lines cross."""
    width = max(map(len, grid.rows))
    grid = Grid(grid.caption, tuple((*row, *[""] * (width - len(row))) for row in grid.rows), grid.depth)
    table = laid_out(grid)
    if table.rows and table.rows[-1].number > len(grid.rows):
        return None
    rows, columns = _named(table.rows, table), _named(table.columns, table)
    numbers, where = {}, {}
    for i, (row, _) in enumerate(rows):
        for j, (column, _) in enumerate(columns):
            text = " ".join(TAG.sub(" ", grid.rows[row.number - 1][column.number - 1]).split())
            if NUMBER.fullmatch(text) or (NUMBER.match(text) and text[0].isdigit()):
                numbers[i, j] = Decimal(NUMBER.match(text)[1])  # type: ignore[index]
                where[i, j] = (row.number - 1, column.number - 1)
    ways = [[_way(name, grid.caption) for _, name in side] for side in (rows, columns)]
    turned = sum(_metric(name) for _, name in rows) > len(rows) / 2 and not any(_metric(name) for _, name in columns)
    systems, places, better = [n for _, n in rows], [n for _, n in columns], ways[1]
    if turned:
        systems, places, better = places, systems, ways[0]
        numbers = {(j, i): v for (i, j), v in numbers.items()}
        where = {(j, i): v for (i, j), v in where.items()}
    if len(systems) < 2 or not places or len(numbers) < 4:
        return None
    better = [
        way if _metric(name) or not _counts(numbers, p) else 0
        for p, (name, way) in enumerate(zip(places, better, strict=True))
    ]
    metric = frozenset(i for i, name in enumerate(places) if _metric(name))
    return Shape(
        grid, tuple(systems), tuple(places), numbers, where, tuple(better), _alike(places, better, numbers, table),
        "metrics" if len(metric) > len(places) / 2 else "datasets", metric,
        len(systems) == len(table.columns if turned else table.rows), _along(table, systems, turned),
    )  # fmt: skip


def _named(lines: Sequence[Line], table: Table) -> list[tuple[Line, str]]:
    """Lines with a name that no other line has as it is spoken."""
    last = Counter(_spoken(line.path[-1].text) for line in table.all_lines() if line.path)
    found = [(line, _name(line, last)) for line in lines if line.path]
    count = Counter(_spoken(name) for _, name in found)
    return [(line, name) for line, name in found if count[_spoken(name)] == 1 and _usable(name)]


def _name(line: Line, last: Mapping[str, int]) -> str:
    """The innermost header, with the one around it where it needs that; "" where a sentence would not name it so."""
    own = line.path[-1]
    if re.fullmatch(r"\d+(?:\.\d+)?", own.text):
        return f"{own.head} {own.text}" if own.head and len(line.path) == 1 else ""
    texts = [own.text] if last[_spoken(own.text)] == 1 else [part.text for part in line.path]
    if len(texts) > 2 or len(set(texts)) < len(texts) or any(text.isdigit() for text in texts):
        return ""
    return " ".join(re.sub(r"\b[a-z]+:\d\d\b", " ", " ".join(texts)).split())


def _spoken(name: str) -> str:
    """A name without the signs that nobody says."""
    return "".join(sign for sign in name.casefold() if sign.isalnum() or sign in "+−@")


def _usable(name: str) -> bool:
    words = name.casefold().split()
    letters = sum(sign.isalpha() for sign in name)
    spoken = letters > 1 or re.fullmatch(r"\w+\s*=\s*[\d.]+", name) is not None
    return spoken and len(words) <= 6 and len(name) <= 45 and name.casefold() not in PLAIN and "}" not in name


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w↓.]+", text.casefold()))


def _metric(name: str) -> bool:
    return bool(_words(name) & (HIGHER | LOWER))


def _way(name: str, caption: str) -> int:
    """Which way a place is better: its own name speaks before the caption; 0 where neither or both do."""
    for text in (name, caption):
        high, low = bool(_words(text) & HIGHER), bool(_words(text) & LOWER) or "↓" in text
        if high != low and not re.search(r"#|Δ|\btime\b|\bsize\b|\bparam|\bchange", text, re.IGNORECASE):
            return 1 if high else -1
        if high or low:
            return 0
        if re.search(r"#|Δ|\btime\b|\bsize\b|\bparam|\bn\b|diff", text, re.IGNORECASE):
            return 0
    return 0


def _counts(numbers: Numbers, place: int) -> bool:
    """Whether a place holds whole numbers only."""
    return all(v == v.to_integral_value() for (_, p), v in numbers.items() if p == place)


def _alike(places: Sequence[str], better: Sequence[int], numbers: Numbers, table: Table) -> bool:
    """Whether places can be counted: one direction throughout, no sum, every number of every system."""
    full = len(numbers) == len({s for s, _ in numbers}) * len(places) == len(table.cells)
    summed = any(_words(name) & SUMMED for name in places)
    return full and len(places) > 2 and len(set(better)) == 1 and better[0] != 0 and not summed


def _along(table: Table, systems: Sequence[str], turned: bool) -> tuple[str, tuple[float, ...]] | None:
    """What the systems are values of, where each name holds one number."""
    found = [re.fullmatch(r"([A-Za-z][A-Za-z ]*?)\s*(?:=|\s)\s*(\d+(?:\.\d+)?)", name) for name in systems]
    if turned or len(systems) != len(table.rows) or len(systems) < 3 or not all(found):
        return None
    if len({match[1] for match in found if match}) > 1:
        return None
    return str(found[0][1]), tuple(float(match[2]) for match in found if match)  # type: ignore[index]


def shapes(shared: Path) -> Iterator[Shape]:
    """The tables of papers, of a leaderboard and of published scores that lie in a folder."""
    for grid in (*_papers(shared), *_leaderboard(shared), *_published(shared)):
        if (shape := shape_of(grid)) is not None:
            yield shape


def _papers(shared: Path) -> Iterator[Grid]:
    seen = set()
    for entry in json.loads((shared / "claims/scitab_dev.json").read_text(encoding="utf-8")):
        rows = (tuple(entry["table_column_names"]), *map(tuple, entry["table_content_values"]))
        if rows not in seen:
            seen.add(rows)
            yield Grid(entry["table_caption"], rows)


def _leaderboard(shared: Path) -> Iterator[Grid]:
    """Scores of MTEB as accuracy in percent: models by languages, eight languages to a table."""
    scores: dict[str, dict[str, dict[str, str]]] = {}
    with (shared / "results/mteb/mteb_trim.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["split"] == "test" and row["main_score"]:
                model = row["model"].rpartition("/")[2]
                number = f"{100 * float(row['main_score']):.1f}"
                scores.setdefault(row["task"], {}).setdefault(model, {}).setdefault(row["subset"], number)
    for task, by_model in scores.items():
        languages = sorted(
            {x for row in by_model.values() for x in row if all(x in other for other in by_model.values())}
        )
        for start in range(0, min(len(languages), 24), 8):
            chosen = languages[start : start + 8]
            body = tuple((model, *(row[x] for x in chosen)) for model, row in by_model.items())
            if len(chosen) > 2:
                yield Grid(f"Accuracy on {task} by language", (("Model", *chosen), *body))


def _published(shared: Path) -> Iterator[Grid]:
    """Published scores: models by languages, one table to a target task, models without a gap only."""
    scores: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    with (shared / "facts/published_scores.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["language"] != "mean" and row["intermediate"] == "none":
                key = (row["target"], row["metric"])
                scores.setdefault(key, {}).setdefault(row["model"], {}).setdefault(row["language"], row["score"])
    for (target, metric), by_model in scores.items():
        most = max(map(len, by_model.values()))
        kept = {model: row for model, row in by_model.items() if len(row) == most}
        languages = [x for x in next(iter(kept.values())) if all(x in row for row in kept.values())]
        if len(kept) > 1 and len(languages) > 1:
            body = tuple((model, *(row[x] for x in languages)) for model, row in kept.items())
            yield Grid(f"{target}: {metric} by language", (("Model", *languages), *body))
