"""The exhibits of a verdict: its evidence cell by cell, its level, and the runs that would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, Vocabulary, vocabulary
from claims.assertion import Formula
from claims.checking.evidence import MissingCell, ScoreRow
from claims.checking.outcome import ComputedQuantity, Outcome
from claims.verdict import VERDICT_OF, EvidenceItem, Level, Role, Settle

SEEDS = (1, 2, 3)
"""Fewest seeds that give an interval worth having; more where the effect is near the spread."""

TRANSLATED_LANGUAGES = ("de",)


def plan_fragment(missing: Sequence[MissingCell], registry: Vocabulary | None = None) -> str:
    """A TOML plan whose results hold the missing cells, with the baseline they are paired with.

    Args:
        missing: at least one cell; cells of one model.
        registry: the vocabulary.
    """
    registry = registry or vocabulary()
    by_method: dict[str, dict[str, None]] = {"plain": {BASELINE: None}}
    for cell in missing:
        named = registry["intermediate"] if cell.run.task == BEST_PER_TARGET else (cell.run.task,)
        by_method.setdefault(cell.run.method, {}).update(dict.fromkeys(named))
    targets = _targets(missing, registry)
    languages = list(dict.fromkeys(c.language for c in missing if c.language != "mean"))
    lines = [
        'name = "settle"',
        f"seeds = {_list(SEEDS)}",
        *(["mlm_sentences = 100_000"] if "mlm" in by_method else []),
        "",
        "[model]",
        f'name = "{missing[0].model}"',
        "",
        "[data]",
        'source = "hub"',
        *(['translated = "translated"'] if "translated" in by_method else []),
    ]
    for method, runs in by_method.items():
        lines += ["", "[[intermediates]]", f"runs = {_list(list(runs))}"]
        lines += [] if method == "plain" else [f'methods = ["{method}"]']
        lines += [f"languages = {_list(TRANSLATED_LANGUAGES)}"] if method == "translated" else []
    for split, tasks in targets.items():
        lines += ["", "[[targets]]", f"tasks = {_list(tasks)}", f'split = "{split}"']
        lines += [f"languages = {_list(languages)}"] if languages else []
    if "mlm" in by_method:
        lines += ["", "[recipes.intermediate]", "mlm_share = 0.2"]
    return "\n".join(lines) + "\n"


def _targets(missing: Sequence[MissingCell], registry: Vocabulary) -> dict[str, list[str]]:
    """Split → targets; a benchmark stands for all of its targets."""
    found: dict[str, dict[str, None]] = {}
    for cell in missing:
        named = registry.targets_of(cell.target) if cell.target in registry["benchmark"] else (cell.target,)
        found.setdefault(cell.split, {}).update(dict.fromkeys(named))
    return {split: list(names) for split, names in found.items()}


def _list(values: Sequence[object]) -> str:
    return "[" + ", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in values) + "]"


KEPT = 4096
"""Numbers and cells whose exhibits are kept: many claims rest on the same few."""
KEPT_MISSING = 512
"""Sets of missing cells for which what would settle them is kept."""
LEVELS: tuple[Level, ...] = ("none", "grounded", "recomputed", "reproduced")

MEASURED = frozenset({"measured", "imported", "synthetic"})


def level_of(outcome: Outcome) -> Level:
    """The weakest level among the numbers the verdict rests on."""
    levels = {level_of_number(r) for r in outcome.reckoned} or {"grounded" if outcome.grounded else "none"}
    return min(levels, key=LEVELS.index)


def level_of_number(reckoned: ComputedQuantity) -> Level:
    """The level of one number: reproduced by measured rows, recomputed from several, or grounded in one source."""
    if not reckoned.rows:
        return "recomputed" if reckoned.provenance == "derived" else "grounded"
    if all(row.provenance in MEASURED for row in reckoned.rows):
        return "reproduced"
    return "grounded" if len(reckoned.rows) == 1 else "recomputed"


def exhibits(outcome: Outcome, asides: Sequence[tuple[Formula, Outcome]]) -> tuple[EvidenceItem, ...]:
    """Every number and statement behind a verdict once, each computed number with its cells below it."""
    items: list[EvidenceItem] = []
    role: Role = "decides" if outcome.decided else "besides"
    for reckoned in outcome.reckoned:
        items += items_of(reckoned, role)
    for reckoned in [*outcome.besides, *(r for _, j in asides for r in j.reckoned)]:
        if not set(items_of(reckoned, role)) <= set(items):
            items += items_of(reckoned, "besides")
    return tuple(dict.fromkeys(items))


@lru_cache(maxsize=KEPT)
def items_of(reckoned: ComputedQuantity, role: Role) -> tuple[EvidenceItem, ...]:
    """A computed number, and each cell below it."""
    cells = tuple([_cell(row, role) for row in reckoned.rows])
    if len(cells) == 1 and cells[0].value == reckoned.value:
        return cells
    sources = list(dict.fromkeys(row.source for row in reckoned.rows)) or [reckoned.source]
    kinds = list(dict.fromkeys(row.provenance for row in reckoned.rows)) or [reckoned.provenance]
    provenance = kinds[0] if not reckoned.rows else "derived"
    value = _rounded(reckoned.value) if isinstance(reckoned.value, float) else reckoned.value
    whole = EvidenceItem(
        reckoned.what, value, _rounded(reckoned.low), _rounded(reckoned.high),
        "computed from the cells below" if cells else "; ".join(sources), provenance, role,
    )  # fmt: skip
    return (whole, *cells)


@lru_cache(maxsize=KEPT)
def _cell(row: ScoreRow, role: Role) -> EvidenceItem:
    low, high = (row.score - row.rounding, row.score + row.rounding) if row.rounding else (None, None)
    ends = _rounded(low), _rounded(high)
    return EvidenceItem(row.label, row.score, *ends, row.source, row.provenance, role, row.stated)


def _rounded(value: float | None) -> float | None:
    """Six decimals, and no negative zero."""
    return None if value is None else round(value, 6) + 0.0


def settling(missing: Sequence[MissingCell]) -> Settle:
    """The missing cells with the runs that would fill them."""
    return _settling(tuple(missing), vocabulary())


@lru_cache(maxsize=KEPT_MISSING)
def _settling(missing: tuple[MissingCell, ...], registry: Vocabulary) -> Settle:
    runs = dict.fromkeys(f"{m.model}: {m.run}" for m in missing)
    targets = dict.fromkeys(m.target for m in missing)
    splits = dict.fromkeys(m.split for m in missing)
    plan = plan_fragment(missing, registry) if missing else ""
    return Settle(tuple(m.label for m in missing), tuple(runs), tuple(targets), " and ".join(splits), plan)


def parts_shown(outcome: Outcome, asides: Sequence[tuple[Formula, Outcome]]) -> tuple[tuple[str, str], ...]:
    """Each statement of a conjunction, and each aside, with its verdict."""
    judged = [(str(part), VERDICT_OF[truth]) for part, truth in outcome.parts]
    judged += [(f"in {study}", VERDICT_OF[truth]) for study, truth in outcome.by_study]
    return (*judged, *((f"beside it: {aside}", VERDICT_OF[j.truth]) for aside, j in asides))
