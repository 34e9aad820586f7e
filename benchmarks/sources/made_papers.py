"""Made-up papers with tables, as data: what every writer here prints and what must be read again."""

from __future__ import annotations

import random
from dataclasses import dataclass

MODELS = (
    "Alpha", "Beta-2", "mT5 (base)", "XLM-R Large", "Our Best Model", "Drift (Moor, 2021)", "Tern + warm-up", "Gull",
    "Sandpiper-7B", "– without Counting",
)  # fmt: skip
SETS = ("Quay", "PAWS-X", "Reef", "Cape", "Shoal", "XQuAD", "Firth", "NLI", "Sound (F1)", "Bay", "Inlet")
GROUPS = ("Dev", "Test", "Zero-shot", "Fine-tuned", "Harbours")
PARTS = ("One warm-up task", "All tasks together", "Large models", "Without pretraining")
LANGUAGES = ("Finnish", "Swahili", "Basque", "Thai", "Urdu", "Old Norse")
WORDS = (
    "first", "effect", "model", "harbour", "tide", "reading", "score", "figure",
    "baseline", "different", "efficient", "training", "language", "transfer", "warm", "up",
    "task", "improves", "over", "average", "table", "between", "several", "small",
    "large", "waters", "suffices", "official", "coefficient", "specified",
)  # fmt: skip
DASH = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, whether it is bold, and a mark of a footnote behind it."""

    text: str
    bold: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A table.

    Attributes:
        caption: without the label. header: rows of (text, columns that it stands over).
        body: rows of cells, or one cell alone, which is a heading of the rows below it.
        words: how many columns at the left hold words. wide: whether it is as wide as two columns of text.
    """

    caption: str
    header: tuple[tuple[tuple[str, int], ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    words: int = 1
    wide: bool = False

    @property
    def width(self) -> int:
        """The number of its columns."""
        return len(self.header[-1])

    def grid(self) -> list[list[str]]:
        """Its cells as they must be read, bold and marks left out."""
        rows = [[text for text, span in row for _ in range(span)] for row in self.header]
        rows += [[cell.text for cell in row] + [""] * (self.width - len(row)) for row in self.body]
        return rows


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper: its title, and sections of (heading, paragraphs, tables)."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...], tuple[Made, ...]], ...]

    @property
    def tables(self) -> list[Made]:
        """All its tables, in order."""
        return [table for _, _, tables in self.sections for table in tables]


def paper(seed: int) -> MadePaper:
    """A paper; the same seed gives the same one."""
    chance = random.Random(seed)
    tables = [_table(chance, kind) for kind in chance.sample(KINDS, 3)]
    heads = ("Abstract", "Introduction", "Results", "Analysis", "Conclusion")
    held = ((), (), tuple(tables[:2]), tuple(tables[2:]), ())
    sections = tuple(
        (head, tuple(_paragraph(chance) for _ in range(1 if head == "Abstract" else 3)), inside)
        for head, inside in zip(heads, held, strict=True)
    )
    return MadePaper("Warm-Up Tasks for Reading Tide Tables", sections)


def _paragraph(chance: random.Random) -> str:
    sentences = [" ".join(chance.choices(WORDS, k=chance.randint(7, 16))).capitalize() + "." for _ in range(6)]
    sentences[2] = f"The model gains {chance.uniform(0, 9):.1f} points on {chance.choice(SETS)}."
    return " ".join(sentences)


def _score(chance: random.Random) -> str:
    return f"{chance.uniform(20, 99):.1f}"


def _best(rows: list[list[Cell]], first: int) -> None:
    """Sets the highest number of each column in bold."""
    for column in range(first, max(map(len, rows))):
        numbers = [
            (float(row[column].text), n)
            for n, row in enumerate(rows)
            if len(row) > column and row[column].text.replace(".", "", 1).isdigit()
        ]
        if numbers:
            _, n = max(numbers)
            rows[n][column] = Cell(rows[n][column].text, bold=True)


def _plain(chance: random.Random) -> Made:
    sets = chance.sample(SETS, chance.randint(3, 5))
    rows = [[Cell(name), *(Cell(_score(chance)) for _ in sets)] for name in chance.sample(MODELS, chance.randint(4, 7))]
    if chance.random() < 0.5:
        rows[1][2] = Cell(DASH)
    _best(rows, 1)
    return Made("Scores of models on test sets.", ((("Model", 1), *((s, 1) for s in sets)),), _rows(rows))


def _grouped(chance: random.Random) -> Made:
    each = chance.choice((2, 3))
    groups = chance.sample(GROUPS, 2)
    sets = chance.sample(SETS, each)
    rows = [[Cell(name), *(Cell(_score(chance)) for _ in range(2 * each))] for name in chance.sample(MODELS, 6)]
    _best(rows, 1)
    body = [*rows[:3], [Cell(PARTS[1])], *rows[3:]]
    if chance.random() < 0.5:
        body.insert(0, [Cell(PARTS[0])])
    over = (("", 1), *((group, each) for group in groups))
    under = (("Model", 1), *((s, 1) for _ in groups for s in sets))
    return Made("Scores by setting; the best are bold.", (over, under), _rows(body), wide=each == 3)


def _spreads(chance: random.Random) -> Made:
    sets = chance.sample(SETS, 3)
    rows = []
    for n, name in enumerate(chance.sample(MODELS, 5)):
        cells = [Cell(f"{_score(chance)} ± {chance.uniform(0.1, 2):.1f}", mark="†" if n == 2 else "") for _ in sets[:2]]
        rows.append(
            [Cell(name), *cells, Cell(f"{_score(chance)} / {_score(chance)}"), Cell(f"{chance.randint(1, 20)}")]
        )
    head = (("Model", 1), *((s, 1) for s in sets), ("Runs", 1))
    return Made("Means and standard deviations over runs.", (head,), _rows(rows), wide=True)


def _gains(chance: random.Random) -> Made:
    sets = chance.sample(SETS, 4)
    rows = []
    for name in chance.sample(MODELS, 5):
        gains = [chance.uniform(-3, 9) for _ in sets]
        rows.append([Cell(name), *(Cell(f"{gain:+.1f}") for gain in gains), Cell(f"{sum(gains) / 4:+.1f}")])
    head = (("Task", 1), *((s, 1) for s in sets), ("Avg.", 1))
    return Made("Gains over the baseline in points.", (head,), _rows(rows))


def _worded(chance: random.Random) -> Made:
    rows = [
        [Cell(language), Cell(chance.choice(MODELS)), Cell(f"{chance.randint(1000, 400000):,}"),
         Cell(f"{chance.uniform(1, 90):.0f}%"), Cell(_score(chance))]
        for language in chance.sample(LANGUAGES, 5)
    ]  # fmt: skip
    head = (("Language", 1), ("Model", 1), ("Examples", 1), ("Share", 1), ("F1", 1))
    return Made("Data and scores by language.", (head,), _rows(rows), words=2, wide=True)


def _holes(chance: random.Random) -> Made:
    sets = chance.sample(SETS, 4)
    rows = [[Cell(name), *(Cell(_score(chance)) for _ in sets)] for name in chance.sample(MODELS, 6)]
    for n, row in enumerate(rows):
        row[1 + n % 4] = Cell("")
    return Made("Scores where they were measured.", ((("", 1), *((s, 1) for s in sets)),), _rows(rows))


def _rows(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(map(tuple, rows))


KINDS = (_plain, _grouped, _spreads, _gains, _worded, _holes)


def _table(chance: random.Random, kind: object) -> Made:
    made = kind(chance)  # type: ignore[operator]
    assert isinstance(made, Made)
    return made
