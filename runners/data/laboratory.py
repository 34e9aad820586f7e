"""Data of the laboratory world."""

from __future__ import annotations

from runners.data.sources import WorldSource
from runners.data.specification import Specification, task_entry
from runners.examples import Bitext, Dataset, SentenceExample
from runners.world.world import World

ENDLESS = "running_text"
"""The generator without a size of its own: the caller says how much is wanted."""

TEXTS = 10_000
"""Running texts where the caller does not say."""


def missing(task: str, spec: Specification, language: str, split: str, source: WorldSource) -> str:
    """The sentence that says why the world has no such data, or ""."""
    if not spec.generator:
        return f"{task} is no laboratory task: take its data from the hub or from a folder"
    if language not in source.world.languages:
        return f"the laboratory does not speak {language}; it speaks {', '.join(source.world.languages)}"
    stated = str(task_entry(task).facts["languages"]).split()
    if language not in stated:
        return f"{task} is not posed in {language}; it is in {', '.join(stated)}"
    if not size(task, spec, split):
        return f"{task} has no {split} split"
    return ""


def size(task: str, spec: Specification, split: str) -> int:
    """Examples of a split; 0 where there is none."""
    if spec.generator == ENDLESS:
        return TEXTS if split == "train" else 0
    facts = task_entry(task).facts
    if split == "test":
        return int(facts.get("test_examples_per_language", [0])[0])
    return int(facts.get(f"{split}_examples", 0))


def load(
    task: str, spec: Specification, language: str, split: str, source: WorldSource, examples: int | None
) -> Dataset:
    """One split of a laboratory task. Running text has as many examples as are asked for."""
    world, count = source.world, size(task, spec, split)
    if spec.generator == ENDLESS:
        texts = enumerate(world.texts(language, examples or count))
        sentences = tuple(SentenceExample(str(i), text) for i, text in texts)
        return Dataset(task, spec.form, language, split, sentences, origin=world.origin)
    if spec.form == "bitext":
        pool = _pool(task, spec, language, split, world, count)
        return Dataset(task, spec.form, language, split, pool=pool, origin=world.origin)
    drawn = world.draw(spec.generator, language, split, count, task=task, options=spec.options)
    return Dataset(task, spec.form, language, split, tuple(drawn), spec.labels, origin=world.origin)


def _pool(task: str, spec: Specification, language: str, split: str, world: World, count: int) -> Bitext:
    def spoken(code: str, mark: str) -> tuple[SentenceExample, ...]:
        drawn = world.draw(spec.generator, code, split, count, task=task, options=spec.options)
        return tuple(
            SentenceExample(f"{mark}{i}", e.text) for i, e in enumerate(drawn) if isinstance(e, SentenceExample)
        )

    pairs = frozenset((f"s{i}", f"t{i}") for i in range(count))
    return Bitext(spoken(language, "s"), spoken(spec.pivot, "t"), pairs)
