"""Which units go into which step."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import UsageError
from runners.model.batches import MaskingCollator, Stream, in_order_of_length, length_grouped, task_schedule
from runners.model.features import IGNORED, Batch, Features, collate, ragged
from runners.model.subwords import load_tokenizer

LENGTHS = st.lists(st.integers(1, 60), min_size=1, max_size=300).map(np.array)


def padded_tokens(batches, lengths) -> int:
    return sum(len(units) * int(lengths[units].max()) for units in batches)


@settings(deadline=None)
@given(LENGTHS, st.integers(1, 40), st.integers(0, 5), st.sampled_from([0, 64, 200]))
def test_every_unit_comes_once_per_pass(lengths, size, seed, budget) -> None:
    batches = length_grouped(lengths, size, np.random.default_rng(seed), token_budget=budget)
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(lengths)))
    if not budget:
        assert sorted(map(len, batches))[1:] == [size] * (len(batches) - 1)


@settings(deadline=None)
@given(LENGTHS, st.integers(60, 300))
def test_a_token_budget_holds_for_every_batch(lengths, budget) -> None:
    batches = length_grouped(lengths, 8, np.random.default_rng(0), token_budget=budget)
    assert max(padded_tokens([units], lengths) for units in batches) <= budget


def test_grouping_by_length_saves_padding() -> None:
    lengths = np.random.default_rng(0).geometric(0.05, size=2000)
    grouped = padded_tokens(length_grouped(lengths, 16, np.random.default_rng(0)), lengths)
    order = np.random.default_rng(0).permutation(2000)
    random = padded_tokens([order[i : i + 16] for i in range(0, 2000, 16)], lengths)
    assert grouped < 1.1 * lengths.sum()
    assert random > 2 * grouped


def test_evaluation_begins_with_the_longest() -> None:
    assert [units.tolist() for units in in_order_of_length(np.array([2, 9, 5]), 2)] == [[1, 2], [0]]


def test_a_stream_differs_from_pass_to_pass_and_by_seed_and_can_be_entered_anywhere() -> None:
    lengths = np.arange(1, 41)
    first, again, other = Stream(lengths, 8, [1, 0]), Stream(lengths, 8, [1, 0]), Stream(lengths, 8, [2, 0])
    taken = [next(first).tolist() for _ in range(13)]
    assert [next(again).tolist() for _ in range(13)] == taken
    assert [next(other).tolist() for _ in range(5)] != taken[:5]
    assert taken[:5] != taken[5:10]
    for skipped in (0, 5, 11):
        late = Stream(lengths, 8, [1, 0])
        late.skip_to(skipped)
        assert [next(late).tolist() for _ in range(13 - skipped)] == taken[skipped:]


def test_tasks_take_turns_in_proportion_to_their_capped_sizes() -> None:
    found = task_schedule([1000, 4000, 90_000], 2000, 0.5, 20_000, 3)
    shares = np.bincount(found, minlength=4) / len(found)
    assert shares == pytest.approx([0.1, 0.2, 0.2, 0.5], abs=0.012)  # three standard errors
    assert (task_schedule([1000, 4000, 90_000], 2000, 0.5, 20_000, 3) == found).all()


def test_without_tasks_every_step_is_masked_language_modelling() -> None:
    assert task_schedule([], 0, 0.0, 3, 0).tolist() == [0, 0, 0]


def batch_of(rows: list[list[int]]) -> Batch:
    ids = ragged(rows)
    return collate(Features(ids, np.arange(len(rows)), ids), np.arange(len(rows)), 1)


def test_hidden_pieces_are_masked_replaced_or_kept_in_the_stated_shares(tokenizer_folder) -> None:
    tokenizer = load_tokenizer(str(tokenizer_folder))
    batch = batch_of([[0, *[30 + i % 20 for i in range(98)], 2]] * 400)
    shown = MaskingCollator(tokenizer, 0.15)(batch, np.random.default_rng(0))
    chosen = shown.targets != IGNORED
    assert chosen.float().mean().item() == pytest.approx(0.15 * 0.98, abs=0.006)
    assert torch.equal(shown.targets[chosen], batch.ids[chosen])
    assert torch.equal(shown.ids[~chosen], batch.ids[~chosen])
    masked = (shown.ids == tokenizer.mask)[chosen].float().mean().item()
    kept = (shown.ids == batch.ids)[chosen].float().mean().item()
    assert masked == pytest.approx(0.8, abs=0.016)
    assert kept == pytest.approx(0.1 + 0.1 / (tokenizer.size - 5), abs=0.013)


def test_special_pieces_and_padding_are_never_hidden_and_something_always_is(tokenizer_folder) -> None:
    hiding = MaskingCollator(load_tokenizer(str(tokenizer_folder)), 1e-9)
    shown = hiding(batch_of([[0, 30, 2], [0, 31, 32, 33, 2]]), np.random.default_rng(0))
    places = (shown.targets != IGNORED).nonzero().tolist()
    assert len(places) == 1
    assert places[0] in [[0, 1], [1, 1], [1, 2], [1, 3]]


def test_a_model_without_a_mask_cannot_be_trained_on_running_text(tokenizer_folder) -> None:
    from dataclasses import replace

    with pytest.raises(UsageError, match="no mask piece"):
        MaskingCollator(replace(load_tokenizer(str(tokenizer_folder)), mask=None), 0.15)


def test_parts_of_a_batch_hold_every_row_once_and_no_idle_columns() -> None:
    batch = batch_of([[0, *[7] * n, 2] for n in (1, 2, 5, 6, 9)])
    parts = [part for group in batch.parts(2, 2) for part in group if part is not None]
    assert sum(len(part.ids) for part in parts) == 5
    assert all(bool(part.mask.any(dim=0).all()) for part in parts)
    assert sum(int(part.mask.sum()) for part in parts) == int(batch.mask.sum())


def test_options_of_a_question_stay_together_in_parts() -> None:
    ids = ragged([[0, n, 2] for n in range(10, 16)])
    batch = collate(Features(ids, np.arange(2), np.array([1, 2]), rows_per_unit=3), np.arange(2), 1)
    first, second = batch.parts(1, 2)[0]
    assert first is not None
    assert second is not None
    assert (first.ids[:, 1].tolist(), second.ids[:, 1].tolist()) == ([10, 11, 12], [13, 14, 15])
    assert (first.targets.tolist(), second.targets.tolist()) == ([1], [2])
