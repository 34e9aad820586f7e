"""From records in the files' words to rows of the results table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.importers.naming import NO_SIZE, Resolver
from analysis.importers.record import AGGREGATE, Given, Record
from analysis.importers.stated_spreads import FLOAT_NOISE, about_spreads, spread_columns
from analysis.registry.vocabulary import BASELINE, fold
from analysis.results.result_names import MEAN
from analysis.results.spreads import SPREADS, spread_of
from analysis.results.table import KEY, SPLIT_NAMES, SPLITS
from analysis.wording import counted

"""Columns that every score needs, and the option that sets each where the file does not."""

ITEMS = "items"
"""Key under which a row keeps the items of its score, beside the columns of the results table."""

STATED = ("model", "target", "language", "split", "intermediate", "intermediate_language", "method", "seed")
"""Columns that a file and the user may both set, and must then agree on."""

NEEDED = ("model", "target", "language", "split", "metric")
"""Columns that every score needs."""


@dataclass(slots=True)
class Gaps:
    """Gaps in the scores of one file, collected and reported at once.

    Attributes:
        missing: column → pointers of the scores without it. choices: column → values that would do, where known.
        conflicts: sentences.
        assumed: what was taken where nothing is stated, each with the option that says otherwise.
        filled: columns that some scores of the file state and others leave to an option.
    """

    missing: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, dict[str, None]] = field(default_factory=lambda: {"split": dict.fromkeys(SPLITS)})
    conflicts: dict[str, None] = field(default_factory=dict)
    assumed: dict[str, None] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()

    def faults(self) -> list[str]:
        """One sentence per column that is missing or contradicted; with the last, what would be assumed."""
        sentences = list(self.conflicts)
        for name, pointers in self.missing.items():
            first = counted(len(pointers), "score") + (f", first at {pointers[0]}" if pointers[0] else "")
            option = (
                f"give --assume {name}=…"
                if name != "scale"
                else "give --assume scale=100 (fractions of 1) or --assume scale=1 (points)"
            )
            choices = f" ({', '.join(self.choices[name])})" if self.choices.get(name) else ""
            sentences.append(f"the {name} is not stated ({first}); {option}{choices}")
        if len(self.missing) > 1:
            sentences[-1] += f"\n    all at once: --assume {','.join(f'{name}=…' for name in self.missing)}"
        return [*sentences[:-1], "\n    note: ".join((sentences[-1], *self.assumed))] if sentences else []


def rows_of(
    records: Sequence[Record],
    given: Given,
    resolve: Resolver,
    source: Mapping[str, str],
    defaults: Given,
    notes: list[str],
) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of the results table, and what is wrong with the file.

    Args:
        records: the scores of one file.
        given: what the user says of it.
        resolve: names → ids.
        source: file inside a folder ("" for the file itself) → "name#pointer" and hash, with `{}`
            for the pointer.
        defaults: what is assumed where neither file nor user says anything.
        notes: takes what was left out or assumed.
    """
    gaps = Gaps(filled=frozenset(name for name in STATED if any(_leaves_open(r, name) for r in records)))
    wanted = {fold(name) for name in given.only}
    rows, empty, others = [], 0, set()
    for record in records:
        if record.metric is not None and wanted and fold(record.metric) not in wanted:
            others.add(record.metric)
        elif math.isnan(record.score):
            empty += 1
        else:
            rows.append(_row(record, given, defaults, resolve, gaps))
            place = source[record.file].format(record.pointer) + (f" {record.remark}" if record.remark else "")
            rows[-1].setdefault("source", place)
            if record.items:
                rows[-1][ITEMS] = record.items
    if others:
        notes.append(f"metrics left out by --assume only=…: {', '.join(sorted(others))}")
    if empty:
        notes.append(f"NaN in place of a score was left out ({empty})")
    if rows and given.intermediate is None and any(record.intermediate is None for record in records):
        notes.append("no intermediate task is stated: taken as none (--assume intermediate=… says otherwise)")
    if unsized := sorted({row["model"].removesuffix(f" {NO_SIZE}") for row in rows if _has_no_size(row)}):
        notes.append(
            f"{', '.join(unsized)} may be any of its sizes and stands for itself (`import --names` says which)"
        )
    notes += [*gaps.assumed, *_assumed_language(rows), *about_spreads(rows)]
    if wanted and not rows:
        gaps.conflicts[
            f"no score of metric {', '.join(given.only)}; there are {', '.join(sorted(others)) or 'none'}"
        ] = None
    return rows, [*gaps.faults(), *_outside(rows, resolve)]


