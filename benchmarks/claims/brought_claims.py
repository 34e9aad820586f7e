"""Sentences about names that only a user's own table holds, each with its truth worked out from that table.

```
python benchmarks/claims/brought_claims.py        writes brought.jsonl anew
```
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from brought_scores import Told, agreed, load

BROUGHT = Path(__file__).with_name("brought.jsonl")
Truth = bool | str
Case = tuple[str, Callable[[Told], Truth]]


def denied(truth: Truth) -> Truth:
    """The truth of the opposite."""
    return truth if isinstance(truth, str) else not truth


def every(truths: Sequence[Truth]) -> Truth:
    """The truth of a conjunction."""
    if False in truths:
        return False
    return "none" if "none" in truths else True


def about(told: Told, target: str) -> Iterator[Case]:
    """The sentences about a target of a table."""
    tasks = told.tasks
    for number, task in enumerate(tasks):
        other = tasks[(number + 1) % len(tasks)]
        yield f"{task} improves {target}.", lambda s, a=task: s.better(a, target)
        yield f"{task} does not improve {target}.", lambda s, a=task: denied(s.better(a, target))
        yield f"{task} lowers {target}.", lambda s, a=task: s.better("none", target, a)
        yield f"{task} improves {target} more than {other}.", lambda s, a=task, b=other: s.better(a, target, b)
        yield f"{task} outperforms {other} on {target}.", lambda s, a=task, b=other: s.better(a, target, b)
        yield f"{task} is the best intermediate task for {target}.", lambda s, a=task: _first(s, a, target)
        yield f"Only {task} improves {target}.", lambda s, a=task: _only(s, a, target)
        yield f"No intermediate task except {task} improves {target}.", lambda s, a=task: _no_other(s, a, target)
        if len(told.metrics(target)) > 1 or "error_rate" in told.metrics(target):
            continue
        gained, fell = round(told.gain(task, target), 1), told.gain(task, target) < 0
        verb = "lowers" if fell else "improves"
        for stated in (abs(gained), abs(gained) + 1.1):
            sentence = f"{task} {verb} {target} by {stated:.1f} points."
            yield sentence, lambda s, a=task, n=stated, f=fell: _by(s, a, target, -n if f else n)
            sentence = f"{task} does not {verb.removesuffix('s')} {target} by {stated:.1f} points."
            yield sentence, lambda s, a=task, n=stated, f=fell: denied(_by(s, a, target, -n if f else n))
        low, high = told.score("none", target), told.score(task, target)
        for end in (high, high + 1.3):
            if end > low:
                yield (
                    f"{task} raises {target} from {low:.1f} to {end:.1f}.",
                    lambda s, a=task, x=low, y=end: (
                        abs(s.score("none", target) - x) < 0.05 and abs(s.score(a, target) - y) < 0.05
                    ),
                )


def _by(scores: Told, task: str, target: str, stated: float) -> Truth:
    """The truth of a stated gain by rounding; over several seeds a number near it is open."""
    gained, seeds = scores.gain(task, target), max(len(found) for found in scores.cells.values())
    if abs(gained - stated) < 0.05 + 1e-9:
        return True
    return False if seeds == 1 or scores.better(task, target, by=stated) != "none" else "none"


def _first(scores: Told, task: str, target: str) -> Truth:
    return every([scores.better(task, target, other) for other in scores.tasks if other != task])


def _no_other(scores: Told, task: str, target: str) -> Truth:
    return every([denied(scores.better(other, target)) for other in scores.tasks if other != task])


def _only(scores: Told, task: str, target: str) -> Truth:
    return every([scores.better(task, target), _no_other(scores, task, target)])


TABLES = {
    "own": ("XNLI", "OwnTask", "OwnErr"), "seeds": ("OwnA", "OwnB"), "words": ("XNLI", "Mean", "Quiz"),
    "studies": ("XNLI", "Puzzles"),
}  # fmt: skip
BY_HAND: dict[str, tuple[Case, ...]] = {
    "own": (
        (
            "OwnWarmup improves XNLI but hurts OwnTask.",
            lambda s: every([s.better("OwnWarmup", "XNLI"), s.better("none", "OwnTask", "OwnWarmup")]),
        ),
        ("OwnWarmup improves XNLI in German.", lambda _: "none"),
        ("OwnWarmup improves the F1 on XNLI.", lambda _: "none"),
        ("XLM-R Large with OwnWarmup reaches 82.0 on XNLI.", lambda _: "none"),
        ("For Rival, OwnWarmup improves XNLI.", lambda _: "none"),
        ("MNLI improves XNLI by 1.5 points.", lambda _: "none"),
        ("With OwnWarmup, OwnModel reaches 82.0 on XNLI.", lambda s: s.score("OwnWarmup", "XNLI") == 82.0),
        ("With OwnWarmup, OwnModel reaches 79.0 on XNLI.", lambda s: s.score("OwnWarmup", "XNLI") == 79.0),
        ("OwnModel beats Rival on OwnErr.", lambda _: "none"),
        ("OwnModel beats Rival on OwnErr by 3.0 points.", lambda _: "none"),
        ("Rival beats OwnModel on OwnErr by 3.0 points.", lambda _: "none"),
        ("The baseline reaches 79.0 on XNLI.", lambda _: "none"),
        ("The baseline reaches 79.2 on XNLI.", lambda _: "none"),
        (
            "Every intermediate task except OtherWarmup improves XNLI.",
            lambda s: every([s.better(task, "XNLI") for task in s.tasks if task != "OtherWarmup"]),
        ),
        (
            "OtherWarmup improves neither XNLI nor OwnTask.",
            lambda s: every([denied(s.better("OtherWarmup", target)) for target in ("XNLI", "OwnTask")]),
        ),
    ),
    "words": (
        ("Best improves all tasks.", lambda _: "none"),
        ("All tasks improve with Best.", lambda _: "none"),
        ("Best improves German XNLI.", lambda _: "none"),
        ("Best improves XNLI in German.", lambda _: "none"),
        ("Best scores 82.0 on XNLI.", lambda _: "none"),
        ("Baseline scores 79.0 on XNLI.", lambda _: "none"),
        ("The baseline scores 80.5 on XNLI.", lambda _: "none"),
        ("Best outperforms Baseline on Mean.", lambda _: "none"),
        ("The best intermediate task for XNLI is German.", lambda s: _first(s, "German", "XNLI")),
        ("t improves all targets.", lambda _: "none"),
    ),
    "studies": (
        ("In v1, WarmC improves XNLI.", lambda _: "none"),
        ("According to arXiv:3101.00001v3, WarmB improves XNLI by 1.0 points.", lambda _: "none"),
        ("WarmA improves XNLI by 2.0 points (Maple et al., 2031).", lambda _: "none"),
        ("WarmB does not improve XNLI (Maple et al., 2031).", lambda _: "none"),
        ("WarmC improves XNLI by 3.5 points.", lambda _: True),
        ("WarmC improves XNLI by 4.5 points.", lambda _: False),
    ),
}  # fmt: skip


def cases() -> Iterator[tuple[str, str, Truth]]:
    """(table, sentence, truth) of every sentence."""
    for table, targets in TABLES.items():
        told = [scores for scores in load(table).values() if scores.tasks]
        if table == "studies":
            first, second, other = told
            for target in targets:
                yield from ((table, f"In v1, {sentence}", holds(first)) for sentence, holds in about(first, target))
                yield from ((table, f"In v2, {sentence}", holds(second)) for sentence, holds in about(second, target))
                both = [
                    case for case in about(other, target) if case[0].split()[1] in ("improves", "is", "outperforms")
                ]
                for sentence, holds in both:
                    if " by " not in sentence and "best" not in sentence:
                        yield table, sentence, agreed([holds(second), holds(other)])
        else:
            for target in targets:
                yield from ((table, sentence, holds(told[0])) for sentence, holds in about(told[0], target))
        yield from ((table, sentence, holds(told[0])) for sentence, holds in BY_HAND.get(table, ()))


def write() -> None:
    """Work out every truth and write `brought.jsonl`."""
    lines = []
    for number, (table, claim, truth) in enumerate(cases(), 1):
        said = truth if isinstance(truth, str) else str(truth).lower()
        lines.append(json.dumps({"id": f"B{number:03}", "table": table, "claim": claim, "truth": said}))
    BROUGHT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
