"""XLM-R's transformer, written out: the same weights, names and numbers as the hub's checkpoints.

Every checkpoint of the XLM-R shape, from the laboratory's two layers to XLM-R Large, runs through
this module; other shapes come from transformers (`runners.model.encoders`). That saves the seconds that
importing transformers takes in each process, and most of the work between two matrix products,
which is what a tiny model spends its time on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

from runners.model.attention import attention, attention_within
from runners.model.dropout import Dropout
from runners.model.packing import Packing

MODEL_TYPE = "xlm-roberta"


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """The shape of an encoder, by the names of a hub `config.json`.

    Attributes:
        max_position_embeddings: rows of the position table; the first `pad_token_id` + 1 of them
            are never used, so an input holds that many fewer tokens.
        hidden_dropout_prob: after the embeddings and each half of a layer.
    """

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    type_vocab_size: int = 1
    pad_token_id: int = 1
    bos_token_id: int = 0
    eos_token_id: int = 2
    layer_norm_eps: float = 1e-5
    hidden_dropout_prob: float = 0.1
    attention_probs_dropout_prob: float = 0.1
    initializer_range: float = 0.02


def config_of(values: Mapping[str, Any]) -> EncoderConfig:
    """The shape in a `config.json`, whose other entries do not concern it."""
    return EncoderConfig(**{name: values[name] for name in EncoderConfig.__slots__ if name in values})


def is_built_in(values: Mapping[str, Any]) -> bool:
    """True if a `config.json` describes a model that this module computes."""
    return (
        values.get("model_type") == MODEL_TYPE
        and values.get("hidden_act", "gelu") == "gelu"
        and values.get("position_embedding_type", "absolute") == "absolute"
        and not values.get("is_decoder", False)
    )


class Embeddings(nn.Module):
    """Sum of word, position and segment vectors."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.padding = config.pad_token_id
        width = config.hidden_size
        self.word_embeddings = nn.Embedding(config.vocab_size, width, padding_idx=self.padding)
        self.position_embeddings = nn.Embedding(config.max_position_embeddings, width, padding_idx=self.padding)
        self.token_type_embeddings = nn.Embedding(config.type_vocab_size, width)
        self.LayerNorm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.dropout = Dropout(config.hidden_dropout_prob)

    def forward(self, ids: Tensor, mask: Tensor, packing: Packing | None = None) -> Tensor:
        """The state before the first layer, shape (batch, length, width), or of a stream (tokens, width)."""
        return self.place(self.word_embeddings(ids if packing is None else packing.stream(ids)), mask, packing)

    def place(self, words: Tensor, mask: Tensor, packing: Packing | None = None) -> Tensor:
        """Word vectors at their positions, which count the real tokens from padding + 1 on either side of it."""
        positions = mask.cumsum(1) * mask + self.padding
        if packing is not None:
            positions = packing.stream(positions)
        vectors = words + self.position_embeddings(positions)
        out: Tensor = self.dropout(self.LayerNorm(vectors + self.token_type_embeddings.weight[0]))
        return out