def _has_no_size(row: Mapping[str, Any]) -> bool:
    return str(row.get("model") or "").endswith(NO_SIZE)


def _row(record: Record, given: Given, defaults: Given, resolve: Resolver, gaps: Gaps) -> dict[str, Any]:
    values = {name: _agreed(name, record, given, resolve, gaps) for name in STATED}
    metric = _metric(record, given, defaults, values["target"], resolve, gaps)
    scales = (record.scale, given.scale, defaults.scale, _points_surely(record, metric, resolve))
    scale = next((scale for scale in scales if scale is not None), None)
    if scale is None:
        gaps.missing.setdefault("scale", []).append(record.pointer)
    points = 1.0 if scale is None else scale
    row: dict[str, Any] = {
        "study": given.study or record.study or defaults.study,
        "intermediate": BASELINE,
        "method": "plain",
        "intermediate_examples": record.intermediate_examples,
        "target_examples": record.target_examples,
        "perturbation": "none",
        "score": round(record.score * points, FLOAT_NOISE),
        "decimals": None if record.decimals is None else max(record.decimals - round(math.log10(points)), 0),
        "n_items": record.n_items,
        "provenance": "imported",
        **record.more,
        **{name: value for name, value in values.items() if value is not None},
        **spread_columns(record, given, points),
    }
    row["metric"] = metric
    for name, taken in (
        ("language", f"the {MEAN} over the target's languages"),
        ("model", f"{defaults.model!r}, as the file is named"),
    ):
        if row.get(name) is None and (value := getattr(defaults, name)) is not None:
            row[name] = value
            gaps.assumed[f"no {name} is stated: taken as {taken} (--assume {name}=… says otherwise)"] = None
    for name in NEEDED:
        if row.get(name) is None:
            gaps.missing.setdefault(name, []).append(record.pointer)
    return row


def _points_surely(record: Record, metric: str | None, resolve: Resolver) -> float | None:
    """1 where a score can only be points: above 1, of a metric that ends at 100."""
    known = resolve.words["metric"].get(metric or "")
    bounded = known is not None and known.facts.get("high") == FULL
    return 1.0 if bounded and 1 < abs(record.score) <= FULL else None


FULL = 100
"""The top of most metrics, in points."""


def _agreed(name: str, record: Record, given: Given, resolve: Resolver, gaps: Gaps) -> Any:
    """Value that file and user give a column, resolved; a contradiction is noted."""
    theirs, ours = getattr(record, name), getattr(given, name)
    if name == "split" and theirs is not None and ours is not None and not _is_split(theirs):
        gaps.assumed[f"unknown split {theirs!r}: taken as {ours!r}, as said"] = None
        theirs = None
    if name == "seed":
        stated, assumed = theirs, ours
    else:
        assumed = None if ours is None else _id(name, ours, resolve, gaps)
        if name == "model" and theirs is not None and assumed in resolve.sizes_of(theirs):
            return assumed
        stated = None if theirs is None else _theirs(name, theirs, record, resolve, gaps)
    if stated is not None and assumed is not None and stated != assumed:
        if name in gaps.filled:
            kept = f"{name} {theirs!r} is stated and was kept; --assume {name}={ours} is that of scores that state none"
            gaps.assumed[kept] = None
            return stated
        gaps.conflicts[
            f"says {name} {theirs!r}, and --assume {name}={ours}; leave it out, or map names with --names"
        ] = None
    return assumed if stated is None else stated


def _theirs(name: str, value: str, record: Record, resolve: Resolver, gaps: Gaps) -> str:
    """The id of a file's own name; the project's own tables name models by their ids."""
    own = "provenance" in record.more and record.more["provenance"] != AGGREGATE["provenance"]
    return resolve.model_of_file(value) if name == "model" and not own else _id(name, value, resolve, gaps)


def _id(name: str, value: str, resolve: Resolver, gaps: Gaps) -> str:
    if name == "split":
        if not _is_split(value):
            gaps.conflicts[f"unknown split {value!r}; give --assume split=… ({', '.join(SPLITS)})"] = None
        return SPLIT_NAMES.get(value.lower(), value.lower())
    return value if name == "method" else resolve("language" if name == "intermediate_language" else name, value)


def _leaves_open(record: Record, name: str) -> bool:
    """True if a record states no value of a column, or an unknown split."""
    value = getattr(record, name)
    return value is None or (name == "split" and not _is_split(value))


