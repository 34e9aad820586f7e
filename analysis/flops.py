"""Training FLOPs of encoders and decoders, from their shape and the lengths of their texts.

A multiply-add is 2 FLOPs. Counted are the matrix products, as torch's counter does: norms,
activations, softmax and look-ups are left out (below one percent). Backward costs twice forward
(Kaplan et al. 2020, arXiv:2001.08361, section 2.1): one product for the inputs' gradient, one for
the weights'.

Multiplying all parameters by 6 and by the tokens overstates a multilingual encoder by 70 to 85 %,
because most of its parameters are word embeddings, which are looked up and not multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

TRAINING = 3.0
"""Forward and backward together, in forward passes."""


@dataclass(frozen=True, slots=True)
class TransformerShape:
    """The shape of an encoder or decoder.

    Attributes:
        name: for messages.
        layers: transformer layers.
        width: of the residual stream.
        heads: query heads.
        mlp_width: of the feed-forward layer.
        vocabulary: word pieces.
        positions: learned positions; 0 where they are rotary or relative.
        kv_heads: key and value heads; fewer than `heads` with grouped queries. None: as `heads`.
        head_width: of one head; None: width / heads.
        gated: whether the feed-forward layer has a gate (three matrices instead of two).
        tied: whether the vocabulary's projection reuses the word embeddings.
        word_width: of the word vectors where they are narrower than the stream (RemBERT, ALBERT). None: `width`.
    """

    name: str
    layers: int
    width: int
    heads: int
    mlp_width: int
    vocabulary: int
    positions: int = 0
    kv_heads: int | None = None
    head_width: int | None = None
    gated: bool = False
    tied: bool = True
    word_width: int | None = None

    @property
    def query_width(self) -> int:
        """Width of all query heads together."""
        return self.heads * (self.head_width or self.width // self.heads)

    @property
    def kv_width(self) -> int:
        """Width of all key heads together, and of all value heads."""
        heads = self.heads if self.kv_heads is None else self.kv_heads
        return heads * (self.head_width or self.width // self.heads)

    @property
    def body_weights(self) -> int:
        """Weights of the layers' matrices: projections and feed-forward, biases and norms left out."""
        attention = self.width * (2 * self.query_width + 2 * self.kv_width)
        return self.layers * (attention + (3 if self.gated else 2) * self.width * self.mlp_width)

    @property
    def embedding_weights(self) -> int:
        """Weights that are looked up: words and positions."""
        return (self.vocabulary + self.positions) * (self.word_width or self.width)


XLMR_LARGE = TransformerShape(
    "XLM-R Large", layers=24, width=1024, heads=16, mlp_width=4096, vocabulary=250_002, positions=514
)
XLMR_BASE = TransformerShape(
    "XLM-R Base", layers=12, width=768, heads=12, mlp_width=3072, vocabulary=250_002, positions=514
)


@dataclass(frozen=True, slots=True)
class HeadShape:
    """A task head on top of the encoder.

    Attributes:
        kind: `sentence`: once per text (classification; multiple choice counts every option as a
            text); `token`: at every token (tagging; spans with 2 labels); `vocabulary`: a
            distribution over word pieces at every token (masked or causal language model);
            `none`: embeddings only.
        labels: outputs of a sentence or token head.
        dense: whether a square layer comes before, as in RoBERTa's sentence and MLM heads.
        predicted: for `vocabulary`, the share of tokens that are projected; 1 in the common
            implementations, .15 where only masked positions are.
    """

    kind: Literal["sentence", "token", "vocabulary", "none"]
    labels: int = 0
    dense: bool = False
    predicted: float = 1.0


@dataclass(frozen=True, slots=True)
class TextVolume:
    """Amount of text that goes through the model.

    Attributes:
        texts: sequences.
        tokens: of all sequences.
        squares: sum of squared lengths, which attention costs.
    """

    texts: int
    tokens: float
    squares: float


def texts_of(lengths: Sequence[int]) -> TextVolume:
    """Real tokens.

    Args:
        lengths: tokens of each text, special tokens included.

    Raises:
        UsageError: a length below 1.
    """
    values = np.asarray(lengths, dtype=np.float64)
    if values.size == 0 or values.min() < 1:
        raise UsageError("lengths must hold at least one text, each of one token or more")
    return TextVolume(len(values), float(values.sum()), float((values**2).sum()))


@dataclass(frozen=True, slots=True)
class Flops:
    """FLOPs by part of the model.

    Attributes:
        body: projections and feed-forward of the layers.
        attention: scores and weighted sums, which grow with the square of the length.
        embeddings: 0: word and position embeddings are looked up.
        head: task head and the square layer before it.
        vocabulary: projection onto word pieces.
    """

    body: float
    attention: float
    embeddings: float
    head: float
    vocabulary: float

    @property
    def total(self) -> float:
        """All parts."""
        return self.body + self.attention + self.embeddings + self.head + self.vocabulary

    def times(self, factor: float) -> Flops:
        """Every part times a factor."""
        return Flops(
            self.body * factor,
            self.attention * factor,
            self.embeddings * factor,
            self.head * factor,
            self.vocabulary * factor,
        )


def forward_flops(model: TransformerShape, head: HeadShape, texts: TextVolume) -> Flops:
    """FLOPs of one forward pass; attention counts the whole square, also where it is causal.

    Raises:
        UsageError: a sentence or token head without labels, or a share outside 0 to 1.
    """
    if head.kind in {"sentence", "token"} and head.labels < 1:
        raise UsageError(f"a {head.kind} head needs labels")
    if not 0 <= head.predicted <= 1:
        raise UsageError(f"the share {head.predicted} of predicted tokens is outside 0 to 1")
    places = {
        "sentence": float(texts.texts),
        "token": texts.tokens,
        "vocabulary": texts.tokens * head.predicted,
        "none": 0.0,
    }[head.kind]
    words = model.word_width or model.width
    dense = 2 * places * model.width * (words if head.kind == "vocabulary" else model.width) if head.dense else 0.0
    labels = 2 * places * model.width * head.labels if head.kind != "vocabulary" else 0.0
    return Flops(
        body=2 * texts.tokens * model.body_weights,
        attention=4 * texts.squares * model.query_width * model.layers,
        embeddings=0.0,
        head=dense + labels,
        vocabulary=2 * places * words * model.vocabulary if head.kind == "vocabulary" else 0.0,
    )


def training_flops(
    model: TransformerShape, head: HeadShape, texts: TextVolume, *, epochs: float = 1.0, adapters: int | None = None
) -> Flops:
    """FLOPs of forward and backward over the texts, all weights trained or adapters alone.

    With adapters the gradient of the body's own weights is not computed, only that of its states.

    Args:
        model: the transformer.
        head: what stands on top.
        texts: one epoch; real or padded tokens.
        epochs: passes over the texts.
        adapters: weights of the low-rank adapters that are trained in the body's place; None: the body is.

    Raises:
        UsageError: as `forward_flops`.
    """
    whole = forward_flops(model, head, texts).times(TRAINING * epochs)
    if adapters is None:
        return whole
    return replace(whole, body=(TRAINING - 1) / TRAINING * whole.body + 2 * TRAINING * epochs * texts.tokens * adapters)


def per_target(intermediate: float, target: float, targets: int) -> float:
    """FLOPs of one target's run when its intermediate checkpoint serves that many targets.

    Raises:
        UsageError: fewer than one target.
    """
    if targets < 1:
        raise UsageError(f"an intermediate checkpoint cannot be shared by {targets} targets")
    return intermediate / targets + target
