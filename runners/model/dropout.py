"""Dropout with masks that a CPU draws quickly.

torch draws a mask on a CPU with one number of a Mersenne twister per element, which takes a tenth of
a training step. Here four elements share one number of a faster generator, seeded from torch's own,
so that a mask still follows from `torch.manual_seed`. A share is rounded to 1/65536.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

GRAIN = 1 << 16


def mask(shape: Sequence[int], share: float) -> Tensor:
    """Dropout mask, float32: 0 for a share of the elements, and for the others the factor that keeps their mean."""
    size = int(np.prod(shape))
    left_out = round(share * GRAIN)
    seed = int(torch.randint(1 << 62, ()))
    drawn = np.random.SFC64(seed).random_raw((size + 3) // 4).view(np.int16)[:size]
    kept = torch.empty(size)
    torch.ge(torch.from_numpy(drawn), left_out - GRAIN // 2, out=kept)
    return kept.mul_(GRAIN / (GRAIN - left_out)).view(*shape)


def dropout(values: Tensor, share: float) -> Tensor:
    """Some values left out, the others scaled, as in training."""
    if share <= 0.0:
        return values
    if values.device.type != "cpu" or share >= 1.0:
        return functional.dropout(values, share)
    return values * mask(values.shape, share)


class Dropout(nn.Dropout):
    """As torch's, with `mask` on a CPU."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 — torch's name
        """Some values left out while training, all of them else."""
        return dropout(input, self.p) if self.training else input
