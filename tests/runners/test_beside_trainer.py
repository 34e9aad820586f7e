"""The loop beside Hugging Face Trainer: equal starting weights and batches end in equal weights.

Without warm-up: Trainer's first step of a warm-up has the learning rate 0, ours the first part of it.
"""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from runners.kinds import kind_of
from runners.model.batches import Stream
from runners.model.encoders import load_encoder
from runners.train.evaluation import encoded
from runners.train.heads import facts_of, fresh_head
from runners.train.training import train
from runners.trained import TaskData

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("accelerate") is None, reason="Trainer needs the package accelerate"),
]

SAME = 2e-5
"""Greatest difference of a weight after twelve steps in float32; weights move by about 1e-2."""


def test_equal_batches_end_in_equal_weights(spec, toy, recipe, tmp_path: Path) -> None:
    from transformers import Trainer, TrainingArguments, XLMRobertaConfig
    from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaForSequenceClassification

    data = toy("classification", 96)
    recipe = replace(recipe, steps=12, batch_size=8, learning_rate=1e-3, warmup=0.0, weight_decay=0.01)
    encoder = load_encoder(spec, seed=4)
    features = encoded(kind_of(data.form), data, data.labels, encoder, recipe)
    stream = Stream(features.lengths * features.rows_per_unit, recipe.batch_size, [4, 17, 0])
    rows = [int(unit) for _ in range(recipe.steps) for unit in next(stream)]
    shape = {name: value for name, value in encoder.config.items() if name != "architectures"}
    theirs = XLMRobertaForSequenceClassification(XLMRobertaConfig(**shape, num_labels=len(data.labels)))
    theirs.roberta.load_state_dict(encoder.body.state_dict())
    head = fresh_head(facts_of(data), encoder, 4).state_dict()
    theirs.classifier.load_state_dict({name.replace("labels.", "out_proj."): value for name, value in head.items()})

    def batch(units: list[int]) -> dict[str, torch.Tensor]:
        found = [features.ids[unit].tolist() for unit in units]
        longest = max(map(len, found))
        ids = torch.tensor([row + [1] * (longest - len(row)) for row in found])
        return {
            "input_ids": ids,
            "attention_mask": (ids != 1).long(),
            "labels": torch.from_numpy(features.targets[units]),
        }

    arguments = TrainingArguments(
        str(tmp_path / "theirs"), per_device_train_batch_size=8, max_steps=12, learning_rate=1e-3, weight_decay=0.01,
        train_sampling_strategy="sequential", save_strategy="no", report_to=[],
        use_cpu=True, disable_tqdm=True, remove_unused_columns=False, logging_strategy="no",
    )  # fmt: skip
    trainer = Trainer(theirs, arguments, batch, rows)
    trainer.train()
    train(spec, [TaskData(data)], recipe, 4, tmp_path / "ours", device="cpu")
    ours = load_file(tmp_path / "ours" / "encoder" / "model.safetensors")
    wanted = theirs.roberta.state_dict()
    moved = max(float((ours[n] - encoder.body.state_dict()[n]).abs().max()) for n in ours)
    apart = max(float((ours[n] - wanted[n]).abs().max()) for n in ours)
    assert moved > 100 * SAME
    assert apart < SAME
