"""Encoders: loaded by name or from a folder, drawn at random, and written in the hub's layout.

What is handed from stage to stage is the encoder alone. transformers would silently keep a
classification head of the same size (a model trained on MNLI, loaded for XNLI), so it never sees
one: heads belong to `runners.train.heads`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import torch
from torch import Tensor, nn

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.files.atomic import replacing, write_text
from analysis.flops import TransformerShape as Shape
from runners.model import transformer
from runners.model.checkpoints import writing
from runners.model.hub_models import FromHub, hub_model
from runners.model.shapes import transformer_shape
from runners.model.subwords import Tokenizer, load_tokenizer

if TYPE_CHECKING:
    from runners.recipe import ModelSpec

CONFIG = "config.json"
WEIGHTS = "model.safetensors"
MLM_HEAD = "lm_head."
"""Before the names of the masked language model's head in a checkpoint of the XLM-R shape."""

NOTE = "encoder.json"
"""Settings without a place in the hub's layout: whether it is a decoder, and which attention was chosen."""
ATTENTION = "attn_implementation"


@dataclass(frozen=True, slots=True)
class Encoder:
    """A model without head.

    Attributes:
        body: called with (ids, mask, segments, layer), returns hidden states (batch, length, width).
        sentence: which state stands for a text under a sentence head: the first, or in a decoder
            the last, which alone has seen the whole text.
        config: `config.json`.
        mlm_head: weights of the checkpoint's own masked language model, by the names of
            `runners.kinds.mlm.MaskedHead`; {} where it has none. They are not handed on.
    """

    body: nn.Module
    tokenizer: Tokenizer
    shape: Shape
    sentence: Literal["first", "last"]
    config: Mapping[str, Any]
    note: Mapping[str, Any] = field(default_factory=dict)
    mlm_head: Mapping[str, Tensor] = field(default_factory=dict)

    @property
    def words(self) -> nn.Parameter:
        """Vectors of the pieces, to which a masked language model's projection is tied."""
        if self.tokenizer.mask is None:
            raise UsageError(f"{self.shape.name} has no mask piece, so masked language modelling cannot train it")
        if isinstance(self.body, transformer.Transformer):
            return cast("nn.Parameter", self.body.embeddings.word_embeddings.weight)
        assert isinstance(self.body, FromHub)
        vectors: nn.Parameter = self.body.inner.get_input_embeddings().weight
        return vectors

    @property
    def longest(self) -> int:
        """Pieces an input may have; 0 where positions are not learned."""
        body = getattr(self.body, "trunk", self.body)
        if isinstance(body, transformer.Transformer):
            return body.config.max_position_embeddings - body.config.pad_token_id - 1
        return self.shape.positions


def load_encoder(start: ModelSpec | Path, *, seed: int = 0) -> Encoder:
    """The encoder an experiment or a stage starts from.

    Args:
        start: what the plan names, or the folder of an earlier stage.
        seed: of random weights.

    Raises:
        MissingDataError: neither here nor on the hub.
        InputError: a file of the checkpoint is damaged.
        UsageError: the plan's model lacks something.
    """
    if isinstance(start, Path):
        return _from_folder(start)
    return LOADERS[start.kind](start, seed)


def _from_folder(folder: Path) -> Encoder:
    if not (folder / CONFIG).is_file():
        raise MissingDataError(f"no checkpoint in {folder}: it has no {CONFIG}")
    note = _json(folder / NOTE)
    if "encoder" in note:
        from runners.model.frozen.encoder import load_frozen

        return load_frozen(folder, note)
    config = _json(folder / CONFIG)
    if transformer.is_built_in(config) and (folder / WEIGHTS).is_file() and ATTENTION not in note:
        body, stored = _built_in(config, folder)
        shape, pieces = transformer_shape(config, str(folder)), load_tokenizer(str(folder))
        return Encoder(body, pieces, shape, "first", config, mlm_head=_mlm_head(stored, config))
    return _by_transformers(str(folder), "", str(folder), {"kind": "encoder", **note})


def _built_in(config: Mapping[str, Any], folder: Path) -> tuple[transformer.Transformer, Mapping[str, Tensor]]:
    """The built-in encoder with a checkpoint's weights, and all that the file holds, heads and pooler too."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    body = transformer.Transformer(transformer.config_of(config))
    try:
        stored = load_file(folder / WEIGHTS)
    except (SafetensorError, OSError) as error:
        raise InputError(str(folder / WEIGHTS), f"cannot be read ({error}); fetch or train it again") from error
    weights = {name.removeprefix("roberta."): value.float() for name, value in stored.items()}
    wanted = body.state_dict()
    faults = [f"has no weights {name}" for name in wanted if name not in weights]
    faults += [
        f"{name} has shape {tuple(weights[name].shape)}, {CONFIG} says {tuple(wanted[name].shape)}"
        for name in wanted
        if name in weights and weights[name].shape != wanted[name].shape
    ]
    if faults:
        raise InputError(str(folder / WEIGHTS), faults)
    body.load_state_dict({name: weights[name] for name in wanted})
    return body, weights


def _mlm_head(stored: Mapping[str, Tensor], config: Mapping[str, Any]) -> Mapping[str, Tensor]:
    """The masked language model's head in a checkpoint, whose projection must be tied to the word vectors."""
    if not config.get("tie_word_embeddings", True):
        return {}
    found = {name.removeprefix(MLM_HEAD): v.float() for name, v in stored.items() if name.startswith(MLM_HEAD)}
    return {name: value for name, value in found.items() if not name.startswith("decoder.")}


