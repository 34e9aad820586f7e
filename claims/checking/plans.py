"""The experiment that would fill missing cells, as a plan that `claimgauge run` accepts.

claims never calls the runners: a plan is a text, and the text is the agreement between the two.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, Vocabulary, vocabulary
from claims.checking.evidence import MissingCell

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
