"""Kinds of rows and columns: a system, a data set, a measure, a setting, a change."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.tables.lexicon import BRACKETS, TableLexicon, lexicon, tokens
from analysis.tables.measures import measure_of, unit_of
from analysis.tables.model import Kind, Measure
from analysis.tables.shapes import is_number, share

NAME = r"[\s{(\[]*[^\W\d_]|\s*\{"
TAKEN_AWAY = re.compile(
    rf"(?:[-−–‐]\s*(?={NAME})|w/o\.?\s+|without\s+|no\s+(?=\w)|minus\s+|excluding\s+|excl\.\s+|removing\s+|remove\s+)",
    re.IGNORECASE,
)
TAKEN_INSIDE = re.compile(r"(?P<whole>.+?)\s+(?:w/o\.?|without|minus|[-−–])\s+(?P<part>\S.*)", re.IGNORECASE)
ADDED = re.compile(r"(?:\+\s*(?=[\w({\[])|w/\s+(?=\w)|with\s+(?=\w)|&\s+(?=\w))", re.IGNORECASE)
CHANGE = re.compile(r"(?:cmp\.?|compared (?:to|with)|vs\.?|versus|over|Δ|∆|relative to|w\.?r\.?t\.?)\s", re.IGNORECASE)
TRAILED = re.compile(r"[\s:.,;*†‡]+$")
TIMED = re.compile(
    r"\s[(\[]\s*(?:in\s+)?(?:s|ms|sec|secs|min|mins|minutes|hours?|hrs?|h|seconds|days)\.?\s*[)\]]", re.IGNORECASE
)
CODE = re.compile(r"[a-z]{2}")
"""A code of two letters; among languages one that the registry lacks is a language too."""
SURE = re.compile(r"[%s$€]|\S{2,}")
"""Units that are no letter of an enumeration."""
PLACES = frozenset({"dataset", "language", "measure", "aggregate"})
COUNTED = re.compile(r"(?:^|\s)#\s?\w+(?:\s\w+)?$")
COUNTING = ("number of ", "no. of ", "num. ", "# ", "total number", "num ")
LIMITS: tuple[Kind, ...] = ("human", "bound")
SIZED: tuple[Kind, ...] = ("size", "count")
NAMED = frozenset({"system", "dataset", "language"})
"""Headers of levels whose labels are names, whatever words they have."""
ALL = frozenset({"all", "full", "joint", "combined", "median"})
"""Words that name a sum of the other lines, or a system or place that takes everything in."""
CONTENT = re.compile(r"\d\s*(?:mol|wt|vol|at)\.?\s?-?%\s*$")
"""A share of a substance in a label: "KI 5 mol%"."""
PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?\s?%?")
FEW = 3
LONGEST = 200
"""Lines of a group that are searched for one that is named full."""


@dataclass(frozen=True, slots=True)
class Side:
    """Evidence for the kinds of an axis' lines.

    Attributes:
        labels: of every line. own: the innermost label of every line.
        wholes: outer labels → the lines under them, in order, that are no variant of another line.
        level: the header of the innermost label level. cells: the filled cells of every line.
        beside: folded words that stand beside the lines' names. aliases: abbreviation → expansion.
        of_metrics: whether the caption measures measures.
        alike: label → the label that stands for it, see `representatives`.
    """

    labels: Sequence[tuple[str, ...]]
    own: Sequence[str]
    wholes: Mapping[tuple[str, ...], Sequence[int]]
    level: str
    cells: Sequence[Sequence[str]]
    beside: frozenset[str]
    aliases: Mapping[str, str]
    of_metrics: bool = False
    alike: Mapping[str, str] = field(default_factory=dict)


def wholes_of(
    labels: Sequence[tuple[str, ...]], own: Sequence[str], alike: Mapping[str, str]
) -> dict[tuple[str, ...], list[int]]:
    """Outer labels → the lines under them, in order, whose own label takes nothing away and adds nothing."""
    whole = {text: not _is_varied(text) for text in {alike.get(text, text) for text in own}}
    found: dict[tuple[str, ...], list[int]] = {}
    for i, text in enumerate(own):
        if text and whole[alike.get(text, text)]:
            found.setdefault(labels[i][:-1], []).append(i)
    return found


def kinds_of(side: Side) -> list[tuple[Kind, Measure | None]]:
    """Kind and measure of every line of an axis; "unknown" where only the other axis could tell."""
    words = lexicon()
    level = words.level_kind(side.level)
    found = _told(side, level, words)
    found = (
        found
        if len(found) > LONGEST
        else [
            ("aggregate", measure) if kind == "unknown" and _sums_up(text, side.own, words) else (kind, measure)
            for text, (kind, measure) in zip(side.own, found, strict=True)
        ]
    )
    found = [("unknown", None) if _sums_up_nothing(i, side, found) else told for i, told in enumerate(found)]
    languages = _languages(side, [kind for kind, _ in found], words)
    measured = {measure.name for kind, measure in found if measure}
    return [
        ("language", None)
        if languages[i] and kind not in {"aggregate", "measure"}
        else _aggregated(text, kind, measure, len(found), measured, words)
        for i, (text, (kind, measure)) in enumerate(zip(side.own, found, strict=True))
    ]


def _is_varied(text: str) -> bool:
    """True if a label begins as one that takes something away or adds something."""
    return TAKEN_AWAY.match(text) is not None or ADDED.match(text) is not None


def _told(side: Side, level: Kind | None, words: TableLexicon) -> list[tuple[Kind, Measure | None]]:
    """Kind and measure of every line by its words; lines that are alike are told once where nothing else counts."""
    named = level in NAMED
    known: dict[str, tuple[Kind, Measure | None]] = {}
    found: list[tuple[Kind, Measure | None]] = []
    for i, text in enumerate(side.own):
        like = side.alike.get(text, text) if named or not side.cells[i] else ""
        told = known.get(like)
        if told is None:
            told = _of_words(text, i, side, level, words)
            if like and told[1] is None and not _is_varied(text):
                known[like] = told
        found.append(told)
    return found


def _languages(side: Side, kinds: Sequence[Kind], words: TableLexicon) -> list[bool]:
    """Finds lines that are languages; codes count only where the other lines are languages too."""
    own = side.own
    known = {text: words.language(text) for text in {side.alike.get(text, text) for text in own}}
    spoken = {text: known[side.alike.get(text, text)] for text in own}
    told = {text for text, is_one in spoken.items() if is_one}
    rest = {text for text, kind in zip(own, kinds, strict=True) if kind in {"unknown", "system", "dataset"}} - told
    sure = any(len(text) > FEW for text in told)
    lower = any(text.islower() for text in told)
    codes = sum(CODE.fullmatch(text) is not None for text in spoken)
    enough = len(told) >= (1 if sure or (lower and codes > 1) else 2 if lower else FEW)
    if not enough or len(rest) > (max(len(told), 2 * lower) / 2 if sure or lower else 0):
        return [False] * len(own)
    return [spoken[text] or (lower and CODE.fullmatch(text) is not None) for text in own]


def _aggregated(
    text: str, kind: Kind, measure: Measure | None, count: int, measured: set[str], words: TableLexicon
) -> tuple[Kind, Measure | None]:
    """The kind of a line like "Avg. F1": beside other lines of F1 their mean, alone a measure."""
    if kind == "measure" and count > FEW and len(measured) == 1:
        rest = [word for word in tokens(BRACKETS.sub(" ", text)) if word not in words.kinds["aggregate"]]
        named = words.measures.get(" ".join(rest))
        if named and len(rest) < len(tokens(BRACKETS.sub(" ", text))):
            return "aggregate", measure
    return kind, measure


def _sums_up(text: str, own: Sequence[str], words: TableLexicon) -> bool:
    """True if a label ends in an aggregate's word behind what other labels begin with: "dev en", "dev avg"."""
    start, _, last = text.rpartition(" ")
    return (
        bool(start)
        and last.casefold() in words.kinds["aggregate"]
        and any(other != text and other.startswith(f"{start} ") for other in own)
    )


