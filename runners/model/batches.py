"""Assigns units to steps: batches of like lengths, tasks in turn, texts with masked subwords.

Everything follows from the seed and the number of the step, so a stage that was interrupted goes on
where it was without any stored state of a generator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from analysis.errors import UsageError
from runners.model.features import IGNORED, Batch, Ints
from runners.model.subwords import Tokenizer

POOL = 64
"""Batches whose units are sorted together by length. More saves little padding, and draws units of
one length together more often."""


def length_grouped(lengths: Ints, size: int, rng: np.random.Generator, *, token_budget: int = 0) -> list[Ints]:
    """One pass over all units in random batches of like lengths.

    Args:
        lengths: pieces of each unit.
        size: units per batch; the last batch may hold fewer.
        rng: draws the order.
        token_budget: greatest number of pieces in a batch, padding included, instead of `size`
            units; a longer unit is a batch of its own. 0: off.

    Returns:
        The units of each batch, in the order they are trained in.
    """
    order = rng.permutation(len(lengths))
    pools = [order[i : i + POOL * size] for i in range(0, len(order), POOL * size)]
    batches: list[Ints] = []
    for pool in pools:
        by_length = pool[np.argsort(lengths[pool], kind="stable")]
        batches += _filled(by_length, lengths, token_budget) if token_budget else _cut(by_length, size)
    return [batches[i] for i in rng.permutation(len(batches))]


def in_order_of_length(lengths: Ints, size: int) -> list[Ints]:
    """Batches for evaluation, the longest first, so that memory that does not suffice shows at once."""
    return _cut(np.argsort(-lengths, kind="stable"), size)


def _cut(units: Ints, size: int) -> list[Ints]:
    return [units[i : i + size] for i in range(0, len(units), size)]


def _filled(by_length: Ints, lengths: Ints, budget: int) -> list[Ints]:
    """Consecutive units, as many as the budget holds at the length of the longest."""
    batches, first = [], 0
    for at, unit in enumerate(by_length):
        if at > first and (at - first + 1) * lengths[unit] > budget:
            batches.append(by_length[first:at])
            first = at
    return [*batches, by_length[first:]] if len(by_length) else batches


class Stream:
    """One task's batches without end, pass after pass; knows only how many it has given.

    Attributes:
        given: batches taken so far.
    """

    def __init__(self, lengths: Ints, size: int, seed: Sequence[int], token_budget: int = 0) -> None:
        self._lengths, self._size, self._seed, self._budget = lengths, size, tuple(seed), token_budget
        self._epoch, self._first = -1, 0
        self._batches: list[Ints] = []
        self.given = 0
        self._turn_to(0)

    @property
    def per_epoch(self) -> int:
        """Batches of the pass it is in."""
        return len(self._batches)

    def __next__(self) -> Ints:
        while self.given >= self._first + len(self._batches):
            self._turn_to(self._epoch + 1)
        self.given += 1
        return self._batches[self.given - 1 - self._first]

    def skip_to(self, given: int) -> None:
        """Goes on as if that many batches had been taken."""
        self.given = given
        while self.given > self._first + len(self._batches):
            self._turn_to(self._epoch + 1)

    def _turn_to(self, epoch: int) -> None:
        self._first += len(self._batches)
        self._epoch = epoch
        rng = np.random.default_rng([*self._seed, epoch])
        self._batches = length_grouped(self._lengths, self._size, rng, token_budget=self._budget)


def task_schedule(sizes: Sequence[int], cap: int, mlm_share: float, steps: int, seed: int) -> Ints:
    """Draws the task that each step trains.

    Examples-proportional sampling with a cap (Raffel et al. 2020, arXiv:1910.10683, section 3.5.2):
    a task's share is in proportion to min(size, cap). The tasks' numbers come first, masked
    language modelling is the number after the last task.

    Args:
        sizes: training examples of each task.
        cap: greatest size that counts; 0 for none.
        mlm_share: share of steps for masked language modelling.
        steps: how many.
        seed: of the draw.

    Returns:
        Shape (steps,).
    """
    weights = capped(sizes, cap).astype(np.float64)
    if len(weights):
        weights *= (1 - mlm_share) / weights.sum()
    shares = np.append(weights, mlm_share if len(weights) else 1.0)
    return np.random.default_rng([seed, 11]).choice(len(shares), size=steps, p=shares / shares.sum())


def capped(sizes: Sequence[int], cap: int) -> Ints:
    """Sizes of the tasks, none above the cap."""
    found = np.asarray(sizes, dtype=np.int64)
    return np.minimum(found, cap) if cap else found


class MaskingCollator:
    """Hides pieces of a batch for masked language modelling.

    Of the pieces drawn, 80 % are replaced by the mask, 10 % by a random piece, 10 % stay (Devlin et
    al. 2019, arXiv:1810.04805). Special pieces are never drawn; at least one other piece is.
    """

    def __init__(self, tokenizer: Tokenizer, share: float) -> None:
        if tokenizer.mask is None:
            raise UsageError("the tokenizer has no mask piece; masked language modelling needs an encoder that has one")
        self._mask, self._share = tokenizer.mask, share
        self._ordinary = np.ones(tokenizer.size, dtype=bool)
        self._ordinary[list(tokenizer.special)] = False
        self._pieces = np.flatnonzero(self._ordinary)

    def __call__(self, batch: Batch, rng: np.random.Generator) -> Batch:
        """The batch with some pieces hidden, which become its targets."""
        ids = batch.ids.numpy()
        eligible = self._ordinary[ids] & (batch.mask.numpy() == 1)
        draw = np.where(eligible, rng.random(ids.shape), 2.0)
        chosen = draw < self._share
        if eligible.any() and not chosen.any():
            chosen.flat[draw.argmin()] = True
        fate = rng.random(ids.shape)
        shown = np.where(chosen & (fate < 0.8), self._mask, ids)
        at_random = chosen & (fate >= 0.9)
        shown[at_random] = rng.choice(self._pieces, size=int(at_random.sum()))
        targets = np.where(chosen, ids, IGNORED)
        return replace(batch, ids=torch.from_numpy(shown), targets=torch.from_numpy(targets))
