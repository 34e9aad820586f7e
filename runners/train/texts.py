"""Running text for masked language modelling, one language in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.registry.vocabulary import vocabulary
from runners.data import load
from runners.data.sources import Source, WorldSource
from runners.examples import Dataset
from runners.plan.intermediates import TEXT, text_languages


def languages_of_texts(source: Source) -> tuple[str, ...]:
    """The languages of continued masked language modelling: the world's, or all of XTREME's."""
    return source.world.languages if isinstance(source, WorldSource) else text_languages(vocabulary())


class RunningTexts:
    """Running text of several languages, loaded as it is iterated over.

    Attributes:
        described: of each language that was loaded: how many sentences were asked for and are there, with
            origin and hash.
    """

    def __init__(self, source: Source, languages: Sequence[str], sentences: int) -> None:
        self._source, self._languages, self._sentences = source, tuple(languages), sentences
        self.described: dict[str, dict[str, Any]] = {}

    def __len__(self) -> int:
        return len(self._languages)

    def __iter__(self) -> Iterator[Dataset]:
        for language in self._languages:
            task = "lab-text" if isinstance(self._source, WorldSource) else TEXT
            text = load(task, language, "train", self._source, examples=self._sentences)
            self.described[language] = {
                "asked": self._sentences,
                "sentences": len(text),
                "sha256": text.sha256,
                "origin": text.origin,
            }
            yield text