def _sums_up_nothing(i: int, side: Side, found: Sequence[tuple[Kind, Measure | None]]) -> bool:
    """True if a line called "all" holds numbers that neither lie among the others' nor are their sum."""
    if found[i][0] != "aggregate" or not ALL.intersection(tokens(side.own[i])):
        return False
    own = _numbers(side.cells[i])
    lines = zip(side.cells, found, strict=True)
    others = [_numbers(cells) for cells, (kind, _) in lines if kind != "aggregate" and len(cells) == len(own)]
    if len(others) < FEW - 1:
        return False
    return any(
        not min(column) <= value <= max(column) and abs(value - sum(column)) > abs(value) / 50
        for value, *column in zip(own, *others, strict=True)
        if not any(map(math.isnan, (value, *column)))
    )


def _numbers(cells: Sequence[str]) -> list[float]:
    return [float(cell.rstrip("% ")) if PLAIN.fullmatch(cell) else math.nan for cell in cells]


def _of_words(text: str, i: int, side: Side, level: Kind | None, words: TableLexicon) -> tuple[Kind, Measure | None]:
    folded = TRAILED.sub("", text).casefold()
    bare = TRAILED.sub("", BRACKETS.sub(" ", text)).strip().casefold()
    if not folded:
        return "unknown", None
    if (varied := _variant(text, i, side, level, words)) is not None:
        return varied, None
    if _says_change(text, bare, level, words):
        return "change", None
    for kind in LIMITS:
        if {folded, bare} & words.kinds[kind]:
            return kind, None
    if _is_aggregate(text, words) and not (level == "system" and bare in words.full):
        return "aggregate", None
    if level == "system" and {bare, f"{bare}."} & (words.kinds["error"] | words.of_judgements):
        return "error", None
    if level in NAMED:
        return ("unknown" if is_number(text) and level == "system" else level), None
    return _of_setting(text, i, side, level, words)


