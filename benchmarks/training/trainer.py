"""Hugging Face Trainer over our rows: the peer of compare.py and gpu.py."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

import torch

from runners.examples import Dataset
from runners.model.features import Features, RaggedArray
from runners.recipe import Recipe
from runners.train.heads import facts_of

PEERS = {"Trainer, defaults": "random", "Trainer, grouped": "group_by_length"}
"""Way → how Trainer draws its batches; everything else is its default."""


def run(
    features: Features,
    data: Dataset,
    config: Any,
    recipe: Recipe,
    sampling: str,
    seed: int,
    device: torch.device,
    after_step: Callable[[int], None],
) -> list[list[int]]:
    """Trains `recipe.steps` steps, in bf16 on a GPU as ours.

    Args:
        features: rows, which hold one text per unit.
        data: what they were made of.
        config: of the encoder, as in `config.json`.
        recipe: batch size, steps, learning rate.
        sampling: how batches are drawn.
        seed: of the order and of the weights.
        device: a GPU or the CPU.
        after_step: called with the number of the step that was done, from 1.

    Returns:
        Lengths of the rows of every step.
    """
    from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments

    lengths: list[list[int]] = []

    class Clock(TrainerCallback):
        def on_step_end(self, _: Any, state: Any, *rest: Any, **more: Any) -> None:  # noqa: ARG002
            after_step(state.global_step)

    def together(rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        lengths.append([len(one["input_ids"]) for one in rows])
        return collated(rows)

    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            folder,
            per_device_train_batch_size=recipe.batch_size,
            max_steps=recipe.steps,
            learning_rate=recipe.learning_rate,
            save_strategy="no",
            report_to=[],
            use_cpu=device.type == "cpu",
            bf16=device.type == "cuda",
            disable_tqdm=True,
            train_sampling_strategy=sampling,
            seed=seed,
        )
        rows = [example(features, i) for i in range(len(features))]
        trainer = Trainer(model_for(data, config), arguments, together, rows, callbacks=[Clock()])
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    return lengths[: recipe.steps]


def model_for(data: Dataset, values: Any) -> Any:
    from transformers import (
        XLMRobertaConfig,
        XLMRobertaForQuestionAnswering,
        XLMRobertaForSequenceClassification,
        XLMRobertaForTokenClassification,
    )

    shape = {name: value for name, value in values.items() if name != "architectures"}
    config = XLMRobertaConfig(**shape, num_labels=max(len(data.labels), 2))
    made = {
        "classification": XLMRobertaForSequenceClassification,
        "tagging": XLMRobertaForTokenClassification,
        "span": XLMRobertaForQuestionAnswering,
    }
    return made[facts_of(data).form](config)


def example(features: Features, i: int) -> dict[str, Any]:
    found: dict[str, Any] = {"input_ids": features.ids[i].tolist()}
    if isinstance(features.targets, RaggedArray):
        return found | {"labels": features.targets[i].tolist()}
    if features.targets.ndim == 2:
        return found | dict(zip(("start_positions", "end_positions"), features.targets[i].tolist(), strict=True))
    return found | {"labels": int(features.targets[i])}


def collated(rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
    """Padded to the longest row of the batch, as the default collators do."""
    longest = max(len(r["input_ids"]) for r in rows)

    def padded(name: str, fill: int) -> torch.Tensor:
        return torch.tensor([r[name] + [fill] * (longest - len(r[name])) for r in rows])

    batch = {"input_ids": padded("input_ids", 1)}
    batch["attention_mask"] = (batch["input_ids"] != 1).long()
    for name in rows[0].keys() - {"input_ids"}:
        many = isinstance(rows[0][name], list)
        batch[name] = padded(name, -100) if many else torch.tensor([r[name] for r in rows])
    return batch
