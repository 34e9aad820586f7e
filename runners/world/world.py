"""The world as a whole: its languages, its tasks, its texts, and how far its languages lie apart."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import UsageError
from runners.examples import Example
from runners.world import reading, tasks
from runners.world.grammar import lexicon
from runners.world.languages import SOURCE, all_forms, languages

if TYPE_CHECKING:
    import pandas as pd

GENERATORS: Mapping[str, tasks.Generator] = {
    "inference": tasks.inference,
    "paraphrase": tasks.paraphrase,
    "parts_of_speech": tasks.parts_of_speech,
    "roles": tasks.roles,
    "questions": reading.questions,
    "causes": reading.causes,
    "continuations": reading.continuations,
    "sentences": reading.sentences,
    "running_text": reading.running_text,
}
"""Name in a task's entry → what draws its examples."""

BLOCK = 1024
"""Items drawn together: more of a task begins with the same items as less of it."""


@dataclass(frozen=True, slots=True)
class World:
    """A laboratory world.

    Attributes:
        seed: of its words and of everything that is drawn in it; 0 or more.
    """

    seed: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise UsageError(f"the seed of a laboratory world is {self.seed!r}: give a whole number from 0 up")

    @property
    def source(self) -> str:
        """Code of the language all others are compared with."""
        return SOURCE

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes, the source first, parents before children."""
        return tuple(languages())

    @property
    def origin(self) -> str:
        """The origin of its data, in one line."""
        return f"laboratory world, seed {self.seed}"

    def draw(
        self,
        generator: str,
        language: str,
        split: str,
        count: int,
        *,
        task: str = "",
        options: Mapping[str, Any] | None = None,
    ) -> list[Example]:
        """The first `count` examples of a task: the same meanings in every language.

        Args:
            generator: one of `GENERATORS`.
            language: code.
            split: train, dev or test; no event is in two of them.
            count: examples.
            task: tasks with one generator draw different items; "": named as the generator.
            options: of the generator.
        """
        words = lexicon(self.seed, language)
        stream = [self.seed, zlib.crc32(f"{task or generator}/{split}".encode())]
        found: list[Example] = []
        for first in range(0, count, BLOCK):
            rng = np.random.default_rng([*stream, first])
            draw = tasks.ExampleGenerator(rng, BLOCK, split, words, dict(options or {}), first)
            found += GENERATORS[generator](draw)
        return found[:count]

    def texts(self, language: str, count: int) -> list[str]:
        """Running text: `count` little stories, in no other language told the same."""
        return [e.text for e in self.draw("running_text", language, "train", count, task=f"text-{language}")]  # type: ignore[union-attr]

    def save_tokenizer(self, folder: Path) -> None:
        """Writes the world's tokenizer as transformers reads it (tokenizer.json beside its settings)."""
        from runners.world.tokenizer import save_tokenizer

        save_tokenizer(self.seed, folder)

    def distances(self) -> pd.DataFrame:
        """Distances between the languages; see `runners.world.distances`."""
        from runners.world.distances import distances

        return distances(all_forms(self.seed))
