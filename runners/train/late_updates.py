"""AdamW over a table of word vectors of which a batch reads a few rows: the others are updated when they are next read.

A row without gradient still moves in AdamW: its moments decay, its weights are decayed, and what is left of the
first moment goes on pushing. All of that follows from the row itself and the learning rates of the steps it missed,
so it can be done later: `read` replays it for the rows of the next batch, `catch_up` for all of them before anybody
else looks at the table. The weights are those of dense AdamW but for rounding (Kingma & Ba 2015, arXiv:1412.6980;
Loshchilov & Hutter 2019, arXiv:1711.05101).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

BETAS = (0.9, 0.999)
EPSILON = 1e-8
"""Both as torch's AdamW has them."""

ROWS = 512
"""Replayed together: their vectors stay in the cache."""


def _replayed(betas: tuple[float, float]) -> int:
    """Steps after which what a row without gradient still moves is lost in the rounding of what it moved.

    By the inequality of Cauchy and Schwarz |m| / √v ≤ (1 − β₁) / √((1 − β₂)(1 − β₁² / β₂)), and both moments decay.
    """
    first, second = betas
    decay = first / math.sqrt(second)
    most = (1 - first) / math.sqrt((1 - second) * (1 - first**2 / second)) / (1 - decay)
    return math.ceil(math.log(2.0**-24 / most) / math.log(decay))


REPLAYED = _replayed(BETAS)