def _is_split(value: str) -> bool:
    return SPLIT_NAMES.get(value.lower(), value.lower()) in SPLITS


def _metric(
    record: Record, given: Given, defaults: Given, target: str | None, resolve: Resolver, gaps: Gaps
) -> str | None:
    """The metric a score states, else the target's only one, else the one given; of unknown targets a default."""
    if record.metric is not None:
        return resolve("metric", record.metric)
    known = resolve.words["target"].get(target or "")
    metrics = list(known.facts.get("metrics", ())) if known else []
    assumed = None if given.metric is None else resolve("metric", given.metric)
    if len(metrics) == 1:
        if assumed not in {None, metrics[0]}:
            gaps.assumed[f"{target} is scored by {metrics[0]}, so {given.metric!r} is not taken for it"] = None
        return str(metrics[0])
    if assumed is None:
        gaps.choices.setdefault("metric", {}).update(dict.fromkeys(map(str, metrics)))
    if assumed is None and not metrics and defaults.metric is not None:
        if target is None:
            return defaults.metric  # the target is asked for; it may have a metric
        gaps.assumed[f"no metric is stated: called {defaults.metric!r} (--assume metric=… says otherwise)"] = None
        return defaults.metric
    return assumed


def _outside(rows: Iterable[Mapping[str, Any]], resolve: Resolver) -> list[str]:
    """Scores that their metric cannot take, with their place."""
    faults = []
    for row in rows:
        entry = resolve.words["metric"].get(row["metric"] or "")
        facts = entry.facts if entry else {}
        low, high = facts.get("low", -math.inf), facts.get("high", math.inf)
        if not (math.isfinite(row["score"]) and low <= row["score"] <= high):
            faults.append(
                f"score {row['score']:g} of {row['source']} is outside {low} to {high} ({row['metric']}, in points)"
            )
    return faults


def _assumed_language(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """A note where intermediate data is taken as English."""
    silent = [row for row in rows if row["intermediate"] != BASELINE and row.get("intermediate_language") is None]
    if not silent:
        return []
    return ["the language of the intermediate data is not stated: taken as English (--assume intermediate_language=…)"]


def without_repetitions(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """Rows with each cell once; what was dropped, and where two sources contradict each other.

    The same cell with the same score is kept once; of one with two scores no row is kept, and it is a fault.
    """
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    same: list[str] = []
    faults: list[str] = []
    doubtful: set[tuple[Any, ...]] = set()
    for row in rows:
        key = tuple(row.get(name) for name in KEY)
        before = first.setdefault(key, row)
        if before is row:
            continue
        if before["score"] == row["score"] and _agree(before, row):
            before.update({name: row[name] for name in SPREADS if row.get(name) is not None})
            same.append(row["source"])
        elif _same_in_print(before, row):
            exact, rounded = sorted(
                (before, row), key=lambda one: math.inf if one["decimals"] is None else one["decimals"]
            )[::-1]
            first[key] = {**exact, **{name: exact.get(name, rounded.get(name)) for name in SPREADS if name in rounded}}
            same.append(rounded["source"])
        else:
            names = ("model", "intermediate", "target", "language", "split", "metric")
            cell = ", ".join(str(row.get(name, "not stated")) for name in names)
            doubtful.add(key)
            faults.append(
                f"{before['source']} and {row['source']} give {_said(before)} and {_said(row)} for the same "
                f"cell ({cell}); leave one out, or tell them apart with --assume study=… or --assume seed=…"
            )
    notes = [f"{len(same)} cells stand twice with the same score and were kept once (first: {same[0]})"] if same else []
    return [row for key, row in first.items() if key not in doubtful], notes, faults


def _same_in_print(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """True if one of two scores is the other one printed with fewer digits."""
    digits = [row["decimals"] for row in (first, second) if row.get("decimals") is not None]
    if not digits or first.get("decimals") == second.get("decimals") or not _agree(first, second):
        return False
    return bool(abs(first["score"] - second["score"]) <= 0.5 * 10 ** -min(digits) + 1e-9)


def _agree(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """True if two rows state no two values for one kind of spread."""
    pairs = ((first.get(name), second.get(name)) for name in SPREADS)
    return all(a is None or b is None or a == b for a, b in pairs)


def _said(row: Mapping[str, Any]) -> str:
    spread = spread_of(row)
    return f"{row['score']:g}" + (f" ({spread})" if spread else "")
