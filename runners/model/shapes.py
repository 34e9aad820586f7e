"""Shapes of models and heads, for counting FLOPs: from a hub `config.json`, and by form of task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.errors import InputError
from analysis.flops import HeadShape, TransformerShape
from runners.examples import Form


def head_shape(form: Form, labels: int) -> HeadShape:
    """Shape of a task's head on top of the encoder.

    Args:
        form: of the task.
        labels: how many the task has; only tagging and classification count them.
    """
    if form == "classification":
        return HeadShape("sentence", labels=labels, dense=True)
    if form == "choice":
        return HeadShape("sentence", labels=1, dense=True)
    if form == "tagging":
        return HeadShape("token", labels=labels)
    if form == "span":
        return HeadShape("token", labels=2)
    if form == "text":
        return HeadShape("vocabulary", dense=True, predicted=0.15)
    return HeadShape("none")


def left_out(shape: TransformerShape, pieces: int) -> float:
    """FLOPs of a forward pass that the last layer saves on pieces of which only keys and values are needed."""
    return 2.0 * pieces * shape.width * (shape.query_width + 2 * shape.mlp_width)


def transformer_shape(config: Mapping[str, Any], name: str) -> TransformerShape:
    """The shape in a hub `config.json`, whose names differ between families.

    Raises:
        InputError: it does not say how many layers there are, or how wide they are.
    """

    def first(*names: str, default: Any = None) -> Any:
        return next((config[n] for n in names if config.get(n) is not None), default)

    config = encoder_config(config)
    width = first("hidden_size", "n_embd", "d_model", "dim")
    layers = first("num_hidden_layers", "n_layer", "num_layers", "n_layers")
    if width is None or layers is None:
        raise InputError(
            name, "config.json names neither hidden_size nor num_hidden_layers; is it an encoder or decoder?"
        )
    relative = "rope_theta" in config or "rope_parameters" in config or "d_kv" in config
    activation = str(first("hidden_act", "hidden_activation", "activation_function", "feed_forward_proj", default=""))
    return TransformerShape(
        name=name,
        layers=int(layers),
        width=int(width),
        heads=int(first("num_attention_heads", "n_head", "n_heads", "num_heads")),
        mlp_width=int(first("intermediate_size", "n_inner", "ffn_dim", "hidden_dim", "d_ff", default=4 * width)),
        vocabulary=int(first("vocab_size", default=0)),
        positions=0 if relative else int(first("max_position_embeddings", "n_positions", default=0)),
        kv_heads=first("num_key_value_heads"),
        head_width=first("head_dim", "d_kv"),
        gated=activation in {"silu", "swish"} or "gated" in activation or config.get("model_type") in GATED,
        word_width=first("input_embedding_size", "embedding_size"),
    )


def encoder_config(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of a `config.json` that describes the encoder, where a model has two halves."""
    half = config.get("encoder")
    return (
        {**half, "vocab_size": half.get("vocab_size", config.get("vocab_size"))}
        if isinstance(half, Mapping)
        else config
    )


GATED = frozenset({"modernbert", "gemma", "gemma2", "gemma3_text", "t5_gemma_module"})
"""Families with a gated feed-forward layer under another activation's name."""