class LateTable:
    """The rows of an embedding under AdamW, each up to date as far as it was needed.

    Attributes:
        step: optimiser steps done.
    """

    def __init__(self, table: nn.Embedding, weight_decay: float, planned: int) -> None:
        """Takes over a table, whose gradient becomes sparse.

        Args:
            table: its weights are changed in place.
            weight_decay: as of AdamW.
            planned: greatest number of steps.
        """
        table.sparse = True
        self.step = 0
        self._weight = table.weight
        self._weight_decay = weight_decay
        self._done = torch.zeros(len(table.weight), dtype=torch.int64)  # step up to which a row is right
        self._seen = torch.zeros(len(table.weight), dtype=torch.bool)  # rows that ever had a gradient
        self._first, self._second = _zeros(table.weight), _zeros(table.weight)
        steps = torch.arange(planned + 1, dtype=torch.float64)
        # At step k a row moves by pull[k] · m / (√v · spread[k] + ε), and before that is scaled by 1 − rate · decay.
        self._bias = 1 - BETAS[0] ** steps
        self._spread = 1 / torch.sqrt(1 - BETAS[1] ** steps)
        self._pull = torch.zeros_like(steps)
        self._log_scale = torch.zeros_like(steps)  # logarithm of the scales of all steps so far
        self._rates = torch.zeros_like(steps)
        self._batch: tuple[Tensor, nn.Parameter] | None = None

    def read(self, ids: Tensor) -> None:
        """Brings the rows up to date that a batch is about to read; ids of any shape."""
        self._replay(torch.unique(ids.cpu()))

    def catch_up(self) -> None:
        """Brings all rows up to date."""
        rows = torch.arange(len(self._done)) if self._weight_decay else torch.nonzero(self._seen)[:, 0]
        self._replay(rows)

    def gathered(self) -> nn.Parameter:
        """The rows that have a gradient now, with it: what the norm of the whole gradient is taken over.

        Scaling its `grad` in place, as clipping does, scales the step.
        """
        grad, self._weight.grad = self._weight.grad, None
        if grad is None:
            rows, values = torch.zeros(0, dtype=torch.int64), self._weight.new_zeros(0, self._weight.shape[1])
        else:
            grad = grad.coalesce()
            rows, values = grad.indices()[0], grad.values()
        touched = nn.Parameter(self._weight.detach()[rows])
        touched.grad = values
        self._batch = rows.cpu(), touched
        return touched

    def update(self, rate: float) -> None:
        """One step of AdamW over the gathered rows; notes its learning rate for the others."""
        self.step += 1
        k, (first, second) = self.step, BETAS
        scale = 1 - rate * self._weight_decay
        self._rates[k] = rate
        self._pull[k] = rate / self._bias[k]
        self._log_scale[k] = self._log_scale[k - 1] + math.log(scale)
        if self._batch is None:
            return
        (rows, touched), self._batch = self._batch, None
        grad, at = touched.grad, rows.to(self._weight.device)
        assert grad is not None
        m = self._first[at].lerp_(grad, 1 - first)
        v = self._second[at].mul_(second).addcmul_(grad, grad, value=1 - second)
        below = v.sqrt().mul_(float(self._spread[k])).add_(EPSILON)
        moved = touched.detach().mul_(scale).addcdiv_(m, below, value=-float(self._pull[k]))
        self._first[at], self._second[at] = m, v
        self._weight.detach()[at] = moved
        self._done[rows] = k
        self._seen[rows] = True

    def _replay(self, rows: Tensor) -> None:
        """Replays the updates that rows missed."""
        missed = self.step - self._done[rows]
        rows, missed = rows[missed > 0], missed[missed > 0]
        if not len(rows):
            return
        weights = self._weight.detach()
        seen = self._seen[rows]
        if self._weight_decay:
            never = rows[~seen]
            at = never.to(weights.device)
            scales = torch.exp(self._log_scale[self.step] - self._log_scale[self._done[never]])
            weights[at] *= scales.to(weights)[:, None]
            self._done[never] = self.step
        # Those that missed most come first, so that the rows still to be moved are always the first ones.
        rows, missed = rows[seen], missed[seen]
        order = torch.argsort(missed, descending=True, stable=True)
        for first in range(0, len(order), ROWS):
            some = order[first : first + ROWS]
            self._push(rows[some], missed[some])

    def _push(self, rows: Tensor, missed: Tensor) -> None:
        """Steps without gradient of rows that had one before, those that missed most first."""
        first, second = BETAS
        at, done = rows.to(self._weight.device), self._done[rows]
        w, m, root = self._weight.detach()[at], self._first[at], self._second[at].sqrt_()
        room = torch.empty_like(w)
        rounds = min(int(missed[0]), REPLAYED)
        later = torch.arange(1, rounds + 1)
        steps = (done + later[:, None]).clamp_(max=self.step)
        pulls = (self._pull[steps] * first ** later[:, None].double()).to(w)[..., None]
        spreads = (self._spread[steps] * second ** (later[:, None].double() / 2)).to(w)[..., None]
        scales = torch.exp(self._log_scale[steps] - self._log_scale[steps - 1]).to(w)[..., None]
        still = (missed >= later[:, None]).sum(dim=1).tolist()
        for n, pull, spread, scale in zip(still, pulls, spreads, scales, strict=True):
            if self._weight_decay:
                w[:n].mul_(scale[:n])
            below = torch.mul(root[:n], spread[:n], out=room[:n]).add_(EPSILON)
            w[:n].sub_(torch.div(m[:n], below, out=below).mul_(pull[:n]))
        rest = (done + rounds).clamp(max=self.step)
        w *= torch.exp(self._log_scale[self.step] - self._log_scale[rest]).to(w)[:, None]
        gaps = missed.double()
        self._weight.detach()[at] = w
        self._first[at] = m.mul_((first**gaps).to(w)[:, None])
        self._second[at] *= (second**gaps).to(w)[:, None]
        self._done[rows] = self.step

    def state(self) -> dict[str, Any]:
        """Everything needed to go on, beside the table itself as it lies; nothing is brought up to date for it."""
        rows = torch.nonzero(self._seen)[:, 0]
        at = rows.to(self._weight.device)
        return {
            "rows": rows,
            "first": self._first[at],
            "second": self._second[at],
            "done": self._done,
            "rates": self._rates[: self.step + 1],
        }

    def restore(self, found: Mapping[str, Any]) -> None:
        """Takes over what `state` gave."""
        rows, rates = found["rows"], found["rates"]
        at = rows.to(self._weight.device)
        self._seen[rows] = True
        self._first[at], self._second[at] = found["first"].to(self._first), found["second"].to(self._second)
        self._done.copy_(found["done"])
        for rate in rates[1:].tolist():
            self.update(rate)


def _zeros(like: Tensor) -> Tensor:
    """Zeros of a tensor's shape; on a CPU, memory is taken only where something is written."""
    if like.device.type == "cpu":
        return torch.from_numpy(np.zeros(like.shape, dtype=str(like.dtype).removeprefix("torch.")))
    return torch.zeros_like(like, requires_grad=False)
