"""Tables of results drawn at random: many shapes, with ties, gaps, averages and rows of changes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from made_table import MadeTable, Measure, Place

NAMES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("made_names.toml").read_text(encoding="utf-8"))
FRACTIONS = ("accuracy", "F1", "precision", "recall", "error rate")
"""Measures that are also written between 0 and 1."""
Cells = dict[tuple[str, Place], Decimal]


def make_table(shape: str, rng: Random) -> MadeTable:
    """A table of the given shape; see `SHAPES`."""
    return SHAPES[shape](rng)


def _measures(rng: Random, count: int) -> tuple[tuple[Measure, str], ...]:
    """Measures with the header each gets; an arrow tells the direction of one that nobody knows."""
    chosen = []
    arrows = rng.random() < 0.3
    for entry in rng.sample(NAMES["measures"], count):
        direction, header = int(entry["direction"]), str(rng.choice(entry["header"]))
        if not direction and arrows:
            direction = rng.choice((1, -1))
        if arrows:
            header += " ↑" if direction > 0 else " ↓"
        chosen.append((Measure(entry["name"], direction, entry["unit"], entry["article"]), header))
    return tuple(chosen)


def _known_measure(rng: Random) -> Measure:
    entry = rng.choice([entry for entry in NAMES["measures"] if entry["direction"]])
    return Measure(entry["name"], entry["direction"], entry["unit"], entry["article"])


def _bounds(measure: Measure) -> tuple[float, float]:
    entry = next(entry for entry in NAMES["measures"] if entry["name"] == measure.name)
    return entry["low"], entry["high"]


def _fill(systems: Sequence[str], places: Sequence[Place], decimals: int, rng: Random) -> Cells:
    """Numbers for every cell: systems differ more or less, some cells tie."""
    strength = {system: rng.gauss(0, 1) for system in systems}
    clear = rng.choice((0.2, 1.0, 4.0))
    cells: Cells = {}
    for place in places:
        low, high = _bounds(place.measure)
        middle, spread = rng.uniform(low + 0.3 * (high - low), high - 0.3 * (high - low)), (high - low) / 14
        sign = place.measure.direction or 1
        for system in systems:
            value = middle + spread * (rng.gauss(0, 1) + sign * clear * strength[system]) / (1 + 0.4 * clear)
            cells[system, place] = _rounded(min(max(value, low), high), decimals)
        if rng.random() < 0.2:
            one, other = rng.sample(list(systems), 2)
            cells[one, place] = cells[other, place]
    return cells


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals))


def _drop(cells: Cells, rng: Random, share: float = 0.25) -> Cells:
    """The cells, in some tables with one or two missing."""
    gone = set(rng.sample(sorted(cells, key=str), rng.randint(1, 2))) if rng.random() < share else set()
    return {key: value for key, value in cells.items() if key not in gone}


def _written(cells: Mapping[tuple[str, Place], Decimal], system: str, places: Sequence[Place], gap: str) -> list[str]:
    return [str(cells.get((system, place), gap)) for place in places]


def _plain(
    shape: str, caption: str, heads: Sequence[str], systems: Sequence[str], places: Sequence[Place], rng: Random,
    words: Mapping[str, str], change: str = "",
) -> MadeTable:  # fmt: skip
    """A table with one row a system and one column a place; `change` names a row of differences at the end."""
    decimals = rng.choice((0, 1, 1, 1, 2, 2, 3))
    cells = _fill(systems, places, decimals, rng)
    if decimals == 3 and all(place.measure.name in FRACTIONS for place in places):
        cells = {key: _rounded(value / 100, decimals) for key, value in cells.items()}
        words = {**words, "fraction": "yes"}
    cells = _drop(cells, rng)
    gap = str(rng.choice(NAMES["missing"]))
    rows = [[system, *_written(cells, system, places, gap)] for system in systems]
    full = len(cells) == len(systems) * len(places)
    if change and full:
        rows.append([change, *(f"{cells[systems[-1], place] - cells[systems[0], place]:+}" for place in places)])
    elif full and rng.random() < 0.25 and len(places) > 1 and len({place.measure for place in places}) == 1:
        heads = [*heads, rng.choice(("Avg.", "Average", "Mean"))]
        for row, system in zip(rows, systems, strict=True):
            total = sum((cells[system, place] for place in places), Decimal(0))
            row.append(str(_rounded(total / len(places), decimals)))
    written = tuple(tuple(row) for row in rows)
    return MadeTable(shape, caption, tuple(heads), written, tuple(systems), tuple(places), cells, decimals, words=words)


def _systems(rng: Random) -> list[str]:
    return rng.sample(NAMES["systems"], rng.randint(3, 7))


def datasets(rng: Random) -> MadeTable:
    """Systems by data sets, one measure that the caption names."""
    measure, sets = _known_measure(rng), rng.sample(NAMES["datasets"], rng.randint(3, 6))
    caption = rng.choice((
        f"Results on {len(sets)} data sets ({measure.name}).",
        f"Table 2: {measure.name} of all models.",
        f"{measure.name[0].upper()}{measure.name[1:]} on the test sets.",
    ))  # fmt: skip
    systems, places = _systems(rng), [Place(measure, name) for name in sets]
    change = f"Δ ({systems[-1]} − {systems[0]})" if rng.random() < 0.2 else ""
    words = {"places": rng.choice(("data sets", "datasets")), "place": "data set"}
    return _plain(
        "datasets", caption, [rng.choice(("Model", "", "System")), *sets], systems, places, rng, words, change
    )


def languages(rng: Random) -> MadeTable:
    """Systems by languages."""
    measure, names = _known_measure(rng), rng.sample(NAMES["languages"], rng.randint(4, 8))
    caption = f"{measure.name[0].upper()}{measure.name[1:]} per language."
    preposition = rng.choice(("on", "in", "for"))
    places = [Place(measure, name, preposition) for name in names]
    words = {"places": "languages", "place": "language"}
    return _plain("languages", caption, ["Model", *names], _systems(rng), places, rng, words)


def measures(rng: Random) -> MadeTable:
    """Systems by measures, higher and lower is better mixed."""
    chosen = _measures(rng, rng.randint(2, 5))
    caption = rng.choice(("Main results.", "Comparison of systems on the test set.", "Table 4: Results."))
    places = [Place(measure) for measure, _ in chosen]
    words = {"places": rng.choice(("measures", "metrics")), "place": "measure"}
    heads = [rng.choice(("Model", "Method", "")), *(header for _, header in chosen)]
    return _plain("measures", caption, heads, _systems(rng), places, rng, words)


def levels(rng: Random) -> MadeTable:
    """Systems by data sets and measures: two header levels, in HTML or joined in one header."""
    chosen, sets = _measures(rng, 2), rng.sample(NAMES["datasets"], rng.randint(2, 3))
    places = [Place(measure, name) for name in sets for measure, _ in chosen]
    joint = rng.choice((" / ", " ", "-"))
    heads = ["Model", *(f"{name}{joint}{header}" for name in sets for _, header in chosen)]
    made = _plain("levels", "Results by data set.", heads, _systems(rng), places, rng, {"places": "", "place": ""})
    if rng.random() < 0.5:
        return made
    top = "".join(f'<th colspan="{len(chosen)}">{name}</th>' for name in sets)
    low = "".join(f"<th>{header}</th>" for _ in sets for _, header in chosen)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in made.rows)
    html = (
        f'<table><caption>{made.caption}</caption><thead><tr><th rowspan="2">Model</th>{top}</tr><tr>{low}</tr></thead>'
        f"<tbody>{body}</tbody></table>\n"
    )
    return _with(made, html=html)


def ablation(rng: Random) -> MadeTable:
    """A full model and rows that take one part away, or a base and rows that add one."""
    adds = rng.random() < 0.3
    parts = rng.sample(NAMES["parts"], rng.randint(3, 5))
    sign = "+ " if adds else rng.choice(("− ", "- ", "w/o "))
    base = "Base" if adds else "Full model"
    chosen = _measures(rng, rng.randint(1, 3))
    places = [Place(measure) for measure, _ in chosen]
    systems = [base, *(sign + part for part in parts)]
    heads = [rng.choice(("Variant", "Model", "")), *(header for _, header in chosen)]
    words = {"adds": "yes" if adds else "", "sign": sign, "base": base, "places": "measures", "place": "measure"}
    return _plain("ablation", "Ablation study.", heads, systems, places, rng, words)


def sizes(rng: Random) -> MadeTable:
    """Systems with their parameters or training time beside the measures."""
    made = measures(rng)
    head, of = rng.choice(
        (("Parameters (M)", "parameters"), ("Params (M)", "parameters"), ("Training time (h)", "hours"))
    )
    counts = rng.sample((5, 11, 23, 48, 66, 110, 125, 220, 340, 355, 770), len(made.systems))
    rows = tuple((row[0], str(count), *row[1:]) for row, count in zip(made.rows, counts, strict=True))
    axis = {system: Decimal(count) for system, count in zip(made.systems, counts, strict=True)}
    heads = (made.columns[0], head, *made.columns[1:])
    words = {**made.words, "of": of}
    return _with(made, shape="sizes", columns=heads, rows=rows, axis=axis, words=words)


def curve(rng: Random) -> MadeTable:
    """Rows ordered by a number, such as the count of training examples; one row a setting."""
    count = rng.randint(5, 7)
    head, of, numbers = rng.choice((
        ("Training examples", "training examples", (500, 1000, 2000, 5000, 10000, 20000, 50000)),
        ("Layers", "layers", (2, 3, 4, 6, 8, 10, 12)),
        ("Epochs", "epochs", (2, 3, 4, 5, 10, 15, 20)),
    ))  # fmt: skip
    chosen = _measures(rng, rng.randint(1, 3))
    settings = [str(number) for number in numbers[:count]]
    places = [Place(measure) for measure, _ in chosen]
    decimals = rng.choice((1, 2))
    cells = _fill(settings, places, decimals, rng)
    for place in places:  # many curves rise or fall all along, which chance alone never gives
        trend = rng.choice((0, 1, -1))
        ordered = sorted((cells[setting, place] for setting in settings), reverse=trend < 0)
        if trend:
            cells.update({(setting, place): value for setting, value in zip(settings, ordered, strict=True)})
    rows = tuple((setting, *_written(cells, setting, places, "")) for setting in settings)
    axis = {setting: Decimal(setting) for setting in settings}
    heads = (head, *(header for _, header in chosen))
    words = {"of": of, "places": "measures", "place": "measure"}
    caption = f"Effect of the number of {of}."
    return MadeTable("curve", caption, heads, rows, tuple(settings), tuple(places), cells, decimals, axis, words)


def matrix(rng: Random) -> MadeTable:
    """Sources by targets with the same names on both axes; the axes are named in the header, the caption or nowhere."""
    of = rng.choice(("languages", "sources"))
    names = rng.sample(NAMES[of], rng.randint(4, 6))
    measure = _known_measure(rng)
    places = [Place(measure, name) for name in names]
    decimals = rng.choice((1, 1, 2))
    cells = _fill(names, places, decimals, rng)
    diagonal = rng.random() < 0.5
    kept = {key: value for key, value in cells.items() if diagonal or key[0] != key[1].where}
    named = rng.choice(("header", "caption", "nowhere"))
    caption = f"Transfer between {of if of == 'languages' else 'tasks'} ({measure.name})."
    if named == "caption":
        caption += " Rows are the sources, columns are the targets."
    rows = tuple((name, *_written(kept, name, places, "–")) for name in names)
    heads = (rng.choice(("Source \\ Target", "Source ↓ / Target →")) if named == "header" else "", *names)
    word = "languages" if of == "languages" else "tasks"
    words = {"places": word, "place": word[:-1]}
    return MadeTable(
        "matrix", caption, heads, rows, tuple(names), tuple(places), kept, decimals, words=words,
        mirrored=named == "nowhere",
    )  # fmt: skip


def _with(table: MadeTable, **changes: Any) -> MadeTable:
    from dataclasses import replace

    return replace(table, **changes)


SHAPES: dict[str, Callable[[Random], MadeTable]] = {
    "datasets": datasets,
    "languages": languages,
    "measures": measures,
    "levels": levels,
    "ablation": ablation,
    "sizes": sizes,
    "curve": curve,
    "matrix": matrix,
}
