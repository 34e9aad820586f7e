"""Running text for masked language modelling, one language in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.vocabulary import vocabulary
from runners.data import load
from runners.data.sources import Source, WorldSource
from runners.examples import Dataset


def text_task(source: Source) -> str:
    """The corpus that a source has."""
    return "lab-text" if isinstance(source, WorldSource) else "running-text"


def text_languages(source: Source) -> tuple[str, ...]:
    """The languages of continued masked language modelling: the world's, or all of XTREME's."""
    if isinstance(source, WorldSource):
        return source.world.languages
    words = vocabulary()
    return tuple(dict.fromkeys(code for task in words.targets_of("xtreme") for code in words.languages_of(task)))


class Texts:
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
            text = load(text_task(self._source), language, "train", self._source, examples=self._sentences)
            self.described[language] = {
                "asked": self._sentences,
                "sentences": len(text),
                "sha256": text.sha256,
                "origin": text.origin,
            }
            yield text
