"""Scaled dot-product attention over padded rows, and over a stream of texts of different lengths."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional

from runners.model.dropout import dropout
from runners.model.packing import Packing

ROOM = 1 << 20
"""Weights of a text's pieces for each other that a CPU computes at once: they stay in its cache."""


def attention(query: Tensor, key: Tensor, value: Tensor, visible: Tensor | None, left_out: float) -> Tensor:
    """Each piece's mean of the values it sees.

    Args:
        query: shape (texts, heads, length, width of a head).
        key: the same.
        value: the same.
        visible: which pieces are seen, to be broadcast to (texts, heads, length, length); None: all.
        left_out: share of the weights that is dropped.
    """
    if not left_out or query.device.type != "cpu":
        return functional.scaled_dot_product_attention(query, key, value, visible, dropout_p=left_out)
    weights = (query * query.shape[-1] ** -0.5) @ key.transpose(-2, -1)
    if visible is not None:
        weights = weights.masked_fill(~visible, -torch.inf)
    return dropout(weights.softmax(dim=-1), left_out) @ value


def attention_within(query: Tensor, key: Tensor, value: Tensor, packing: Packing, left_out: float) -> Tensor:
    """The same within each text of a stream; all of shape (pieces, heads, width of a head)."""
    if query.device.type != "cpu":
        return _jagged(query, key, value, packing, left_out)
    groups = list(_groups(packing, query.shape[1]))
    sizes = [texts * length for texts, length in groups]
    found = []
    for (texts, length), *parts in zip(
        groups, *(torch.split(part, sizes) for part in (query, key, value)), strict=True
    ):
        # Texts of one length need no mask: they are a batch as they lie.
        q, k, v = (part.view(texts, length, *part.shape[1:]).transpose(1, 2) for part in parts)
        found.append(attention(q, k, v, None, left_out).transpose(1, 2).flatten(0, 1))
    return torch.cat(found)


def _groups(packing: Packing, heads: int) -> Iterator[tuple[int, int]]:
    """Neighbours of one length, as many as there is room for: how many, and their length."""
    for _, texts, length in packing.spans:
        most = max(1, ROOM // (heads * length**2))
        for first in range(0, texts, most):
            yield min(most, texts - first), length


def _jagged(query: Tensor, key: Tensor, value: Tensor, packing: Packing, left_out: float) -> Tensor:
    """Variable-length attention of the device, by torch's jagged tensors (its `varlen_attn` knows no dropout)."""
    q, k, v = (
        torch.nested.nested_tensor_from_jagged(
            part, packing.starts, min_seqlen=packing.shortest, max_seqlen=packing.longest
        ).transpose(1, 2)
        for part in (query, key, value)
    )
    mixed: Tensor = functional.scaled_dot_product_attention(q, k, v, dropout_p=left_out).transpose(1, 2)
    return mixed.values()