def _of_setting(text: str, i: int, side: Side, level: Kind | None, words: TableLexicon) -> tuple[Kind, Measure | None]:
    folded, bare = text.casefold().strip(), TRAILED.sub("", BRACKETS.sub(" ", text)).strip().casefold()
    bare = bare.replace("_", " ")
    if {folded, bare, *tokens(bare)[-1:]} & words.kinds["error"]:
        return "error", None
    measure = None if side.of_metrics and level == "measure" else measure_of(text, side.beside, side.aliases)
    if side.of_metrics and (level == "measure" or (measure and measure.name not in words.of_metrics)):
        return "system", None
    if bare in words.kinds["rank"]:
        return "rank", Measure(bare, "", (measure and measure.direction) or "lower")
    if measure and measure.name not in words.neither and not _is_time(text, bare, words):
        return "measure", measure
    if bare[:1].isdigit() or CONTENT.search(text):
        return words.named(text) or "unknown", None
    if (kind := _of_head(text, bare, side.cells[i], words)) is not None:
        head = bare in words.kinds["time"] or _heads(bare, "time", words)
        way = (measure and measure.direction) or ("lower" if kind == "time" and head else None)
        return kind, Measure(bare or folded, unit_of(text), way) if kind in {"time", "size", "count"} else None
    if measure or level == "measure" or SURE.fullmatch(unit_of(text)):
        return "measure", measure or Measure(bare or folded, unit_of(text), None)
    return words.named(text) or "unknown", None


