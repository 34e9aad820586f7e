"""The built-in transformer gives the numbers of transformers' XLM-R."""

from __future__ import annotations

import pytest
import torch
from transformers.models.xlm_roberta.configuration_xlm_roberta import XLMRobertaConfig
from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaModel

from runners.model.transformer import Transformer, config_of, is_built_in

CLOSE = 1e-5

SHAPE = {
    "vocab_size": 80,
    "hidden_size": 32,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "max_position_embeddings": 40,
    "type_vocab_size": 1,
    "layer_norm_eps": 1e-5,
}


@pytest.fixture
def both() -> tuple[Transformer, XLMRobertaModel]:
    config = XLMRobertaConfig(**SHAPE)
    theirs = XLMRobertaModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():  # weights far from their small start, so that a missing term shows
        for weight in theirs.parameters():
            weight += 0.3 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(weight.numel()))
    ours = Transformer(config_of(config.to_dict())).eval()
    ours.load_state_dict(theirs.state_dict())
    return ours, theirs


def texts() -> tuple[torch.Tensor, torch.Tensor]:
    ids = torch.randint(5, 80, (3, 12), generator=torch.Generator().manual_seed(1))
    mask = torch.ones_like(ids)
    mask[0, 7:], mask[2, 3:] = 0, 0
    return torch.where(mask == 1, ids, 1), mask


def test_hidden_states_of_real_tokens_equal_those_of_transformers(both) -> None:
    ours, theirs = both
    ids, mask = texts()
    with torch.no_grad():
        found = ours(ids, mask)
        wanted = theirs(input_ids=ids, attention_mask=mask).last_hidden_state
    assert torch.allclose(found[mask == 1], wanted[mask == 1], atol=CLOSE)


@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_layers_are_counted_from_the_embeddings_as_transformers_counts_them(both, layer) -> None:
    ours, theirs = both
    ids, mask = texts()
    with torch.no_grad():
        wanted = theirs(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states[layer]
        found = ours(ids, mask, layer=layer)
    assert torch.allclose(found[mask == 1], wanted[mask == 1], atol=CLOSE)


def test_padding_on_either_side_and_of_any_width_leaves_hidden_states_alone(both) -> None:
    ours, _ = both
    ids = torch.randint(5, 80, (1, 6), generator=torch.Generator().manual_seed(2))
    padding = torch.ones(1, 4, dtype=torch.long)
    real, none = torch.ones_like(ids), torch.zeros_like(padding)
    with torch.no_grad():
        alone = ours(ids, real)
        right = ours(torch.cat([ids, padding], 1), torch.cat([real, none], 1))[:, :6]
        left = ours(torch.cat([padding, ids], 1), torch.cat([none, real], 1))[:, 4:]
    assert torch.allclose(right, alone, atol=CLOSE)
    assert torch.allclose(left, alone, atol=CLOSE)


def test_random_weights_follow_from_the_seed_and_padding_has_no_vector() -> None:
    config = config_of(SHAPE)
    models = [Transformer(config) for _ in range(3)]
    for model, seed in zip(models, (1, 1, 2), strict=True):
        model.start_at_random(torch.Generator().manual_seed(seed))
    first, same, other = (model.state_dict() for model in models)
    assert all(torch.equal(first[name], same[name]) for name in first)
    assert not torch.equal(
        first["encoder.layer.0.attention.self.query.weight"], other["encoder.layer.0.attention.self.query.weight"]
    )
    assert not first["embeddings.word_embeddings.weight"][1].any()


@pytest.mark.parametrize(
    "change",
    [{"model_type": "bert"}, {"hidden_act": "relu"}, {"position_embedding_type": "relative_key"}, {"is_decoder": True}],
)
def test_other_shapes_are_left_to_transformers(change) -> None:
    assert is_built_in({"model_type": "xlm-roberta"})
    assert not is_built_in({"model_type": "xlm-roberta", **change})
