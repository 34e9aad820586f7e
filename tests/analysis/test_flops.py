from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import UsageError
from analysis.flops import (
    XLMR_BASE,
    XLMR_LARGE,
    HeadShape,
    TransformerShape,
    forward_flops,
    per_target,
    texts_of,
    training_flops,
)  # fmt: skip

TO_TORCH = 5e-5  # four digits

ENCODER = TransformerShape("small encoder", layers=2, width=32, heads=4, mlp_width=64, vocabulary=101, positions=40)
DECODER = TransformerShape(
    "small decoder", layers=2, width=32, heads=4, kv_heads=2, head_width=8, mlp_width=48, gated=True, vocabulary=101
)


def torch_model(torch, shape, head):
    """An encoder or decoder of plain layers, attention written out, so that every product is seen."""
    nn = torch.nn

    class Layer(nn.Module):
        def __init__(self):
            super().__init__()
            self.q, self.k, self.v = (
                nn.Linear(shape.width, w) for w in (shape.query_width, shape.kv_width, shape.kv_width)
            )
            self.o = nn.Linear(shape.query_width, shape.width)
            self.up, self.down = nn.Linear(shape.width, shape.mlp_width), nn.Linear(shape.mlp_width, shape.width)
            self.gate = nn.Linear(shape.width, shape.mlp_width) if shape.gated else None
            self.norms = nn.ModuleList(nn.LayerNorm(shape.width) for _ in range(2))

        def forward(self, x):
            b, s, _ = x.shape
            size = shape.query_width // shape.heads
            q, k, v = (f(x).view(b, s, -1, size).transpose(1, 2) for f in (self.q, self.k, self.v))
            k, v = (t.repeat_interleave(shape.heads // t.shape[1], dim=1) for t in (k, v))
            weights = torch.softmax(q @ k.transpose(2, 3) / size**0.5, dim=-1)
            x = self.norms[0](x + self.o((weights @ v).transpose(1, 2).reshape(b, s, -1)))
            inner = torch.nn.functional.gelu(self.up(x))
            return self.norms[1](x + self.down(inner if self.gate is None else inner * self.gate(x)))

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.words = nn.Embedding(shape.vocabulary, shape.width)
            self.places = nn.Embedding(max(shape.positions, 1), shape.width)
            self.layers = nn.ModuleList(Layer() for _ in range(shape.layers))
            self.dense = nn.Linear(shape.width, shape.width) if head.dense else nn.Identity()
            self.out = nn.Linear(shape.width, head.labels) if head.labels else nn.Identity()

        def forward(self, ids):
            x = self.words(ids)
            if shape.positions:
                x = x + self.places(torch.arange(ids.shape[1]))
            for layer in self.layers:
                x = layer(x)
            x = self.dense(x[:, 0] if head.kind == "sentence" else x)
            return x @ self.words.weight.T if head.kind == "vocabulary" else self.out(x)

    return Model()


@pytest.mark.parametrize("shape", [ENCODER, DECODER], ids=lambda s: s.name)
@pytest.mark.parametrize(
    "head",
    [
        HeadShape("sentence", labels=3, dense=True),
        HeadShape("token", labels=17),
        HeadShape("vocabulary", dense=True),
        HeadShape("vocabulary"),
        HeadShape("none"),
    ],
    ids=lambda h: h.kind + ("+dense" if h.dense else ""),
)
def test_training_flops_are_those_that_torch_counts(shape, head):
    torch = pytest.importorskip("torch", reason="torch is not installed: its counter is not compared")
    from torch.utils.flop_counter import FlopCounterMode

    model = torch_model(torch, shape, head)
    ids = torch.randint(0, shape.vocabulary, (3, 21))
    with FlopCounterMode(display=False) as counter:
        model(ids).sum().backward()
    analytic = training_flops(shape, head, texts_of([21] * 3))
    assert analytic.total == pytest.approx(counter.get_total_flops(), rel=TO_TORCH)


def test_weights_of_xlm_r_are_the_published_ones():
    assert XLMR_LARGE.body_weights == pytest.approx(303e6, rel=0.005)
    assert XLMR_LARGE.vocabulary * XLMR_LARGE.width == pytest.approx(256e6, rel=0.001)
    assert XLMR_BASE.body_weights + XLMR_BASE.embedding_weights == pytest.approx(278e6, rel=0.005)


@pytest.mark.parametrize("length", [16, 128, 512])
def test_six_times_all_weights_overstates_and_six_times_the_body_understates(length):
    cost = training_flops(XLMR_LARGE, HeadShape("none"), texts_of([length])).total
    everything = 6 * (XLMR_LARGE.body_weights + XLMR_LARGE.embedding_weights) * length
    assert 1.70 < everything / cost < 1.85
    assert 0.92 < 6 * XLMR_LARGE.body_weights * length / cost < 1.0


def test_a_masked_language_models_vocabulary_costs_as_much_as_its_body():
    parts = forward_flops(XLMR_LARGE, HeadShape("vocabulary", dense=True), texts_of([128]))
    assert parts.vocabulary / parts.body == pytest.approx(0.85, abs=0.02)
    masked = forward_flops(XLMR_LARGE, HeadShape("vocabulary", dense=True, predicted=0.15), texts_of([128]))
    assert masked.vocabulary == pytest.approx(0.15 * parts.vocabulary)


def test_a_shared_checkpoint_is_paid_by_its_targets_together():
    assert per_target(900.0, 50.0, 9) == 150.0


@pytest.mark.parametrize(
    "call",
    [
        lambda: texts_of([]),
        lambda: texts_of([0, 3]),
        lambda: forward_flops(ENCODER, HeadShape("token"), texts_of([3])),
        lambda: forward_flops(ENCODER, HeadShape("vocabulary", predicted=2.0), texts_of([3])),
        lambda: per_target(1.0, 1.0, 0),
    ],
)
def test_costs_of_nothing_are_refused(call):
    with pytest.raises(UsageError):
        call()


def test_flops_scale_with_passes():
    once = training_flops(ENCODER, HeadShape("none"), texts_of([7, 9]))
    assert training_flops(ENCODER, HeadShape("none"), texts_of([7, 9]), epochs=2.5).total == pytest.approx(
        2.5 * once.total
    )
    assert np.isclose(once.total, 3 * forward_flops(ENCODER, HeadShape("none"), texts_of([7, 9])).total)
