"""Trunks over the vectors of whole texts: what is learnt about a text, and about a pair of texts.

A text is one piece. Its frozen vector u is adapted by a small network that starts as nothing at
all, u + B·gelu(A·u) with B = 0, and a pair is read from [u, v, |u − v|, u·v] (Conneau et al. 2017,
arXiv:1705.02364). Retrieval uses the adapted vectors: without training it is the frozen encoder
itself, and intermediate training can help or hurt it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from analysis.errors import UsageError
from analysis.flops import TransformerShape as Shape
from runners.model.frozen.vectors import CachedFunction
from runners.model.frozen.words import Frozen, FrozenTokenizer


@dataclass(frozen=True, slots=True)
class PairShape(Shape):
    """Multiplications per text, for counting FLOPs; a pair is two texts.

    Attributes:
        weights: of the adapter, and half of those that read a pair.
    """

    weights: int = 0

    @property
    def body_weights(self) -> int:
        """Weights of the matrices that one text goes through."""
        return self.weights


class PairBody(Frozen):
    """Frozen vectors, adapted, and a state for a pair of texts."""

    def __init__(
        self,
        function: CachedFunction,
        lexicon: FrozenTokenizer,
        dimension: int,
        settings: Mapping[str, Any],
        *,
        trunk: bool,
    ) -> None:
        super().__init__(function, lexicon, dimension)
        self.dimension, self.scale = dimension, float(dimension) ** 0.5
        self.dropout = nn.Dropout(float(settings["dropout"]))
        self.down: nn.Linear | None = None
        if trunk:
            adapter, width = int(settings["adapter"]), int(settings["width"])
            self.down, self.up = nn.Linear(dimension, adapter), nn.Linear(adapter, dimension)
            self.pair = nn.Linear(4 * dimension, width)

    @property
    def shape(self) -> PairShape:
        """For counting FLOPs."""
        width = 4 * self.dimension
        if self.down is None:
            return PairShape(self.function.path, 0, width, 1, 0, 0)
        weights = 2 * self.down.weight.numel() + self.pair.weight.numel() // 2
        return PairShape(self.function.path, 0, self.pair.out_features, 1, 0, 0, weights=weights)

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor | None = None, layer: int = -1) -> Tensor:  # noqa: ARG002
        """The state of each text or pair, shape (batch, 1, width); more than two texts are no pair."""
        if ids.shape[1] > 2:
            raise UsageError("a trunk over pairs reads one text or two; take trunk = 'transformer' for tasks on words")
        texts = self.adapted(self.known()[ids])
        first, last = texts[:, 0], texts[torch.arange(len(ids)), mask.sum(dim=1) - 1]
        read = torch.cat([first, last, (first - last).abs(), first * last], dim=1)
        state: Tensor = read if self.down is None else functional.gelu(self.pair(self.dropout(read)))
        return state[:, None]

    def adapted(self, vectors: Tensor) -> Tensor:
        """Vectors of texts, of the length that makes their numbers about 1, after the adapter."""
        scaled: Tensor = vectors * self.scale
        if self.down is None:
            return scaled
        inner = functional.gelu(self.down(self.dropout(scaled)))
        out: Tensor = scaled + self.up(inner)
        return out

    def sentences(self, texts: Sequence[str]) -> Tensor:
        """Adapted vectors, for retrieval."""
        device = self.get_buffer("table").device
        return self.adapted(torch.from_numpy(self.function(texts)).to(device))

    def start_at_random(self, generator: torch.Generator) -> None:
        """Draws the weights anew; the adapter changes nothing at first."""
        if self.down is None:
            return
        for layer in (self.down, self.pair):
            nn.init.normal_(layer.weight, std=layer.in_features**-0.5, generator=generator)
            nn.init.zeros_(layer.bias)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)
