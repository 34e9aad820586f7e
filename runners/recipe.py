"""Recipe of a stage and the model it starts from: plain values without torch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, Literal, TypeAlias

Precision: TypeAlias = Literal["float32", "bf16"]
Pooling: TypeAlias = Literal["first", "mean", "last"]
Layout: TypeAlias = Literal["padded", "packed"]

HOW = ("layout", "recompute", "compile", "embeddings")
"""Fields of a recipe that say how a step is computed and not what, so that results do not depend on them."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of training and evaluating one stage.

    Attributes:
        learning_rate: at the peak, reached after warm-up, then falling linearly to zero.
        batch_size: examples per optimiser step (of all accumulated parts together).
        epochs: passes over the training data; ignored where `steps` is given.
        steps: optimiser steps; 0: by epochs.
        warmup: share of the steps during which the learning rate rises.
        weight_decay: of AdamW, not on biases and norms.
        clip: greatest norm of the gradient.
        accumulate: parts a batch is computed in, to fit into memory.
        max_length: tokens of an input.
        doc_stride: of windows over a long context. stride: whether that is the step from one to the
            next, as in XTREME, or their overlap.
        question_length: tokens of a question; 0: half an input. In XTREME 64.
        answer_starts: of windows: an answer begins where its window shows the `widest` context around the
            piece, as in XTREME's script, or at `any` piece.
        long_sentences: of tagging: `split` into several inputs, as by XTREME's preparation (which leaves
            room for the special tokens of a pair), or `cut`, what is cut off being neither learnt nor
            scored, as in jiant.
        repeats: of mined bitexts: sentences that come more than once on a side. `leave_out`: they are looked
            for once and found pairs with them do not count, as in XTREME; or `keep`.
        max_answer_length: tokens of a predicted span.
        token_budget: greatest number of tokens in a batch, instead of `batch_size` examples;
            changes the recipe. 0: off.
        precision: bf16 autocast (on a GPU) or float32.
        evaluate_every: steps between looks at the development split; 0: after each epoch.
        patience: looks without improvement before training stops; 0: never stops early.
        cap: multi-task sampling draws in proportion to min(size, cap).
        mlm_share: share of steps that are masked language modelling.
        mlm_probability: share of tokens masked.
        reuse_head: keep the head of the previous stage where it fits (recorded); else a fresh one.
        lora_rank: of low-rank adapters that are trained in place of the encoder's weights, through peft; 0: all
            weights are trained. lora_alpha: adapters count lora_alpha / lora_rank.
        checkpoint_every: seconds between checkpoints of a stage in training.
        evaluation_batch_size: examples per forward pass without gradients.
        layout: `padded`: rows filled up to the longest; `packed`: one stream of all texts without
            padding (models of the XLM-R shape); `auto`: the faster of the two.
        recompute: keep no states inside the layers but compute them anew in the backward pass: less
            memory, about a third more time.
        compile: let torch compile the model, which takes minutes once.
        embeddings: when AdamW moves the word vectors that a batch does not read: all at every step (`dense`), or
            each when it is next read (`late`), where that is possible; `auto`: late for a large table on a CPU.
    """

    learning_rate: float = 1e-5
    batch_size: int = 32
    epochs: float = 3.0
    steps: int = 0
    warmup: float = 0.1
    weight_decay: float = 0.0
    clip: float = 1.0
    accumulate: int = 1
    max_length: int = 128
    doc_stride: int = 128
    stride: Literal["step", "overlap"] = "step"
    question_length: int = 64
    answer_starts: Literal["widest", "any"] = "widest"
    long_sentences: Literal["split", "cut"] = "split"
    repeats: Literal["leave_out", "keep"] = "leave_out"
    max_answer_length: int = 30
    token_budget: int = 0
    precision: Precision = "float32"
    evaluate_every: int = 0
    patience: int = 0
    cap: int = 0
    mlm_share: float = 0.0
    mlm_probability: float = 0.15
    reuse_head: bool = False
    lora_rank: int = 0
    lora_alpha: int = 16
    checkpoint_every: float = 60.0
    evaluation_batch_size: int = 128
    layout: Literal["auto", "padded", "packed"] = "auto"
    recompute: bool = False
    compile: bool = False
    embeddings: Literal["auto", "late", "dense"] = "auto"


MOST = 1e12
RANGES: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(
        ("batch_size", "accumulate", "max_length", "doc_stride", "max_answer_length", "lora_alpha",
         "evaluation_batch_size"), (1, MOST)
    ),
    **dict.fromkeys(
        ("learning_rate", "epochs", "steps", "weight_decay", "question_length", "token_budget", "evaluate_every",
         "patience", "cap", "lora_rank"), (0, MOST)
    ),
    **dict.fromkeys(("clip", "checkpoint_every"), (0, inf)),
    **dict.fromkeys(("warmup", "mlm_share", "mlm_probability"), (0, 1)),
}  # fmt: skip
"""Field → least and greatest value."""


def out_of_range(where: str, changes: Mapping[str, object]) -> Iterator[str]:
    """One sentence for each number of a recipe that nothing can be trained with."""
    for name, value in changes.items():
        low, high = RANGES.get(name, (-inf, inf))
        if isinstance(value, int | float) and not low <= value <= high:
            yield f"{where}.{name} = {value} must be {low} {f'to {high}' if high == 1 else 'or more'}"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """The model an experiment starts from.

    Attributes:
        name: hub id, folder, or the name shown in results where weights are random.
        kind: `encoder` and `decoder` are loaded by transformers (a decoder is pooled at its last
            token), `random` is an encoder of the shape in `config` with random weights, `frozen`
            is a callable from texts to vectors under trained heads.
        revision: commit of the hub repository.
        tokenizer: hub id or folder, where it is not the model's own; "world" for the laboratory's.
        encoder: import path `module:function` of a frozen encoder.
        pooling: which hidden state stands for a sentence in retrieval.
        layer: hidden layer used in retrieval, counted from the embeddings (0); −1: the last.
        config: of a random model: layers, width, heads, mlp_width, positions.
        attn_implementation: as transformers names it (sdpa, eager, flash_attention_2 …); given, a model of the
            XLM-R shape is computed by transformers, too. "": ours, or the library's default.
    """

    name: str
    kind: Literal["encoder", "decoder", "random", "frozen"] = "encoder"
    revision: str = ""
    tokenizer: str = ""
    encoder: str = ""
    pooling: Pooling = "mean"
    layer: int = -1
    config: Mapping[str, Any] = field(default_factory=dict)
    attn_implementation: str = ""
