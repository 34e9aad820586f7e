"""A frozen encoder from texts to vectors, under a trained trunk and heads.

The callable is named by its import path, `module:function`; it takes a list of texts and returns
one vector each. Its vectors take the place of word vectors: a text, or a word where a task needs
words, is one piece. So every kind of task runs through the same code, and what a stage has learnt
(the trunk) is handed to the next. Vectors are computed once for all plans (`runners.model.frozen.vectors`).

`trunk` in the model's config chooses what reads the pieces: `transformer` (any kind of task),
`pairs` (a small network over one text or two), or `none` (heads on the bare vectors of a pair).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from analysis.errors import UsageError
from analysis.flops import TransformerShape as Shape
from runners.model.frozen.pairs import PairBody
from runners.model.frozen.vectors import CachedFunction
from runners.model.frozen.words import SPECIAL, Frozen, FrozenTokenizer, WordBody
from runners.model.subwords import Tokenizer
from runners.model.transformer import EncoderConfig

if TYPE_CHECKING:
    from runners.model.encoders import Encoder
    from runners.recipe import ModelSpec

TRUNKS: Mapping[str, Mapping[str, float]] = {
    "transformer": {"layers": 1, "width": 128, "heads": 4, "mlp_width": 256, "positions": 514, "dropout": 0.1},
    "pairs": {"adapter": 256, "width": 256, "dropout": 0.1},
    "none": {"dropout": 0.1},
}
"""Trunk → its settings with what they are unless the model's config says otherwise."""


def frozen_encoder(spec: ModelSpec, seed: int) -> Encoder:
    """A frozen encoder under a trunk with random weights.

    Raises:
        UsageError: the spec names no function, no such trunk, or an unknown setting of it.
    """
    given = dict(spec.config)
    trunk = str(given.pop("trunk", "transformer"))
    function = CachedFunction(spec.encoder)
    encoder = _encoder(function, trunk, given, int(function(["dimension"]).shape[1]))
    assert isinstance(encoder.body, Frozen)
    encoder.body.start_at_random(torch.Generator().manual_seed(seed))
    return encoder


def load_frozen(folder: Path, note: Mapping[str, Any]) -> Encoder:
    """The encoder of an earlier stage: its function by import path, its trunk from the folder."""
    from safetensors.torch import load_file

    encoder = _encoder(CachedFunction(note["encoder"]), note["trunk"], note["settings"], int(note["dimension"]))
    encoder.body.load_state_dict(load_file(folder / "model.safetensors"))
    return encoder


def _encoder(function: CachedFunction, trunk: str, given: Mapping[str, Any], dimension: int) -> Encoder:
    from runners.model.encoders import Encoder

    if trunk not in TRUNKS:
        raise UsageError(f"no trunk {trunk!r}; there are {', '.join(TRUNKS)}")
    known = TRUNKS[trunk]
    if unknown := set(given) - set(known):
        raise UsageError(
            f"a trunk {trunk!r} knows no {', '.join(sorted(unknown))}; known are {', '.join(known) or 'no settings'}"
        )
    settings, lexicon = {**known, **given}, FrozenTokenizer()
    note = {"kind": "frozen", "encoder": function.path, "dimension": dimension, "trunk": trunk, "settings": settings}
    if trunk == "transformer":
        config = _config(settings)
        shape = Shape(
            function.path,
            config.num_hidden_layers,
            config.hidden_size,
            config.num_attention_heads,
            config.intermediate_size,
            len(SPECIAL),
            config.max_position_embeddings,
        )
        words = WordBody(function, lexicon, dimension, config)
        return Encoder(words, _tokenizer(lexicon, marked=True), shape, "first", asdict(config), note)
    body = PairBody(function, lexicon, dimension, settings, trunk=trunk == "pairs")
    return Encoder(body, _tokenizer(lexicon, marked=False), body.shape, "first", settings, note)


def _config(settings: Mapping[str, Any]) -> EncoderConfig:
    return EncoderConfig(
        vocab_size=len(SPECIAL),
        hidden_size=int(settings["width"]),
        num_hidden_layers=int(settings["layers"]),
        num_attention_heads=int(settings["heads"]),
        intermediate_size=int(settings["mlp_width"]),
        max_position_embeddings=int(settings["positions"]),
        pad_token_id=0,
        hidden_dropout_prob=float(settings["dropout"]),
        attention_probs_dropout_prob=float(settings["dropout"]),
    )


def _tokenizer(lexicon: FrozenTokenizer, *, marked: bool) -> Tokenizer:
    """The lexicon with pieces before, between and after the texts, or with nothing but the texts."""
    return Tokenizer(
        lexicon,  # type: ignore[arg-type]  # does what is asked of a backend
        prefix=(1,) if marked else (),
        middle=(2,) if marked else (),
        suffix=(2,) if marked else (),
        segments=False,
        pad=0,
        unknown=3,
        mask=None,
        special=frozenset(range(len(SPECIAL))),
        size=len(SPECIAL),
    )
