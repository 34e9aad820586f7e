"""An encoder as it stands that turns texts into vectors, once for all languages a node evaluates."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from analysis.errors import UsageError
from runners.kinds.retrieval import embedded
from runners.model.encoders import load_encoder
from runners.model.processes import device_of
from runners.recipe import ModelSpec, Pooling, Recipe

KEPT = 3
"""Lists of texts whose vectors are kept: the pool in many languages, or both sides of a bitext and one more."""


class Embedder:
    """Texts to vectors of unit length; a list of texts that comes again is not computed again.

    Args:
        encoder: a model, the folder of a stage, or its `encoder` folder.
        layer: whose states are pooled: 0 the embeddings, −1 the last.
        pooling: how.
        recipe: lengths, precision and batch size.
        device: auto, cpu, cuda.
        seed: of a random model.

    Attributes:
        flops: of all forward passes so far, as computed. recipe: as given.

    Raises:
        UsageError: no such layer.
    """

    def __init__(
        self,
        encoder: ModelSpec | Path,
        *,
        layer: int = -1,
        pooling: Pooling = "mean",
        recipe: Recipe | None = None,
        device: str = "auto",
        seed: int = 0,
    ) -> None:
        folder = encoder / "encoder" if isinstance(encoder, Path) and (encoder / "encoder").is_dir() else encoder
        self.layer, self.pooling, self.flops = layer, pooling, 0.0
        self.recipe, self._place = recipe or Recipe(), device_of(device)
        self._encoder = load_encoder(folder, seed=seed)
        self._encoder.body.to(self._place).eval()
        self._known: dict[bytes, Tensor] = {}
        shape = self._encoder.shape
        if not -1 <= layer <= shape.layers:
            raise UsageError(f"layer {layer} does not exist: {shape.name} has 0 (embeddings) to {shape.layers}")

    def __call__(self, texts: Sequence[str]) -> Tensor:
        """Shape (texts, width)."""
        key = _content(texts)
        vectors = self._known.pop(key, None)
        if vectors is None:
            vectors, spent = embedded(self._encoder, texts, self.layer, self.pooling, self.recipe, self._place)
            self.flops += spent
        self._known[key] = vectors  # the last one used comes last
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return vectors


def _content(texts: Sequence[str]) -> bytes:
    digest = hashlib.sha256()
    for text in texts:
        encoded = text.encode()
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.digest()
