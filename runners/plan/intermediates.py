"""Intermediate runs as they are written: `none`, one task, `a>b`, `a+b`, `multi`, and how they are trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from analysis.registry.vocabulary import BASELINE, MULTITASK, Entry, Vocabulary, fold

Method: TypeAlias = Literal["plain", "mlm", "translated"]

TEXT = "running-text"
"""The corpus of continued masked language modelling."""


@dataclass(frozen=True, slots=True)
class Intermediate:
    """One way of training before the target.

    Attributes:
        run: as it stands in the results table: `none`, a task, `a>b`, `a+b` or `multi`.
        stages: the tasks of each stage, one stage after the other; () for `none`.
        method: `mlm` mixes in continued masked language modelling; `translated` trains on
            machine-translated data.
        language: of the data.
        examples: of each task; 0: all there are.
    """

    run: str
    stages: tuple[tuple[str, ...], ...]
    method: Method
    language: str
    examples: int

    @property
    def title(self) -> str:
        """For people."""
        more = [
            *([] if self.method == "plain" else [self.method]),
            *([] if self.language == "en" or not self.stages else [self.language]),
            *([f"{self.examples:,} examples"] if self.examples else []),
        ]
        return self.run + (f" ({', '.join(more)})" if more else "")


def intermediate(
    run: str, registry: Vocabulary, *, method: Method = "plain", language: str = "en", examples: int = 0
) -> Intermediate:
    """The run that an expression stands for.

    Raises:
        LookupError: an unknown task, or a task that comes twice, with the sentence that says so.
    """
    written = run.strip()
    if written == BASELINE:
        return Intermediate(BASELINE, (), method, language, 0)
    if registry.find("multitask", written) is not None:
        return Intermediate(MULTITASK, (tuple(registry["intermediate"]),), method, language, examples)
    stages = tuple(_together(stage, registry) for stage in written.split(">"))
    tasks = [task for stage in stages for task in stage]
    twice = sorted({task for task in tasks if tasks.count(task) > 1})
    if twice:
        raise LookupError(f"the run {run!r} comes back to {', '.join(twice)}: every task may stand in a run once")
    name = ">".join("+".join(stage) for stage in stages)
    return Intermediate(name, stages, method, language, examples)


def _together(stage: str, registry: Vocabulary) -> tuple[str, ...]:
    """The tasks of `a+b`; a name may itself hold a plus (ANLI+)."""
    entry = task_entry(stage, registry)
    if entry is not None:
        return (entry.id,)
    for place in (i for i in range(len(stage) - 2, 0, -1) if stage[i] == "+"):
        first = task_entry(stage[:place], registry)
        if first is not None:
            return (first.id, *_together(stage[place + 1 :], registry))
    raise LookupError(unknown_task(stage.strip(), registry))


def text_languages(registry: Vocabulary) -> tuple[str, ...]:
    """The languages of continued masked language modelling outside the laboratory: all of XTREME's."""
    return tuple(dict.fromkeys(code for task in registry.targets_of("xtreme") for code in registry.languages_of(task)))


def unknown_task(name: str, registry: Vocabulary) -> str:
    """The sentence that says an intermediate task is unknown, with the nearest names of the study and of others."""
    near = [*registry.suggest("further_intermediate", name, 1), *registry.suggest("intermediate", name, 1)]
    hint = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ";"
    return f"unknown intermediate {name!r}{hint} (claimgauge ls tasks)"


def task_entry(name: str, registry: Vocabulary) -> Entry | None:
    """The intermediate task of that name: of the study, or a further one; "SQuAD" is its usual bearer.

    The entry of the vocabulary that says no version is for results alone: it has no data.
    """
    name = name.strip()
    if (entry := registry.find("intermediate", name)) is not None:
        return entry
    for entry in registry["intermediate"].values():
        if fold(name) in map(fold, entry.facts.get("unversioned", ())):
            return entry
    return registry.find("further_intermediate", name) if "further_intermediate" in registry.entries else None
