"""Prints the hierarchies of intermediate tasks that are at hand side by side, as on docs/hierarchies.md.

python docs/show_hierarchies.py tables    what is compared
python docs/show_hierarchies.py targets   how far the targets of each agree on an order
python docs/show_hierarchies.py places    mean ranks of the tasks
python docs/show_hierarchies.py models    how far the orders of two models, or with MLM and without, agree

`python docs/make_measured.py pages hierarchies.md` writes them there.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.gains import one_reading
from analysis.gains.setting import directed, english_only, single_targets
from analysis.published.measured import measured_scores
from analysis.published.scores import scores_of, words_of
from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary, vocabulary
from analysis.stats.arrays import Floats
from analysis.stats.order_agreement import OrderAgreement, between_orders, between_targets, mean_rank


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Scores of intermediate tasks on targets.

    Attributes:
        name: study and model. tasks, targets: ids. scores: (tasks, targets), means over languages and
            seeds; NaN where nothing was measured and where a task is its own target. seeds: runs a cell.
    """

    name: str
    tasks: tuple[str, ...]
    targets: tuple[str, ...]
    scores: Floats
    seeds: int


def hierarchies() -> dict[str, Hierarchy]:
    """The comparable runs: single English tasks, by study and model."""
    words = words_of(["phang2020-v1", "su2022"], vocabulary())
    first, prompts = scores_of("phang2020-v1"), scores_of("su2022")
    found = [
        _hierarchy("phang2020-v1", first[first["method"] == "plain"], words),
        _hierarchy(
            "phang2020-v1 with MLM", first[(first["method"] == "mlm") | (first["intermediate"] == BASELINE)], words
        ),
    ]
    found += [
        _hierarchy(f"su2022 {model}", prompts[prompts["model"] == model], words)
        for model in ("roberta-base", "roberta-large", "t5-small", "t5-base")
    ]
    found.append(_hierarchy("measured standin-use3", measured_scores("main"), words))
    return {h.name: h for h in found}


def _hierarchy(name: str, table: pd.DataFrame, words: Vocabulary) -> Hierarchy:
    left_out: list[str] = []
    frame = one_reading(single_targets(table, left_out, words), split=None, registry=words).frame
    frame = english_only(frame.astype({"intermediate": "object", "target": "object"}), left_out)
    run = frame["intermediate"].astype(str)
    single = ~run.isin((BASELINE, BEST_PER_TARGET, MULTITASK)) & ~run.str.contains(r".\+.", regex=True)
    frame = frame[single]
    frame = frame.assign(score=directed(frame, words))
    means = frame.groupby(["intermediate", "target"])["score"].mean().unstack()
    for task in means.index.intersection(means.columns):
        means.loc[task, task] = np.nan
    seeds = int(frame["seed"].nunique()) or 1
    return Hierarchy(name, tuple(means.index), tuple(means.columns), means.to_numpy(dtype=float), seeds)


def tables() -> str:
    """One line a hierarchy."""
    lines = [f"{'':26}tasks  targets  seeds"]
    lines += [f"{h.name:26}{len(h.tasks):5}  {len(h.targets):7}  {h.seeds:5}" for h in hierarchies().values()]
    return "\n".join(lines)


def targets() -> str:
    """Mean correlation of the orders of two targets."""
    lines = [f"{'':26}correlation between two targets"]
    lines += [f"{h.name:26}{_text(between_targets(h.scores))}" for h in hierarchies().values()]
    return "\n".join(lines)


def places() -> str:
    """Tasks from first to last with their mean ranks, from −1 (last everywhere) to 1 (first everywhere)."""
    lines = []
    for h in hierarchies().values():
        ranks = mean_rank(h.scores)
        order = sorted(range(len(h.tasks)), key=lambda i: -ranks[i])
        lines += [h.name, "  " + ", ".join(f"{h.tasks[i]} {round(ranks[i], 2) + 0.0:+.2f}" for i in order)]
    return "\n".join(lines)


def models() -> str:
    """Rank correlation of every two orders that share tasks and targets."""
    lines = []
    for one, other in combinations(hierarchies().values(), 2):
        tasks = [t for t in one.tasks if t in other.tasks]
        shared = [t for t in one.targets if t in other.targets]
        pair = f"{one.name}, {other.name}"
        if not tasks or not shared:
            continue
        agreed = between_orders(_part(one, tasks, shared), _part(other, tasks, shared))
        lines.append(f"{pair:46}{agreed.methods:3} tasks {agreed.targets:3} targets  {_text(agreed)}")
    return "\n".join(lines)


def _part(h: Hierarchy, tasks: list[str], shared: list[str]) -> Floats:
    part: Floats = h.scores[np.ix_([h.tasks.index(t) for t in tasks], [h.targets.index(t) for t in shared])]
    return part


def _text(agreed: OrderAgreement) -> str:
    if agreed.because:
        return f"cannot tell: {agreed.because}"
    return f"{agreed.correlation:+.2f} [{agreed.low:+.2f}, {agreed.high:+.2f}]"


if __name__ == "__main__":
    shown = {"tables": tables, "targets": targets, "places": places, "models": models}
    if sys.argv[1:2] and sys.argv[1] in shown:
        sys.stdout.write(shown[sys.argv[1]]() + "\n")
    else:
        sys.exit(__doc__)