def _named(spec: ModelSpec, seed: int) -> Encoder:  # noqa: ARG001 — loaders are called alike
    """From the hub or a folder; a folder of the built-in shape needs no transformers."""
    folder = Path(spec.name)
    if (folder / CONFIG).is_file() and spec.kind == "encoder" and not spec.tokenizer and not spec.attn_implementation:
        return _from_folder(folder)
    note = {"kind": spec.kind, **({ATTENTION: spec.attn_implementation} if spec.attn_implementation else {})}
    return _by_transformers(spec.name, spec.revision, spec.tokenizer or spec.name, note)


def _by_transformers(name: str, revision: str, tokenizer: str, note: Mapping[str, Any]) -> Encoder:
    """A model that transformers loads; one of the XLM-R shape is computed here, unless its attention is chosen."""
    attention = str(note.get(ATTENTION, ""))
    inner, values = hub_model(name, revision, attention)
    pieces = load_tokenizer(tokenizer, revision if tokenizer == name else "")
    shape = transformer_shape(values, name)
    head: Mapping[str, Tensor] = {}
    if transformer.is_built_in(values):
        stored = {key.removeprefix("roberta."): value for key, value in inner.state_dict().items()}
        head = _mlm_head(stored, values)
        if not attention:
            body = transformer.Transformer(transformer.config_of(values))
            body.load_state_dict({key: value for key, value in stored.items() if key in body.state_dict()})
            return Encoder(body, pieces, shape, "first", values, mlm_head=head)
        inner = getattr(inner, "roberta", inner)
    if getattr(inner, "pooler", None) is not None:
        inner.pooler = None  # a head of the pretraining, not part of what is handed over
    # A text of a decoder, or of T5, has no piece of its own before it; the one after it has seen all of it.
    sentence: Literal["first", "last"] = "first" if note.get("kind") != "decoder" and pieces.prefix else "last"
    return Encoder(FromHub(inner), pieces, shape, sentence, values, note, head)


def _random(spec: ModelSpec, seed: int) -> Encoder:
    """An encoder of the XLM-R shape with random weights."""
    tokenizer = _tokenizer_of(spec)
    given = dict(spec.config)
    try:
        config = transformer.EncoderConfig(
            vocab_size=max(tokenizer.size, int(given.pop("vocabulary", 0))),
            hidden_size=int(given.pop("width")),
            num_hidden_layers=int(given.pop("layers")),
            num_attention_heads=int(given.pop("heads")),
            intermediate_size=int(given.pop("mlp_width")),
            max_position_embeddings=int(given.pop("positions", 514)),
            pad_token_id=tokenizer.pad,
            hidden_dropout_prob=float(given.get("dropout", 0.1)),
            attention_probs_dropout_prob=float(given.pop("dropout", 0.1)),
        )
    except KeyError as error:
        raise UsageError(f"model {spec.name!r} is random, but its config lacks {error}") from error
    given.pop("world_seed", None)
    if given:
        raise UsageError(
            f"model {spec.name!r}: config knows no {', '.join(given)}; known are layers, width, heads, mlp_width, "
            "vocabulary, positions, dropout, world_seed"
        )
    if config.hidden_size % config.num_attention_heads:
        raise UsageError(
            f"model {spec.name!r}: width {config.hidden_size} does not divide into {config.num_attention_heads} heads"
        )
    body = transformer.Transformer(config)
    body.start_at_random(torch.Generator().manual_seed(seed))
    values = {
        "model_type": transformer.MODEL_TYPE,
        "architectures": ["XLMRobertaModel"],
        "hidden_act": "gelu",
        **asdict(config),
    }
    return Encoder(body, tokenizer, transformer_shape(values, spec.name), "first", values)


def _tokenizer_of(spec: ModelSpec) -> Tokenizer:
    if not spec.tokenizer:
        raise UsageError(f"model {spec.name!r} is random and needs a tokenizer: a hub id, a folder, or 'world'")
    if spec.tokenizer != "world":
        return load_tokenizer(spec.tokenizer)
    import tempfile

    from runners.world.world import World

    with tempfile.TemporaryDirectory() as folder:
        World(int(spec.config.get("world_seed", 0))).save_tokenizer(Path(folder))
        return load_tokenizer(folder)


def _frozen(spec: ModelSpec, seed: int) -> Encoder:
    from runners.model.frozen.encoder import frozen_encoder

    return frozen_encoder(spec, seed)


LOADERS: Mapping[str, Callable[[ModelSpec, int], Encoder]] = {
    "encoder": _named,
    "decoder": _named,
    "random": _random,
    "frozen": _frozen,
}


def save_encoder(encoder: Encoder, folder: Path) -> None:
    """Writes the encoder as transformers reads it: config.json, model.safetensors, tokenizer.json.

    Raises:
        ClaimgaugeError: the folder cannot be written.
    """
    from safetensors.torch import save_file

    inner = encoder.body.inner if isinstance(encoder.body, FromHub) else encoder.body
    once = {(value.data_ptr(), value.numel()): name for name, value in reversed(inner.state_dict().items())}
    weights = {name: inner.state_dict()[name].detach().cpu().contiguous() for name in sorted(once.values())}
    with writing(folder):
        with replacing(folder / WEIGHTS) as path:
            save_file(weights, path, metadata={"format": "pt"})
        if "encoder" not in encoder.note:  # a frozen encoder has no vocabulary to write
            encoder.tokenizer.save(folder)
        if encoder.note:
            write_text(folder / NOTE, json.dumps(dict(encoder.note), indent=2) + "\n")
        write_text(folder / CONFIG, json.dumps(dict(encoder.config), indent=2, default=str) + "\n")


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError as error:
        raise InputError(str(path), f"is not JSON ({error})") from error
    return found
