"""Random sentence vectors: what an encoder that knows nothing would give. A baseline."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of unit length per text, drawn at random from the text's hash; shape (texts, 512)."""
    seeds = (int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts)
    found = np.stack([np.random.default_rng(seed).standard_normal(512) for seed in seeds])
    unit: NDArray[np.float32] = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return unit
