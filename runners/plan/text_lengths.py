"""Lengths of the texts of a plan: measured on its data where data and tokenizer are at hand, else from a table."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import ClaimgaugeError
from analysis.flops import TextVolume
from analysis.registry.vocabulary import Vocabulary
from runners.plan.forms import form_of
from runners.plan.intermediates import task_entry
from runners.plan.inventory import Inventory, Nothing
from runners.plan.memory import Memory, NoMemory, counts_tokens
from runners.plan.plan import DataPlan
from runners.recipe import ModelSpec, Recipe

if TYPE_CHECKING:
    from runners.examples import Dataset
    from runners.model.subwords import Tokenizer

SAMPLE = 400
"""Examples of a data set that are encoded to measure its lengths, evenly spread."""


@dataclass(frozen=True, slots=True)
class Length:
    """The texts of a data set.

    Attributes:
        examples: of the whole data set.
        units: what a batch counts, per example: windows of a context; else 1.
        rows: sequences per unit: options of a multiple choice; else 1.
        tokens: pieces of a sequence, special ones included. squares: mean of their square.
    """

    examples: int
    units: float
    rows: float
    tokens: float
    squares: float

    def texts(self, units: float) -> TextVolume:
        """The sequences of some units."""
        rows = units * self.rows
        return TextVolume(round(rows), rows * self.tokens, rows * self.squares)


class Lengths:
    """Lengths of the data of a plan.

    Args:
        inventory: the data at hand.
        data: where it is from.
        spec: the model, whose tokenizer counts pieces.
        words: the vocabulary, with published sizes.
        memory: of facts of laboratory data, for a dry run.

    Attributes:
        assumed: one sentence for each thing that was not measured.
    """

    def __init__(
        self,
        inventory: Inventory | Nothing,
        data: DataPlan,
        spec: ModelSpec,
        words: Vocabulary,
        memory: Memory | NoMemory | None = None,
    ) -> None:
        self._memory = memory if memory is not None and data.source == "world" else NoMemory()
        self._inventory, self._data, self._spec, self._words = inventory, data, spec, words
        self._known: dict[tuple[Any, ...], Length | str] = {}
        self.assumed: dict[str, None] = {}

    def __call__(
        self, task: str, language: str, split: str, recipe: Recipe, *, translated: bool = False
    ) -> Length | str:
        """Lengths of a data set, or the reason why they are not known."""
        limits = (recipe.max_length, recipe.doc_stride, recipe.stride, recipe.question_length, recipe.long_sentences)
        key = (task, language, split, translated, limits)
        if key not in self._known:

            def computed() -> Length | str:
                dataset = self._inventory.dataset(task, language, split, translated=translated)
                return self._of(dataset, task, split, recipe)

            self._known[key] = computed() if translated else self._remembered(f"length {key}", computed)
        return self._known[key]

    def _remembered(self, key: str, compute: Callable[[], Length | str]) -> Length | str:
        def written() -> list[Any] | str:
            found = compute()
            return found if isinstance(found, str) else list(astuple(found))

        found = self._memory.once(key, written)
        return found if isinstance(found, str) else Length(*found)

    def of_texts(self, languages: tuple[str, ...], sentences: int, recipe: Recipe) -> Length | None:
        """Lengths of running text in these languages together (none: the laboratory's); None where none is at hand."""
        languages = languages or self._inventory.languages
        key = f"texts {languages} {sentences} {recipe.max_length}"
        found = self._memory.once(key, lambda: _fields(self._of_texts(languages, sentences, recipe)))
        return None if found is None else Length(*found)

    def _of_texts(self, languages: tuple[str, ...], sentences: int, recipe: Recipe) -> Length | None:
        found = [self._inventory.text(language, min(sentences, SAMPLE)) for language in languages]
        if not found or any(one is None for one in found) or self.tokenizer is None:
            return None
        parts = [measured(one, self.tokenizer, recipe) for one in found if one is not None]
        n = len(parts)
        units, tokens, squares = (sum(getattr(p, name) for p in parts) / n for name in ("units", "tokens", "squares"))
        return Length(sentences * n, units, 1, tokens, squares)

    @property
    def vocabulary(self) -> int:
        """Size of the tokenizer's vocabulary; 0 where it is not at hand."""
        return int(self._memory.once("vocabulary", lambda: 0 if self.tokenizer is None else self.tokenizer.size))

    @property
    def tokenizer(self) -> Tokenizer | None:
        """The model's, where it is at hand."""
        if "tokenizer" not in self.__dict__:
            self.__dict__["tokenizer"] = _tokenizer(self._spec, self._data)
        found: Tokenizer | None = self.__dict__["tokenizer"]
        return found

    def _of(self, dataset: Dataset | None, task: str, split: str, recipe: Recipe) -> Length | str:
        if dataset is not None and self.tokenizer is not None:
            return measured(dataset, self.tokenizer, recipe)
        number = len(dataset) if dataset is not None else published_size(task, split, self._words)
        if number is None:
            return f"the number of {SPLIT_NAMES[split]} examples of {task} is not known"
        found = tabled(task, self._words, self.assumed)
        return f"the length of the texts of {task} is not known" if found is None else replace(found, examples=number)


def _fields(length: Length | None) -> list[Any] | None:
    return None if length is None else list(astuple(length))


SPLIT_NAMES = {"train": "training", "dev": "development", "test": "test"}


def measured(dataset: Dataset, tokenizer: Tokenizer, recipe: Recipe) -> Length:
    """Lengths of a sample of a data set, encoded as it would be for training."""
    import numpy as np

    from runners.examples import Bitext, Ranking
    from runners.kinds import kind_of

    pool = dataset.pool
    if isinstance(pool, Bitext | Ranking):
        sides = (pool.sources, pool.targets) if isinstance(pool, Bitext) else (pool.queries, pool.candidates)
        texts = [one.text for side in sides for one in side]
        sample = texts[:: max(1, len(texts) // SAMPLE)]
        lengths = np.array([len(tokenizer.single(ids, recipe.max_length)) for ids in tokenizer.encode(sample)])
        return Length(len(texts), 1, 1, float(lengths.mean()), float((lengths**2).mean()))
    sample_of = dataset.examples[:: max(1, len(dataset) // SAMPLE)]
    features = kind_of(dataset.form).encode(replace(dataset, examples=sample_of), dataset.labels, tokenizer, recipe)
    lengths, rows = features.ids.lengths.astype(float), features.rows_per_unit
    units = len(features) / len(sample_of)
    return Length(len(dataset), units, rows, float(lengths.mean()), float((lengths**2).mean()))


def published_size(task: str, split: str, registry: Vocabulary) -> int | None:
    """Examples of a split (per language, in the mean) by the vocabulary."""
    entry = registry["target"].get(task) or task_entry(task, registry)
    facts = entry.facts if entry is not None else {}
    if split == "test" and "test_examples_per_language" in facts:
        counts = [int(n) for n in facts["test_examples_per_language"]]
        return round(sum(counts) / len(counts))
    found = facts.get(f"{split}_examples")
    return None if found is None else int(found)


def tabled(task: str, registry: Vocabulary, assumed: dict[str, None]) -> Length | None:
    """The lengths of a task in `lengths.toml`, or of one of its kind or form, without a number of examples."""
    table = _table()
    found = table.get(task) or _of_a_like_task(task, registry)
    if found is None:
        return None
    if "as" in found:
        assumed[f"texts of {task} are taken to be as long as those of {found['as']}"] = None
        found = {**table[found["as"]], **{k: v for k, v in found.items() if k != "as"}}
    return Length(0, found.get("windows", 1), found.get("sequences", 1), found["tokens"], found["squares"])


def _of_a_like_task(task: str, registry: Vocabulary) -> Mapping[str, Any] | None:
    """Lengths of the first task in the table that is of the same kind, else of the same form of data."""
    kinds = {name: kind for name in (task, *_table()) if (kind := _kind(name, registry))}
    if task not in kinds:
        return None
    same = [name for name in _table() if kinds.get(name) == kinds[task]]
    form = form_of(kinds[task], registry)
    same += [name for name in _table() if name in kinds and form and form_of(kinds[name], registry) == form]
    return {"as": same[0], **_table()[same[0]]} if same else None


def _kind(task: str, registry: Vocabulary) -> str:
    entry = registry["target"].get(task) or task_entry(task, registry)
    return "" if entry is None else str(entry.facts.get("kind", ""))


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("runners") / "lengths.toml").read_text(encoding="utf-8"))


def _tokenizer(spec: ModelSpec, data: DataPlan) -> Tokenizer | None:
    """Read without asking the hub."""
    if not counts_tokens() or spec.kind == "frozen":
        return None
    from runners.model.subwords import load_tokenizer

    if spec.tokenizer == "world":
        from runners.world.world import World

        with tempfile.TemporaryDirectory() as folder:
            World(**data.world).save_tokenizer(Path(folder))
            return load_tokenizer(folder)
    place = model_file(spec.tokenizer or spec.name, spec.revision, "tokenizer.json")
    try:
        return None if place is None else load_tokenizer(str(place.parent))
    except ClaimgaugeError:  # a run will say what is wrong with it
        return None


def model_file(name: str, revision: str, file: str) -> Path | None:
    """A file of a model's folder, or of the hub's copy on this machine; None where it is in neither."""
    from importlib.util import find_spec

    if (Path(name) / file).is_file():
        return Path(name) / file
    if Path(name).exists() or find_spec("huggingface_hub") is None:
        return None
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = try_to_load_from_cache(name, file, revision=revision or None)
    except HFValidationError:
        return None
    return Path(found) if isinstance(found, str) else None
