"""Our training loop beside Hugging Face Trainer: the same rows, model shape, batch size and optimiser.

python benchmarks/training/compare.py [--shapes tiny,small] [--tasks xnli,udpos,xquad] > table.md

Needs the material in ../shared/data and `pip install claimgauge[run,benchmarks]`. Texts are English
development data; the tokenizer is trained on them, weights are random: lengths are what counts
here. Tokens per second are real tokens (without padding and with special pieces) per second of
processor time on one thread, which another program on the machine does not change as it does wall
time. Loading and encoding are left out on both sides, evaluation and checkpoints are off.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

from runners.data import load
from runners.data.sources import FolderSource
from runners.evaluation import encoded
from runners.examples import Asked, Classified, Dataset, Tagged
from runners.features import Features, Ragged
from runners.heads import facts_of
from runners.kinds import kind_of
from runners.models import load_encoder
from runners.recipe import ModelSpec, Recipe
from runners.trained import Progress, TaskData
from runners.training import train

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
SHAPES: dict[str, dict[str, Any]] = {
    "tiny": {"layers": 2, "width": 64, "heads": 4, "mlp_width": 256},
    "small": {"layers": 6, "width": 384, "heads": 6, "mlp_width": 1536},
}
EXAMPLES = {"tiny": 960, "small": 128}
RECIPES = {
    "xnli": Recipe(batch_size=32, epochs=1, max_length=128, checkpoint_every=1e9),
    "udpos": Recipe(batch_size=32, epochs=1, max_length=128, checkpoint_every=1e9),
    "xquad": Recipe(batch_size=16, epochs=1, max_length=384, doc_stride=128, checkpoint_every=1e9),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", default="tiny,small")
    parser.add_argument("--tasks", default="xnli,udpos,xquad")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    columns = (
        "shape",
        "task",
        "rows",
        "Trainer, defaults",
        "Trainer, grouped",
        "ours",
        "ours / defaults",
        "ours / grouped",
    )
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for shape in chosen.shapes.split(","):
        for task in chosen.tasks.split(","):
            print(row(shape, task), flush=True)


def row(shape: str, task: str) -> str:
    whole = load(task, "en", "dev", FolderSource(DATA))
    data = replace(whole, examples=whole.examples[: EXAMPLES[shape]])
    with tempfile.TemporaryDirectory() as folder:
        tokenizer(texts(whole), Path(folder))
        spec = ModelSpec(shape, "random", tokenizer=folder, config={**SHAPES[shape], "positions": 514, "dropout": 0.1})
        recipe = RECIPES[task]
        encoder = load_encoder(spec)
        features = encoded(kind_of(data.form), data, data.labels, encoder, recipe)
        tokens = int(features.ids.lengths.sum())
        plain = tokens / theirs(features, data, encoder.config, recipe, "random")
        grouped = tokens / theirs(features, data, encoder.config, recipe, "group_by_length")
        own = tokens / ours(spec, data, recipe, Path(folder))
    return (
        f"| {shape} | {task} | {len(features)} | {plain:,.0f} | {grouped:,.0f} | {own:,.0f} "
        f"| {own / plain:.2f} | {own / grouped:.2f} |"
    )


def ours(spec: ModelSpec, data: Dataset, recipe: Recipe, folder: Path) -> float:
    """Seconds of processor time from the end of the first step to the end of the last, for all steps."""
    marks: list[float] = []
    train(spec, [TaskData(data)], recipe, 0, folder, device="cpu", progress=lambda p: marks.append(clock(p)))
    return (marks[-1] - marks[0]) * len(marks) / (len(marks) - 1)


def clock(_: Progress) -> float:
    return time.process_time()


def theirs(features: Features, data: Dataset, config: Any, recipe: Recipe, sampling: str) -> float:
    """As `ours`, by transformers' Trainer."""
    from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments

    marks: list[float] = []

    class Clock(TrainerCallback):
        def on_step_end(self, *_: Any, **__: Any) -> None:
            marks.append(time.process_time())

    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            folder,
            per_device_train_batch_size=recipe.batch_size,
            num_train_epochs=1,
            learning_rate=recipe.learning_rate,
            save_strategy="no",
            report_to=[],
            use_cpu=True,
            disable_tqdm=True,
            train_sampling_strategy=sampling,
        )
        rows = [example(features, i) for i in range(len(features))]
        trainer = Trainer(model_for(data, config), arguments, collated, rows, callbacks=[Clock()])
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    return (marks[-1] - marks[0]) * len(marks) / (len(marks) - 1)


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
    if isinstance(features.targets, Ragged):
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


def texts(data: Dataset) -> list[str]:
    found = []
    for e in data.examples:
        if isinstance(e, Classified):
            found += [e.first, e.second or ""]
        elif isinstance(e, Tagged):
            found.append(" ".join(e.words))
        elif isinstance(e, Asked):
            found += [e.question, e.context]
    return found


def tokenizer(lines: list[str], folder: Path) -> None:
    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=8000, special_tokens=SPECIAL, show_progress=False))
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    made.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        '{"pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>", "eos_token": "</s>"}'
    )


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here")
    main()
