"""Dropout on a CPU: the stated share, the mean kept, masks that follow from torch's seed."""

from __future__ import annotations

import pytest
import torch

from runners.model.attention import attention
from runners.model.dropout import Dropout, dropout, mask


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_share_is_left_out_and_the_mean_stays(share) -> None:
    torch.manual_seed(0)
    drawn = mask((300, 401), share)
    size = drawn.numel()
    error = (share * (1 - share) / size) ** 0.5
    assert (drawn == 0).float().mean().item() == pytest.approx(share, abs=4 * error)
    assert drawn.unique().tolist() == pytest.approx([0.0, 1 / (1 - share)], rel=1e-4)
    assert drawn.mean().item() == pytest.approx(1.0, abs=4 * error / (1 - share))


def test_neighbours_are_left_out_independently() -> None:
    torch.manual_seed(1)
    left_out = (mask((100_000,), 0.3) == 0).float()
    for shift in (1, 2, 3, 4, 8):  # four neighbours share one drawn number
        both = (left_out[shift:] * left_out[:-shift]).mean().item()
        assert both == pytest.approx(0.09, abs=4 * (0.09 * 0.91 / 100_000) ** 0.5)


def test_masks_follow_from_torch_s_seed_and_differ_from_call_to_call() -> None:
    torch.manual_seed(3)
    first, second = mask((50,), 0.5), mask((50,), 0.5)
    torch.manual_seed(3)
    assert torch.equal(mask((50,), 0.5), first)
    assert not torch.equal(first, second)


def test_gradients_pass_where_values_do_and_evaluation_leaves_all_in() -> None:
    values = torch.ones(1000, requires_grad=True)
    out = Dropout(0.2)(values)
    out.sum().backward()
    assert torch.equal(values.grad, out.detach())
    assert dropout(values, 0.0) is values
    assert Dropout(0.2).eval()(values) is values


def test_attention_whose_dropout_leaves_nothing_out_is_torch_s(monkeypatch) -> None:
    monkeypatch.setattr("runners.model.attention.dropout", lambda values, share: values)
    query, key, value = torch.randn(3, 2, 4, 5, 8, generator=torch.Generator().manual_seed(0))
    visible = torch.tensor([[True] * 5, [True] * 3 + [False] * 2])[:, None, None, :]
    for seen in (None, visible):
        found = attention(query, key, value, seen, 0.1)
        assert torch.allclose(found, attention(query, key, value, seen, 0.0), atol=1e-6)
