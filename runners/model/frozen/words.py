"""Texts as pieces: the tokenizer of frozen encoders, and a transformer over their vectors."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from runners.model.frozen.vectors import CachedFunction
from runners.model.transformer import EncoderConfig, Transformer

SPECIAL = ("<pad>", "<s>", "</s>", "<unk>")
"""Pieces with learned vectors; texts come after them."""

WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class TextPieces:
    """Pieces of one text, as a tokenizer of the tokenizers library gives them."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    word_ids: list[int]


class FrozenTokenizer:
    """Numbers for texts as they come: the frozen encoder's tokenizer."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Number of a text, new or known."""
        if text not in self._numbers:
            self._numbers[text] = len(SPECIAL) + len(self.texts)
            self.texts.append(text)
        return self._numbers[text]

    def encode_batch_fast(self, texts: Iterable[str], *, add_special_tokens: bool) -> list[TextPieces]:  # noqa: ARG002
        """Every text is one piece."""
        return [TextPieces([self.number(text)], [(0, len(text))], [0]) for text in texts]

    def encode_batch(
        self,
        texts: Iterable[str | list[str]],
        *,
        is_pretokenized: bool = False,
        add_special_tokens: bool,  # noqa: ARG002
    ) -> list[TextPieces]:
        """Every word is a piece; texts that are not split into words yet are split here."""
        found = []
        for text in texts:
            if is_pretokenized or not isinstance(text, str):
                words = list(text)
                found.append(
                    TextPieces([self.number(w) for w in words], [(0, 0)] * len(words), list(range(len(words))))
                )
            else:
                spans = [match.span() for match in WORD.finditer(text)]
                found.append(TextPieces([self.number(text[a:b]) for a, b in spans], spans, list(range(len(spans)))))
        return found


class Frozen(nn.Module, ABC):
    """The vectors of all texts seen so far, by number; what stands above them is learnt."""

    def __init__(self, function: CachedFunction, lexicon: FrozenTokenizer, dimension: int) -> None:
        super().__init__()
        self.function, self.lexicon = function, lexicon
        self.register_buffer("table", torch.zeros(len(SPECIAL), dimension), persistent=False)
        self.filled = len(SPECIAL)

    def known(self) -> Tensor:
        """Shape (pieces or more, dimension); texts that are new are computed."""
        table = self.get_buffer("table")
        if new := self.lexicon.texts[self.filled - len(SPECIAL) :]:
            end = self.filled + len(new)
            if end > len(table):  # twice as large, so that growing costs little
                table = torch.cat([table, table.new_zeros(max(len(new), len(table)), table.shape[1])])
                self.table = table
            table[self.filled : end] = torch.from_numpy(self.function(new)).to(table)
            self.filled = end
        return table

    def sentences(self, texts: Sequence[str]) -> Tensor:
        """Vectors for retrieval, shape (texts, dimension): as the frozen encoder gives them."""
        return torch.from_numpy(self.function(texts)).to(self.get_buffer("table"))

    @abstractmethod
    def start_at_random(self, generator: torch.Generator) -> None:
        """Draws the weights anew."""


class WordBody(Frozen):
    """Frozen vectors, projected, and a transformer over them."""

    def __init__(
        self, function: CachedFunction, lexicon: FrozenTokenizer, dimension: int, config: EncoderConfig
    ) -> None:
        super().__init__(function, lexicon, dimension)
        self.project = nn.Linear(dimension, config.hidden_size)
        self.trunk = Transformer(config)

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor | None = None, layer: int = -1) -> Tensor:  # noqa: ARG002
        """Hidden states; see `runners.model.transformer.Transformer.forward`."""
        table = self.known()
        special = (ids < len(SPECIAL))[..., None]
        learned = self.trunk.embeddings.word_embeddings(ids.clamp(max=len(SPECIAL) - 1))
        words = torch.where(special, learned, self.project(table[ids]))
        return self.trunk.over(self.trunk.embeddings.place(words, mask), mask, layer)

    def start_at_random(self, generator: torch.Generator) -> None:
        """Normal matrices, zero biases."""
        self.trunk.start_at_random(generator)
        nn.init.normal_(self.project.weight, std=0.02, generator=generator)
        nn.init.zeros_(self.project.bias)