class Projected(nn.Module):
    """A projection, added to the stream and normalised."""

    def __init__(self, width_in: int, config: EncoderConfig) -> None:
        super().__init__()
        self.dense = nn.Linear(width_in, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.dropout = Dropout(config.hidden_dropout_prob)

    def forward(self, inner: Tensor, stream: Tensor) -> Tensor:
        """The next state of the stream."""
        out: Tensor = self.LayerNorm(self.dropout(self.dense(inner)) + stream)
        return out


class Attention(nn.Module):
    """Queries, keys and values; scaled dot products over the real tokens."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads, self.dropout = config.num_attention_heads, config.attention_probs_dropout_prob
        self.query, self.key, self.value = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, stream: Tensor, visible: Tensor | Packing | None) -> Tensor:
        """Self-attention over the tokens each token sees."""
        if isinstance(visible, Packing):
            return self.within(stream, visible)
        batch, length, width = stream.shape
        query, key, value = (
            part(stream).view(batch, length, self.heads, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        dropout = self.dropout if self.training else 0.0
        mixed = attention(query, key, value, visible, dropout)
        return mixed.transpose(1, 2).reshape(batch, length, width)

    def within(self, stream: Tensor, packing: Packing) -> Tensor:
        """The same of texts in one stream."""
        query, key, value = (part(stream).unflatten(1, (self.heads, -1)) for part in (self.query, self.key, self.value))
        return attention_within(query, key, value, packing, self.dropout if self.training else 0.0).flatten(1)


class Layer(nn.Module):
    """Attention and feed-forward, normalised after each (post-norm)."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.attention = nn.ModuleDict({"self": Attention(config), "output": Projected(config.hidden_size, config)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(config.hidden_size, config.intermediate_size)})
        self.output = Projected(config.intermediate_size, config)

    def forward(self, stream: Tensor, visible: Tensor | Packing | None, read: Tensor | None = None) -> Tensor:
        """The next state of the stream, or of those of its tokens that are read."""
        mixed = self.attention["self"](stream, visible)
        if read is not None:
            mixed, stream = mixed[read], stream[read]
        stream = self.attention["output"](mixed, stream)
        out: Tensor = self.output(functional.gelu(self.intermediate["dense"](stream)), stream)
        return out


class Transformer(nn.Module):
    """An encoder of the XLM-R shape, without pooler.

    Attributes:
        recompute: compute each layer anew in the backward pass instead of keeping its states.
    """

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config, self.recompute = config, False
        self.embeddings = Embeddings(config)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))})

    def forward(
        self,
        ids: Tensor,
        mask: Tensor,
        segments: Tensor | None = None,  # noqa: ARG002 — bodies are called alike
        layer: int = -1,
        packing: Packing | None = None,
    ) -> Tensor:
        """Hidden states.

        Args:
            ids: tokens, shape (batch, length).
            mask: 1 at real tokens, 0 at padding, same shape.
            segments: not used by this shape.
            layer: which states: 0 the embeddings, 1 the first layer …, −1 the last.
            packing: computes the real tokens as one stream; what it does not read is zero.

        Returns:
            Shape (batch, length, width).
        """
        if packing is None:
            return self.over(self.embeddings(ids, mask), mask, layer)
        stream, read = self.embeddings(ids, mask, packing), packing.read
        chosen = self.layers(layer)
        for one in chosen[:-1]:
            stream = self.through(one, stream, packing)
        if chosen:
            stream = self.through(chosen[-1], stream, packing, read)
        elif read is not None:
            stream = stream[read]
        return packing.padded(stream, *ids.shape)

    def over(self, stream: Tensor, mask: Tensor, layer: int = -1) -> Tensor:
        """The layers over a first state."""
        # Looking at the mask would make a GPU wait; on a CPU, attention without a mask is faster.
        whole = mask.device.type == "cpu" and bool(mask.all())
        visible = None if whole else mask.bool()[:, None, None, :]
        for one in self.layers(layer):
            stream = self.through(one, stream, visible)
        return stream

    def layers(self, layer: int = -1) -> list[nn.Module]:
        """The layers up to the one whose states are wanted."""
        layers = list(self.encoder["layer"].children())
        return layers[: len(layers) + 1 + layer if layer < 0 else layer]

    def through(
        self, layer: nn.Module, stream: Tensor, visible: Tensor | Packing | None, read: Tensor | None = None
    ) -> Tensor:
        """One layer."""
        again = self.recompute and torch.is_grad_enabled()
        found: Tensor = (
            checkpoint(layer, stream, visible, read, use_reentrant=False) if again else layer(stream, visible, read)
        )
        return found

    def start_at_random(self, generator: torch.Generator) -> None:
        """Draws all weights anew: normal matrices, zero biases and padding rows, unit norms."""
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=self.config.initializer_range, generator=generator)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)
            if isinstance(module, nn.Embedding) and module.padding_idx is not None:
                nn.init.zeros_(module.weight[module.padding_idx])