def _of_head(text: str, bare: str, cells: Sequence[str], words: TableLexicon) -> Kind | None:
    """The kind that the whole header, or its last word, names; a leading # or "number of" counts things."""
    if COUNTED.search(bare) or (text.startswith("#") and len(text) > 1) or bare.startswith(COUNTING):
        return "size" if _heads(bare, "size", words) else "count"
    if bare in words.kinds["index"] and is_index(cells):
        return "index"
    if bare in words.kinds["attribute"] and (len(bare) > 1 or not any("." in cell for cell in cells)):
        return "attribute"
    if bare in words.kinds["prose"] and not any(map(is_number, cells)):
        return "prose"
    if _is_time(text, bare, words):
        return "time"
    found = next((kind for kind in SIZED if bare in words.kinds[kind] or _heads(bare, kind, words)), None)
    return None if found == "count" and any("." in cell for cell in cells) else found


def _is_time(text: str, bare: str, words: TableLexicon) -> bool:
    return bare in words.kinds["time"] or _heads(bare, "time", words) or TIMED.search(text) is not None


def is_index(cells: Sequence[str]) -> bool:
    """True if the cells of a line only number the lines that cross it."""
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdigit() and len(cell) < 7]
    return len(numbers) == len(cells) > 1 and numbers == list(range(numbers[0], numbers[0] + len(cells)))


def _heads(bare: str, kind: Kind, words: TableLexicon) -> bool:
    last = tokens(bare)[-1:]
    return bool(last) and last[0] in words.kinds[kind] and last[0] not in {"#", "num", "number"}


def _variant(text: str, i: int, side: Side, level: Kind | None, words: TableLexicon) -> Kind | None:
    """Kind of a label that takes something from, or adds something to, another line that the table shows."""
    if level not in {None, "system"} or (not TAKEN_AWAY.match(text) and not ADDED.match(text)):
        return None
    if words.language(text) and len(text) <= FEW:
        return None
    whole = side.wholes.get(side.labels[i][:-1], [])
    above = bool(whole) and whole[0] < i
    if not above and not any(side.own[j].casefold() in words.full for j in whole[:LONGEST]):
        return None
    if ADDED.match(text):
        return "addition" if text.lstrip().startswith(("+", "w/")) or above else None
    return "ablation"


def _says_change(text: str, bare: str, level: Kind | None, words: TableLexicon) -> bool:
    parts = tokens(bare)
    if not parts or (level == "system" and not (CHANGE.match(text) or parts[0] in words.kinds["change"])):
        return False
    if CHANGE.match(text) and parts[0] != "over":
        return True
    heads = len(parts) == 1 or parts[1] in words.after_change or not parts[0].isalpha() or parts[0] in "δ∆"
    return bool(words.kinds["change"] & {parts[0] if heads else "", parts[-1], bare}) and "rate" not in parts


def _is_aggregate(text: str, words: TableLexicon) -> bool:
    parts = tokens(BRACKETS.sub(" ", text))
    known = [part for part in parts if part in words.kinds["aggregate"]]
    return bool(known) and all(part in words.kinds["aggregate"] | words.fillers or part == "." for part in parts)


def settled(
    own: Sequence[str],
    kinds: Sequence[Kind],
    other: Sequence[Kind],
    level: str,
    marked: Sequence[bool],
    *,
    other_marked: bool = False,
) -> list[Kind]:
    """Kinds where "unknown" lines are systems, if their axis looks like one of systems.

    It does if some of its lines are systems, if its label column has no header and the other axis is
    not one of systems, or if the other axis is one of data sets or measures alone; not where only the other axis says
    which of its lines are the authors' own.
    """
    systems = any(kind in {"system", "ablation", "addition"} for kind in kinds) or any(marked)
    places = any(kind not in {"unknown", "aggregate", "change", "bound", "human"} for kind in kinds)
    others = share(kind in PLACES for kind in other if kind != "unknown") > 0.5
    looks = (
        "system" not in other
        and not (other_marked and not systems)
        and (systems or (not places and (not level or others)))
    )
    return [
        "system" if kind == "unknown" and looks and text and not is_number(text) else kind
        for kind, text in zip(kinds, own, strict=True)
    ]
